//! The market that seized collateral is sold in.

use std::collections::VecDeque;

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, Span, Timestamp, U256};
use tokenomics_haircut_collateral::DepthBudget;

use super::BacktestError;

/// The digits that a sum of assets is carried with before it is priced.
const CARRIED: u128 = 1_000_000_000_000_000_000;

/// A constant product around the price, through the point that a stated depth gives.
///
/// Of a depth D at a cost c, X = D·(1 − c)/c. What was sold displaces it, and each sale fades in a
/// straight line over the time in which the market recovers. A sale of q where d is displaced pays
/// p·X²·q / ((X + d)·(X + d + q)).
#[derive(Debug, Clone)]
pub struct Market {
    reserve: Amount,
    recovers: Span,
    /// Sales that haven't faded.
    sales: VecDeque<(Timestamp, Amount)>,
}

impl Market {
    /// Creates a market of a depth, which recovers from a sale within a time; at once for 0.
    ///
    /// # Rounding
    /// X is floored.
    ///
    /// # Errors
    /// [`BacktestError::Uncounted`] for a depth above what can be counted.
    pub fn new(depth: DepthBudget, recovers: Span) -> Result<Self, BacktestError> {
        let cost = depth.cost();
        let reserve = depth.depth().mul_ratio(
            Ratio::new(cost.complement().raw().into(), cost.raw().into())?,
            Rounding::Floor,
        )?;
        Ok(Self {
            reserve,
            recovers,
            sales: VecDeque::new(),
        })
    }

    /// Returns X, in base units of the asset.
    #[must_use]
    pub const fn reserve(&self) -> Amount {
        self.reserve
    }

    /// Returns what is still displaced at a time, in base units of the asset.
    ///
    /// # Rounding
    /// Ceil, of each sale.
    ///
    /// # Errors
    /// [`BacktestError::Uncounted`] for more than can be counted.
    pub fn displaced(&self, at: Timestamp) -> Result<Amount, BacktestError> {
        let left = |(sold, amount): &(Timestamp, Amount)| {
            let gone = at.since(*sold).unwrap_or_default();
            match self.recovers.checked_sub(gone) {
                Ok(left) if !left.is_zero() => {
                    let part = Ratio::new(left.get().into(), self.recovers.get().into())?;
                    amount.mul_ratio(part, Rounding::Ceil)
                }
                _ => Ok(Amount::ZERO),
            }
        };
        self.sales
            .iter()
            .try_fold(Amount::ZERO, |sum, sale| Ok(sum.checked_add(left(sale)?)?))
    }

    /// Returns what a sale pays at a price, in quote base units, and changes nothing.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`BacktestError::Uncounted`] for more than can be counted.
    pub fn proceeds(
        &self,
        at: Timestamp,
        price: Ratio,
        amount: Amount,
    ) -> Result<Amount, BacktestError> {
        self.proceeds_from(self.displaced(at)?, price, amount)
    }

    /// Returns what a sale pays where so much is displaced.
    pub(super) fn proceeds_from(
        &self,
        displaced: Amount,
        price: Ratio,
        amount: Amount,
    ) -> Result<Amount, BacktestError> {
        let from = self.reserve.checked_add(displaced)?;
        let to = from.checked_add(amount)?;
        if self.reserve.is_zero() || amount.is_zero() {
            return Ok(Amount::ZERO);
        }
        let reserve = self.reserve.get();
        let sold = U256::product(amount.get(), CARRIED);
        let paid = sold.mul_div(
            U256::product(reserve, reserve),
            U256::product(from.get(), to.get()),
            Rounding::Floor,
        )?;
        let value = paid.mul_div(
            price.numerator().into(),
            U256::product(price.denominator(), CARRIED),
            Rounding::Floor,
        )?;
        Ok(Amount::new(value.to_u128()?))
    }

    /// Sells an amount at a time, and returns what it pays.
    ///
    /// # Errors
    /// As [`Self::proceeds`].
    pub fn sell(
        &mut self,
        at: Timestamp,
        price: Ratio,
        amount: Amount,
    ) -> Result<Amount, BacktestError> {
        let paid = self.proceeds(at, price, amount)?;
        let recovers = self.recovers;
        self.sales
            .retain(|(sold, _)| at.since(*sold).is_none_or(|gone| gone < recovers));
        self.sales.push_back((at, amount));
        Ok(paid)
    }
}

/// Returns the depth that is stated by an amount and a cost.
///
/// # Errors
/// [`BacktestError::Refused`] for a cost of 0 or 1.
pub fn depth(amount: Amount, cost: Fraction) -> Result<DepthBudget, BacktestError> {
    Ok(DepthBudget::new(amount, cost)?)
}
