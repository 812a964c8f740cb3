//! The walk of a swap from tick to tick.

use tokenomics_fixed_math::{Amount, U256};

use super::{Concentrated, Exact, Moment, SqrtPrice, SwapStep, Tick, Ticks};
use crate::{Error, Fee, Quantity, Sell, Swap};

impl<T: Ticks> Concentrated<T> {
    /// Swaps as far as `exact` goes, or until the price reaches a limit, and returns what was moved. What
    /// was handed in for more than that is the trader's to keep.
    ///
    /// It is the contract's own call, which reverts for an amount of 0 (AS). As a market the pool moves nothing for
    /// 0, as all others do: see [`swap_exact_in`](Self::swap_exact_in).
    ///
    /// # Rounding
    /// In each step what is paid out is floored, and what is handed in and the fee are ceiled. The walk
    /// rounds at each tick at which a position begins or ends, and at each end of 256 places of the tick
    /// spacing between, as the contract does: so an amount depends on the limit in its last units even
    /// where that isn't reached.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an amount of 0; [`Error::SqrtPrice`] for a limit that isn't ahead of the
    /// price, or not within the prices of all ticks; [`Error::Overflow`] for amounts of more than 128
    /// bits.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, U256};
    /// use tokenomics_liquidity_curves::{
    ///     Concentrated, ConcentratedParams, ConcentratedPosition, Exact, FixedTicks, Sell, SqrtPrice, Tick,
    /// };
    ///
    /// let params = ConcentratedParams::UNISWAP_V3_005;
    /// let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<2>::new())?;
    /// let mut position = ConcentratedPosition::new(Tick::new(-10)?, Tick::new(10)?)?;
    /// pool.add_liquidity(&mut position, Amount::new(2_000_000_000_000_000_000))?;
    ///
    /// // More than the range holds: the price runs on to the limit.
    /// let all = Exact::In(Amount::new(1_000_000_000_000_000_000));
    /// let limit = SqrtPrice::new(U256::from(1 << 90))?;
    /// let swap = pool.swap(Sell::Token0, all, limit)?;
    /// assert_eq!(swap.amount_in, Amount::new(1_000_700_370_186_095));
    /// assert_eq!(swap.amount_out, Amount::new(999_700_069_986_002));
    /// assert_eq!(pool.sqrt_price(), limit);
    /// assert!(pool.swap(Sell::Token0, all, limit).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn swap(&mut self, sell: Sell, exact: Exact, limit: SqrtPrice) -> Result<Swap, Error> {
        let course = self.course(sell, exact, limit)?;
        self.settle(course)
    }

    /// Swaps until the price is another one, whatever that takes, and returns what was moved. The token
    /// sold is Token0 for a lower price, and Token1 for a higher one.
    ///
    /// # Rounding
    /// As [`swap`](Self::swap).
    ///
    /// # Errors
    /// [`Error::SqrtPrice`] for the price as it is, and for one that isn't within the prices of all ticks;
    /// [`Error::Overflow`] for amounts of more than 128 bits.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, U256};
    /// use tokenomics_liquidity_curves::{
    ///     Concentrated, ConcentratedParams, ConcentratedPosition, FixedTicks, SqrtPrice, Tick,
    /// };
    ///
    /// let params = ConcentratedParams::UNISWAP_V3_030;
    /// let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<2>::new())?;
    /// let mut position = ConcentratedPosition::new(Tick::new(-60_000)?, Tick::new(60_000)?)?;
    /// pool.add_liquidity(&mut position, Amount::new(1_000_000))?;
    /// // A price of four.
    /// let swap = pool.swap_to(SqrtPrice::new(U256::from(2 << 96))?)?;
    /// assert_eq!((swap.amount_in, swap.amount_out), (Amount::new(1_003_010), Amount::new(500_000)));
    /// assert!(pool.swap_to(pool.sqrt_price()).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn swap_to(&mut self, price: SqrtPrice) -> Result<Swap, Error> {
        let sell = if price < self.now.sqrt_price {
            Sell::Token0
        } else {
            Sell::Token1
        };
        let course = self.course(sell, Exact::In(Amount::MAX), price)?;
        if course.end.now.sqrt_price != price {
            let (bits, max) = (129, u128::MAX);
            return Err(Error::Overflow { bits, max });
        }
        self.settle(course)
    }

    /// Makes the end of a swap's course the pool's state, and returns what is moved.
    pub(super) fn settle(&mut self, course: Course) -> Result<Swap, Error> {
        if course.has_crossed {
            // The same once more, now that nothing is refused.
            self.cross(course.start)?;
        }
        self.now = course.end.now;
        Ok(course.end.moved)
    }

    /// Turns the fees outside of each tick that a walk passes.
    fn cross(&mut self, mut walk: Walk) -> Result<(), Error> {
        while !walk.is_over() {
            let Some(tick) = walk.step(&self.ticks)? else {
                continue;
            };
            if let Some(mut state) = self.ticks.get(tick) {
                state.outside = walk.now.growth.since(state.outside);
                self.ticks.set(tick, state)?;
            }
        }
        Ok(())
    }

    /// Computes the course of a swap.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn course(
        &self,
        sell: Sell,
        exact: Exact,
        limit: SqrtPrice,
    ) -> Result<Course, Error> {
        let start = self.walk(sell, exact, limit)?;
        let (end, has_crossed) = start.clone().finished(&self.ticks)?;
        Ok(Course {
            start,
            end,
            has_crossed,
        })
    }

    /// Returns the walk of a swap, at its start.
    fn walk(&self, sell: Sell, exact: Exact, limit: SqrtPrice) -> Result<Walk, Error> {
        let (what, amount) = match exact {
            Exact::In(amount) => (Quantity::AmountIn, amount),
            Exact::Out(amount) => (Quantity::AmountOut, amount),
        };
        if amount.is_zero() {
            let (value, bound) = (0, 1);
            return Err(Error::OutOfRange { what, value, bound });
        }
        let price = self.now.sqrt_price;
        let limit = match sell {
            Sell::Token0 => limit.within(SqrtPrice::MIN.above(), price.below())?,
            Sell::Token1 => limit.within(price.above(), SqrtPrice::MAX.below())?,
        };
        Ok(Walk {
            sell,
            limit,
            fee: self.params.fee,
            spacing: self.params.tick_spacing,
            now: self.now,
            left: exact,
            moved: NOTHING,
        })
    }
}

/// A swap that moves nothing.
pub(super) const NOTHING: Swap = Swap {
    amount_in: Amount::ZERO,
    amount_out: Amount::ZERO,
    fee: Amount::ZERO,
};

/// The course of a swap, from its start to its end.
pub(super) struct Course {
    start: Walk,
    end: Walk,
    /// Set where it has passed a tick at which positions begin or end.
    has_crossed: bool,
}

impl Course {
    /// Returns what is moved.
    pub(super) const fn moved(&self) -> Swap {
        self.end.moved
    }

    /// Returns the moment at its end.
    pub(super) const fn after(&self) -> Moment {
        self.end.now
    }
}

/// A swap under way.
#[derive(Clone)]
struct Walk {
    sell: Sell,
    limit: SqrtPrice,
    fee: Fee,
    spacing: i32,
    now: Moment,
    left: Exact,
    moved: Swap,
}

impl Walk {
    fn is_over(&self) -> bool {
        let (Exact::In(left) | Exact::Out(left)) = self.left;
        left.is_zero() || self.now.sqrt_price == self.limit
    }

    /// Takes all steps, and returns whether a tick was crossed.
    fn finished(mut self, ticks: &impl Ticks) -> Result<(Self, bool), Error> {
        let mut has_crossed = false;
        while !self.is_over() {
            has_crossed |= self.step(ticks)?.is_some();
        }
        Ok((self, has_crossed))
    }

    /// Takes a step, and returns the tick that it crossed.
    fn step(&mut self, ticks: &impl Ticks) -> Result<Option<Tick>, Error> {
        let (tick, net) = self.next_tick(ticks);
        let at_tick = tick.sqrt_price();
        let target = match self.sell {
            Sell::Token0 => at_tick.max(self.limit),
            Sell::Token1 => at_tick.min(self.limit),
        };
        let start = self.now.sqrt_price;
        let (from, to) = (start.units(), target.units());
        let step = SwapStep::new(from, to, self.now.liquidity, self.left, self.fee)?;
        self.take(&step)?;
        if step.sqrt_price == at_tick.units() {
            self.now.sqrt_price = at_tick;
            return self.arrive(tick, net);
        }
        if step.sqrt_price != start.units() {
            self.now.sqrt_price = SqrtPrice::new(step.sqrt_price)?;
            self.now.tick = self.now.sqrt_price.tick();
        }
        Ok(None)
    }

    /// Counts what a step moved.
    fn take(&mut self, step: &SwapStep) -> Result<(), Error> {
        let paid = step.amount_in.checked_add(step.fee)?;
        self.left = match self.left {
            Exact::In(left) => Exact::In(left.checked_sub(paid)?),
            Exact::Out(left) => Exact::Out(left.checked_sub(step.amount_out)?),
        };
        let moved = &mut self.moved;
        moved.amount_in = moved.amount_in.checked_add(paid)?;
        moved.amount_out = moved.amount_out.checked_add(step.amount_out)?;
        moved.fee = moved.fee.checked_add(step.fee)?;
        let now = &mut self.now;
        let fee = now.protocol.take(self.sell, step.fee)?;
        now.growth.gather(self.sell, fee, now.liquidity)
    }

    /// Passes a tick that the price has reached.
    fn arrive(&mut self, tick: Tick, net: Option<i128>) -> Result<Option<Tick>, Error> {
        self.now.tick = match self.sell {
            Sell::Token0 => Tick::nearest(tick.get().saturating_sub(1)),
            Sell::Token1 => tick,
        };
        let Some(net) = net else {
            return Ok(None);
        };
        let net = match self.sell {
            Sell::Token0 => net.saturating_neg(),
            Sell::Token1 => net,
        };
        self.now.add_liquidity(net)?;
        Ok(Some(tick))
    }

    /// Returns the next tick that the walk stops at, and the liquidity that begins there if it is kept.
    ///
    /// The contract keeps a bit for each place of the spacing, 256 in a word, and looks no further than
    /// the end of a word at a time.
    fn next_tick(&self, ticks: &impl Ticks) -> (Tick, Option<i128>) {
        let (tick, spacing) = (self.now.tick, self.spacing);
        let place = place(tick, spacing);
        let (end, kept) = match self.sell {
            Sell::Token0 => (place & !255, ticks.at_or_below(tick)),
            Sell::Token1 => (place.saturating_add(1) | 255, ticks.above(tick)),
        };
        let end = Tick::nearest(end.saturating_mul(spacing));
        match kept {
            Some((kept, state)) if self.sell == Sell::Token0 && kept >= end => {
                (kept, Some(state.net))
            }
            Some((kept, state)) if self.sell == Sell::Token1 && kept <= end => {
                (kept, Some(state.net))
            }
            _ => (end, None),
        }
    }
}

impl SqrtPrice {
    /// Returns the next one up, which a pool's price always has.
    pub(super) fn above(self) -> Self {
        let next = self.units().checked_add(U256::ONE);
        Self::of_tick(next.unwrap_or(self.units()))
    }

    /// Returns the next one down.
    pub(super) fn below(self) -> Self {
        let next = self.units().checked_sub(U256::ONE);
        Self::of_tick(next.unwrap_or(self.units()))
    }
}

/// Returns how many spacings a tick is above 0, rounded down.
///
/// It divides without signs, as Solana's machine has no division with them: below 0, ⌊t/s⌋ is
/// −1 − ⌊(−1 − t)/s⌋, and `!t` is −1 − t.
fn place(tick: Tick, spacing: i32) -> i32 {
    let tick = tick.get();
    let above = if tick < 0 { !tick } else { tick };
    // The spacing is at least 1, and the quotient at most the tick.
    let quotient = above.unsigned_abs().checked_div(spacing.unsigned_abs());
    let places = quotient.and_then(|it| i32::try_from(it).ok()).unwrap_or(0);
    if tick < 0 {
        !places
    } else {
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_the_euclidean_quotient() {
        for spacing in [1, 2, 10, 60, 200, 16_383] {
            for tick in (-1_000..=1_000).chain([Tick::MIN.get(), Tick::MAX.get()]) {
                let expected = tick.div_euclid(spacing);
                assert_eq!(place(Tick::new(tick).unwrap(), spacing), expected);
            }
        }
    }
}
