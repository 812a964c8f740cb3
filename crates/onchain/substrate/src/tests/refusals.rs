//! What is refused, by its name, and that nothing has changed then.

use sp_io::storage::root;
use sp_runtime::{DispatchError, StateVersion};
use tokenomics_fixed_math::{Ratio, Timestamp};

use super::runtime::{
    at, call, on_chain, prices, refusal, set_prices, units, Balances, Call, Runtime, RuntimeOrigin,
    Seconds, Tokenomics, ALICE, BOB, ENDOWMENT, EXISTENTIAL,
};
use crate::Prices;

/// Makes a call that is to be refused, and returns with what.
fn refused(who: u64, made: Call) -> String {
    let before = root(StateVersion::V1);
    let refusal = refusal(call(who, made));
    assert_eq!(root(StateVersion::V1), before);
    refusal
}

fn grant(total: u128, start: u64, end: u64) -> Call {
    let (total, start, end) = (units(total), at(start), at(end));
    Call::create_grant {
        grantee: BOB,
        total,
        start,
        cliff: at(0),
        end,
    }
}

#[test]
fn grants() {
    on_chain(|| {
        assert_eq!(refused(ALICE, grant(7, 10, 10)), "vesting::NotAfter");
        let token = "Token(FundsUnavailable)";
        assert_eq!(refused(ALICE, grant(ENDOWMENT + 1, 0, 10)), token);
        // What is on hold doesn't keep an account alive.
        assert_eq!(
            refused(ALICE, grant(ENDOWMENT - EXISTENTIAL + 1, 0, 10)),
            token
        );
        call(ALICE, grant(100, 0, 100)).unwrap();
        assert_eq!(refused(BOB, Call::claim_grant { id: 1 }), "NoSuchGrant");
        assert_eq!(refused(ALICE, Call::claim_grant { id: 0 }), "NotYours");
        assert_eq!(refused(BOB, Call::revoke_grant { id: 0 }), "NotYours");
        Seconds::set(50);
        call(ALICE, Call::revoke_grant { id: 0 }).unwrap();
        let again = refused(ALICE, Call::revoke_grant { id: 0 });
        assert_eq!(again, "vesting::AlreadyRevoked");
        Seconds::set(49);
        let earlier = refused(ALICE, Call::revoke_grant { id: 0 });
        assert_eq!(earlier, "vesting::Backdated");
    });
}

#[test]
fn the_last_grant_there_is_room_for_is_the_last() {
    on_chain(|| {
        crate::NextGrant::<Runtime>::put(u32::MAX - 1);
        call(ALICE, grant(7, 0, 10)).unwrap();
        assert_eq!(refused(ALICE, grant(7, 0, 10)), "TooManyGrants");
    });
}

#[test]
fn locks() {
    on_chain(|| {
        let lock = |amount, end| Call::lock {
            amount: units(amount),
            end: at(end),
        };
        assert_eq!(refused(ALICE, lock(0, 20)), "escrow_weighting::OutOfRange");
        assert_eq!(refused(ALICE, lock(7, 44)), "escrow_weighting::OutOfRange");
        assert_eq!(refused(ALICE, lock(7, 21)), "escrow_weighting::OffGranule");
        assert_eq!(
            refused(ALICE, lock(ENDOWMENT + 1, 20)),
            "Token(FundsUnavailable)"
        );
        assert_eq!(refused(ALICE, Call::withdraw_lock {}), "NoLock");
        assert_eq!(refused(ALICE, Call::extend_lock { end: at(20) }), "NoLock");
        Seconds::set(3);
        call(ALICE, lock(7, 20)).unwrap();
        assert_eq!(refused(ALICE, lock(7, 20)), "AlreadyLocked");
        let extended = refused(ALICE, Call::extend_lock { end: at(20) });
        assert_eq!(extended, "escrow_weighting::OutOfRange");
        let withdrawn = refused(ALICE, Call::withdraw_lock {});
        assert_eq!(withdrawn, "escrow_weighting::NotEnded");
        Seconds::set(2);
        assert_eq!(refused(BOB, lock(7, 20)), "escrow_weighting::Backdated");
        Seconds::set(20);
        let ended = refused(ALICE, Call::extend_lock { end: at(24) });
        assert_eq!(ended, "escrow_weighting::Ended");
        // All there may be is locked: what is more has no total.
        assert_eq!(
            refused(BOB, lock(u128::MAX, 40)),
            "escrow_weighting::Overflow"
        );
    });
}

#[test]
fn rewards() {
    on_chain(|| {
        call(ALICE, Call::stake { amount: units(300) }).unwrap();
        let more = refused(
            ALICE,
            Call::stake {
                amount: units(u128::MAX),
            },
        );
        assert_eq!(more, "fee_split::Overflow");
        let others = refused(BOB, Call::unstake { amount: units(1) });
        assert_eq!(others, "fee_split::OutOfRange");
        assert_eq!(refused(ALICE, Call::unstake { amount: units(301) }), others);
        assert_eq!(
            refused(
                BOB,
                Call::fund {
                    amount: units(ENDOWMENT + 1)
                }
            ),
            "Token(FundsUnavailable)"
        );
        call(BOB, Call::fund { amount: units(99) }).unwrap();
        assert_eq!(
            refused(
                BOB,
                Call::fund {
                    amount: units(u128::MAX)
                }
            ),
            "fee_split::Overflow"
        );
    });
}

/// A pot that would end below the existential deposit pays nothing, as FRAME would burn the rest.
#[test]
fn a_pot_without_an_existential_deposit_of_its_own_keeps_the_last_units() {
    on_chain(|| {
        let taken = Balances::force_set_balance(RuntimeOrigin::root(), Tokenomics::pot(), 0);
        taken.unwrap();
        call(ALICE, Call::stake { amount: units(3) }).unwrap();
        call(BOB, Call::fund { amount: units(20) }).unwrap();
        assert_eq!(
            refused(ALICE, Call::claim_rewards {}),
            "Token(NotExpendable)"
        );
        call(BOB, Call::fund { amount: units(20) }).unwrap();
        assert_eq!(
            refused(ALICE, Call::claim_rewards {}),
            "Token(NotExpendable)"
        );
    });
}

#[test]
fn loans() {
    on_chain(|| {
        assert_eq!(
            refused(ALICE, Call::deposit { amount: units(7) }),
            "NoPrices"
        );
        let by_alice = refused(ALICE, Call::set_prices { prices: prices() });
        assert_eq!(by_alice, format!("{:?}", DispatchError::BadOrigin));
        let free = Prices {
            stable: Ratio::ZERO,
            ..prices()
        };
        assert_eq!(refusal(set_prices(free)), "haircut_collateral::OutOfRange");

        set_prices(prices()).unwrap();
        call(
            ALICE,
            Call::deposit {
                amount: units(1_000),
            },
        )
        .unwrap();
        let unhealthy = "haircut_collateral::Unhealthy";
        assert_eq!(
            refused(ALICE, Call::borrow { amount: units(801) }),
            unhealthy
        );
        call(ALICE, Call::borrow { amount: units(800) }).unwrap();
        assert_eq!(
            refused(ALICE, Call::withdraw { amount: units(1) }),
            unhealthy
        );
        assert_eq!(
            refused(ALICE, Call::repay { amount: units(801) }),
            "fixed_math::Underflow"
        );
        assert_eq!(
            refused(BOB, Call::withdraw { amount: units(1) }),
            "fixed_math::Underflow"
        );
        // 900 of what is held count when it is only watched, and 800 are owed.
        let priced = |numerator| Prices {
            collateral: Ratio::new(numerator, 900).unwrap(),
            ..prices()
        };
        set_prices(priced(800)).unwrap();
        call(BOB, Call::check_health { who: ALICE }).unwrap();
        set_prices(priced(799)).unwrap();
        assert_eq!(refused(BOB, Call::check_health { who: ALICE }), unhealthy);
    });
}

/// A mechanism's clock is the runtime's, in seconds, and parts of a second are none.
#[test]
fn a_clock_of_milliseconds_is_read_in_seconds() {
    on_chain(|| {
        Seconds::set(7);
        assert_eq!(Tokenomics::now(), Timestamp::new(7));
    });
}
