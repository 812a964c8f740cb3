//! Purchases of the token with revenue in another asset.

use tokenomics_design::FeeAsset;
use tokenomics_fixed_math::{Amount, Error, Ratio, Rounding};

use super::{Books, Fees, Sight, BURN, BUYBACK};
use crate::accounts::RevenueAccounts;
use crate::error::Cause;
use crate::ledger::Batch;

impl Fees<'_> {
    /// Spends what the two buying routes have on the token, as far as it circulates; what is less than
    /// one token unit's price stays for the next time.
    pub(super) fn plan_purchases(
        &self,
        sight: &Sight<'_>,
        accounts: &RevenueAccounts,
        batch: &mut Batch,
        books: &mut Books,
    ) -> Result<(), Cause> {
        let FeeAsset::Other {
            price: Some(price), ..
        } = self.plan.asset
        else {
            return Ok(());
        };
        let token = sight.accounts;
        let mut left = sight.ledger.balance(token.circulating);
        for (route, to) in [(BUYBACK, token.treasury), (BURN, token.burned)] {
            let cash = sight.ledger.balance(accounts.routes[route]);
            let cash = cash.checked_add(self.parts[route])?;
            let (amount, cost) = affordable(cash, price, left)?;
            left = left.checked_sub(amount)?;
            batch.transfer(accounts.routes[route], accounts.sellers, cost);
            batch.transfer(token.circulating, to, amount);
            if route == BUYBACK {
                books.bought = books.bought.checked_add(amount)?;
            }
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
