//! The calls of the mechanisms. Where one needs a state, what makes the state is a call of its own, to be
//! taken off.

use core::hint::black_box;

use tokenomics_escrow_weighting::{Escrow, InMemory, Lock, LockKind, Terms};
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::{wad, Amount, Fraction, Ratio, Span, Timestamp};
use tokenomics_haircut_collateral::{Debt, Haircut, Holding, Margin, Portfolio};
use tokenomics_vesting::{Gate, Grant, Linear, Schedule};

use crate::{folded, operand, word, Operands};

#[inline(always)]
fn amount(of: &Operands, at: usize) -> Amount {
    Amount::new(operand(of, at))
}

#[inline(always)]
fn time(of: &Operands, at: usize) -> Timestamp {
    Timestamp::new(word(of, at))
}

/// A total from a start to an end, as of a time.
#[inline(never)]
pub fn linear_vested(of: &Operands) -> u64 {
    let linear = Linear::new(time(of, 0), time(of, 1), amount(of, 3));
    let at = time(of, 2);
    folded(linear.ok().map(|linear| linear.vested_at(at).get()))
}

#[inline(always)]
fn grant(of: &Operands) -> Option<Grant<Gate<Linear>>> {
    let linear = Linear::new(time(of, 0), time(of, 1), amount(of, 3)).ok()?;
    Some(Grant::new(Gate::new(linear, time(of, 4))))
}

#[inline(never)]
pub fn grant_made(of: &Operands) -> u64 {
    let mut grant = grant(of);
    let grant = black_box(&mut grant);
    folded(grant.as_ref().map(|grant| grant.claimed().get()))
}

#[inline(never)]
pub fn grant_claim(of: &Operands) -> u64 {
    let mut grant = grant(of);
    let grant = black_box(&mut grant);
    let claimed = grant
        .as_mut()
        .and_then(|grant| grant.claim(time(of, 2)).ok());
    folded(claimed.map(Amount::get))
}

/// An amount, what it loses a second, and the end, as of a time.
#[inline(never)]
pub fn lock_weight(of: &Operands) -> u64 {
    let (rate, end) = (operand(of, 1), time(of, 2));
    let weight = Lock::new(amount(of, 0), LockKind::Decaying { rate, end }).map(|lock| {
        let weight = lock.weight_at(time(of, 3));
        weight.high() ^ weight.low()
    });
    folded(weight.ok())
}

#[inline(always)]
fn pool(of: &Operands) -> Option<(RewardPool, Position)> {
    let (mut pool, mut position, mut other) = (RewardPool::new(), Position::new(), Position::new());
    pool.set_shares(&mut position, operand(of, 0)).ok()?;
    pool.set_shares(&mut other, operand(of, 1)).ok()?;
    pool.fund(amount(of, 2)).ok()?;
    Some((pool, position))
}

#[inline(never)]
pub fn pool_made(of: &Operands) -> u64 {
    let mut pool = pool(of);
    let pool = black_box(&mut pool);
    folded(pool.as_ref().map(|(pool, _)| pool.paid().get()))
}

#[inline(never)]
pub fn pool_claim(of: &Operands) -> u64 {
    let mut pool = pool(of);
    let pool = black_box(&mut pool);
    let claimed = pool
        .as_mut()
        .and_then(|(pool, position)| pool.claim(position).ok());
    folded(claimed.map(Amount::get))
}

#[inline(never)]
pub fn pool_set_shares(of: &Operands) -> u64 {
    let mut pool = pool(of);
    let pool = black_box(&mut pool);
    let shares = pool.as_mut().and_then(|(pool, position)| {
        pool.set_shares(position, operand(of, 3)).ok()?;
        Some(pool.total_shares())
    });
    folded(shares)
}

#[inline(never)]
pub fn pool_funded(of: &Operands) -> u64 {
    let mut pool = pool(of);
    let pool = black_box(&mut pool);
    let funded = pool.as_mut().and_then(|(pool, _)| {
        pool.fund(amount(of, 4)).ok()?;
        Some(pool.funded().get())
    });
    folded(funded)
}

const WEEK: u64 = 7 * 86_400;

/// An escrow with so many locks of a first amount, each a week and a unit more than the last.
#[inline(never)]
fn escrow(of: &Operands, locks: u64) -> Option<Escrow<InMemory>> {
    let terms = Terms::new(Span::from_days(4 * 365), Span::from_weeks(1)).ok()?;
    let mut escrow = Escrow::new(terms);
    for number in 0..locks {
        create(&mut escrow, of, number)?;
    }
    Some(escrow)
}

#[inline(never)]
fn create(escrow: &mut Escrow<InMemory>, of: &Operands, number: u64) -> Option<Lock> {
    let now = Timestamp::new(word(of, 0) + number * WEEK);
    let end = Timestamp::new((word(of, 1) + 2 * number) * WEEK);
    let kind = escrow.terms().decaying(wad!("1"), end).ok()?;
    let amount = Amount::new(operand(of, 2) + u128::from(number));
    escrow.create(now, amount, kind).ok()
}

#[inline(always)]
fn escrow_locked(of: &Operands, locks: u64) -> u64 {
    folded(escrow(of, locks).map(|escrow| escrow.locked().get()))
}

#[inline(always)]
fn escrow_total(of: &Operands, locks: u64) -> u64 {
    let escrow = escrow(of, locks);
    folded(escrow.map(|escrow| {
        let total = escrow.total_at(time(of, 3));
        total.high() ^ total.low()
    }))
}

#[inline(never)]
pub fn escrow_1(of: &Operands) -> u64 {
    escrow_locked(of, 1)
}

#[inline(never)]
pub fn escrow_total_1(of: &Operands) -> u64 {
    escrow_total(of, 1)
}

/// A basket of three holdings and two debts, of the amounts and the price that are given.
struct Basket {
    holdings: [Holding; 3],
    debts: [Debt; 2],
}

#[inline(never)]
fn basket(of: &Operands) -> Option<Basket> {
    let weights = |initial, maintenance| {
        let [initial, maintenance] = [initial, maintenance].map(Fraction::from_percent);
        Haircut::from_weights(initial.ok()?, maintenance.ok()?).ok()
    };
    let price = |of: u128| Ratio::new(of, 1_000_000).ok();
    let owed = operand(of, 4);
    Some(Basket {
        holdings: [
            Holding::new(amount(of, 0), price(operand(of, 3))?, weights(80, 84)?),
            Holding::new(amount(of, 1), price(1_000_000)?, weights(90, 92)?),
            Holding::new(amount(of, 2), price(2_500_000)?, weights(60, 65)?),
        ],
        debts: [
            Debt::new(Amount::new(owed), price(1_000_000)?, Haircut::NONE).ok()?,
            Debt::new(Amount::new(owed / 2), price(1_000_100)?, Haircut::NONE).ok()?,
        ],
    })
}

#[inline(never)]
pub fn basket_made(of: &Operands) -> u64 {
    let mut basket = basket(of);
    folded(
        black_box(&mut basket)
            .as_ref()
            .map(|basket| basket.debts[0].amount().get()),
    )
}

#[inline(never)]
pub fn basket_healthy(of: &Operands) -> u64 {
    let mut basket = basket(of);
    folded(black_box(&mut basket).as_ref().map(|basket| {
        let portfolio = Portfolio::new(&basket.holdings, &basket.debts);
        portfolio.is_healthy(Margin::Initial).into()
    }))
}
