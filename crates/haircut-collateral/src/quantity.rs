//! The quantities that an error can be about.

use core::fmt;

use tokenomics_fixed_math::Wad;

tokenomics_fixed_math::quantities! {
    "a part of a haircut, of a debt or of a liquidation.";
    InitialHaircut = "the initial haircut",
    DebtPrice = "the price of a debt",
    TargetHealth = "the health that a liquidation restores",
    CloseFactor = "the close factor",
    IncentiveFactor = "the factor of an incentive",
    HealthOfMostIncentive = "the health of the largest incentive",
    AuctionStart = "the start of an auction",
    AuctionSpan = "the time of an auction",
    Repaid = "the amount repaid",
}

/// A number in the units of a quantity.
pub(crate) enum Shown {
    /// In 1e-18.
    Decimal(Wad),
    /// A number of whole units.
    Whole(u128),
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decimal(value) => value.fmt(f),
            Self::Whole(value) => value.fmt(f),
        }
    }
}

impl Quantity {
    /// Returns a value of this quantity in its units.
    pub(crate) const fn shown(self, value: u128) -> Shown {
        match self {
            Self::AuctionSpan | Self::Repaid => Shown::Whole(value),
            _ => Shown::Decimal(Wad::from_raw(value)),
        }
    }
}
