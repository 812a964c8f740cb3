//! A position on its way down a path, and those who liquidate it.

use std::cell::Cell;
use std::collections::VecDeque;

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Span, Timestamp};
use tokenomics_haircut_collateral::{
    Action, Certificate, Debt, Haircut, Holding, Liquidation, LiquidationTerms, Portfolio,
};

use super::course::Course;
use super::{BacktestError, Market};

/// A row of the path as a position is judged at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The time.
    pub at: Timestamp,
    /// The price of a base unit of the asset, in base units of the quote.
    pub price: Ratio,
    /// The haircut by what is seen up to this row.
    pub haircut: Haircut,
}

/// Those who liquidate: by which terms, how late, and where they sell.
#[derive(Debug, Clone)]
pub struct Liquidators {
    /// The terms, which each liquidation is verified by.
    pub terms: LiquidationTerms,
    /// The time from what they see to what they do.
    pub late: Span,
    /// The market that they sell in, as it is before the first sale.
    pub market: Market,
}

/// A liquidation of a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sale {
    /// The index of the row.
    pub row: usize,
    /// The collateral seized and sold.
    pub seized: Amount,
    /// The debt repaid.
    pub repaid: Amount,
    /// The proceeds of the sale.
    pub proceeds: Amount,
    /// The debt written off, where the position was insolvent.
    pub written_off: Amount,
}

/// The end of a position: what became of its collateral and of its debt.
///
/// # Laws
/// `backtest_conserves`: seized + left = opened; repaid + written off + open = borrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The index of the row at which it was opened.
    pub row: usize,
    /// The collateral, in base units of the asset.
    pub opened: Amount,
    /// The debt, all of the initial credit, in base units of the quote.
    pub borrowed: Amount,
    /// The collateral that was seized.
    pub seized: Amount,
    /// The debt that was repaid.
    pub repaid: Amount,
    /// The debt that sales of an insolvent position didn't cover.
    pub written_off: Amount,
    /// The collateral left at the end of the path.
    pub left: Amount,
    /// The debt still open at the end of the path.
    pub open: Amount,
    /// The part of it that selling what is left wouldn't cover.
    pub shortfall: Amount,
    /// The liquidations, one after the other.
    pub sales: Vec<Sale>,
}

impl Outcome {
    /// Returns the bad debt: what was written off, and what a sale at the end wouldn't cover.
    #[must_use]
    pub fn bad_debt(&self) -> Amount {
        // Parts of what was borrowed, so the sum is no larger.
        self.written_off
            .checked_add(self.shortfall)
            .unwrap_or(self.borrowed)
    }
}

/// A position on its way.
struct Position<'w> {
    rows: &'w [Row],
    terms: &'w LiquidationTerms,
    market: Market,
    outcome: Outcome,
    /// Nearly all that a walk takes time for, counted.
    work: Cell<u64>,
}

/// Walks a position that is opened at a row to the end of the path, and counts the work: rows that are
/// looked at, liquidations that are tried and sales that fade.
///
/// # Errors
/// [`BacktestError`] for figures that can't be counted.
pub(super) fn walk(
    course: &Course<'_>,
    liquidators: &Liquidators,
    opened: Amount,
    row: usize,
) -> Result<(Outcome, u64), BacktestError> {
    let mut position = Position::open(course.rows, liquidators, opened, row)?;
    let mut seen: VecDeque<Timestamp> = VecDeque::new();
    let mut next = row;
    while let Some(at) = position.next_row(course, next, &seen) {
        position.worked(1);
        let now = course.rows[at].at;
        let is_due = |seen: &Timestamp| {
            now.since(*seen)
                .is_some_and(|gone| gone >= liquidators.late)
        };
        let mut due = liquidators.late.is_zero();
        while seen.front().is_some_and(is_due) {
            due = seen.pop_front().is_some();
        }
        if due && position.is_liquidatable(at) {
            position.liquidate(at)?;
        }
        if position.is_liquidatable(at) {
            seen.push_back(now);
        }
        next = at + 1;
    }
    let work = position.work.get();
    Ok((position.end()?, work))
}

impl<'w> Position<'w> {
    fn open(
        rows: &'w [Row],
        liquidators: &'w Liquidators,
        opened: Amount,
        row: usize,
    ) -> Result<Self, BacktestError> {
        let margin = tokenomics_haircut_collateral::Margin::Initial;
        let held = [Holding::new(opened, rows[row].price, rows[row].haircut)];
        let borrowed = Portfolio::new(&held, &[]).credit(margin)?;
        let outcome = Outcome {
            row,
            opened,
            borrowed,
            seized: Amount::ZERO,
            repaid: Amount::ZERO,
            written_off: Amount::ZERO,
            left: opened,
            open: borrowed,
            shortfall: Amount::ZERO,
            sales: Vec::new(),
        };
        Ok(Self {
            rows,
            terms: &liquidators.terms,
            market: liquidators.market.clone(),
            outcome,
            work: Cell::new(0),
        })
    }

    fn worked(&self, by: usize) {
        self.work.set(self.work.get().saturating_add(by as u64));
    }

    fn entries(&self, row: &Row) -> Option<([Holding; 1], [Debt; 1])> {
        let held = Holding::new(self.outcome.left, row.price, row.haircut);
        // A price of 1 is above 0, which is all that a debt asks.
        let debt = Debt::new(self.outcome.open, Ratio::ONE, Haircut::NONE).ok()?;
        Some(([held], [debt]))
    }

    fn fails(&self, row: &Row) -> bool {
        self.entries(row)
            .is_some_and(|(held, owed)| Portfolio::new(&held, &owed).is_liquidatable())
    }

    fn is_liquidatable(&self, row: usize) -> bool {
        self.fails(&self.rows[row])
    }

    /// Returns the next row at which something is to be looked at: the next of all while liquidators are
    /// on their way, or the next at which the position can be liquidated.
    fn next_row(
        &self,
        course: &Course<'_>,
        from: usize,
        seen: &VecDeque<Timestamp>,
    ) -> Option<usize> {
        match seen.is_empty() {
            false => Some(from).filter(|row| *row < self.rows.len()),
            true => course.first(from, &|row| self.fails(row)),
        }
    }

    /// Liquidates as much as the terms let and as it pays: all that an insolvent position holds.
    fn liquidate(&mut self, row: usize) -> Result<(), BacktestError> {
        let Some((held, owed)) = self.entries(&self.rows[row]) else {
            return Ok(());
        };
        let portfolio = Portfolio::new(&held, &owed);
        let most = self.liquidation(&portfolio, Amount::MAX)?;
        if let Certificate::BadDebt { .. } = most.certificate() {
            return self.sell_all(row);
        }
        // Some twenty sales that fade take as long as one liquidation.
        self.worked(self.outcome.sales.len() / 20);
        let displaced = self.market.displaced(self.rows[row].at)?;
        let pays = |part: &Liquidation| self.pays(row, displaced, &portfolio, part);
        let chosen = match pays(&most)? {
            true => Some(most),
            false => self.largest_that_pays(&portfolio, &most, pays)?,
        };
        let Some(chosen) = chosen else {
            return Ok(());
        };
        let (seized, repaid) = moved(&portfolio, &chosen);
        let proceeds = self
            .market
            .sell(self.rows[row].at, self.rows[row].price, seized)?;
        self.record(Sale {
            row,
            seized,
            repaid,
            proceeds,
            written_off: Amount::ZERO,
        })
    }

    /// Returns a liquidation by the terms, verified.
    fn liquidation(
        &self,
        portfolio: &Portfolio<'_>,
        at_most: Amount,
    ) -> Result<Liquidation, BacktestError> {
        self.worked(1);
        let liquidation = self.terms.liquidate(portfolio, at_most)?;
        liquidation.verify(self.terms, portfolio)?;
        Ok(liquidation)
    }

    /// Returns whether what is seized sells for what is repaid.
    fn pays(
        &self,
        row: usize,
        displaced: Amount,
        portfolio: &Portfolio<'_>,
        liquidation: &Liquidation,
    ) -> Result<bool, BacktestError> {
        let (seized, repaid) = moved(portfolio, liquidation);
        let price = self.rows[row].price;
        let proceeds = self.market.proceeds_from(displaced, price, seized)?;
        Ok(!seized.is_zero() && proceeds >= repaid)
    }

    /// Bisection over what is seized, at what all of it costs: the price that a sale pays falls with its size.
    fn largest_that_pays(
        &self,
        portfolio: &Portfolio<'_>,
        most: &Liquidation,
        pays: impl Fn(&Liquidation) -> Result<bool, BacktestError>,
    ) -> Result<Option<Liquidation>, BacktestError> {
        let (Action::Partial { .. }, (all, cost)) = (most.action(), moved(portfolio, most)) else {
            return Ok(None);
        };
        let (mut paying, mut losing, mut found) = (0, all.get(), None);
        while losing - paying > 1 {
            let middle = paying + (losing - paying) / 2;
            let at_most = cost.mul_div(middle, all.get(), Rounding::Ceil)?;
            // So little may raise no health, which is the same as none.
            let part = self.liquidation(portfolio, at_most).ok();
            match part {
                Some(part) if pays(&part)? => {
                    (paying, found) = (middle, Some(part));
                }
                _ => losing = middle,
            }
        }
        Ok(found)
    }

    /// Sells all that an insolvent position holds; what it doesn't bring is written off.
    fn sell_all(&mut self, row: usize) -> Result<(), BacktestError> {
        let (seized, open) = (self.outcome.left, self.outcome.open);
        let proceeds = self
            .market
            .sell(self.rows[row].at, self.rows[row].price, seized)?;
        let repaid = proceeds.min(open);
        let written_off = open.checked_sub(repaid)?;
        self.record(Sale {
            row,
            seized,
            repaid,
            proceeds,
            written_off,
        })
    }

    fn record(&mut self, sale: Sale) -> Result<(), BacktestError> {
        let outcome = &mut self.outcome;
        outcome.left = outcome.left.checked_sub(sale.seized)?;
        outcome.open = outcome
            .open
            .checked_sub(sale.repaid)?
            .checked_sub(sale.written_off)?;
        outcome.seized = outcome.seized.checked_add(sale.seized)?;
        outcome.repaid = outcome.repaid.checked_add(sale.repaid)?;
        outcome.written_off = outcome.written_off.checked_add(sale.written_off)?;
        outcome.sales.push(sale);
        Ok(())
    }

    /// Counts what is still open at what its sale would pay at the last row.
    fn end(mut self) -> Result<Outcome, BacktestError> {
        let last = &self.rows[self.rows.len() - 1];
        let worth = self
            .market
            .proceeds(last.at, last.price, self.outcome.left)?;
        self.outcome.shortfall = self.outcome.open.checked_sub(worth).unwrap_or_default();
        Ok(self.outcome)
    }
}

/// Returns what a liquidation seizes and repays.
fn moved(portfolio: &Portfolio<'_>, liquidation: &Liquidation) -> (Amount, Amount) {
    let seized = portfolio
        .holdings()
        .first()
        .map(|held| liquidation.seized_of(0, held));
    let repaid = portfolio
        .debts()
        .first()
        .map(|debt| liquidation.repaid_of(0, debt));
    (seized.unwrap_or_default(), repaid.unwrap_or_default())
}
