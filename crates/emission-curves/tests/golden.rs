//! Figures of deployed contracts, to the base unit.

use tokenomics_emission_curves::{ArrayEpochs, Curve, GeometricEpochs};
use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};

const E18: u128 = 1_000_000_000_000_000_000;
const YEAR: u64 = 86_400 * 365;

/// The constants of ERC20CRV.vy as deployed: INITIAL_RATE, RATE_REDUCTION_TIME,
/// RATE_REDUCTION_COEFFICIENT over RATE_DENOMINATOR.
fn crv(start: u64) -> GeometricEpochs<ArrayEpochs<245>> {
    GeometricEpochs::in_array(
        Timestamp::new(start),
        Span::new(YEAR),
        Amount::new(274_815_283 * E18 / u128::from(YEAR)),
        Ratio::new(E18, 1_189_207_115_002_721_024).unwrap(),
        None,
    )
    .unwrap()
}

/// 50 BTC a block, halved every 210,000 blocks; the clock is the block height.
fn bitcoin() -> GeometricEpochs<ArrayEpochs<33>> {
    GeometricEpochs::in_array(
        Timestamp::ZERO,
        Span::new(210_000),
        Amount::new(5_000_000_000),
        Ratio::new(1, 2).unwrap(),
        None,
    )
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
