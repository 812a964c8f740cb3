//! Figures of the issuance of Cosmos, Polkadot and Ethereum, what is refused, and faults of others
//! that must not be here.

use tokenomics_emission_curves::{
    Error, NposInflation, NposInflationParams, SqrtIssuance, SqrtIssuanceParams, TargetBonded,
    TargetBondedParams,
};
use tokenomics_fixed_math::{fraction, wad, Amount, Fraction, Span, Timestamp, Wad};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn cosmos(inflation: Wad) -> TargetBonded {
    TargetBonded::new(TargetBondedParams::COSMOS, inflation, at(0)).unwrap()
}

/// Cosmos SDK, x/mint/types/minter_test.go, `TestNextInflation`: the change in one block, there by
/// three quotients of 18 decimals, each rounded half to even.
#[test]
fn inflation_moves_as_in_the_cosmos_sdks_test() {
    for (bonded, inflation, change) in [
        // 0.13 / 6,311,520; (1 − 1 / 0.67) of that; (1 − 0.5 / 0.67) of that.
        (fraction!("0"), wad!("0.07"), 20_597_257_080_i128),
        (fraction!("1"), wad!("0.2"), -10_144_917_667),
        (fraction!("0.5"), wad!("0.1"), 5_226_169_707),
        // It stops at 7% and at 20%, and doesn't move at the goal.
        (fraction!("1"), wad!("0.07"), 0),
        (fraction!("1"), wad!("0.0700000001"), -100_000_000),
        (fraction!("0"), wad!("0.2"), 0),
        (fraction!("0"), wad!("0.1999999999"), 100_000_000),
        (fraction!("0.67"), wad!("0.15"), 0),
    ] {
        let mut mint = cosmos(inflation);
        mint.update(at(1), bonded, Amount::new(1)).unwrap();
        let changed = mint.inflation().raw().abs_diff(inflation.raw());
        let expected = change.unsigned_abs();
        assert!(changed.abs_diff(expected) <= 1, "{bonded}: {changed}");
        assert_eq!(mint.inflation() < inflation, change < 0);
    }
}

/// The same, `TestBlockProvision`: what a year's provision comes to in a block of five seconds.
#[test]
fn a_block_mints_as_in_the_cosmos_sdks_test() {
    let year = 60 * 60 * 8_766 / 5;
    let params = TargetBondedParams {
        min: wad!("1"),
        max: wad!("1"),
        ..TargetBondedParams::COSMOS
    };
    for (provision, minted) in [(year, 1), (year + 1, 1), (year * 2, 2), (year / 2, 0)] {
        let mut mint = TargetBonded::new(params, wad!("1"), at(0)).unwrap();
        let block = mint.update(at(1), fraction!("0.5"), Amount::new(provision));
        assert_eq!(block, Ok(Amount::new(minted)));
    }
}

/// Osmosis #1917: truncating each provision lost some 2,600 OSMO in a year.
#[test]
fn a_year_of_blocks_mints_what_the_year_does() {
    let supply = Amount::new(987_654_321_012_345);
    let bonded = fraction!("0.61");
    let mut late = cosmos(wad!("0.1"));
    let year = late.update(at(6_311_520), bonded, supply).unwrap();
    let mut timely = cosmos(wad!("0.1"));
    let (mut sum, mut truncated) = (0, 0);
    for block in (0..=6_311_520).step_by(60) {
        sum += timely.update(at(block), bonded, supply).unwrap().get();
        let provision = timely.inflation().raw() * supply.get() / Wad::SCALE;
        truncated += provision * 60 / 6_311_520;
    }
    assert_eq!((Amount::new(sum), timely), (year, late));
    assert_ne!(truncated, sum);
}

/// cosmos-sdk #22675: x/mint counts blocks, so that a chain whose blocks are a fifth faster mints a
/// fifth more. On a clock of seconds there is nothing to drift.
#[test]
fn on_a_clock_of_seconds_the_speed_of_blocks_is_nothing() {
    let params = TargetBondedParams {
        year: Span::new(31_557_600),
        ..TargetBondedParams::COSMOS
    };
    let supply = Amount::new(1_000_000_000_000);
    let minted = |block_time| {
        let mut mint = TargetBonded::new(params, wad!("0.1"), at(0)).unwrap();
        let times = (0..=31_557_600_u64).step_by(block_time);
        times.fold(0, |sum, time| {
            let minted = mint.update(at(time), fraction!("0.5"), supply).unwrap();
            sum + minted.get()
        })
    };
    assert_eq!(minted(600), minted(480));
}

fn polkadot() -> NposInflation {
    let params = NposInflationParams {
        min: wad!("0.025"),
        max: wad!("0.1"),
        ideal: fraction!("0.5"),
        falloff: fraction!("0.05"),
        // 365.25 days.
        year: Span::new(31_557_600),
    };
    NposInflation::new(params, at(0)).unwrap()
}

/// Polkadot SDK, pallet-staking, src/inflation.rs, `npos_curve_is_sensible`: what 365 days pay of a
/// supply of 100,000, by straight pieces near the curve.
#[test]
fn a_year_pays_what_polkadots_table_says() {
    for (staked, payout, pieces_are_off) in [
        (0, 2_498, 0),
        (5_000, 3_248, 1),
        (25_000, 6_246, 1),
        (40_000, 8_494, 0),
        (50_000, 9_993, 0),
        (60_000, 4_379, 7),
        (75_000, 2_733, 1),
        (95_000, 2_513, 1),
        (100_000, 2_505, 0),
    ] {
        let mut mint = polkadot();
        let part = Fraction::from_raw(staked * 10_000_000_000_000).unwrap();
        let minted = mint.update(at(365 * 86_400), part, Amount::new(100_000));
        let off = minted.unwrap().get().abs_diff(payout);
        assert_eq!(off, pieces_are_off, "{staked}");
    }
}

/// The same table: a day's payout, three times.
#[test]
fn a_day_pays_what_polkadots_table_says() {
    for (part, payout) in [("0.25", 17), ("0.5", 27), ("0.75", 7)] {
        let part = part.parse().unwrap();
        let minted = polkadot().update(at(86_400), part, Amount::new(100_000));
        assert_eq!(minted, Ok(Amount::new(payout)));
    }
}

#[test]
fn beyond_the_ideal_the_part_above_the_least_halves_with_every_falloff() {
    let curve = polkadot();
    for (part, inflation) in [
        (fraction!("0.5"), wad!("0.1")),
        (fraction!("0.55"), wad!("0.0625")),
        (fraction!("0.6"), wad!("0.04375")),
        (fraction!("0.65"), wad!("0.034375")),
        (fraction!("1"), wad!("0.0250732421875")),
    ] {
        assert_eq!(curve.inflation(part), inflation, "{part}");
    }
}

/// consensus-specs #1159, which set the factor: with 2^27 ETH at stake a year's issuance is a bit below
/// 2^21 ETH. A year has 82,181 epochs and a quarter.
#[test]
fn ethereum_issues_a_bit_less_than_two_to_the_21_ether_at_two_to_the_27() {
    let issuance = SqrtIssuance::new(SqrtIssuanceParams::ETHEREUM, at(0)).unwrap();
    let gwei = 1_000_000_000;
    let year = issuance.per_epoch((1 << 27) * gwei).get() * 328_725 / 4;
    let limit = u128::from((1_u64 << 21) * gwei);
    assert!(year < limit && year > limit * 91 / 100, "{year}");
    // Less than one increment counts as one: the specification's total balance is never less.
    assert_eq!(issuance.base_reward(0), issuance.base_reward(gwei));
    assert_eq!(issuance.base_reward(gwei), 64 * gwei / 31_622);
    assert_eq!(
        issuance.per_epoch(0).get(),
        u128::from(issuance.base_reward(0))
    );
}

/// Issuance grows with the square root of the stake: four times the stake, twice the issuance.
#[test]
fn four_times_the_stake_earns_twice_as_much() {
    let issuance = SqrtIssuance::new(SqrtIssuanceParams::ETHEREUM, at(0)).unwrap();
    for ether in [1_000_000, 8_000_000, 30_000_000_u64] {
        let one = issuance.per_epoch(ether * 1_000_000_000).get();
        let four = issuance.per_epoch(4 * ether * 1_000_000_000).get();
        assert!(
            four.abs_diff(2 * one) * 100 < one,
            "{ether}: {one} and {four}"
        );
    }
}

#[test]
fn a_parameter_of_issuance_outside_of_its_range_is_refused_by_name() {
    let bonded = |change: fn(&mut TargetBondedParams), inflation| {
        let mut params = TargetBondedParams::COSMOS;
        change(&mut params);
        TargetBonded::new(params, inflation, at(0)).map(|_| ())
    };
    let npos = |change: fn(&mut NposInflationParams)| {
        let mut params = polkadot().params();
        change(&mut params);
        NposInflation::new(params, at(0)).map(|_| ())
    };
    let sqrt = |increment, factor| {
        SqrtIssuance::new(SqrtIssuanceParams { increment, factor }, at(0)).map(|_| ())
    };
    const HUGE: Wad = wad!("100.000000000000000001");
    let tenth = wad!("0.1");
    for (refused, name) in [
        (bonded(|p| p.goal = Fraction::ZERO, tenth), "the goal"),
        (
            bonded(|p| p.change = HUGE, tenth),
            "the change of inflation",
        ),
        (bonded(|p| p.max = HUGE, tenth), "the largest inflation"),
        (
            bonded(|p| p.min = wad!("0.21"), tenth),
            "the least inflation",
        ),
        (
            bonded(|p| p.year = Span::new(0), tenth),
            "the length of a year",
        ),
        (
            bonded(|p| p.year = Span::new(10_000_000_001), tenth),
            "the length of a year",
        ),
        (bonded(|_| (), wad!("0.21")), "the inflation"),
        (bonded(|_| (), wad!("0.06")), "the inflation"),
        (npos(|p| p.max = HUGE), "the largest inflation"),
        (npos(|p| p.min = wad!("0.2")), "the least inflation"),
        (npos(|p| p.ideal = Fraction::ZERO), "the ideal"),
        (npos(|p| p.falloff = Fraction::ZERO), "the falloff"),
        (npos(|p| p.year = Span::new(0)), "the length of a year"),
        (sqrt(0, 1), "the increment"),
        (sqrt(1 << 32, 1 << 32), "the factor"),
    ] {
        let Err(Error::OutOfRange { what, .. }) = refused else {
            panic!("{name}: {refused:?}");
        };
        assert_eq!(what, name);
    }
}

/// More than the largest amount is an error, and what was not minted isn't lost.
#[test]
fn a_refused_mint_changes_nothing() {
    let params = TargetBondedParams {
        max: wad!("100"),
        year: Span::new(1),
        ..TargetBondedParams::COSMOS
    };
    let mut mint = TargetBonded::new(params, wad!("100"), at(5)).unwrap();
    let before = mint;
    let whole = mint.update(Timestamp::MAX, fraction!("0"), Amount::MAX);
    assert!(matches!(whole, Err(Error::Math(_))), "{whole:?}");
    let backward = mint.update(at(4), fraction!("0"), Amount::new(1));
    assert!(matches!(backward, Err(Error::Backward { .. })));
    assert_eq!(mint, before);
    // Without a supply there is nothing to mint, however long it was.
    assert_eq!(
        mint.update(Timestamp::MAX, fraction!("1"), Amount::ZERO),
        Ok(Amount::ZERO)
    );
}
