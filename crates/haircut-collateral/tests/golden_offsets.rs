//! Figures of offsets, each with its source, and what they are at their edges.

use tokenomics_fixed_math::{fraction, Amount, Fraction, Ratio};
use tokenomics_haircut_collateral::*;

const ALL: Fraction = Fraction::ONE;

fn offset(assets: usize, percents: &[i8]) -> CorrelationOffset {
    let of = |percent: &i8| Correlation::from_percent(*percent).unwrap();
    let below: Vec<_> = percents.iter().map(of).collect();
    let matrix = CorrelationMatrix::new(assets, &below).unwrap();
    CorrelationOffset::new(matrix, CorrelationStress::NONE, ALL)
}

/// The number of the last of so many assets, as an error holds it.
fn last_of(assets: usize) -> u32 {
    u32::try_from(assets - 1).unwrap()
}

fn whole(rule: &CorrelationOffset, exposures: &[Exposure]) -> u128 {
    rule.risk(exposures).unwrap().whole.get()
}

/// ISDA's unit tests of SIMM 2.5 as AcadiaSoft's simm-lib has them (SimmTenDayTest: C117, C155, C200, C271,
/// C272, C275, C280 and C281): the margins of two sensitivities by themselves, their correlation, and the
/// margin of both. Theirs are rounded to the nearest dollar.
#[test]
fn simms_margins_within_a_bucket() {
    for (margins, percent, both) in [
        ([66_500_000, -119_700_000], 50, 103_876_321),
        ([840_000_000, 560_000_000], 27, 1_128_368_734),
        ([56_000_000, -28_000_000], 23, 56_557_228),
        ([250_000_000, 25_000_000], 97, 274_317_334),
        ([350_000_000, 35_000_000], 98, 384_363_110),
        ([440_000_000, 44_000_000], 80, 475_932_768),
        ([160_000_000, -16_000_000], 18, 157_906_301),
        ([130_000_000, -13_000_000], 21, 127_903_088_i64),
    ] {
        let of = |asset: usize| {
            let margin: i64 = margins[asset];
            let value = Amount::new(margin.unsigned_abs().into());
            if margin < 0 {
                Exposure::owed(asset, value, ALL)
            } else {
                Exposure::held(asset, value, ALL)
            }
        };
        let found = whole(&offset(2, &[percent]), &[of(0), of(1)]);
        let nearest = both.unsigned_abs().into();
        assert!(
            found == nearest || found == nearest + 1,
            "{found} {nearest}"
        );
    }
}

/// The same, C477: interest rates, FX (41 million at 13.6), qualifying and other credit and commodities in
/// one product class, and 36 million of equities that are added.
#[test]
fn simms_margin_of_risk_classes() {
    let rule = offset(5, &[32, 29, 38, 13, 12, 54, 46, 41, 52, 41]);
    let margins = [
        1_316_000_000,
        557_600_000,
        60_000_000,
        1_680_000_000,
        34_000_000,
    ];
    let of = |asset: usize| Exposure::held(asset, Amount::new(margins[asset]), ALL);
    let found = whole(&rule, &[0, 1, 2, 3, 4].map(of));
    assert_eq!(found + 36_000_000, 2_570_753_170);
}

/// Markowitz: 60% and 40% at volatilities of 20% and 30%, of a million, at correlations from −1 to 1; by hand
/// √(0.12² + 0.12² + 2·0.12²·ρ) = 0.12·√(2 + 2ρ).
#[test]
fn two_assets_of_equal_risk() {
    let held = [
        Exposure::held(0, Amount::new(600_000), fraction!("0.2")),
        Exposure::held(1, Amount::new(400_000), fraction!("0.3")),
    ];
    for (percent, expected) in [
        (-100, 0),
        (-50, 120_000),
        (0, 169_706),
        (50, 207_847),
        (100, 240_000),
    ] {
        assert_eq!(whole(&offset(2, &[percent]), &held), expected);
    }
    let risk = offset(2, &[-50]).risk(&held).unwrap();
    assert_eq!((risk.parts.get(), risk.offset.get()), (240_000, 120_000));
}

/// A long of ether and a short of staked ether at 0.99: 2% of each is the risk that is left, and in a
/// stress that takes half of the correlation ten times as much.
#[test]
fn a_hedge_is_as_good_as_its_correlation() {
    let pair = [
        Exposure::held(0, Amount::new(1_000_000), fraction!("0.2")),
        Exposure::owed(1, Amount::new(1_000_000), fraction!("0.2")),
    ];
    let calm = offset(2, &[99]);
    assert_eq!(whole(&calm, &pair), 28_285); // 200,000·√0.02
    let (to_one, to_zero) = (Fraction::ZERO, fraction!("0.5"));
    let stress = CorrelationStress { to_one, to_zero };
    let stressed = CorrelationOffset::new(*calm.correlations(), stress, ALL);
    assert_eq!(whole(&stressed, &pair), 200_998); // 200,000·√1.01
    let declared = CorrelationOffset::new(*calm.correlations(), stress, fraction!("0.25"));
    assert_eq!(whole(&declared, &pair), 300_000);
}

/// Tables of any numbers, scaled to the last basis point at which they are one that returns can have, by
/// elimination in fractions (Python's `fractions`).
#[test]
fn tables_at_the_edge_of_the_possible() {
    for (seed, assets, last) in [
        (7, 6, 4_648),
        (7, 9, 3_983),
        (7, 16, 2_308),
        (11, 6, 5_148),
        (11, 9, 4_077),
        (11, 16, 2_498),
        (2_026, 6, 4_886),
        (2_026, 9, 3_927),
        (2_026, 16, 2_768),
    ] {
        let mut state: u64 = seed;
        let numbers: Vec<i64> = (0..assets * (assets - 1) / 2)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                i64::try_from((state >> 33) % 20_001).unwrap() - 10_000
            })
            .collect();
        let scaled = |by: i64| {
            let entry =
                |number: &i64| Correlation::from_bps((number * by / 10_000) as i16).unwrap();
            let below: Vec<_> = numbers.iter().map(entry).collect();
            CorrelationMatrix::new(assets, &below)
        };
        assert!(scaled(last).is_ok(), "{seed} {assets}");
        let asset = last_of(assets);
        assert_eq!(
            scaled(last + 1),
            Err(Error::Indefinite { asset }),
            "{seed} {assets}"
        );
    }
}

/// Six unit vectors of three dimensions, whose angles have cosines of whole basis points: any of more than
/// three have a determinant of exactly 0, and pass.
#[test]
fn tables_that_are_singular_are_possible() {
    let vectors: [[i64; 3]; 6] = [
        [15, 16, 12],
        [9, -20, 12],
        [-12, 15, 16],
        [7, 0, 24],
        [0, -15, 20],
        [-16, 12, 15],
    ];
    let bps = |one: usize, other: usize| {
        let product: i64 = (0..3).map(|at| vectors[one][at] * vectors[other][at]).sum();
        Correlation::from_bps((product * 16) as i16).unwrap()
    };
    // In each of the orders that a rotation and a mirror make, and others.
    for turn in 0..6 {
        for step in [1, 5] {
            for swap in 0..6 {
                let mut order = [0, 1, 2, 3, 4, 5].map(|at: usize| (at * step + turn) % 6);
                order.swap(0, swap);
                for assets in 1..=6 {
                    let pairs =
                        (0..assets).flat_map(|row| (0..row).map(move |column| (row, column)));
                    let below: Vec<_> = pairs.map(|(a, b)| bps(order[a], order[b])).collect();
                    let found = CorrelationMatrix::new(assets, &below);
                    assert!(found.is_ok(), "{below:?}");
                }
            }
        }
    }
}

/// The least that n assets can share is −1/(n − 1): of 16 it is −666.7 basis points, of 5 −2,500.
#[test]
fn the_least_correlation_that_many_can_share() {
    for (assets, least) in [
        (2, -10_000),
        (3, -5_000),
        (5, -2_500),
        (7, -1_666),
        (15, -714),
        (16, -666),
    ] {
        let of = |bps| CorrelationMatrix::uniform(assets, Correlation::from_bps(bps).unwrap());
        assert!(of(least).is_ok(), "{assets}");
        let refused = of(least - i16::from(assets > 2));
        assert!(
            assets == 2
                || refused
                    == Err(Error::Indefinite {
                        asset: last_of(assets)
                    })
        );
    }
    let ones = CorrelationMatrix::uniform(16, Correlation::ONE).unwrap();
    assert_eq!((ones.assets(), ones.below().len()), (16, 120));
    // A zero pivot whose row isn't zero: the second moves as the first, the third with one of them.
    let below = [Correlation::ONE, Correlation::ZERO, Correlation::ONE];
    assert_eq!(
        CorrelationMatrix::new(3, &below),
        Err(Error::Indefinite { asset: 2 })
    );
}

/// Assets 1 and 2 are one: the last contradicts them, and so does the one before it, by a hair.
#[test]
fn the_first_that_contradicts_is_named() {
    let below = [0, 0, 10_000, -500, -10_000, -10_000, 0, 0, 10_000, 0];
    let below = below.map(|bps| Correlation::from_bps(bps).unwrap());
    let torn = Error::Indefinite { asset: 3 };
    assert_eq!(CorrelationMatrix::new(5, &below), Err(torn));
    assert!(CorrelationMatrix::new(3, &below[..3]).is_ok());
}

#[test]
fn a_matrix_of_another_size_is_refused() {
    let count = |assets, below: &[Correlation]| CorrelationMatrix::new(assets, below).unwrap_err();
    let text = |error: Error| error.to_string();
    assert_eq!(
        text(count(0, &[])),
        "the number of assets of a matrix is 0, below 1"
    );
    assert_eq!(
        text(count(17, &[])),
        "the number of assets of a matrix is 17, above 16"
    );
    let two = [Correlation::ZERO; 2];
    assert_eq!(
        text(count(3, &two)),
        "the number of correlations of a matrix is 2, below 3"
    );
    assert_eq!(
        text(count(2, &two)),
        "the number of correlations of a matrix is 2, above 1"
    );
    assert_eq!(
        text(Correlation::from_percent(-101).unwrap_err()),
        "the size of a correlation, in basis points, is 10100, above 10000"
    );
    let torn = Error::Indefinite { asset: 3 };
    assert_eq!(
        text(torn),
        "the correlations of asset 3 contradict those before it"
    );
    let one = offset(1, &[]);
    let beyond = one
        .risk(&[Exposure::held(1, Amount::ZERO, ALL)])
        .unwrap_err();
    assert_eq!(
        text(beyond),
        "the number of an asset of a matrix is 1, above 0"
    );
    assert_eq!(one.correlations().between(0, 1), None);
}

#[test]
fn nothing_and_the_most_in_an_offset() {
    let rule = offset(2, &[0]);
    let none = rule.risk(&[]).unwrap();
    assert_eq!(
        (none.parts, none.whole, none.offset),
        (Amount::ZERO, Amount::ZERO, Amount::ZERO)
    );
    let most = |asset| Exposure::held(asset, Amount::MAX, ALL);
    let one = rule.risk(&[most(0)]).unwrap();
    assert_eq!((one.parts, one.whole), (Amount::MAX, Amount::MAX));
    assert!(rule.risk(&[most(0), most(1)]).is_err());
    let half = |asset| Exposure::held(asset, Amount::MAX, fraction!("0.5"));
    let both = rule.risk(&[half(0), half(1)]).unwrap();
    assert_eq!(both.parts, Amount::MAX);
    // All of it is offset by a debt in the same asset.
    let owed = Exposure::owed(0, Amount::MAX, fraction!("0.5"));
    let hedged = rule.risk(&[half(0), owed]).unwrap();
    assert_eq!(
        (hedged.parts, hedged.whole, hedged.offset),
        (Amount::MAX, Amount::ZERO, Amount::MAX)
    );
    // A fraction that is declared of a sum of all units.
    let most_of = CorrelationOffset::new(
        *rule.correlations(),
        CorrelationStress::NONE,
        fraction!("0.5"),
    );
    let hedged = most_of.risk(&[half(0), owed]).unwrap();
    assert_eq!(hedged.whole.get(), 1 << 127);
    assert_eq!(hedged.offset.get(), (1 << 127) - 1);
    // (2^128 − 1)/√2
    assert_eq!(
        both.whole.get(),
        240_615_969_168_004_511_545_033_772_477_625_056_927
    );
}

/// One that a portfolio counts with: 1,000 of each of two assets that have nothing to do with each other, at
/// 20%, carry a debt of 1,717 and not of 1,718.
#[test]
fn an_offset_is_credit_again() {
    let cut = fraction!("0.2");
    let held = [Holding::new(Amount::new(1_000), Ratio::ONE, Haircut::uniform(cut)); 2];
    let exposures = [0, 1].map(|asset| Exposure::held(asset, Amount::new(1_000), cut));
    let risk = offset(2, &[0]).risk(&exposures).unwrap();
    assert_eq!((risk.whole.get(), risk.offset.get()), (283, 117)); // of 282.84
    for (owed, healthy) in [(1_717, true), (1_718, false)] {
        let owed = [Debt::new(Amount::new(owed), Ratio::ONE, Haircut::NONE).unwrap()];
        let portfolio = Portfolio::new(&held, &owed);
        assert_eq!(
            portfolio.is_healthy_with(risk.offset, Margin::Initial),
            healthy
        );
        assert!(!portfolio.is_healthy(Margin::Initial));
    }
}
