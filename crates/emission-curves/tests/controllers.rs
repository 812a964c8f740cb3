//! Figures of the fees as they run, what is refused, and faults of others that must not be here.

use tokenomics_emission_curves::{
    BaseFee, BaseFeeParams, BlobExponential, BlobFee, BlobFeeParams, BlobReserve, Error,
};
use tokenomics_fixed_math::{Amount, Timestamp};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

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

fn blob_fee(min_fee: u128, excess: u64, update_fraction: u64) -> BlobFee {
    let params = BlobFeeParams {
        min_fee: Amount::new(min_fee),
        target: 1,
        update_fraction,
        max_excess: excess,
        exponential: BlobExponential::Deployed,
    };
    BlobFee::new(params, excess, at(0)).unwrap()
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

/// A block's fee is the one in force in it, not the one that it leads to.
#[test]
fn what_is_burned_is_at_the_fee_before_the_block() {
    let mut fee = blob_fee(1, 5, 1);
    let burn = fee.update(at(0), 1_000).unwrap();
    assert_eq!(burn.burned, Amount::new(136_000));
}

#[test]
fn a_block_cannot_be_counted_twice_nor_one_before_it() {
    let mut fee = BaseFee::new(BaseFeeParams::ETHEREUM, Amount::new(100), at(5)).unwrap();
    fee.update(at(9), 1, 2).unwrap();
    let after = fee;
    for block in [0, 5, 9] {
        let refused = fee.update(at(block), 1, 2);
        assert_eq!(
            refused,
            Err(Error::Backward {
                at: at(block),
                last: at(10)
            })
        );
    }
    assert_eq!(fee, after);
    assert_eq!(
        Error::Backward {
            at: at(9),
            last: at(10)
        }
        .to_string(),
        "9 is before 10, up to which everything is counted already"
    );
}

/// The number of steps of a late call is bounded by the denominator, not by how late it is.
#[test]
fn a_call_after_all_blocks_there_are_falls_to_the_least_and_returns() {
    for (denominator, floor) in [(8, 7), (1_024, 1_023), (1, 0)] {
        let params = BaseFeeParams {
            denominator,
            ..BaseFeeParams::ETHEREUM
        };
        let fee = BaseFee::new(params, params.max, at(0)).unwrap();
        // Below the denominator a step is less than a unit, and there the specification's fee stays.
        assert_eq!(fee.fee_at(Timestamp::MAX), Ok(Amount::new(floor)));
        // 46 · denominator steps are always enough.
        let enough = fee.fee_at(at(46 * denominator));
        assert_eq!(enough, Ok(Amount::new(floor)));
    }
    let fee = BaseFee::new(BaseFeeParams::ETHEREUM, BaseFeeParams::ETHEREUM.max, at(0)).unwrap();
    let after = [321, 322].map(|blocks| fee.fee_at(at(blocks)));
    assert_eq!(after, [Ok(Amount::new(8)), Ok(Amount::new(7))]);
}

#[test]
fn a_fees_parameter_outside_of_its_range_is_refused_by_name() {
    let base = |change: fn(&mut BaseFeeParams), fee| {
        let mut params = BaseFeeParams::ETHEREUM;
        change(&mut params);
        BaseFee::new(params, Amount::new(fee), at(0)).map(|_| ())
    };
    let blob = |change: fn(&mut BlobFeeParams), excess| {
        let mut params = BlobFeeParams::CANCUN;
        change(&mut params);
        BlobFee::new(params, excess, at(0)).map(|_| ())
    };
    for (refused, name) in [
        (base(|p| p.elasticity = 0, 1), "the elasticity"),
        (base(|p| p.denominator = 0, 1), "the denominator of a step"),
        (
            base(|p| p.denominator = 1_025, 1),
            "the denominator of a step",
        ),
        (base(|p| p.max = Amount::new(1 << 64), 1), "the largest fee"),
        (base(|p| p.min = Amount::new(2), 1), "the fee"),
        (base(|p| p.max = Amount::new(0), 1), "the fee"),
        (blob(|p| p.min_fee = Amount::ZERO, 0), "the least fee"),
        (
            blob(|p| p.min_fee = Amount::new(100_000_000_000_000_001), 0),
            "the least fee",
        ),
        (blob(|p| p.update_fraction = 0, 0), "the update fraction"),
        (
            blob(|p| p.max_excess = p.update_fraction * 45 + 1, 0),
            "the largest excess",
        ),
        (
            blob(|p| p.max_excess = p.update_fraction * 45, 0),
            "the fee of the largest excess",
        ),
        (blob(|p| p.max_excess = 9, 10), "the excess"),
    ] {
        let Err(Error::OutOfRange { what, .. }) = refused else {
            panic!("{name}: {refused:?}");
        };
        assert_eq!(what, name);
    }
    // The largest fee of all is just below 2^64.
    assert_eq!(blob(|p| p.max_excess = 148_099_500, 148_099_500), Ok(()));
    let base = BaseFee::new(BaseFeeParams::ETHEREUM, BaseFeeParams::ETHEREUM.max, at(0)).unwrap();
    let mut full = base;
    let burn = full.update(at(0), u64::MAX, u64::MAX).unwrap();
    assert_eq!(
        burn.burned.get(),
        u128::from(u64::MAX) * u128::from(u64::MAX)
    );
    assert_eq!(full.fee(), base.fee());
}
