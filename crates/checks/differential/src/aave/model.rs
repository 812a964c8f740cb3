//! What the pool answers, step by step in plain numbers: each of its answers is to be this one.

use revm::primitives::ruint::aliases::U512;

use super::position::{Asset, Position, Terms, ALL, ONE};

/// What `getUserAccountData` returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    pub collateral: U512,
    pub debt: U512,
    pub available: U512,
    pub threshold: U512,
    pub ltv: U512,
    /// In 10^-18; all 256 bits without debt.
    pub health: U512,
}

/// What a liquidation takes of the holding, and of the debt; or what it is refused for.
pub type Taken = Result<(u128, u128), Refusal>;

/// The numbers by which it refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The health factor isn't below 1.
    Healthy,
    /// Nothing would be seized, or nothing repaid.
    Nothing,
}

/// A health of 1, and that down to which half of a debt may be repaid.
pub const HEALTHY: u64 = ONE;
pub const WHOLE_AT: u64 = ONE / 100 * 95;

impl Account {
    pub fn of(position: &Position) -> Self {
        let floored = |amount: fn(&Asset) -> u128, weight: fn(&Terms) -> u32| {
            (0..position.assets.len()).fold(U512::ZERO, |sum, index| {
                let terms = position.terms(index);
                let value = base_value(&terms, amount(&position.assets[index]));
                sum + value * U512::from(weight(&terms))
            })
        };
        let collateral = floored(|asset| asset.held, |_| 1);
        let average = |weighted: U512| weighted.checked_div(collateral).unwrap_or_default();
        let threshold = average(floored(|asset| asset.held, |terms| terms.threshold));
        let ltv = average(floored(|asset| asset.held, |terms| terms.ltv));
        let debt = floored(|asset| asset.owed, |_| 1);
        let counted = percent_of(collateral, threshold);
        Self {
            collateral,
            debt,
            available: percent_of(collateral, ltv).saturating_sub(debt),
            threshold,
            ltv,
            health: match debt == U512::ZERO {
                true => (U512::from(1) << 256) - U512::from(1),
                false => half_up(counted * U512::from(ONE), debt),
            },
        }
    }

    /// What of its collateral counts for its health.
    pub fn counted(&self) -> U512 {
        percent_of(self.collateral, self.threshold)
    }

    pub fn is_healthy(&self) -> bool {
        self.health >= U512::from(HEALTHY)
    }

    /// How much of a debt one liquidation may repay.
    pub fn most_repaid(&self, owed: u128) -> u128 {
        let is_half = self.health > U512::from(WHOLE_AT);
        let part = if is_half { ALL / 2 } else { ALL };
        percent_of(U512::from(owed), U512::from(part)).saturating_to()
    }

    /// The most that may be borrowed on top, of an asset of these terms.
    pub fn most_borrowed(&self, terms: &Terms) -> U512 {
        if self.ltv == U512::ZERO || self.health <= U512::from(HEALTHY) {
            return U512::ZERO;
        }
        // Half up, so much is no more than the collateral at the loan-to-value.
        let parts = (self.collateral + U512::from(1)) * self.ltv;
        let most = (parts - self.ltv / U512::from(2) - U512::from(1)) / U512::from(ALL);
        match most.checked_sub(self.debt) {
            // Floored to as much of the base currency.
            Some(more) => {
                let units = (more + U512::from(1)) * U512::from(terms.unit);
                (units - U512::from(1)) / U512::from(terms.price)
            }
            None => U512::ZERO,
        }
    }

    /// What a liquidation takes that is to repay so much.
    pub fn liquidate(&self, position: &Position, pair: [usize; 2], cover: u128) -> Taken {
        if self.is_healthy() {
            return Err(Refusal::Healthy);
        }
        let [held, owed] = pair.map(|index| position.assets[index]);
        let [for_held, for_owed] = pair.map(|index| position.terms(index));
        let cover = cover.min(self.most_repaid(owed.owed));
        let bonus = U512::from(for_held.bonus);
        let base = convert(cover, &for_owed, &for_held);
        let all = U512::from(held.held);
        let (mut seized, mut repaid) = (percent_of(base, bonus), U512::from(cover));
        if seized > all {
            seized = all;
            repaid = percent_by(convert(held.held, &for_held, &for_owed), bonus);
        }
        let gain = seized - percent_by(seized, bonus);
        let fee = percent_of(gain, U512::from(held.fee));
        match repaid == U512::ZERO || seized == fee {
            true => Err(Refusal::Nothing),
            false => Ok((seized.saturating_to(), repaid.saturating_to())),
        }
    }
}

/// What so much of one asset is worth in another, floored.
pub fn convert(amount: u128, from: &Terms, to: &Terms) -> U512 {
    U512::from(from.price) * U512::from(amount) * U512::from(to.unit)
        / (U512::from(to.price) * U512::from(from.unit))
}

/// The value of an amount in units of the base currency, floored.
fn base_value(terms: &Terms, amount: u128) -> U512 {
    U512::from(terms.price) * U512::from(amount) / U512::from(terms.unit)
}

fn percent_of(value: U512, percentage: U512) -> U512 {
    half_up(value * percentage, U512::from(ALL))
}

fn percent_by(value: U512, percentage: U512) -> U512 {
    half_up(value * U512::from(ALL), percentage)
}

fn half_up(above: U512, below: U512) -> U512 {
    (above + below / U512::from(2)) / below
}
