//! The chart of accounts of a design.

use tokenomics_fixed_math::{Amount, Rounding};

use crate::error::Cause;
use crate::ledger::{Account, Asset, Ledger, LedgerError};
use tokenomics_design::{Design, Destination, FeeAsset, FeePlan, Route};

/// The accounts of a token.
#[derive(Debug, Clone)]
pub struct Accounts {
    /// The token.
    pub token: Asset,
    /// The genesis supply before genesis.
    pub unissued: Account,
    /// The part of each emission that has a maximum which is not minted yet. What the others mint is
    /// issued as it is minted.
    pub unminted: Vec<Option<Account>>,
    /// The part of each allocation that has not vested yet.
    pub unvested: Vec<Account>,
    /// The vested and unclaimed part of each allocation that is claimed from time to time.
    pub claimable: Vec<Option<Account>>,
    /// The part of each emission that waits for the end of an epoch to go to gauges.
    pub directed: Vec<Option<Account>>,
    /// The holders' tokens that they can move.
    pub circulating: Account,
    /// The holders' tokens that are locked for votes.
    pub locked: Account,
    /// Revenue in the token that waits for lockers.
    pub rewards: Account,
    /// The treasury's tokens.
    pub treasury: Account,
    /// The tokens that are gone.
    pub burned: Account,
    /// The accounts of the asset that revenue comes in, where it isn't the token.
    pub revenue: Option<RevenueAccounts>,
}

/// The accounts of the asset that revenue comes in.
#[derive(Debug, Clone, Copy)]
pub struct RevenueAccounts {
    /// The asset.
    pub asset: Asset,
    /// All that the run will ever collect, before it is collected.
    pub outside: Account,
    /// Revenue for lockers that none of them has a claim to yet.
    pub waiting: Account,
    /// The recipients, one for each of [`Route::ALL`].
    pub routes: [Account; 8],
    /// The proceeds of those who sold tokens to the protocol.
    pub sellers: Account,
}

impl Accounts {
    pub(crate) fn open(ledger: &mut Ledger, design: &Design) -> Result<Self, Cause> {
        let token = ledger.asset(&design.token.symbol);
        let unissued = ledger.open(token, "unissued", design.token.supply)?;
        let mut each =
            |kind: &str, name: &str, opening| ledger.open(token, format!("{kind}:{name}"), opening);
        let mut unminted = Vec::new();
        for emission in &design.emissions {
            let account = emission
                .max
                .map(|max| each("unminted", &emission.name, max));
            unminted.push(account.transpose()?);
        }
        let (mut unvested, mut claimable) = (Vec::new(), Vec::new());
        for allocation in &design.allocations {
            unvested.push(each("unvested", &allocation.name, Amount::ZERO)?);
            let claimed_later = allocation.claim_every.is_some();
            let account = claimed_later.then(|| each("claimable", &allocation.name, Amount::ZERO));
            claimable.push(account.transpose()?);
        }
        let mut directed = Vec::new();
        for emission in &design.emissions {
            let account = emission
                .gauges
                .map(|_| each("directed", &emission.name, Amount::ZERO));
            directed.push(account.transpose()?);
        }
        let mut one = |name| ledger.open(token, name, Amount::ZERO);
        Ok(Self {
            token,
            unissued,
            unminted,
            unvested,
            claimable,
            directed,
            circulating: one("circulating")?,
            locked: one("locked")?,
            rewards: one("rewards")?,
            treasury: one("treasury")?,
            burned: one("burned")?,
            revenue: RevenueAccounts::open(ledger, design)?,
        })
    }

    /// Returns the account that a destination means.
    #[must_use]
    pub const fn of(&self, destination: Destination) -> Account {
        match destination {
            Destination::Circulating => self.circulating,
            Destination::Treasury => self.treasury,
        }
    }
}

impl RevenueAccounts {
    fn open(ledger: &mut Ledger, design: &Design) -> Result<Option<Self>, Cause> {
        let Some((plan, symbol)) = foreign(design) else {
            return Ok(None);
        };
        let asset = ledger.asset(symbol);
        let until = plan.end.min(design.window.end);
        let periods = plan.per.count_between(plan.start, until);
        let all = plan.revenue.mul_div(periods.into(), 1, Rounding::Floor);
        let all = all.map_err(|_| LedgerError::TooMuch)?;
        let outside = ledger.open(asset, "outside", all)?;
        let mut one = |name| ledger.open(asset, name, Amount::ZERO);
        let (waiting, sellers) = (one("waiting for lockers")?, one("sellers of the token")?);
        let mut routes = [outside; 8];
        for (route, account) in Route::ALL.into_iter().zip(routes.iter_mut()) {
            *account = one(route.name())?;
        }
        Ok(Some(Self {
            asset,
            outside,
            waiting,
            routes,
            sellers,
        }))
    }
}

fn foreign(design: &Design) -> Option<(&FeePlan, &str)> {
    let plan = design.fees.as_ref()?;
    match &plan.asset {
        FeeAsset::Token => None,
        FeeAsset::Other { symbol, .. } => Some((plan, symbol)),
    }
}
