//! Every law, driven with the smallest and the largest amounts, weights and shares.

mod laws;

use laws::{Call, Kind, Round};
use proptest::prelude::*;

/// A few units, anything, or a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        8 => 0..=20_u128,
        4 => any::<u64>().prop_map(u128::from),
        1 => any::<u128>(),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

fn weights() -> impl Strategy<Value = Vec<u64>> {
    let weight = prop_oneof![4 => 0..=5_u64, 1 => any::<u64>(), 1 => u64::MAX - 3..=u64::MAX];
    prop::collection::vec(weight, 0..40)
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let kind = any::<u8>().prop_map(Kind::of);
    let call = (kind, any::<u8>(), amount(), amount());
    let call = call.prop_map(|(kind, who, amount, shares)| Call {
        kind,
        who,
        amount,
        shares,
    });
    prop::collection::vec(call, 0..40)
}

fn rounds() -> impl Strategy<Value = Vec<Round>> {
    let fundings = prop::collection::vec(amount(), 0..8);
    let round = (any::<u8>(), amount(), fundings);
    let round = round.prop_map(|(who, shares, fundings)| Round {
        who,
        shares,
        fundings,
    });
    prop::collection::vec(round, 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn sum_of_parts(amount in amount(), weights in weights()) {
        laws::sum_of_parts(amount, &weights);
    }

    #[test]
    fn largest_remainder_by_definition(amount in amount(), weights in weights()) {
        laws::largest_remainder_by_definition(amount, &weights);
    }

    #[test]
    fn funded(calls in calls()) {
        laws::funded(&calls);
    }

    #[test]
    fn accrual(calls in calls()) {
        laws::accrual(&calls);
    }

    #[test]
    fn claim_pattern(calls in calls()) {
        laws::claim_pattern(&calls);
    }

    #[test]
    fn path_independent(rounds in rounds()) {
        laws::path_independent(&rounds);
    }

    #[test]
    fn exact_share(
        shares in prop::collection::vec(amount(), 1..=5),
        fundings in prop::collection::vec(amount(), 1..20),
    ) {
        laws::exact_share(&shares, &fundings);
    }
}

/// Every amount below 30 by every triple of weights below 9.
#[test]
fn every_small_split() {
    for amount in 0..30 {
        for code in 0..9 * 9 * 9_u64 {
            let weights = [code / 81, code / 9 % 9, code % 9];
            laws::sum_of_parts(amount, &weights);
            laws::largest_remainder_by_definition(amount, &weights);
        }
    }
}
