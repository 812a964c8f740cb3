//! The parameters of a pool.

use super::Tick;
use crate::check::in_range;
use crate::{Error, Fee, Quantity};

/// The parameters of a [`Concentrated`](crate::Concentrated) pool.
///
/// ```
/// use tokenomics_liquidity_curves::{ConcentratedParams, Fee};
///
/// let params = ConcentratedParams::new(Fee::new(3_000, 1_000_000)?, 60)?;
/// assert_eq!(params, ConcentratedParams::UNISWAP_V3_030);
/// assert_eq!(params.liquidity_per_tick(), 11_505_743_598_341_114_571_880_798_222_544_994);
/// assert!(ConcentratedParams::new(Fee::NONE, 0).is_err());
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConcentratedParams {
    pub(super) fee: Fee,
    // From 1 to `MAX_TICK_SPACING`.
    pub(super) tick_spacing: i32,
    liquidity_per_tick: u128,
}

impl ConcentratedParams {
    /// The largest tick spacing, as the contract has it.
    pub const MAX_TICK_SPACING: i32 = 16_383;
    const MOST: u128 = not_negative(Self::MAX_TICK_SPACING);
    /// The parameters of a pool of Uniswap v3 with a fee of 0.01%.
    pub const UNISWAP_V3_001: Self = Self::of_pips(100, 1);
    /// The parameters of a pool of Uniswap v3 with a fee of 0.05%.
    pub const UNISWAP_V3_005: Self = Self::of_pips(500, 10);
    /// The parameters of a pool of Uniswap v3 with a fee of 0.3%.
    pub const UNISWAP_V3_030: Self = Self::of_pips(3_000, 60);
    /// The parameters of a pool of Uniswap v3 with a fee of 1%.
    pub const UNISWAP_V3_100: Self = Self::of_pips(10_000, 200);

    /// Creates the parameters of a fee and a tick spacing: positions begin and end at its multiples.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a spacing outside of 1 to 16,383, with the value 0 for one below 0.
    ///
    /// ```
    /// use tokenomics_liquidity_curves::{ConcentratedParams, Fee};
    ///
    /// assert_eq!(ConcentratedParams::new(Fee::NONE, 8)?.tick_spacing(), 8);
    /// assert!(ConcentratedParams::new(Fee::NONE, 16_384).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub const fn new(fee: Fee, tick_spacing: i32) -> Result<Self, Error> {
        let [value, most] = [not_negative(tick_spacing), Self::MOST];
        match in_range(Quantity::TickSpacing, value, 1, most) {
            Ok(()) => Ok(Self::of(fee, tick_spacing)),
            Err(error) => Err(error),
        }
    }

    const fn of_pips(pips: u64, tick_spacing: i32) -> Self {
        match Fee::new(pips, 1_000_000) {
            Ok(fee) => Self::of(fee, tick_spacing),
            Err(_) => Self::of(Fee::NONE, tick_spacing),
        }
    }

    const fn of(fee: Fee, tick_spacing: i32) -> Self {
        Self {
            fee,
            tick_spacing,
            liquidity_per_tick: liquidity_per_tick(tick_spacing),
        }
    }

    /// Returns the fee.
    #[must_use]
    pub const fn fee(&self) -> Fee {
        self.fee
    }

    /// Returns the tick spacing.
    #[must_use]
    pub const fn tick_spacing(&self) -> i32 {
        self.tick_spacing
    }

    /// Returns the most liquidity that may begin and end at one tick, so that all of it fits 128 bits.
    #[doc(alias = "maxLiquidityPerTick")]
    #[must_use]
    pub const fn liquidity_per_tick(&self) -> u128 {
        self.liquidity_per_tick
    }

    /// Checks that a tick is a multiple of the spacing.
    pub(super) const fn check(&self, tick: Tick) -> Result<(), Error> {
        // Without signs, as Solana's machine has no division with them. The spacing is above 0.
        let (size, spacing) = (tick.get().unsigned_abs(), self.tick_spacing.unsigned_abs());
        match size.checked_rem(spacing) {
            Some(0) => Ok(()),
            _ => Err(Error::TickSpacing {
                tick: tick.get(),
                spacing: self.tick_spacing,
            }),
        }
    }
}

tokenomics_internals::checked_codec! {
    ConcentratedParams::new as RawConcentratedParams {
        fee: Fee = ConcentratedParams::fee,
        tick_spacing: i32 = ConcentratedParams::tick_spacing,
    }
}

/// Returns a number, or 0 for one below it.
#[allow(clippy::as_conversions, reason = "widens; `From` isn't const")]
const fn not_negative(number: i32) -> u128 {
    if number < 0 {
        return 0;
    }
    number.unsigned_abs() as u128
}

/// Computes 2^128 − 1 by the number of ticks.
const fn liquidity_per_tick(spacing: i32) -> u128 {
    // Without signs, as in `check`.
    let most = not_negative(Tick::MAX.get());
    let above = match most.checked_div(not_negative(spacing)) {
        Some(above) => above,
        None => 0,
    };
    let ticks = above.wrapping_mul(2).wrapping_add(1);
    match u128::MAX.checked_div(ticks) {
        Some(each) => each,
        None => 0,
    }
}
