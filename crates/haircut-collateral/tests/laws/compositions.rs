//! The laws of haircuts that are made of several.

use std::cmp::Ordering;

use tokenomics_fixed_math::Fraction;
use tokenomics_haircut_collateral::{Composition, CorrelationGroups, GroupSet, Haircut, Margin};

use super::{haircut, times, worsen_haircut, Digits};

const SCALE: u64 = Fraction::SCALE;

/// No composition is better than a part or worse than the sum of all, and a product is near the real
/// number in any order.
pub(crate) fn composition_bounds(parts: &[[u64; 2]]) {
    let parts: Vec<_> = parts.iter().copied().map(haircut).collect();
    let [product, worst] = Composition::ALL.map(|way| way.compose(parts.iter().copied()));
    let back = Composition::Product.compose(parts.iter().rev().copied());
    for margin in Margin::ALL {
        let of = |haircut: &Haircut| haircut.fraction(margin);
        let largest = parts.iter().map(of).max().unwrap_or_default();
        assert_eq!(of(&worst), largest);
        assert!(of(&product) >= largest && of(&product) <= Fraction::ONE);
        let sum: u128 = parts.iter().map(|part| u128::from(of(part).raw())).sum();
        assert!(u128::from(of(&product).raw()) <= sum);
        assert!(of(&product).raw().abs_diff(of(&back).raw()) <= parts.len() as u64);
    }
    // The exact product of weights, for each margin: floor by less than a unit a part.
    for margin in Margin::ALL {
        let scale = u128::from(SCALE);
        let weights: Vec<u128> = parts
            .iter()
            .map(|part| part.weight(margin).raw().into())
            .collect();
        let exact = times(&weights).times(&Digits::of(scale));
        let unit = times(&vec![scale; weights.len()]);
        let weight = u128::from(product.weight(margin).raw());
        let (low, high) = (weight, weight + weights.len() as u128);
        assert_ne!(
            unit.times(&Digits::of(low)).compare(&exact),
            Ordering::Greater
        );
        let above = unit.times(&Digits::of(high)).compare(&exact);
        assert!(weights.is_empty() || above == Ordering::Greater);
    }
    for pair in parts.windows(2) {
        let better = pair[0].or_better(pair[1]);
        assert!(Margin::ALL
            .iter()
            .all(|m| better.fraction(*m) <= pair[0].fraction(*m)));
    }
}

/// A larger part never makes a smaller whole, of haircuts as of add-ons.
pub(crate) fn composition_is_monotone(parts: &[[u64; 2]], by: &[[u64; 2]]) {
    let parts: Vec<_> = parts.iter().copied().map(haircut).collect();
    let worse: Vec<_> = parts
        .iter()
        .zip(by.iter().copied().chain(std::iter::repeat([0, 0])))
        .map(|(part, by)| worsen_haircut(*part, by))
        .collect();
    let at_most = |a: Haircut, b: Haircut| {
        assert!(
            Margin::ALL.iter().all(|m| a.fraction(*m) <= b.fraction(*m)),
            "{a:?} {b:?}"
        );
    };
    for way in Composition::ALL {
        at_most(
            way.compose(parts.iter().copied()),
            way.compose(worse.iter().copied()),
        );
    }
    for (pair, larger) in parts.windows(2).zip(worse.windows(2)) {
        at_most(pair[0].or_better(pair[1]), larger[0].or_better(larger[1]));
        let sum = larger[0].and_add_on(larger[1]);
        if let Ok(sum) = sum {
            for margin in Margin::ALL {
                // 1 + g ≥ (1 + a)·(1 + b) > 1 + g − 1e-18.
                let scale = u128::from(SCALE);
                let weight = |of: Haircut| scale + u128::from(of.fraction(margin).raw());
                let exact = weight(larger[0]) * weight(larger[1]);
                assert!(weight(sum) * scale >= exact && (weight(sum) - 1) * scale < exact);
            }
            let smaller = pair[0].and_add_on(pair[1]).unwrap();
            at_most(smaller, sum);
            at_most(larger[0], sum);
        }
    }
}

/// Without a common group an asset's own haircut stands; each group less never gives a smaller one.
pub(crate) fn group_is_declared(own: [u64; 2], groups: &[[u64; 2]], assets: &[u64]) {
    let table: Vec<_> = groups.iter().copied().map(haircut).collect();
    let (own, groups) = (haircut(own), CorrelationGroups::new(&table));
    assert_eq!(groups.haircut(own, GroupSet::NONE), own);
    let sets: Vec<_> = assets.iter().copied().map(GroupSet::from_bits).collect();
    let mut before = groups.haircut(own, GroupSet::ALL);
    for len in 0..=sets.len() {
        let common = GroupSet::common(sets[..len].iter().copied());
        let now = groups.haircut(own, common);
        for margin in Margin::ALL {
            assert!(now.fraction(margin) >= before.fraction(margin));
            let best = (0..64)
                .zip(&table)
                .filter(|(group, _)| common.contains(*group));
            let best = best.map(|(_, group)| group.fraction(margin)).min();
            let own = own.fraction(margin);
            assert_eq!(now.fraction(margin), best.map_or(own, |best| best.min(own)));
        }
        before = now;
    }
}
