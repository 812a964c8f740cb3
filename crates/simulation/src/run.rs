//! A whole run of a design, and what is read off it.

use tokenomics_fixed_math::{mul_div, Amount, Rounding, Timestamp, Wad};
use tokenomics_vesting::Schedule as _;

use crate::calendar::{self, Period};
use crate::collateral::{self, CollateralView};
use crate::design::{Allocation, Design, Stakeholder};
use crate::engine::{Engine, Row, RunError};

/// A design, run from the start of its window to the end.
#[derive(Debug)]
pub struct Run<'d> {
    /// What was run.
    pub design: &'d Design,
    /// The state at each point of the grid. Never empty.
    pub rows: Vec<Row>,
    /// Each calendar month of the window.
    pub months: Vec<Month>,
    /// The days on which most unlocks, largest first.
    pub largest_days: Vec<Unlock>,
    /// What unlocks at genesis itself.
    pub at_genesis: Amount,
    /// Where all units of the token are at the end, by account.
    pub accounts: Vec<(String, Amount)>,
    /// Where all units of the revenue asset are at the end, if it isn't the token.
    pub fee_accounts: Vec<(String, Amount)>,
    /// Tokens bought with revenue and kept.
    pub bought: Amount,
    /// Revenue in the token that nobody had anything left to pay with.
    pub unpaid: Amount,
    /// Revenue for lockers that nobody had a claim to.
    pub unallocated: Amount,
    /// How often the accounts were added up and found to sum to the supply.
    pub audits: u64,
    /// What the collateral is worth and bears.
    pub collateral: Option<CollateralView>,
}

/// One calendar month, in UTC.
#[derive(Debug, Clone)]
pub struct Month {
    /// Its first second.
    pub start: Timestamp,
    /// What vests in it, for each allocation, by the schedules.
    pub unlocked: Vec<Amount>,
    /// What is minted in it.
    pub minted: Amount,
    /// What had been issued, minted and not burned when it began.
    pub supply: Amount,
}

/// What vests on one day.
#[derive(Debug, Clone)]
pub struct Unlock {
    /// The day's first second, in UTC.
    pub day: Timestamp,
    /// How much of each allocation, by its index; only those that unlock anything.
    pub parts: Vec<(usize, Amount)>,
    /// The sum.
    pub amount: Amount,
}

impl Month {
    /// What vests in it, of all allocations.
    #[must_use]
    pub fn total(&self) -> Amount {
        // Each is a part of the genesis supply.
        Amount::try_sum(self.unlocked.iter().copied()).unwrap_or(Amount::MAX)
    }

    /// What is minted in it, against what there was; `None` if there was nothing.
    #[must_use]
    pub fn inflation(&self) -> Option<Wad> {
        ratio(self.minted, self.supply)
    }
}

/// part / whole, rounded down; `None` where there is no whole.
#[must_use]
pub fn ratio(part: Amount, whole: Amount) -> Option<Wad> {
    mul_div(part.get(), Wad::SCALE, whole.get(), Rounding::Floor)
        .ok()
        .map(Wad::from_raw)
}

/// Runs a design. `progress` is told how many of how many points are done.
///
/// # Errors
/// [`RunError`], at the first point that can't be reached soundly.
///
/// ```
/// use tokenomics_simulation::{run, starter, Design, Overrides};
///
/// let design = Design::parse("starter.toml", &starter("Demo"), Overrides::default())?;
/// let run = run(&design, |_, _| {})?;
/// let last = run.rows.last().expect("a run has rows");
/// assert!(last.circulating <= last.total_supply);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn run(design: &Design, mut progress: impl FnMut(u64, u64)) -> Result<Run<'_>, RunError> {
    let window = design.window;
    let refused = |error| RunError::new(window.start, "opening the ledger", error);
    let mut engine = Engine::new(design).map_err(refused)?;
    let before: Vec<_> = points_before(design).collect();
    let total = before.len() as u64 + window.step.count_between(window.start, window.end) + 1;
    for (done, at) in before.iter().enumerate() {
        engine.advance(*at)?;
        progress(done as u64, total);
    }
    let mut rows = Vec::new();
    for at in calendar::grid(window.start, window.end, window.step) {
        rows.push(engine.advance(at)?);
        let done = (before.len() + rows.len()) as u64;
        progress(done, total.max(done));
    }
    let months = months(design, &rows);
    let fees = engine.fees().map(|fees| fees.outcome());
    let owned = |(name, amount): (&str, Amount)| (name.to_owned(), amount);
    let fee_ledger = fees.as_ref().and_then(|fees| fees.ledger);
    let collateral = design.collateral.as_ref().map(collateral::view).transpose();
    Ok(Run {
        design,
        months,
        largest_days: largest_days(design),
        at_genesis: at_genesis(design),
        accounts: engine.ledger().accounts().map(owned).collect(),
        fee_accounts: fee_ledger
            .map_or_else(Vec::new, |ledger| ledger.accounts().map(owned).collect()),
        bought: fees.as_ref().map_or(Amount::ZERO, |fees| fees.bought),
        unpaid: fees.as_ref().map_or(Amount::ZERO, |fees| fees.unpaid),
        unallocated: fees.as_ref().map_or(Amount::ZERO, |fees| fees.unallocated),
        audits: engine.audits(),
        collateral: collateral.map_err(|error| RunError::new(window.start, "collateral", error))?,
        rows,
    })
}

/// The points from genesis up to the window, of which no rows are kept: a run that is looked at from
/// later on has the locks and the revenue of the time before.
fn points_before(design: &Design) -> impl Iterator<Item = Timestamp> {
    let (genesis, start) = (design.token.genesis, design.window.start);
    let points = (genesis < start).then(|| calendar::grid(genesis, start, design.window.step));
    points
        .into_iter()
        .flatten()
        .take_while(move |at| *at < start)
}

/// What has vested of an allocation at the last second before `at`.
fn vested_before(allocation: &Allocation, at: Timestamp) -> Amount {
    let Some(last) = at.get().checked_sub(1).map(Timestamp::new) else {
        return Amount::ZERO;
    };
    let parts = allocation
        .schedules
        .iter()
        .map(|schedule| schedule.vested_at(last));
    // A part of the allocation.
    Amount::try_sum(parts).unwrap_or(Amount::MAX)
}

fn difference(later: Amount, earlier: Amount) -> Amount {
    later.checked_sub(earlier).unwrap_or(Amount::ZERO)
}

fn at_genesis(design: &Design) -> Amount {
    let genesis = design.token.genesis;
    let vested = design
        .allocations
        .iter()
        .flat_map(|allocation| &allocation.schedules);
    Amount::try_sum(vested.map(|schedule| schedule.vested_at(genesis))).unwrap_or(Amount::MAX)
}

/// The months of the window, each from its first second up to the next one's.
fn months(design: &Design, rows: &[Row]) -> Vec<Month> {
    let window = design.window;
    let month = Period::Months(1);
    let mut start = calendar::month_of(window.start);
    let mut vested: Vec<_> = design
        .allocations
        .iter()
        .map(|a| vested_before(a, start))
        .collect();
    let emitted = |at: Timestamp| {
        let last = at.get().checked_sub(1).map(Timestamp::new);
        let parts = last.map(|at| design.emissions.iter().map(move |e| e.emitted_at(at)));
        // A part of the caps, which were summed when the design was read.
        parts.map_or(Amount::ZERO, |parts| {
            Amount::try_sum(parts).unwrap_or(Amount::MAX)
        })
    };
    let mut minted = emitted(start);
    let mut months = Vec::new();
    while start <= window.end {
        let Some(next) = month.after(start, 1) else {
            break;
        };
        let unlocked = design
            .allocations
            .iter()
            .zip(&mut vested)
            .map(|(allocation, before)| {
                let now = vested_before(allocation, next);
                difference(now, std::mem::replace(before, now))
            });
        let unlocked = unlocked.collect();
        let emitted_by_next = emitted(next);
        months.push(Month {
            start,
            unlocked,
            minted: difference(emitted_by_next, minted),
            supply: supply_before(design, rows, start, minted),
        });
        minted = emitted_by_next;
        start = next;
    }
    months
}

/// What there was when a month began: genesis and what was minted, less what had been burned at
/// the last point of the run before.
fn supply_before(design: &Design, rows: &[Row], at: Timestamp, minted: Amount) -> Amount {
    if at <= design.token.genesis {
        return Amount::ZERO;
    }
    let index = rows.partition_point(|row| row.time < at);
    let burned = index
        .checked_sub(1)
        .map_or(Amount::ZERO, |index| rows[index].burned);
    difference(
        design
            .token
            .supply
            .checked_add(minted)
            .unwrap_or(Amount::MAX),
        burned,
    )
}

/// How many days are named.
const LARGEST_DAYS: usize = 12;

/// The days on which most unlocks. Each schedule is asked once a day, and no more once all of it
/// has vested.
fn largest_days(design: &Design) -> Vec<Unlock> {
    let mut days: Vec<Unlock> = Vec::new();
    let window = design.window;
    let mut day = calendar::day_of(window.start.max(design.token.genesis));
    let last = design
        .allocations
        .iter()
        .flat_map(|a| &a.schedules)
        .map(|s| s.end())
        .max();
    let last = last.unwrap_or(day).min(window.end);
    let mut vested: Vec<_> = design
        .allocations
        .iter()
        .map(|a| vested_before(a, day))
        .collect();
    while day <= last {
        let next = Timestamp::new(day.get() + 86_400);
        let mut parts = Vec::new();
        for (index, (allocation, before)) in design.allocations.iter().zip(&mut vested).enumerate()
        {
            if *before == allocation.amount {
                continue;
            }
            let now = vested_before(allocation, next);
            let amount = difference(now, std::mem::replace(before, now));
            if !amount.is_zero() {
                parts.push((index, amount));
            }
        }
        let amount = Amount::try_sum(parts.iter().map(|(_, amount)| *amount));
        let amount = amount.unwrap_or(Amount::MAX);
        if !parts.is_empty() {
            days.push(Unlock { day, parts, amount });
        }
        if days.len() >= 4 * LARGEST_DAYS {
            keep_largest(&mut days);
        }
        day = next;
    }
    keep_largest(&mut days);
    days
}

fn keep_largest(days: &mut Vec<Unlock>) {
    days.sort_by(|a, b| b.amount.cmp(&a.amount).then(a.day.cmp(&b.day)));
    days.truncate(LARGEST_DAYS);
}

impl Run<'_> {
    /// The state at the end.
    #[must_use]
    pub fn last(&self) -> &Row {
        self.rows.last().expect("a grid has at least its start")
    }

    /// The first point at which `percent` of all that will ever exist circulates.
    #[must_use]
    pub fn date_circulating(&self, percent: u128) -> Option<Timestamp> {
        let all = self.design.max_supply();
        let target = all.mul_div(percent, 100, Rounding::Ceil).ok()?;
        self.rows
            .iter()
            .find(|row| row.circulating >= target)
            .map(|row| row.time)
    }

    /// The month in which most vests, without what vests at genesis itself.
    #[must_use]
    pub fn peak_unlock(&self) -> Option<(Timestamp, Amount)> {
        let genesis = calendar::month_of(self.design.token.genesis);
        let after_genesis = |month: &Month| {
            let total = month.total();
            if month.start == genesis {
                difference(total, self.at_genesis)
            } else {
                total
            }
        };
        let months = self
            .months
            .iter()
            .map(|month| (month.start, after_genesis(month)));
        first_largest(months.filter(|(_, amount)| !amount.is_zero()))
    }

    /// The month with the highest inflation, among those that began after genesis.
    #[must_use]
    pub fn peak_inflation(&self) -> Option<(Timestamp, Wad)> {
        let rates = self
            .months
            .iter()
            .filter_map(|month| Some((month.start, month.inflation()?)));
        first_largest(rates.filter(|(_, rate)| !rate.is_zero()))
    }

    /// What one kind of stakeholder was allocated, and has had vested and minted by the end.
    #[must_use]
    pub fn stakeholder(&self, who: Stakeholder) -> StakeholderTotals {
        let row = self.last();
        let (allocations, emissions) = (&self.design.allocations, &self.design.emissions);
        let sum = |amounts: &mut dyn Iterator<Item = Amount>| {
            // Parts of the maximum supply, which was summed when the design was read.
            Amount::try_sum(amounts).unwrap_or(Amount::MAX)
        };
        let ours = || {
            allocations
                .iter()
                .zip(&row.vested)
                .filter(|(a, _)| a.stakeholder == who)
        };
        let minted = emissions
            .iter()
            .zip(&row.minted)
            .filter(|(e, _)| e.stakeholder == who);
        let caps = emissions
            .iter()
            .filter(|e| e.stakeholder == who)
            .map(|e| e.cap());
        StakeholderTotals {
            allocated: sum(&mut ours().map(|(a, _)| a.amount)),
            vested: sum(&mut ours().map(|(_, vested)| *vested)),
            to_be_minted: sum(&mut { caps }),
            minted: sum(&mut minted.map(|(_, minted)| *minted)),
        }
    }
}

/// What one kind of stakeholder gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StakeholderTotals {
    /// Of the genesis supply.
    pub allocated: Amount,
    /// Of that, vested by the end of the run.
    pub vested: Amount,
    /// Of all emissions, to their ends.
    pub to_be_minted: Amount,
    /// Of that, minted by the end of the run.
    pub minted: Amount,
}

/// The largest, and the earliest of equals.
fn first_largest<T: Ord + Copy>(
    pairs: impl Iterator<Item = (Timestamp, T)>,
) -> Option<(Timestamp, T)> {
    pairs.reduce(|best, next| if next.1 > best.1 { next } else { best })
}
