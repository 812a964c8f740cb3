//! A haircut for liquidity that is held as collateral.

use tokenomics_fixed_math::{mul_div, Fraction, Ratio, Rounding, Wad, U256};

use super::share::share;
use crate::{Error, Quantity};

/// Liquidity of a constant product over a range of prices, as collateral: a share of a pool where the
/// range has no ends, a concentrated position where it has.
///
/// The value of liquidity falls faster than its tokens kept apart, so a haircut on the marked value
/// alone is too small. This one counts the value at the **worst** price of a stressed move, and takes
/// off the loss versus rebalancing of the horizon, which is what arbitrage takes of the liquidity while
/// whoever liquidates it hedges its delta.
///
/// The price is that of the first token in the second, whose own price in the quote has a haircut of its
/// own. The liquidity's value only rises with it, so the worst price of a move is the lowest.
///
/// # Laws
/// `monotone_in_stress`: a larger fall or variance never gives a smaller haircut, and none is below the
/// loss versus rebalancing.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Ratio};
/// use tokenomics_haircut_collateral::LiquidityRange;
///
/// // A fall by 75% leaves √¼ of the value of a pool's share; 5% a day for 4 days are 0.125% more.
/// let (fall, variance) = (fraction!("0.75"), wad!("0.01"));
/// assert_eq!(LiquidityRange::FULL.haircut(Ratio::ONE, fall, variance), fraction!("0.50125"));
///
/// // A range around the price has as much to lose as its token, and more of it to arbitrage.
/// let range = LiquidityRange::new(Ratio::new(4, 5)?, Some(Ratio::new(5, 4)?))?;
/// let cut = range.haircut(Ratio::ONE, fall, variance);
/// assert!(cut > fraction!("0.747") && cut < fraction!("0.748"));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Value and gamma of a range: Adams, Zinsmeister, Salem, Keefer, Robinson, Uniswap v3 Core (2021).
/// Loss versus rebalancing, σ²/8 of a constant product's value a unit of time: Milionis,
/// Moallemi, Roughgarden, Zhang, Automated Market Making and Loss-Versus-Rebalancing (2022).
#[doc(alias("lp", "lvr", "impermanent_loss", "gamma"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LiquidityRange {
    lower: Bound,
    // Above `lower`.
    upper: Option<Bound>,
}

/// An end of a range, and its root, which each haircut takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Bound {
    price: Ratio,
    root: Root,
}

impl LiquidityRange {
    /// All prices: the range of a constant product.
    pub const FULL: Self = Self {
        lower: Bound {
            price: Ratio::ZERO,
            root: Root::ZERO,
        },
        upper: None,
    };

    /// Creates the range from a lower price to an upper one, which it may be without.
    ///
    /// # Errors
    /// [`Error::PriceOrder`] unless the upper price is above the lower one.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Ratio;
    /// # use tokenomics_haircut_collateral::LiquidityRange;
    /// assert!(LiquidityRange::new(Ratio::new(1, 2)?, Some(Ratio::from_integer(2))).is_ok());
    /// assert_eq!(LiquidityRange::new(Ratio::ZERO, None)?, LiquidityRange::FULL);
    /// assert!(LiquidityRange::new(Ratio::ONE, Some(Ratio::ONE)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(lower: Ratio, upper: Option<Ratio>) -> Result<Self, Error> {
        match upper {
            Some(price) if price <= lower => Err(Error::PriceOrder {
                what: Quantity::UpperPrice,
                price,
                limit: Quantity::LowerPrice,
            }),
            _ => Ok(Self {
                lower: Bound::new(lower),
                upper: upper.map(Bound::new),
            }),
        }
    }

    /// Returns the lower price.
    #[must_use]
    pub const fn lower(&self) -> Ratio {
        self.lower.price
    }

    /// Returns the upper price, if there is one.
    #[must_use]
    pub const fn upper(&self) -> Option<Ratio> {
        match self.upper {
            Some(bound) => Some(bound.price),
            None => None,
        }
    }

    /// Computes the haircut at a price for a fall by `fall` of it and a `variance`, which is σ² times
    /// the horizon: 1 − V(p·(1 − fall))/V(p) + variance/4·√p/V(p), at most 1, where V is the value of a
    /// unit of liquidity. Outside of the range the loss is the part that it is at the nearer bound.
    ///
    /// # Rounding
    /// Ceil: the value at the worst price is floored and the others ceiled, by a unit of 2^-64 for each
    /// square root of a price. A price below 1e-18 has few digits in its root, and a larger haircut
    /// for it.
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn haircut(&self, price: Ratio, fall: Fraction, variance: Wad) -> Fraction {
        let marked = Scaled::new(price);
        let Ok(after) = fallen(marked.floor, fall) else {
            return Fraction::ONE;
        };
        // A root is below 2^128.
        let worst = self.value_down(after, || after.isqrt(Rounding::Floor).low());
        let value = self.value_up(&marked);
        let kept = share(worst, value, Rounding::Floor, Fraction::ZERO);
        let loss = self.loss_at(price, &marked, variance);
        kept.checked_sub(loss)
            .map_or(Fraction::ONE, Fraction::complement)
    }

    /// Computes the loss versus rebalancing while the logarithm of the price gathers `variance`, as a
    /// fraction of the value: variance/8 of a constant product, and as many times that as the range
    /// concentrates it, 2/(2 − √(lower/p) − √(p/upper)).
    ///
    /// # Rounding
    /// Ceil, by less than 1e-18 and what the square roots of the prices are, and at most 1.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Ratio};
    /// # use tokenomics_haircut_collateral::LiquidityRange;
    /// // 5% a day, for a day.
    /// let variance = wad!("0.0025");
    /// let pool = LiquidityRange::FULL;
    /// assert_eq!(pool.loss_versus_rebalancing(Ratio::ONE, variance), fraction!("0.0003125"));
    /// let range = LiquidityRange::new(Ratio::new(1, 4)?, Some(Ratio::from_integer(4)))?;
    /// assert_eq!(range.loss_versus_rebalancing(Ratio::ONE, variance), fraction!("0.000625"));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn loss_versus_rebalancing(&self, price: Ratio, variance: Wad) -> Fraction {
        self.loss_at(price, &Scaled::new(price), variance)
    }

    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn loss_at(&self, price: Ratio, scaled: &Scaled, variance: Wad) -> Fraction {
        // Outside of the range that of the nearer bound.
        let nearer = match self.upper {
            Some(upper) if price > upper.price => Some(upper),
            _ if price < self.lower.price => Some(self.lower),
            _ => None,
        };
        let nearer = nearer.map(|bound| Scaled::new(bound.price));
        let within = nearer.as_ref().unwrap_or(scaled);
        let value = self.value_down(within.floor, || within.root.floor);
        // A root is below 2^129 and four wads below 2^62, so neither product overflows.
        let lost = within.root.up().checked_mul(variance.raw());
        let whole = value.checked_mul(FOUR_WADS);
        let (Ok(lost), Ok(whole)) = (lost, whole) else {
            return Fraction::ONE;
        };
        share(lost, whole, Rounding::Ceil, Fraction::ONE)
    }

    /// Returns the value of a unit of liquidity at a price of 2^-128, whose root is asked for if it is needed,
    /// in 2^-64, floored.
    ///
    /// It never rises as the price falls, which a floored term less a ceiled one of the same price would by a
    /// unit: below the range it is of one term, and from there on of the root alone.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn value_down(&self, price: U256, root: impl FnOnce() -> u128) -> U256 {
        let lower_up = self.lower.root.up();
        // A root below that of the bound, which is 2^128 at most.
        if lower_up.high() != 0 || price < U256::product(lower_up.low(), lower_up.low()) {
            return self.value_below(price);
        }
        let root = root();
        let from_lower = minus(twice(root.into()), lower_up);
        match self.upper.map(|bound| bound.root.floor) {
            None => from_lower,
            Some(upper) if root >= upper => minus(upper.into(), lower_up),
            Some(upper) => {
                // What is left of the first token above the price, in units of it at the price.
                let square = U256::product(root, root);
                minus(from_lower, over(square, upper.into(), Rounding::Ceil))
            }
        }
    }

    /// Returns the value at a price below the range, in 2^-64, floored: p/√a, and of an upper bound b the part
    /// (√b − √a)/√b of it.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn value_below(&self, price: U256) -> U256 {
        let lower_up = self.lower.root.up();
        // Below the bound's root, so below 2^128.
        let first = over(price, lower_up, Rounding::Floor);
        let Some(upper) = self.upper.map(|bound| bound.root.floor) else {
            return first;
        };
        let between = minus(upper.into(), lower_up);
        let value = mul_div(first.low(), between.low(), upper, Rounding::Floor);
        value.map_or(U256::ZERO, U256::from)
    }

    /// Returns the value of a unit of liquidity at a price, in 2^-64, ceiled.
    fn value_up(&self, price: &Scaled) -> U256 {
        let (root, lower_down) = (price.root.up(), self.lower.root.down());
        let upper_up = self.upper.map(|bound| bound.root.up());
        match upper_up {
            Some(upper_up) if root >= upper_up => return minus(upper_up, lower_down),
            _ => {}
        }
        let beyond = upper_up.map_or(U256::ZERO, |upper| over(price.ceil, upper, Rounding::Floor));
        if root <= lower_down {
            return minus(over(price.ceil, lower_down, Rounding::Ceil), beyond);
        }
        minus(minus(twice(root), lower_down), beyond)
    }
}

impl Bound {
    fn new(price: Ratio) -> Self {
        let root = Scaled::new(price).root;
        Self { price, root }
    }
}

/// A price in units of 2^-128, and its root.
struct Scaled {
    floor: U256,
    ceil: U256,
    root: Root,
}

impl Scaled {
    fn new(price: Ratio) -> Self {
        // A price has a denominator, and one of 2^128 units has no more than 256 bits.
        let scaled = U256::new(price.numerator(), 0).div_rem(price.denominator());
        let (floor, rest) = scaled.unwrap_or((U256::ZERO, 0));
        let above = U256::from(u128::from(rest != 0));
        let ceil = floor.checked_add(above).unwrap_or(U256::MAX);
        // Below 2^128.
        let root = floor.isqrt(Rounding::Floor).low();
        let is_exact = rest == 0 && U256::product(root, root) == floor;
        Self {
            floor,
            ceil,
            root: Root {
                floor: root,
                is_exact,
            },
        }
    }
}

/// The root of a price, in units of 2^-64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Root {
    floor: u128,
    is_exact: bool,
}

impl Root {
    const ZERO: Self = Self {
        floor: 0,
        is_exact: true,
    };

    const fn down(self) -> U256 {
        U256::new(0, self.floor)
    }

    fn up(self) -> U256 {
        match self.floor.checked_add(u128::from(!self.is_exact)) {
            Some(root) => root.into(),
            None => U256::new(1, 0),
        }
    }
}

/// Four, with 18 decimals.
const FOUR_WADS: u128 = 4_000_000_000_000_000_000;

/// Returns a price after a fall, floored.
fn fallen(price: U256, fall: Fraction) -> Result<U256, tokenomics_fixed_math::Error> {
    let left = u128::from(fall.complement().raw());
    let scale = u128::from(Fraction::SCALE);
    // Mostly the product has no more than 256 bits.
    match price.checked_mul(left) {
        Ok(product) => product.checked_div(scale, Rounding::Floor),
        Err(_) => price.mul_div(left.into(), scale.into(), Rounding::Floor),
    }
}

/// Returns price/root in 2^-64, and the most there is over a root of 0, which a price of 0 has alone.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn over(price: U256, root: U256, rounding: Rounding) -> U256 {
    price.checked_div_wide(root, rounding).unwrap_or(U256::ZERO)
}

fn twice(root: U256) -> U256 {
    // A root is at most 2^128.
    root.checked_add(root).unwrap_or(U256::MAX)
}

/// Returns the difference, and 0 where rounding took more than there was.
fn minus(from: U256, less: U256) -> U256 {
    from.checked_sub(less).unwrap_or(U256::ZERO)
}

tokenomics_internals::checked_codec! {
    LiquidityRange::new as RawLiquidityRange {
        lower: Ratio = LiquidityRange::lower,
        #[cfg_attr(
            feature = "borsh",
            borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
        )]
        upper: Option<Ratio> = LiquidityRange::upper,
    }
}
