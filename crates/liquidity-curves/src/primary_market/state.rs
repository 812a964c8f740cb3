//! The rules of a primary market, and the state that it is stored as.

use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};

use super::PrimaryMarket;
use crate::check::in_range;
use crate::{Error, Fee, Quantity};

/// The rules of a [`PrimaryMarket`].
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_liquidity_curves::{PrimaryMarket, PrimaryMarketParams};
///
/// let redeem_capacity = Amount::new(1_000);
/// let params = PrimaryMarketParams { redeem_capacity, ..PrimaryMarketParams::PAR };
/// assert!(PrimaryMarket::new(params, Timestamp::ZERO).is_ok());
/// ```
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
pub struct PrimaryMarketParams {
    /// The price at which claims are minted, in Token1: at least the one at which they are redeemed.
    pub mint_price: Ratio,
    /// The price at which claims are redeemed, in Token1: above 0.
    pub redeem_price: Ratio,
    /// The least backing of each claim that a redemption leaves, in Token1: at most the price of one.
    pub minimum_backing: Ratio,
    /// The fee of minting, of what is handed in.
    pub mint_fee: Fee,
    /// The fee of redeeming, of what is paid.
    pub redeem_fee: Fee,
    /// The length of a period, which is at least a unit.
    pub period: Span,
    /// The most claims that are minted in a period.
    pub mint_capacity: Amount,
    /// The most claims that are served in a period.
    pub redeem_capacity: Amount,
}

impl PrimaryMarketParams {
    /// Minting and redeeming at par, unlimited, with no fee and no minimum; periods are days of seconds.
    pub const PAR: Self = Self {
        mint_price: Ratio::ONE,
        redeem_price: Ratio::ONE,
        minimum_backing: Ratio::ZERO,
        mint_fee: Fee::NONE,
        redeem_fee: Fee::NONE,
        period: Span::new(86_400),
        mint_capacity: Amount::MAX,
        redeem_capacity: Amount::MAX,
    };

    fn check(&self) -> Result<(), Error> {
        let price = self.redeem_price;
        in_range(Quantity::Price, price.numerator(), 1, u128::MAX)?;
        in_range(Quantity::Period, self.period.get().into(), 1, u128::MAX)?;
        at_least(Quantity::MintPrice, self.mint_price, Quantity::Price, price)?;
        let minimum = self.minimum_backing;
        at_least(Quantity::Price, price, Quantity::MinimumBacking, minimum)
    }
}

fn at_least(what: Quantity, price: Ratio, least: Quantity, bound: Ratio) -> Result<(), Error> {
    if price >= bound {
        return Ok(());
    }
    Err(Error::PriceOrder { what, price, least })
}

/// The state of a [`PrimaryMarket`], as a host keeps it in its own storage.
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("PrimaryMarketState", "PrimaryMarket"))
)]
pub struct PrimaryMarketState {
    /// The rules.
    pub params: PrimaryMarketParams,
    /// The start of the first period.
    pub start: Timestamp,
    /// The time of the last call.
    pub last: Timestamp,
    /// The backing of the claims that are outstanding.
    pub backing: Amount,
    /// The claims that were minted and haven't been served.
    pub outstanding: Amount,
    /// The claims for which redemption was ever requested.
    pub requested: Amount,
    /// Those of them that have been served.
    pub served: Amount,
    /// The Token1 that was served and hasn't been claimed, the fee with it.
    pub reserved: Amount,
    /// The claims that were minted in the period of the last call.
    pub minted_in_period: Amount,
    /// The claims that were served in it.
    pub served_in_period: Amount,
}

impl PrimaryMarket {
    /// Restores a market from its state.
    ///
    /// # Errors
    /// Those of [`PrimaryMarket::new`]; [`Error::OutOfRange`] for sums that no calls lead to: more served
    /// than requested, more in the queue than outstanding, more reserved than what was served is worth,
    /// more in a period than its capacity; [`Error::Backdated`] for a last call before the start;
    /// [`Error::Overflow`] if what was ever requested is worth more than [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_liquidity_curves::{PrimaryMarket, PrimaryMarketParams, PrimaryMarketState};
    ///
    /// let market = PrimaryMarket::new(PrimaryMarketParams::PAR, Timestamp::ZERO)?;
    /// assert_eq!(PrimaryMarket::restore(market.state())?, market);
    /// let served = PrimaryMarketState { served: Amount::new(1), ..market.state() };
    /// assert!(PrimaryMarket::restore(served).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn restore(state: PrimaryMarketState) -> Result<Self, Error> {
        let params = state.params;
        params.check()?;
        if state.last < state.start {
            let (at, last) = (state.last, state.start);
            return Err(Error::Backdated { at, last });
        }
        let at_most =
            |part: Amount, whole: Amount| in_range(Quantity::Claims, part.get(), 0, whole.get());
        at_most(state.served, state.requested)?;
        at_most(state.queued()?, state.outstanding)?;
        at_most(state.minted_in_period, params.mint_capacity)?;
        at_most(state.served_in_period, params.redeem_capacity)?;
        state.value(state.requested)?;
        let worth = state.value(state.served)?;
        in_range(Quantity::Payment, state.reserved.get(), 0, worth.get())?;
        Ok(Self { state })
    }

    /// Returns the state, to be stored.
    #[must_use]
    pub const fn state(&self) -> PrimaryMarketState {
        self.state
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl From<&PrimaryMarket> for PrimaryMarketState {
    fn from(market: &PrimaryMarket) -> Self {
        market.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl TryFrom<PrimaryMarketState> for PrimaryMarket {
    type Error = Error;

    fn try_from(state: PrimaryMarketState) -> Result<Self, Error> {
        Self::restore(state)
    }
}

tokenomics_internals::checked_codec! {
    [] PrimaryMarket as PrimaryMarketState: MaxEncodedLen
}
