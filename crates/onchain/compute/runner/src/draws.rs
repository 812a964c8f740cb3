//! Operands drawn from a seed.

/// A generator of numbers, as SplitMix64.
pub struct Draws(pub u64);

impl Draws {
    pub fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let word = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    pub fn wide(&mut self) -> u128 {
        u128::from(self.word()) << 64 | u128::from(self.word())
    }

    /// From a number up to another.
    pub fn between(&mut self, least: u128, most: u128) -> u128 {
        least + self.wide() % (most - least + 1)
    }
}
