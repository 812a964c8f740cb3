//! A walk by schoolbook arithmetic: integers of 128 bits, percents, one row after the other.

use tokenomics_scenarios::backtest::Outcome;

/// A setting from plain numbers, of which any are brought into range.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plain {
    /// The collateral.
    pub(crate) held: u16,
    /// Haircuts in percent, of which the second is at most the first.
    pub(crate) initial: u8,
    pub(crate) maintenance: u8,
    /// The factor of liquidations and their target, in percent.
    pub(crate) factor: u8,
    pub(crate) target: u8,
    /// An amount, and the percent that selling it costs.
    pub(crate) depth: u16,
    pub(crate) cost: u8,
    /// Minutes.
    pub(crate) late: u8,
    pub(crate) recovers: u16,
}

/// The numbers of a [`Plain`]: held, haircuts, terms, depth, cost, and two times.
pub(crate) type Numbers = (u16, (u8, u8), (u8, u8), (u16, u8), (u8, u16));

impl Plain {
    pub(crate) fn of(numbers: Numbers) -> Self {
        let (held, (initial, maintenance), (factor, target), (depth, cost), (late, recovers)) =
            numbers;
        let initial = initial % 101;
        Self {
            held,
            initial,
            maintenance: maintenance % (initial + 1),
            factor: 100 + factor % 31,
            target: 100 + target % 51,
            depth,
            cost: 1 + cost % 99,
            late,
            recovers,
        }
    }
}
/// The end of a walk.
#[derive(Debug, Default)]
pub(crate) struct End {
    borrowed: u128,
    seized: u128,
    repaid: u128,
    written_off: u128,
    left: u128,
    open: u128,
    shortfall: u128,
}

impl End {
    /// Bad debt over borrowed, in 1e-18, ceiled.
    pub(crate) fn share(&self) -> u128 {
        let bad = (self.written_off + self.shortfall) * 1_000_000_000_000_000_000;
        bad.checked_div(self.borrowed)
            .map_or(0, |_| bad.div_ceil(self.borrowed))
    }
}

pub(crate) fn same(outcome: &Outcome, end: &End) {
    let told = [
        outcome.borrowed,
        outcome.seized,
        outcome.repaid,
        outcome.written_off,
        outcome.left,
        outcome.open,
        outcome.shortfall,
    ];
    let End {
        borrowed,
        seized,
        repaid,
        written_off,
        left,
        open,
        shortfall,
    } = *end;
    let wanted = [borrowed, seized, repaid, written_off, left, open, shortfall];
    assert_eq!(told.map(|amount| amount.get()), wanted);
}

/// The market: X, the minutes of recovery, and what was sold when.
struct Market {
    reserve: u128,
    recovers: u128,
    sold: Vec<(u128, u128)>,
}

impl Market {
    fn proceeds(&self, now: u128, price: u128, amount: u128) -> u128 {
        let fading = |(at, amount): &(u128, u128)| match self.recovers.checked_sub(now - at) {
            Some(left) if left > 0 => (amount * left).div_ceil(self.recovers),
            _ => 0,
        };
        let from = self.reserve + self.sold.iter().map(fading).sum::<u128>();
        if self.reserve == 0 {
            return 0;
        }
        let one = 1_000_000_000_000_000_000;
        // Below 2^16 · 2^60 · 2^46: X is at most 99 depths.
        let paid = amount * one * self.reserve * self.reserve / (from * (from + amount));
        paid * price / one
    }
}

/// Walks a position that is opened at a row: held · price against what is owed, in percents.
pub(crate) fn walk(rows: &[(u8, u16)], plain: &Plain, row: usize) -> End {
    let (initial, weight) = (
        u128::from(100 - plain.initial),
        u128::from(100 - plain.maintenance),
    );
    let cost = u128::from(plain.cost);
    let mut market = Market {
        reserve: u128::from(plain.depth) * (100 - cost) / cost,
        recovers: plain.recovers.into(),
        sold: Vec::new(),
    };
    let times = rows.iter().scan(0, |at, (gap, _)| {
        *at += u128::from(*gap) + 1;
        Some(*at)
    });
    let points: Vec<(u128, u128)> = times
        .zip(rows)
        .map(|(at, (_, price))| (at, (*price).into()))
        .collect();
    let held: u128 = plain.held.into();
    let borrowed = held * points[row].1 * initial / 100;
    let mut end = End {
        borrowed,
        left: held,
        open: borrowed,
        ..End::default()
    };
    let mut seen: Vec<u128> = Vec::new();
    for (now, price) in &points[row..] {
        let fails = |end: &End| end.left * price * weight < end.open * 100;
        let late = u128::from(plain.late);
        let due = late == 0 || seen.iter().any(|seen| now - seen >= late);
        seen.retain(|seen| now - seen < late);
        if due && fails(&end) {
            act(&mut end, &mut market, plain, *now, *price);
        }
        if fails(&end) {
            seen.push(*now);
        }
    }
    let (now, price) = points[points.len() - 1];
    end.shortfall = end
        .open
        .saturating_sub(market.proceeds(now, price, end.left));
    end
}

fn act(end: &mut End, market: &mut Market, plain: &Plain, now: u128, price: u128) {
    let value = end.left * price;
    if value < end.open {
        let paid = market.proceeds(now, price, end.left);
        let repaid = paid.min(end.open);
        end.written_off += end.open - repaid;
        market.sold.push((now, end.left));
        (end.seized, end.repaid) = (end.seized + end.left, end.repaid + repaid);
        (end.left, end.open) = (0, 0);
        return;
    }
    let pays = |size: &(u128, u128)| size.1 > 0 && market.proceeds(now, price, size.1) >= size.0;
    let Some(most) = sized(end, plain, price, u128::MAX) else {
        // Nothing of it would raise health: all is seized for all that is owed.
        let whole = (end.open, end.left);
        if pays(&whole) {
            take(end, market, now, whole);
        }
        return;
    };
    let mut found = Some(most).filter(pays);
    let (mut paying, mut losing) = (0, most.1);
    while found.is_none_or(|found| found != most) && losing - paying > 1 {
        let middle = paying + (losing - paying) / 2;
        let at_most = (most.0 * middle).div_ceil(most.1);
        match sized(end, plain, price, at_most).filter(pays) {
            Some(size) => (paying, found) = (middle, Some(size)),
            None => losing = middle,
        }
    }
    if let Some(size) = found {
        take(end, market, now, size);
    }
}

fn take(end: &mut End, market: &mut Market, now: u128, (repaid, seized): (u128, u128)) {
    market.sold.push((now, seized));
    (end.seized, end.repaid) = (end.seized + seized, end.repaid + repaid);
    (end.left, end.open) = (end.left - seized, end.open - repaid);
}

/// Repaid and seized, to the target and at most so much; none where a part can't raise health.
fn sized(end: &End, plain: &Plain, price: u128, at_most: u128) -> Option<(u128, u128)> {
    let weight = u128::from(100 - plain.maintenance);
    let (factor, target) = (u128::from(plain.factor), u128::from(plain.target));
    let (held, owed) = (end.left, end.open);
    // factor · weight < health, which is weight · value / owed; and a factor above the cover is no option.
    if weight > 0 && factor * owed >= 100 * held * price || factor * owed > 100 * held * price {
        return None;
    }
    if held == 0 || price == 0 {
        return None;
    }
    let short = target * owed - held * price * weight;
    let gain = 100 * target - factor * weight;
    let needed = (100 * short).div_ceil(gain).max(1);
    let repaid = needed.min(owed).min(at_most);
    let cost = |seized: u128| (100 * seized * price).div_ceil(factor);
    let seized = repaid * factor / (100 * price);
    let size = match seized >= held {
        true => (cost(held).min(repaid), held),
        false => (repaid, seized),
    };
    if size.1 == 0 && cost(1) <= owed.min(at_most) {
        return Some((cost(1), 1));
    }
    Some(size)
}
