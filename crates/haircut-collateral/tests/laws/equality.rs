//! The law of a portfolio that owes exactly what it holds.

use tokenomics_fixed_math::{Amount, Ratio, Wad};
use tokenomics_haircut_collateral::{Debt, Haircut, Holding, Margin, Portfolio};

use super::{exact_entries, holding, Entry};

/// A portfolio that owes as much as it holds is healthy and solvent, in whatever order and over whatever
/// denominators of 18 decimals or fewer its debts are; with a unit more of any debt, or less of any holding,
/// it is neither.
pub(crate) fn healthy_at_equality(held: &[Entry], rescaled: &[u8], at: usize) {
    let held: Vec<_> = exact_entries(held).iter().map(full).collect();
    let mut owed = Vec::new();
    for (at, held) in held.iter().enumerate().rev() {
        let by = rescaled.get(at).copied().unwrap_or(0);
        // An unpriced holding is worth nothing, and has no debt beside it.
        owed.extend(Debt::new(
            held.amount(),
            over(held.price(), by),
            Haircut::NONE,
        ));
    }
    assert_covers(&held, &owed, true);
    let Some(at) = at.checked_rem(owed.len()) else {
        return;
    };
    let mut more = owed.clone();
    if let Ok(amount) = more[at].amount().checked_add(Amount::new(1)) {
        more[at] = more[at].with_amount(amount);
        assert_covers(&held, &more, false);
    }
    let mut less = held.clone();
    let priced = less.iter_mut().filter(|held| !held.price().is_zero());
    if let Some(held) = priced.into_iter().nth(at) {
        if let Ok(amount) = held.amount().checked_sub(Amount::new(1)) {
            *held = held.with_amount(amount);
            assert_covers(&less, &owed, false);
        }
    }
}

fn assert_covers(held: &[Holding], owed: &[Debt], expected: bool) {
    let portfolio = Portfolio::new(held, owed);
    for margin in Margin::ALL {
        assert_eq!(portfolio.is_healthy(margin), expected, "{portfolio:?}");
    }
    assert_eq!(portfolio.is_solvent(), expected, "{portfolio:?}");
}

/// The entry as a holding of which all counts.
fn full(entry: &Entry) -> Holding {
    let held = holding(*entry);
    Holding::new(held.amount(), held.price(), Haircut::NONE)
}

/// The same price over a denominator that is larger by a factor, if 18 decimals and a term hold it.
fn over(price: Ratio, by: u8) -> Ratio {
    let by = [1, 2, 5, 10, 1_000, 1_000_000][usize::from(by) % 6];
    let (numerator, denominator) = (price.numerator(), price.denominator() * by);
    match numerator.checked_mul(by) {
        Some(numerator) if Wad::SCALE % denominator == 0 => {
            Ratio::new(numerator, denominator).unwrap()
        }
        _ => price,
    }
}
