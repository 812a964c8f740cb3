//! The shares of those who bear a loss in proportion.

use tokenomics_fixed_math::{Amount, Rounding, U256};

use crate::check::in_range;
use crate::{Error, Quantity};

/// The bits by which a share grows when there are too many of them.
pub(crate) const SCALE_BITS: u32 = 32;
/// The least shares of a unit, 2^32: a holder's fraction of a share is worth next to nothing.
pub(crate) const LEAST: u128 = 1 << SCALE_BITS;
/// The most shares of a unit, 2^64, so that all are below 2^192.
pub(crate) const MOST: u128 = 1 << 64;
/// The scales after which no share is left, 32 · 6 = 192 bits.
pub(crate) const SCALES_OF_ALL: u32 = 6;

/// The shares of one holder in a tranche of a [`LossWaterfall`](crate::LossWaterfall) or in a
/// [`StabilityPool`](crate::StabilityPool), kept by the holder or the host.
///
/// Shares are counted at a scale: when a loss leaves more than 2^64 of them a unit, all are divided
/// by 2^32 and the scale rises by one. A loss of everything raises it by six, which leaves none.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_haircut_collateral::{LossShares, LossWaterfall};
///
/// let (mut waterfall, mut alice) = (LossWaterfall::<1>::new(), LossShares::NONE);
/// waterfall.deposit(0, &mut alice, Amount::new(3))?;
/// assert_eq!(alice.shares().to_string(), "12884901888"); // 2^32 a unit
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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
pub struct LossShares {
    pub(crate) scale: u32,
    pub(crate) shares: U256,
}

impl LossShares {
    /// No shares.
    pub const NONE: Self = Self::restore(0, U256::ZERO);

    /// Restores shares from their [`scale`](Self::scale) and their [number](Self::shares). Any numbers
    /// may be those of some book's holder; each call checks that they can be its own.
    ///
    /// ```
    /// # use tokenomics_fixed_math::U256;
    /// # use tokenomics_haircut_collateral::LossShares;
    /// let held = LossShares::restore(2, U256::from(7));
    /// assert_eq!((held.scale(), held.shares()), (2, U256::from(7)));
    /// ```
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub const fn restore(scale: u32, shares: U256) -> Self {
        Self { scale, shares }
    }

    /// Returns the scale at which the shares are counted, as of the last call.
    #[must_use]
    pub const fn scale(&self) -> u32 {
        self.scale
    }

    /// Returns the number of shares, as of the last call.
    #[must_use]
    pub const fn shares(&self) -> U256 {
        self.shares
    }
}

/// The state of a tranche, or of the deposits of a stability pool.
///
/// ```
/// use tokenomics_haircut_collateral::{LossWaterfall, TrancheState};
///
/// assert_eq!(LossWaterfall::<1>::new().state().tranches, [TrancheState::default()]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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
pub struct TrancheState {
    /// The amount that is there.
    pub assets: Amount,
    /// The shares of it: at least 2^32 and at most 2^64 of each unit.
    pub shares: U256,
    /// The scale at which they are counted.
    pub scale: u32,
}

/// An amount that its holders own by shares, and that losses are taken from: there are between 2^32 and
/// 2^64 shares of each unit, so all are below 2^192.
///
/// A loss lowers the amount alone, which is exact. The quotient of the two integers is the product of
/// what all losses leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LossBook {
    pub(crate) assets: Amount,
    pub(crate) shares: U256,
    pub(crate) scale: u32,
}

impl LossBook {
    pub(crate) const EMPTY: Self = Self {
        assets: Amount::ZERO,
        shares: U256::ZERO,
        scale: 0,
    };

    pub(crate) fn restore(state: TrancheState) -> Result<Self, Error> {
        let TrancheState {
            assets,
            shares,
            scale,
        } = state;
        // Shares of a unit, rounded down and up, cross a bound wherever the exact quotient does.
        let per_unit = |rounding| match assets.get() {
            0 if shares.is_zero() => Ok(LEAST),
            0 => Ok(u128::MAX),
            units => Ok::<_, Error>(low(shares.checked_div(units, rounding)?)),
        };
        let what = Quantity::TrancheShares;
        in_range(what, per_unit(Rounding::Floor)?, LEAST, u128::MAX)?;
        in_range(what, per_unit(Rounding::Ceil)?, 0, MOST)?;
        Ok(Self {
            assets,
            shares,
            scale,
        })
    }

    pub(crate) const fn state(&self) -> TrancheState {
        TrancheState {
            assets: self.assets,
            shares: self.shares,
            scale: self.scale,
        }
    }

    /// Returns a holder's shares at the present scale.
    pub(crate) fn present(&self, held: LossShares) -> Result<LossShares, Error> {
        let what = Quantity::LossScale;
        in_range(what, held.scale.into(), 0, self.scale.into())?;
        // Doesn't wrap, by the check.
        let scales = self.scale.wrapping_sub(held.scale).min(SCALES_OF_ALL);
        // At most 192.
        let shares = held.shares.shr_floor(scales.wrapping_mul(SCALE_BITS));
        if shares > self.shares {
            // The error holds 128 bits: rounded up, what is above is above what is rounded down.
            let value = low(shares.shr_floor(64)).saturating_add(1);
            let bound = low(self.shares.shr_floor(64));
            let what = Quantity::LossShares;
            return Err(Error::OutOfRange { what, value, bound });
        }
        Ok(LossShares::restore(self.scale, shares))
    }

    /// Returns the amount that a holder's shares are worth, floored.
    pub(crate) fn worth(&self, held: LossShares) -> Result<Amount, Error> {
        let shares = self.present(held)?.shares;
        if shares.is_zero() {
            return Ok(Amount::ZERO);
        }
        let assets = U256::from(self.assets.get());
        let worth = assets.mul_div(shares, self.shares, Rounding::Floor)?;
        Ok(Amount::new(worth.to_u128()?))
    }

    /// Adds an amount, and its shares, floored: they stay between 2^32 and 2^64 a unit.
    pub(crate) fn deposit(&mut self, held: &mut LossShares, amount: Amount) -> Result<(), Error> {
        let present = self.present(*held)?;
        let assets = self.assets.checked_add(amount)?;
        let units = U256::from(amount.get());
        let minted = if self.shares.is_zero() {
            units.checked_shl(SCALE_BITS)?
        } else {
            units.mul_div(self.shares, self.assets.get().into(), Rounding::Floor)?
        };
        let after = LossShares {
            shares: present.shares.checked_add(minted)?,
            ..present
        };
        self.shares = self.shares.checked_add(minted)?;
        (self.assets, *held) = (assets, after);
        Ok(())
    }

    /// Takes an amount, for its shares, ceiled. All of the amount takes all of the shares, and less
    /// leaves ⌊(A − x)·T/A⌋ of them: still between 2^32 and 2^64 a unit.
    pub(crate) fn withdraw(&mut self, held: &mut LossShares, amount: Amount) -> Result<(), Error> {
        let present = self.present(*held)?;
        in_range(Quantity::Claim, amount.get(), 0, self.worth(present)?.get())?;
        if amount.is_zero() {
            *held = present;
            return Ok(());
        }
        // x ≤ s·A/T, so the shares of x are at most s.
        let units = U256::from(amount.get());
        let burned = units.mul_div(self.shares, self.assets.get().into(), Rounding::Ceil)?;
        let after = LossShares {
            shares: present.shares.checked_sub(burned)?,
            ..present
        };
        let shares = self.shares.checked_sub(burned)?;
        self.assets = self.assets.checked_sub(amount)?;
        (self.shares, *held) = (shares, after);
        Ok(())
    }

    /// Returns the largest loss that cuts the shares by so many scales at most.
    pub(crate) fn largest_loss(&self, scales: u32) -> Amount {
        let all = self.assets;
        if all.is_zero() || scales >= SCALES_OF_ALL {
            return all;
        }
        // What is left has at most 2^64 shares a unit, and is a unit at least.
        let shares = self.shares.shr_floor(scales.wrapping_mul(SCALE_BITS));
        let units = shares
            .checked_div(MOST, Rounding::Ceil)
            .map_or(u128::MAX, low);
        all.checked_sub(Amount::new(units.max(1)))
            .unwrap_or(Amount::ZERO)
    }

    /// Takes a loss, and returns by how many scales the shares were cut.
    pub(crate) fn lose(&mut self, loss: Amount) -> Result<u32, Error> {
        in_range(Quantity::Loss, loss.get(), 0, self.assets.get())?;
        if loss.is_zero() {
            return Ok(0);
        }
        let assets = self.assets.checked_sub(loss)?;
        let (mut shares, mut cut) = (self.shares, 0_u32);
        if assets.is_zero() {
            (shares, cut) = (U256::ZERO, SCALES_OF_ALL);
        }
        // All shares are below 2^192 and at least 2^64 may stay, so four cuts are the most.
        while shares > U256::product(assets.get(), MOST) && cut < SCALES_OF_ALL {
            shares = shares.shr_floor(SCALE_BITS);
            cut = cut.saturating_add(1);
        }
        let max = u128::from(u32::MAX);
        let scale = self.scale.checked_add(cut);
        let scale = scale.ok_or(Error::Overflow { bits: 33, max })?;
        *self = Self {
            assets,
            shares,
            scale,
        };
        Ok(cut)
    }
}

/// Returns the number, or the largest of 128 bits above that.
pub(crate) fn low(wide: U256) -> u128 {
    if wide.high() == 0 {
        wide.low()
    } else {
        u128::MAX
    }
}
