//! Fees: what the protocol earns, to lockers, the treasury, buyback, burn and stakeholders.
//!
//! Revenue in another asset runs on a ledger of its own, whose account `outside` holds all that
//! the run will ever collect. Revenue in the token itself moves on the token's ledger.

use tokenomics_fee_split::{split_by_weights, Position, RewardPool};
use tokenomics_fixed_math::{Amount, Ratio, Rounding, Timestamp};

use super::Accounts;
use crate::design::{FeeAsset, FeePlan, Route};
use crate::ledger::{Account, Ledger, LedgerError, Transfer};

/// Where routes stand in [`Route::ALL`].
const LOCKERS: usize = 0;
const BUYBACK: usize = 2;
const BURN: usize = 3;

/// What went wrong with a payment.
#[derive(Debug, thiserror::Error)]
pub(super) enum FeeError {
    #[error(transparent)]
    Split(#[from] tokenomics_fee_split::Error),
    #[error(transparent)]
    Math(#[from] tokenomics_fixed_math::Error),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// The ledger of another asset.
#[derive(Debug)]
pub(crate) struct OtherAsset {
    pub(crate) ledger: Ledger,
    outside: Account,
    /// Revenue for lockers that none of them has a claim to yet.
    waiting: Account,
    routes: [Account; 8],
    /// Paid for tokens: what sellers got.
    sellers: Account,
}

/// What was earned and paid so far.
#[derive(Debug)]
pub(crate) struct FeeState {
    other: Option<OtherAsset>,
    /// One period's revenue for each route: the same each period, so that it doesn't matter how
    /// many periods one step covers.
    parts: [Amount; 8],
    periods: u64,
    routed: [Amount; 8],
    pool: RewardPool,
    lockers: Position,
    /// Tokens bought to keep; those bought to burn are in the token's account `burned`.
    bought: Amount,
    /// Revenue in the token that holders had nothing left to pay with.
    unpaid: Amount,
}

impl FeeState {
    pub(super) fn new(plan: &FeePlan, run_end: Timestamp) -> Result<Self, LedgerError> {
        let weights = plan.routes.map(|share| share.raw());
        let mut parts = [Amount::ZERO; 8];
        // The shares sum to 1, so there is always a weight to split by.
        split_by_weights(plan.revenue, &weights, &mut parts).map_err(|_| LedgerError::TooMuch)?;
        let other = match &plan.asset {
            FeeAsset::Token => None,
            FeeAsset::Other { .. } => Some(OtherAsset::open(plan, run_end)?),
        };
        Ok(Self {
            other,
            parts,
            periods: 0,
            routed: [Amount::ZERO; 8],
            pool: RewardPool::new(),
            lockers: Position::default(),
            bought: Amount::ZERO,
            unpaid: Amount::ZERO,
        })
    }

    /// Revenue so far, for each of [`Route::ALL`].
    pub(super) fn routed(&self) -> [Amount; 8] {
        self.routed
    }

    /// Tokens bought so far to keep, and revenue that could not be collected or paid out.
    pub(crate) fn outcome(&self) -> FeeOutcome<'_> {
        FeeOutcome {
            bought: self.bought,
            unpaid: self.unpaid,
            unallocated: self.pool.unallocated(),
            ledger: self.other.as_ref().map(|other| &other.ledger),
        }
    }

    /// Whether anyone has a claim on what comes in from here on. All lockers together are one
    /// position of one share: the run follows them as one, and one share divides without a rest.
    pub(super) fn set_lockers(&mut self, any: bool) -> Result<(), FeeError> {
        let shares = u128::from(any);
        if shares != self.pool.total_shares() {
            self.pool.set_shares(&mut self.lockers, shares)?;
        }
        Ok(())
    }

    pub(super) fn propose(
        &mut self,
        plan: &FeePlan,
        to: Timestamp,
        token: &Ledger,
        accounts: &Accounts,
        proposal: &mut Vec<Transfer>,
    ) -> Result<(), FeeError> {
        let passed = plan.per.count_between(plan.start, to.min(plan.end));
        let periods = u128::from(passed.saturating_sub(self.periods));
        self.periods = passed;
        if periods == 0 {
            return Ok(());
        }
        let mut due = [Amount::ZERO; 8];
        for (due, part) in due.iter_mut().zip(self.parts) {
            *due = part.mul_div(periods, 1, Rounding::Floor)?;
        }
        if self.other.is_some() {
            self.collect_other(plan, due, token, accounts, proposal)
        } else {
            self.collect_token(plan, due, token, accounts, proposal)
        }
    }

    /// Revenue in the token itself: paid out of circulation, as far as it goes.
    fn collect_token(
        &mut self,
        plan: &FeePlan,
        due: [Amount; 8],
        token: &Ledger,
        accounts: &Accounts,
        proposal: &mut Vec<Transfer>,
    ) -> Result<(), FeeError> {
        let asked = Amount::try_sum(due)?;
        let paid = asked.min(token.balance(accounts.circulating));
        self.unpaid = self.unpaid.checked_add(asked.checked_sub(paid)?)?;
        let mut parts = due;
        if paid != asked {
            split_by_weights(paid, &plan.routes.map(|share| share.raw()), &mut parts)?;
        }
        let from = accounts.circulating;
        for (route, amount) in Route::ALL.into_iter().zip(parts) {
            let to = match route {
                Route::Lockers => accounts.rewards,
                Route::Treasury | Route::Buyback => accounts.treasury,
                Route::Burn => accounts.burned,
                // From one holder to another.
                Route::To(_) => continue,
            };
            proposal.push(Transfer { from, to, amount });
        }
        self.add(parts)?;
        let claimed = self.pay_lockers(parts[LOCKERS])?;
        proposal.push(Transfer {
            from: accounts.rewards,
            to: from,
            amount: claimed,
        });
        Ok(())
    }

    /// Revenue in another asset, part of which may buy the token out of circulation.
    fn collect_other(
        &mut self,
        plan: &FeePlan,
        due: [Amount; 8],
        token: &Ledger,
        accounts: &Accounts,
        proposal: &mut Vec<Transfer>,
    ) -> Result<(), FeeError> {
        self.add(due)?;
        let claimed = self.pay_lockers(due[LOCKERS])?;
        let mut left = token.balance(accounts.circulating);
        let FeeAsset::Other { price, .. } = &plan.asset else {
            return Ok(());
        };
        let Some(other) = &mut self.other else {
            return Ok(());
        };
        other.receive(due, claimed)?;
        let Some(price) = *price else { return Ok(()) };
        for (route, to) in [(BUYBACK, accounts.treasury), (BURN, accounts.burned)] {
            let amount = other.buy(route, price, left)?;
            left = left.checked_sub(amount)?;
            proposal.push(Transfer {
                from: accounts.circulating,
                to,
                amount,
            });
            if route == BUYBACK {
                self.bought = self.bought.checked_add(amount)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, parts: [Amount; 8]) -> Result<(), FeeError> {
        for (total, part) in self.routed.iter_mut().zip(parts) {
            *total = total.checked_add(part)?;
        }
        Ok(())
    }

    /// Gives lockers their part through the pool, and has them claim all they can. What comes in
    /// while nobody has a lock waits for the first who does.
    fn pay_lockers(&mut self, amount: Amount) -> Result<Amount, FeeError> {
        self.pool.fund(amount)?;
        Ok(self.pool.claim(&mut self.lockers)?)
    }
}

impl OtherAsset {
    fn open(plan: &FeePlan, run_end: Timestamp) -> Result<Self, LedgerError> {
        let mut ledger = Ledger::default();
        let periods = plan.per.count_between(plan.start, plan.end.min(run_end));
        let all = plan
            .revenue
            .mul_div(u128::from(periods), 1, Rounding::Floor);
        let outside = ledger.open("outside", all.map_err(|_| LedgerError::TooMuch)?)?;
        let waiting = ledger.open("waiting for lockers", Amount::ZERO)?;
        let sellers = ledger.open("sellers of the token", Amount::ZERO)?;
        let mut routes = [outside; 8];
        for (route, account) in Route::ALL.into_iter().zip(routes.iter_mut()) {
            *account = ledger.open(route.name(), Amount::ZERO)?;
        }
        Ok(Self {
            ledger,
            outside,
            waiting,
            routes,
            sellers,
        })
    }

    /// Takes in one step's revenue, and pays lockers what they claimed of it.
    fn receive(&mut self, due: [Amount; 8], claimed: Amount) -> Result<(), LedgerError> {
        let mut to = self.routes;
        to[LOCKERS] = self.waiting;
        let from = self.outside;
        let collected = to
            .into_iter()
            .zip(due)
            .map(|(to, amount)| Transfer { from, to, amount });
        let paid = Transfer {
            from: self.waiting,
            to: self.routes[LOCKERS],
            amount: claimed,
        };
        self.ledger
            .apply(&collected.chain([paid]).collect::<Vec<_>>())?;
        self.ledger.audit()
    }

    /// Spends what a route has on the token, at most `left` of it; what is less than one token
    /// unit's price stays for the next time.
    fn buy(&mut self, route: usize, price: Ratio, left: Amount) -> Result<Amount, FeeError> {
        let cash = self.ledger.balance(self.routes[route]);
        // More than can be counted is more than there is to buy.
        let affordable = cash
            .mul_ratio(price.recip()?, Rounding::Floor)
            .unwrap_or(Amount::MAX);
        let bought = affordable.min(left);
        // Sellers are owed the price of what they gave, rounded up: at most the cash, as the
        // amount was rounded down.
        let cost = bought.mul_ratio(price, Rounding::Ceil)?;
        let spent = Transfer {
            from: self.routes[route],
            to: self.sellers,
            amount: cost,
        };
        self.ledger.apply(&[spent])?;
        Ok(bought)
    }
}

/// What fees did to the token.
#[derive(Debug)]
pub(crate) struct FeeOutcome<'a> {
    pub(crate) bought: Amount,
    pub(crate) unpaid: Amount,
    pub(crate) unallocated: Amount,
    pub(crate) ledger: Option<&'a Ledger>,
}
