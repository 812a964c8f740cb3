//! Every step of both fees is alloy's.

use alloy_eips::eip1559::{calc_next_block_base_fee, BaseFeeParams as AlloyBaseFeeParams};
use alloy_eips::eip4844::{fake_exponential, DATA_GAS_PER_BLOB};
use alloy_eips::eip7840::BlobParams;
use proptest::prelude::*;
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_rate_controllers::{
    BaseFee, BaseFeeParams, BlobExponential, BlobFee, BlobFeeParams, BlobReserve,
};

fn base_fee(params: BaseFeeParams, fee: u64) -> BaseFee {
    BaseFee::new(params, Amount::new(fee.into()), Timestamp::ZERO).unwrap()
}

/// Alloy works in u128 and casts the sum back to 64 bits: no sum here reaches them.
fn next_base_fees(elasticity: u64, denominator: u64, fee: u64, limit: u64, used: u64) -> [u64; 2] {
    let params = BaseFeeParams {
        elasticity,
        denominator,
        ..BaseFeeParams::ETHEREUM
    };
    let mut ours = base_fee(params, fee);
    ours.update(Timestamp::ZERO, used, limit).unwrap();
    let theirs = AlloyBaseFeeParams::new(denominator.into(), elasticity.into());
    let theirs = calc_next_block_base_fee(used, limit, fee, theirs);
    [u64::try_from(ours.fee().get()).unwrap(), theirs]
}

fn fee() -> impl Strategy<Value = u64> {
    prop_oneof![0..=20_u64, 0..=1_000_000_000_000_u64, 0..=1_u64 << 56]
}

fn blob_fee(parameters: BlobParams, excess: u64, exponential: BlobExponential) -> BlobFee {
    let fraction = u64::try_from(parameters.update_fraction).unwrap();
    let params = BlobFeeParams {
        min_fee: Amount::new(parameters.min_blob_fee),
        target: parameters.target_blob_gas_per_block(),
        update_fraction: fraction,
        max_excess: fraction * 44,
        exponential,
    };
    BlobFee::new(params, excess, Timestamp::ZERO).unwrap()
}

fn forks() -> impl Strategy<Value = BlobParams> {
    prop::sample::select(vec![
        BlobParams::cancun(),
        BlobParams::prague(),
        BlobParams::osaka(),
        BlobParams::bpo1(),
        BlobParams::bpo2(),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn a_base_fees_step_is_alloys(
        (elasticity, denominator) in prop::sample::select(vec![(2, 8), (6, 50), (6, 250), (2, 48)]),
        fee in fee(),
        limit in 8..=60_000_000_u64,
        part in 0..=1_000_u64,
    ) {
        let used = limit * part / 1_000;
        let [ours, theirs] = next_base_fees(elasticity, denominator, fee, limit, used);
        prop_assert_eq!(ours, theirs);
    }

    /// Up to the largest excess, which is below where a term times the excess leaves the 128 bits of
    /// alloy, so that its sum ends early.
    #[test]
    fn a_blob_fee_is_alloys(fork in forks(), exponent in 0..44_u64, part in 0..=1_000_u64) {
        let fraction = u64::try_from(fork.update_fraction).unwrap();
        let excess = fraction * exponent + fraction * part / 1_000;
        let ours = blob_fee(fork, excess, BlobExponential::Deployed).fee().get();
        prop_assert_eq!(ours, fork.calc_blob_fee(excess));
        let fraction = fork.update_fraction;
        prop_assert_eq!(ours, fake_exponential(fork.min_blob_fee, excess.into(), fraction));
    }

    #[test]
    fn an_excess_is_alloys(
        fork in forks(),
        excess in prop_oneof![0..=10_u64, 0..=100_000_000_u64],
        blobs in 0..=21_u64,
        base_fee in fee(),
    ) {
        let used = blobs.min(fork.max_blob_count) * DATA_GAS_PER_BLOB;
        let theirs = fork.next_block_excess_blob_gas_osaka(excess, used, base_fee);
        let reserve = BlobReserve {
            base_fee,
            base_cost: fork.blob_base_cost,
            gas_per_blob: DATA_GAS_PER_BLOB,
            max: fork.max_blob_gas_per_block(),
        };
        let mut ours = blob_fee(fork, excess, BlobExponential::Deployed);
        ours.update_with_reserve(Timestamp::ZERO, used, reserve).unwrap();
        prop_assert_eq!(ours.excess(), theirs);
    }
}

/// The two functions called e^x differ by less than one in 250,000 and a unit, and the deployed one
/// is never above the real one.
#[test]
fn the_deployed_exponential_is_just_below_the_real_one() {
    for fork in [BlobParams::cancun(), BlobParams::prague()] {
        let fraction = u64::try_from(fork.update_fraction).unwrap();
        for step in 0..=4_400 {
            let excess = fraction / 100 * step;
            let deployed = blob_fee(fork, excess, BlobExponential::Deployed).fee();
            let exact = blob_fee(fork, excess, BlobExponential::Exact).fee();
            let below = exact.checked_sub(deployed).unwrap().get();
            assert!(below <= exact.get() / 250_000 + 1, "{excess}: {below}");
        }
    }
}
