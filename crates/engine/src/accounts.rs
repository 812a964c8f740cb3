//! The chart of accounts of a design.

use tokenomics_fixed_math::{Amount, Error, Rounding};

use crate::error::Cause;
use crate::ledger::{Account, Asset, Ledger, LedgerError};
use tokenomics_design::{Design, Destination, FeeAsset, FeePlan, FeeRoute, RouteKind};

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
    /// The holders' tokens that vaults hold, one for each vault.
    pub vaults: Vec<Account>,
    /// The accounts of revenue.
    pub fees: FeeAccounts,
}

/// The accounts of revenue.
#[derive(Debug, Clone, Default)]
pub struct FeeAccounts {
    /// The accounts of each asset that revenue comes in; `None` for the token.
    pub assets: Vec<Option<RevenueAccounts>>,
    /// The account of each route, whose units are in it: of lockers, what they were paid, which in the
    /// token circulates.
    pub routes: Vec<Account>,
    /// The accounts among them of buffers and waterfalls in the token.
    pub reserves: Vec<Account>,
}

/// The accounts of another asset that revenue comes in, but those of its routes.
#[derive(Debug, Clone, Copy)]
pub struct RevenueAccounts {
    /// The asset.
    pub asset: Asset,
    /// All that the run will ever collect, before it is collected.
    pub outside: Account,
    /// Revenue for lockers that none of them has a claim to yet.
    pub waiting: Account,
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
        let mut one = |name: &str| ledger.open(token, name, Amount::ZERO);
        let mut accounts = Self {
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
            vaults: Vec::new(),
            fees: FeeAccounts::default(),
        };
        for vault in &design.vaults {
            let name = format!("vault:{}", vault.name);
            let account = ledger.open(token, name, Amount::ZERO)?;
            accounts.vaults.push(account);
        }
        if let Some(plan) = &design.fees {
            accounts.fees = FeeAccounts::open(ledger, &accounts, (design, plan))?;
        }
        Ok(accounts)
    }

    /// Returns the account that a destination means.
    #[must_use]
    pub const fn of(&self, destination: Destination) -> Account {
        match destination {
            Destination::Circulating => self.circulating,
            Destination::Treasury => self.treasury,
        }
    }

    /// Returns the account that revenue in an asset comes out of.
    pub(crate) fn source(&self, asset: usize) -> Account {
        let other = self.fees.assets[asset].as_ref();
        other.map_or(self.circulating, |other| other.outside)
    }

    /// Returns the account in which revenue in an asset waits for lockers.
    pub(crate) fn waiting(&self, asset: usize) -> Account {
        let other = self.fees.assets[asset].as_ref();
        other.map_or(self.rewards, |other| other.waiting)
    }

    /// Returns what vaults hold.
    pub(crate) fn in_vaults(&self, ledger: &Ledger) -> Result<Amount, Error> {
        Amount::try_sum(self.vaults.iter().map(|account| ledger.balance(*account)))
    }

    /// Returns what buffers and waterfalls keep of the token.
    pub(crate) fn reserves(&self, ledger: &Ledger) -> Result<Amount, Error> {
        let kept = self.fees.reserves.iter();
        Amount::try_sum(kept.map(|account| ledger.balance(*account)))
    }

    /// Returns what holders have: what they can move, what is locked, and what is in vaults.
    pub(crate) fn held_by_holders(&self, ledger: &Ledger) -> Result<Amount, Error> {
        let held = ledger.balance(self.circulating);
        let held = held.checked_add(ledger.balance(self.locked))?;
        held.checked_add(self.in_vaults(ledger)?)
    }
}

impl FeeAccounts {
    fn open(
        ledger: &mut Ledger,
        accounts: &Accounts,
        (design, plan): (&Design, &FeePlan),
    ) -> Result<Self, Cause> {
        let mut fees = Self::default();
        for asset in 0..plan.assets.len() {
            let opened = RevenueAccounts::open(ledger, (design, plan), asset)?;
            fees.assets.push(opened);
        }
        for route in &plan.routes {
            let account = match &fees.assets[route.asset] {
                Some(other) => ledger.open(other.asset, &route.name, Amount::ZERO)?,
                None => in_token(ledger, accounts, route)?,
            };
            let keeps = matches!(
                route.kind,
                RouteKind::Buffer { .. } | RouteKind::Waterfall { .. }
            );
            if keeps && fees.assets[route.asset].is_none() {
                fees.reserves.push(account);
            }
            fees.routes.push(account);
        }
        Ok(fees)
    }
}

/// The account of a route in the token; of its own where the route keeps anything.
fn in_token(
    ledger: &mut Ledger,
    accounts: &Accounts,
    route: &FeeRoute,
) -> Result<Account, LedgerError> {
    Ok(match &route.kind {
        RouteKind::Treasury | RouteKind::Buyback(_) => accounts.treasury,
        RouteKind::Burn => accounts.burned,
        RouteKind::Vault { vault } => accounts.vaults[*vault],
        RouteKind::Buffer { .. } | RouteKind::Waterfall { .. } => {
            let name = format!("route:{}", route.name);
            ledger.open(accounts.token, name, Amount::ZERO)?
        }
        // From one holder to another.
        RouteKind::To(_) | RouteKind::Lockers { .. } | RouteKind::Split(_) => accounts.circulating,
    })
}

impl RevenueAccounts {
    fn open(
        ledger: &mut Ledger,
        (design, plan): (&Design, &FeePlan),
        place: usize,
    ) -> Result<Option<Self>, Cause> {
        let FeeAsset::Other { symbol, .. } = &plan.assets[place] else {
            return Ok(None);
        };
        let asset = ledger.asset(symbol);
        let mut all = Amount::ZERO;
        for stream in plan.streams.iter().filter(|one| one.asset == place) {
            let until = stream.end.min(design.window.end);
            let periods = stream.per.count_between(stream.start, until);
            let sum = stream.revenue.mul_div(periods.into(), 1, Rounding::Floor);
            let sum = sum.and_then(|sum| all.checked_add(sum));
            all = sum.map_err(|_| LedgerError::TooMuch)?;
        }
        let outside = ledger.open(asset, "outside", all)?;
        let mut one = |name| ledger.open(asset, name, Amount::ZERO);
        let (waiting, sellers) = (one("waiting for lockers")?, one("sellers of the token")?);
        Ok(Some(Self {
            asset,
            outside,
            waiting,
            sellers,
        }))
    }
}
