//! The primary market: minting and redeeming by rule.

mod market_at;
mod queue;
mod state;

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Timestamp};

pub use market_at::PrimaryMarketAt;
pub use queue::{Redeemed, Redemption, Ticket};
pub use state::{PrimaryMarketParams, PrimaryMarketState};

use crate::check::in_range;
use crate::{Error, Quantity};

/// A primary market: it mints claims, Token0, for backing, Token1, at one price and redeems them at
/// another, neither of which moves.
///
/// Redemptions stand in one queue, first in, first out. They are paid as far as the capacity of each
/// period goes, and as long as the backing that is left is at least the minimum for each claim that is
/// left: what would take it below waits. A redemption is a [`Ticket`], a place in the queue. The queue is
/// two sums, of what was requested and of what was served, so that the market has the same size whatever
/// stands in it, and a call costs the same.
///
/// Nothing has to be called on time: a call that comes late finds what was served in each period since,
/// as if it had been called in each. Claims in the queue are outstanding until they are served. A fee is
/// no part of the backing; it is the host's to book.
///
/// # Laws
/// `backed`: what is reserved is what the tickets that were served can claim, and only a loss takes the
/// backing below its minimum · `first_in_first_out` · `capacity`: no period serves or mints more than its
/// capacity, and how often the market is called changes nothing · `conserved`: what was handed in is the
/// backing, what is reserved, what was paid and the fees.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
/// use tokenomics_liquidity_curves::{Fee, PrimaryMarket, PrimaryMarketParams};
///
/// let params = PrimaryMarketParams {
///     mint_price: Ratio::ONE,
///     redeem_price: Ratio::ONE,
///     minimum_backing: Ratio::new(9, 10)?,
///     mint_fee: Fee::NONE,
///     redeem_fee: Fee::new(1, 1_000)?,
///     period: Span::from_days(1),
///     mint_capacity: Amount::MAX,
///     redeem_capacity: Amount::new(4_000),
/// };
/// let (start, day) = (Timestamp::ZERO, Span::from_days(1));
/// let mut market = PrimaryMarket::new(params, start)?;
/// market.mint(Amount::new(10_000), start)?;
/// // 4,000 are paid at once, 999 of each 1,000; the rest waits for the next days.
/// let mut redemption = market.redeem(Amount::new(6_000), start)?;
/// assert_eq!(redemption.redeemed.amount, Amount::new(3_996));
/// let later = market.claim(&mut redemption.ticket, start.checked_add(day)?)?;
/// assert_eq!((later.claims, later.amount), (Amount::new(2_000), Amount::new(1_998)));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
///
/// # Source
/// The shape of the issuers of stablecoins and of the queues of staking pools; par redemption at a loss is
/// the falling floor (A − r)/(S − r).
#[doc(alias("redemption_queue", "peg_stability_module", "psm", "stablecoin"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PrimaryMarket {
    // All as `PrimaryMarket::restore` has checked it.
    state: PrimaryMarketState,
}

/// The amounts that minting moves.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::Minted;
///
/// let minted = Minted { amount: Amount::new(10), fee: Amount::new(1), claims: Amount::new(9) };
/// assert!(minted.fee < minted.amount);
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
pub struct Minted {
    /// The amount of Token1 that is handed in, the fee with it.
    pub amount: Amount,
    /// The fee, a part of that.
    pub fee: Amount,
    /// The claims that are made.
    pub claims: Amount,
}

impl PrimaryMarket {
    /// Creates a market without claims and without backing, the periods of which begin at `start`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a redemption price of 0, and for a period of no length;
    /// [`Error::PriceOrder`] for a mint price below the redemption price, and for a minimum backing above
    /// it.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// use tokenomics_liquidity_curves::{PrimaryMarket, PrimaryMarketParams};
    ///
    /// let par = PrimaryMarketParams::PAR;
    /// let market = PrimaryMarket::new(par, Timestamp::ZERO)?;
    /// assert_eq!(market.state().outstanding, Amount::ZERO);
    /// let cheap = PrimaryMarketParams { mint_price: Ratio::new(1, 2)?, ..par };
    /// assert!(PrimaryMarket::new(cheap, Timestamp::ZERO).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn new(params: PrimaryMarketParams, start: Timestamp) -> Result<Self, Error> {
        Self::restore(PrimaryMarketState {
            params,
            start,
            last: start,
            backing: Amount::ZERO,
            outstanding: Amount::ZERO,
            requested: Amount::ZERO,
            served: Amount::ZERO,
            reserved: Amount::ZERO,
            minted_in_period: Amount::ZERO,
            served_in_period: Amount::ZERO,
        })
    }

    /// Computes what minting for `amount` at a time would move.
    ///
    /// # Rounding
    /// The fee is ceiled, and the claims are floored.
    ///
    /// # Errors
    /// As at [`PrimaryMarket::mint`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// use tokenomics_liquidity_curves::{Fee, PrimaryMarket, PrimaryMarketParams};
    ///
    /// let (mint_price, start) = (Ratio::new(11, 10)?, Timestamp::ZERO);
    /// let params = PrimaryMarketParams { mint_price, ..PrimaryMarketParams::PAR };
    /// let market = PrimaryMarket::new(params, start)?;
    /// assert_eq!(market.quote_mint(Amount::new(1_000), start)?.claims, Amount::new(909));
    /// assert!(market.quote_mint(Amount::new(1), start).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_mint(&self, amount: Amount, at: Timestamp) -> Result<Minted, Error> {
        let mut after = *self;
        after.mint(amount, at)
    }

    /// Mints claims for `amount` and returns what was moved. What it adds to the backing serves the queue
    /// too, if that waits for it.
    ///
    /// # Rounding
    /// The fee is ceiled, and the claims are floored.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for more claims than the period's
    /// capacity has left, and for none; [`Error::Overflow`] if the claims or the backing would exceed
    /// [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_liquidity_curves::{PrimaryMarket, PrimaryMarketParams};
    ///
    /// let mint_capacity = Amount::new(100);
    /// let params = PrimaryMarketParams { mint_capacity, ..PrimaryMarketParams::PAR };
    /// let start = Timestamp::ZERO;
    /// let mut market = PrimaryMarket::new(params, start)?;
    /// assert_eq!(market.mint(Amount::new(80), start)?.claims, Amount::new(80));
    /// assert!(market.mint(Amount::new(21), start).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn mint(&mut self, amount: Amount, at: Timestamp) -> Result<Minted, Error> {
        let minted = self.minted(amount)?;
        self.transition(at, |next| {
            let used = next.minted_in_period;
            let left = next.params.mint_capacity.checked_sub(used)?;
            in_range(Quantity::Claims, minted.claims.get(), 1, left.get())?;
            let counted = amount.checked_sub(minted.fee)?;
            next.minted_in_period = used.checked_add(minted.claims)?;
            next.outstanding = next.outstanding.checked_add(minted.claims)?;
            next.backing = next.backing.checked_add(counted)?;
            Ok(())
        })?;
        Ok(minted)
    }

    /// Adds to the backing, such as what it has earned. It serves the queue too, if that waits for it.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_liquidity_curves::{PrimaryMarket, PrimaryMarketParams};
    ///
    /// let start = Timestamp::new(5);
    /// let mut market = PrimaryMarket::new(PrimaryMarketParams::PAR, start)?;
    /// market.add_backing(Amount::new(7), start)?;
    /// assert_eq!(market.state().backing, Amount::new(7));
    /// assert!(market.add_backing(Amount::new(7), Timestamp::new(4)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn add_backing(&mut self, amount: Amount, at: Timestamp) -> Result<(), Error> {
        self.transition(at, |next| {
            next.backing = next.backing.checked_add(amount)?;
            Ok(())
        })
    }

    /// Takes a loss from the backing. What is reserved for tickets that were served isn't touched.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for more than the backing.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_liquidity_curves::{PrimaryMarket, PrimaryMarketParams};
    ///
    /// let start = Timestamp::ZERO;
    /// let mut market = PrimaryMarket::new(PrimaryMarketParams::PAR, start)?;
    /// market.mint(Amount::new(100), start)?;
    /// market.lose_backing(Amount::new(30), start)?;
    /// assert_eq!(market.backing_after(Amount::new(40))?.numerator(), 30);
    /// assert!(market.lose_backing(Amount::new(71), start).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn lose_backing(&mut self, amount: Amount, at: Timestamp) -> Result<(), Error> {
        self.transition(at, |next| {
            in_range(Quantity::Loss, amount.get(), 0, next.backing.get())?;
            next.backing = next.backing.checked_sub(amount)?;
            Ok(())
        })
    }

    /// Computes the backing of each claim that is left once so many more have been served: the floor that
    /// falls with each redemption at a price above it.
    ///
    /// # Rounding
    /// The amount that they are paid is floored; the ratio is exact.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for as many claims as there are or more, and for more than the backing pays;
    /// [`Error::Overflow`] if all that were ever served, or what they are worth, would exceed
    /// [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// use tokenomics_liquidity_curves::{PrimaryMarket, PrimaryMarketParams};
    ///
    /// let start = Timestamp::ZERO;
    /// let mut market = PrimaryMarket::new(PrimaryMarketParams::PAR, start)?;
    /// market.mint(Amount::new(100), start)?;
    /// market.lose_backing(Amount::new(10), start)?;
    /// assert_eq!(market.backing_after(Amount::ZERO)?, Ratio::new(9, 10)?);
    /// assert_eq!(market.backing_after(Amount::new(80))?, Ratio::new(1, 2)?);
    /// assert!(market.backing_after(Amount::new(91)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[doc(alias("floor", "coverage", "collateral_ratio"))]
    pub fn backing_after(&self, claims: Amount) -> Result<Ratio, Error> {
        let state = &self.state;
        let most = state.outstanding.get().saturating_sub(1);
        in_range(Quantity::Claims, claims.get(), 0, most)?;
        let served = state.served.checked_add(claims)?;
        let paid = state
            .value(served)?
            .checked_sub(state.value(state.served)?)?;
        in_range(Quantity::Payment, paid.get(), 0, state.backing.get())?;
        let (backing, left) = (
            state.backing.checked_sub(paid)?,
            state.outstanding.checked_sub(claims)?,
        );
        Ok(Ratio::new(backing.get(), left.get())?)
    }

    /// Returns the market as it stands at a time, if nobody calls it until then.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_liquidity_curves::{PrimaryMarket, PrimaryMarketParams};
    ///
    /// let redeem_capacity = Amount::new(10);
    /// let params = PrimaryMarketParams { redeem_capacity, ..PrimaryMarketParams::PAR };
    /// let start = Timestamp::ZERO;
    /// let mut market = PrimaryMarket::new(params, start)?;
    /// market.mint(Amount::new(100), start)?;
    /// market.redeem(Amount::new(60), start)?;
    /// let later = market.settled_at(start.checked_add(params.period)?)?;
    /// assert_eq!((market.state().served, later.state().served), (Amount::new(10), Amount::new(20)));
    /// assert!(later.settled_at(start).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn settled_at(&self, at: Timestamp) -> Result<Self, Error> {
        let mut state = self.state;
        state.serve_until(at)?;
        Ok(Self { state })
    }

    /// Computes what `amount` is worth in claims, whatever the capacity.
    fn minted(&self, amount: Amount) -> Result<Minted, Error> {
        let params = &self.state.params;
        let fee = params.mint_fee.of(amount);
        let counted = amount.checked_sub(fee)?;
        let claims = counted.mul_ratio(params.mint_price.recip()?, Rounding::Floor)?;
        Ok(Minted {
            amount,
            fee,
            claims,
        })
    }

    /// Serves the queue up to `at`, changes the state, and serves what the change allows; on an error
    /// nothing is changed.
    fn transition(
        &mut self,
        at: Timestamp,
        change: impl FnOnce(&mut PrimaryMarketState) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut next = self.state;
        next.serve_until(at)?;
        change(&mut next)?;
        next.serve_until(at)?;
        self.state = next;
        Ok(())
    }
}
