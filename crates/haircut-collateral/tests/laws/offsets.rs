//! The laws of offsets by covariance.

use std::cmp::Ordering;

use tokenomics_fixed_math::{Amount, Fraction};
use tokenomics_haircut_collateral::{
    Correlation, CorrelationMatrix, CorrelationOffset, DiversifiedRisk, Exposure,
};

use super::correlation_tables::{correlations, Table};
use super::{fraction, more, times, Digits};

const SCALE: u128 = Fraction::SCALE as u128;
const ONE: i16 = Correlation::SCALE;

/// An entry of a portfolio.
#[derive(Debug, Clone, Copy, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Part {
    pub(crate) asset: u8,
    pub(crate) owed: bool,
    pub(crate) value: u128,
    /// In 1e-18.
    pub(crate) haircut: u64,
}

impl Table {
    fn exposures(&self, parts: &[Part]) -> Vec<Exposure> {
        let of = |part: &Part| {
            let asset = usize::from(part.asset) % self.assets();
            let (value, haircut) = (Amount::new(part.value), fraction(part.haircut));
            if part.owed {
                Exposure::owed(asset, value, haircut)
            } else {
                Exposure::held(asset, value, haircut)
            }
        };
        parts.iter().map(of).collect()
    }
}

/// Σ wᵢwⱼρᵢⱼ over all pairs of entries, of correlations in 1e-22: its positive and its negative terms.
fn variance(exposures: &[Exposure], rho: impl Fn(usize, usize) -> i128) -> [Digits; 2] {
    let mut sums = [Digits::of(0), Digits::of(0)];
    for one in exposures {
        for other in exposures {
            let of = rho(one.asset(), other.asset());
            let values = [one, other].map(|e| [e.value().get(), e.haircut().raw().into()]);
            let term = times(values.as_flattened()).times(&Digits::of(of.unsigned_abs()));
            let negative = (of < 0) != (one.is_owed() != other.is_owed());
            let sum = &mut sums[usize::from(negative)];
            *sum = sum.plus(&term);
        }
    }
    sums
}

/// The variances of the three sets of correlations.
fn variances(rule: &CorrelationOffset, exposures: &[Exposure]) -> [[Digits; 2]; 3] {
    let bps = |one, other| {
        let between = rule.correlations().between(one, other).unwrap();
        i128::from(between.bps())
    };
    let (one, scale) = (i128::from(ONE), i128::try_from(SCALE).unwrap());
    let by = |part: Fraction| i128::from(part.raw());
    let (to_one, to_zero) = (by(rule.stress().to_one), by(rule.stress().to_zero));
    let apart = |a, b| if a == b { one } else { 0 };
    [
        variance(exposures, |a, b| bps(a, b) * scale),
        variance(exposures, |a, b| {
            bps(a, b) * (scale - to_one) + one * to_one
        }),
        variance(exposures, |a, b| {
            bps(a, b) * (scale - to_zero) + apart(a, b) * to_zero
        }),
    ]
}

/// Σ|wᵢ| in 1e-18.
fn gross(exposures: &[Exposure]) -> Digits {
    exposures.iter().fold(Digits::of(0), |sum, e| {
        sum.plus(&times(&[e.value().get(), e.haircut().raw().into()]))
    })
}

fn at_most(a: &Digits, b: &Digits) -> bool {
    a.compare(b) != Ordering::Greater
}

/// Whether (risk in 1e-18)² covers each variance.
fn covers(risk: &Digits, variances: &[[Digits; 2]; 3]) -> bool {
    let square = risk.times(risk).times(&times(&[10_000, SCALE]));
    let covers = |[plus, minus]: &[Digits; 2]| at_most(plus, &square.plus(minus));
    variances.iter().all(covers)
}

fn risk(rule: &CorrelationOffset, exposures: &[Exposure]) -> Option<DiversifiedRisk> {
    let risk = rule.risk(exposures);
    if risk.is_err() {
        // Only for a sum above all amounts.
        let most = times(&[u128::MAX, SCALE]);
        assert!(!at_most(&gross(exposures), &most), "{risk:?}");
    }
    risk.ok()
}

/// Sum, whole and offset are the exact numbers, each rounded once.
pub(crate) fn against_the_borrower_of_offset(table: &Table, parts: &[Part]) {
    let (rule, exposures) = (table.rule(), table.exposures(parts));
    let Some(risk) = risk(&rule, &exposures) else {
        return;
    };
    let (gross, variances) = (gross(&exposures), variances(&rule, &exposures));
    let units = |amount: u128| times(&[amount, SCALE]);
    let DiversifiedRisk {
        parts,
        whole,
        offset,
    } = risk;
    let [parts, whole, offset] = [parts, whole, offset].map(Amount::get);
    assert!(at_most(&gross, &units(parts)));
    assert!(parts == 0 || !at_most(&gross, &units(parts - 1)));

    let part = |of: u64| gross.times(&Digits::of(of.into()));
    let (most, least) = (rule.most_offset(), rule.most_offset().complement());
    let enough = |whole: u128| {
        covers(&units(whole), &variances)
            && at_most(&part(least.raw()), &units(whole).times(&Digits::of(SCALE)))
    };
    assert!(enough(whole), "{risk:?}");
    assert!(whole == 0 || !enough(whole - 1), "{risk:?}");

    // What is left of the exact sum still covers all, and with a unit more it doesn't.
    let allowed = |offset: u128| {
        let declared = at_most(&units(offset).times(&Digits::of(SCALE)), &part(most.raw()));
        declared && rest_covers(&gross, offset, &variances)
    };
    assert!(allowed(offset), "{risk:?}");
    assert!(
        !allowed(offset.saturating_add(1)) || offset == u128::MAX,
        "{risk:?}"
    );
}

/// Whether (gross − offset)² covers each variance, for an offset of at most the gross.
fn rest_covers(gross: &Digits, offset: u128, variances: &[[Digits; 2]; 3]) -> bool {
    let offset = times(&[offset, SCALE]);
    if !at_most(&offset, gross) {
        return false;
    }
    // gross² + offset² ≥ 2·gross·offset + variance.
    let scale = times(&[10_000, SCALE]);
    let squares = gross
        .times(gross)
        .plus(&offset.times(&offset))
        .times(&scale);
    let mixed = gross.times(&offset).times(&Digits::of(2)).times(&scale);
    variances
        .iter()
        .all(|[plus, minus]| at_most(&mixed.plus(plus), &squares.plus(minus)))
}

/// The whole is between the largest part less all others, the declared fraction, and the sum.
pub(crate) fn offset_bounded(table: &Table, parts: &[Part]) {
    let (rule, exposures) = (table.rule(), table.exposures(parts));
    let Some(risk) = risk(&rule, &exposures) else {
        return;
    };
    assert!(risk.whole <= risk.parts && risk.offset <= risk.parts);
    let kept = risk.parts.checked_sub(risk.offset).unwrap();
    assert!(
        kept <= risk.whole.get().saturating_add(1).into(),
        "{risk:?}"
    );
    // |wᵢ| less all others, of the net of each asset.
    for asset in 0..table.assets() {
        let of = |owed: bool| {
            let same = |e: &&Exposure| e.asset() == asset && e.is_owed() == owed;
            gross(&exposures.iter().filter(same).copied().collect::<Vec<_>>())
        };
        let others: Vec<_> = exposures
            .iter()
            .filter(|e| e.asset() != asset)
            .copied()
            .collect();
        let rest = gross(&others).plus(&times(&[risk.whole.get(), SCALE]));
        let (held, owed) = (of(false), of(true));
        assert!(at_most(&held, &owed.plus(&rest)) && at_most(&owed, &held.plus(&rest)));
    }
    // Correlations of 1 give what is held no offset, and those of 0 the root of the squares.
    if exposures.iter().all(|e| !e.is_owed()) {
        let ones = CorrelationMatrix::uniform(table.assets(), Correlation::ONE).unwrap();
        let sum = table.rule_of(ones).risk(&exposures).unwrap();
        assert_eq!((sum.whole, sum.offset), (sum.parts, Amount::ZERO));
    }
    let none = Table {
        most_offset: 0,
        ..table.clone()
    };
    let sum = none.rule().risk(&exposures).unwrap();
    assert_eq!((sum.whole, sum.offset), (sum.parts, Amount::ZERO));
}

/// Higher correlations never lower the risk of what is held; larger stress or a smaller offset never
/// lower any.
pub(crate) fn monotone_in_correlation(table: &Table, parts: &[Part], by: &Table) {
    let exposures = table.exposures(parts);
    let before = table.rule();
    let worse = Table {
        to_one: more(table.to_one, by.to_one).raw(),
        to_zero: more(table.to_zero, by.to_zero).raw(),
        most_offset: fraction(table.most_offset)
            .raw()
            .saturating_sub(fraction(by.most_offset).raw()),
        ..table.clone()
    };
    let no_less = |exposures: &[Exposure], a: &CorrelationOffset, b: &CorrelationOffset| {
        if let Some(less) = risk(a, exposures) {
            let more = b.risk(exposures).unwrap();
            assert!(
                less.parts == more.parts && less.whole <= more.whole,
                "{less:?} {more:?}"
            );
            assert!(less.offset >= more.offset, "{less:?} {more:?}");
        }
    };
    no_less(&exposures, &before, &worse.rule());

    let held: Vec<_> = parts
        .iter()
        .map(|part| Part {
            owed: false,
            ..*part
        })
        .collect();
    let held = table.exposures(&held);
    let below: Vec<_> = before
        .correlations()
        .below()
        .iter()
        .map(|rho| rho.bps())
        .collect();
    let raise = |(at, bps): (usize, &i16)| bps.saturating_add(by.number(at).abs()).min(ONE);
    let raised: Vec<_> = below.iter().enumerate().map(raise).collect();
    let raised = CorrelationMatrix::new(table.assets(), &correlations(&raised));
    let ones = CorrelationMatrix::uniform(table.assets(), Correlation::ONE).unwrap();
    let raised = raised.unwrap_or(ones);
    no_less(&held, &before, &table.rule_of(raised));

    // More of what is held, where nothing moves against anything.
    if below.iter().all(|bps| *bps >= 0) {
        let larger = |e: &Exposure| {
            let value = e.value().get().saturating_add(u128::from(by.to_one));
            Exposure::held(e.asset(), value.into(), e.haircut())
        };
        let larger: Vec<_> = held.iter().map(larger).collect();
        if let (Some(less), Some(more)) = (risk(&before, &held), risk(&before, &larger)) {
            assert!(less.whole <= more.whole);
        }
    }
}

/// Splitting an entry, or an asset into two that move as one, changes nothing, in any order; two accounts
/// never have less risk, or a larger offset, than one.
pub(crate) fn split_invariant_of_offset(table: &Table, parts: &[Part], cuts: &[u128]) {
    let (rule, exposures) = (table.rule(), table.exposures(parts));
    let Some(one) = risk(&rule, &exposures) else {
        return;
    };
    let with = |e: &Exposure, asset: usize, value: u128| {
        let value = Amount::new(value);
        if e.is_owed() {
            Exposure::owed(asset, value, e.haircut())
        } else {
            Exposure::held(asset, value, e.haircut())
        }
    };
    let cut = |(at, e): (usize, &Exposure)| {
        let value = e.value().get();
        let left = cuts.get(at).copied().unwrap_or(value / 2).min(value);
        (with(e, e.asset(), left), with(e, e.asset(), value - left))
    };
    let (left, right): (Vec<_>, Vec<_>) = exposures.iter().enumerate().map(cut).unzip();
    let mut both: Vec<_> = left.iter().chain(&right).copied().collect();
    both.reverse();
    assert_eq!(rule.risk(&both).unwrap(), one);

    let [first, second] = [&left, &right].map(|part| rule.risk(part).unwrap());
    assert!(first.whole.get().saturating_add(second.whole.get()) >= one.whole.get());
    assert!(first.offset.checked_add(second.offset).unwrap() <= one.offset);

    // The first asset once more, with the right halves in it.
    let matrix = rule.correlations();
    let again: Vec<_> = (0..table.assets())
        .map(|asset| matrix.between(0, asset).unwrap())
        .collect();
    let twice: Vec<_> = matrix.below().iter().chain(&again).copied().collect();
    let twice = CorrelationMatrix::new(table.assets() + 1, &twice).unwrap();
    let moved = right.iter().map(|e| match e.asset() {
        0 => with(e, table.assets(), e.value().get()),
        asset => with(e, asset, e.value().get()),
    });
    let moved: Vec<_> = left.iter().copied().chain(moved).collect();
    // Correlations that go to 0 part the two.
    if rule.stress().to_zero.is_zero() {
        assert_eq!(table.rule_of(twice).risk(&moved).unwrap(), one);
    }
}
