//! Positions: liquidity between two ticks, and the fees that it gathers.

use tokenomics_fixed_math::{Amount, Rounding};

use super::amounts::{amount0, amount1};
use super::{take, Concentrated, FeeGrowth, Tick, TickState, Ticks, ABOVE_128_BITS};
use crate::check::in_range;
use crate::{Error, Liquidity, Quantity};

/// A position of a [`Concentrated`](crate::Concentrated) pool: liquidity between two ticks.
///
/// It is kept by whoever holds it, and handed to the pool at each change. A pool counts the liquidity of
/// all that begin or end at a tick, and takes back no more than it has there. It doesn't know the
/// positions themselves: a stored copy must not be used twice, nor one that the pool didn't change, as
/// either takes what other positions own.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::{ConcentratedPosition, Tick};
///
/// let position = ConcentratedPosition::new(Tick::new(-60)?, Tick::new(60)?)?;
/// assert_eq!(position.liquidity(), Amount::ZERO);
/// assert!(ConcentratedPosition::new(Tick::ZERO, Tick::ZERO).is_err());
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConcentratedPosition {
    state: ConcentratedPositionState,
}

/// The state of a [`ConcentratedPosition`], as a host keeps it in its own storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConcentratedPositionState {
    /// The tick from which on the liquidity counts.
    pub lower: Tick,
    /// The tick from which on it counts no more.
    pub upper: Tick,
    /// The liquidity.
    pub liquidity: Amount,
    /// The fees per unit of liquidity between the ticks, as of the last change.
    pub inside: FeeGrowth,
    /// The amount of Token0 that is owed to the position.
    pub owed0: Amount,
    /// The amount of Token1 that is owed to the position.
    pub owed1: Amount,
}

impl ConcentratedPosition {
    /// Creates a position without liquidity.
    ///
    /// # Errors
    /// [`Error::Tick`] unless the lower tick is below the upper one.
    pub fn new(lower: Tick, upper: Tick) -> Result<Self, Error> {
        Self::restore(ConcentratedPositionState {
            lower,
            upper,
            liquidity: Amount::ZERO,
            inside: FeeGrowth::default(),
            owed0: Amount::ZERO,
            owed1: Amount::ZERO,
        })
    }

    /// Restores a position from its state.
    ///
    /// # Errors
    /// [`Error::Tick`] unless the lower tick is below the upper one.
    ///
    /// ```
    /// use tokenomics_liquidity_curves::{ConcentratedPosition, Tick};
    ///
    /// let position = ConcentratedPosition::new(Tick::MIN, Tick::MAX)?;
    /// assert_eq!(ConcentratedPosition::restore(position.state())?, position);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn restore(state: ConcentratedPositionState) -> Result<Self, Error> {
        if state.lower >= state.upper {
            return Err(Error::Tick {
                value: state.lower.get(),
                // An upper tick is at least the least.
                bound: state.upper.get().saturating_sub(1),
            });
        }
        Ok(Self { state })
    }

    /// Returns the state, to be stored.
    #[must_use]
    pub const fn state(&self) -> ConcentratedPositionState {
        self.state
    }

    /// Returns the tick from which on the liquidity counts.
    #[must_use]
    pub const fn lower(&self) -> Tick {
        self.state.lower
    }

    /// Returns the tick from which on it counts no more.
    #[must_use]
    pub const fn upper(&self) -> Tick {
        self.state.upper
    }

    /// Returns the fees per unit of liquidity between the ticks, as of the last change.
    #[must_use]
    pub const fn inside(&self) -> FeeGrowth {
        self.state.inside
    }

    /// Returns the liquidity.
    #[must_use]
    pub const fn liquidity(&self) -> Amount {
        self.state.liquidity
    }

    /// Returns what is owed to the position in Token0: what was removed, and fees as of the last change.
    #[must_use]
    pub const fn owed0(&self) -> Amount {
        self.state.owed0
    }

    /// Returns what is owed to the position in Token1, as [`owed0`](Self::owed0).
    #[must_use]
    pub const fn owed1(&self) -> Amount {
        self.state.owed1
    }

    /// Takes out what is owed, up to these amounts of Token0 and of Token1, and returns what was taken.
    #[must_use = "what was taken is to be paid"]
    pub fn collect(&mut self, most0: Amount, most1: Amount) -> (Amount, Amount) {
        let state = &mut self.state;
        (take(&mut state.owed0, most0), take(&mut state.owed1, most1))
    }

    /// Credits the fees since the last change.
    fn settle(&mut self, inside: FeeGrowth) -> Result<(), Error> {
        let gathered = inside.since(self.state.inside);
        let [fee0, fee1] = gathered.of(self.state.liquidity.get())?;
        self.credit(fee0, fee1)?;
        self.state.inside = inside;
        Ok(())
    }

    fn credit(&mut self, amount0: Amount, amount1: Amount) -> Result<(), Error> {
        let owed0 = self.state.owed0.checked_add(amount0)?;
        self.state.owed1 = self.state.owed1.checked_add(amount1)?;
        self.state.owed0 = owed0;
        Ok(())
    }
}

tokenomics_internals::checked_codec! {
    ConcentratedPosition::restore(ConcentratedPositionState) as RawConcentratedPosition {
        lower: Tick = ConcentratedPosition::lower,
        upper: Tick = ConcentratedPosition::upper,
        liquidity: Amount = ConcentratedPosition::liquidity,
        inside: FeeGrowth = ConcentratedPosition::inside,
        owed0: Amount = ConcentratedPosition::owed0,
        owed1: Amount = ConcentratedPosition::owed1,
    }
}

/// A change of a position's liquidity.
#[derive(Clone, Copy)]
struct Change {
    by: i128,
    lower: Tick,
    upper: Tick,
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
    /// assert_eq!((added.amount0, added.amount1), (Amount::new(58_233), Amount::new(29_554)));
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
        let most = self.params.liquidity_per_tick();
        in_range(Quantity::Liquidity, liquidity.get(), 1, most)?;
        let by = i128::try_from(liquidity.get()).unwrap_or(i128::MAX);
        let (amount0, amount1) = self.amounts(position, liquidity.get(), Rounding::Ceil)?;
        self.change(position, by, (Amount::ZERO, Amount::ZERO))?;
        Ok(Liquidity {
            amount0,
            amount1,
            shares: liquidity,
        })
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
        let held = position.liquidity().get();
        in_range(Quantity::Liquidity, held, 1, u128::MAX)?;
        in_range(Quantity::Liquidity, liquidity.get(), 0, held)?;
        let by = i128::try_from(liquidity.get()).map_or(i128::MIN, i128::saturating_neg);
        let (amount0, amount1) = self.amounts(position, liquidity.get(), Rounding::Floor)?;
        self.change(position, by, (amount0, amount1))?;
        Ok(Liquidity {
            amount0,
            amount1,
            shares: liquidity,
        })
    }

    /// Returns the amounts of a liquidity in the range of a position, at the price.
    fn amounts(
        &self,
        position: &ConcentratedPosition,
        liquidity: u128,
        rounding: Rounding,
    ) -> Result<(Amount, Amount), Error> {
        let [low, high] =
            [position.state.lower, position.state.upper].map(|tick| tick.sqrt_price().units());
        let price = self.now.sqrt_price.units().clamp(low, high);
        let amount0 = amount0(price, high, liquidity, rounding)?.to_u128()?;
        let amount1 = amount1(low, price, liquidity, rounding)?.to_u128()?;
        Ok((Amount::new(amount0), Amount::new(amount1)))
    }

    /// Changes the liquidity of a position, and credits its fees and what it is owed for the change.
    fn change(
        &mut self,
        position: &mut ConcentratedPosition,
        by: i128,
        owed: (Amount, Amount),
    ) -> Result<(), Error> {
        let ConcentratedPositionState { lower, upper, .. } = position.state;
        let change = Change { by, lower, upper };
        self.params.check(lower)?;
        self.params.check(upper)?;
        let mut changed = *position;
        let mut now = self.now;
        let (low, high) = self.changed_ticks(change)?;
        changed.settle(now.inside(lower, low.outside, upper, high.outside))?;
        changed.credit(owed.0, owed.1)?;
        let liquidity = position.liquidity().get().checked_add_signed(by);
        // A position that was restored may have more than any pool gives.
        changed.state.liquidity = Amount::new(liquidity.ok_or(ABOVE_128_BITS)?);
        if lower <= now.tick && now.tick < upper {
            now.add_liquidity(by)?;
        }
        self.store(change, low, high)?;
        (self.now, *position) = (now, changed);
        Ok(())
    }

    /// Returns the states of the two ticks after a change.
    fn changed_ticks(&self, change: Change) -> Result<(TickState, TickState), Error> {
        let Change { by, lower, upper } = change;
        Ok((
            self.changed_tick(lower, by, by)?,
            self.changed_tick(upper, by, by.saturating_neg())?,
        ))
    }

    /// Returns the state of a tick after a change of the liquidity that begins or ends there.
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

    /// Stores the two ticks, or neither.
    fn store(&mut self, change: Change, low: TickState, high: TickState) -> Result<(), Error> {
        let before = self.ticks.get(change.lower);
        self.put(change.lower, low)?;
        let stored = self.put(change.upper, high);
        if stored.is_err() {
            match before {
                Some(state) => self.ticks.set(change.lower, state)?,
                None => self.ticks.remove(change.lower),
            }
        }
        stored
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
