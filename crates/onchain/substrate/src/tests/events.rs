//! A life of each mechanism, call by call: what moves, and what the events say.

use frame_support::traits::fungible::{Inspect as _, InspectHold as _};
use tokenomics_fixed_math::{Amount, Ratio};
use tokenomics_haircut_collateral::Account;

use super::runtime::{
    at, call, events, on_chain, prices, set_prices, units, Balances, Call, Runtime, RuntimeOrigin,
    Seconds, Stable, Tokenomics, ALICE, BOB, ENDOWMENT,
};
use crate::{Event, HoldReason, Prices};

fn free(who: u64) -> u128 {
    Balances::balance(&who)
}

fn held(who: u64, reason: HoldReason) -> u128 {
    Balances::balance_on_hold(&reason.into(), &who)
}

/// Makes a call that is to succeed, and returns the one event of it.
fn event_of(who: u64, made: Call) -> Event<Runtime> {
    let before = events().len();
    call(who, made).unwrap();
    let mut events = events();
    assert_eq!(events.len(), before + 1);
    events.pop().unwrap()
}

#[test]
fn a_grant_vests_from_the_cliff_on_and_is_revoked() {
    on_chain(|| {
        let (total, start, cliff, end) = (units(1_000), at(0), at(25), at(100));
        let grantee = BOB;
        let made = Call::create_grant {
            grantee,
            total,
            start,
            cliff,
            end,
        };
        let (id, funder) = (0, ALICE);
        let created = Event::GrantCreated {
            id,
            funder,
            grantee,
            total,
        };
        assert_eq!(event_of(ALICE, made), created);
        assert_eq!(held(ALICE, HoldReason::Granted), 1_000);
        assert_eq!(free(ALICE), ENDOWMENT - 1_000);

        Seconds::set(24);
        assert_eq!(Tokenomics::claimable_of(0), Ok(Amount::ZERO));
        Seconds::set(25);
        assert_eq!(Tokenomics::claimable_of(0), Ok(units(250)));
        let claimed = Event::GrantClaimed {
            id,
            amount: units(250),
        };
        assert_eq!(event_of(BOB, Call::claim_grant { id }), claimed);
        assert_eq!(free(BOB), ENDOWMENT + 250);

        // What has vested by then stays the grantee's.
        Seconds::set(60);
        let revoked = Event::GrantRevoked {
            id,
            returned: units(400),
        };
        assert_eq!(event_of(ALICE, Call::revoke_grant { id }), revoked);
        assert_eq!(free(ALICE), ENDOWMENT - 600);
        assert_eq!(held(ALICE, HoldReason::Granted), 350);
        Seconds::set(99);
        let claimed = Event::GrantClaimed {
            id,
            amount: units(350),
        };
        assert_eq!(event_of(BOB, Call::claim_grant { id }), claimed);
        assert_eq!(held(ALICE, HoldReason::Granted), 0);
        assert_eq!(crate::Grants::<Runtime>::iter().count(), 0);
    });
}

#[test]
fn a_lock_weighs_less_each_second_and_is_extended_and_withdrawn() {
    on_chain(|| {
        let (who, amount) = (ALICE, units(400));
        let locked = Event::Locked {
            who,
            amount,
            end: at(20),
        };
        assert_eq!(
            event_of(
                ALICE,
                Call::lock {
                    amount: units(400),
                    end: at(20)
                }
            ),
            locked
        );
        assert_eq!(held(ALICE, HoldReason::Locked), 400);
        call(
            BOB,
            Call::lock {
                amount: units(40),
                end: at(40),
            },
        )
        .unwrap();
        // Half of the longest time, and all of it.
        assert_eq!(Tokenomics::weight_of(ALICE), Ok(units(200)));
        assert_eq!(Tokenomics::weight_of(BOB), Ok(units(40)));
        assert_eq!(Tokenomics::total_weight_at(at(0)), Ok(units(240)));
        assert_eq!(Tokenomics::total_weight_at(at(10)), Ok(units(130)));
        assert_eq!(Tokenomics::total_weight_at(at(20)), Ok(units(20)));

        Seconds::set(10);
        let extended = Event::LockExtended { who, end: at(48) };
        assert_eq!(event_of(ALICE, Call::extend_lock { end: at(48) }), extended);
        assert_eq!(Tokenomics::weight_of(ALICE), Ok(units(380)));
        assert_eq!(Tokenomics::total_weight_at(at(10)), Ok(units(410)));
        // The past stays as it was.
        assert_eq!(Tokenomics::total_weight_at(at(9)), Ok(units(141)));

        Seconds::set(48);
        let withdrawn = Event::LockWithdrawn { who, amount };
        assert_eq!(event_of(ALICE, Call::withdraw_lock {}), withdrawn);
        assert_eq!(free(ALICE), ENDOWMENT);
        assert_eq!(Tokenomics::total_weight_at(at(48)), Ok(Amount::ZERO));
    });
}

#[test]
fn stakers_share_what_is_funded() {
    on_chain(|| {
        let (who, amount) = (ALICE, units(300));
        assert_eq!(
            event_of(ALICE, Call::stake { amount: units(300) }),
            Event::Staked { who, amount }
        );
        call(BOB, Call::stake { amount: units(100) }).unwrap();
        let funded = Event::Funded {
            who: 3,
            amount: units(1_001),
        };
        assert_eq!(
            event_of(
                3,
                Call::fund {
                    amount: units(1_001)
                }
            ),
            funded
        );
        assert_eq!(Tokenomics::rewards_of(ALICE), Ok(units(750)));
        assert_eq!(Tokenomics::rewards_of(BOB), Ok(units(250)));

        let claimed = Event::RewardsClaimed {
            who,
            amount: units(750),
        };
        assert_eq!(event_of(ALICE, Call::claim_rewards {}), claimed);
        assert_eq!(free(ALICE), ENDOWMENT - 300 + 750);
        assert_eq!(
            event_of(ALICE, Call::unstake { amount: units(300) }),
            Event::Unstaked { who, amount }
        );
        assert_eq!(free(ALICE), ENDOWMENT + 750);
        // Three quarters of a unit are owed still, and come with a unit's quarter.
        assert_eq!(crate::Positions::<Runtime>::iter().count(), 2);
        call(BOB, Call::claim_rewards {}).unwrap();
        assert_eq!(free(BOB), ENDOWMENT - 100 + 250);
    });
}

#[test]
fn a_loan_is_covered_or_refused() {
    on_chain(|| {
        set_prices(prices()).unwrap();
        assert_eq!(events(), [Event::PricesSet { prices: prices() }]);
        let who = ALICE;
        let deposited = Event::Deposited {
            who,
            amount: units(1_000),
        };
        assert_eq!(
            event_of(
                ALICE,
                Call::deposit {
                    amount: units(1_000)
                }
            ),
            deposited
        );
        assert_eq!(held(ALICE, HoldReason::Collateral), 1_000);
        let borrowed = Event::Borrowed {
            who,
            amount: units(800),
        };
        assert_eq!(
            event_of(ALICE, Call::borrow { amount: units(800) }),
            borrowed
        );
        assert_eq!(Stable::balance(&ALICE), 800);
        call(BOB, Call::check_health { who }).unwrap();

        let repaid = Event::Repaid {
            who,
            amount: units(80),
        };
        assert_eq!(event_of(ALICE, Call::repay { amount: units(80) }), repaid);
        assert_eq!(Stable::total_issuance(), 720);
        let withdrawn = Event::Withdrawn {
            who,
            amount: units(100),
        };
        assert_eq!(
            event_of(ALICE, Call::withdraw { amount: units(100) }),
            withdrawn
        );
        assert_eq!(free(ALICE), ENDOWMENT - 900);

        // At nine tenths, 810 count, as long as a price is above 720 / 810.
        let collateral = Ratio::new(8, 9).unwrap();
        set_prices(Prices {
            collateral,
            ..prices()
        })
        .unwrap();
        call(BOB, Call::check_health { who }).unwrap();
    });
}

/// As a liquidation may leave it.
#[test]
fn a_debt_without_collateral_is_kept() {
    on_chain(|| {
        set_prices(prices()).unwrap();
        let mut loan = prices().empty().unwrap();
        loan.deposit(0, units(10)).unwrap();
        loan.borrow(0, units(5)).unwrap();
        let debt = loan.debts()[0];
        let loan = Account::from_entries(prices().empty().unwrap().holdings(), &[debt]);
        crate::Loans::<Runtime>::insert(ALICE, loan.unwrap());
        let minted = Stable::force_set_balance(RuntimeOrigin::root(), ALICE, 5);
        minted.unwrap();
        call(ALICE, Call::repay { amount: units(2) }).unwrap();
        let left = crate::Loans::<Runtime>::get(ALICE).unwrap();
        assert_eq!(left.debts()[0].amount(), units(3));
        call(ALICE, Call::repay { amount: units(3) }).unwrap();
        assert_eq!(crate::Loans::<Runtime>::get(ALICE), None);
    });
}
