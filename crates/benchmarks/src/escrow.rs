//! A million locks, and what they weigh in all.

use tokenomics_escrow_weighting::{Escrow, InMemory, Lock, Ring, Terms, Totals};
use tokenomics_fixed_math::{Amount, Span, Timestamp, Wad, U256};

use crate::random::Random;
use crate::CALLS;

/// What these crates are called here.
pub const OURS: &str = "tokenomics-escrow-weighting";

/// The totals of Curve's four years, 208.57 weeks and so up to 209 ends ahead, from the last change on.
pub type Weeks = Ring<209>;

const WEEK: u64 = 7 * 86_400;
const YEARS: u64 = 4 * 365 * 86_400;
const LOCKS: u64 = 1_000_000;
/// A Thursday at midnight.
const START: u64 = 2_800 * WEEK;
/// As many times are asked about.
const TIMES: usize = 64 * CALLS;
/// Seconds from one lock to the next.
const STEP: u64 = 100;

/// Locks of up to four years, one after the other.
pub struct Locks<T> {
    escrow: Escrow<T>,
    random: Random,
    made: u64,
}

impl Locks<InMemory> {
    /// None yet, to end on multiples of `granule`.
    pub fn new(granule: u64) -> Self {
        Self::with(granule, InMemory::default())
    }

    /// A million that end on weeks.
    pub fn weekly() -> Self {
        Self::new(WEEK).filled()
    }

    /// A million that end whenever.
    pub fn distinct() -> Self {
        Self::new(1).filled()
    }

    fn filled(mut self) -> Self {
        while self.made < LOCKS {
            self.make();
        }
        self
    }

    /// One more, or the first anew after a million.
    pub fn make_another(&mut self) -> Lock {
        if self.made == LOCKS {
            *self = Self::new(self.escrow.terms().granule().get());
        }
        self.make()
    }

    pub fn total(&self, at: &Timestamp) -> U256 {
        self.escrow.total_at(*at)
    }
}

impl Locks<Weeks> {
    /// A thousand that end on weeks, in a ring.
    pub fn in_a_ring() -> Self {
        let mut locks = Self::with(WEEK, Weeks::new(Span::new(WEEK)).expect("a period"));
        for _ in 0..CALLS {
            locks.make();
        }
        locks
    }

    pub fn total(&self, at: &Timestamp) -> U256 {
        let clock = self.escrow.clock();
        self.escrow
            .total_at(clock.max(*at))
            .expect("a time to come")
    }
}

impl<T: Totals> Locks<T> {
    fn with(granule: u64, totals: T) -> Self {
        let terms = Terms::new(Span::new(YEARS), Span::new(granule)).expect("terms");
        Self {
            escrow: Escrow::with_totals(terms, totals),
            random: Random::new(0x6c6f_636b),
            made: 0,
        }
    }

    pub fn make(&mut self) -> Lock {
        let now = START + self.made * STEP;
        let terms = self.escrow.terms();
        let granule = terms.granule().get();
        let end = now + 2 * granule + self.random.below(YEARS - 2 * granule);
        let kind = terms.decaying(Wad::ONE, Timestamp::new(end - end % granule));
        let amount = Amount::new(1 + self.random.bits(90));
        self.made += 1;
        let lock = kind.and_then(|kind| self.escrow.create(Timestamp::new(now), amount, kind));
        lock.expect("an end in range")
    }
}

/// Many times after a million locks were made, within four years.
pub fn to_come() -> Vec<Timestamp> {
    times(START + LOCKS * STEP, YEARS)
}

/// Many times while a million locks were made.
pub fn past() -> Vec<Timestamp> {
    times(START, LOCKS * STEP)
}

fn times(from: u64, over: u64) -> Vec<Timestamp> {
    let mut random = Random::new(0x7469_6d65);
    let mut time = || Timestamp::new(from + random.below(over));
    (0..TIMES).map(|_| time()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_totals_are_those_of_the_locks() {
        let (mut all, mut ring) = (Locks::new(WEEK), Locks::<Weeks>::in_a_ring());
        let locks: Vec<Lock> = (0..CALLS).map(|_| all.make_another()).collect();
        for at in to_come().into_iter().take(CALLS) {
            let weights = locks.iter().map(|lock| lock.weight_at(at));
            let sum = weights.reduce(|sum, one| sum.checked_add(one).unwrap());
            assert_eq!(all.total(&at), sum.unwrap());
            assert_eq!(ring.total(&at), sum.unwrap());
        }
        assert_eq!(ring.make(), all.make_another());
    }
}
