//! The comparison of what is held with what is owed in 256 bits, which hold the sums of most positions.

use tokenomics_fixed_math::{Amount, Ratio, U256};

use super::Portfolio;
use crate::wide::{product_of_words, units_over, weighed};
use crate::{Debt, Holding};

impl Portfolio<'_> {
    /// Returns whether the holdings are worth the debts, each at its weight in 1e-18; `None` where 256 bits
    /// don't hold the sums, or 18 decimals a price.
    ///
    /// Nothing is rounded here, and at such prices nothing is in the wide sums either: where there is an
    /// answer, it is that of these.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn covers(
        &self,
        held: impl Fn(&Holding) -> u64,
        owed: impl Fn(&Debt) -> u64,
    ) -> Option<bool> {
        let Some(first) = self.debts.first() else {
            return Some(true);
        };
        let denominator = first.price().denominator();
        units_over(denominator)?;
        let is_over_it = |price: Ratio| price.denominator() == denominator;
        if self.debts.iter().all(|debt| is_over_it(debt.price()))
            && self.holdings.iter().all(|held| is_over_it(held.price()))
        {
            // One unit for all: what all are divided by doesn't change their order.
            return self.compared(held, owed, |_, weight| Some(weight.into()));
        }
        self.compared(held, owed, |price, weight| {
            Some(product_of_words(weight, units_over(price.denominator())?))
        })
    }

    /// Compares the sums in the unit that `weight_in` turns the weight of a price into.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn compared(
        &self,
        held: impl Fn(&Holding) -> u64,
        owed: impl Fn(&Debt) -> u64,
        weight_in: impl Fn(Ratio, u64) -> Option<u128>,
    ) -> Option<bool> {
        let (mut credit, mut debt) = (U256::ZERO, U256::ZERO);
        for of in self.holdings {
            let weight = weight_in(of.price(), held(of))?;
            credit = plus_term(credit, of.amount(), of.price(), weight)?;
        }
        for of in self.debts {
            let weight = weight_in(of.price(), owed(of))?;
            debt = plus_term(debt, of.amount(), of.price(), weight)?;
        }
        Some(credit >= debt)
    }
}

/// Returns the sum with one more term, if it is below 2^256.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn plus_term(sum: U256, amount: Amount, price: Ratio, weight: u128) -> Option<U256> {
    match weighed(amount.get(), price, weight) {
        (0, term) => sum.checked_add(term).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
