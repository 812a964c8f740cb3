//! The laws of baskets, each once, over plain inputs: the property tests and the fuzz targets call
//! the same functions. Any input is normalised into a valid one.

#![allow(
    dead_code,
    unused_imports,
    reason = "each test file calls some of them"
)]

mod compositions;
mod haircut_sizes;
mod haircuts;
mod liquidity;

pub(crate) use compositions::{composition_bounds, composition_is_monotone, group_is_declared};
pub(crate) use haircut_sizes::{
    against_the_borrower_of_size, inverse_is_tight_of_size, monotone_in_impact, monotone_in_size,
    recoverable, split_invariant_of_size, Size,
};
pub(crate) use haircuts::{
    monotone_in_age, monotone_in_confidence, monotone_in_time_to_exit, monotone_in_volatility, Age,
    Locked, Report, Returns,
};
pub(crate) use liquidity::{
    against_the_borrower_of_liquidity, monotone_in_stress, monotone_in_stress_of_a_position,
    Liquidity,
};
mod guards;
mod limits;
mod losses;
mod stability;
mod treasury;

pub(crate) use guards::{breaker_bounds, growth_capped, never_excludes, raising_never_lowers};
pub(crate) use guards::{snapshot_inverse_is_tight, BreakerShape, CapShape, Observed, Update};
pub(crate) use limits::{
    debts_capped, limits_keep_what_is_taken, rate_limited, LimitCall, LimitShape,
};
pub(crate) use losses::{last_is_payable, loss_conserving, order_independent, LayerCall};
pub(crate) use stability::{stability_by_loop, stability_conserves, PoolCall};
pub(crate) use treasury::{concentration_bounded, trades_conserve, treasury_monotone, Asset};

use std::cmp::Ordering;

use tokenomics_fixed_math::{Amount, Fraction, Wad, U256};
use tokenomics_haircut_collateral::{Basket, Debt, Haircut, Holding, Margin};

/// A holding or a debt.
#[derive(Debug, Clone, Copy, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Entry {
    pub(crate) amount: u128,
    /// In 1e-18.
    pub(crate) price: u128,
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

fn holding(entry: Entry) -> Holding {
    let price = Wad::from_raw(entry.price);
    Holding::new(Amount::new(entry.amount), price, haircut(entry.haircuts))
}

fn debt(entry: Entry) -> Debt {
    let price = Wad::from_raw(entry.price.max(1));
    Debt::new(Amount::new(entry.amount), price, haircut(entry.haircuts)).unwrap()
}

fn holdings(entries: &[Entry]) -> Vec<Holding> {
    entries.iter().copied().map(holding).collect()
}

fn debts(entries: &[Entry]) -> Vec<Debt> {
    entries.iter().copied().map(debt).collect()
}

/// Schoolbook arithmetic on 32-bit digits, least first: nothing in common with what it checks.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Digits(Vec<u32>);

impl Digits {
    fn of(mut value: u128) -> Self {
        let mut digits = Vec::new();
        while value > 0 {
            digits.push(value as u32);
            value >>= 32;
        }
        Self(digits)
    }

    fn of_wide(value: U256) -> Self {
        let high = Self::of(value.high());
        let mut digits = Self::of(value.low());
        if !high.0.is_empty() {
            digits.0.resize(4, 0);
            digits.0.extend(high.0);
        }
        digits
    }

    fn plus(&self, rhs: &Self) -> Self {
        let len = self.0.len().max(rhs.0.len()) + 1;
        let digit = |of: &Self, at: usize| u64::from(of.0.get(at).copied().unwrap_or(0));
        let mut carry = 0;
        let sum = (0..len).map(|at| {
            let sum = digit(self, at) + digit(rhs, at) + carry;
            carry = sum >> 32;
            sum as u32
        });
        Self(sum.collect()).trimmed()
    }

    fn times(&self, rhs: &Self) -> Self {
        let mut product = vec![0u32; self.0.len() + rhs.0.len()];
        for (i, a) in self.0.iter().enumerate() {
            let mut carry = 0u64;
            for (j, b) in rhs.0.iter().enumerate() {
                let sum = u64::from(*a) * u64::from(*b) + u64::from(product[i + j]) + carry;
                product[i + j] = sum as u32;
                carry = sum >> 32;
            }
            product[i + rhs.0.len()] = carry as u32;
        }
        Self(product).trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    fn compare(&self, rhs: &Self) -> Ordering {
        let by_length = self.0.len().cmp(&rhs.0.len());
        by_length.then_with(|| self.0.iter().rev().cmp(rhs.0.iter().rev()))
    }
}

/// The product of all factors.
fn times(factors: &[u128]) -> Digits {
    let one = Digits::of(1);
    factors
        .iter()
        .fold(one, |all, factor| all.times(&Digits::of(*factor)))
}

/// Σ amount · price · weight in 1e-36, by the schoolbook.
fn exact(terms: impl Iterator<Item = (u128, u128, u128)>) -> Digits {
    terms.fold(Digits::of(0), |sum, (amount, price, weight)| {
        let term = Digits::of(amount)
            .times(&Digits::of(price))
            .times(&Digits::of(weight));
        sum.plus(&term)
    })
}

fn exact_credit(held: &[Holding], margin: Margin) -> Digits {
    exact(held.iter().map(|h| {
        let weight = Fraction::SCALE - h.haircut().fraction(margin).raw();
        (h.amount().get(), h.price().raw(), weight.into())
    }))
}

fn exact_owed(owed: &[Debt], margin: Margin) -> Digits {
    exact(owed.iter().map(|d| {
        let weight = Fraction::SCALE + d.add_on().fraction(margin).raw();
        (d.amount().get(), d.price().raw(), weight.into())
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
    let (held, owed) = (holdings(held), debts(owed));
    let basket = Basket::new(&held, &owed);
    let full: Vec<_> = held
        .iter()
        .map(|h| Holding::new(h.amount(), h.price(), Haircut::NONE))
        .collect();
    assert_floor(basket.value(), &exact_credit(&full, Margin::Initial));
    for margin in Margin::ALL {
        let (credit, debt) = (exact_credit(&held, margin), exact_owed(&owed, margin));
        assert_floor(basket.credit(margin), &credit);
        assert_ceil(basket.owed(margin), &debt);
        let healthy = credit.compare(&debt) != Ordering::Less;
        assert_eq!(basket.is_healthy(margin), healthy, "{basket:?} {margin:?}");
        if let Ok(Some(factor)) = basket.health(margin) {
            assert!(factor.numerator() < factor.denominator() || healthy);
        }
    }
    // What may be opened isn't liquidatable.
    assert!(!basket.is_healthy(Margin::Initial) || basket.is_healthy(Margin::Maintenance));
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
    let (better, worse) = (Basket::new(&good, &good_owed), Basket::new(&bad, &bad_owed));
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
        let borrow = |basket: Basket<'_>| basket.max_borrow(Wad::ONE, Haircut::NONE, margin);
        at_most(borrow(worse), borrow(better));
    }
}

/// Less of it, at a lower price, with a larger haircut.
fn worsen_holding(h: Holding, by: Entry) -> Holding {
    Holding::new(
        Amount::new(h.amount().get().saturating_sub(by.amount)),
        Wad::from_raw(h.price().raw().saturating_sub(by.price)),
        worsen_haircut(h.haircut(), by.haircuts),
    )
}

/// More of it, at a higher price, with a larger add-on.
fn worsen_debt(d: Debt, by: Entry) -> Debt {
    Debt::new(
        Amount::new(d.amount().get().saturating_add(by.amount)),
        Wad::from_raw(d.price().raw().saturating_add(by.price)),
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
    let (whole, whole_owed) = (holdings(held), debts(owed));
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
        Basket::new(&whole, &whole_owed),
        Basket::new(&both, &both_owed),
    );
    let (first, second) = (
        Basket::new(&left, &left_owed),
        Basket::new(&right, &right_owed),
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

/// What `max_borrow` and `max_withdraw` allow passes, and one unit more doesn't.
pub(crate) fn inverse_is_tight(held: &[Entry], owed: &[Entry], asset: Entry) {
    let (held, owed) = (holdings(held), debts(owed));
    for margin in Margin::ALL {
        borrow_is_tight(&held, &owed, debt(asset), margin);
        for index in 0..held.len() {
            withdrawal_is_tight(&held, &owed, index, margin);
        }
        assert!(Basket::new(&held, &owed)
            .max_withdraw(held.len(), margin)
            .is_err());
    }
}

fn borrow_is_tight(held: &[Holding], owed: &[Debt], asset: Debt, margin: Margin) {
    let basket = Basket::new(held, owed);
    let most = basket
        .max_borrow(asset.price(), asset.add_on(), margin)
        .unwrap();
    let healthy_with = |amount: Amount| {
        let more: Vec<_> = owed
            .iter()
            .copied()
            .chain([asset.with_amount(amount)])
            .collect();
        Basket::new(held, &more).is_healthy(margin)
    };
    if !basket.is_healthy(margin) {
        assert_eq!(most, Amount::ZERO);
        return;
    }
    assert!(healthy_with(most), "{basket:?} {asset:?} {most}");
    if let Ok(more) = most.checked_add(Amount::new(1)) {
        assert!(!healthy_with(more), "{basket:?} {asset:?} {more}");
    }
}

fn withdrawal_is_tight(held: &[Holding], owed: &[Debt], index: usize, margin: Margin) {
    let basket = Basket::new(held, owed);
    let most = basket.max_withdraw(index, margin).unwrap();
    let healthy_without = |amount: Amount| {
        let mut less = held.to_vec();
        less[index] = held[index].with_amount(held[index].amount().checked_sub(amount).unwrap());
        Basket::new(&less, owed).is_healthy(margin)
    };
    assert!(most <= held[index].amount());
    if !basket.is_healthy(margin) {
        assert_eq!(most, Amount::ZERO);
        return;
    }
    assert!(healthy_without(most), "{basket:?} {index} {most}");
    if most < held[index].amount() {
        let more = Amount::new(most.get() + 1);
        assert!(!healthy_without(more), "{basket:?} {index} {more}");
    }
}
