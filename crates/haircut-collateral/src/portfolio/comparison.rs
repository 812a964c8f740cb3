//! The comparison of what is held with what is owed in 256 bits, which hold the sums of most positions.

use tokenomics_fixed_math::{Amount, Ratio};

use super::Portfolio;
use crate::wide::{carrying, product_of_words, units_over, weighed};
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
        let (mut credit, mut debt) = (Sum::ZERO, Sum::ZERO);
        for of in self.holdings {
            let weight = weight_in(of.price(), held(of))?;
            credit.add(of.amount(), of.price(), weight);
        }
        for of in self.debts {
            let weight = weight_in(of.price(), owed(of))?;
            debt.add(of.amount(), of.price(), weight);
        }
        if credit.beyond | debt.beyond != 0 {
            return None;
        }
        Some((credit.high, credit.low) >= (debt.high, debt.low))
    }
}

/// A sum of 256 bits.
#[derive(Clone, Copy)]
struct Sum {
    high: u128,
    low: u128,
    // Not 0 if a term or the sum has more.
    beyond: u128,
}

impl Sum {
    const ZERO: Self = Self {
        high: 0,
        low: 0,
        beyond: 0,
    };

    /// Adds a term. Nothing in it ends early, which would cost more than it saves.
    #[cfg_attr(not(target_arch = "bpf"), inline)]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn add(&mut self, amount: Amount, price: Ratio, weight: u128) {
        let (top, term) = weighed(amount.get(), price, weight);
        let (low, carry) = self.low.overflowing_add(term.low());
        let (high, over) = carrying(self.high, term.high(), carry);
        *self = Self {
            high,
            low,
            beyond: self.beyond | top | u128::from(over),
        };
    }
}

#[cfg(test)]
mod tests;
