//! The schedules that cost least in a resilient book.

use tokenomics_fixed_math::{Amount, Growth, Ratio, Rounding, Span, U256};

use crate::check::{in_range, quotient};
use crate::{Error, Quantity};

/// The schedule of N + 1 trades, at even times from 0 to T, of which an amount X costs least in a resilient
/// book.
///
/// The first and the last trade are X/((N − 1)·(1 − a) + 2), where a = e^(−ρT/N) is what is left of an impact
/// until the next trade; those between are 1 − a times as large, just what has refilled.
///
/// It is in whole units: trade k is ⌊Cₖ⌋ − ⌊Cₖ₋₁⌋, where Cₖ is all that the real schedule has traded up to it.
/// The cost doesn't depend on the depth but by its size, so neither does the schedule.
///
/// # Laws
/// `schedule_sums`: the trades sum to X, and each is within a unit of the real one ·
/// `optimal_schedule_costs_least`: no other schedule of the same times costs less, beyond the roundings.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio, Span};
/// use tokenomics_liquidity_curves::OptimalSchedule;
///
/// // 100,000 in eleven trades, of an impact of which e^-2 is left each time.
/// let rate = Ratio::new(20, 10_000)?;
/// let schedule = OptimalSchedule::new(Amount::new(100_000), rate, Span::new(10_000), 10)?;
/// let trades: Vec<u128> = schedule.trades().map(Amount::get).collect();
/// assert_eq!(trades[..3], [10_222, 8_840, 8_839]);
/// assert_eq!(trades.iter().sum::<u128>(), 100_000);
/// assert_eq!(schedule.time_of(10)?, Span::new(10_000));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
///
/// # Source
/// Obizhaeva, Wang (2005); Alfonsi, Fruth, Schied (2010), for the block-shaped book.
#[doc(alias("optimal_execution", "twap"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OptimalSchedule {
    amount: Amount,
    resilience: Ratio,
    time: Span,
    intervals: u32,
    // 1 − a, in units of 2^-127.
    refilled: u128,
}

impl OptimalSchedule {
    /// Creates the schedule of an amount X, at a resilience ρ per unit of time, over the time T in N intervals.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for no interval; [`Error::Overflow`] where N times the denominator of ρ has more
    /// than 128 bits; [`Error::Math`] for ρ/N of 2^63 or more.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Span};
    /// use tokenomics_liquidity_curves::OptimalSchedule;
    ///
    /// let (amount, time) = (Amount::new(7), Span::new(60));
    /// // Two trades are halves at any resilience.
    /// let halves = OptimalSchedule::new(amount, Ratio::ONE, time, 1)?;
    /// assert!(halves.trades().eq([Amount::new(3), Amount::new(4)]));
    /// assert!(OptimalSchedule::new(amount, Ratio::ONE, time, 0).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(
        amount: Amount,
        resilience: Ratio,
        time: Span,
        intervals: u32,
    ) -> Result<Self, Error> {
        in_range(Quantity::Trades, intervals.into(), 1, u32::MAX.into())?;
        let parts = U256::product(resilience.denominator(), intervals.into()).to_u128()?;
        let rate = Ratio::new(resilience.numerator(), parts)?;
        let decay = Growth::continuous(rate)?.inverse();
        let left = decay.of(Amount::new(ONE), time.get(), Rounding::Floor)?;
        Ok(Self {
            amount,
            resilience,
            time,
            intervals,
            // No more than all of it is left.
            refilled: ONE.wrapping_sub(left.get()),
        })
    }

    /// Returns the amount of all trades.
    #[must_use]
    pub const fn amount(&self) -> Amount {
        self.amount
    }

    /// Returns the resilience per unit of time.
    #[must_use]
    pub const fn resilience(&self) -> Ratio {
        self.resilience
    }

    /// Returns the time from the first trade to the last.
    #[must_use]
    pub const fn time(&self) -> Span {
        self.time
    }

    /// Returns the number of intervals, which is one less than that of trades.
    #[must_use]
    pub const fn intervals(&self) -> u32 {
        self.intervals
    }

    /// Returns the time of a trade from the first one on, which has the number 0: k·T/N.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a trade after the last.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Span};
    /// use tokenomics_liquidity_curves::OptimalSchedule;
    ///
    /// let schedule = OptimalSchedule::new(Amount::new(7), Ratio::ONE, Span::new(60), 4)?;
    /// assert_eq!(schedule.time_of(3)?, Span::new(45));
    /// assert!(schedule.time_of(5).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn time_of(&self, trade: u32) -> Result<Span, Error> {
        self.check(trade)?;
        let time = u128::from(self.time.get()).wrapping_mul(trade.into());
        // At most the time of all, which has 64 bits.
        let time = time.checked_div(self.intervals.into()).unwrap_or(0);
        Ok(Span::new(time.try_into().unwrap_or(u64::MAX)))
    }

    /// Computes a trade, of which the first has the number 0 and the last N.
    ///
    /// # Rounding
    /// Within a unit of the real number, and X·N/2^127 units, so that all sum to X.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a trade after the last.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Span};
    /// use tokenomics_liquidity_curves::OptimalSchedule;
    ///
    /// let schedule = OptimalSchedule::new(Amount::new(700), Ratio::ONE, Span::new(60), 4)?;
    /// assert_eq!(schedule.trade(3)?, Amount::new(140));
    /// assert!(schedule.trade(5).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn trade(&self, trade: u32) -> Result<Amount, Error> {
        self.check(trade)?;
        Ok(self.size(trade))
    }

    /// Computes what all trades up to one come to, with it: X·(1 + k·(1 − a))/((N − 1)·(1 − a) + 2), and X with
    /// the last.
    ///
    /// # Rounding
    /// Floor, where X·N/2^127 is far below a unit.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a trade after the last.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Span};
    /// use tokenomics_liquidity_curves::OptimalSchedule;
    ///
    /// let schedule = OptimalSchedule::new(Amount::new(700), Ratio::ZERO, Span::new(60), 4)?;
    /// // What never refills is bought half at the beginning and half at the end, or in any other way.
    /// assert_eq!(schedule.traded_by(3)?, Amount::new(350));
    /// assert_eq!(schedule.traded_by(4)?, Amount::new(700));
    /// assert!(schedule.traded_by(5).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn traded_by(&self, trade: u32) -> Result<Amount, Error> {
        self.check(trade)?;
        Ok(self.sum(trade))
    }

    /// Returns all trades, from the first to the last.
    pub fn trades(&self) -> impl Iterator<Item = Amount> + '_ {
        (0..=self.intervals).map(|trade| self.size(trade))
    }

    /// Computes what the schedule costs in a book of that depth without an impact, beyond its worth at the
    /// price: X²·(1 + a)/((N − 1)·(1 − a) + 2)/(2q), in Token1.
    ///
    /// # Rounding
    /// Ceil, of a ceiled square: above the cost of the real schedule by less than 1 + 1/q units and N parts in
    /// 2^126 of it. In whole units each trade may add two more.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a depth of 0; [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Span};
    /// use tokenomics_liquidity_curves::OptimalSchedule;
    ///
    /// let (amount, depth) = (Amount::new(100_000), Ratio::from_integer(1_000));
    /// let rate = Ratio::new(20, 10_000)?;
    /// let schedule = OptimalSchedule::new(amount, rate, Span::new(10_000), 10)?;
    /// // At once it is 5,000,000.
    /// assert_eq!(schedule.cost(depth)?, Amount::new(580_320));
    /// assert!(schedule.cost(Ratio::ZERO).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn cost(&self, depth: Ratio) -> Result<Amount, Error> {
        in_range(Quantity::Depth, depth.numerator(), 1, u128::MAX)?;
        let square = U256::product(self.amount.get(), self.amount.get());
        // 1 − a was rounded up by less than a unit, and more of it costs less.
        let refilled = self.refilled.saturating_sub(1);
        let left = U256::new(1, 0).checked_sub(refilled.into())?;
        let square = square.mul_div(left, self.whole(refilled), Rounding::Ceil)?;
        let twice = U256::product(depth.numerator(), 2);
        let cost = square.mul_div(depth.denominator().into(), twice, Rounding::Ceil)?;
        Ok(Amount::new(cost.to_u128()?))
    }

    fn check(&self, trade: u32) -> Result<(), Error> {
        in_range(Quantity::Trade, trade.into(), 0, self.intervals.into())
    }

    fn size(&self, trade: u32) -> Amount {
        let before = trade
            .checked_sub(1)
            .map_or(Amount::ZERO, |before| self.sum(before));
        // Sums don't fall.
        self.sum(trade).abs_diff(before)
    }

    fn sum(&self, trade: u32) -> Amount {
        if trade >= self.intervals {
            return self.amount;
        }
        let part = U256::product(self.refilled, trade.into()).checked_add(ONE.into());
        let sum = part.and_then(|part| {
            U256::from(self.amount.get())
                .mul_div(part, self.whole(self.refilled), Rounding::Floor)?
                .to_u128()
        });
        // The part has 160 bits and is below the whole.
        sum.map_or(self.amount, Amount::new)
    }

    /// Returns (N − 1)·refilled + 2, in units of 2^-127.
    fn whole(&self, refilled: u128) -> U256 {
        let between = self.intervals.saturating_sub(1);
        let two = U256::new(1, 0);
        // 160 bits.
        let whole = U256::product(refilled, between.into()).checked_add(two);
        whole.unwrap_or(two)
    }
}

/// The schedule of trades without a pause that costs least: a block at the beginning and at the end, of
/// X/(ρT + 2) each, and the constant rate of ρ times that between.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio, Span};
/// use tokenomics_liquidity_curves::ContinuousSchedule;
///
/// let rate = Ratio::new(20, 3_600)?;
/// let schedule = ContinuousSchedule::new(Amount::new(100_000), rate, Span::new(3_600));
/// assert_eq!(schedule.block(), Amount::new(4_545));
/// // 90,909 in an hour.
/// assert_eq!(schedule.rate()?, Ratio::new(1_000_000, 11 * 3_600)?);
/// assert_eq!(schedule.traded_by(Span::new(1_800)), Amount::new(50_000));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
///
/// # Source
/// Obizhaeva, Wang (2005), to which [`OptimalSchedule`] comes with many trades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct ContinuousSchedule {
    amount: Amount,
    resilience: Ratio,
    time: Span,
}

impl ContinuousSchedule {
    /// Creates the schedule of an amount X, at a resilience ρ per unit of time, over the time T.
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub const fn new(amount: Amount, resilience: Ratio, time: Span) -> Self {
        Self {
            amount,
            resilience,
            time,
        }
    }

    /// Computes the block at the beginning, X/(ρT + 2). The one at the end is what is left.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn block(&self) -> Amount {
        self.part(Span::ZERO)
    }

    /// Computes the rate between both blocks, ρX/(ρT + 2), in units per unit of time.
    ///
    /// # Rounding
    /// Floor, where the terms have more than 128 bits, by less than one part in 2^125.
    ///
    /// # Errors
    /// [`Error::Math`] for a rate near 2^128 or its reciprocal.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Span};
    /// use tokenomics_liquidity_curves::ContinuousSchedule;
    ///
    /// let schedule = ContinuousSchedule::new(Amount::new(400), Ratio::ONE, Span::new(98));
    /// assert_eq!(schedule.rate()?, Ratio::from_integer(4));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn rate(&self) -> Result<Ratio, Error> {
        let above = U256::product(self.amount.get(), self.resilience.numerator());
        quotient(above, self.whole(), Rounding::Floor)
    }

    /// Computes what has been traded by a time: X·(1 + ρt)/(ρT + 2), and X from the end on.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn traded_by(&self, time: Span) -> Amount {
        if time >= self.time {
            return self.amount;
        }
        self.part(time)
    }

    /// Computes ⌊X·(1 + ρt)/(ρT + 2)⌋, of a time up to T.
    fn part(&self, time: Span) -> Amount {
        let part = self.terms(1, time);
        let sum = U256::from(self.amount.get()).mul_div(part, self.whole(), Rounding::Floor);
        // The part is below the whole.
        sum.and_then(U256::to_u128).map_or(self.amount, Amount::new)
    }

    /// Returns ρT + 2, in parts of the denominator of ρ.
    fn whole(&self) -> U256 {
        self.terms(2, self.time)
    }

    /// Returns ρt + ones, in parts of the denominator of ρ.
    fn terms(&self, ones: u128, time: Span) -> U256 {
        let ones = U256::product(self.resilience.denominator(), ones);
        let refilled = U256::product(self.resilience.numerator(), time.get().into());
        // 130 bits and 192.
        ones.checked_add(refilled).unwrap_or(ones)
    }
}

/// One, in units of 2^-127.
const ONE: u128 = 1 << 127;

tokenomics_internals::checked_codec! {
    OptimalSchedule::new as RawOptimalSchedule {
        amount: Amount = OptimalSchedule::amount,
        resilience: Ratio = OptimalSchedule::resilience,
        time: Span = OptimalSchedule::time,
        intervals: u32 = OptimalSchedule::intervals,
    }
}
