//! Figures of deployed contracts, to the base unit.

use tokenomics_emission_curves::{
    ArrayEpochs, Baseline, Curve, Decay, Disinflation, DisinflationParams, Exponential, Geometric,
    GeometricEpochs, GeometricEpochsParams, GeometricParams, Logistic,
};
use tokenomics_fixed_math::{Amount, Fraction, LogisticGrowth, Ratio, Rounding, Span, Timestamp};

const E18: u128 = 1_000_000_000_000_000_000;
const YEAR: u64 = 86_400 * 365;

/// The constants of ERC20CRV.vy as deployed: INITIAL_RATE, RATE_REDUCTION_TIME,
/// RATE_REDUCTION_COEFFICIENT over RATE_DENOMINATOR.
fn crv(start: u64) -> GeometricEpochs<ArrayEpochs<245>> {
    GeometricEpochs::in_array(GeometricEpochsParams {
        start: Timestamp::new(start),
        length: Span::new(YEAR),
        initial_rate: Amount::new(274_815_283 * E18 / u128::from(YEAR)),
        decay: Ratio::new(E18, 1_189_207_115_002_721_024).unwrap(),
        max_epochs: None,
    })
    .unwrap()
}

/// 50 BTC a block, halved every 210,000 blocks; the clock is the block height.
fn bitcoin() -> GeometricEpochs<ArrayEpochs<33>> {
    GeometricEpochs::in_array(GeometricEpochsParams {
        start: Timestamp::ZERO,
        length: Span::new(210_000),
        initial_rate: Amount::new(5_000_000_000),
        decay: Ratio::new(1, 2).unwrap(),
        max_epochs: None,
    })
    .unwrap()
}

/// The numbers of a table, a row at a time, without its comments and its header.
fn rows(table: &str) -> impl Iterator<Item = [u128; 3]> + '_ {
    let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| {
        let mut fields = line.split(',').map(|field| field.parse().unwrap());
        [(); 3].map(|()| fields.next().unwrap())
    })
}

#[test]
fn all_of_crvs_epochs_to_the_wei() {
    let start = 1_600_000_000;
    let crv = crv(start);
    let initial_supply = 1_303_030_303 * E18;
    let mut epochs = 0;
    for [epoch, rate, supply] in rows(include_str!("data/crv_epochs.csv")) {
        let begin = start + YEAR * u64::try_from(epoch).unwrap();
        let emitted = supply - initial_supply;
        assert_eq!(crv.rate_at(Timestamp::new(begin)).get(), rate);
        assert_eq!(crv.emitted_at(Timestamp::new(begin)).get(), emitted);
        // A rate is in force to the last second of its year.
        assert_eq!(crv.rate_at(Timestamp::new(begin + YEAR - 1)).get(), rate);
        if epoch > 0 {
            // No earlier second has emitted as much.
            let earliest = crv.time_of(Amount::new(emitted));
            assert_eq!(earliest, Some(Timestamp::new(begin)));
        }
        epochs += 1;
    }
    assert_eq!(epochs, 245);
    assert_eq!(crv.epochs().len(), 245);
    // 1 wei a second in the last year, then none.
    let terminal = initial_supply + crv.cap().get();
    assert_eq!(terminal, 3_030_303_031_884_357_064_822_816_000);
    assert!(crv.rate_at(crv.end()).is_zero());
}

#[test]
fn all_of_bitcoins_subsidies_to_the_satoshi() {
    let bitcoin = bitcoin();
    let mut epochs = 0;
    for [first_height, subsidy, supply] in rows(include_str!("data/btc_epochs.csv")) {
        let height = u64::try_from(first_height).unwrap();
        assert_eq!(bitcoin.rate_at(Timestamp::new(height)).get(), subsidy);
        assert_eq!(bitcoin.emitted_at(Timestamp::new(height)).get(), supply);
        epochs += 1;
    }
    assert_eq!(epochs, 34, "33 that pay and the first that doesn't");
    assert_eq!(bitcoin.cap(), Amount::new(2_099_999_997_690_000));
    assert_eq!(bitcoin.end(), Timestamp::new(6_930_000));
}

/// Block 840,000 was the first to pay 3.125 BTC.
#[test]
fn bitcoins_fourth_halving_is_at_its_height() {
    let bitcoin = bitcoin();
    let block =
        |height| bitcoin.emitted_between(Timestamp::new(height), Timestamp::new(height + 1));
    assert_eq!(block(839_999), Amount::new(625_000_000));
    assert_eq!(block(840_000), Amount::new(312_500_000));
}

/// Filecoin pays an epoch R·(e^λ − 1)·e^(−λ·epoch), which is what the unit of time before it emits,
/// rounded down by itself; a difference of two rounded totals is at most a unit off that. Its λ has 128
/// bits, ours is ln 2 over six years.
#[test]
fn filecoins_simple_minting_to_an_attofil() {
    let six_years = Span::new(6 * 365 * 24 * 120);
    let reserve = Amount::new(330_000_000 * E18);
    let (start, end) = (Timestamp::ZERO, Timestamp::MAX);
    let simple = Exponential::new(start, end, reserve, Decay::HalfLife(six_years)).unwrap();
    let table = include_str!("data/filecoin_simple.csv");
    let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut epochs = 0;
    for line in lines {
        let (epoch, reward) = line.split_once(',').unwrap();
        let (epoch, reward): (u64, u128) = (epoch.parse().unwrap(), reward.parse().unwrap());
        let paid = simple.rate_at(Timestamp::new(epoch - 1)).get();
        assert!(paid.abs_diff(reward) <= 1, "{epoch}: {paid} and {reward}");
        epochs += 1;
    }
    assert_eq!(epochs, 42);
}

/// What the deployed contract has emitted of CRV, and what its roundings lose of the curve as told: 274,815,283 in
/// the first year, less by the contract's own factor in each.
#[test]
fn crv_as_deployed_stays_below_its_ideal_curve() {
    let deployed = crv(0);
    let (year, decay) = (
        Span::new(YEAR),
        Ratio::new(E18, 1_189_207_115_002_721_024).unwrap(),
    );
    // a / (1 − 10^18/c) = a·c / (c − 10^18).
    let first = Amount::new(274_815_283 * E18);
    let total = first.mul_div(
        1_189_207_115_002_721_024,
        189_207_115_002_721_024,
        Rounding::Floor,
    );
    let (start, end) = (Timestamp::ZERO, Timestamp::MAX);
    let params = GeometricParams {
        start,
        end,
        epoch: year,
        total: total.unwrap(),
        decay,
    };
    let ideal = Geometric::new(params).unwrap();
    let mut last = 0;
    for epoch in 0..=245 {
        let at = Timestamp::new(YEAR * epoch);
        let lost = ideal.emitted_at(at).get() - deployed.emitted_at(at).get();
        assert!(lost >= last, "{epoch}");
        last = lost;
    }
    // In wei, of 1.7 billion CRV.
    assert_eq!(last, 23_501_203_063);
}

/// The subsidies as told, without what whole satoshi a block leave out.
#[test]
fn bitcoin_as_deployed_stays_below_its_ideal_curve() {
    let total = Amount::new(2_100_000_000_000_000);
    let (start, end) = (Timestamp::ZERO, Timestamp::MAX);
    let half = Ratio::new(1, 2).unwrap();
    let params = GeometricParams {
        start,
        end,
        epoch: Span::new(210_000),
        total,
        decay: half,
    };
    let ideal = Geometric::new(params).unwrap();
    let deployed = bitcoin();
    for [first_height, subsidy, supply] in rows(include_str!("data/btc_epochs.csv")) {
        let at = Timestamp::new(u64::try_from(first_height).unwrap());
        let exact = ideal.emitted_at(at).get();
        // Ten halvings of 50 BTC are whole.
        assert!(if first_height < 2_310_000 {
            exact == supply
        } else {
            exact > supply
        });
        assert!(ideal.rate_at(at).get() >= subsidy);
    }
    assert_eq!(ideal.cap().get() - deployed.cap().get(), 2_309_999);
}

/// Solana's schedule, as published: 8%, then 6.8, 5.78, 4.913 and 4.176% …, until 1.5% in about ten years.
/// The supply against the same product of years in exact fractions, floored at the end only.
#[test]
fn solanas_disinflation_year_by_year() {
    let fraction = |text: &str| text.parse::<Fraction>().unwrap();
    let (supply, year) = (Amount::new(500_000_000 * 1_000_000_000), Span::new(YEAR));
    let terminal = fraction("0.015");
    let params = DisinflationParams {
        start: Timestamp::ZERO,
        end: Timestamp::new(20 * YEAR),
        supply,
        year,
        initial: fraction("0.08"),
        taper: fraction("0.15"),
        terminal,
    };
    let solana = Disinflation::new(params).unwrap();
    for (year, percent) in [
        (0, "0.08"),
        (1, "0.068"),
        (2, "0.0578"),
        (3, "0.04913"),
        (4, "0.0417605"),
    ] {
        assert_eq!(solana.rate_of(year), fraction(percent));
    }
    assert!(solana.rate_of(10) > terminal);
    assert_eq!(solana.rate_of(11), terminal);
    for (years, exact) in [
        (1, 540_000_000_000_000_000),
        (5, 666_754_211_495_044_149),
        (11, 771_165_505_966_447_463),
        (20, 881_742_908_891_860_338_u128),
    ] {
        let grown = supply.get() + solana.emitted_at(Timestamp::new(years * YEAR)).get();
        assert!(grown <= exact && exact - grown < 12, "{years}: {grown}");
    }
}

/// Filecoin's e^(−λθ) has 128 bits, and so has its λ; ours is ln 2 over six years.
#[test]
fn filecoins_baseline_minting_to_an_attofil() {
    let six_years = Decay::HalfLife(Span::new(6 * 365 * 24 * 120));
    let reserve = Amount::new(770_000_000 * E18);
    let factor = Ratio::new(
        170_141_295_649_320_539_232_982_094_963_156_736_826,
        1 << 127,
    )
    .unwrap();
    let baseline = Baseline::new(reserve, six_years, 5 << 59, factor).unwrap();
    let mut count = 0;
    for [from, to, reward] in rows(include_str!("data/filecoin_baseline.csv")) {
        let time = |units| Ratio::new(units, 1 << 96).unwrap();
        let minted = baseline.minted_between(time(from), time(to)).get();
        assert!(
            minted.abs_diff(reward) <= 1,
            "{from}: {minted} and {reward}"
        );
        count += 1;
    }
    assert_eq!(count, 32);
    // The baseline doubles in a year of epochs.
    let year = |years: u64| {
        baseline
            .baseline_by(Timestamp::new(years * 1_051_200))
            .unwrap()
    };
    assert_eq!(
        (year(2) - year(1)) / 1_000_000_000,
        (year(1) - year(0)) * 2 / 1_000_000_000
    );
}

/// Towards the largest amount there is, where the two bounds of an evaluation are units apart. Computed
/// with mpmath 1.3, 900 bits.
#[test]
fn an_s_curve_towards_the_largest_amount() {
    let rate = Ratio::new(1, 1_000_000).unwrap();
    for (supply, time, exact) in [
        (
            1_000_000_000_000_000_000_000_000_000_000,
            0,
            1_000_000_000_000_000_000_000_000_000_000,
        ),
        (
            1_000_000_000_000_000_000_000_000_000_000,
            1,
            1_000_001_000_000_497_061_426_381_545_379,
        ),
        (
            1_000_000_000_000_000_000_000_000_000_000,
            999_999,
            2_718_279_096_452_439_504_440_386_276_538,
        ),
        (
            1_000_000_000_000_000_000_000_000_000_000,
            3_000_000,
            20_085_535_796_643_149_617_523_095_636_620,
        ),
        (
            1_000_000_000_000_000_000_000_000_000_000,
            20_000_000,
            200_004_420_360_212_142_792_992_715_758_930_936_178,
        ),
        (
            113_427_455_640_312_821_154_458_202_477_256_070_485,
            0,
            113_427_455_640_312_821_154_458_202_477_256_070_485,
        ),
        (
            113_427_455_640_312_821_154_458_202_477_256_070_485,
            1,
            113_427_531_258_629_184_409_431_321_581_306_429_929,
        ),
        (
            113_427_455_640_312_821_154_458_202_477_256_070_485,
            999_999,
            196_042_334_072_157_050_270_346_301_186_163_760_017,
        ),
        (
            113_427_455_640_312_821_154_458_202_477_256_070_485,
            3_000_000,
            309_467_416_113_591_321_897_940_155_631_033_395_929,
        ),
        (
            113_427_455_640_312_821_154_458_202_477_256_070_485,
            20_000_000,
            340_282_365_518_190_002_783_817_154_954_119_359_410,
        ),
        (
            340_282_366_920_938_463_363_374_607_431_768_211_455,
            0,
            340_282_366_920_938_463_363_374_607_431_768_211_455,
        ),
        (
            340_282_366_920_938_463_363_374_607_431_768_211_455,
            1,
            340_282_366_920_938_463_363_374_707_431_718_211_471,
        ),
        (
            340_282_366_920_938_463_363_374_607_431_768_211_455,
            999_999,
            340_282_366_920_938_463_426_586_626_526_661_468_166,
        ),
        (
            340_282_366_920_938_463_363_374_607_431_768_211_455,
            3_000_000,
            340_282_366_920_938_463_458_395_900_594_981_817_155,
        ),
        (
            340_282_366_920_938_463_363_374_607_431_768_211_455,
            20_000_000,
            340_282_366_920_938_463_463_374_607_225_652_849_211,
        ),
    ] {
        let (start, end) = (Timestamp::ZERO, Timestamp::MAX);
        let growth = LogisticGrowth::new(Amount::new(supply), Amount::MAX, rate).unwrap();
        let curve = Logistic::new(start, end, growth).unwrap();
        let emitted = curve.emitted_at(Timestamp::new(time)).get();
        assert_eq!(supply + emitted, exact, "{supply} after {time}");
    }
}
