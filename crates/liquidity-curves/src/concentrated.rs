//! Liquidity concentrated between ticks.

mod amounts;
mod concentration;
mod fee_growth;
mod greeks;
mod liquidity;
mod market;
mod params;
mod position;
mod protocol;
mod range;
mod sqrt_price;
mod state;
mod step;
mod swap;
mod tick;
mod ticks;

pub use fee_growth::FeeGrowth;
pub use params::ConcentratedParams;
pub use position::{ConcentratedPosition, ConcentratedPositionState};
pub use protocol::ProtocolFees;
pub use range::Range;
pub use sqrt_price::SqrtPrice;
pub use state::ConcentratedState;
pub use step::{Exact, SwapStep};
pub use tick::Tick;
pub use ticks::{FixedTicks, TickState, Ticks};

use core::iter::successors;

use tokenomics_fixed_math::Amount;

use crate::check::in_range;
use crate::{Error, Quantity};

/// A pool of two tokens whose liquidity is concentrated between ticks, as Uniswap v3's.
///
/// Between two ticks a [`ConcentratedPosition`] is a constant-product pool with more of both tokens than
/// it holds: its liquidity L is √(x·y) of those. A swap walks from tick to tick, and the fee of each step
/// goes to the liquidity that the step was made with.
///
/// `T` is where the ticks are kept: [`FixedTicks`], a `BTreeMap` with the feature `alloc`, or a host's own
/// [`Ticks`]. A swap takes a step for each tick at which a position begins or ends, and one for every 256
/// places of the tick spacing: in all at most 6,932 of a spacing of 1, whatever others do, and one for
/// each tick. [`largest_sale`](crate::Market::largest_sale) and [`depth`](crate::Market::depth) take up to
/// 130 quotes, each of as many steps.
///
/// # Laws
/// `concentrated_is_solvent`: a pool pays no more than was handed in, whatever happens ·
/// `concentrated_step_keeps_its_curve`: a step takes the least that pays for how far the price moved, and
/// pays no more than that is worth · `concentrated_fees_are_shared` · `round_trip`, `split`, and an amount
/// bought at a price fetches it, as of every market.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::{
///     Concentrated, ConcentratedParams, ConcentratedPosition, FixedTicks, Market, Sell, SqrtPrice, Tick,
/// };
///
/// let params = ConcentratedParams::UNISWAP_V3_030;
/// let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<2>::new())?;
/// let mut position = ConcentratedPosition::new(Tick::new(-600)?, Tick::new(600)?)?;
/// pool.add_liquidity(&mut position, Amount::new(1_000_000_000))?;
/// let swap = pool.quote_exact_in(Sell::Token0, Amount::new(1_000_000))?;
/// assert_eq!(swap.amount_out, Amount::new(996_006));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
///
/// # Source
/// Uniswap v3 core, UniswapV3Pool.sol and its libraries: amounts, prices, ticks, liquidity and fees to the
/// unit. Not here: its oracle, and flash loans. Amounts of more than 128
/// bits are errors, where the contract has 256; fees owed above 128 bits are an error, where it drops
/// them.
#[doc(alias("uniswap", "v3", "clmm"))]
#[derive(Debug, Clone)]
pub struct Concentrated<T> {
    params: ConcentratedParams,
    now: Moment,
    ticks: T,
}

/// The part of a pool that swaps change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Moment {
    sqrt_price: SqrtPrice,
    tick: Tick,
    liquidity: u128,
    growth: FeeGrowth,
    protocol: ProtocolFees,
}

const ABOVE_128_BITS: Error = Error::Overflow {
    bits: 129,
    max: u128::MAX,
};

/// Takes out of what is owed, up to an amount, and returns what was taken.
fn take(owed: &mut Amount, most: Amount) -> Amount {
    let taken = (*owed).min(most);
    *owed = owed.abs_diff(taken);
    taken
}

impl Moment {
    /// Adds the liquidity that begins, or ends, here.
    fn add_liquidity(&mut self, by: i128) -> Result<(), Error> {
        let liquidity = self.liquidity.checked_add_signed(by);
        // As the ticks sum to it, they never leave its range.
        self.liquidity = liquidity.ok_or(ABOVE_128_BITS)?;
        Ok(())
    }

    /// Returns the fees outside of a tick that is new: all, as if they had been gathered below it.
    fn outside_of_new(&self, tick: Tick) -> FeeGrowth {
        if tick <= self.tick {
            self.growth
        } else {
            FeeGrowth::default()
        }
    }

    /// Returns the fees that were gathered between two ticks, of which each knows those outside of it.
    fn inside(
        &self,
        lower: Tick,
        below_lower: FeeGrowth,
        upper: Tick,
        above_upper: FeeGrowth,
    ) -> FeeGrowth {
        let below = if lower <= self.tick {
            below_lower
        } else {
            self.growth.since(below_lower)
        };
        let above = if self.tick < upper {
            above_upper
        } else {
            self.growth.since(above_upper)
        };
        self.growth.since(below).since(above)
    }
}

impl<T: Ticks> Concentrated<T> {
    /// Creates a pool at a price, without liquidity. Its ticks are to be kept in `ticks`, which must be
    /// empty.
    ///
    /// # Errors
    /// [`Error::SqrtPrice`] for the largest price, which no position reaches up to; [`Error::OutOfRange`] for
    /// `ticks` that aren't empty.
    ///
    /// ```
    /// use tokenomics_liquidity_curves::{Concentrated, ConcentratedParams, FixedTicks, SqrtPrice};
    ///
    /// let params = ConcentratedParams::UNISWAP_V3_030;
    /// let pool = Concentrated::new(params, SqrtPrice::MIN, FixedTicks::<8>::new())?;
    /// assert_eq!(pool.tick().get(), -887_272);
    /// assert!(Concentrated::new(params, SqrtPrice::MAX, FixedTicks::<8>::new()).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[doc(alias = "initialize")]
    pub fn new(params: ConcentratedParams, sqrt_price: SqrtPrice, ticks: T) -> Result<Self, Error> {
        let pool = Self::without_liquidity(params, sqrt_price, ticks)?;
        let count = u128::try_from(pool.kept().count()).unwrap_or(u128::MAX);
        in_range(Quantity::Ticks, count, 0, 0)?;
        Ok(pool)
    }

    fn without_liquidity(
        params: ConcentratedParams,
        sqrt_price: SqrtPrice,
        ticks: T,
    ) -> Result<Self, Error> {
        let sqrt_price = sqrt_price.within(SqrtPrice::MIN, SqrtPrice::MAX.below())?;
        let now = Moment {
            sqrt_price,
            tick: sqrt_price.tick(),
            liquidity: 0,
            growth: FeeGrowth::default(),
            protocol: ProtocolFees::default(),
        };
        Ok(Self { params, now, ticks })
    }

    /// Returns all ticks that are kept, in ascending order.
    fn kept(&self) -> impl Iterator<Item = (Tick, TickState)> + '_ {
        let first = self.ticks.at_or_below(Tick::MIN);
        let first = first.or_else(|| self.ticks.above(Tick::MIN));
        successors(first, |(tick, _)| self.ticks.above(*tick))
    }

    /// Returns the parameters.
    #[must_use]
    pub const fn params(&self) -> ConcentratedParams {
        self.params
    }

    /// Returns the square root of the price.
    #[must_use]
    pub const fn sqrt_price(&self) -> SqrtPrice {
        self.now.sqrt_price
    }

    /// Returns the tick that the price lies at. On a tick that it has come down to it is the one below.
    #[must_use]
    pub const fn tick(&self) -> Tick {
        self.now.tick
    }

    /// Returns the liquidity of all positions that the price lies within.
    #[must_use]
    pub const fn liquidity(&self) -> Amount {
        Amount::new(self.now.liquidity)
    }

    /// Returns the fees per unit of liquidity that were gathered at the price as it was each time.
    #[must_use]
    pub const fn fee_growth(&self) -> FeeGrowth {
        self.now.growth
    }

    /// Returns the ticks at which positions begin or end.
    #[must_use]
    pub const fn ticks(&self) -> &T {
        &self.ticks
    }
}
