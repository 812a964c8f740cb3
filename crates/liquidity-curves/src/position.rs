//! The trait of a holding of liquidity as a position in its price.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Wad};

use crate::check::in_range;
use crate::{Error, Quantity};

/// A holding of liquidity, seen as a position in Token0: what it is at any price of Token0 in Token1, once
/// arbitrage has taken the market there, and before any fee of the way.
///
/// The price is that of a [`Market`](crate::Market): base units of Token1 for one of Token0. The value V(p)
/// is concave, and its slope is the delta: that is why a holding of liquidity is never worth more than what
/// it was made of, held apart, and what it is worth less is its impermanent loss.
///
/// # Rounding
/// Value and delta, which are assets, are floored; the dollar gamma and the loss are ceiled. Each kind says by
/// how much a result can be away from the real number.
///
/// # Laws
/// `position_is_concave`: V(q) ≤ V(p) + delta(p)·(q − p) at any two prices, and V(q) is at most what the
/// reserves are worth at q, up to what is stated of the rounding.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount, Ratio};
/// use tokenomics_liquidity_curves::{ConstantProduct, Error, Fee, Position, Weighted};
///
/// /// What is lost beside holding both tokens apart, while the price goes from one to another.
/// fn impermanent_loss(position: &impl Position, from: u128, to: u128) -> Result<Amount, Error> {
///     let [before, after] = [from, to].map(Ratio::from_integer);
///     // V(p) − p·delta(p) is the Token1 that is held.
///     let (value, delta) = (position.value_at(before)?, position.delta_at(before)?.get());
///     let kept = value.get() + delta * to - delta * from;
///     Ok(Amount::new(kept - position.value_at(after)?.get()))
/// }
///
/// let million = Amount::new(1_000_000);
/// let product = ConstantProduct::new(million, million, Fee::NONE)?;
/// assert_eq!(impermanent_loss(&product, 1, 4)?, million); // of 5 million
/// let weights = [fraction!("0.8"), fraction!("0.2")];
/// let weighted = Weighted::new([1_600_000, 400_000].map(Amount::new), weights, Fee::NONE)?;
/// assert_eq!(impermanent_loss(&weighted, 1, 4)?, Amount::new(737_135)); // of 6.8 million
/// # Ok::<(), Error>(())
/// ```
#[doc(alias("greeks", "lp"))]
pub trait Position {
    /// Computes the value in Token1 at a price of Token0.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] in an empty pool; [`Error::Overflow`] above [`Amount::MAX`], and as the kind says.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee, Position};
    ///
    /// let thousand = Amount::new(1_000);
    /// let pool = ConstantProduct::new(thousand, thousand, Fee::NONE)?;
    /// // At twice the price both tokens kept apart were worth 3,000, and are worth 5.7% less here.
    /// assert_eq!(pool.value_at(Ratio::from_integer(2))?, Amount::new(2_828));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    fn value_at(&self, price: Ratio) -> Result<Amount, Error>;

    /// Computes the delta, which is the amount of Token0 that is then held: the slope of the value.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] at a price of 0, where it has no end; otherwise as
    /// [`value_at`](Self::value_at).
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee, Position};
    ///
    /// let thousand = Amount::new(1_000);
    /// let pool = ConstantProduct::new(thousand, thousand, Fee::NONE)?;
    /// assert_eq!(pool.delta_at(Ratio::from_integer(4))?, Amount::new(500));
    /// assert!(pool.delta_at(Ratio::ZERO).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    fn delta_at(&self, price: Ratio) -> Result<Amount, Error>;

    /// Computes the dollar gamma, |Γ|·p² in Token1. The gamma itself is negative: Token0 is sold as its price
    /// rises, and bought as it falls.
    ///
    /// # Rounding
    /// Ceil.
    ///
    /// # Errors
    /// As [`value_at`](Self::value_at).
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee, Position};
    ///
    /// let thousand = Amount::new(1_000);
    /// let pool = ConstantProduct::new(thousand, thousand, Fee::NONE)?;
    /// assert_eq!(pool.gamma_at(Ratio::ONE)?, Amount::new(500));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    fn gamma_at(&self, price: Ratio) -> Result<Amount, Error>;

    /// Computes the loss versus rebalancing at a price, in Token1: what arbitrage takes while the logarithm of
    /// the price gathers `variance`, which is σ² times the time, as if the price stayed there. It is variance/2
    /// of the dollar gamma.
    ///
    /// # Rounding
    /// Ceil, of the ceiled dollar gamma: by less than 1 + variance/2 units more than that is away from the real
    /// number.
    ///
    /// # Errors
    /// As [`gamma_at`](Self::gamma_at).
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount, Ratio};
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee, Position};
    ///
    /// let million = Amount::new(1_000_000);
    /// let pool = ConstantProduct::new(million, million, Fee::NONE)?;
    /// // 5% a day, for a day.
    /// let loss = pool.loss_versus_rebalancing_at(Ratio::ONE, wad!("0.0025"))?;
    /// assert_eq!(loss, Amount::new(625));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    ///
    /// # Source
    /// Milionis, Moallemi, Roughgarden, Zhang, Automated Market Making and Loss-Versus-Rebalancing
    /// (2022).
    #[doc(alias("lvr"))]
    fn loss_versus_rebalancing_at(&self, price: Ratio, variance: Wad) -> Result<Amount, Error> {
        let gamma = self.gamma_at(price)?;
        Ok(gamma.mul_div(variance.raw(), TWO, Rounding::Ceil)?)
    }
}

/// Two, with 18 decimals.
const TWO: u128 = 2_000_000_000_000_000_000;

/// A holder's part of a position: some shares of all that it has.
///
/// # Rounding
/// As of the whole, and the part of that once more: by less than a unit more.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio};
/// use tokenomics_liquidity_curves::{ConstantProduct, Fee, Part, Position};
///
/// let thousand = Amount::new(1_000);
/// let pool = ConstantProduct::new(thousand, thousand, Fee::NONE)?;
/// let part = Part::new(&pool, Amount::new(100), pool.shares())?;
/// assert_eq!(part.value_at(Ratio::from_integer(4))?, Amount::new(400));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a, P> {
    whole: &'a P,
    // At most all, which isn't 0.
    shares: Amount,
    all: Amount,
}

impl<'a, P: Position> Part<'a, P> {
    /// Creates the part that some shares are of all.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more shares than all, and of none.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee, Part};
    ///
    /// let pool = ConstantProduct::new(Amount::new(4), Amount::new(9), Fee::NONE)?;
    /// assert!(Part::new(&pool, Amount::new(6), pool.shares()).is_ok());
    /// assert!(Part::new(&pool, Amount::new(7), pool.shares()).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(whole: &'a P, shares: Amount, all: Amount) -> Result<Self, Error> {
        in_range(Quantity::Shares, all.get(), 1, u128::MAX)?;
        in_range(Quantity::Shares, shares.get(), 0, all.get())?;
        Ok(Self { whole, shares, all })
    }

    fn part(&self, of: Amount, rounding: Rounding) -> Result<Amount, Error> {
        Ok(of.mul_div(self.shares.get(), self.all.get(), rounding)?)
    }
}

impl<P: Position> Position for Part<'_, P> {
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn value_at(&self, price: Ratio) -> Result<Amount, Error> {
        self.part(self.whole.value_at(price)?, Rounding::Floor)
    }

    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn delta_at(&self, price: Ratio) -> Result<Amount, Error> {
        self.part(self.whole.delta_at(price)?, Rounding::Floor)
    }

    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn gamma_at(&self, price: Ratio) -> Result<Amount, Error> {
        self.part(self.whole.gamma_at(price)?, Rounding::Ceil)
    }
}
