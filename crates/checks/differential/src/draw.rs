//! Schedules and times that every run draws alike: edges as often as anything else.

/// SplitMix64.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// At most `most`.
    pub fn up_to(&mut self, most: u64) -> u64 {
        let word = self.word();
        most.checked_add(1).map_or(word, |limit| word % limit)
    }

    pub fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.up_to(of.len() as u64 - 1) as usize]
    }

    /// 1 to 20, any number of bits, or within 20 of the largest; and none.
    pub fn amount(&mut self) -> u128 {
        let wide = self.wide();
        let few = u128::from(self.up_to(19));
        let bits = self.up_to(127) as u32;
        self.one_of(&[0, 1 + few, 1 + few, wide >> bits, wide, u128::MAX - few])
    }

    /// 128 bits.
    pub fn wide(&mut self) -> u128 {
        u128::from(self.word()) << 64 | u128::from(self.word())
    }

    /// Parts of `all` mostly, of any number of bits; all of it, and a few units beside; and anything.
    pub fn about(&mut self, all: u128) -> u128 {
        let part = self.wide() % all.max(1);
        let small = part >> self.up_to(60);
        let few = u128::from(self.up_to(3));
        let (below, above) = (all.saturating_sub(few), all.saturating_add(few));
        let any = self.amount();
        let edge = self.one_of(&[few, below, above, any]);
        self.one_of(&[part, part, small, small, small, edge])
    }
}

/// What both sides make a schedule of. The cliff is a length, at most the duration.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub start: u64,
    pub duration: u64,
    pub cliff: Option<u64>,
    pub total: u128,
}

impl Case {
    pub fn draw(random: &mut Random, with_cliff: bool) -> Self {
        let far = random.up_to(100);
        let now = 1_600_000_000 + random.up_to(400_000_000);
        let any = random.word();
        let start = random.one_of(&[0, 1, far, now, now, now, any, u64::MAX - far]);
        let room = u64::MAX - start;
        let (few, years) = (random.up_to(20), random.up_to(200_000_000));
        let any = random.up_to(room);
        // The last of them ends past the last time that 64 bits hold, where there is such a length.
        let past = room.saturating_add(1 + random.up_to(9));
        let duration = match random.one_of(&[0, 1, few, years, years, years, any, room, past]) {
            length if length == past && !with_cliff => length,
            length => length.min(room),
        };
        let part = random.up_to(duration);
        let lengths = [
            0,
            duration.min(1),
            part,
            part,
            part,
            duration.saturating_sub(1),
            duration,
        ];
        let cliff = random.one_of(&lengths);
        let total = random.amount();
        Self {
            start,
            duration,
            cliff: with_cliff.then_some(cliff),
            total,
        }
    }

    /// The end, if 64 bits hold it.
    pub fn end(&self) -> Option<u64> {
        self.start.checked_add(self.duration)
    }

    /// Where something begins or ends, the times next to it, and others.
    pub fn times(&self, random: &mut Random) -> Vec<u64> {
        let end = self.end().unwrap_or(u64::MAX);
        let cliff = self.start.saturating_add(self.cliff.unwrap_or(0));
        let mut times = vec![0, u64::MAX, random.word()];
        for edge in [self.start, cliff, end] {
            times.extend([edge.saturating_sub(1), edge, edge.saturating_add(1)]);
        }
        let within = (0..8).map(|_| self.start + random.up_to(end - self.start));
        times.extend(within);
        times
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edge_is_drawn() {
        let mut random = Random::new(1);
        let cases: Vec<_> = (0..2_000)
            .map(|index| Case::draw(&mut random, index % 2 == 0))
            .collect();
        let some = |edge: fn(&Case) -> bool| cases.iter().filter(|case| edge(case)).count() > 9;
        assert!(some(|case| case.duration == 0));
        assert!(some(|case| case.end() == Some(u64::MAX)));
        assert!(some(|case| case.end().is_none()));
        assert!(some(|case| case.start == 0));
        assert!(some(|case| (1..=20).contains(&case.total)));
        assert!(some(|case| case.total > u128::MAX - 20));
        assert!(some(|case| case.cliff == Some(0) && case.duration > 1));
        assert!(some(
            |case| case.cliff == Some(case.duration) && case.duration > 1
        ));
        assert!(cases.iter().all(|case| case.cliff <= Some(case.duration)));
    }
}
