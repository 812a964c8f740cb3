//! The laws of the book that refills, and of the schedules in it.

use num_bigint::BigInt;
use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
use tokenomics_liquidity_curves::{
    ContinuousSchedule, Impact, OptimalSchedule, ResilientBook, ResilientBookState, Sell,
};

use super::draw::sell;

/// The numbers that a book is made of.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct ResilientDraw {
    pub price: [u128; 2],
    pub depth: [u128; 2],
    pub resilience: [u64; 2],
}

/// One trade: which way, how much, and how long after the one before.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct ResilientTrade {
    pub direction: bool,
    pub amount: u128,
    pub after: u8,
}

impl ResilientDraw {
    fn book(&self) -> ResilientBook {
        let ratio = |terms: [u128; 2]| Ratio::new(terms[0].max(1), terms[1].max(1)).unwrap();
        let (price, depth) = (ratio(self.price), ratio(self.depth));
        ResilientBook::new(price, depth, self.resilience(), Timestamp::ZERO).unwrap()
    }

    /// Below 2^63.
    fn resilience(&self) -> Ratio {
        let [numerator, denominator] = self.resilience;
        Ratio::new((numerator >> 1).into(), denominator.max(1).into()).unwrap()
    }
}

fn int(number: impl Into<u128>) -> BigInt {
    BigInt::from(number.into())
}

fn signed(impact: Impact) -> BigInt {
    assert!(impact.bought.is_zero() || impact.sold.is_zero());
    int(impact.bought.get()) - int(impact.sold.get())
}

/// Trades of any sizes, ways and times cost no less than nothing, once what was bought is sold again and what
/// was sold bought: from a book without an impact, whose price can't be moved for a profit.
pub fn resilient_round_trip(draw: ResilientDraw, trades: &[ResilientTrade]) {
    let (mut book, mut at) = (draw.book(), 0);
    let (mut held, mut paid) = (BigInt::ZERO, BigInt::ZERO);
    let mut trade = |book: &mut ResilientBook, held: &mut BigInt, sell, amount, at| {
        let before = *book;
        let Ok(swap) = book.execute(sell, amount, Timestamp::new(at)) else {
            assert_eq!(*book, before);
            return false;
        };
        match sell {
            Sell::Token0 => {
                *held -= int(amount.get());
                paid -= int(swap.amount_out.get());
            }
            Sell::Token1 => {
                *held += int(amount.get());
                paid += int(swap.amount_in.get());
            }
        }
        true
    };
    for each in trades {
        at += u64::from(each.after);
        let amount = Amount::new(each.amount);
        trade(&mut book, &mut held, sell(each.direction), amount, at);
    }
    let back = if held > BigInt::ZERO {
        Sell::Token0
    } else {
        Sell::Token1
    };
    let Ok(amount) = u128::try_from(BigInt::from(held.magnitude().clone())) else {
        return;
    };
    if trade(&mut book, &mut held, back, Amount::new(amount), at) {
        assert!(held == BigInt::ZERO && paid >= BigInt::ZERO, "{paid}");
    }
}

/// A trade at an impact E is P·x + ((E + x)² − E²)/(2q) of Token1, with x below 0 for a sale: against the trader
/// by less than two units. It leaves E + x, and one that is refused leaves the book.
pub fn resilient_trade_is_exact(
    draw: ResilientDraw,
    impact: u128,
    ways: [bool; 2],
    amount: u128,
    after: u8,
) {
    let amount = Amount::new(amount);
    let mut book = draw.book();
    let zero = Amount::ZERO;
    let (bought, sold) = if ways[0] {
        (Amount::new(impact), zero)
    } else {
        (zero, Amount::new(impact))
    };
    let state = ResilientBookState {
        impact: Impact { bought, sold },
        ..book.state()
    };
    if let Ok(restored) = ResilientBook::restore(state) {
        book = restored;
    }
    let (before, at) = (book, Timestamp::new(after.into()));
    let left = signed(book.impact_at(at).unwrap());
    let way = sell(ways[1]);
    let quoted = book.quote(way, amount, at);
    assert_eq!(book.execute(way, amount, at), quoted);
    let x = if way == Sell::Token1 {
        int(amount.get())
    } else {
        -int(amount.get())
    };
    let next = &left + x.clone();
    let [up, down] = [book.price().numerator(), book.price().denominator()].map(int);
    let [deep, per] = [book.depth().numerator(), book.depth().denominator()].map(int);
    // Over the denominator of 2·down·deep.
    let real: BigInt = &up * &x * &deep * 2 + (&next * &next - &left * &left) * &per * &down;
    let Ok(swap) = quoted else {
        assert_eq!(book, before);
        let is_below_0 = &up * &deep + &next * &per * &down < BigInt::ZERO;
        let is_large = next.magnitude().bits() > 128 || real.bits() > (&down * &deep).bits() + 126;
        assert!(is_below_0 || is_large);
        return;
    };
    assert_eq!(signed(book.impact()), next);
    let moved = if way == Sell::Token1 {
        int(swap.amount_in.get())
    } else {
        -int(swap.amount_out.get())
    };
    let unit = down * deep * 2;
    assert!(&moved * &unit >= real && (moved - 2) * unit < real);
}

/// The impact isn't larger at a later time, nor on the other side; no trade at a time of its own changes what
/// is left later by more than a unit.
pub fn resilient_impact_fades(draw: ResilientDraw, direction: bool, amount: u128, times: [u64; 2]) {
    let mut book = draw.book();
    let _ = book.execute(sell(direction), Amount::new(amount), Timestamp::ZERO);
    let [soon, late] = [times[0].min(times[1]), times[0].max(times[1])].map(Timestamp::new);
    let size = |book: &ResilientBook, at| {
        let left = book.impact_at(at).unwrap();
        let (same, other) = if direction {
            (left.bought, left.sold)
        } else {
            (left.sold, left.bought)
        };
        assert!(other.is_zero());
        same
    };
    let (first, last) = (size(&book, soon), size(&book, late));
    assert!(size(&book, Timestamp::ZERO) >= first && first >= last);
    let asked = book;
    book.execute(sell(direction), Amount::ZERO, soon).unwrap();
    let again = size(&book, late);
    assert!(again >= last && again.abs_diff(last) <= Amount::new(1));
    assert!(soon == Timestamp::ZERO || book.impact_at(Timestamp::ZERO).is_err());
    assert_eq!(asked.impact_at(soon), Ok(book.impact()));
}

/// The trades sum to the amount; those between are the same but for a unit, and so are the first and the last,
/// which aren't smaller. The blocks and the rate between sum to it too.
pub fn schedule_sums(amount: u128, resilience: [u64; 2], time: u64, intervals: u8, upto: u64) {
    let intervals = 1 + u32::from(intervals % 40);
    let rate = Ratio::new((resilience[0] >> 1).into(), resilience[1].max(1).into()).unwrap();
    let amount = Amount::new(amount);
    let schedule = OptimalSchedule::new(amount, rate, Span::new(time), intervals).unwrap();
    let trades: Vec<Amount> = schedule.trades().collect();
    assert_eq!(Amount::try_sum(trades.iter().copied()), Ok(amount));
    let (first, last) = (trades[0], trades[trades.len() - 1]);
    // Sizes of the real schedule are known to so much, of 127 digits.
    let unit = Amount::new(1 + (amount.get() >> 120));
    let near = |one: Amount, other: Amount| one.abs_diff(other) <= unit;
    assert!(near(first, last));
    let between = &trades[1..trades.len() - 1];
    assert!(between.iter().all(|trade| near(*trade, between[0])));
    assert!(between
        .iter()
        .all(|trade| *trade <= first.checked_add(unit).unwrap_or(Amount::MAX)));
    for (number, trade) in (0..).zip(&trades) {
        assert_eq!(schedule.trade(number), Ok(*trade));
    }
    let schedule = ContinuousSchedule::new(amount, rate, Span::new(time));
    let (block, traded) = (schedule.block(), schedule.traded_by(Span::new(upto)));
    assert!(upto < time || traded == amount);
    assert!(traded <= amount && block.get() <= amount.get() / 2);
    let Ok(per) = schedule.rate() else { return };
    if upto < time {
        // block + rate·t, with both roundings.
        let there = int(block.get()) * per.denominator() + int(per.numerator()) * upto;
        let traded = int(traded.get()) * per.denominator();
        let slack = (&traded >> 120_u32) + int(per.denominator());
        assert!(&there - &traded <= slack && traded - there <= slack);
    }
}

/// No other split of the amount over the same times costs less, but for what whole units and the roundings of
/// the book come to.
pub fn optimal_schedule_costs_least(
    amount: u64,
    resilience: [u8; 2],
    gap: u8,
    parts: &[u8],
    depth: [u64; 2],
) {
    let [up, down] = resilience.map(|term| u128::from(term).max(1));
    let (rate, gap) = (Ratio::new(up, down).unwrap(), u64::from(gap));
    let parts: Vec<u64> = parts.iter().take(12).map(|part| u64::from(*part)).collect();
    let all: u64 = parts.iter().sum();
    if parts.len() < 2 || all == 0 {
        return;
    }
    let intervals = u32::try_from(parts.len() - 1).unwrap();
    let time = Span::new(gap * u64::from(intervals));
    let amount = Amount::new(amount.into());
    // So deep that all at once costs less than 2^126.
    let per = u128::from(depth[1] >> 40).max(1);
    let least = (amount.get() * per) >> 60_u32;
    let depth = Ratio::new(u128::from(depth[0]).max(1) + least, per).unwrap();
    let schedule = OptimalSchedule::new(amount, rate, time, intervals).unwrap();
    let mut sum = 0;
    let other: Vec<Amount> = parts
        .iter()
        .map(|part| {
            let before = amount.get() * u128::from(sum) / u128::from(all);
            sum += part;
            Amount::new(amount.get() * u128::from(sum) / u128::from(all) - before)
        })
        .collect();
    let even: Vec<Amount> = (0..parts.len() as u128)
        .map(|k| {
            let by = |k| amount.get() * k / parts.len() as u128;
            Amount::new(by(k + 1) - by(k))
        })
        .collect();
    let cost = |trades: &[Amount]| {
        let mut book = ResilientBook::new(Ratio::ONE, depth, rate, Timestamp::ZERO).unwrap();
        let paid = (0..).zip(trades).map(|(k, trade)| {
            let at = Timestamp::new(k * gap);
            let swap = book.execute(Sell::Token1, *trade, at).unwrap();
            int(swap.amount_in.get())
        });
        paid.sum::<BigInt>() - int(amount.get())
    };
    let least = cost(&schedule.trades().collect::<Vec<_>>());
    // Trades are off by a unit, the impact by one in each interval, and what is paid by two.
    let trades = int(parts.len() as u128);
    let slack = (&trades * &trades + &trades * amount.get()) * depth.denominator()
        / depth.numerator()
        + &trades * 2
        + 1;
    for other in [other, even] {
        assert!(least <= cost(&other) + &slack);
    }
    let said = int(schedule.cost(depth).unwrap().get());
    let near = if said > least {
        said - least
    } else {
        least - said
    };
    assert!(near <= slack + depth.denominator() / depth.numerator());
}
