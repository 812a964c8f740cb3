//! A haircut by size, from a depth that all holders of an asset share.

use tokenomics_fixed_math::{Amount, Fraction, Rounding, U256};

use super::share::share_up;
use crate::check::in_range;
use crate::{Error, Quantity};

/// The depth of an asset's market, which all that is held of it as collateral has to leave through.
///
/// Depth is what is published of a market: the amount that can be sold at an average of `cost` below
/// the price. What any other total costs follows from it as in a constant product: of a total T the
/// part X/(X + T) is recovered, where X = depth·(1 − cost)/cost. The credit of all together, T·X/(X + T),
/// grows with T and never reaches X.
///
/// The total is that of **all** holders, not of one account. The haircut is then the same however the
/// total is spread over accounts, and splitting a position gains nothing. A deposit of one holder lowers
/// the weight of all others, so use it for the initial margin, or cap the deposits.
///
/// # Laws
/// `monotone_in_size`: a larger total, a smaller depth or a larger cost never gives a smaller haircut.
/// `split_invariant_of_size`: the credit of accounts is at most that of one that holds all.
/// `inverse_is_tight_of_size` for [`DepthBudget::largest_total`].
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount};
/// use tokenomics_haircut_collateral::DepthBudget;
///
/// // 1,000,000 can be sold at 2% below the price.
/// let market = DepthBudget::new(Amount::new(1_000_000), fraction!("0.02"))?;
/// assert_eq!(market.haircut(Amount::new(1_000_000)), fraction!("0.02"));
/// assert_eq!(market.haircut(Amount::new(49_000_000)), fraction!("0.5"));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// The proceeds of a constant product without a fee: Adams, Zinsmeister, Robinson, Uniswap v2 Core
/// (2020).
#[doc(alias("liquidity", "slippage", "size"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DepthBudget {
    depth: Amount,
    // Neither 0 nor 1.
    cost: Fraction,
}

impl DepthBudget {
    /// Creates the budget of a market in which `depth`, in base units of the asset, can be sold at an
    /// average of `cost` below the price.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a cost of 0 or 1.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Amount};
    /// # use tokenomics_haircut_collateral::DepthBudget;
    /// assert!(DepthBudget::new(Amount::ZERO, fraction!("0.02")).is_ok());
    /// assert!(DepthBudget::new(Amount::new(1_000), fraction!("0")).is_err());
    /// assert!(DepthBudget::new(Amount::new(1_000), fraction!("1")).is_err());
    /// ```
    pub fn new(depth: Amount, cost: Fraction) -> Result<Self, Error> {
        let most = u128::from(Fraction::SCALE).wrapping_sub(1);
        in_range(Quantity::DepthCost, cost.raw().into(), 1, most)?;
        Ok(Self { depth, cost })
    }

    /// Returns the amount that can be sold at the cost, in base units of the asset.
    #[must_use]
    pub const fn depth(&self) -> Amount {
        self.depth
    }

    /// Returns the cost of selling the depth, as a fraction of the price.
    #[must_use]
    pub const fn cost(&self) -> Fraction {
        self.cost
    }

    /// Computes the haircut of a total held by all accounts, in base units: T/(X + T). Without a depth
    /// it is 1.
    ///
    /// # Rounding
    /// Ceil, the exact number rounded once.
    #[must_use]
    pub fn haircut(&self, total: Amount) -> Fraction {
        let sold = U256::product(total.get(), self.cost.raw().into());
        // Below 2^189, so the sum can't overflow; without it all is cut.
        sold.checked_add(self.recoverable())
            .map_or(Fraction::ONE, |all| share_up(sold, all))
    }

    /// Computes the largest total that has at most a haircut, in base units of the asset;
    /// [`Amount::MAX`] where all that there are have.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Laws
    /// `inverse_is_tight_of_size`: the haircut of that total is at most the one given, and of one unit
    /// more it is larger. Without a depth it is 0, which no haircut below 1 covers.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Amount};
    /// # use tokenomics_haircut_collateral::DepthBudget;
    /// let market = DepthBudget::new(Amount::new(1_000_000), fraction!("0.02"))?;
    /// let most = market.largest_total(fraction!("0.1"));
    /// assert_eq!(most, Amount::new(5_444_444)); // 49,000,000 / 9
    /// assert!(market.haircut(most) <= fraction!("0.1"));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[must_use]
    pub fn largest_total(&self, haircut: Fraction) -> Amount {
        // c·T/(X·c + c·T) ≤ h is T ≤ h·(X·c)/((1 − h)·c).
        let weight = haircut.complement().raw();
        let divisor = U256::product(weight.into(), self.cost.raw().into());
        let cut = U256::from(u128::from(haircut.raw()));
        self.recoverable()
            .mul_div(cut, divisor, Rounding::Floor)
            .and_then(U256::to_u128)
            .map_or(Amount::MAX, Amount::new)
    }

    /// Returns X·cost, depth·(1 − cost), in 1e-18 base units.
    fn recoverable(&self) -> U256 {
        U256::product(self.depth.get(), self.cost.complement().raw().into())
    }
}

tokenomics_internals::checked_codec! {
    DepthBudget::new as RawDepthBudget {
        depth: Amount = DepthBudget::depth,
        cost: Fraction = DepthBudget::cost,
    }
}
