//! Figures of the fees and of the issuance as they run: Ethereum's, Cosmos's and Polkadot's.

mod protocols;

use core::fmt::Debug;

use protocols::{at, blob_fee, cosmos, polkadot};
use tokenomics_fixed_math::{fraction, wad, Amount, Fraction, Timestamp};
use tokenomics_rate_controllers::{
    BaseFee, BaseFeeParams, BlobExponential, BlobFee, BlobFeeParams, BlobReserve, Error, Mint,
    NposInflation, SqrtIssuance, SqrtIssuanceParams, TargetBonded, TargetBondedParams,
};

/// go-ethereum, consensus/misc/eip1559, `TestCalcBaseFee`.
#[test]
fn the_base_fee_moves_as_go_ethereums_table_says() {
    let gwei = Amount::new(1_000_000_000);
    for (used, expected) in [
        (10_000_000, 1_000_000_000),
        (9_000_000, 987_500_000),
        (11_000_000, 1_012_500_000),
        (20_000_000, 1_125_000_000),
        (0, 875_000_000),
    ] {
        let mut fee = BaseFee::new(BaseFeeParams::ETHEREUM, gwei, at(0)).unwrap();
        let burn = fee.update(at(0), used, 20_000_000).unwrap();
        assert_eq!(fee.fee(), Amount::new(expected));
        assert_eq!(burn.fee, gwei);
        assert_eq!(burn.burned, Amount::new(1_000_000_000 * u128::from(used)));
    }
}

/// go-ethereum, consensus/misc/eip4844, `TestFakeExponential`.
#[test]
fn the_sum_of_terms_is_that_of_go_ethereums_table() {
    for (factor, numerator, denominator, expected) in [
        (1, 0, 1, 1),
        (38_493, 0, 1_000, 38_493),
        (1, 2, 1, 6),
        (1, 4, 2, 6),
        (1, 3, 1, 16),
        (1, 6, 2, 18),
        (1, 4, 1, 49),
        (1, 8, 2, 50),
        (10, 8, 2, 542),
        (11, 8, 2, 596),
        (1, 5, 1, 136),
        (1, 5, 2, 11),
        (2, 5, 2, 23),
        (1, 50_000_000, 2_225_652, 5_709_098_764),
        (1, 380_928, 3_338_477, 1),
    ] {
        let fee = blob_fee(factor, numerator, denominator).fee();
        assert_eq!(
            fee,
            Amount::new(expected),
            "{factor} e^{numerator}/{denominator}"
        );
    }
}

/// The same, `TestCalcBlobFee`, and what the real exponential says there.
#[test]
fn the_blob_fee_rises_where_go_ethereums_does() {
    for (excess, expected, exact) in [
        (0, 1, 1),
        (2_314_055, 1, 1),
        // ln 2 · 3,338,477 is 2,314,055.9: two excesses at which the sum is late.
        (2_314_056, 1, 2),
        (2_314_057, 1, 2),
        (2_314_058, 2, 2),
        (10 * 1_024 * 1_024, 23, 23),
    ] {
        for (exponential, expected) in [
            (BlobExponential::Deployed, expected),
            (BlobExponential::Exact, exact),
        ] {
            let params = BlobFeeParams {
                exponential,
                ..BlobFeeParams::CANCUN
            };
            let fee = BlobFee::new(params, excess, at(0)).unwrap().fee();
            assert_eq!(fee, Amount::new(expected), "{exponential:?} at {excess}");
        }
    }
}

/// e^5 is 148.41: with a small denominator the deployed sum is off by an eighth of it.
#[test]
fn the_exact_fee_is_the_real_exponentials() {
    let mut params = blob_fee(1, 5, 1).params();
    params.exponential = BlobExponential::Exact;
    let fee = BlobFee::new(params, 5, at(0)).unwrap().fee();
    assert_eq!(
        (fee, blob_fee(1, 5, 1).fee()),
        (Amount::new(148), Amount::new(136))
    );
}

/// EIP-7918: where a blob is cheaper than its reserve, a full block raises the excess by a third of
/// it, and an empty one doesn't lower it.
#[test]
fn below_the_reserve_price_the_excess_does_not_fall() {
    let reserve = |base_fee| BlobReserve {
        base_fee,
        base_cost: 8_192,
        gas_per_blob: 131_072,
        max: 9 * 131_072,
    };
    let start = BlobFee::new(BlobFeeParams::PRAGUE, 1_000_000, at(7)).unwrap();
    for (base_fee, blobs, expected) in [
        (17, 9, 1_000_000 + 3 * 131_072),
        (17, 0, 1_000_000),
        (16, 9, 1_000_000 + 3 * 131_072),
        (16, 6, 1_000_000),
        (16, 0, 1_000_000 - 6 * 131_072),
    ] {
        let mut fee = start;
        fee.update_with_reserve(at(7), blobs * 131_072, reserve(base_fee))
            .unwrap();
        assert_eq!(fee.excess(), expected, "{blobs} blobs at {base_fee}");
        // It must be the next block, and not have used more than the most.
        let after = fee;
        assert!(fee.update_with_reserve(at(9), 0, reserve(17)).is_err());
        assert!(fee
            .update_with_reserve(at(8), 10 * 131_072, reserve(17))
            .is_err());
        assert_eq!(fee, after);
    }
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

/// What the trait mints, call by call, is what the controller's own transition does.
#[test]
fn each_mint_is_the_controllers_own_transition() {
    fn check<M: Mint + PartialEq + Debug>(
        mint: M,
        signals: [M::Signal; 3],
        update: impl Fn(&mut M, Timestamp, M::Signal, Amount) -> Result<Amount, Error>,
    ) {
        let (mut minted, mut updated) = (mint.clone(), mint);
        let supply = Amount::new(1_000_000_000_000_000);
        for (time, last, signal) in [
            (1_000_000, 1_000_000, signals[0]),
            (3_000_000, 3_000_000, signals[1]),
            (3_000_000, 3_000_000, signals[2]),
            (2_999_999, 3_000_000, signals[0]),
        ] {
            let by_trait = minted.mint(at(time), signal, supply);
            assert_eq!(by_trait, update(&mut updated, at(time), signal, supply));
            assert_eq!(by_trait.is_err(), time < last);
            assert_eq!((minted.last(), &minted), (at(last), &updated));
        }
    }
    let parts = [fraction!("0.3"), fraction!("0.8"), fraction!("0.67")];
    check(cosmos(wad!("0.1")), parts, TargetBonded::update);
    check(polkadot(), parts, NposInflation::update);
    let issuance = SqrtIssuance::new(SqrtIssuanceParams::ETHEREUM, at(0)).unwrap();
    let stakes = [32_000_000_000, 1 << 40, 0];
    check(issuance, stakes, |issuance, at, staked, _| {
        issuance.update(at, staked)
    });
}
