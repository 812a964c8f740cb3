//! In what the pool and a portfolio differ, and how much was compared.

use std::fmt;

/// All in which the pool differs from a portfolio here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    HoldingFloored,
    DebtFloored,
    AverageCut,
    PercentUp,
    PercentDown,
    FactorUp,
    FactorDown,
    OffersMore,
    OffersLess,
    BorrowsMore,
    BorrowsLess,
    HealthyThere,
    LiquidatableThere,
    WholeThere,
    HalfThere,
    SeizesLess,
    SeizesMore,
    RestForLess,
    Overpaid,
    Nothing,
    NoTarget,
    NoGain,
    Insolvent,
    NothingWhole,
    Wide,
}

use Difference as D;

impl Difference {
    pub const ALL: [Self; 25] = [
        D::HoldingFloored,
        D::DebtFloored,
        D::AverageCut,
        D::PercentUp,
        D::PercentDown,
        D::FactorUp,
        D::FactorDown,
        D::OffersMore,
        D::OffersLess,
        D::BorrowsMore,
        D::BorrowsLess,
        D::HealthyThere,
        D::LiquidatableThere,
        D::WholeThere,
        D::HalfThere,
        D::SeizesLess,
        D::SeizesMore,
        D::RestForLess,
        D::Overpaid,
        D::Nothing,
        D::NoTarget,
        D::NoGain,
        D::Insolvent,
        D::NothingWhole,
        D::Wide,
    ];

    /// What the pool does, by how much at most, and who gains by it beside the exact number, which is the
    /// one here.
    ///
    /// A unit is one of the base currency, 10^-8 of a dollar; n is the number of holdings and m that of
    /// debts that aren't worth a whole number of them, V what all holdings are worth, D what is owed, f the
    /// bonus as a factor.
    fn says(self) -> [&'static str; 3] {
        let slack = "m + 1/2 + D/(2*10^18) units short";
        let spare = "n + V/10^4 + 1/2 + D/(2*10^18) units to spare";
        match self {
            D::HoldingFloored => ["counts holdings for less", "n units", "the pool"],
            D::DebtFloored => ["counts debts for less", "m units", "the borrower"],
            D::AverageCut => ["cuts an average weight", "V/10^4", "the pool"],
            D::PercentUp => ["rounds what counts up", "1/2 unit", "the borrower"],
            D::PercentDown => ["rounds what counts down", "1/2 unit", "the pool"],
            D::FactorUp => ["rounds the factor up", "10^-18/2", "the borrower"],
            D::FactorDown => ["rounds the factor down", "10^-18/2", "the pool"],
            D::OffersMore => ["shows more to borrow", "m + 1/2 units", "the borrower"],
            D::OffersLess => ["shows less to borrow", "n + V/10^4 + 1/2 units", "the pool"],
            D::BorrowsMore => ["lends more", "m + 3/2 units", "the borrower"],
            D::BorrowsLess => [
                "lends less",
                "n + V/10^4 + D/(2*10^18) + 3/2 units and one of the asset",
                "the pool",
            ],
            D::HealthyThere => ["spares what is unhealthy", slack, "the borrower"],
            D::LiquidatableThere => ["liquidates what is healthy", spare, "the liquidator"],
            D::WholeThere => ["lets all be repaid above 0.95", spare, "the liquidator"],
            D::HalfThere => [
                "lets half be repaid at 0.95 or below",
                slack,
                "the borrower",
            ],
            D::SeizesLess => ["seizes less", "f + 1/2 of the asset", "the borrower"],
            D::SeizesMore => ["seizes more", "1 of the asset", "the liquidator"],
            D::RestForLess => ["sells a rest for less", "2 of the debt", "the liquidator"],
            D::Overpaid => [
                "asks for more for a rest",
                "1 + 1/(2*f) of the asset",
                "the borrower",
            ],
            D::Nothing => [
                "refuses what is worth no unit",
                "f of the asset or 1 of the debt",
                "nobody",
            ],
            D::NoTarget => [
                "repays beyond a target",
                "the close factor",
                "the liquidator",
            ],
            D::NoGain => [
                "liquidates though health or cover can't rise",
                "the close factor",
                "the liquidator",
            ],
            D::Insolvent => [
                "pays a bonus where more is owed than held",
                "the bonus",
                "the liquidator",
            ],
            D::NothingWhole => [
                "refuses as nothing what is closed whole here",
                "all of it",
                "nobody",
            ],
            D::Wide => ["counts 2^128 units and more", "256 bits", "nobody"],
        }
    }
}

/// How much was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub positions: u64,
    pub grouped: u64,
    pub assets: u64,
    /// Positions about which the pool and the portfolio agree whether they are healthy.
    pub verdicts: u64,
    /// Amounts to borrow, and those that are the same to the unit.
    pub borrows: u64,
    pub borrows_same: u64,
    /// Liquidations in part that both do, and of which both amounts are the same to the unit.
    pub parts: u64,
    pub parts_same: u64,
    /// Of those that both refuse: as healthy, and by a pair without a gain here that the pool has nothing for.
    pub healthy: u64,
    pub neither: u64,
    /// Of those without a gain: after which health is lower there, what is held over what is owed is, neither
    /// is, and more is owed than held.
    pub health_fell: u64,
    pub cover_fell: u64,
    pub neither_fell: u64,
    pub bad_debts: u64,
    /// The most that a health factor there is below the exact one, and above, in 10^-9 of it, where a dollar
    /// or more is owed, half or more of what is held counts, and the factor is from 1/2 to 2.
    pub below: u64,
    pub above: u64,
    pub differences: [u64; D::ALL.len()],
}

impl Tally {
    pub fn note(&mut self, difference: Difference) {
        self.differences[difference as usize] += 1;
    }

    /// Those that were seen.
    #[cfg(test)]
    pub fn seen(&self) -> Vec<Difference> {
        let all = D::ALL.into_iter();
        all.filter(|difference| self.differences[*difference as usize] > 0)
            .collect()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "Pool of Aave v3: {} positions of {} assets, {} of them in a category, each account as in plain \
             numbers; of {} the verdict is the same; of {} amounts to borrow {} are the same to the unit, of {} \
             liquidations in part {}; {} are refused by both as healthy, {} otherwise; the health factor is below the exact \
             one by at most {} * 10^-9 of it and above by {}, where a dollar or more is owed, half or more \
             of what is held counts and the factor is from 1/2 to 2; of those without a gain {} leave a lower health there, {} less held over owed, {} \
             neither, {} a bad debt. Only the pool",
            self.positions,
            self.assets,
            self.grouped,
            self.verdicts,
            self.borrows,
            self.borrows_same,
            self.parts,
            self.parts_same,
            self.healthy,
            self.neither,
            self.below,
            self.above,
            self.health_fell,
            self.cover_fell,
            self.neither_fell,
            self.bad_debts,
        )?;
        for (difference, count) in D::ALL.into_iter().zip(self.differences) {
            let [what, bound, gains] = difference.says();
            writeln!(f, "  {what}: {count} times, at most {bound}; {gains} gains")?;
        }
        Ok(())
    }
}
