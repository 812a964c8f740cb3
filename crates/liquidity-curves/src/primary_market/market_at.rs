//! The primary market at a time, as a market of two tokens.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Timestamp};

use super::PrimaryMarket;
use crate::check::{in_range, largest};
use crate::{Error, Market, Quantity, Sell, Swap};

/// A [`PrimaryMarket`] as it stands at a time, as a [`Market`] of claims, Token0, for backing, Token1: what
/// [`PrimaryMarket::market_at`] gives.
///
/// Selling Token0 is to redeem and be paid at once: what would have to wait in the queue is no sale, and is
/// refused, as a queue pays no price today. So after others have asked for more than the period's capacity, or
/// once the backing is at its minimum, nothing can be sold here, though it can be redeemed. Selling Token1 is to
/// mint, as far as the period's capacity goes. Neither price moves: the [`depth`](Market::depth) within any cost is
/// all that is left of the capacity.
///
/// An amount that is worth no claim is quoted at nothing; [`PrimaryMarket::mint`] refuses it. Where a claim is
/// worth more than a unit, or a unit more than a claim, the least that fetches an amount can fetch more.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount, Timestamp};
/// use tokenomics_liquidity_curves::{Market, PrimaryMarket, PrimaryMarketParams, Sell};
///
/// let redeem_capacity = Amount::new(100);
/// let params = PrimaryMarketParams { redeem_capacity, ..PrimaryMarketParams::PAR };
/// let start = Timestamp::ZERO;
/// let mut primary = PrimaryMarket::new(params, start)?;
/// primary.mint(Amount::new(1_000), start)?;
/// let market = primary.market_at(start)?;
/// assert_eq!(market.quote_exact_in(Sell::Token0, Amount::new(60))?.amount_out, Amount::new(60));
/// assert_eq!(market.largest_sale(Sell::Token0, fraction!("0.01"))?, Amount::new(100));
/// assert!(market.quote_exact_in(Sell::Token0, Amount::new(101)).is_err());
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PrimaryMarketAt {
    // Settled at its time.
    market: PrimaryMarket,
}

impl PrimaryMarket {
    /// Returns the market as it stands at a time, for quotes of what is paid at once.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// use tokenomics_liquidity_curves::{Market, PrimaryMarket, PrimaryMarketParams, Sell};
    ///
    /// let (mint_price, start) = (Ratio::new(101, 100)?, Timestamp::new(9));
    /// let params = PrimaryMarketParams { mint_price, ..PrimaryMarketParams::PAR };
    /// let market = PrimaryMarket::new(params, start)?;
    /// let quotes = market.market_at(start)?;
    /// assert_eq!(quotes.price()?, Ratio::ONE);
    /// assert_eq!(quotes.quote_exact_in(Sell::Token1, Amount::new(101))?.amount_out, Amount::new(100));
    /// assert!(market.market_at(Timestamp::ZERO).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn market_at(&self, at: Timestamp) -> Result<PrimaryMarketAt, Error> {
        let market = self.settled_at(at)?;
        Ok(PrimaryMarketAt { market })
    }
}

impl PrimaryMarketAt {
    /// Returns the most claims that are paid at once.
    fn most_claims(&self) -> Result<Amount, Error> {
        let state = &self.market.state;
        let free = state.outstanding.checked_sub(state.queued()?)?;
        if free.is_zero() {
            return Ok(free);
        }
        Ok(self.market.quote_redeem(free, state.last)?.claims)
    }

    /// Computes what so many claims, which are paid at once, fetch.
    fn redeemed(&self, claims: Amount) -> Result<Swap, Error> {
        let state = &self.market.state;
        let redeemed = state.redeemed(state.requested, state.requested.checked_add(claims)?)?;
        Ok(Swap {
            amount_in: claims,
            amount_out: redeemed.amount,
            fee: redeemed.fee,
        })
    }

    fn minted(&self, amount: Amount) -> Result<Swap, Error> {
        let minted = self.market.minted(amount)?;
        if !minted.claims.is_zero() {
            self.market.quote_mint(amount, self.market.state.last)?;
        }
        Ok(Swap {
            amount_in: amount,
            amount_out: minted.claims,
            fee: minted.fee,
        })
    }
}

impl Market for PrimaryMarketAt {
    /// Computes what redeeming claims pays at once, or what minting for an amount makes.
    ///
    /// # Rounding
    /// That of [`PrimaryMarket::claim`], by the place in the queue, and of [`PrimaryMarket::mint`].
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more claims than are paid at once, and beyond the capacity to mint; otherwise as
    /// [`PrimaryMarket::redeem`] and [`PrimaryMarket::mint`].
    fn quote_exact_in(&self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        if sell == Sell::Token1 {
            return self.minted(amount_in);
        }
        if !amount_in.is_zero() {
            let most = self.most_claims()?;
            in_range(Quantity::AmountIn, amount_in.get(), 0, most.get())?;
        }
        self.redeemed(amount_in)
    }

    /// Computes the least claims that pay an amount at once, or the least that mints so many claims.
    ///
    /// # Rounding
    /// Ceil.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than is paid at once, and beyond the capacity to mint; otherwise as
    /// [`PrimaryMarket::redeem`] and [`PrimaryMarket::mint`].
    fn quote_exact_out(&self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        let swap = match sell {
            Sell::Token1 => {
                let params = &self.market.state.params;
                let counted = amount_out.mul_ratio(params.mint_price, Rounding::Ceil)?;
                self.minted(params.mint_fee.before(counted)?)?
            }
            Sell::Token0 if amount_out.is_zero() => self.redeemed(amount_out)?,
            Sell::Token0 => {
                let most = self.most_claims()?;
                let paid = self.redeemed(most)?.amount_out;
                in_range(Quantity::AmountOut, amount_out.get(), 0, paid.get())?;
                let is_less = |claims: u128| {
                    let swap = self.redeemed(Amount::new(claims));
                    swap.is_ok_and(|swap| swap.amount_out < amount_out)
                };
                let fewer = Amount::new(largest(most.get(), is_less));
                self.redeemed(fewer.checked_add(Amount::new(1))?)?
            }
        };
        Ok(Swap { amount_out, ..swap })
    }

    /// Computes the price at which claims are redeemed where Token0 is sold, and that at which they are minted
    /// where it is bought: no sale moves them.
    ///
    /// # Errors
    /// As of the quote.
    fn price_after(&self, sell: Sell, amount_in: Amount) -> Result<Ratio, Error> {
        self.quote_exact_in(sell, amount_in)?;
        let params = &self.market.state.params;
        Ok(match sell {
            Sell::Token0 => params.redeem_price,
            Sell::Token1 => params.mint_price,
        })
    }
}
