//! The split of a size over several markets.

mod refine;
mod split;

use tokenomics_fixed_math::Amount;

use crate::check::in_range;
use crate::{Error, Exact, Market, Quantity, Sell, Swap};
use split::{Lane, Order};

/// A router over N markets of the same two tokens: it splits a size so that the most is received for it, or
/// the least is paid.
///
/// It asks for nothing but quotes, so any kinds of market can stand side by side. The markets have to be
/// different ones: a pool that is given twice is quoted twice as it stands.
///
/// # Rounding
/// Quotes are floored or ceiled, so that what is best goes up and down by units where the curves are flat. Of
/// a size of 20 units and less the route is the best of all. Of a larger one over two markets it is never
/// below the best of all 10,001 even splits, which are tried; it may miss the best of all by rounding, by
/// less than a unit paid and what a unit handed in fetches, for each market. A program on chain has no gas
/// for so many quotes: see [`Router::with_even_splits`].
///
/// # Laws
/// `route_is_the_best`: no even split is better, and of 20 units no split at all · `route_sums`: the parts
/// are the markets' own quotes and sum to the size; more than all markets take is refused, with what they
/// take · `margins_equal`: at the end of a route over deep markets the next units fetch no more in any
/// of them than in a curve in use, by a millionth · `route_never_gains`, there and back,
/// over markets of one price.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio};
/// use tokenomics_liquidity_curves::{ConstantProduct, Error, Fee, Ladder, Level, Router, Sell};
///
/// let pool = |reserve| {
///     let reserve = Amount::new(reserve);
///     ConstantProduct::new(reserve, reserve, Fee::UNISWAP_V2)
/// };
/// let (deep, shallow) = (pool(3_000_000)?, pool(1_000_000)?);
/// let bid = Level { price: 99, amount: Amount::new(5_000) };
/// let book = Ladder::<1>::new(Ratio::new(1, 100)?, &[bid], &[], Fee::NONE)?;
///
/// let router = Router::new([&deep, &shallow, &book]);
/// let route = router.quote_exact_in(Sell::Token0, Amount::new(45_000))?;
/// // The book's level is better than the pools' last units, and so is taken, but for units that rounding
/// // makes alike.
/// assert!(route.parts[2].amount_in >= Amount::new(4_900));
/// assert!(route.parts[0].amount_in > route.parts[1].amount_in);
/// # Ok::<(), Error>(())
/// ```
///
/// # Source
/// The scaled greedy method for concave allocation: Hochbaum, Lower and upper bounds for the allocation
/// problem and other nonlinear optimization problems (1994). That the prices at the margin are equal where
/// the whole is best: Angeris, Evans, Chitra, Boyd, Optimal routing for constant function market makers
/// (2022).
#[doc(alias("aggregator", "smart_order_routing", "split"))]
#[derive(Clone, Copy)]
pub struct Router<'a, const N: usize> {
    markets: [&'a dyn Market; N],
    even_splits: u32,
}

/// The number of parts that a router splits what two markets have into, unless it is told otherwise.
const EVEN_SPLITS: u32 = 10_000;

/// A size that is split over N markets.
///
/// Part k is what the market k quotes for that amount. To trade, each part is swapped in its market, before
/// anything else happens there.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::{ConstantProduct, Fee, Market, Router, Sell};
///
/// let reserve = Amount::new(1_000);
/// let pool = ConstantProduct::new(reserve, reserve, Fee::NONE)?;
/// let route = Router::new([&pool]).quote_exact_in(Sell::Token0, Amount::new(10))?;
/// assert_eq!(route.parts, [pool.quote_exact_in(Sell::Token0, Amount::new(10))?]);
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
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
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; parts: ([Swap; N]), amount_in: (Amount), amount_out: (Amount))),
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
pub struct Route<const N: usize> {
    /// The quote of each market for its part. Of one that isn't used all amounts are 0.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Swap, N>")
    )]
    pub parts: [Swap; N],
    /// The sum of what is handed in.
    pub amount_in: Amount,
    /// The sum of what is paid.
    pub amount_out: Amount,
}

impl<'a, const N: usize> Router<'a, N> {
    /// Creates a router over these markets that also tries even splits in 10,000 parts.
    #[must_use]
    pub const fn new(markets: [&'a dyn Market; N]) -> Self {
        Self {
            markets,
            even_splits: EVEN_SPLITS,
        }
    }

    /// Returns the router that tries, for every two markets, each even split in `parts` of what they have
    /// together; none for 0. Of two markets no such split is better than the route, not by a unit.
    ///
    /// It takes 2·(`parts` + 1) quotes for every two markets. Without any, some 4 of 1,000 routes over two
    /// markets are a unit below the best of 10,001 even splits, and none by more.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee, Router, Sell};
    ///
    /// let pool = |x, y| ConstantProduct::new(Amount::new(x), Amount::new(y), Fee::UNISWAP_V2);
    /// let (one, other) = (pool(134_266_474, 134_220_757)?, pool(134_220_083, 134_219_542)?);
    /// let (router, amount) = (Router::new([&one, &other]), Amount::new(306_034));
    /// let best = router.quote_exact_in(Sell::Token0, amount)?;
    /// let on_chain = router.with_even_splits(0).quote_exact_in(Sell::Token0, amount)?;
    /// assert!(best.amount_out >= on_chain.amount_out);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[must_use]
    pub const fn with_even_splits(self, parts: u32) -> Self {
        Self {
            even_splits: parts,
            ..self
        }
    }

    /// Splits a sale so that the most is received.
    ///
    /// A market that refuses a size, or takes it only in part, gets what it takes, and nothing if that isn't
    /// any or it is too dear. For each bit of the amount this takes at most 5·N quotes of steps and 2·N·(N − 1)
    /// of moves between two markets, and 22·N at the end: of two markets and 64 bits no more than 940, beside
    /// those of [even splits](Self::with_even_splits).
    ///
    /// # Rounding
    /// As each market's quote: what is paid is floored.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than all markets together take, with what they take as its bound;
    /// [`Error::Overflow`] if all that is paid exceeds [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Error, Fee, Ladder, Level, Quantity, Router, Sell};
    ///
    /// let book = |price| {
    ///     let bid = Level { price, amount: Amount::new(30) };
    ///     Ladder::<1>::new(Ratio::ONE, &[bid], &[], Fee::NONE)
    /// };
    /// let (low, high) = (book(7)?, book(8)?);
    /// let router = Router::new([&low, &high]);
    /// let route = router.quote_exact_in(Sell::Token0, Amount::new(40))?;
    /// assert_eq!(route.parts.map(|part| part.amount_in.get()), [10, 30]);
    /// let error = router.quote_exact_in(Sell::Token0, Amount::new(61)).unwrap_err();
    /// let (what, value, bound) = (Quantity::AmountIn, 61, 60);
    /// assert_eq!(error, Error::OutOfRange { what, value, bound });
    /// # Ok::<(), Error>(())
    /// ```
    pub fn quote_exact_in(&self, sell: Sell, amount_in: Amount) -> Result<Route<N>, Error> {
        self.route(Quantity::AmountIn, sell, Exact::In(amount_in))
    }

    /// Splits a purchase so that the least is paid.
    ///
    /// It takes as many quotes as [`Router::quote_exact_in`].
    ///
    /// # Rounding
    /// As each market's quote: what is handed in is ceiled.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than all markets together pay, with what they pay as its bound;
    /// [`Error::Overflow`] if all that is handed in exceeds [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee, Router, Sell};
    ///
    /// let pool = |reserve| {
    ///     let reserve = Amount::new(reserve);
    ///     ConstantProduct::new(reserve, reserve, Fee::NONE)
    /// };
    /// let (one, other) = (pool(1_000)?, pool(3_000)?);
    /// let router = Router::new([&one, &other]);
    /// let route = router.quote_exact_out(Sell::Token0, Amount::new(2_000))?;
    /// assert_eq!(route.amount_in, Amount::new(4_000));
    /// assert!(router.quote_exact_out(Sell::Token0, Amount::new(3_999)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_exact_out(&self, sell: Sell, amount_out: Amount) -> Result<Route<N>, Error> {
        self.route(Quantity::AmountOut, sell, Exact::Out(amount_out))
    }

    fn route(&self, what: Quantity, sell: Sell, exact: Exact) -> Result<Route<N>, Error> {
        let (Exact::In(amount) | Exact::Out(amount)) = exact;
        let (order, mut lanes) = (Order::new(sell, exact), self.markets.map(Lane::new));
        let rest = split::split(&mut lanes, &order, amount.get());
        in_range(what, amount.get(), 0, amount.get().saturating_sub(rest))?;
        refine::refine(&mut lanes, &order, self.even_splits);
        Route::of(&lanes, &order)
    }
}

impl<const N: usize> Route<N> {
    fn of(lanes: &[Lane<'_>; N], order: &Order) -> Result<Self, Error> {
        let zero = Amount::ZERO;
        let nothing = Swap {
            amount_in: zero,
            amount_out: zero,
            fee: zero,
        };
        let mut route = Self {
            parts: [nothing; N],
            amount_in: zero,
            amount_out: zero,
        };
        for (part, lane) in route.parts.iter_mut().zip(lanes) {
            if lane.amount > 0 {
                *part = order.quote(lane.market, lane.amount)?;
            }
            route.amount_in = route.amount_in.checked_add(part.amount_in)?;
            route.amount_out = route.amount_out.checked_add(part.amount_out)?;
        }
        Ok(route)
    }
}
