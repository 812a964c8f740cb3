//! The close factor: the part of a debt that one liquidation may repay.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, Wad};

use crate::check::in_range;
use crate::portfolio::SCALE;
use crate::wide::Wide;
use crate::{Debt, Error, Holding, Quantity};

/// The part of a debt that one liquidation may repay: all of it where health is low or the debt or the
/// holding is small.
///
/// # Rounding
/// Ceil, so that a debt of one unit can be repaid.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Amount};
/// use tokenomics_haircut_collateral::CloseFactor;
///
/// // Half; all at a health of 0.95 or below, and below 2,000 quote units.
/// let aave = CloseFactor::new(fraction!("0.5"), wad!("0.95"), Amount::new(2_000))?;
/// assert_eq!(aave.part(), fraction!("0.5"));
/// assert!(CloseFactor::new(fraction!("0"), wad!("0.95"), Amount::new(2_000)).is_err());
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Aave v3, `LiquidationLogic`: 50% of the debt that is repaid, and 100% at a health factor of 0.95 or below
/// (core-v3 1.19); in later versions (aave-v3-origin 3.6) also where the debt or the collateral is worth less
/// than 2,000 of its base currency, and there the part is of the debt of all assets; here it is of the one that
/// is repaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CloseFactor {
    // Above 0.
    part: Fraction,
    whole_at: Wad,
    whole_under: Amount,
}

impl CloseFactor {
    /// The close factor of a market that lets all of a debt be repaid, and relies on the target.
    pub const WHOLE: Self = Self {
        part: Fraction::ONE,
        whole_at: Wad::ONE,
        whole_under: Amount::ZERO,
    };

    /// Creates a close factor of `part`, which is all at a health of `whole_at` or below, and where the
    /// debt or the holding is worth less than `whole_under` quote base units.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a part of 0.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Amount};
    /// # use tokenomics_haircut_collateral::CloseFactor;
    /// assert!(CloseFactor::new(fraction!("0.5"), wad!("0.95"), Amount::ZERO).is_ok());
    /// assert!(CloseFactor::new(fraction!("0"), wad!("0.95"), Amount::ZERO).is_err());
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(part: Fraction, whole_at: Wad, whole_under: Amount) -> Result<Self, Error> {
        in_range(Quantity::CloseFactor, part.raw().into(), 1, u128::MAX)?;
        Ok(Self {
            part,
            whole_at,
            whole_under,
        })
    }

    /// Returns the part of a debt that may be repaid.
    #[must_use]
    pub const fn part(&self) -> Fraction {
        self.part
    }

    /// Returns the health at which and below which all of it may.
    #[must_use]
    pub const fn whole_at(&self) -> Wad {
        self.whole_at
    }

    /// Returns the value, in quote base units, under which all of it may.
    #[must_use]
    pub const fn whole_under(&self) -> Amount {
        self.whole_under
    }

    /// Returns the most of a debt that may be repaid for a holding at this health.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn most(&self, held: &Holding, debt: &Debt, health: Ratio) -> Amount {
        let small = Wide::from_u128(self.whole_under.get()).within(SCALE);
        if health <= Ratio::from(self.whole_at) || debt.value() < small || held.value() < small {
            return debt.amount();
        }
        debt.amount().mul_fraction(self.part, Rounding::Ceil)
    }
}

tokenomics_internals::checked_codec! {
    CloseFactor::new as RawCloseFactor {
        part: Fraction = CloseFactor::part,
        whole_at: Wad = CloseFactor::whole_at,
        whole_under: Amount = CloseFactor::whole_under,
    }
}
