//! Adding liquidity to positions, and removing it.

use tokenomics_fixed_math::{Amount, Rounding};

use super::amounts::{amount0, amount1};
use super::{Concentrated, ConcentratedPosition, Moment, Tick, TickState, Ticks, ABOVE_128_BITS};
use crate::check::in_range;
use crate::{Error, Liquidity, Quantity};

/// A change of a position's liquidity: the position, its two ticks and the moment after it.
struct Change {
    position: ConcentratedPosition,
    low: TickState,
    high: TickState,
    now: Moment,
}

impl<T: Ticks> Concentrated<T> {
    /// Adds liquidity to a position, and returns the amounts to be handed in for it.
    ///
    /// # Rounding
    /// Both amounts are ceiled.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for no liquidity, and for more than a tick may have; [`Error::TickSpacing`] for
    /// a tick off the spacing; [`Error::Full`] if there is no room for a tick; [`Error::Overflow`] for
    /// amounts and a position's liquidity of more than 128 bits.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{
    ///     Concentrated, ConcentratedParams, ConcentratedPosition, FixedTicks, SqrtPrice, Tick,
    /// };
    ///
    /// let params = ConcentratedParams::UNISWAP_V3_030;
    /// let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<2>::new())?;
    /// let mut position = ConcentratedPosition::new(Tick::new(-600)?, Tick::new(1_200)?)?;
    /// let added = pool.add_liquidity(&mut position, Amount::new(1_000_000))?;
    /// assert_eq!(added.amounts, [58_233, 29_554].map(Amount::new));
    ///
    /// let mut off = ConcentratedPosition::new(Tick::new(-1)?, Tick::new(60)?)?;
    /// assert!(pool.add_liquidity(&mut off, Amount::new(1)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[doc(alias = "mint")]
    pub fn add_liquidity(
        &mut self,
        position: &mut ConcentratedPosition,
        liquidity: Amount,
    ) -> Result<Liquidity, Error> {
        let (added, change) = self.added(position, liquidity)?;
        self.apply(change, position)?;
        Ok(added)
    }

    /// Computes what [`add_liquidity`](Self::add_liquidity) would move.
    ///
    /// # Rounding
    /// As there.
    ///
    /// # Errors
    /// As there, but for [`Error::Full`], which only the store of the ticks knows.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{
    ///     Concentrated, ConcentratedParams, ConcentratedPosition, FixedTicks, SqrtPrice, Tick,
    /// };
    ///
    /// let params = ConcentratedParams::UNISWAP_V3_030;
    /// let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<2>::new())?;
    /// let mut position = ConcentratedPosition::new(Tick::new(-600)?, Tick::new(1_200)?)?;
    /// let million = Amount::new(1_000_000);
    /// let quote = pool.quote_add_liquidity(&position, million)?;
    /// assert_eq!(quote, pool.add_liquidity(&mut position, million)?);
    /// assert!(pool.quote_add_liquidity(&position, Amount::ZERO).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_add_liquidity(
        &self,
        position: &ConcentratedPosition,
        liquidity: Amount,
    ) -> Result<Liquidity, Error> {
        Ok(self.added(position, liquidity)?.0)
    }

    /// Removes liquidity from a position, and returns the amounts that it is owed for it now, the fees
    /// since the last change beside them. Removing nothing credits the fees.
    ///
    /// # Rounding
    /// Both amounts, and the fees, are floored.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than the position has, and from a position without any;
    /// [`Error::TickSpacing`] for a tick off the spacing; [`Error::Overflow`] if more than 128 bits would be
    /// owed.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{
    ///     Concentrated, ConcentratedParams, ConcentratedPosition, FixedTicks, SqrtPrice, Tick,
    /// };
    ///
    /// let params = ConcentratedParams::UNISWAP_V3_030;
    /// let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<2>::new())?;
    /// let mut position = ConcentratedPosition::new(Tick::new(-600)?, Tick::new(1_200)?)?;
    /// let million = Amount::new(1_000_000);
    /// pool.add_liquidity(&mut position, million)?;
    /// pool.remove_liquidity(&mut position, million)?;
    /// let paid = position.collect(Amount::MAX, Amount::MAX);
    /// assert_eq!(paid, (Amount::new(58_232), Amount::new(29_553)));
    /// assert!(pool.remove_liquidity(&mut position, million).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[doc(alias = "burn")]
    pub fn remove_liquidity(
        &mut self,
        position: &mut ConcentratedPosition,
        liquidity: Amount,
    ) -> Result<Liquidity, Error> {
        let (removed, change) = self.removed(position, liquidity)?;
        self.apply(change, position)?;
        Ok(removed)
    }

    /// Computes what [`remove_liquidity`](Self::remove_liquidity) would move.
    ///
    /// # Rounding
    /// As there.
    ///
    /// # Errors
    /// As there.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{
    ///     Concentrated, ConcentratedParams, ConcentratedPosition, FixedTicks, SqrtPrice, Tick,
    /// };
    ///
    /// let params = ConcentratedParams::UNISWAP_V3_030;
    /// let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<2>::new())?;
    /// let mut position = ConcentratedPosition::new(Tick::new(-600)?, Tick::new(1_200)?)?;
    /// let million = Amount::new(1_000_000);
    /// pool.add_liquidity(&mut position, million)?;
    /// let quote = pool.quote_remove_liquidity(&position, million)?;
    /// assert_eq!(quote.amounts, [58_232, 29_553].map(Amount::new));
    /// assert_eq!(quote, pool.remove_liquidity(&mut position, million)?);
    /// assert!(pool.quote_remove_liquidity(&position, million).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_remove_liquidity(
        &self,
        position: &ConcentratedPosition,
        liquidity: Amount,
    ) -> Result<Liquidity, Error> {
        Ok(self.removed(position, liquidity)?.0)
    }

    /// Computes an addition, and the change that it is.
    fn added(
        &self,
        position: &ConcentratedPosition,
        liquidity: Amount,
    ) -> Result<(Liquidity, Change), Error> {
        let most = self.params.liquidity_per_tick();
        in_range(Quantity::Liquidity, liquidity.get(), 1, most)?;
        let by = i128::try_from(liquidity.get()).unwrap_or(i128::MAX);
        let amounts = self.amounts(position, liquidity.get(), Rounding::Ceil)?;
        let change = self.change(position, by, [Amount::ZERO; 2])?;
        Ok((Liquidity::without_fees(amounts, liquidity), change))
    }

    /// Computes a removal, and the change that it is.
    fn removed(
        &self,
        position: &ConcentratedPosition,
        liquidity: Amount,
    ) -> Result<(Liquidity, Change), Error> {
        let held = position.liquidity().get();
        in_range(Quantity::Liquidity, held, 1, u128::MAX)?;
        in_range(Quantity::Liquidity, liquidity.get(), 0, held)?;
        let by = i128::try_from(liquidity.get()).map_or(i128::MIN, i128::saturating_neg);
        let amounts = self.amounts(position, liquidity.get(), Rounding::Floor)?;
        let change = self.change(position, by, amounts)?;
        Ok((Liquidity::without_fees(amounts, liquidity), change))
    }

    /// Returns the amounts of a liquidity in the range of a position, at the price.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn amounts(
        &self,
        position: &ConcentratedPosition,
        liquidity: u128,
        rounding: Rounding,
    ) -> Result<[Amount; 2], Error> {
        let ends = [position.lower(), position.upper()];
        let [low, high] = ends.map(|tick| tick.sqrt_price().units());
        let price = self.now.sqrt_price.units().clamp(low, high);
        let amount0 = amount0(price, high, liquidity, rounding)?.to_u128()?;
        let amount1 = amount1(low, price, liquidity, rounding)?.to_u128()?;
        Ok([amount0, amount1].map(Amount::new))
    }

    /// Computes a change of a position's liquidity, for which it is owed `owed`.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn change(
        &self,
        position: &ConcentratedPosition,
        by: i128,
        owed: [Amount; 2],
    ) -> Result<Change, Error> {
        let (lower, upper) = (position.lower(), position.upper());
        self.params.check(lower)?;
        self.params.check(upper)?;
        let mut now = self.now;
        let low = self.changed_tick(lower, by, by)?;
        let high = self.changed_tick(upper, by, by.saturating_neg())?;
        let inside = now.inside(lower, low.outside, upper, high.outside);
        let position = position.changed(by, inside, owed)?;
        if lower <= now.tick && now.tick < upper {
            now.add_liquidity(by)?;
        }
        Ok(Change {
            position,
            low,
            high,
            now,
        })
    }

    /// Returns the state of a tick after a change of the liquidity that begins or ends there.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn changed_tick(&self, tick: Tick, by: i128, net: i128) -> Result<TickState, Error> {
        let mut state = self.ticks.get(tick).unwrap_or_else(|| TickState {
            outside: self.now.outside_of_new(tick),
            ..TickState::default()
        });
        let Some(gross) = state.gross.checked_add_signed(by) else {
            // More than this pool ever gave to positions.
            let (what, value, bound) = (Quantity::Liquidity, by.unsigned_abs(), state.gross);
            return Err(Error::OutOfRange { what, value, bound });
        };
        let most = self.params.liquidity_per_tick();
        in_range(Quantity::TickLiquidity, gross, 0, most)?;
        state.gross = gross;
        state.net = state.net.checked_add(net).ok_or(ABOVE_128_BITS)?;
        // What is left there begins or ends, or else as much never did.
        state.begun_and_ended()?;
        Ok(state)
    }

    /// Makes a change the state of the pool and of the position, or stores nothing.
    fn apply(&mut self, change: Change, position: &mut ConcentratedPosition) -> Result<(), Error> {
        let (lower, upper) = (position.lower(), position.upper());
        let before = self.ticks.get(lower);
        self.put(lower, change.low)?;
        if let Err(full) = self.put(upper, change.high) {
            match before {
                Some(state) => self.ticks.set(lower, state)?,
                None => self.ticks.remove(lower),
            }
            return Err(full);
        }
        (self.now, *position) = (change.now, change.position);
        Ok(())
    }

    /// Stores a tick, or removes it with the last liquidity.
    fn put(&mut self, tick: Tick, state: TickState) -> Result<(), Error> {
        if state.gross == 0 {
            self.ticks.remove(tick);
            return Ok(());
        }
        self.ticks.set(tick, state)
    }
}
