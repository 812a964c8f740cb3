//! The program from instruction bytes to account bytes, beside the types that it embeds.

mod support;

use anchor_embedder::{
    instruction, GrantAccount, NewGrant, PoolAccount, StakeAccount, Time, Vesting,
};
use anchor_lang::Space;
use support::{call, key, Held};
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::{Amount, EncodedLen, Timestamp};
use tokenomics_vesting::{Error, Gate, Grant, Linear};

const TOTAL: u64 = 1_000_003;

fn terms(start: u64, cliff: u64, end: u64) -> NewGrant {
    let time = |seconds| Time(Timestamp::new(seconds));
    NewGrant {
        holder: key(2),
        start: time(start),
        cliff: time(cliff),
        end: time(end),
        total: TOTAL,
    }
}

/// The types as the program uses them, without it.
fn model(start: u64, cliff: u64, end: u64) -> Grant<Gate<Linear>> {
    let linear = Linear::new(Timestamp::new(start), Timestamp::new(end), TOTAL.into());
    Grant::new(Gate::new(linear.unwrap(), Timestamp::new(cliff)))
}

struct Granted {
    funder: Held,
    purse: Held,
    grant: Held,
    vault: Held,
    holder: Held,
    paid: Held,
}

impl Granted {
    fn new() -> Self {
        Self {
            funder: Held::person(1),
            purse: Held::purse(3, 1, TOTAL + 5),
            grant: Held::made::<GrantAccount>(4),
            vault: Held::purse(5, 4, 0),
            holder: Held::person(2),
            paid: Held::purse(6, 2, 0),
        }
    }

    fn create(&mut self, new: NewGrant) -> Result<(), u64> {
        call(
            &mut [
                &mut self.funder,
                &mut self.purse,
                &mut self.grant,
                &mut self.vault,
            ],
            &instruction::CreateGrant { new },
        )
    }

    fn claim(&mut self, at: i64) -> Result<(), u64> {
        let mut clock = Held::clock(at);
        call(
            &mut [
                &mut self.holder,
                &mut self.grant,
                &mut self.vault,
                &mut self.paid,
                &mut clock,
            ],
            &instruction::ClaimGrant {},
        )
    }

    fn revoke(&mut self, at: i64) -> Result<(), u64> {
        let mut clock = Held::clock(at);
        call(
            &mut [
                &mut self.funder,
                &mut self.grant,
                &mut self.vault,
                &mut self.purse,
                &mut clock,
            ],
            &instruction::RevokeGrant {},
        )
    }

    fn vesting(&self) -> Grant<Gate<Linear>> {
        self.grant.read::<GrantAccount>().vesting.unwrap().0
    }
}

#[test]
fn a_grant_pays_what_the_types_say() {
    let mut here = Granted::new();
    here.create(terms(100, 300, 1_100)).unwrap();
    assert_eq!((here.purse.amount(), here.vault.amount()), (5, TOTAL));
    let mut beside = model(100, 300, 1_100);
    assert_eq!(here.vesting(), beside);
    for at in [100_u64, 299, 300, 301, 650, 650] {
        here.claim(at.try_into().unwrap()).unwrap();
        beside.claim(Timestamp::new(at)).unwrap();
        assert_eq!(here.vesting(), beside);
        let claimed = u128::from(here.paid.amount());
        assert_eq!(Amount::new(claimed), beside.state().claimed);
    }
    here.revoke(700).unwrap();
    let back = beside.revoke(Timestamp::new(700)).unwrap();
    assert_eq!(here.vesting(), beside);
    assert_eq!(u128::from(here.purse.amount()), 5 + back.get());
    here.claim(2_000).unwrap();
    assert_eq!(here.vault.amount(), 0);
    let all = here.purse.amount() + here.paid.amount();
    assert_eq!(all, TOTAL + 5);
}

#[test]
fn what_the_types_refuse_changes_no_account() {
    let mut here = Granted::new();
    let backwards = u64::from(
        Error::NotAfter {
            start: Timestamp::new(1_100),
            end: Timestamp::new(100),
        }
        .code(),
    );
    assert_eq!(here.create(terms(1_100, 300, 100)), Err(backwards));
    assert!(here.grant.data.iter().all(|&byte| byte == 0));
    here.create(terms(100, 300, 1_100)).unwrap();
    here.claim(500).unwrap();
    here.revoke(600).unwrap();
    let before = (here.grant.data.clone(), here.vault.data.clone());
    let at = Timestamp::new(600);
    let again = u64::from(Error::AlreadyRevoked { at }.code());
    assert_eq!(here.revoke(600), Err(again));
    assert!(here.claim(-1).is_err());
    here.holder.key = key(9);
    assert!(here.claim(700).is_err(), "another's");
    here.holder = Held::person(2);
    here.holder.signs = false;
    assert!(here.claim(700).is_err(), "unsigned");
    assert_eq!(before, (here.grant.data, here.vault.data));
}

#[test]
fn an_account_just_made_is_of_the_length_and_taken_once() {
    assert_eq!(Vesting::INIT_SPACE, <Grant<Gate<Linear>>>::ENCODED_LEN);
    assert_eq!(GrantAccount::INIT_SPACE, 3 * 32 + 1 + Vesting::INIT_SPACE);
    let mut here = Granted::new();
    here.create(terms(100, 300, 1_100)).unwrap();
    assert!(here.create(terms(100, 300, 1_100)).is_err());
    // Too short for the one state, by a byte.
    let written = borsh::to_vec(&here.grant.read::<GrantAccount>()).unwrap();
    let mut short = Granted::new();
    short.grant.data.truncate(8 + written.len() - 1);
    assert!(short.create(terms(100, 300, 1_100)).is_err());
}

#[test]
fn hostile_bytes_are_no_grant() {
    let mut here = Granted::new();
    here.create(terms(100, 300, 1_100)).unwrap();
    let good = here.grant.data.clone();
    for cut in 0..8 + 3 * 32 + 1 {
        here.grant.data = good[..cut].to_vec();
        assert!(here.claim(500).is_err(), "{cut} bytes");
    }
    // The schedule's end, before its start.
    let mut bad = good.clone();
    let end = 8 + 3 * 32 + 1 + 8;
    bad[end..end + 8].fill(0);
    here.grant.data = bad;
    assert!(here.claim(500).is_err());
    here.grant.data = good;
    here.claim(500).unwrap();
}

#[test]
fn a_pool_pays_what_the_types_say() {
    let (mut owner, mut purse) = (Held::person(1), Held::purse(3, 1, 100));
    let mut pool = Held::made::<PoolAccount>(4);
    let (mut stakes, mut rewards) = (Held::purse(5, 4, 0), Held::purse(6, 4, 0));
    let mut stake = Held::made::<StakeAccount>(7);
    let (mut of_pool, mut of_stake) = (RewardPool::new(), Position::new());
    call(
        &mut [&mut pool, &mut stakes, &mut rewards],
        &instruction::CreatePool {},
    )
    .unwrap();
    call(
        &mut [&mut owner, &mut pool, &mut stake],
        &instruction::OpenStake {},
    )
    .unwrap();
    call(
        &mut [&mut owner, &mut pool, &mut stake, &mut stakes, &mut purse],
        &instruction::Stake { amount: 7 },
    )
    .unwrap();
    of_pool.deposit(&mut of_stake, 7).unwrap();
    call(
        &mut [&mut owner, &mut purse, &mut pool, &mut rewards],
        &instruction::Fund { amount: 50 },
    )
    .unwrap();
    of_pool.fund(50_u64.into()).unwrap();
    call(
        &mut [&mut owner, &mut pool, &mut stake, &mut rewards, &mut purse],
        &instruction::ClaimReward {},
    )
    .unwrap();
    let paid = of_pool.claim(&mut of_stake).unwrap();
    assert_eq!(u128::from(purse.amount()), 100 - 7 - 50 + paid.get());
    call(
        &mut [&mut owner, &mut pool, &mut stake, &mut stakes, &mut purse],
        &instruction::Unstake { amount: 3 },
    )
    .unwrap();
    of_pool.withdraw(&mut of_stake, 3).unwrap();
    assert_eq!(pool.read::<PoolAccount>().pool.0, of_pool);
    assert_eq!(stake.read::<StakeAccount>().stake.0, of_stake);
    assert_eq!(
        (stakes.amount(), rewards.amount()),
        (4, 50 - u64::try_from(paid.get()).unwrap())
    );
    let more = instruction::Unstake { amount: 5 };
    let accounts = &mut [&mut owner, &mut pool, &mut stake, &mut stakes, &mut purse];
    assert!(call(accounts, &more).is_err());
}

#[test]
fn other_accounts_than_the_grants_are_refused() {
    let made = |change: fn(&mut Granted)| {
        let mut here = Granted::new();
        change(&mut here);
        here.create(terms(100, 300, 1_100)).is_ok()
    };
    assert!(made(|_| ()));
    assert!(!made(|here| here.vault = Held::purse(5, 9, 0)), "a vault");
    assert!(
        !made(|here| here.purse = Held::purse(3, 9, TOTAL)),
        "a purse"
    );
    assert!(
        !made(|here| here.vault.data[8..40].fill(9)),
        "another token"
    );
    assert!(!made(|here| here.grant.signs = false), "unsigned");
    let mut here = Granted::new();
    here.create(terms(100, 300, 1_100)).unwrap();
    here.funder = Held::person(9);
    assert!(here.revoke(500).is_err(), "another's to revoke");
    here.funder = Held::person(1);
    here.vault.key = key(9);
    assert!(here.claim(500).is_err(), "another vault");
}

#[test]
fn other_accounts_than_the_stakes_are_refused() {
    let (mut owner, mut purse) = (Held::person(1), Held::purse(3, 1, 100));
    let mut pools = [Held::made::<PoolAccount>(4), Held::made::<PoolAccount>(8)];
    let (mut stakes, mut rewards) = (Held::purse(5, 4, 0), Held::purse(6, 4, 0));
    let mut stake = Held::made::<StakeAccount>(7);
    let [pool, other] = &mut pools;
    let create = instruction::CreatePool {};
    let mut same = Held::purse(5, 4, 0);
    let one = &mut [&mut *pool, &mut stakes, &mut same];
    assert!(call(one, &create).is_err(), "one vault for both");
    call(&mut [&mut *pool, &mut stakes, &mut rewards], &create).unwrap();
    let (mut theirs, mut more) = (Held::purse(5, 8, 0), Held::purse(6, 8, 0));
    call(&mut [&mut *other, &mut theirs, &mut more], &create).unwrap();
    let open = instruction::OpenStake {};
    call(&mut [&mut owner, &mut *pool, &mut stake], &open).unwrap();
    let add = instruction::Stake { amount: 7 };
    let elsewhere = &mut [&mut owner, &mut *other, &mut stake, &mut theirs, &mut purse];
    assert!(call(elsewhere, &add).is_err(), "another pool");
    let mut borrowed = Held::purse(3, 9, 100);
    let accounts = &mut [
        &mut owner,
        &mut *pool,
        &mut stake,
        &mut stakes,
        &mut borrowed,
    ];
    assert!(call(accounts, &add).is_err(), "another's purse");
    let mut thief = Held::person(9);
    call(
        &mut [&mut owner, &mut *pool, &mut stake, &mut stakes, &mut purse],
        &add,
    )
    .unwrap();
    let take = instruction::Unstake { amount: 7 };
    let accounts = &mut [&mut thief, &mut *pool, &mut stake, &mut stakes, &mut purse];
    assert!(call(accounts, &take).is_err(), "another's stake");
    let claim = instruction::ClaimReward {};
    let accounts = &mut [&mut thief, &mut *pool, &mut stake, &mut rewards, &mut purse];
    assert!(call(accounts, &claim).is_err(), "another's reward");
}
