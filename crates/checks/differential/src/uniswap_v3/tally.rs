//! In what Uniswap v3's pools and those here differ, and how much was compared.

use std::fmt;

/// All in which a pool there differs from one here.
#[derive(Debug, Clone, Copy)]
pub enum Difference {
    /// It moves amounts of more than 128 bits.
    Wide,
    /// It drops what it owes to a position, or to the protocol, above 128 bits.
    Dropped,
    /// It keeps a unit back of what it owes to the protocol.
    KeptBack,
}

/// How much was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub pools: u64,
    pub swaps: u64,
    /// Swaps that ended at their limit.
    pub limited: u64,
    /// Ticks of positions that swaps passed.
    pub passed: u64,
    pub mints: u64,
    pub burns: u64,
    pub collects: u64,
    /// Of the protocol's share: what it is, and what is paid of it.
    pub protocol: u64,
    /// Calls that both refuse.
    pub refused: u64,
    /// Calls about which they differ, by the place of the difference in its enum.
    differences: [u64; 3],
}

impl Tally {
    pub fn note(&mut self, difference: Difference) {
        self.differences[difference as usize] += 1;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [wide, dropped, kept_back] = self.differences;
        write!(
            f,
            "UniswapV3Pool: {} pools, the same to the unit: {} swaps, {} of them to their limit, past {} ticks \
             of positions, {} mints, {} burns, {} collects, {} calls for the protocol; {} calls are refused by \
             both; only here {wide} for amounts of more than 128 bits and {dropped} for what is owed above \
             128 bits, which is dropped there; {kept_back} times the protocol is paid a unit less there",
            self.pools,
            self.swaps,
            self.limited,
            self.passed,
            self.mints,
            self.burns,
            self.collects,
            self.protocol,
            self.refused
        )
    }
}
