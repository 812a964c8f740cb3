//! The numbers of a case, brought into what a constructor takes.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, SignedWad, Span, Timestamp, Wad, U256};

/// How many numbers a case has.
pub const COUNT: usize = 16;

/// The numbers of a case, one after the other and then from the first again.
pub struct Numbers<'a> {
    all: &'a [u128; COUNT],
    next: usize,
}

const ONE: u128 = Wad::SCALE;

impl<'a> Numbers<'a> {
    /// Creates a reader of the numbers of a case.
    pub fn new(all: &'a [u128; COUNT]) -> Self {
        Self { all, next: 0 }
    }

    /// Returns the next number.
    #[inline(never)]
    pub fn number(&mut self) -> u128 {
        let number = self.all.get(self.next % COUNT).copied().unwrap_or(0);
        self.next += 1;
        number
    }

    /// Returns the next number brought into a range, both ends included, of which the largest number of all
    /// gives the upper one.
    #[inline(never)]
    pub fn within(&mut self, least: u64, most: u64) -> u64 {
        let number = self.number();
        if number == u128::MAX {
            return most;
        }
        let count = u128::from(most - least) + 1;
        least + (number % count) as u64
    }

    /// Returns one of so many choices.
    pub fn choice(&mut self, count: u64) -> u64 {
        self.within(0, count - 1)
    }

    /// Returns any amount.
    pub fn amount(&mut self) -> Amount {
        Amount::new(self.number())
    }

    /// Returns an amount from 1 to one, both included.
    pub fn amount_to(&mut self, most: u64) -> Amount {
        Amount::new(self.within(1, most).into())
    }

    /// Returns a part of an amount, or it and one unit more or less.
    #[inline(never)]
    pub fn part_of(&mut self, whole: Amount) -> Amount {
        let (choice, number, whole) = (self.choice(8), self.number(), whole.get());
        Amount::new(match choice {
            0 => whole,
            1 => whole.saturating_add(1),
            2 => whole.saturating_sub(1),
            _ if whole == u128::MAX => number,
            _ => number % (whole + 1),
        })
    }

    /// Returns any time.
    pub fn time(&mut self) -> Timestamp {
        Timestamp::new(self.within(0, u64::MAX))
    }

    /// Returns any length of time.
    pub fn span(&mut self) -> Span {
        Span::new(self.within(0, u64::MAX))
    }

    /// Returns a length of time from 1 to one, both included.
    pub fn span_to(&mut self, most: u64) -> Span {
        Span::new(self.within(1, most))
    }

    /// Returns two times in order, seldom the same.
    pub fn interval(&mut self) -> [Timestamp; 2] {
        let (start, length) = (self.within(0, u64::MAX), self.within(0, u64::MAX));
        [start, start.saturating_add(length)].map(Timestamp::new)
    }

    /// Returns a time at one of these, a unit before or after it, or between the first and the last.
    #[inline(never)]
    pub fn near(&mut self, times: [Timestamp; 2]) -> Timestamp {
        let [first, last] = times.map(Timestamp::get);
        let choice = self.choice(10);
        Timestamp::new(match choice {
            0 => first,
            1 => first.saturating_add(1),
            2 => first.saturating_sub(1),
            3 => last,
            4 => last.saturating_sub(1),
            5 => last.saturating_add(1),
            _ => self.within(first.min(last), first.max(last)),
        })
    }

    /// Returns a time at or after one.
    pub fn after(&mut self, time: Timestamp, most: u64) -> Timestamp {
        let length = self.within(0, most);
        Timestamp::new(time.get().saturating_add(length))
    }

    /// Returns any fraction.
    pub fn fraction(&mut self) -> Fraction {
        let raw = self.within(0, Fraction::SCALE);
        Fraction::from_raw(raw).unwrap_or(Fraction::ONE)
    }

    /// Returns a fraction of at most so many parts of 10^18.
    pub fn fraction_to(&mut self, most: u64) -> Fraction {
        Fraction::from_raw(self.within(0, most)).unwrap_or(Fraction::ONE)
    }

    /// Returns a fraction of at least so many parts of 10^18.
    pub fn fraction_from(&mut self, least: u64) -> Fraction {
        let raw = self.within(least, Fraction::SCALE);
        Fraction::from_raw(raw).unwrap_or(Fraction::ONE)
    }

    /// Returns weights that sum to one.
    pub fn weights(&mut self) -> [Fraction; 3] {
        let [a, b] =
            [self.within(1, 400), self.within(1, 400)].map(|it| it * 1_000_000_000_000_000);
        let last = Fraction::SCALE - a - b;
        [a, b, last].map(|raw| Fraction::from_raw(raw).unwrap_or(Fraction::ONE))
    }

    /// Returns any number with 18 decimals.
    pub fn wad(&mut self) -> Wad {
        Wad::from_raw(self.number())
    }

    /// Returns a number of 18 decimals from 0 to so many wholes.
    pub fn wad_to(&mut self, wholes: u64) -> Wad {
        self.wad_between(0, wholes)
    }

    /// Returns a number of 18 decimals between two wholes.
    #[inline(never)]
    pub fn wad_between(&mut self, least: u64, most: u64) -> Wad {
        let number = self.number();
        let count = u128::from(most - least) * ONE + 1;
        Wad::from_raw(u128::from(least) * ONE + number % count)
    }

    /// Returns a number of 18 decimals from minus to plus so many wholes.
    #[inline(never)]
    pub fn signed_to(&mut self, wholes: u64) -> SignedWad {
        let most = u128::from(wholes) * ONE;
        let number = self.number() % (2 * most + 1);
        SignedWad::from_raw(number as i128 - most as i128)
    }

    /// Returns any ratio.
    pub fn ratio(&mut self) -> Ratio {
        let (numerator, denominator) = (self.number(), self.number());
        Ratio::new(numerator, denominator.max(1)).unwrap_or(Ratio::ONE)
    }

    /// Returns a ratio above 0 of two integers up to one.
    pub fn ratio_to(&mut self, most: u64) -> Ratio {
        let [numerator, denominator] = [self.within(1, most), self.within(1, most)];
        Ratio::new(numerator.into(), denominator.into()).unwrap_or(Ratio::ONE)
    }

    /// Returns a ratio above 0 and below 1.
    pub fn part(&mut self) -> Ratio {
        let denominator = self.within(2, 1_000_000_000);
        let numerator = self.within(1, denominator - 1);
        Ratio::new(numerator.into(), denominator.into()).unwrap_or(Ratio::ZERO)
    }

    /// Returns any integer of 256 bits.
    pub fn wide(&mut self) -> U256 {
        let high = match self.choice(4) {
            0 => self.number(),
            _ => 0,
        };
        U256::new(high, self.number())
    }
}
