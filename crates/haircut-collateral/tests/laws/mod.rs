//! The laws of haircuts, portfolios and losses, each once, over plain inputs: the property tests and the fuzz targets call
//! the same functions. Any input is normalised into a valid one.

#![allow(
    dead_code,
    unused_imports,
    reason = "each test file calls some of them"
)]

mod accounts;
mod bands;
mod bands_and_prices;
mod compositions;
mod correlation_tables;
mod digits;
mod equality;
mod guards;
mod haircut_sizes;
mod haircuts;
mod inverse;
mod limits;
mod liquidation;
mod liquidity;
mod losses;
mod offsets;
mod protection;
mod stability;
mod treasury;

use std::cmp::Ordering;

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Wad};
use tokenomics_haircut_collateral::{Debt, Haircut, Holding, Margin, Portfolio};

pub(crate) use accounts::{checked_after, places_are_given_back, written_off_once};
pub(crate) use bands::{
    band_splits_never_gain, band_trades_never_gain, bands_conserve, bands_pay_the_last,
    deposits_keep_their_worth, BandCall, BandShape, PriceShape,
};
pub(crate) use bands_and_prices::{credit_of_bands, price_in_band};
pub(crate) use compositions::{composition_bounds, composition_is_monotone, group_is_declared};
pub(crate) use correlation_tables::{semidefinite, Table};
use digits::{times, Digits};
pub(crate) use equality::healthy_at_equality;
pub(crate) use guards::{breaker_bounds, growth_capped, never_excludes, raising_never_lowers};
pub(crate) use guards::{snapshot_inverse_is_tight, BreakerShape, CapShape, Observed, Update};
pub(crate) use haircut_sizes::{
    against_the_borrower_of_size, inverse_is_tight_of_size, monotone_in_impact, monotone_in_size,
    recoverable, split_invariant_of_size, Size,
};
pub(crate) use haircuts::{
    monotone_in_age, monotone_in_confidence, monotone_in_time_to_exit, monotone_in_volatility,
    prepared_is_the_same, Age, Locked, Report, Returns,
};
pub(crate) use inverse::*;
pub(crate) use limits::{capped, limits_keep_what_is_taken, rate_limited, LimitCall, LimitShape};
pub(crate) use liquidation::*;
pub(crate) use liquidity::{
    against_the_borrower_of_liquidity, monotone_in_stress, monotone_in_stress_of_a_position,
    Liquidity,
};
pub(crate) use losses::{last_is_payable, loss_conserving, order_independent, LayerCall};
pub(crate) use offsets::{
    against_the_borrower_of_offset, monotone_in_correlation, offset_bounded,
    split_invariant_of_offset, Part,
};
pub(crate) use protection::{
    monotone_in_protection, protection_bounded, split_invariant_of_protection, Backing, Insured,
};
pub(crate) use stability::{
    absorbable_is_tight, scales_are_bounded, stability_by_loop, stability_conserves, PoolCall,
};
pub(crate) use treasury::{concentration_bounded, trades_conserve, treasury_monotone, Asset};

/// A holding or a debt.
#[derive(Debug, Clone, Copy, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Entry {
    pub(crate) amount: u128,
    pub(crate) price: u128,
    /// What the price is over; 0 stands for 1e18.
    pub(crate) per: u128,
    /// In 1e-18; the larger is the initial one.
    pub(crate) haircuts: [u64; 2],
}

fn fraction(raw: u64) -> Fraction {
    // One more than the scale, so that both endpoints are drawn.
    Fraction::from_raw(raw % (Fraction::SCALE + 1)).unwrap()
}

/// The fraction that is more by so much, at most 1.
fn more(from: u64, by: u64) -> Fraction {
    let raw = fraction(from).raw().saturating_add(by);
    Fraction::from_raw(raw.min(Fraction::SCALE)).unwrap()
}

fn haircut(raw: [u64; 2]) -> Haircut {
    let [a, b] = raw.map(fraction);
    Haircut::new(a.max(b), a.min(b)).unwrap()
}

fn ratio(price: u128, per: u128) -> Ratio {
    Ratio::new(price, if per == 0 { Wad::SCALE } else { per }).unwrap()
}

pub(crate) fn holding(entry: Entry) -> Holding {
    let price = ratio(entry.price, entry.per);
    Holding::new(Amount::new(entry.amount), price, haircut(entry.haircuts))
}

pub(crate) fn debt(entry: Entry) -> Debt {
    let price = ratio(entry.price.max(1), entry.per);
    Debt::new(Amount::new(entry.amount), price, haircut(entry.haircuts)).unwrap()
}

/// The same with prices of 18 decimals or fewer, at which sums are exact.
fn exact_entries(entries: &[Entry]) -> Vec<Entry> {
    let exact = |entry: &Entry| {
        let is_exact = entry.per > 0 && Wad::SCALE % entry.per == 0;
        let per = if is_exact { entry.per } else { 0 };
        Entry { per, ..*entry }
    };
    entries.iter().map(exact).collect()
}

pub(crate) fn holdings(entries: &[Entry]) -> Vec<Holding> {
    entries.iter().copied().map(holding).collect()
}

pub(crate) fn debts(entries: &[Entry]) -> Vec<Debt> {
    entries.iter().copied().map(debt).collect()
}

/// Σ amount · price · weight in 1e-36, by the schoolbook, at prices of 18 decimals or fewer.
fn exact(terms: impl Iterator<Item = (u128, Ratio, u128)>) -> Digits {
    terms.fold(Digits::of(0), |sum, (amount, price, weight)| {
        let term = Digits::of(amount)
            .times(&Digits::of(price.numerator()))
            .times(&Digits::of(Wad::SCALE / price.denominator()))
            .times(&Digits::of(weight));
        sum.plus(&term)
    })
}

fn exact_credit(held: &[Holding], margin: Margin) -> Digits {
    exact(held.iter().map(|h| {
        let weight = Fraction::SCALE - h.haircut().fraction(margin).raw();
        (h.amount().get(), h.price(), weight.into())
    }))
}

fn exact_owed(owed: &[Debt], margin: Margin) -> Digits {
    exact(owed.iter().map(|d| {
        let weight = Fraction::SCALE + d.add_on().fraction(margin).raw();
        (d.amount().get(), d.price(), weight.into())
    }))
}

fn in_1e36(units: u128) -> Digits {
    let scale = Digits::of(u128::from(Fraction::SCALE));
    Digits::of(units).times(&scale).times(&scale)
}

/// `units ≤ exact < units + 1`.
fn assert_floor(units: Result<Amount, impl std::fmt::Debug>, exact: &Digits) {
    match units {
        Ok(units) => {
            assert_ne!(in_1e36(units.get()).compare(exact), Ordering::Greater);
            let next = in_1e36(units.get()).plus(&in_1e36(1));
            assert_eq!(exact.compare(&next), Ordering::Less);
        }
        Err(_) => {
            let beyond = in_1e36(u128::MAX).plus(&in_1e36(1));
            assert_ne!(exact.compare(&beyond), Ordering::Less);
        }
    }
}

/// `units − 1 < exact ≤ units`.
fn assert_ceil(units: Result<Amount, impl std::fmt::Debug>, exact: &Digits) {
    match units {
        Ok(units) => {
            assert_ne!(exact.compare(&in_1e36(units.get())), Ordering::Greater);
            let above = exact.plus(&in_1e36(1));
            assert_eq!(in_1e36(units.get()).compare(&above), Ordering::Less);
        }
        Err(_) => assert_eq!(exact.compare(&in_1e36(u128::MAX)), Ordering::Greater),
    }
}

/// Credit and value are the exact sums floored, debt is the exact sum ceiled, health is the exact
/// comparison, and the displayed factor never flatters.
pub(crate) fn against_the_borrower(held: &[Entry], owed: &[Entry]) {
    for (held, owed) in held.iter().zip(owed) {
        each_entry_is_cut_against_the_borrower(*held, *owed);
    }
    let (held, owed) = (exact_entries(held), exact_entries(owed));
    let (held, owed) = (holdings(&held), debts(&owed));
    let portfolio = Portfolio::new(&held, &owed);
    let full = without_haircuts(&held);
    assert_floor(portfolio.value(), &exact_credit(&full, Margin::Initial));
    for margin in Margin::ALL {
        let (credit, debt) = (exact_credit(&held, margin), exact_owed(&owed, margin));
        assert_floor(portfolio.credit(margin), &credit);
        assert_ceil(portfolio.owed(margin), &debt);
        let healthy = credit.compare(&debt) != Ordering::Less;
        assert_eq!(
            portfolio.is_healthy(margin),
            healthy,
            "{portfolio:?} {margin:?}"
        );
        if let Some(factor) = portfolio.health(margin) {
            assert!(factor < Ratio::ONE || healthy);
        }
    }
    assert_ceil(
        portfolio.liabilities(),
        &exact_owed(&without_add_ons(&owed), Margin::Initial),
    );
    // What may be opened isn't liquidatable.
    assert!(!portfolio.is_healthy(Margin::Initial) || portfolio.is_healthy(Margin::Maintenance));
}

fn without_haircuts(held: &[Holding]) -> Vec<Holding> {
    let plain = |h: &Holding| Holding::new(h.amount(), h.price(), Haircut::NONE);
    held.iter().map(plain).collect()
}

fn without_add_ons(owed: &[Debt]) -> Vec<Debt> {
    let plain = |d: &Debt| Debt::new(d.amount(), d.price(), Haircut::NONE).unwrap();
    owed.iter().map(plain).collect()
}

/// At a price of any denominator an entry is cut by less than 1e-36, and never to the borrower's good.
fn each_entry_is_cut_against_the_borrower(held: Entry, owed: Entry) {
    // The same numerators over 1e18, and so in units of one over the denominator.
    let [over, owed_over] = [held, owed].map(|entry| Entry { per: 0, ..entry });
    let (over, owed_over) = (holding(over), debt(owed_over));
    let (held, owed) = (holding(held), debt(owed));
    let (per, owed_per) = (held.price().denominator(), owed.price().denominator());
    let scale = Digits::of(Wad::SCALE);
    for margin in Margin::ALL {
        let portfolio = (&[held][..], &[owed][..]);
        let portfolio = Portfolio::new(portfolio.0, portfolio.1);
        // Each in 1e-36 over its denominator.
        let credit = exact_credit(&[over], margin).times(&scale);
        let debt = exact_owed(&[owed_over], margin).times(&scale);
        if let Ok(units) = portfolio.credit(margin) {
            let counted = in_1e36(units.get()).times(&Digits::of(per));
            assert_ne!(counted.compare(&credit), Ordering::Greater);
        }
        if let Ok(units) = portfolio.owed(margin) {
            let counted = in_1e36(units.get()).times(&Digits::of(owed_per));
            assert_ne!(counted.compare(&debt), Ordering::Less);
        }
        let (credit, debt) = (
            credit.times(&Digits::of(owed_per)),
            debt.times(&Digits::of(per)),
        );
        if portfolio.is_healthy(margin) {
            assert_ne!(credit.compare(&debt), Ordering::Less);
        } else {
            let two = Digits::of(2)
                .times(&Digits::of(per))
                .times(&Digits::of(owed_per));
            assert_eq!(credit.compare(&debt.plus(&two)), Ordering::Less);
        }
    }
}

/// A worse amount, price, haircut or add-on never raises credit, lowers debt or makes healthy, and
/// never leaves more to borrow.
pub(crate) fn monotone(held: &[Entry], owed: &[Entry], worse: &[Entry]) {
    let (good, good_owed) = (holdings(held), debts(owed));
    let by = |at: usize| worse.get(at).copied().unwrap_or_default();
    let bad: Vec<_> = (0..)
        .zip(&good)
        .map(|(at, h)| worsen_holding(*h, by(at)))
        .collect();
    let bad_owed: Vec<_> = (good.len()..)
        .zip(&good_owed)
        .map(|(at, d)| worsen_debt(*d, by(at)))
        .collect();
    let (better, worse) = (
        Portfolio::new(&good, &good_owed),
        Portfolio::new(&bad, &bad_owed),
    );
    let at_most = |a: Result<Amount, _>, b: Result<Amount, _>| {
        // An error is above every amount.
        let as_option = |r: Result<Amount, tokenomics_haircut_collateral::Error>| r.ok();
        match (as_option(a), as_option(b)) {
            (Some(a), Some(b)) => assert!(a <= b),
            (None, Some(b)) => panic!("more than {b}"),
            (_, None) => {}
        }
    };
    at_most(worse.value(), better.value());
    for margin in Margin::ALL {
        at_most(worse.credit(margin), better.credit(margin));
        at_most(better.owed(margin), worse.owed(margin));
        assert!(better.is_healthy(margin) || !worse.is_healthy(margin));
        let borrow =
            |portfolio: Portfolio<'_>| portfolio.max_borrow(Ratio::ONE, Haircut::NONE, margin);
        at_most(borrow(worse), borrow(better));
    }
}

/// Less of it, at a lower price, with a larger haircut.
fn worsen_holding(h: Holding, by: Entry) -> Holding {
    Holding::new(
        Amount::new(h.amount().get().saturating_sub(by.amount)),
        ratio(
            h.price().numerator().saturating_sub(by.price),
            h.price().denominator(),
        ),
        worsen_haircut(h.haircut(), by.haircuts),
    )
}

/// More of it, at a higher price, with a larger add-on.
fn worsen_debt(d: Debt, by: Entry) -> Debt {
    Debt::new(
        Amount::new(d.amount().get().saturating_add(by.amount)),
        ratio(
            d.price().numerator().saturating_add(by.price),
            d.price().denominator(),
        ),
        worsen_haircut(d.add_on(), by.haircuts),
    )
    .unwrap()
}

fn worsen_haircut(from: Haircut, [a, b]: [u64; 2]) -> Haircut {
    let larger = |margin: Margin, by: u64| {
        let raw = from.fraction(margin).raw().saturating_add(by);
        Fraction::from_raw(raw.min(Fraction::SCALE)).unwrap()
    };
    let maintenance = larger(Margin::Maintenance, b);
    let initial = larger(Margin::Initial, a).max(maintenance);
    Haircut::new(initial, maintenance).unwrap()
}

/// Splitting every entry changes nothing, in any order; the parts as two positions get no more
/// credit, and owe no less, than the one.
pub(crate) fn split_invariant(held: &[Entry], owed: &[Entry], cuts: &[u128]) {
    let (held, owed) = (exact_entries(held), exact_entries(owed));
    let (whole, whole_owed) = (holdings(&held), debts(&owed));
    let cut = |at: usize, amount: Amount| {
        let part = cuts.get(at).copied().unwrap_or(1) % amount.get().saturating_add(1).max(1);
        let part = Amount::new(part);
        (part, amount.checked_sub(part).unwrap())
    };
    let (left, right): (Vec<_>, Vec<_>) = (0..)
        .zip(&whole)
        .map(|(at, h)| {
            let (a, b) = cut(at, h.amount());
            (h.with_amount(a), h.with_amount(b))
        })
        .unzip();
    let (left_owed, right_owed): (Vec<_>, Vec<_>) = (whole.len()..)
        .zip(&whole_owed)
        .map(|(at, d)| {
            let (a, b) = cut(at, d.amount());
            (d.with_amount(a), d.with_amount(b))
        })
        .unzip();

    let mut both: Vec<_> = left.iter().chain(&right).copied().collect();
    both.reverse();
    let both_owed: Vec<_> = right_owed.iter().chain(&left_owed).copied().collect();
    let (one, many) = (
        Portfolio::new(&whole, &whole_owed),
        Portfolio::new(&both, &both_owed),
    );
    let (first, second) = (
        Portfolio::new(&left, &left_owed),
        Portfolio::new(&right, &right_owed),
    );
    assert_eq!(one.value(), many.value());
    for margin in Margin::ALL {
        assert_eq!(one.credit(margin), many.credit(margin));
        assert_eq!(one.owed(margin), many.owed(margin));
        assert_eq!(one.is_healthy(margin), many.is_healthy(margin));
        if let Ok(credit) = one.credit(margin) {
            let parts = [first.credit(margin), second.credit(margin)].map(Result::unwrap);
            assert!(Amount::try_sum(parts).unwrap() <= credit);
        }
        if let (Ok(a), Ok(b), Ok(owed)) =
            (first.owed(margin), second.owed(margin), one.owed(margin))
        {
            assert!(a.get().saturating_add(b.get()) >= owed.get());
        }
    }
}
