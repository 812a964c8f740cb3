//! Numbers that every run draws alike.

/// SplitMix64.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// A stream of its own for each seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 bits.
    pub fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below 2^bits, all alike; `bits` is at most 128.
    pub fn bits(&mut self, bits: u32) -> u128 {
        let wide = u128::from(self.word()) << 64 | u128::from(self.word());
        wide.checked_shr(128 - bits).unwrap_or(0)
    }

    /// At most `most`, all alike.
    pub fn up_to(&mut self, most: u128) -> u128 {
        let bits = 128 - most.leading_zeros();
        loop {
            let drawn = self.bits(bits);
            if drawn <= most {
                return drawn;
            }
        }
    }

    /// At most `most`, every number of bits alike.
    pub fn any_size_up_to(&mut self, most: u128) -> u128 {
        let widest = 128 - most.leading_zeros();
        loop {
            let bits = self.below(u64::from(widest) + 1) as u32;
            let top = bits.checked_sub(1).map_or(0, |shift| 1 << shift);
            let drawn = top | self.bits(bits.saturating_sub(1));
            if drawn <= most {
                return drawn;
            }
        }
    }

    /// Below `limit`, which isn't 0. The bias of the remainder is below 2^-40 for what is drawn here.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.word() % limit
    }

    /// One of them.
    pub fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    /// Whether one of `in_how_many` came.
    pub fn rarely(&mut self, in_how_many: u64) -> bool {
        self.below(in_how_many) == 0
    }
}
