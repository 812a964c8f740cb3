//! Liquidations of a position at one fall of prices after the other.

use tokenomics_fixed_math::Amount;
use tokenomics_haircut_collateral::{
    Certificate, Debt, Error, Holding, Liquidation, LiquidationTerms, Margin, Portfolio,
};

use super::fallen;

/// The most liquidations of one position at one fall.
pub const MOST_LIQUIDATIONS: usize = 256;

/// The falls that a ladder has a rung for, in basis points: 0, 500 … 9,500.
const FALLS: [u64; 20] = [
    0, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000, 4_500, 5_000, 5_500, 6_000, 6_500,
    7_000, 7_500, 8_000, 8_500, 9_000, 9_500,
];

/// A position at one fall of prices after the other, each from the position of today.
///
/// Haircuts and add-ons are those of today's prices at every fall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// The holding whose price alone falls; all of them at once if none.
    pub falling: Option<usize>,
    /// The smallest fall, in basis points, at which the position can be liquidated; `None` if at none.
    pub liquidatable_from_bps: Option<u64>,
    /// The rungs.
    pub rungs: Vec<Rung>,
}

/// A position at one fall of prices, and what its liquidation does, repeated until it ends.
///
/// Amounts of holdings and debts are in base units of each, in the order of the design; values in quote base
/// units, at the fallen prices.
///
/// # Laws
/// `ladder_conserves`: what is seized and left of each holding is what was held, and what is repaid and left
/// of each debt what was owed; a bad debt is what is left owed where what is held is worth less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// The fall, in basis points.
    pub fall_bps: u64,
    /// The credit to stay open, before.
    pub credit: Amount,
    /// The amount that the debts count for to stay open, before.
    pub owed: Amount,
    /// False if it can be liquidated.
    pub healthy: bool,
    /// The number of liquidations by the certificate of each.
    pub certificates: Certificates,
    /// The amount repaid of each debt.
    pub repaid: Vec<Amount>,
    /// The value of all that is repaid, ceiled.
    pub repaid_value: Amount,
    /// The amount seized of each holding.
    pub seized: Vec<Amount>,
    /// The value of all that is seized, floored.
    pub seized_value: Amount,
    /// The value of what is left owed, the bad debt with it, ceiled.
    pub left_value: Amount,
    /// The value that is left owed with nothing of a price beside it.
    pub bad_debt: Amount,
    /// False where it can be liquidated still after [`MOST_LIQUIDATIONS`].
    pub ended: bool,
}

/// The number of liquidations, by their certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Certificates {
    /// Those that raise health.
    pub improves: u64,
    /// Those that close all of the position, which covers what it owes.
    pub full_close: u64,
    /// Those that leave a bad debt.
    pub bad_debt: u64,
}

impl Certificates {
    /// Returns the number of all.
    #[must_use]
    pub const fn count(self) -> u64 {
        // At most `MOST_LIQUIDATIONS` together.
        self.improves + self.full_close + self.bad_debt
    }
}

/// Computes what liquidation on some terms does to a position while the price of one holding falls, or those
/// of all.
///
/// Every liquidation is verified.
///
/// # Errors
/// [`Error::Overflow`] for a sum above [`Amount::MAX`], and [`Error::Uncertified`] if a liquidation didn't
/// verify, which none fails to.
pub fn ladder(
    terms: &LiquidationTerms,
    held: &[Holding],
    owed: &[Debt],
    falling: Option<usize>,
) -> Result<Ladder, Error> {
    let after = |bps| fallen_of(held, falling, bps);
    let rung = |bps| rung(terms, bps, after(bps), owed.to_vec());
    let liquidatable = |bps| Portfolio::new(&after(bps), owed).is_liquidatable();
    Ok(Ladder {
        falling,
        liquidatable_from_bps: first(liquidatable),
        rungs: FALLS.into_iter().map(rung).collect::<Result<_, _>>()?,
    })
}

/// Returns the first of 0 to 10,000 for which something holds that goes on to hold; `None` if there is none.
fn first(holds: impl Fn(u64) -> bool) -> Option<u64> {
    let (mut before, mut from) = (0, 10_001);
    while before < from {
        let middle = u64::midpoint(before, from);
        if middle > 10_000 || holds(middle) {
            from = middle;
        } else {
            before = middle + 1;
        }
    }
    (from <= 10_000).then_some(from)
}

/// Returns the holdings after a fall of one, or of all.
fn fallen_of(held: &[Holding], falling: Option<usize>, bps: u64) -> Vec<Holding> {
    let lower = fallen(held, bps);
    let each = held.iter().zip(lower).enumerate();
    each.map(|(index, (as_is, lower))| match falling {
        Some(one) if one != index => *as_is,
        _ => lower,
    })
    .collect()
}

fn rung(
    terms: &LiquidationTerms,
    fall_bps: u64,
    mut held: Vec<Holding>,
    mut owed: Vec<Debt>,
) -> Result<Rung, Error> {
    let portfolio = Portfolio::new(&held, &owed);
    let mut rung = Rung {
        fall_bps,
        credit: portfolio.credit(Margin::Maintenance)?,
        owed: portfolio.owed(Margin::Maintenance)?,
        healthy: portfolio.is_healthy(Margin::Maintenance),
        certificates: Certificates::default(),
        repaid: vec![Amount::ZERO; owed.len()],
        repaid_value: Amount::ZERO,
        seized: vec![Amount::ZERO; held.len()],
        seized_value: Amount::ZERO,
        left_value: Amount::ZERO,
        bad_debt: Amount::ZERO,
        ended: false,
    };
    for _ in 0..MOST_LIQUIDATIONS {
        let portfolio = Portfolio::new(&held, &owed);
        if !portfolio.is_liquidatable() || !rung.bad_debt.is_zero() {
            break;
        }
        let liquidation = terms.liquidate(&portfolio, Amount::MAX)?;
        liquidation.verify(terms, &portfolio)?;
        rung.count(liquidation.certificate());
        (held, owed) = rung.apply(&liquidation, &held, &owed)?;
    }
    let left = Portfolio::new(&held, &owed);
    rung.ended = !left.is_liquidatable() || !rung.bad_debt.is_zero();
    rung.value(&held, &owed)?;
    Ok(rung)
}

impl Rung {
    fn count(&mut self, certificate: Certificate) {
        match certificate {
            Certificate::Improves { .. } => self.certificates.improves += 1,
            Certificate::FullCloseRequired => self.certificates.full_close += 1,
            Certificate::BadDebt { amount } => {
                self.certificates.bad_debt += 1;
                self.bad_debt = amount;
            }
        }
    }

    /// Adds what a liquidation moves, and returns what it leaves of the position.
    fn apply(
        &mut self,
        liquidation: &Liquidation,
        held: &[Holding],
        owed: &[Debt],
    ) -> Result<(Vec<Holding>, Vec<Debt>), Error> {
        let held = held.iter().zip(&mut self.seized).enumerate();
        let held = held.map(|(index, (held, all))| {
            let seized = liquidation.seized_of(index, held);
            *all = all.checked_add(seized)?;
            Ok(held.with_amount(held.amount().checked_sub(seized)?))
        });
        let owed = owed.iter().zip(&mut self.repaid).enumerate();
        let owed = owed.map(|(index, (debt, all))| {
            let repaid = liquidation.repaid_of(index, debt);
            *all = all.checked_add(repaid)?;
            Ok(debt.with_amount(debt.amount().checked_sub(repaid)?))
        });
        let held: Result<_, Error> = held.collect();
        let owed: Result<_, Error> = owed.collect();
        Ok((held?, owed?))
    }

    /// Values what was seized, repaid and left owed, at the prices of the position.
    fn value(&mut self, held: &[Holding], owed: &[Debt]) -> Result<(), Error> {
        let seized = held.iter().zip(&self.seized);
        let seized = seized.map(|(held, seized)| held.with_amount(*seized));
        self.seized_value = Portfolio::new(&seized.collect::<Vec<_>>(), &[]).value()?;
        let repaid = owed.iter().zip(&self.repaid);
        let repaid = repaid.map(|(debt, repaid)| debt.with_amount(*repaid));
        self.repaid_value = Portfolio::new(&[], &repaid.collect::<Vec<_>>()).liabilities()?;
        self.left_value = Portfolio::new(&[], owed).liabilities()?;
        Ok(())
    }
}
