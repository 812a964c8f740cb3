//! The laws of the ladder.

use num_bigint::BigUint;
use tokenomics_fixed_math::{Amount, Fraction, Ratio};
use tokenomics_liquidity_curves::{Ladder, Level, Market, Position, Sell};

use super::draw::{big, sell, Draw};

fn levels(book: &Ladder<4>, sell: Sell) -> Vec<Level> {
    match sell {
        Sell::Token0 => book.bids().collect(),
        Sell::Token1 => book.asks().collect(),
    }
}

fn total(levels: &[Level]) -> BigUint {
    levels.iter().map(|level| big(level.amount.get())).sum()
}

/// What the first units are worth, over the denominator of a tick.
fn worth(book: &Ladder<4>, levels: &[Level], units: &BigUint) -> BigUint {
    let mut left = units.clone();
    let mut sum = BigUint::ZERO;
    for level in levels {
        let taken = left.clone().min(big(level.amount.get()));
        left -= &taken;
        sum += taken * big(level.price);
    }
    sum * big(book.tick().numerator())
}

/// A sale is the sum of what the levels give, rounded once; it takes the best levels and leaves all else,
/// and of one that is larger than the ladder only what it takes. The depth is the sum of the levels
/// within it.
pub fn ladder_is_its_levels(draw: Draw, direction: bool, amount: u128, cost: u64) {
    let (sell, before) = (sell(direction), draw.ladder());
    let (mut after, denominator) = (before, big(before.tick().denominator()));
    let (side, all) = (levels(&before, sell), total(&levels(&before, sell)));
    let swap = after.swap_exact_in(sell, Amount::new(amount)).unwrap();
    let (counted, out) = (swap.amount_in.get() - swap.fee.get(), swap.amount_out.get());
    let units = match sell {
        Sell::Token0 => {
            let exact = worth(&before, &side, &big(counted));
            assert!(big(out) * &denominator <= exact && exact < big(out + 1) * &denominator);
            big(counted)
        }
        Sell::Token1 => {
            let limit = big(counted) * &denominator;
            assert!(worth(&before, &side, &big(out)) <= limit);
            let next = big(out) + 1_u8;
            assert!(next > all || worth(&before, &side, &next) > limit);
            big(out)
        }
    };
    assert!(swap.amount_in.get() == amount || units == all);
    let left = levels(&after, sell);
    assert_eq!(total(&left), &all - &units);
    let rest = worth(&before, &side, &all) - worth(&before, &side, &units);
    assert_eq!(worth(&after, &left, &total(&left)), rest);
    assert_eq!(
        levels(&after, sell.opposite()),
        levels(&before, sell.opposite())
    );
    assert_eq!(Ladder::restore(after.state()), Ok(after));

    let cost = Fraction::from_raw(cost % (Fraction::SCALE + 1)).unwrap();
    let Some(best) = side.first() else {
        assert!(before.depth(sell, cost).is_err());
        return;
    };
    let near = side.iter().copied().filter(|level| {
        let (now, then) = match sell {
            Sell::Token0 => (best.price, level.price),
            Sell::Token1 => (level.price, best.price),
        };
        big(then) * big(Fraction::SCALE) >= big(now) * big(cost.complement().raw())
    });
    let near = total(&near.collect::<Vec<_>>());
    if let Ok(depth) = before.depth(sell, cost) {
        let mut after = before;
        let swap = after.swap_exact_in(sell, depth).unwrap();
        assert_eq!(swap.amount_in, depth);
        let taken = all - total(&levels(&after, sell));
        let more = worth(&before, &side, &taken) - worth(&before, &side, &near);
        match sell {
            Sell::Token0 => assert_eq!(taken, near),
            Sell::Token1 => assert!(taken >= near && more < denominator),
        }
    }
}

/// An order that is added and taken back leaves the book as it was, and one that is refused does too. What
/// makers hold at a price is the sum over the levels, floored.
pub fn ladder_keeps_orders(draw: Draw, direction: bool, near: u8, price: u64, amount: u128) {
    let (sell, before) = (sell(direction), draw.ladder());
    let mut book = before;
    // The price of a level, or next to one, or any.
    let levels_there = [levels(&before, Sell::Token0), levels(&before, Sell::Token1)].concat();
    let level = levels_there.get(usize::from(near / 3));
    let price = level.map_or(price, |level| level.price.wrapping_add(u64::from(near % 3)));
    let (order, one) = (
        Level {
            price,
            amount: Amount::new(amount),
        },
        sell,
    );
    let added = match one {
        Sell::Token0 => book.add_bid(order),
        Sell::Token1 => book.add_ask(order),
    };
    if added.is_err() {
        assert_eq!(book, before);
        return;
    }
    let (there, was) = (levels(&book, one), levels(&before, one));
    assert_eq!(total(&there), total(&was) + big(amount));
    assert_eq!(
        worth(&book, &there, &total(&there)),
        worth(&before, &was, &total(&was))
            + big(amount) * big(price) * big(book.tick().numerator())
    );
    assert_eq!(
        levels(&book, one.opposite()),
        levels(&before, one.opposite())
    );
    assert_eq!(Ladder::restore(book.state()), Ok(book));
    holds(&book, price);
    let removed = match one {
        Sell::Token0 => book.remove_bid(order),
        Sell::Token1 => book.remove_ask(order),
    };
    assert_eq!((removed, book), (Ok(()), before));
}

/// The delta and the value at a price of so many ticks.
fn holds(book: &Ladder<4>, price: u64) {
    let (mut held, mut paid) = (BigUint::ZERO, BigUint::ZERO);
    for (level, is_bid) in book
        .bids()
        .map(|bid| (bid, true))
        .chain(book.asks().map(|ask| (ask, false)))
    {
        let is_token0 = if is_bid {
            level.price > price
        } else {
            level.price >= price
        };
        match is_token0 {
            true => held += big(level.amount.get()),
            false => paid += big(level.amount.get()) * level.price,
        }
    }
    let tick = book.tick();
    let (numerator, denominator) = (big(tick.numerator()), big(tick.denominator()));
    let at = tick.checked_mul(Ratio::from_integer(price.into())).unwrap();
    let value = &held * price * &numerator / &denominator + paid * &numerator / &denominator;
    match book.delta_at(at) {
        Ok(delta) => assert_eq!(big(delta.get()), held),
        Err(_) => assert!(held > big(u128::MAX)),
    }
    match book.value_at(at) {
        Ok(found) => assert_eq!(big(found.get()), value),
        Err(_) => assert!(value > big(u128::MAX) || held > big(u128::MAX)),
    }
}
