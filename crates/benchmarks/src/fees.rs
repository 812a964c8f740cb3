//! Splits among eight, and claims of a pool.

use tokenomics_fee_split::{largest_remainder, Position, RewardPool, SplitStream, WeightedSplit};
use tokenomics_fixed_math::Amount;

use crate::random::Random;
use crate::CALLS;

/// What these crates are called here.
pub const OURS: &str = "tokenomics-fee-split";

/// Shares of eight parties, in basis points.
const WEIGHTS: [u64; 8] = [2_500, 2_000, 1_500, 1_300, 1_100, 800, 500, 300];
/// Holders of a pool, of whom one claims.
const HOLDERS: u128 = 1_000_000;

/// The parts of an amount.
pub type Parts = [Amount; 8];

/// [`CALLS`] amounts of up to 90 bits: a billion tokens of 18 decimals.
pub fn amounts() -> Vec<Amount> {
    let mut random = Random::new(0x6665_6573);
    (0..CALLS).map(|_| Amount::new(random.bits(90))).collect()
}

/// The split by running sums.
pub fn weighted() -> WeightedSplit<8> {
    WeightedSplit::new(WEIGHTS).expect("they sum to 10,000")
}

/// The split of a stream.
pub fn stream() -> SplitStream<8> {
    SplitStream::new(WEIGHTS).expect("they sum to 10,000")
}

/// Largest remainders.
pub fn remainders(amount: Amount) -> Parts {
    let mut parts = [Amount::ZERO; 8];
    // Eight parts of eight weights.
    let _ = largest_remainder(amount, &WEIGHTS, &mut parts);
    parts
}

/// A pool of a million holders, and one of them.
pub struct Pool {
    pool: RewardPool,
    holder: Position,
}

impl Pool {
    /// Each holder has as many shares as a token of 18 decimals has units, times the holder's number.
    pub fn new() -> Self {
        let mut pool = RewardPool::new();
        let mut holder = Position::new();
        for number in 1..=HOLDERS {
            let mut position = Position::new();
            let shares = number * 1_000_000_000_000_000_000;
            pool.set_shares(&mut position, shares).expect("they fit");
            holder = position;
        }
        Self { pool, holder }
    }

    /// Rewards come in.
    pub fn fund(&mut self, amount: Amount) -> Option<()> {
        self.pool.fund(amount).ok()
    }

    /// The holder claims what has come in since.
    pub fn claim(&mut self) -> Option<Amount> {
        self.pool.claim(&mut self.holder).ok()
    }
}

impl Default for Pool {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_split_gives_all_of_an_amount_away() {
        let mut stream = stream();
        for amount in amounts() {
            let carried = stream.carried();
            let of_stream = Amount::try_sum(stream.distribute(amount)).unwrap();
            let all = of_stream.checked_add(stream.carried()).unwrap();
            assert_eq!(all, amount.checked_add(carried).unwrap());
            for parts in [weighted().split(amount), remainders(amount)] {
                assert_eq!(Amount::try_sum(parts), Ok(amount));
            }
        }
    }

    #[test]
    fn a_holder_is_paid_what_was_funded() {
        let mut pool = Pool::new();
        pool.fund(Amount::new(1_000_000_000_000)).unwrap();
        // 2 of 1,000,001 parts.
        assert_eq!(pool.claim(), Some(Amount::new(1_999_998)));
    }
}
