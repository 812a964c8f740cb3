//! The texts of errors of losses, limits, guards and treasuries, and the bounds that they name.

use tokenomics_fixed_math::{fraction, wad, Amount, Fraction, Ratio, Span, Timestamp, Wad, U256};
use tokenomics_haircut_collateral::{
    Cap, CircuitBreaker, Error, GrowthCap, GrowthCapTerms, Isolation, LossShares, LossWaterfall,
    PoolDeposit, RateLimit, RatioSnapshot, StabilityPool, Treasury, TreasuryAsset,
};

fn text<T: std::fmt::Debug>(refused: Result<T, Error>) -> String {
    refused.unwrap_err().to_string()
}

#[test]
fn losses() {
    let (mut waterfall, mut held) = (LossWaterfall::<2>::new(), LossShares::NONE);
    let beyond = waterfall.deposit(2, &mut held, Amount::new(1));
    assert_eq!(text(beyond), "the index of a tranche is 2, above 1");
    waterfall.deposit(1, &mut held, Amount::new(5)).unwrap();
    let more = waterfall.withdraw(1, &mut held, Amount::new(6));
    assert_eq!(text(more), "the amount taken is 6, above 5");
    assert_eq!(
        text(waterfall.take_insurance(Amount::new(1))),
        "the amount taken is 1, above 0"
    );
    let later = LossShares::restore(1, U256::ONE);
    assert_eq!(
        text(waterfall.amount(1, &later)),
        "the scale of a holder's shares is 1, above 0"
    );
    let more = LossShares::restore(0, U256::from((5 << 32) + 1));
    assert_eq!(
        text(waterfall.amount(1, &more)),
        "the number of shares, in 2^64, is 1, above 0"
    );

    let (mut pool, mut holder) = (StabilityPool::new([U256::ZERO; 0]), PoolDeposit::new());
    let nobody = pool.absorb(Amount::ZERO, Amount::new(3));
    assert_eq!(
        text(nobody),
        "the gain of a pool without deposits is 3, above 0"
    );
    pool.deposit(&mut holder, Amount::new(5)).unwrap();
    assert_eq!(
        text(pool.absorb(Amount::new(6), Amount::ZERO)),
        "the loss is 6, above 5"
    );
    assert_eq!(
        text(pool.absorb(Amount::new(5), Amount::ZERO)),
        "there is no room for another entry, with a capacity of 0"
    );
    let (mut tight, mut one) = (StabilityPool::new([U256::ZERO; 5]), PoolDeposit::new());
    tight.deposit(&mut one, Amount::new(5)).unwrap();
    assert_eq!(
        text(tight.absorb(Amount::new(5), Amount::ZERO)),
        "there is no room for another entry, with a capacity of 5"
    );
    let mut state = holder.state();
    state.checkpoint = U256::ONE;
    let ahead =
        "the gain a share at which a deposit was settled, in 2^-32 units rounded up, is 1, above 0";
    assert_eq!(text(pool.claimable(&PoolDeposit::restore(state))), ahead);
    state = holder.state();
    state.owed = U256::new(7, 0);
    let owed = pool.claim(&mut PoolDeposit::restore(state));
    assert_eq!(text(owed), "the gain paid is 7, above 0");
    let mut stored = pool.state();
    stored.deposits.scale = 1;
    assert_eq!(
        text(StabilityPool::restore(stored, [U256::ZERO; 0])),
        "the store has no entry 0"
    );
}

#[test]
fn limits_and_guards() {
    let at = Timestamp::new;
    let five = Amount::new(5);
    assert_eq!(
        text(RateLimit::new(five, five, Span::ZERO, at(0))),
        "the period of a rate limit is 0, below 1"
    );
    let mut limit = RateLimit::new(five, five, Span::new(9), at(8)).unwrap();
    assert_eq!(
        text(limit.take(five, at(7))),
        "7 is before 8, the time of the last call"
    );
    assert_eq!(
        text(limit.take(Amount::new(6), at(8))),
        "the amount under a rate limit is 6, above 5"
    );
    let mut cap = Cap::restore(five, Amount::new(2));
    assert_eq!(text(cap.take(five)), "the amount under a cap is 5, above 3");
    assert_eq!(
        text(cap.release(five)),
        "the amount released from a cap is 5, above 2"
    );
    let both = Isolation::check([Isolation::Shared, Isolation::Isolated]);
    assert_eq!(
        text(both),
        "the number of collaterals beside an isolated one is 2, above 1"
    );

    let (span, first) = (Span::new(9), (Ratio::ONE, at(8)));
    let none = CircuitBreaker::new(Fraction::ZERO, span, span, first);
    assert_eq!(
        text(none),
        "the largest move of a price is 0, below 0.000000000000000001"
    );

    let terms = GrowthCapTerms {
        growth: wad!("0.1"),
        year: Span::new(100),
        max_step: fraction!("0.03"),
        min_delay: Span::new(10),
    };
    let snapshot = |ratio, time| RatioSnapshot {
        ratio,
        at: at(time),
    };
    let made = |terms, snapshot| GrowthCap::new(terms, snapshot, wad!("1"), at(50));
    let growth = GrowthCapTerms {
        growth: wad!("100.5"),
        ..terms
    };
    assert_eq!(
        text(made(growth, snapshot(wad!("1"), 50))),
        "the growth a year is 100.5, above 100"
    );
    let year = GrowthCapTerms {
        year: Span::ZERO,
        ..terms
    };
    assert_eq!(
        text(made(year, snapshot(wad!("1"), 50))),
        "the length of a year is 0, below 1"
    );
    let year = GrowthCapTerms {
        year: Span::new(10_000_000_001),
        ..terms
    };
    assert_eq!(
        text(made(year, snapshot(wad!("1"), 50))),
        "the length of a year is 10000000001, above 10000000000"
    );
    assert_eq!(
        text(made(terms, snapshot(wad!("0"), 50))),
        "the ratio of a snapshot is 0, below 0.000000000000000001"
    );
    assert_eq!(
        text(made(terms, snapshot(wad!("1"), 51))),
        "the time of a snapshot is 51, above 50"
    );
    let mut cap = made(terms, snapshot(wad!("1"), 50)).unwrap();
    let early = cap.update(snapshot(wad!("1"), 59), wad!("1"), at(59));
    assert_eq!(
        text(early),
        "the time since the last snapshot was set is 9, below 10"
    );
    let far = cap.update(snapshot(wad!("1.031"), 60), wad!("1"), at(60));
    assert_eq!(
        text(far),
        "the step of a snapshot's ratio is 0.031, above 0.03"
    );
    // The delay begins when a snapshot is set, not when its ratio was read.
    let mut older = made(terms, snapshot(wad!("1"), 40)).unwrap();
    let soon = older.update(snapshot(wad!("1"), 41), wad!("1"), at(59));
    assert_eq!(
        text(soon),
        "the time since the last snapshot was set is 9, below 10"
    );
    let soon = older.raise(wad!("1.01"), at(59));
    assert_eq!(
        text(soon),
        "the time since the last snapshot was set is 9, below 10"
    );
    older.raise(wad!("1.01"), at(60)).unwrap();
    assert!(older.raise(wad!("1.02"), at(69)).is_err());
    // A step of 15% of 10 is one whole unit and a half.
    let coarse = GrowthCapTerms {
        max_step: fraction!("0.15"),
        ..terms
    };
    let ten = snapshot(Wad::from_raw(10), 50);
    let mut small = GrowthCap::new(coarse, ten, Wad::ZERO, at(50)).unwrap();
    let twelve = snapshot(Wad::from_raw(12), 60);
    assert!(small.update(twelve, Wad::ZERO, at(60)).is_err());
    let eleven = snapshot(Wad::from_raw(11), 60);
    assert!(small.update(eleven, Wad::ZERO, at(60)).is_ok());
    let back = cap.update(snapshot(wad!("1"), 49), wad!("1"), at(60));
    assert_eq!(text(back), "49 is before 50, the time of the last call");
    let excluded = cap.update(snapshot(wad!("1"), 60), wad!("1.01"), at(60));
    assert_eq!(
        text(excluded),
        "the present ratio under a growth cap is 1.01, above 1"
    );
}

#[test]
fn treasuries() {
    let asset = TreasuryAsset::new(Amount::new(5), Fraction::ZERO);
    let assets = [asset; 2];
    let treasury = Treasury::new(&assets);
    assert_eq!(
        text(treasury.runway(Amount::ZERO)),
        "the operating expense is 0, below 1"
    );
    assert_eq!(
        text(Treasury::new(&[]).concentration()),
        "the value of a treasury is 0, below 1"
    );
    assert_eq!(
        text(treasury.trades(&[Fraction::ONE])),
        "the number of targets is 1, below 2"
    );
    let targets = [fraction!("0.5"), fraction!("0.25")];
    assert_eq!(
        text(treasury.trades(&targets)),
        "the sum of the targets is 0.75, below 1"
    );
    assert_eq!(
        text(treasury.trades(&[Fraction::ONE; 2])),
        "the sum of the targets is 2, above 1"
    );
}
