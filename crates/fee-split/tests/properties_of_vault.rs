//! The laws of vaults, with the smallest and the largest amounts and with any terms.

mod laws;

use laws::{VaultCall, VaultDraw};
use proptest::prelude::*;
use tokenomics_fixed_math::Fraction;

/// A few units, anything, or a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        8 => 0..=20_u128,
        4 => any::<u64>().prop_map(u128::from),
        2 => (any::<u128>(), 0..128_u32).prop_map(|(number, by)| number >> by),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

/// None, all, a few percent, or anything.
fn fee() -> impl Strategy<Value = u64> {
    prop_oneof![
        2 => Just(0),
        1 => Just(Fraction::SCALE),
        3 => (0..=30_u64).prop_map(|percent| percent * (Fraction::SCALE / 100)),
        1 => 0..=Fraction::SCALE,
    ]
}

fn draw() -> impl Strategy<Value = VaultDraw> {
    let offset = prop_oneof![3 => Just(0), 1 => Just(3), 1 => 0..=18_u8];
    let period = prop_oneof![2 => 1..=20_u64, 1 => Just(31_536_000), 1 => any::<u64>()];
    let delay = prop_oneof![2 => Just(0), 1 => any::<u8>()];
    let numbers = (offset, fee(), fee(), period, delay);
    numbers.prop_map(
        |(offset, performance, management, period, delay)| VaultDraw {
            offset,
            performance,
            management,
            period,
            delay,
        },
    )
}

fn calls(most: usize) -> impl Strategy<Value = Vec<VaultCall>> {
    let call = (any::<u8>(), any::<u8>(), amount(), any::<u8>());
    let call = call.prop_map(|(what, who, amount, after)| VaultCall {
        what,
        who,
        amount,
        after,
    });
    prop::collection::vec(call, 0..most)
}

/// Calls about 0 to 20 units, of which each can be made.
fn tiny_calls(most: usize) -> impl Strategy<Value = Vec<VaultCall>> {
    calls(most).prop_map(|mut calls| {
        for call in &mut calls {
            call.amount %= 21;
        }
        calls
    })
}

fn any_calls(most: usize) -> impl Strategy<Value = Vec<VaultCall>> {
    prop_oneof![calls(most), tiny_calls(most)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn vault_conserves(draw in draw(), calls in any_calls(40)) {
        laws::vault_conserves(draw, &calls);
    }

    #[test]
    fn vault_accrual(draw in draw(), calls in any_calls(40)) {
        laws::vault_accrual(draw, &calls);
    }

    #[test]
    fn vault_no_profit(draw in draw(), calls in any_calls(30), own in any_calls(12)) {
        laws::vault_no_profit(draw, &calls, &own);
    }

    #[test]
    fn vault_gains_by_parts(
        draw in draw(),
        deposit in amount(),
        loss in amount(),
        gains in prop::collection::vec(amount(), 0..10),
    ) {
        laws::vault_gains_by_parts(draw, deposit, loss, &gains);
    }

    #[test]
    fn vault_waits(draw in draw(), deposits in prop::collection::vec((amount(), any::<u8>()), 0..6)) {
        laws::vault_waits(draw, &deposits);
    }

    #[test]
    fn vault_loses_alike(
        draw in draw(),
        calls in any_calls(30),
        losses in prop::collection::vec(amount(), 1..20),
    ) {
        laws::vault_loses_alike(draw, &calls, &losses);
    }

    #[test]
    fn vault_queue_is_one_rate(draw in draw(), calls in any_calls(40), turn in 0..9_usize) {
        laws::vault_queue_is_one_rate(draw, &calls, turn);
    }

    #[test]
    fn vault_first_depositor(draw in draw(), calls in any_calls(20), deposit in amount()) {
        laws::vault_first_depositor(draw, &calls, deposit);
    }

    #[test]
    fn vault_quoted(draw in draw(), calls in any_calls(30), amount in amount()) {
        laws::vault_quoted(draw, &calls, amount);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    /// Thousands of calls, one after the other.
    #[test]
    fn a_long_life(draw in draw(), calls in prop::collection::vec(any::<[u8; 4]>(), 3_000)) {
        let call = |[what, who, amount, after]: &[u8; 4]| VaultCall {
            what: *what,
            who: *who,
            amount: u128::from(amount % 21),
            after: *after,
        };
        let calls: Vec<VaultCall> = calls.iter().map(call).collect();
        laws::vault_conserves(draw, &calls);
        laws::vault_accrual(draw, &calls);
    }
}
