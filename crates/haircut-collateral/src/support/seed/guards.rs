//! Limits and guards of any numbers.

use tokenomics_fixed_math::{Fraction, Ratio, Span, Timestamp, Wad};

use super::{wad_within, within, FromSeed};
use crate::growth_cap::{LARGEST_GROWTH, LONGEST_YEAR};
use crate::{
    CircuitBreaker, CircuitBreakerState, GrowthCap, GrowthCapState, GrowthCapTerms, RateLimit,
    RateLimitState, RatioSnapshot,
};

impl FromSeed for RateLimitState {
    type Seed = <RateLimit as FromSeed>::Seed;

    fn from_seed(seed: Self::Seed) -> Option<Self> {
        RateLimit::from_seed(seed).map(|limit| limit.state())
    }
}

impl FromSeed for CircuitBreakerState {
    /// The largest move, window and cooldown, the reference, two times in either order, and whether it is
    /// tripped.
    type Seed = (Fraction, [Span; 2], Ratio, [Timestamp; 2], bool);

    fn from_seed((max_move, spans, reference, times, tripped): Self::Seed) -> Option<Self> {
        let ([window, cooldown], [one, other]) = (spans, times);
        Some(Self {
            max_move: max_move.max(Fraction::from_raw(1).ok()?),
            window,
            cooldown,
            reference,
            since: one.min(other),
            last: one.max(other),
            tripped,
        })
    }
}

impl FromSeed for CircuitBreaker {
    type Seed = <CircuitBreakerState as FromSeed>::Seed;

    fn from_seed(seed: Self::Seed) -> Option<Self> {
        Self::restore(FromSeed::from_seed(seed)?).ok()
    }
}

impl FromSeed for GrowthCapTerms {
    /// The growth, the year, the largest step and the least delay.
    type Seed = (Wad, Span, Fraction, Span);

    fn from_seed((growth, year, max_step, min_delay): Self::Seed) -> Option<Self> {
        let year = within(year.get().into(), 1, LONGEST_YEAR)?;
        Some(Self {
            growth: wad_within(growth, 0, LARGEST_GROWTH)?,
            year: Span::new(u64::try_from(year).ok()?),
            max_step,
            min_delay,
        })
    }
}

impl FromSeed for RatioSnapshot {
    type Seed = (Wad, Timestamp);

    fn from_seed((ratio, at): Self::Seed) -> Option<Self> {
        let ratio = ratio.max(Wad::from_raw(1));
        Some(Self { ratio, at })
    }
}

impl FromSeed for GrowthCapState {
    /// The terms, the snapshot, and how long after it it was set.
    type Seed = (GrowthCapTerms, RatioSnapshot, Span);

    fn from_seed((terms, snapshot, later): Self::Seed) -> Option<Self> {
        let updated = snapshot.at.checked_add(later).unwrap_or(Timestamp::MAX);
        Some(Self {
            terms,
            snapshot,
            updated,
        })
    }
}

impl FromSeed for GrowthCap {
    type Seed = <GrowthCapState as FromSeed>::Seed;

    fn from_seed(seed: Self::Seed) -> Option<Self> {
        Self::restore(FromSeed::from_seed(seed)?).ok()
    }
}
