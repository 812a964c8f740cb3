//! Liquidations that close a position whole.

use core::cmp::Reverse;

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Wad};

use super::standing::Standing;
use super::{Action, Certificate, Liquidation, LiquidationTerms};
use crate::portfolio::quote_units;
use crate::wide::Wide;
use crate::{Error, Margin, Portfolio};

impl LiquidationTerms {
    /// Closes a solvent position, if the pair of the rule has no size.
    pub(super) fn close_unless_part(
        &self,
        portfolio: &Portfolio<'_>,
        before: &Standing,
    ) -> Result<Liquidation, Error> {
        if self.has_part(portfolio, before) {
            return Err(Error::NoGain);
        }
        Ok(self.close(portfolio, before))
    }

    /// Returns `true` if the pair of the rule can be liquidated with a gain.
    pub(super) fn has_part(&self, portfolio: &Portfolio<'_>, before: &Standing) -> bool {
        let pair = self.select(portfolio, before);
        // Without a limit of the liquidator's there is no error.
        pair.is_some_and(|pair| {
            let part = self.part(portfolio, before, pair, Amount::MAX);
            part.is_ok_and(|part| part.is_some())
        })
    }

    /// Closes a solvent position: all debts are repaid, and the same part of each holding is seized.
    pub(super) fn close(&self, portfolio: &Portfolio<'_>, before: &Standing) -> Liquidation {
        let action = Action::Whole {
            seized: self.closing_share(portfolio, before),
            repaid: Ratio::ONE,
        };
        Liquidation::new(action, Certificate::FullCloseRequired)
    }

    /// Returns the part of each holding that is seized when all debts are repaid: their value times the
    /// factor for the largest holding, over the value of what is held.
    pub(super) fn closing_share(&self, portfolio: &Portfolio<'_>, before: &Standing) -> Ratio {
        let holdings = (0..portfolio.holdings().len()).zip(portfolio.holdings());
        let largest = holdings.max_by_key(|(index, held)| (held.value(), Reverse(*index)));
        let factor = largest.map(|(_, held)| {
            let weight = held.haircut().weight(Margin::Maintenance);
            self.incentive.factor(weight, before.health)
        });
        match factor {
            Some(factor) if Ratio::from(factor) < before.cover => {
                let paid = before.liabilities.within(factor.raw());
                let value = before.value.within(Wad::SCALE);
                let share = Wide::ratio(paid, value, Rounding::Floor);
                share.map_or(Ratio::ONE, |share| share.min(Ratio::ONE))
            }
            _ => Ratio::ONE,
        }
    }

    /// Closes a position that owes more than it holds.
    pub(super) fn write_off(
        &self,
        portfolio: &Portfolio<'_>,
        before: &Standing,
    ) -> Result<Liquidation, Error> {
        let repaid = Wide::ratio(before.value, before.liabilities, Rounding::Ceil);
        let action = Action::Whole {
            seized: Ratio::ONE,
            repaid: repaid.map_or(Ratio::ONE, |share| share.min(Ratio::ONE)),
        };
        let left = portfolio.debts().iter().fold(Wide::ZERO, |sum, debt| {
            let left = debt.amount().checked_sub(action.repaid_share_of(debt));
            sum.plus(debt.with_amount(left.unwrap_or(Amount::ZERO)).value())
        });
        let amount = quote_units(left, Rounding::Ceil)?;
        Ok(Liquidation::new(action, Certificate::BadDebt { amount }))
    }
}
