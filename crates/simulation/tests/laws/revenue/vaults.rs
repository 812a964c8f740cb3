//! Purchases of the token, and what vaults have of it.

use tokenomics_fixed_math::{Amount, Rounding, Timestamp};
use tokenomics_simulation::{Bought, Design, FeeAsset, FeePlan, RouteKind};

use super::super::oracle::is_due;
use super::{Revenue, Tokens};

impl Revenue {
    pub(super) fn buy(&mut self, plan: &FeePlan, tokens: &mut Tokens) {
        for (route, kept) in plan.routes.iter().zip(&mut self.kept) {
            let (RouteKind::Buyback(bought), FeeAsset::Other { price, .. }) =
                (&route.kind, &plan.assets[route.asset])
            else {
                continue;
            };
            let price = price.unwrap();
            let (numerator, denominator) = (price.numerator(), price.denominator());
            let amount = (kept.cash * denominator / numerator).min(tokens.free);
            let cost = (amount * numerator).div_ceil(denominator);
            kept.cash -= cost;
            self.accrued[route.asset][1] += cost;
            tokens.free -= amount;
            match bought {
                Bought::Kept => {
                    tokens.treasury += amount;
                    self.bought += amount;
                }
                Bought::Burned => tokens.burned += amount,
                Bought::Vault(vault) => self.vaults[*vault].given += amount,
            }
        }
    }

    /// What vaults were given is shared out where anybody has shares.
    pub(super) fn share_gains(&mut self, at: u64) {
        for held in &mut self.vaults {
            let given = std::mem::take(&mut held.given);
            if given > 0 {
                held.held += given;
                held.unshared += given;
                let (gain, at) = (Amount::new(held.unshared), Timestamp::new(at));
                if held.vault.recognise_gain(gain, at).is_ok() {
                    held.unshared = 0;
                }
            }
        }
    }

    /// Deposits what is missing; whether it was due.
    pub fn deposit(&mut self, design: &Design, at: u64, locked: u128, free: &mut u128) -> bool {
        let circulating = *free + locked + self.in_vaults();
        let now = Timestamp::new(at);
        let mut due = false;
        for (plan, held) in design.vaults.iter().zip(&mut self.vaults) {
            // Called at every instant, a vault is the same.
            held.vault = held.vault.settled_at(now).unwrap();
            if !is_due(plan.every, plan.start, at, 0) {
                continue;
            }
            due = true;
            held.vault.collect_fees(now).unwrap();
            let wanted = Amount::new(circulating).mul_fraction(plan.share, Rounding::Floor);
            let missing = wanted.get().saturating_sub(held.held).min(*free);
            if held.vault.deposit(Amount::new(missing), now).is_ok() {
                held.held += missing;
                *free -= missing;
            }
        }
        due
    }

    pub fn in_vaults(&self) -> u128 {
        self.vaults.iter().map(|held| held.held).sum()
    }
}
