//! The laws of treasuries.

use tokenomics_fixed_math::{Amount, Fraction};
use tokenomics_haircut_collateral::{Trade, Treasury, TreasuryAsset};

use super::Digits;

/// The numbers of an asset.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Asset {
    pub(crate) value: u128,
    pub(crate) haircut: u64,
    pub(crate) native: bool,
}

fn made(assets: &[Asset]) -> Vec<TreasuryAsset> {
    let assets = assets.iter().map(|asset| {
        let haircut = super::fraction(asset.haircut);
        let value = Amount::new(asset.value);
        if asset.native {
            TreasuryAsset::native(value, haircut)
        } else {
            TreasuryAsset::new(value, haircut)
        }
    });
    assets.collect()
}

/// A smaller value, a larger haircut or a larger expense never makes a treasury last longer, and without
/// its own token it never lasts longer than with it.
pub(crate) fn treasury_monotone(assets: &[Asset], worse: &[Asset], expense: u128, more: u128) {
    let less = assets.iter().zip(worse).map(|(asset, worse)| Asset {
        value: asset.value.min(worse.value),
        haircut: (asset.haircut % (Fraction::SCALE + 1)).max(worse.haircut % (Fraction::SCALE + 1)),
        ..*asset
    });
    let less = less.collect::<Vec<_>>();
    let (better, worse) = (made(&assets[..less.len()]), made(&less));
    let (better, worse) = (Treasury::new(&better), Treasury::new(&worse));
    let low = Amount::new(expense.max(1));
    let high = Amount::new(expense.max(1).saturating_add(more));
    let Ok(longest) = better.runway(low) else {
        return;
    };
    for (treasury, expense) in [(better, high), (worse, low), (worse, high)] {
        assert!(treasury.runway(expense).unwrap() <= longest);
        let without = treasury.runway_without_native(expense).unwrap();
        assert!(without <= better.runway_without_native(low).unwrap());
        assert!(without <= treasury.runway(expense).unwrap());
    }
    check_runway(&better, low, longest.raw());
    let needed = better.native_sales_needed(low).unwrap();
    assert!(worse.native_sales_needed(high).unwrap() >= needed);
    let covered = better.runway_without_native(low).unwrap();
    assert_eq!(needed.is_zero(), covered.raw() >= 1_000_000_000_000_000_000);
}

/// runway · expense ≤ Σ ⌊value·(1 − haircut)⌋ · 1e18 < (runway + 1) · expense.
fn check_runway(treasury: &Treasury<'_>, expense: Amount, runway: u128) {
    let scale = u128::from(Fraction::SCALE);
    let mut sum = 0_u128;
    for asset in treasury.assets() {
        let weight = scale - u128::from(asset.haircut().raw());
        let exact = Digits::of(asset.value().get()).times(&Digits::of(weight));
        let part = asset.realisable().get();
        assert!(Digits::of(part)
            .times(&Digits::of(scale))
            .compare(&exact)
            .is_le());
        let above = Digits::of(part)
            .plus(&Digits::of(1))
            .times(&Digits::of(scale));
        assert!(above.compare(&exact).is_gt());
        sum += part;
    }
    assert_eq!(treasury.realisable().unwrap().get(), sum);
    let have = Digits::of(sum).times(&Digits::of(scale));
    let expense = Digits::of(expense.get());
    assert!(Digits::of(runway).times(&expense).compare(&have).is_le());
    let above = Digits::of(runway).plus(&Digits::of(1)).times(&expense);
    assert!(above.compare(&have).is_gt());
}

/// Concentration is the ceiling of Σv²/(Σv)², between 1/n and 1; merging two assets never lowers it.
pub(crate) fn concentration_bounded(assets: &[Asset]) {
    let list = made(assets);
    let treasury = Treasury::new(&list);
    let (Ok(index), Ok(value)) = (treasury.concentration(), treasury.value()) else {
        let sum = list
            .iter()
            .try_fold(0_u128, |sum, a| sum.checked_add(a.value().get()));
        assert!(sum.is_none_or(|sum| sum == 0));
        return;
    };
    let scale = u128::from(Fraction::SCALE);
    let square = |n: u128| Digits::of(n).times(&Digits::of(n));
    let squares = list
        .iter()
        .fold(Digits::of(0), |sum, a| sum.plus(&square(a.value().get())));
    let exact = squares.times(&Digits::of(scale));
    let told = |raw: u64| square(value.get()).times(&Digits::of(raw.into()));
    assert!(told(index.raw()).compare(&exact).is_ge());
    assert!(told(index.raw() - 1).compare(&exact).is_lt());
    assert!(u128::from(index.raw()) * list.len() as u128 >= scale);
    let reliance = treasury.native_reliance().unwrap();
    let own = list
        .iter()
        .filter(|a| a.is_native())
        .map(|a| a.value().get())
        .sum::<u128>();
    let own = Digits::of(own).times(&Digits::of(scale));
    let part = |raw: u64| Digits::of(value.get()).times(&Digits::of(raw.into()));
    assert!(part(reliance.raw()).compare(&own).is_ge());
    assert!(reliance.is_zero() || part(reliance.raw() - 1).compare(&own).is_lt());
    if let [first, second, rest @ ..] = assets {
        let both = Asset {
            value: first.value + second.value,
            ..*first
        };
        let merged = made(&[&[both], rest].concat());
        assert!(Treasury::new(&merged).concentration().unwrap() >= index);
    }
}

/// What is bought is what is sold, and after the trades each asset is within a unit of its target.
pub(crate) fn trades_conserve(assets: &[Asset], weights: &[u64]) {
    let list = made(assets);
    let count = list.len().min(weights.len());
    let (list, weights) = (&list[..count], &weights[..count]);
    // Cut what is left by each weight; the last target has the rest.
    let mut left = Fraction::SCALE;
    let mut targets = weights
        .iter()
        .map(|weight| {
            let part = weight % (left + 1);
            left -= part;
            Fraction::from_raw(part).unwrap()
        })
        .collect::<Vec<_>>();
    let Some(last) = targets.last_mut() else {
        return;
    };
    *last = Fraction::from_raw(last.raw() + left).unwrap();
    let treasury = Treasury::new(list);
    let Ok(value) = treasury.value() else {
        return;
    };
    let (mut bought, mut sold) = (0_u128, 0_u128);
    let trades = treasury.trades(&targets).unwrap();
    assert_eq!(trades.len(), count);
    for ((trade, asset), target) in trades.zip(list).zip(&targets) {
        let after = match trade {
            Trade::Buy(amount) => {
                bought += amount.get();
                asset.value().get() + amount.get()
            }
            Trade::Sell(amount) => {
                sold += amount.get();
                asset.value().get() - amount.get()
            }
        };
        let exact = value.mul_fraction(*target, tokenomics_fixed_math::Rounding::Floor);
        assert!(after == exact.get() || after == exact.get() + 1);
    }
    assert_eq!(bought, sold);
    if count > 1 {
        assert!(treasury.trades(&targets[1..]).is_err());
    }
}
