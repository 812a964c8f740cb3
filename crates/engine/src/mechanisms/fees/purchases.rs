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
        let plan = self.fees.plan;
        for (place, route) in plan.routes.iter().enumerate() {
            if let (
                RouteKind::Buyback(bought),
                FeeAsset::Other {
                    price: Some(price), ..
                },
            ) = (&route.kind, &plan.assets[route.asset])
            {
                self.buy_by(place, *bought, *price)?;
            }
        }
        Ok(())
    }

    fn buy_by(&mut self, place: usize, bought: Bought, price: Ratio) -> Result<(), Cause> {
        let (accounts, asset) = (self.sight.accounts, self.fees.plan.routes[place].asset);
        let (State::Buys { cash }, Some(revenue)) =
            (&mut self.books.states[place], &accounts.fees.assets[asset])
        else {
            return Ok(());
        };
        if cash.is_zero() {
            return Ok(());
        }
        let left = self
            .moves
            .balance(self.sight.ledger, accounts.circulating)?;
        let (amount, cost) = affordable(*cash, price, left)?;
        *cash = cash.checked_sub(cost)?;
        let spent = &mut self.books.accruals[asset].spent;
        *spent = spent.checked_add(cost)?;
        let paid = [accounts.fees.routes[place], revenue.sellers];
        self.moves.transfer(paid, cost)?;
        let to = match bought {
            Bought::Kept => accounts.treasury,
            Bought::Burned => accounts.burned,
            Bought::Vault(vault) => accounts.vaults[vault],
        };
        self.moves.transfer([accounts.circulating, to], amount)?;
        self.count_bought(bought, amount)
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
