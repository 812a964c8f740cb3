//! The laws of payouts and referral chains, driven with the smallest and the largest amounts.

mod laws;

use laws::{Credit, LEVELS};
use proptest::prelude::*;
use tokenomics_fixed_math::Fraction;

/// A few units, anything, or a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        8 => 0..=20_u128,
        4 => any::<u64>().prop_map(u128::from),
        1 => any::<u128>(),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

fn share() -> impl Strategy<Value = u64> {
    let scale = Fraction::SCALE;
    prop_oneof![1 => 0..=5_u64, 4 => 0..=scale / 4, 1 => any::<u64>(), 1 => scale - 3..=scale]
}

fn credits() -> impl Strategy<Value = Vec<Credit>> {
    let credit = (amount(), share(), amount());
    let credit = credit.prop_map(|(amount, share, minimum)| Credit {
        amount,
        share,
        minimum,
    });
    prop::collection::vec(credit, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn payouts_accumulate(credits in credits()) {
        laws::payouts_accumulate(&credits);
    }

    #[test]
    fn referrals_are_exact(
        shares in prop::array::uniform4(share()),
        referrers: u8,
        fees in prop::collection::vec(amount(), 0..20),
    ) {
        const { assert!(LEVELS == 4) };
        laws::referrals_are_exact(shares, referrers, &fees);
    }
}
