//! The losses of a vault, which are declared.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Timestamp, U256};

use super::{Vault, VaultState};
use crate::check::in_range;
use crate::{Error, Quantity};

/// The parts of a loss, by who bears them. They sum to it.
///
/// ```
/// use tokenomics_fee_split::{Vault, VaultTerms};
/// use tokenomics_fixed_math::{Amount, Timestamp};
///
/// let now = Timestamp::ZERO;
/// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
/// let shares = vault.deposit(Amount::new(1_000), now)?;
/// vault.request_withdrawal(shares / 4, now)?;
/// let loss = vault.recognise_loss(Amount::new(100), now)?;
/// assert_eq!((loss.of_shares, loss.of_queue), (Amount::new(75), Amount::new(25)));
/// assert_eq!(loss.of_pending_fee, Amount::ZERO);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct VaultLoss {
    /// The part that the assets of the shares lose.
    pub of_shares: Amount,
    /// The part that what is held for withdrawals loses.
    pub of_queue: Amount,
    /// The part that the pending fee loses, which bears a loss first.
    pub of_pending_fee: Amount,
}

impl Vault {
    /// Takes a loss from the assets: first from the pending fee, which isn't worth a share, then from the
    /// shares and the queue alike, in proportion to their assets. It costs the same however many
    /// withdrawals are queued.
    ///
    /// If all that is queued is lost, its withdrawals are worth nothing from then on, and those that follow
    /// aren't diluted by them. If all assets are lost, shares still have a price, that of the virtual unit:
    /// who deposits a few units then has nearly all shares, and nearly all that is recovered later, so a host
    /// that hopes for a recovery lets nobody in.
    ///
    /// # Rounding
    /// To a unit, and what the queue's part loses by that is carried to the next loss, down to 2^-64.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for more than all assets.
    ///
    /// # Laws
    /// `vault_loses_alike`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms { decimals_offset: 0, ..VaultTerms::PLAIN }, now)?;
    /// vault.deposit(Amount::new(9), now)?;
    /// vault.recognise_loss(Amount::new(5), now)?;
    /// assert_eq!(vault.price(now)?, Ratio::new(1, 2)?);
    ///
    /// let more = vault.recognise_loss(Amount::new(5), now);
    /// let what = Quantity::Loss;
    /// assert_eq!(more, Err(Error::OutOfRange { what, value: 5, bound: 4 }));
    /// vault.recognise_loss(Amount::new(4), now)?;
    /// assert_eq!(vault.price(now)?, Ratio::new(1, 10)?);
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("slash", "write_down", "socialise"))]
    pub fn recognise_loss(&mut self, loss: Amount, at: Timestamp) -> Result<VaultLoss, Error> {
        self.transition(at, |next| {
            let most = next.total_assets();
            in_range(Quantity::Loss, loss.get(), 0, most.get())?;
            let of_pending_fee = loss.min(next.pending_fee);
            next.pending_fee = next.pending_fee.checked_sub(of_pending_fee)?;
            let rest = loss.checked_sub(of_pending_fee)?;
            let of_queue = next.queue_part(rest)?;
            next.lose_queued(of_queue)?;
            let of_shares = rest.checked_sub(of_queue)?;
            next.assets = next.assets.checked_sub(of_shares)?;
            Ok(VaultLoss {
                of_shares,
                of_queue,
                of_pending_fee,
            })
        })
    }
}

impl VaultState {
    /// Computes the queue's part of a loss of shares and queue, and keeps its remainder.
    ///
    /// The exact part is at most the loss and at most what is queued, both of which are whole; with a
    /// remainder of less than a unit it isn't a unit more.
    fn queue_part(&mut self, loss: Amount) -> Result<Amount, Error> {
        let queued = self.queued();
        if queued.is_zero() {
            return Ok(Amount::ZERO);
        }
        let all = self.assets.checked_add(queued)?;
        let unit = U256::from(1 << 64);
        let product = U256::product(loss.get(), queued.get());
        let part = product.mul_div(unit, all.get().into(), Rounding::Floor)?;
        let part = part.checked_add(u128::from(self.loss_rest).into())?;
        let (whole, rest) = part.div_rem(1 << 64)?;
        self.loss_rest = u64::try_from(rest).unwrap_or(0);
        Ok(Amount::new(whole.to_u128()?))
    }

    /// Lowers what a claim is worth by a loss of all.
    fn lose_queued(&mut self, loss: Amount) -> Result<(), Error> {
        if loss.is_zero() {
            return Ok(());
        }
        let left = self.queued().checked_sub(loss)?;
        if left.is_zero() {
            let (bits, max) = (65, u64::MAX.into());
            let next = self.era.checked_add(1);
            self.era = next.ok_or(Error::Overflow { bits, max })?;
            self.empty_queue();
            return Ok(());
        }
        // Below the rate before, since what was queued was less than a unit above the claims' worth.
        self.claim_rate = Ratio::new(left.get(), self.claims.get())?;
        Ok(())
    }
}
