//! The laws of haircuts by size: of a total that all accounts hold, and of one account.

use std::cmp::Ordering;

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Ratio, Wad, U256};
use tokenomics_haircut_collateral::{
    impact_haircut, recoverable_value, ConcentrationCap, ConcentrationThreshold, DepthBudget,
    SquareRootSize,
};

use super::{fraction, times, Digits};

/// What the rules by size are made of.
#[derive(Debug, Clone, Copy, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Size {
    pub(crate) total: u128,
    pub(crate) depth: u128,
    /// In 1e-18.
    pub(crate) cost: u64,
    pub(crate) cap: u128,
    pub(crate) threshold: u128,
    /// In 1e-18.
    pub(crate) base: u64,
    pub(crate) decimals: u8,
    /// Of a pool, of which the first is the collateral.
    pub(crate) reserves: [u128; 2],
    pub(crate) price: [u128; 2],
}

const SCALE: u64 = Fraction::SCALE;

impl Size {
    fn budget(self) -> DepthBudget {
        let cost = Fraction::from_raw(1 + self.cost % (SCALE - 1)).unwrap();
        DepthBudget::new(Amount::new(self.depth), cost).unwrap()
    }

    fn cap(self) -> ConcentrationCap {
        ConcentrationCap::new(Amount::new(self.cap))
    }

    fn threshold(self) -> ConcentrationThreshold {
        ConcentrationThreshold::new(Amount::new(self.threshold.max(1))).unwrap()
    }

    fn root(self) -> SquareRootSize {
        let decimals = Decimals::new(self.decimals % (Decimals::MAX + 1)).unwrap();
        SquareRootSize::new(fraction(self.base), decimals)
    }

    fn price(self) -> Ratio {
        Ratio::new(self.price[0], self.price[1].max(1)).unwrap()
    }

    /// What a constant product without a fee pays.
    fn proceeds(self, amount: Amount) -> Option<Amount> {
        let [held, quote] = self.reserves;
        let after = U256::from(held).checked_add(amount.get().into()).ok()?;
        let all = U256::product(quote, amount.get());
        let paid = all.checked_div_wide(after, tokenomics_fixed_math::Rounding::Floor);
        paid.ok()?.to_u128().ok().map(Amount::new)
    }

    /// The haircuts that go by the total of all accounts.
    fn of_total(self, total: Amount) -> [Fraction; 4] {
        let market = |amount| self.proceeds(amount);
        [
            self.budget().haircut(total),
            self.cap().haircut(total),
            self.threshold().haircut(fraction(self.base), total),
            impact_haircut(&market, self.price(), total),
        ]
    }
}

/// `a ≤ b`, of products.
fn at_most(a: &Digits, b: &Digits) {
    assert_ne!(a.compare(b), Ordering::Greater);
}

fn below(a: &Digits, b: &Digits) {
    assert_eq!(a.compare(b), Ordering::Less);
}

/// Each haircut is the exact number, ceiled as close as it says.
pub(crate) fn against_the_borrower_of_size(size: Size) {
    let (total, scale) = (size.total, u128::from(SCALE));
    let budget = size.budget();
    let cost = u128::from(budget.cost().raw());
    let sold = times(&[cost, total]);
    let all = sold.plus(&times(&[size.depth, scale - cost]));
    let cut = u128::from(budget.haircut(Amount::new(total)).raw());
    if size.depth == 0 {
        assert_eq!(cut, scale);
    } else {
        at_most(
            &sold.times(&Digits::of(scale)),
            &all.times(&Digits::of(cut)),
        );
        if let Some(less) = cut.checked_sub(1) {
            below(
                &all.times(&Digits::of(less)),
                &sold.times(&Digits::of(scale)),
            );
        }
    }

    let cut = u128::from(size.cap().haircut(Amount::new(total)).raw());
    if total <= size.cap {
        assert_eq!(cut, 0);
    } else {
        at_most(&times(&[scale - cut, total]), &times(&[size.cap, scale]));
        below(
            &times(&[size.cap, scale]),
            &times(&[scale - cut + 1, total]),
        );
    }
    of_a_root(size);
}

fn of_a_root(size: Size) {
    let scale = u128::from(SCALE);
    let threshold = size.threshold().threshold().get();
    let factor = size.threshold().factor(Amount::new(size.total)).raw();
    let exact = times(&[size.total, scale, scale]);
    at_most(&exact, &times(&[factor, factor, threshold]));
    if factor > scale {
        below(&times(&[factor - 1, factor - 1, threshold]), &exact);
    } else {
        assert_eq!(factor, scale);
    }

    // w·(1 + f·√(size/u)) ≤ 1.1 is w²·f²·size ≤ (1.1 − w)²·u.
    let rule = size.root();
    let (f, unit) = (u128::from(rule.factor().raw()), rule.decimals().one_token());
    let weight = scale - u128::from(rule.haircut(Amount::new(size.total)).raw());
    let sides = |weight: u128| {
        let rest = scale * scale / 10 * 11 - weight * scale;
        let root = times(&[weight, weight, f, f, size.total]);
        (root, times(&[rest, rest, unit]))
    };
    let (root, rest) = sides(weight);
    at_most(&root, &rest);
    if weight + 3 <= scale {
        let (root, rest) = sides(weight + 3);
        below(&rest, &root);
    }
    // (l − 0.8·w)² ≥ f²·size/u, and of a weight of 1 it is at least that.
    let liability = rule.liability_weight(Amount::new(size.total), Wad::ONE);
    assert!(liability >= Wad::ONE);
    let over = liability.raw() - scale / 5 * 4;
    at_most(&times(&[f, f, size.total]), &times(&[over, over, unit]));
    if over > scale / 5 + 2 {
        below(
            &times(&[over - 3, over - 3, unit]),
            &times(&[f, f, size.total]),
        );
    }
}

/// More of it, under worse parameters.
fn worsened(size: Size, by: Size) -> Size {
    let more = |from: u64, by: u64| from.saturating_add(by).min(SCALE - 2);
    Size {
        total: size.total.saturating_add(by.total),
        depth: size.depth.saturating_sub(by.depth),
        cost: more(size.cost % (SCALE - 1), by.cost),
        cap: size.cap.saturating_sub(by.cap),
        threshold: size.threshold.saturating_sub(by.threshold),
        base: more(fraction(size.base).raw(), by.base).max(fraction(size.base).raw()),
        ..size
    }
}

/// A larger total under worse parameters never has a smaller haircut, or a smaller weight of a debt.
pub(crate) fn monotone_in_size(size: Size, by: Size) {
    let worse = worsened(size, by);
    let (few, many) = (Amount::new(size.total), Amount::new(worse.total));
    let [better, larger] = [size.of_total(few), worse.of_total(many)];
    for at in 0..3 {
        assert!(better[at] <= larger[at], "{size:?} {worse:?} {at}");
    }
    assert!(size.root().haircut(few) <= worse.root().haircut(many));
    let weight = |size: Size, amount| size.root().liability_weight(amount, Wad::ONE);
    assert!(weight(size, few) <= weight(worse, many));
    assert!(fraction(size.base) <= better[2]);
}

/// A shallower market or a higher mark never gives a smaller haircut, and neither gives more that can be
/// recovered; a larger amount never recovers less.
pub(crate) fn monotone_in_impact(size: Size, by: Size) {
    let total = Amount::new(size.total);
    let deep = |amount| size.proceeds(amount);
    let shallow = |amount| {
        let paid = size.proceeds(amount)?.get();
        Some(Amount::new(paid.saturating_sub(by.depth)))
    };
    let cut = impact_haircut(&deep, size.price(), total);
    assert!(cut <= impact_haircut(&shallow, size.price(), total));
    let price = size.price();
    let numerator = price.numerator().saturating_add(by.price[0]);
    let higher = Ratio::new(numerator, price.denominator()).unwrap();
    if !price.is_zero() {
        assert!(cut <= impact_haircut(&deep, higher, total));
    }
    let value = recoverable_value(&deep, price, total);
    assert!(recoverable_value(&shallow, price, total) <= value);
    assert!(value <= recoverable_value(&deep, higher, total));
    let more = Amount::new(size.total.saturating_add(by.total));
    if size.proceeds(more).is_some() {
        assert!(value <= recoverable_value(&deep, price, more));
    }
}

/// What counts of a total is never more than its sale pays, nor than its value.
pub(crate) fn recoverable(size: Size) {
    let total = Amount::new(size.total);
    let market = |amount| size.proceeds(amount);
    let proceeds = size.proceeds(total).unwrap_or(Amount::ZERO);
    let value = recoverable_value(&market, size.price(), total);
    assert!(value <= proceeds);
    let marked = times(&[total.get(), size.price().numerator()]);
    at_most(&times(&[value.get(), size.price().denominator()]), &marked);
    let weight = impact_haircut(&market, size.price(), total)
        .complement()
        .raw();
    let price = size.price();
    // total·price·weight ≤ proceeds.
    let counted = times(&[total.get(), price.numerator(), weight.into()]);
    let paid = times(&[proceeds.get(), price.denominator(), SCALE.into()]);
    at_most(&counted, &paid);
    if size.proceeds(total).is_none() && size.total > 0 {
        assert_eq!(weight, 0);
    }
}

/// However a total is spread over accounts, they have no more credit than one that holds all, nor than
/// the cap, the market or X = depth·(1 − cost)/cost.
pub(crate) fn split_invariant_of_size(size: Size, cuts: &[u128]) {
    let total = Amount::new(size.total);
    let mut left = size.total;
    let mut accounts: Vec<_> = cuts
        .iter()
        .map(|cut| {
            let part = cut % left.saturating_add(1).max(1);
            left -= part;
            part
        })
        .collect();
    accounts.push(left);
    let limits = [None, Some(size.cap), None, None];
    for (cut, limit) in size.of_total(total).into_iter().zip(limits) {
        let credit = |amount: u128| {
            let amount = Amount::new(amount);
            amount.mul_fraction(cut.complement(), tokenomics_fixed_math::Rounding::Floor)
        };
        let all = Amount::try_sum(accounts.iter().map(|part| credit(*part))).unwrap();
        assert!(all <= credit(size.total), "{size:?} {accounts:?}");
        assert!(limit.is_none_or(|limit| all.get() <= limit));
    }
    let weight = size.budget().haircut(total).complement().raw();
    let cost = size.budget().cost();
    let bound = times(&[size.depth, cost.complement().raw().into(), SCALE.into()]);
    at_most(
        &times(&[size.total, weight.into(), cost.raw().into()]),
        &bound,
    );
}

/// The largest total of a haircut has no larger one, and one unit more has.
pub(crate) fn inverse_is_tight_of_size(size: Size, haircut: u64) {
    let haircut = fraction(haircut);
    let (budget, cap) = (size.budget(), size.cap());
    let of_budget = |total| budget.haircut(total);
    let of_cap = |total| cap.haircut(total);
    let most = [budget.largest_total(haircut), cap.largest_total(haircut)];
    let rules: [&dyn Fn(Amount) -> Fraction; 2] = [&of_budget, &of_cap];
    for (most, rule) in most.into_iter().zip(rules) {
        let reached = rule(most) <= haircut;
        assert!(reached || (size.depth == 0 && most.is_zero()));
        if let Ok(more) = most.checked_add(Amount::new(1)) {
            assert!(rule(more) > haircut, "{size:?} {haircut} {most}");
        }
    }
}
