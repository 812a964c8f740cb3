//! The sums of a position before and after a liquidation.

use tokenomics_fixed_math::{Ratio, Rounding};

use super::{Breach, Certificate};
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
    /// Returns the certificate of health before and after.
    pub(super) fn improves(&self, before: &Standing) -> Certificate {
        Certificate::Improves {
            health_before: before.health,
            health_after: Wide::ratio(self.credit, self.owed, Rounding::Floor),
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    /// 100 held, 80 of it credit, against 90: what a unit less or more of each makes of it.
    #[test]
    fn a_fall_of_either_quotient_is_told() {
        let of = Wide::from_u128;
        let before = Standing {
            value: of(100),
            credit: of(80),
            liabilities: of(90),
            owed: of(90),
            health: Ratio::ZERO,
            cover: Ratio::ZERO,
        };
        let told = |value, credit, liabilities, owed| {
            let sums = Sums {
                value: of(value),
                credit: of(credit),
                liabilities: of(liabilities),
                owed: of(owed),
            };
            sums.is_no_worse_than(&before)
        };
        assert_eq!(told(100, 80, 90, 90), Ok(()));
        assert_eq!(told(50, 40, 45, 45), Ok(()));
        assert_eq!(told(50, 39, 45, 45), Err(Breach::HealthFell));
        assert_eq!(told(50, 40, 45, 46), Err(Breach::HealthFell));
        assert_eq!(told(49, 40, 45, 45), Err(Breach::CoverFell));
        assert_eq!(told(50, 40, 46, 45), Err(Breach::CoverFell));
        assert_eq!(told(0, 0, 0, 0), Ok(()));
        assert!(before.is_solvent());
    }
}
