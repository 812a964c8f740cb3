//! An auction of a market in equilibrium.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, U256};

use super::recursion::{Between, Share, ONE};
use super::Kyle;
use crate::check::quotient;
use crate::Error;

/// An auction of Kyle's market: what it does to the price, and what the insider does in it.
///
/// Roots are known to less than one part in 2^96, so that a figure that is rounded down is no more than that
/// and a unit below the real number, and never above it. Of one auction alone they are exact.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio, Rounding, Wad};
/// use tokenomics_liquidity_curves::Kyle;
///
/// let market = Kyle::new(Ratio::ONE, Amount::new(1))?;
/// let [first, last] = market.auctions()?;
/// // The first of two auctions is less deep than the second.
/// let lambda = first.lambda()?;
/// assert!(lambda > last.lambda()?);
/// let lambda = Wad::from_ratio(lambda.numerator(), lambda.denominator(), Rounding::Floor)?;
/// assert_eq!(lambda.to_string(), "0.652882461754046946");
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Auction {
    market: Kyle,
    of: u32,
    // What is left of the variance after it, and what is told in it of what was left.
    share: Share,
    told: Between,
}

impl Auction {
    pub(super) fn new(market: Kyle, of: u32, informed: Between, share: Share) -> Self {
        let told = informed.told();
        Self {
            market,
            of,
            share,
            told,
        }
    }

    /// Returns the share of the variance that is left after the auction, Σₙ/Σ₀.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn variance_left(&self) -> Fraction {
        // At most 1.
        let share = Fraction::from_ratio(self.share.low, ONE, Rounding::Floor);
        share.unwrap_or(Fraction::ONE)
    }

    /// Computes the volatility of the value that is left after the auction: √Σₙ.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Overflow`] for a volatility near 2^128 or its reciprocal.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::Kyle;
    ///
    /// let market = Kyle::new(Ratio::ONE, Amount::new(1))?;
    /// let left = market.single().volatility_left()?;
    /// assert!(left > Ratio::new(707_106, 1_000_000)? && left < Ratio::new(707_107, 1_000_000)?);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn volatility_left(&self) -> Result<Ratio, Error> {
        let square = U256::product(self.share.low, UNIT >> 14);
        times_root(self.market.volatility, square, Rounding::Floor)
    }

    /// Computes λₙ, by which a unit of flow moves the price, in Token1 per Token0.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// As [`Auction::volatility_left`], of the volatility over that of the flow.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::Kyle;
    ///
    /// let market = Kyle::new(Ratio::new(3, 100)?, Amount::new(500))?;
    /// assert_eq!(market.single().lambda()?, Ratio::new(3, 100_000)?);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn lambda(&self) -> Result<Ratio, Error> {
        let one = Amount::new(1);
        self.moved_by(one, self.share.low, self.told.low, Rounding::Floor)
    }

    /// Computes the price impact of a flow of the auction, insider and others together: λₙ·flow, in Token1 per
    /// Token0. A flow of purchases raises the price by it, and one of sales lowers it.
    ///
    /// # Rounding
    /// Ceil.
    ///
    /// # Errors
    /// As [`Auction::lambda`], of the impact.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::Kyle;
    ///
    /// let market = Kyle::new(Ratio::new(3, 100)?, Amount::new(500))?;
    /// assert_eq!(market.single().impact(Amount::new(100))?, Ratio::new(3, 1_000)?);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[doc(alias = "price_impact")]
    pub fn impact(&self, flow: Amount) -> Result<Ratio, Error> {
        self.moved_by(flow, self.share.high, self.told.high, Rounding::Ceil)
    }

    /// Computes βₙ, which is the insider's order per unit of price that it is off, as a rate: in this auction
    /// 1/N of it is ordered.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// As [`Auction::volatility_left`], of the volatility of the flow over that of the value.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::Kyle;
    ///
    /// let market = Kyle::new(Ratio::new(1, 5)?, Amount::new(500))?;
    /// assert_eq!(market.single().beta()?, Ratio::new(2_500, 1)?);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn beta(&self) -> Result<Ratio, Error> {
        let Kyle { volatility, noise } = self.market;
        let above = U256::product(noise.get(), volatility.denominator());
        let base = quotient(above, volatility.numerator().into(), Rounding::Floor)?;
        let units = U256::product(u128::from(self.of), UNIT);
        let square = U256::product(self.told.low, UNIT).mul_div(
            units,
            self.share.high.into(),
            Rounding::Floor,
        )?;
        times_root(base, square, Rounding::Floor)
    }

    /// Computes the insider's order in the auction, where the price is off by `edge`: βₙ·edge/N, in units of
    /// Token0.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::Kyle;
    ///
    /// let market = Kyle::new(Ratio::new(1, 5)?, Amount::new(500))?;
    /// // One and a half of the volatility.
    /// assert_eq!(market.single().order(Ratio::new(3, 10)?)?, Amount::new(750));
    /// assert!(market.single().order(Ratio::from_integer(u128::MAX)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn order(&self, edge: Ratio) -> Result<Amount, Error> {
        let Kyle { volatility, noise } = self.market;
        let shares = U256::product(self.share.high, self.of.into());
        let square = U256::product(self.told.low, UNIT);
        let square = square.mul_div(UNIT.into(), shares, Rounding::Floor)?;
        let root = square.isqrt(Rounding::Floor).to_u128()?;
        let above = U256::product(volatility.denominator(), root);
        let below = U256::product(volatility.numerator(), edge.denominator());
        // The floor of a floor divided by an integer is that of the whole.
        let order = U256::product(noise.get(), edge.numerator());
        let order = order.mul_div(above, below, Rounding::Floor)?;
        Ok(Amount::new(order.shr_floor(DIGITS).to_u128()?))
    }

    /// Computes the insider's expected profit in the auction, in Token1, which is what the others lose in it:
    /// λₙ·σᵤ²/N. All auctions together bring the profit that is expected before the first.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::Kyle;
    ///
    /// let market = Kyle::new(Ratio::new(1, 5)?, Amount::new(500))?;
    /// assert_eq!(market.single().expected_profit()?, Amount::new(50));
    /// let market = Kyle::new(Ratio::from_integer(3), Amount::MAX)?;
    /// assert!(market.single().expected_profit().is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn expected_profit(&self) -> Result<Amount, Error> {
        let Kyle { volatility, noise } = self.market;
        let square = U256::product(self.share.low, self.told.low);
        let square = square
            .shr_floor(28)
            .checked_div(self.of.into(), Rounding::Floor)?;
        let root = square.isqrt(Rounding::Floor);
        let profit = U256::product(volatility.numerator(), noise.get());
        let below = U256::product(volatility.denominator(), UNIT);
        let profit = profit.mul_div(root, below, Rounding::Floor)?;
        Ok(Amount::new(profit.to_u128()?))
    }

    /// Computes flow·σ₀/σᵤ·√(share·told·N).
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn moved_by(
        &self,
        flow: Amount,
        share: u128,
        told: u128,
        rounding: Rounding,
    ) -> Result<Ratio, Error> {
        let Kyle { volatility, noise } = self.market;
        let below = U256::product(volatility.denominator(), noise.get());
        let above = U256::product(volatility.numerator(), flow.get());
        let base = quotient(above, below, rounding)?;
        // In units of 2^-252 before, and of 2^-224 after.
        let square = U256::product(share, told);
        let square = square.mul_div(u128::from(self.of).into(), U256::from(1 << 28), rounding)?;
        times_root(base, square, rounding)
    }
}

/// Computes base·√square, where the square is in units of 2^-224 and below 2^20.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn times_root(base: Ratio, square: U256, rounding: Rounding) -> Result<Ratio, Error> {
    let root = square.isqrt(rounding).to_u128()?;
    // As few digits as tell it, so that a half is one.
    let spare = root.trailing_zeros().min(DIGITS);
    let [root, unit] = [root, UNIT].map(|number| number.checked_shr(spare).unwrap_or(number));
    let above = U256::product(base.numerator(), root);
    quotient(above, U256::product(base.denominator(), unit), rounding)
}

/// One, in the units of roots.
const UNIT: u128 = 1 << DIGITS;
/// The digits of a root behind the point.
const DIGITS: u32 = 112;
