//! Terms of liquidations of any numbers.

use tokenomics_fixed_math::{Amount, Fraction, Span, Wad};

use super::{wad_within, FromSeed};
use crate::liquidation::{MOST_FACTOR, MOST_TARGET};
use crate::{
    CloseFactor, Decay, DutchAuction, FixedIncentive, HealthIncentive, Incentive, LiquidationTerms,
    ThresholdIncentive,
};

/// Returns a factor from 1 to 8.
fn factor(wad: Wad) -> Option<Wad> {
    wad_within(wad, Wad::SCALE, MOST_FACTOR)
}

impl FromSeed for CloseFactor {
    type Seed = (Fraction, Wad, Amount);

    fn from_seed((part, whole_at, whole_under): Self::Seed) -> Option<Self> {
        let part = part.max(Fraction::from_raw(1).ok()?);
        Self::new(part, whole_at, whole_under).ok()
    }
}

impl FromSeed for Decay {
    /// The kind, the factor and the time.
    type Seed = (u8, Fraction, Span);

    fn from_seed((kind, factor, span): Self::Seed) -> Option<Self> {
        let step = span.max(Span::new(1));
        Some(match kind % 3 {
            0 => Self::Linear(step),
            1 => Self::Exponential(factor),
            _ => Self::Steps { factor, step },
        })
    }
}

impl FromSeed for DutchAuction {
    type Seed = (Wad, Decay);

    fn from_seed((start, decay): Self::Seed) -> Option<Self> {
        Self::new(factor(start)?, decay).ok()
    }
}

impl FromSeed for FixedIncentive {
    type Seed = Wad;

    fn from_seed(seed: Self::Seed) -> Option<Self> {
        Self::new(factor(seed)?).ok()
    }
}

impl FromSeed for ThresholdIncentive {
    type Seed = (Fraction, Wad);

    fn from_seed((cursor, most): Self::Seed) -> Option<Self> {
        Self::new(cursor, factor(most)?).ok()
    }
}

impl FromSeed for HealthIncentive {
    /// The two factors, in either order, and the health of the larger.
    type Seed = (Wad, Wad, Wad);

    fn from_seed((one, other, most_at): Self::Seed) -> Option<Self> {
        let (one, other) = (factor(one)?, factor(other)?);
        let most_at = wad_within(most_at, 0, Wad::SCALE.checked_sub(1)?)?;
        Self::new(one.min(other), one.max(other), most_at).ok()
    }
}

impl FromSeed for Incentive {
    /// The kind, one of each, and the time since the auction began.
    type Seed = (
        u8,
        (FixedIncentive, ThresholdIncentive, HealthIncentive),
        (DutchAuction, Span),
    );

    fn from_seed(
        (kind, (fixed, threshold, health), (auction, elapsed)): Self::Seed,
    ) -> Option<Self> {
        Some(match kind % 4 {
            0 => Self::Fixed(fixed),
            1 => Self::ByThreshold(threshold),
            2 => Self::ByHealth(health),
            _ => Self::Auction { auction, elapsed },
        })
    }
}

impl FromSeed for LiquidationTerms {
    type Seed = (Wad, CloseFactor, Incentive, Amount);

    fn from_seed((target, close_factor, incentive, dust): Self::Seed) -> Option<Self> {
        let target = wad_within(target, Wad::SCALE, MOST_TARGET)?;
        Self::new(target, close_factor, incentive, dust).ok()
    }
}
