//! Faults of others, which these must not have.

use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp, U256};
use tokenomics_haircut_collateral::{
    CircuitBreaker, LossShares, LossWaterfall, LossWaterfallState, PoolDeposit, PoolDepositState,
    RateLimit, StabilityPool, StabilityPoolState, TrancheState,
};

const TOKEN: u128 = 1_000_000_000_000_000_000;

/// liquity/dev #23: the loss applied to each deposit was slightly too low, so that the pool held less
/// than the last depositor's, who couldn't leave.
#[test]
fn liquity_23_the_last_depositor_is_never_short() {
    for [a, b, c] in [
        [100, 200, 300],
        [1, 1, 1],
        [7, 11, 13],
        [1, 1, 10_u128.pow(9)],
    ] {
        let mut pool = StabilityPool::new([U256::ZERO; 18]);
        let mut holders = [a, b, c].map(|tokens| {
            let mut holder = PoolDeposit::new();
            pool.deposit(&mut holder, Amount::new(tokens * TOKEN))
                .unwrap();
            holder
        });
        for thirds in 0..40 {
            let loss = pool.assets().get() / 3 + thirds % 3;
            pool.absorb(Amount::new(loss), Amount::new(thirds)).unwrap();
        }
        for holder in &mut holders {
            let all = pool.amount(holder).unwrap();
            pool.withdraw(holder, all).unwrap();
            pool.claim(holder).unwrap();
        }
        assert!(pool.assets().get() <= 2);
    }
}

/// liquity/dev #85: of 100 deposits of 100 each, after 200 liquidations of 49 each, the product said 1
/// each where the pool held 200.
#[test]
fn liquity_85_the_product_is_what_the_pool_holds() {
    let mut pool = StabilityPool::new([U256::ZERO; 18]);
    let mut holders = [PoolDeposit::new(); 100];
    for holder in &mut holders {
        pool.deposit(holder, Amount::new(100 * TOKEN)).unwrap();
    }
    for _ in 0..200 {
        pool.absorb(Amount::new(49 * TOKEN), Amount::ZERO).unwrap();
    }
    assert_eq!(pool.assets(), Amount::new(200 * TOKEN));
    for holder in holders {
        assert_eq!(pool.amount(&holder), Ok(Amount::new(2 * TOKEN)));
    }
}

/// A tranche that lost all, and is filled again: who held it before has no part of what comes after, and
/// what was gained before can still be claimed.
#[test]
fn nobody_comes_back_from_a_loss_of_everything() {
    let (mut waterfall, mut old, mut new) = (
        LossWaterfall::<1>::new(),
        LossShares::NONE,
        LossShares::NONE,
    );
    waterfall.deposit(0, &mut old, Amount::MAX).unwrap();
    waterfall.absorb(Amount::MAX).unwrap();
    waterfall.deposit(0, &mut new, Amount::MAX).unwrap();
    assert_eq!(waterfall.amount(0, &old), Ok(Amount::ZERO));
    assert_eq!(waterfall.amount(0, &new), Ok(Amount::MAX));
    assert!(waterfall.withdraw(0, &mut old, Amount::new(1)).is_err());

    let (mut pool, mut old, mut new) = (
        StabilityPool::new([U256::ZERO; 12]),
        PoolDeposit::new(),
        PoolDeposit::new(),
    );
    for round in 1..=2_u128 {
        let holder = if round == 1 { &mut old } else { &mut new };
        pool.deposit(holder, Amount::new(1 << 127)).unwrap();
        pool.absorb(Amount::new(1 << 127), Amount::new(round))
            .unwrap();
    }
    assert_eq!(pool.scale(), 12);
    assert_eq!(pool.claim(&mut old), Ok(Amount::new(1)));
    assert_eq!(pool.claim(&mut new), Ok(Amount::new(2)));
    let stored = pool.state();
    assert!(pool.deposit(&mut old, Amount::new(1)).is_ok());
    assert_eq!(pool.scale(), stored.deposits.scale);
    // There is no room for another scale.
    let before = pool;
    assert!(pool.absorb(Amount::new(1), Amount::new(9)).is_err());
    assert_eq!(pool, before);
    assert!(pool.absorb(Amount::ZERO, Amount::new(9)).is_ok());
}

/// Shares that were rounded up for a deposit would be paid for by those who are there: here by a unit.
#[test]
fn a_deposit_takes_nothing_from_others() {
    let shares = U256::from((3 << 32) + 1);
    let (assets, scale) = (Amount::new(3), 0);
    let tranches = [TrancheState {
        assets,
        shares,
        scale,
    }];
    let state = LossWaterfallState {
        insurance: Amount::ZERO,
        tranches,
    };
    let mut waterfall = LossWaterfall::restore(state).unwrap();
    let (old, mut new) = (LossShares::restore(0, shares), LossShares::NONE);
    assert_eq!(waterfall.amount(0, &old), Ok(assets));
    waterfall.deposit(0, &mut new, Amount::new(1)).unwrap();
    assert_eq!(waterfall.amount(0, &old), Ok(assets));
    assert_eq!(new.shares(), U256::from(1 << 32));
}

/// 2^64 shares of a unit may stay, and one more sends all to the next scale.
#[test]
fn a_scale_ends_above_its_bound() {
    for (more, scale, left) in [(0, 0, 1_u128 << 64), (2, 1, 1 << 32)] {
        let shares = U256::from((1 << 64) + more);
        let (assets, held) = (Amount::new(2), LossShares::restore(0, shares));
        let tranches = [TrancheState {
            assets,
            shares,
            scale: 0,
        }];
        let state = LossWaterfallState {
            insurance: Amount::ZERO,
            tranches,
        };
        let mut waterfall = LossWaterfall::restore(state).unwrap();
        waterfall.absorb(Amount::new(1)).unwrap();
        let after = waterfall.state().tranches[0];
        assert_eq!((after.scale, after.shares), (scale, U256::from(left)));
        assert_eq!(waterfall.amount(0, &held), Ok(Amount::new(1)));
    }
}

/// Two gains, each too small to give a share anything, give it something together.
#[test]
fn what_a_division_leaves_is_carried_to_the_next_gain() {
    let (assets, shares) = (Amount::new(1 << 127), U256::new(1 << 63, 0));
    let deposits = TrancheState {
        assets,
        shares,
        scale: 0,
    };
    let state = StabilityPoolState {
        deposits,
        ..StabilityPoolState::default()
    };
    let mut pool = StabilityPool::restore(state, [U256::ZERO; 0]).unwrap();
    let all = PoolDepositState {
        shares,
        ..PoolDepositState::default()
    };
    let mut all = PoolDeposit::restore(all);
    pool.absorb(Amount::ZERO, Amount::new(1 << 30)).unwrap();
    assert_eq!(pool.claim(&mut all), Ok(Amount::ZERO));
    pool.absorb(Amount::ZERO, Amount::new(1 << 30)).unwrap();
    assert_eq!(pool.claim(&mut all), Ok(Amount::new(1 << 31)));
    assert_eq!(pool.state().rest, U256::ZERO);
}

/// The largest amounts there are, through every layer and back.
#[test]
fn the_largest_amounts() {
    let mut waterfall = LossWaterfall::<3>::new();
    waterfall.insure(Amount::MAX).unwrap();
    let mut held = [LossShares::NONE; 3];
    for (tranche, held) in held.iter_mut().enumerate() {
        waterfall.deposit(tranche, held, Amount::MAX).unwrap();
        assert!(waterfall.deposit(tranche, held, Amount::new(1)).is_err());
    }
    waterfall.absorb(Amount::MAX).unwrap();
    waterfall.absorb(Amount::new(u128::MAX - 1)).unwrap();
    assert_eq!(waterfall.amount(0, &held[0]), Ok(Amount::new(1)));
    assert_eq!(waterfall.amount(1, &held[1]), Ok(Amount::MAX));
    waterfall.withdraw(0, &mut held[0], Amount::new(1)).unwrap();
    assert_eq!(held[0].shares(), U256::ZERO);

    let mut pool = StabilityPool::new([U256::ZERO; 6]);
    let mut holder = PoolDeposit::new();
    pool.deposit(&mut holder, Amount::MAX).unwrap();
    pool.absorb(Amount::new(u128::MAX - 1), Amount::MAX)
        .unwrap();
    assert!(pool.absorb(Amount::ZERO, Amount::new(1)).is_err());
    assert_eq!(pool.amount(&holder), Ok(Amount::new(1)));
    let claimed = pool.claim(&mut holder).unwrap();
    assert!(u128::MAX - claimed.get() <= 1 << 32);

    let (most, end) = (Amount::MAX, Timestamp::MAX);
    let mut limit = RateLimit::new(most, most, Span::new(u64::MAX), Timestamp::new(0)).unwrap();
    limit.take(most, Timestamp::new(0)).unwrap();
    limit.take(most, end).unwrap();
    assert_eq!(limit.allowed(end), Ok(Amount::ZERO));
}

/// A window with fixed borders lets its whole limit through just before a border and again just after:
/// twice 100 in two seconds.
#[test]
fn a_window_has_no_border() {
    let (hour, at) = (Span::from_hours(1), Timestamp::new);
    let mut limit = RateLimit::from_window(Amount::new(100), hour, at(0)).unwrap();
    limit.take(Amount::new(50), at(3_599)).unwrap();
    assert_eq!(limit.allowed(at(3_600)), Ok(Amount::ZERO));
    assert_eq!(limit.allowed(at(3_601)), Ok(Amount::ZERO)); // 0.028
    assert_eq!(limit.allowed(at(3_599 + 72)), Ok(Amount::new(1)));
}

/// Who may lower a limit to nothing and raise it again, as a pause does, gives nobody a second burst.
#[test]
fn a_pause_of_a_limit_is_no_new_burst() {
    let (hour, now) = (Span::from_hours(1), Timestamp::new(7));
    let (most, none) = (Amount::new(1_000), Amount::ZERO);
    let mut limit = RateLimit::new(most, none, hour, now).unwrap();
    limit.take(most, now).unwrap();
    limit.set_limit(none, none, hour, now).unwrap();
    assert_eq!(RateLimit::restore(limit.state()), Ok(limit));
    limit.set_limit(most, none, hour, now).unwrap();
    assert_eq!(limit.allowed(now), Ok(Amount::ZERO));
    limit.give_back(Amount::new(1), now).unwrap();
    assert_eq!(limit.allowed(now), Ok(Amount::new(1)));
}

/// A breaker that compares with the last price is walked past its bound in small steps; one that compares
/// with a reference isn't.
#[test]
fn small_steps_do_not_walk_past_the_bound() {
    let (hour, now) = (Span::from_hours(1), Timestamp::new);
    let tenth = tokenomics_fixed_math::fraction!("0.1");
    let first = (Ratio::from_integer(100), now(0));
    let mut breaker = CircuitBreaker::new(tenth, hour, hour, first).unwrap();
    let admitted = (1..=20_u64).filter(|step| {
        let price = Ratio::from_integer(100 + u128::from(*step));
        breaker.observe(price, now(*step)).unwrap()
    });
    assert_eq!(admitted.count(), 10);
}

/// Who deposits a unit and has it cancelled takes six entries, which fills an array: it then refuses what
/// ends a scale, and absorbs all else. A pool of which an amount stays takes a loss of 22 times that
/// amount for each.
#[test]
fn a_full_array_is_the_work_of_a_few_units() {
    let mut pool = StabilityPool::new([U256::ZERO; 12]);
    for _ in 0..2 {
        pool.deposit(&mut PoolDeposit::new(), Amount::new(1))
            .unwrap();
        pool.absorb(Amount::new(1), Amount::ZERO).unwrap();
    }
    assert_eq!(pool.scale(), 12);
    let mut alice = PoolDeposit::new();
    pool.deposit(&mut alice, Amount::new(TOKEN)).unwrap();
    let all = Amount::new(TOKEN);
    assert!(pool.absorb(all, Amount::ZERO).is_err());
    // 2^32 of the 2^32 shares of a unit of 10^18 units: one of 2^32 stays.
    let left = TOKEN.div_ceil(1 << 32);
    assert_eq!(pool.absorbable(), Amount::new(TOKEN - left));
    pool.absorb(pool.absorbable(), Amount::ZERO).unwrap();
    assert_eq!(pool.absorbable(), Amount::ZERO);

    // The bound is nearly reached by the smallest losses there are beside what stays.
    let (least, unit) = (Amount::new(1 << 12), Amount::new(1));
    let mut pool = StabilityPool::new([U256::ZERO; 4]);
    let mut holder = PoolDeposit::new();
    pool.deposit(&mut holder, least).unwrap();
    let mut lost = 0_u128;
    while pool.scale() < 3 {
        pool.deposit(&mut holder, unit).unwrap();
        pool.absorb(unit, Amount::ZERO).unwrap();
        lost += 1;
    }
    assert_eq!(
        StabilityPool::entries_for(Amount::new(lost), least),
        Some(3)
    );
    assert_eq!(lost / (1 << 12), 66); // of 3 · 22.18
}
