//! Purchases of the token with revenue in another asset.

use tokenomics_design::{Bought, FeeAsset, RouteKind};
use tokenomics_fixed_math::{Amount, Error, Ratio, Rounding};

use super::flow::Settlement;
use super::routes::State;
use crate::error::Cause;

impl Settlement<'_> {
    /// Spends what the routes that buy have on the token, in the order of the plan and as far as it
    /// circulates unlocked; what is less than one token unit's price stays for the next time.
    pub(super) fn buy(&mut self) -> Result<(), Cause> {
        let (fees, accounts) = (self.fees, self.sight.accounts);
        for (place, route) in fees.plan.routes.iter().enumerate() {
            let (RouteKind::Buyback(bought), State::Buys { cash }) =
                (&route.kind, &mut self.books.states[place])
            else {
                continue;
            };
            let FeeAsset::Other {
                price: Some(price), ..
            } = fees.plan.assets[route.asset]
            else {
                continue;
            };
            let Some(revenue) = &accounts.fees.assets[route.asset] else {
                continue;
            };
            if cash.is_zero() {
                continue;
            }
            let left = self
                .moves
                .balance(self.sight.ledger, accounts.circulating)?;
            let (amount, cost) = affordable(*cash, price, left)?;
            *cash = cash.checked_sub(cost)?;
            let accrual = &mut self.books.accruals[route.asset];
            accrual.spent = accrual.spent.checked_add(cost)?;
            let to = match bought {
                Bought::Kept => accounts.treasury,
                Bought::Burned => accounts.burned,
                Bought::Vault(vault) => accounts.vaults[*vault],
            };
            let paid = [accounts.fees.routes[place], revenue.sellers];
            self.moves.transfer(paid, cost)?;
            self.moves.transfer([accounts.circulating, to], amount)?;
            self.count_bought(*bought, amount)?;
        }
        Ok(())
    }
}

/// The amount, at most `left`, that cash buys at a price, and its cost.
///
/// # Rounding
/// The amount is floored, and the cost ceiled: at most the cash, as the amount is rounded down.
fn affordable(cash: Amount, price: Ratio, left: Amount) -> Result<(Amount, Amount), Error> {
    let all = left.mul_ratio(price, Rounding::Ceil);
    if let Some(cost) = all.ok().filter(|cost| *cost <= cash) {
        return Ok((left, cost));
    }
    // Less than all that is left, so it fits.
    let amount = cash.mul_ratio(price.recip()?, Rounding::Floor)?;
    let amount = amount.min(left);
    Ok((amount, amount.mul_ratio(price, Rounding::Ceil)?))
}
