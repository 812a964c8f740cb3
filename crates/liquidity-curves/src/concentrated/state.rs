//! The state that a pool is stored as, beside its ticks.

use tokenomics_fixed_math::Amount;

use super::{
    Concentrated, ConcentratedParams, FeeGrowth, Moment, ProtocolFees, SqrtPrice, Tick, Ticks,
    ABOVE_128_BITS,
};
use crate::check::in_range;
use crate::{Error, Quantity};

/// The state of a [`Concentrated`] pool beside its ticks, as a host keeps it in its own storage.
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
pub struct ConcentratedState {
    /// The parameters.
    pub params: ConcentratedParams,
    /// The square root of the price.
    pub sqrt_price: SqrtPrice,
    /// The tick that the price lies at.
    pub tick: Tick,
    /// The liquidity of all positions that the price lies within.
    pub liquidity: Amount,
    /// The fees per unit of liquidity that were gathered.
    pub fee_growth: FeeGrowth,
    /// The protocol's share of the fees, and what it is owed.
    pub protocol_fees: ProtocolFees,
}

impl ConcentratedState {
    /// Checks that the tick is the price's, or the one below a tick that the price has come down to.
    fn check_tick(&self) -> Result<(), Error> {
        let highest = self.sqrt_price.tick();
        let is_on_tick = highest.sqrt_price() == self.sqrt_price;
        let lowest = highest.get().saturating_sub(i32::from(is_on_tick));
        let value = self.tick.get();
        let bound = value.clamp(lowest, highest.get());
        if value != bound {
            return Err(Error::Tick { value, bound });
        }
        Ok(())
    }
}

impl<T: Ticks> Concentrated<T> {
    /// Restores a pool from its state and its ticks, all of which are visited: their liquidity must be that of
    /// some positions. The fees outside of each aren't checked, as any may have been gathered.
    ///
    /// # Errors
    /// [`Error::SqrtPrice`] for the largest price; [`Error::Tick`] for a tick that isn't the price's, nor the
    /// one below a tick that the price has come down to; [`Error::OutOfRange`] for a liquidity that isn't
    /// that of the ticks, for ticks that no positions begin and end at, and for a protocol's share out of
    /// range; [`Error::TickSpacing`] for a tick off the spacing.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{
    ///     Concentrated, ConcentratedParams, ConcentratedState, FixedTicks, SqrtPrice,
    /// };
    ///
    /// let params = ConcentratedParams::UNISWAP_V3_030;
    /// let pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<8>::new())?;
    /// let restored = Concentrated::restore(pool.state(), *pool.ticks())?;
    /// assert_eq!(restored.state(), pool.state());
    /// let more = ConcentratedState { liquidity: Amount::new(1), ..pool.state() };
    /// assert!(Concentrated::restore(more, *pool.ticks()).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn restore(state: ConcentratedState, ticks: T) -> Result<Self, Error> {
        let mut pool = Self::without_liquidity(state.params, state.sqrt_price, ticks)?;
        state.check_tick()?;
        let liquidity = pool.liquidity_at(state.tick)?;
        let stored = state.liquidity.get();
        in_range(Quantity::Liquidity, stored, liquidity, liquidity)?;
        pool.now = Moment {
            sqrt_price: state.sqrt_price,
            tick: state.tick,
            liquidity,
            growth: state.fee_growth,
            protocol: state.protocol_fees.checked()?,
        };
        Ok(pool)
    }

    /// Sums the liquidity of the ticks up to one, and checks that positions have all of it.
    fn liquidity_at(&self, tick: Tick) -> Result<u128, Error> {
        let what = Quantity::TickLiquidity;
        let (mut sum, mut liquidity) = (0_u128, 0);
        for (at, state) in self.kept() {
            self.params.check(at)?;
            in_range(what, state.gross, 1, self.params.liquidity_per_tick())?;
            let (begun, ended) = state.begun_and_ended()?;
            // All that ends began at a tick below.
            in_range(what, ended, 0, sum)?;
            let after = sum.abs_diff(ended).checked_add(begun);
            sum = after.ok_or(ABOVE_128_BITS)?;
            if at <= tick {
                liquidity = sum;
            }
        }
        // All that begins ends.
        in_range(what, sum, 0, 0)?;
        Ok(liquidity)
    }

    /// Returns the state, to be stored beside the ticks.
    #[must_use]
    pub const fn state(&self) -> ConcentratedState {
        ConcentratedState {
            params: self.params,
            sqrt_price: self.now.sqrt_price,
            tick: self.now.tick,
            liquidity: Amount::new(self.now.liquidity),
            fee_growth: self.now.growth,
            protocol_fees: self.now.protocol,
        }
    }
}
