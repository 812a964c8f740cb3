//! Each message, and each reason for which it is refused.

mod common;

use common::{instantiate_msg, rewards, seconds, tokens, who, World, REWARD, TOKEN};
use cosmwasm_embedder::msg::{
    Account, Entry, ExecuteMsg, GrantAnswer, GrantTerms, HealthAnswer, QueryMsg, RewardAnswer,
};
use cosmwasm_embedder::{execute, instantiate, ContractError};
use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};
use cosmwasm_std::{coin, from_json, Coin, Uint256};
use tokenomics_fixed_math::{Amount, Fraction};

fn grant(start: u64, cliff: u64, end: u64) -> ExecuteMsg {
    ExecuteMsg::CreateGrant(GrantTerms {
        holder: who("bob").into_string(),
        start: seconds(start),
        cliff: seconds(cliff),
        end: seconds(end),
    })
}

fn claim_grant(id: u64) -> ExecuteMsg {
    ExecuteMsg::ClaimGrant { id: seconds(id) }
}

fn revoke_grant(id: u64) -> ExecuteMsg {
    ExecuteMsg::RevokeGrant { id: seconds(id) }
}

fn lock_until(end: u64) -> ExecuteMsg {
    ExecuteMsg::CreateLock { end: seconds(end) }
}

fn extend_to(end: u64) -> ExecuteMsg {
    ExecuteMsg::ExtendLock { end: seconds(end) }
}

fn unstake(amount: u128) -> ExecuteMsg {
    ExecuteMsg::Unstake {
        amount: Amount::new(amount),
    }
}

fn weight_of(holder: &str, at: Option<u64>) -> QueryMsg {
    QueryMsg::Weight {
        holder: who(holder).into_string(),
        at: at.map(seconds),
    }
}

fn total_at(at: u64) -> QueryMsg {
    QueryMsg::TotalWeight {
        at: Some(seconds(at)),
    }
}

fn number(number: u128) -> Result<Amount, u16> {
    Ok(Amount::new(number))
}

fn refused<T: std::fmt::Debug>(done: Result<T, u16>, code: u16) {
    assert_eq!(done.map(|_| ()), Err(code));
}

#[test]
fn a_grant_is_paid_as_it_vests_and_the_rest_goes_back() {
    let mut world = World::new(10);
    world
        .send("alice", &grant(0, 25, 100), &tokens(1_000))
        .unwrap();
    let before = world.balance(&who("bob"), TOKEN);
    world.at(24).send("bob", &claim_grant(0), &[]).unwrap();
    assert_eq!(world.balance(&who("bob"), TOKEN), before);
    world.at(25).send("bob", &claim_grant(0), &[]).unwrap();
    assert_eq!(
        world.balance(&who("bob"), TOKEN) - before,
        Uint256::from(250_u128)
    );

    let funder = world.balance(&who("alice"), TOKEN);
    world.at(60).send("alice", &revoke_grant(0), &[]).unwrap();
    assert_eq!(
        world.balance(&who("alice"), TOKEN) - funder,
        Uint256::from(400_u128)
    );
    let parts: GrantAnswer = world.ask(&QueryMsg::Grant { id: seconds(0) }).unwrap();
    let numbers = [
        parts.claimed,
        parts.claimable,
        parts.unvested,
        parts.clawed_back,
    ];
    assert_eq!(numbers.map(|part| part.get()), [250, 350, 0, 400]);
    world.at(99).send("bob", &claim_grant(0), &[]).unwrap();
    assert_eq!(world.held(TOKEN), Uint256::zero());
}

#[test]
fn grants_are_refused() {
    let mut world = World::new(10);
    refused(world.send("alice", &grant(0, 0, 100), &[]), 5);
    refused(world.send("alice", &grant(0, 0, 100), &rewards(5)), 5);
    let both = [coin(5, REWARD), coin(5, TOKEN)];
    refused(world.send("alice", &grant(0, 0, 100), &both), 5);
    refused(world.send("alice", &grant(100, 0, 100), &tokens(5)), 11_001);
    let nobody = GrantTerms {
        holder: "nobody".to_owned(),
        start: seconds(0),
        cliff: seconds(0),
        end: seconds(1),
    };
    refused(
        world.send("alice", &ExecuteMsg::CreateGrant(nobody), &tokens(5)),
        1,
    );

    refused(world.send("bob", &claim_grant(0), &[]), 3);
    refused(
        world.ask::<GrantAnswer>(&QueryMsg::Grant { id: seconds(0) }),
        3,
    );
    world.send("alice", &grant(0, 0, 100), &tokens(5)).unwrap();
    refused(world.send("alice", &claim_grant(0), &[]), 2);
    refused(world.send("bob", &claim_grant(0), &tokens(1)), 6);
    refused(world.send("bob", &revoke_grant(0), &[]), 2);
    refused(world.send("alice", &revoke_grant(1), &[]), 3);
    refused(world.send("alice", &revoke_grant(0), &tokens(1)), 6);
    world.at(50).send("alice", &revoke_grant(0), &[]).unwrap();
    refused(world.send("alice", &revoke_grant(0), &[]), 11_004);
}

#[test]
fn locks_weigh_what_is_left_of_them() {
    let mut world = World::new(10);
    world
        .send("alice", &lock_until(1_000), &tokens(500))
        .unwrap();
    world
        .at(200)
        .send("bob", &lock_until(700), &tokens(100))
        .unwrap();
    assert_eq!(world.ask(&total_at(100)), number(450));
    assert_eq!(world.ask(&total_at(200)), number(450)); // 400 and 50
    assert_eq!(world.ask(&weight_of("bob", None)), number(50));
    assert_eq!(world.ask(&weight_of("bob", Some(450))), number(25));
    assert_eq!(world.ask(&weight_of("carol", None)), number(0));

    world.at(300).send("bob", &extend_to(1_000), &[]).unwrap();
    assert_eq!(world.ask(&total_at(250)), number(420)); // the past stays as it was
    assert_eq!(world.ask(&weight_of("bob", None)), number(70));
    let before = world.balance(&who("bob"), TOKEN);
    world
        .at(1_000)
        .send("bob", &ExecuteMsg::WithdrawLock {}, &[])
        .unwrap();
    assert_eq!(
        world.balance(&who("bob"), TOKEN) - before,
        Uint256::from(100_u128)
    );
    assert_eq!(world.held(TOKEN), Uint256::from(500_u128));
    assert_eq!(world.ask(&total_at(1_000)), number(0));
}

#[test]
fn locks_are_refused() {
    let mut world = World::new(10);
    world.at(100);
    refused(world.send("alice", &lock_until(500), &[]), 5);
    refused(world.send("alice", &lock_until(100), &tokens(1)), 14_001);
    refused(world.send("alice", &lock_until(505), &tokens(1)), 14_002);
    refused(world.send("alice", &lock_until(1_110), &tokens(1)), 14_001);
    refused(world.send("alice", &extend_to(600), &[]), 3);
    refused(world.send("alice", &ExecuteMsg::WithdrawLock {}, &[]), 3);

    world.send("alice", &lock_until(500), &tokens(1)).unwrap();
    refused(world.send("alice", &lock_until(500), &tokens(1)), 4);
    refused(world.send("alice", &extend_to(490), &[]), 14_001);
    refused(world.send("alice", &extend_to(600), &tokens(1)), 6);
    refused(
        world
            .at(499)
            .send("alice", &ExecuteMsg::WithdrawLock {}, &[]),
        14_004,
    );
    refused(world.at(500).send("alice", &extend_to(600), &[]), 14_003);
    refused(
        world.send("alice", &ExecuteMsg::WithdrawLock {}, &tokens(1)),
        6,
    );
    refused(world.ask::<Amount>(&weight_of("alice", Some(499))), 9);
    // The chain's clock stands before the last change.
    refused(
        world.at(99).send("bob", &lock_until(500), &tokens(1)),
        14_016,
    );
}

#[test]
fn stakes_are_paid_their_shares() {
    let mut world = World::new(10);
    world
        .send("alice", &ExecuteMsg::Stake {}, &tokens(300))
        .unwrap();
    world
        .send("bob", &ExecuteMsg::Stake {}, &tokens(100))
        .unwrap();
    world
        .send("carol", &ExecuteMsg::Fund {}, &rewards(1_002))
        .unwrap();
    let of_alice = QueryMsg::Reward {
        holder: who("alice").into_string(),
    };
    let expected = RewardAnswer {
        staked: Amount::new(300),
        claimable: Amount::new(751), // of 751.5
    };
    assert_eq!(world.ask(&of_alice), Ok(expected));
    let before = world.balance(&who("alice"), REWARD);
    world
        .send("alice", &ExecuteMsg::ClaimReward {}, &[])
        .unwrap();
    world
        .send("alice", &ExecuteMsg::ClaimReward {}, &[])
        .unwrap();
    assert_eq!(
        world.balance(&who("alice"), REWARD) - before,
        Uint256::from(751_u128)
    );

    world.send("alice", &unstake(300), &[]).unwrap();
    world.send("bob", &unstake(40), &[]).unwrap();
    assert_eq!(world.held(TOKEN), Uint256::from(60_u128));
    assert_eq!(world.held(REWARD), Uint256::from(251_u128));
}

#[test]
fn stakes_are_refused() {
    let mut world = World::new(10);
    refused(world.send("alice", &ExecuteMsg::Stake {}, &rewards(1)), 5);
    refused(world.send("alice", &ExecuteMsg::Fund {}, &tokens(1)), 5);
    // The first is the one that is wanted.
    let both = [coin(5, REWARD), coin(5, TOKEN)];
    refused(world.send("alice", &ExecuteMsg::Fund {}, &both), 5);
    refused(world.send("alice", &unstake(1), &[]), 15_001);
    world
        .send("alice", &ExecuteMsg::Stake {}, &tokens(7))
        .unwrap();
    refused(world.send("alice", &unstake(8), &[]), 15_001);
    refused(world.send("alice", &unstake(7), &tokens(1)), 6);
    refused(
        world.send("alice", &ExecuteMsg::ClaimReward {}, &tokens(1)),
        6,
    );
    // More in all than an amount holds.
    world
        .send("bob", &ExecuteMsg::Fund {}, &rewards(u128::MAX))
        .unwrap();
    refused(world.send("bob", &ExecuteMsg::Fund {}, &rewards(1)), 15_005);
    refused(
        world.send("bob", &ExecuteMsg::Stake {}, &tokens(u128::MAX)),
        15_005,
    );
}

fn entry(amount: u128, price: &str, initial: u64, maintenance: u64) -> Entry {
    Entry {
        amount: Amount::new(amount),
        price: price.parse().unwrap(),
        initial: Fraction::from_percent(initial).unwrap(),
        maintenance: Fraction::from_percent(maintenance).unwrap(),
    }
}

fn health(holdings: Vec<Entry>, debts: Vec<Entry>) -> QueryMsg {
    QueryMsg::Health(Account { holdings, debts })
}

#[test]
fn an_account_is_healthy_to_the_last_unit() {
    let world = World::new(10);
    // 1,000 · 1.5 at 80% covers 1,200 for a new loan, and at 90% 1,350 for one that there is.
    let answer = |debt: u128| -> HealthAnswer {
        let held = vec![entry(1_000, "1.5", 20, 10)];
        let question = health(held, vec![entry(debt, "1", 0, 0)]);
        world.ask(&question).unwrap()
    };
    assert!(answer(1_200).may_borrow && !answer(1_201).may_borrow);
    assert!(!answer(1_350).liquidatable && answer(1_351).liquidatable);
    let told = answer(1_351);
    assert_eq!((told.credit.get(), told.owed.get()), (1_350, 1_351));
}

#[test]
fn accounts_are_refused() {
    let world = World::new(10);
    let ask = |question: &QueryMsg| world.ask::<HealthAnswer>(question);
    refused(ask(&health(vec![entry(1, "1", 0, 0); 9], vec![])), 10);
    refused(ask(&health(vec![], vec![entry(1, "1", 0, 0); 9])), 10);
    refused(ask(&health(vec![], vec![entry(1, "0", 0, 0)])), 16_001);
    // A fraction above 1 is no message at all.
    let held = |initial: &str| {
        let parts =
            format!(r#""amount":"1","price":"1.5","initial":"{initial}","maintenance":"0""#);
        from_json::<QueryMsg>(format!(
            r#"{{"health":{{"holdings":[{{{parts}}}],"debts":[]}}}}"#
        ))
    };
    assert!(held("1").is_ok() && held("1.000000000000000001").is_err());
    refused(ask(&health(vec![entry(1, "1", 10, 11)], vec![])), 16_001);
    let most = "340282366920938463463.374607431768211455";
    refused(
        ask(&health(vec![entry(u128::MAX, most, 0, 0)], vec![])),
        16_012,
    );
}

#[test]
fn a_contract_is_refused_and_so_are_coins_of_more_than_128_bits() {
    let mut deps = mock_dependencies();
    let (env, by) = (mock_env(), who("alice"));
    let refusal = |error: ContractError| error.code();
    let paid = message_info(&by, &tokens(1));
    let done = instantiate(deps.as_mut(), env.clone(), paid, instantiate_msg(1_000, 10));
    refused(done.map_err(refusal), 6);
    for granule in [0, 1_001] {
        let msg = instantiate_msg(1_000, granule);
        let done = instantiate(deps.as_mut(), env.clone(), message_info(&by, &[]), msg);
        refused(done.map_err(refusal), 14_001);
    }
    let msg = instantiate_msg(1_000, 10);
    instantiate(deps.as_mut(), env.clone(), message_info(&by, &[]), msg).unwrap();
    let wide = Uint256::from(u128::MAX) + Uint256::one();
    let info = message_info(&by, &[Coin::new(wide, TOKEN)]);
    let done = execute(deps.as_mut(), env.clone(), info, ExecuteMsg::Stake {});
    refused(done.map_err(refusal), 7);
    let info = message_info(&by, &[Coin::new(0_u128, TOKEN)]);
    let done = execute(deps.as_mut(), env, info, ExecuteMsg::Stake {});
    refused(done.map_err(refusal), 5);
}

#[test]
fn a_text_begins_with_the_number() {
    let error = ContractError::from(tokenomics_escrow_weighting::Error::KindsDiffer {
        left: None,
        right: None,
    });
    assert!(error.to_string().starts_with("14006: "), "{error}");
    assert_eq!(ContractError::NotFound.to_string(), "3: there is none");
}
