//! Losses that fall on one layer after the other.

mod state;

use tokenomics_fixed_math::Amount;

use crate::check::in_range;
use crate::loss_book::LossBook;
use crate::{Error, LossShares, Quantity};

pub use state::LossWaterfallState;

/// A loss waterfall: an insurance fund that nobody has a claim on, then N tranches, the most junior first.
///
/// A loss takes all of a layer before it reaches the next. Within a tranche it falls on all holders in
/// proportion to their shares, at a cost that doesn't depend on how many there are. Where the last
/// tranche holds those whom a loss is socialised among, such as all lenders, N = 3 is insurance, junior,
/// senior, socialise. What exceeds all layers is told and never forgotten: the caller has it.
///
/// # Rounding
/// Against the holder that is changed: a deposit is floored and a withdrawal is ceiled, in shares of
/// 2^-32 of a unit or less. A loss isn't rounded.
///
/// # Laws
/// `loss_conserving`: insurance + tranches + uncovered = loss, and no layer is touched before those
/// ahead of it are empty · `order_independent`: losses in any order and in any parts leave every layer
/// and every holder with the same · `last_is_payable`: what all holders of a tranche can take is at
/// most what is there, in any order, and the last of them leaves less than one unit a holder.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_haircut_collateral::{LossShares, LossWaterfall};
///
/// let mut waterfall = LossWaterfall::<2>::new();
/// let (mut junior, mut lender) = (LossShares::NONE, LossShares::NONE);
/// waterfall.insure(Amount::new(10))?;
/// waterfall.deposit(0, &mut junior, Amount::new(20))?;
/// waterfall.deposit(1, &mut lender, Amount::new(100))?;
///
/// let borne = waterfall.absorb(Amount::new(55))?;
/// assert_eq!(borne.insurance, Amount::new(10));
/// assert_eq!(borne.tranches, [Amount::new(20), Amount::new(25)]);
/// assert_eq!(borne.uncovered, Amount::ZERO);
/// assert_eq!(waterfall.amount(1, &lender)?, Amount::new(75));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// The order of Drift (insurance, then socialised), dYdX and Aave's Umbrella (deficit, slashed stakes), with
/// the tranches of structured credit between. Shares as those of a vault; the scale is Liquity's.
#[doc(alias(
    "tranche",
    "junior",
    "senior",
    "insurance",
    "socialize",
    "bad_debt",
    "first_loss"
))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LossWaterfall<const N: usize> {
    insurance: Amount,
    tranches: [LossBook; N],
}

/// The parts of a loss that the layers of a [`LossWaterfall`] have borne.
///
/// # Laws
/// `loss_conserving`.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_haircut_collateral::LossWaterfall;
///
/// let borne = LossWaterfall::<3>::new().absorb(Amount::new(5))?;
/// assert_eq!((borne.tranches, borne.uncovered), ([Amount::ZERO; 3], Amount::new(5)));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
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
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; insurance: (Amount), tranches: ([Amount; N]), uncovered: (Amount))),
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
pub struct AbsorbedLoss<const N: usize> {
    /// The part of the insurance fund.
    pub insurance: Amount,
    /// The parts of the tranches.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Amount, N>")
    )]
    pub tranches: [Amount; N],
    /// The part above all that there was.
    pub uncovered: Amount,
}

impl<const N: usize> Default for LossWaterfall<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> LossWaterfall<N> {
    /// Creates a waterfall without anything in its layers.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            insurance: Amount::ZERO,
            tranches: [LossBook::EMPTY; N],
        }
    }

    /// Returns the amount of the insurance fund.
    #[must_use]
    pub const fn insurance(&self) -> Amount {
        self.insurance
    }

    /// Returns the amount of a tranche, the most junior at 0, or `None` if there is none.
    #[must_use]
    pub fn assets(&self, tranche: usize) -> Option<Amount> {
        self.tranches.get(tranche).map(|tranche| tranche.assets)
    }

    /// Adds an amount to the insurance fund.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::Amount;
    /// # use tokenomics_haircut_collateral::LossWaterfall;
    /// let mut waterfall = LossWaterfall::<1>::new();
    /// waterfall.insure(Amount::MAX)?;
    /// assert!(waterfall.insure(Amount::new(1)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn insure(&mut self, amount: Amount) -> Result<(), Error> {
        self.insurance = self.insurance.checked_add(amount)?;
        Ok(())
    }

    /// Takes an amount from the insurance fund.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than there is.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Amount;
    /// # use tokenomics_haircut_collateral::LossWaterfall;
    /// let mut waterfall = LossWaterfall::<1>::new();
    /// waterfall.insure(Amount::new(5))?;
    /// waterfall.take_insurance(Amount::new(3))?;
    /// assert!(waterfall.take_insurance(Amount::new(3)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn take_insurance(&mut self, amount: Amount) -> Result<(), Error> {
        in_range(Quantity::Claim, amount.get(), 0, self.insurance.get())?;
        self.insurance = self.insurance.checked_sub(amount)?;
        Ok(())
    }

    /// Adds an amount to a tranche, for a holder. A tranche that lost everything begins again: who
    /// held it has nothing of what comes after.
    ///
    /// # Rounding
    /// Floor, of the shares: what they are worth is the amount or one unit less.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a tranche that there isn't, and for shares that it can't have given;
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::Amount;
    /// # use tokenomics_haircut_collateral::{LossShares, LossWaterfall};
    /// let (mut waterfall, mut alice) = (LossWaterfall::<2>::new(), LossShares::NONE);
    /// waterfall.deposit(1, &mut alice, Amount::new(8))?;
    /// assert_eq!(waterfall.assets(1), Some(Amount::new(8)));
    /// assert!(waterfall.deposit(2, &mut alice, Amount::new(8)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn deposit(
        &mut self,
        tranche: usize,
        held: &mut LossShares,
        amount: Amount,
    ) -> Result<(), Error> {
        self.tranche_mut(tranche)?.deposit(held, amount)
    }

    /// Takes an amount from a tranche, for a holder.
    ///
    /// # Rounding
    /// Ceil, of the shares.
    ///
    /// # Errors
    /// As [`deposit`](Self::deposit), and [`Error::OutOfRange`] for more than the shares are worth.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Amount;
    /// # use tokenomics_haircut_collateral::{LossShares, LossWaterfall};
    /// let (mut waterfall, mut alice) = (LossWaterfall::<1>::new(), LossShares::NONE);
    /// waterfall.deposit(0, &mut alice, Amount::new(8))?;
    /// waterfall.absorb(Amount::new(2))?;
    /// assert!(waterfall.withdraw(0, &mut alice, Amount::new(7)).is_err());
    /// waterfall.withdraw(0, &mut alice, Amount::new(6))?;
    /// assert_eq!(waterfall.assets(0), Some(Amount::ZERO));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn withdraw(
        &mut self,
        tranche: usize,
        held: &mut LossShares,
        amount: Amount,
    ) -> Result<(), Error> {
        self.tranche_mut(tranche)?.withdraw(held, amount)
    }

    /// Returns the amount that a holder's shares of a tranche are worth.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// As [`deposit`](Self::deposit).
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, U256};
    /// # use tokenomics_haircut_collateral::{LossShares, LossWaterfall};
    /// let waterfall = LossWaterfall::<1>::new();
    /// assert_eq!(waterfall.amount(0, &LossShares::NONE)?, Amount::ZERO);
    /// assert!(waterfall.amount(0, &LossShares::restore(0, U256::ONE)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn amount(&self, tranche: usize, held: &LossShares) -> Result<Amount, Error> {
        let book = self.tranches.get(tranche);
        book.ok_or_else(|| none_at(tranche, N))?.worth(*held)
    }

    /// Takes a loss, from the insurance fund first and then from the tranches, the most junior first, and
    /// returns the part of each.
    ///
    /// # Errors
    /// [`Error::Overflow`] if a tranche has lost everything 700 million times. Never for the size of
    /// the loss: what nothing covers is returned as such.
    ///
    /// # Laws
    /// `loss_conserving`, `order_independent`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Amount;
    /// # use tokenomics_haircut_collateral::{LossShares, LossWaterfall};
    /// let (mut waterfall, mut alice) = (LossWaterfall::<1>::new(), LossShares::NONE);
    /// waterfall.deposit(0, &mut alice, Amount::new(8))?;
    /// let borne = waterfall.absorb(Amount::new(10))?;
    /// assert_eq!((borne.tranches, borne.uncovered), ([Amount::new(8)], Amount::new(2)));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("slash", "cover", "settle_bad_debt"))]
    pub fn absorb(&mut self, loss: Amount) -> Result<AbsorbedLoss<N>, Error> {
        let mut after = *self;
        let insurance = loss.min(self.insurance);
        after.insurance = self.insurance.checked_sub(insurance)?;
        let mut left = loss.checked_sub(insurance)?;
        let mut tranches = [Amount::ZERO; N];
        for (part, tranche) in tranches.iter_mut().zip(&mut after.tranches) {
            *part = left.min(tranche.assets);
            tranche.lose(*part)?;
            left = left.checked_sub(*part)?;
        }
        *self = after;
        Ok(AbsorbedLoss {
            insurance,
            tranches,
            uncovered: left,
        })
    }

    fn tranche_mut(&mut self, tranche: usize) -> Result<&mut LossBook, Error> {
        let book = self.tranches.get_mut(tranche);
        book.ok_or_else(|| none_at(tranche, N))
    }
}

fn none_at(tranche: usize, tranches: usize) -> Error {
    let number = |index: usize| u128::try_from(index).unwrap_or(u128::MAX);
    Error::OutOfRange {
        what: Quantity::TrancheIndex,
        value: number(tranche),
        bound: number(tranches).saturating_sub(1),
    }
}
