//! A whole run of a design, and the record of it.

use tokenomics_fixed_math::{mul_div, Amount, Error, Rounding, Timestamp, Wad};

use crate::collateral::{self, CollateralView};
use crate::record::{
    per_token, sum_of, Curve, Days, Log, Month, Months, Reader, Sampler, Series, Silence, Unlock,
    Year, Years,
};
use crate::{Asset, Cause, Engine, Mechanism, Row, RunError};
use tokenomics_design::{Design, FeeAsset, Flow, Stakeholder};

/// The record of a design that was run from genesis to the end of its window.
///
/// None of it but `steps` and `audits` depends on the distance of the series' rows.
#[derive(Debug)]
pub struct Run<'d> {
    /// The design.
    pub design: &'d Design,
    /// The number of rows that the series has.
    pub steps: u64,
    /// The state at the window's end.
    pub last: Row,
    /// The window's first instant, each 1 January in it, and its end, with what there was.
    pub years: Vec<Year>,
    /// The state at evenly spaced instants, for charts.
    pub curve: Curve,
    /// The calendar months of the window.
    pub months: Vec<Month>,
    /// The days on which most unlocks, largest first.
    pub largest_days: Vec<Unlock>,
    /// The events from genesis to the window's end.
    pub log: Log,
    /// The amount that unlocks at genesis itself.
    pub at_genesis: Amount,
    /// The sums of each of [`Stakeholder::ALL`].
    pub stakeholders: [StakeholderTotals; 4],
    /// All units of the token that accounts hold at the end: [`Design::all`], and what emissions
    /// without a maximum have minted.
    pub all: Amount,
    /// The accounts of the token at the end, each with what it holds.
    pub accounts: Vec<(String, Amount)>,
    /// The other assets that revenue comes in, each with its accounts at the end and what they hold.
    pub fee_accounts: Vec<(String, Vec<(String, Amount)>)>,
    /// The number of times that the accounts were audited.
    pub audits: u64,
    /// All that is locked at the end, by when it opens, in the order of the programmes.
    pub expiries: Vec<Expiry>,
    /// The revenue that came while nobody had weight and doesn't wait, for each route to lockers in the
    /// order of the plan.
    pub silences: Vec<Silence>,
    /// The worth of the collateral, and the fall that it bears.
    pub collateral: Option<CollateralView>,
}

/// An amount that is locked, and when it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expiry {
    /// The programme that it is locked under, by its place in the design.
    pub programme: usize,
    /// The end of the lock; `None` if it never opens.
    pub end: Option<Timestamp>,
    /// The amount.
    pub amount: Amount,
}

/// Returns part / whole; `None` where there is no whole.
///
/// # Rounding
/// Floor, to 18 decimals.
#[must_use]
pub fn ratio(part: Amount, whole: Amount) -> Option<Wad> {
    mul_div(part.get(), Wad::SCALE, whole.get(), Rounding::Floor)
        .ok()
        .map(Wad::from_raw)
}

/// Runs a design.
///
/// # Errors
/// [`RunError`], at the first instant that can't be reached soundly.
///
/// ```
/// use tokenomics_design::{starter, Design, Overrides};
/// use tokenomics_engine::run;
///
/// let design = Design::parse("starter.toml", &starter("Demo"), Overrides::default())?;
/// let run = run(&design)?;
/// assert!(run.last.totals.circulating <= run.last.totals.total_supply);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn run(design: &Design) -> Result<Run<'_>, RunError> {
    run_with(design, |_| Ok(()))
}

/// Runs a design, and hands each row of the series to `each` as soon as it is there. No row is kept.
///
/// # Errors
/// [`RunError`], at the first instant that can't be reached soundly, and what `each` returns.
///
/// ```
/// use tokenomics_design::{starter, Design, Overrides};
/// use tokenomics_engine::{run_with, RunError};
///
/// let design = Design::parse("starter.toml", &starter("Demo"), Overrides::default())?;
/// let mut most_locked = Default::default();
/// run_with(&design, |row| {
///     most_locked = row.totals.locked.max(most_locked);
///     Ok::<(), RunError>(())
/// })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn run_with<E: From<RunError>>(
    design: &Design,
    mut each: impl FnMut(&Row) -> Result<(), E>,
) -> Result<Run<'_>, E> {
    let mut engine = Engine::new(design)?;
    let mut readers = Readers::new(design);
    let mut series = Series::new(design.window);
    let mut row = Row::default();
    loop {
        let next = [readers.next(), series.next()];
        let Some(at) = next.into_iter().flatten().min() else {
            break;
        };
        engine.advance(at)?;
        engine.read(&mut row)?;
        readers.read(&row)?;
        if series.next() == Some(at) {
            series.advance();
            each(&row)?;
        }
    }
    engine.settle()?;
    Ok(finished(engine, readers, series.count(), row)?)
}

/// All parts of the record but the series.
struct Readers {
    genesis: Genesis,
    years: Years,
    curve: Sampler,
    months: Months,
    days: Days,
    next: Option<Timestamp>,
}

/// The amount that has vested at genesis itself.
struct Genesis {
    next: Option<Timestamp>,
    vested: Amount,
}

impl Reader for Genesis {
    fn next(&self) -> Option<Timestamp> {
        self.next
    }

    fn read(&mut self, row: &Row) -> Result<(), Cause> {
        self.vested = row.totals.vested;
        self.next = None;
        Ok(())
    }
}

impl Readers {
    fn new(design: &Design) -> Self {
        let genesis = design.token.genesis;
        let mut readers = Self {
            genesis: Genesis {
                next: (genesis <= design.window.end).then_some(genesis),
                vested: Amount::ZERO,
            },
            years: Years::new(design.window),
            curve: Sampler::new(design),
            months: Months::new(design),
            days: Days::new(design),
            next: None,
        };
        readers.schedule();
        readers
    }

    fn all(&mut self) -> [&mut dyn Reader; 5] {
        let Self {
            genesis,
            years,
            curve,
            months,
            days,
            ..
        } = self;
        [genesis, years, curve, months, days]
    }

    fn schedule(&mut self) {
        self.next = self.all().iter().filter_map(|reader| reader.next()).min();
    }

    fn next(&self) -> Option<Timestamp> {
        self.next
    }

    fn read(&mut self, row: &Row) -> Result<(), RunError> {
        if self.next != Some(row.time) {
            return Ok(());
        }
        for reader in self.all() {
            if reader.next() == Some(row.time) {
                let read = reader.read(row);
                read.map_err(|cause| RunError::new(row.time, Mechanism::Record, cause))?;
            }
        }
        self.schedule();
        Ok(())
    }
}

fn finished<'d>(
    engine: Engine<'d>,
    readers: Readers,
    steps: u64,
    last: Row,
) -> Result<Run<'d>, RunError> {
    let (design, at) = (engine.design(), last.time);
    let collateral = design.collateral.as_ref().map(collateral::view).transpose();
    let collateral = collateral.map_err(|error| RunError::new(at, Mechanism::Collateral, error))?;
    let audited = engine.ledger().audit();
    audited.map_err(|error| RunError::new(at, Mechanism::Audit, error))?;
    let stakeholders = stakeholders(design, &last);
    let stakeholders = stakeholders.map_err(|error| RunError::new(at, Mechanism::Record, error))?;
    let all = all(design, &last);
    let all = all.map_err(|error| RunError::new(at, Mechanism::Record, error))?;
    let (expiries, silences) = (engine.expiries()?, engine.silences()?);
    let owned = |(name, amount): (&str, Amount)| (name.to_owned(), amount);
    let held = |asset: Asset| -> Vec<_> { engine.ledger().accounts(asset).map(owned).collect() };
    let accounts = engine.accounts();
    let assets = design.fees.iter().flat_map(|plan| &plan.assets);
    let others = assets.zip(&accounts.fees.assets);
    let fee_accounts = others.filter_map(|(asset, accounts)| match asset {
        FeeAsset::Token => None,
        FeeAsset::Other { symbol, .. } => Some((symbol.clone(), held(accounts.as_ref()?.asset))),
    });
    Ok(Run {
        design,
        steps,
        years: readers.years.finish(),
        curve: readers.curve.finish(),
        months: readers.months.finish(),
        largest_days: readers.days.finish(),
        at_genesis: readers.genesis.vested,
        stakeholders,
        all,
        accounts: held(accounts.token),
        fee_accounts: fee_accounts.collect(),
        audits: engine.audits(),
        expiries,
        silences,
        collateral,
        last,
        log: engine.into_log(),
    })
}

/// All units of the token by the end, as the mechanisms count them.
fn all(design: &Design, last: &Row) -> Result<Amount, Error> {
    let minted = design.emissions.iter().zip(&last.minted);
    let endless = minted.filter(|(emission, _)| emission.is_endless());
    let endless = Amount::try_sum(endless.map(|(_, minted)| *minted))?;
    design.all.checked_add(endless)
}

/// The sums of each kind of stakeholder by the end.
fn stakeholders(design: &Design, last: &Row) -> Result<[StakeholderTotals; 4], Error> {
    let mut all = [StakeholderTotals {
        to_be_minted: Some(Amount::ZERO),
        ..StakeholderTotals::default()
    }; 4];
    for (allocation, vested) in design.allocations.iter().zip(&last.vested) {
        let totals = &mut all[allocation.stakeholder.index()];
        totals.allocated = totals.allocated.checked_add(allocation.amount)?;
        totals.vested = totals.vested.checked_add(*vested)?;
    }
    let minted = last.minted.iter().zip(&last.directed);
    for (emission, (minted, directed)) in design.emissions.iter().zip(minted) {
        let totals = &mut all[emission.stakeholder.index()];
        // What gauges got is theirs.
        totals.minted = totals.minted.checked_add(minted.checked_sub(*directed)?)?;
        totals.to_be_minted = match (totals.to_be_minted, emission.max) {
            (Some(sum), Some(max)) => Some(sum.checked_add(max.checked_sub(*directed)?)?),
            _ => None,
        };
    }
    for (gauge, got) in design.gauges.iter().zip(&last.gauges) {
        let totals = &mut all[gauge.stakeholder.index()];
        totals.minted = totals.minted.checked_add(*got)?;
        if let Some(sum) = &mut totals.to_be_minted {
            *sum = sum.checked_add(*got)?;
        }
    }
    Ok(all)
}

impl Run<'_> {
    /// Returns the sums of one kind of stakeholder.
    #[must_use]
    pub fn stakeholder(&self, who: Stakeholder) -> StakeholderTotals {
        self.stakeholders[who.index()]
    }

    /// Returns the flows of revenue that there may be, in the order of [`Row::flows`].
    #[must_use]
    pub fn flows(&self) -> Vec<Flow> {
        let programmes = self.design.escrow.as_ref();
        let programmes = programmes.map_or(0, |plan| plan.programmes.len());
        let plan = self.design.fees.as_ref();
        plan.map_or_else(Vec::new, |plan| plan.flows(programmes))
    }

    /// Returns the value that a month brings to holders in an asset of the plan of revenue, for each token that
    /// circulates at its first instant, in whole units of both: what is paid to lockers, spent on the token
    /// and burned. `None` if nothing circulates, for an asset that there isn't, and for more than can be told.
    ///
    /// # Rounding
    /// Floor, to 18 decimals.
    #[must_use]
    pub fn value_accrued_in(&self, month: &Month, asset: usize) -> Option<Wad> {
        let sum = month.accruals.get(asset)?.sum().ok()?;
        let token = self.design.token.decimals;
        let decimals = match self.design.fees.as_ref()?.assets.get(asset)? {
            FeeAsset::Token => token,
            FeeAsset::Other { decimals, .. } => *decimals,
        };
        per_token((sum, decimals), (month.circulating, token))
    }

    /// Returns the sum over the months of the window of [`value_accrued_in`](Self::value_accrued_in) in an
    /// asset; `None` where nothing circulates in any, and where one of them or the sum can't be told.
    #[must_use]
    pub fn value_accrued(&self, asset: usize) -> Option<Wad> {
        let months = self.months.iter();
        let months = months.filter(|month| !month.circulating.is_zero());
        let months = months.filter(|month| asset < month.accruals.len());
        let values = months.map(|month| self.value_accrued_in(month, asset));
        sum_of(&values.collect::<Vec<_>>())
    }

    /// Returns the month in which most vests.
    #[must_use]
    pub fn peak_unlock(&self) -> Option<&Month> {
        let months = self.months.iter().filter(|month| !month.total.is_zero());
        first_largest(months.map(|month| (month, month.total))).map(|(month, _)| month)
    }

    /// Returns the month with the highest inflation, and how high it is.
    #[must_use]
    pub fn peak_inflation(&self) -> Option<(&Month, Wad)> {
        let rates = self.months.iter();
        let rates = rates.filter_map(|month| Some((month, month.inflation()?)));
        first_largest(rates.filter(|(_, rate)| !rate.is_zero()))
    }
}

/// The sums of one kind of stakeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StakeholderTotals {
    /// The part of the genesis supply.
    pub allocated: Amount,
    /// The part of that which has vested by the end of the run.
    pub vested: Amount,
    /// The most that all emissions may ever mint; `None` where one of them has no maximum.
    pub to_be_minted: Option<Amount>,
    /// The part of that which is minted by the end of the run.
    pub minted: Amount,
}

/// The largest, and the earliest of equals.
fn first_largest<K, T: Ord>(pairs: impl Iterator<Item = (K, T)>) -> Option<(K, T)> {
    pairs.reduce(|best, next| if next.1 > best.1 { next } else { best })
}
