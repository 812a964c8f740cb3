//! The sums of a position before and after a liquidation.

use tokenomics_fixed_math::{Ratio, Rounding};

use super::Breach;
use crate::wide::Wide;
use crate::{Error, Margin, Portfolio};

/// The sums of a position that may be liquidated, in 1e-36 quote units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) value: Wide,
    pub(super) credit: Wide,
    pub(super) liabilities: Wide,
    pub(super) owed: Wide,
    /// Credit over owed, floored.
    pub(super) health: Ratio,
    /// Value over liabilities, floored.
    pub(super) cover: Ratio,
}

impl Standing {
    pub(super) fn of(portfolio: &Portfolio<'_>) -> Result<Self, Error> {
        let credit = portfolio.exact_credit(Margin::Maintenance);
        let owed = portfolio.exact_owed(Margin::Maintenance);
        if credit >= owed {
            return Err(Error::Healthy);
        }
        let (value, liabilities) = (portfolio.exact_value(), portfolio.exact_liabilities());
        // What is owed is above 0, so neither is `None`.
        let ratio =
            |above, below| Wide::ratio(above, below, Rounding::Floor).unwrap_or(Ratio::ZERO);
        Ok(Self {
            value,
            credit,
            liabilities,
            owed,
            health: ratio(credit, owed),
            cover: ratio(value, liabilities),
        })
    }

    pub(super) fn is_solvent(&self) -> bool {
        self.value >= self.liabilities
    }
}

/// The sums of a position after a liquidation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sums {
    pub(super) value: Wide,
    pub(super) credit: Wide,
    pub(super) liabilities: Wide,
    pub(super) owed: Wide,
}

impl Sums {
    /// Returns whether neither health nor what is held over what is owed is lower than before.
    pub(super) fn is_no_worse_than(&self, before: &Standing) -> Result<(), Breach> {
        // a / b ≥ c / d for b and d of debts, which may be 0: nothing owed is above all.
        let falls = |a, b, c, d| Wide::cmp_products(a, d, c, b).is_lt();
        if falls(self.credit, self.owed, before.credit, before.owed) {
            return Err(Breach::HealthFell);
        }
        if falls(
            self.value,
            self.liabilities,
            before.value,
            before.liabilities,
        ) {
            return Err(Breach::CoverFell);
        }
        Ok(())
    }
}
