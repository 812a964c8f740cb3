//! The laws of epochs that are claimed any number at once.

use num_bigint::BigUint;
use tokenomics_fee_split::{
    ClosedEpoch, EpochCursor, EpochPot, EpochSum, Error, LinearEpochs, WeightLine,
};
use tokenomics_fixed_math::{Amount, Timestamp, U256};

use super::epochs_kept::{big, parts, EpochShape, Kept, HOLDERS};

/// A holder's lock, as plain numbers: it falls, rises or stays as it is, in units of 1 or 10^18.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct LineDraw {
    pub kind: u8,
    pub amount: u128,
    pub since: u64,
    pub length: u64,
    pub is_fine: bool,
}

type Linear = LinearEpochs<Kept<EpochPot>, Kept<EpochSum>>;

impl LineDraw {
    fn line(self, start: u64) -> WeightLine {
        let since = start.saturating_add(self.since);
        let until = since.saturating_add(self.length);
        let (length, scale) = (
            until - since,
            if self.is_fine {
                1_000_000_000_000_000_000
            } else {
                1
            },
        );
        let amount = U256::product(self.amount, scale);
        let zero = U256::ZERO;
        let whole = amount.checked_mul(length.into()).unwrap();
        let (weight, slope, rises) = match self.kind % 4 {
            0 | 1 => (whole, amount, false),
            2 => (amount, zero, false),
            // Also from nothing, which is below zero at time 0.
            _ if self.kind % 8 < 4 => (zero, amount, true),
            _ => (amount, amount, true),
        };
        let (since, until) = (Timestamp::new(since), Timestamp::new(until));
        WeightLine {
            since,
            until,
            weight,
            slope,
            rises,
        }
    }
}

/// No weight until a line begins, and from its end on.
fn with_nothing(line: WeightLine) -> [WeightLine; 3] {
    let (weight, slope) = (U256::ZERO, U256::ZERO);
    let nothing = |since, until| WeightLine {
        since,
        until,
        weight,
        slope,
        rises: false,
    };
    let (first, last) = (Timestamp::ZERO, Timestamp::MAX);
    [nothing(first, line.since), line, nothing(line.until, last)]
}

fn weight(line: &WeightLine, at: Timestamp) -> U256 {
    if line.since <= at && at < line.until {
        line.weight_at(at).unwrap()
    } else {
        U256::ZERO
    }
}

fn total(lines: &[WeightLine], at: Timestamp) -> U256 {
    let weights = lines.iter().map(|line| weight(line, at));
    weights.fold(U256::ZERO, |sum, one| sum.checked_add(one).unwrap())
}

fn empty(shape: EpochShape) -> Linear {
    let terms = EpochShape { within: 0, ..shape }.terms();
    let (capacity, of_sums) = (u32::MAX, u32::MAX);
    let entries = Kept {
        entries: Vec::new(),
        capacity,
    };
    let sums = Kept {
        entries: Vec::new(),
        capacity: of_sums,
    };
    LinearEpochs::new(terms, entries, sums).unwrap()
}

/// Claims all that one can, line by line, and checks what a claim that is refused leaves.
fn claim(epochs: &mut Linear, cursor: &mut EpochCursor, line: WeightLine, now: Timestamp) -> u128 {
    let lines = with_nothing(line);
    let mut paid = 0;
    for line in lines {
        let begins = |epochs: &Linear| {
            let entry = epochs
                .stores()
                .0
                .entries
                .get(cursor.next() as usize)
                .copied();
            let epoch = entry.map(|entry| entry.epoch());
            let closed =
                epoch.and_then(|epoch| epochs.state().epochs.terms.closed(epoch, now).ok());
            closed.is_some_and(|epoch| epoch.at() < line.since)
        };
        if begins(epochs) {
            // What is before the line is for another one.
            let before = (epochs.clone(), *cursor);
            let claimed = epochs.claim(cursor, &line, now);
            assert!(claimed.is_err() || claimed.unwrap().amount.is_zero());
            assert!(before.0.state().left == epochs.state().left && before.1 == *cursor);
            continue;
        }
        let claimable = epochs.claimable(cursor, &line, now);
        let claimed = epochs.claim(cursor, &line, now);
        assert_eq!(claimable, claimed);
        paid += claimed.unwrap().amount.get();
    }
    paid
}

/// What a holder is paid and owed is at most the exact sum of its shares, and less by less than
/// (n + 1)·2^-127 of a unit; all together it is what came in.
pub fn linear_epochs(shape: EpochShape, lines: [LineDraw; HOLDERS], pots: &[(u64, u128, u8)]) {
    let pots = &pots[..pots.len().min(24)];
    let mut epochs = empty(shape);
    let lines = lines.map(|line| line.line(shape.start));
    let all = |epoch: ClosedEpoch| total(&lines, epoch.at());
    let (mut now, mut cursors, mut paid) =
        (shape.start, [EpochCursor::new(); HOLDERS], [0; HOLDERS]);
    let room = u128::MAX / pots.len().max(1) as u128;
    for &(gap, pot, calls) in pots {
        now = now.saturating_add(gap);
        let at = Timestamp::new(now);
        epochs.fund(Amount::new(pot.min(room)), at).unwrap();
        let limit = u32::from(calls % 4);
        epochs.close(all, at, limit).unwrap();
        let who = usize::from(calls / 4) % HOLDERS;
        paid[who] += claim(&mut epochs, &mut cursors[who], lines[who], at);
        check(&epochs, &cursors, &paid);
    }
    let at = Timestamp::new(now.saturating_add(shape.length));
    assert_eq!(epochs.close(all, at, u32::MAX), Ok(true));
    for who in 0..HOLDERS {
        paid[who] += claim(&mut epochs, &mut cursors[who], lines[who], at);
        check(&epochs, &cursors, &paid);
        is_close(&epochs, &lines[who], cursors[who], paid[who]);
    }
}

/// The equation, to the last 2^-128 of a unit.
fn check(epochs: &Linear, cursors: &[EpochCursor; HOLDERS], paid: &[u128; HOLDERS]) {
    let state = epochs.state();
    let (entries, sums) = epochs.stores();
    let unread = &entries.entries[state.epochs.read as usize..];
    let unread: BigUint = unread.iter().map(|entry| parts(entry.pot())).sum();
    let owed: BigUint = cursors.iter().map(|cursor| big(cursor.owed())).sum();
    assert_eq!(big(state.epochs.owed), owed);
    assert_eq!(state.epochs.paid.get(), paid.iter().sum::<u128>());
    let gone = [
        state.epochs.paid,
        state.epochs.unallocated,
        state.epochs.waiting,
    ];
    let gone: BigUint = gone.into_iter().map(parts).sum();
    assert_eq!(
        gone + owed + big(state.left) + unread,
        parts(state.epochs.funded)
    );
    let restored = LinearEpochs::restore(state, entries.clone(), sums.clone());
    assert!(restored == Ok(epochs.clone()));
}

/// Beside the exact sum of the shares, as one fraction.
fn is_close(epochs: &Linear, line: &WeightLine, cursor: EpochCursor, paid: u128) {
    let (terms, entries) = (epochs.state().epochs.terms, &epochs.stores().0.entries);
    let (mut sum, mut over) = (BigUint::default(), BigUint::from(1_u8));
    let read = &entries[..cursor.next() as usize];
    for entry in read.iter().filter(|entry| !entry.weight().is_zero()) {
        let at = terms.closed(entry.epoch(), Timestamp::MAX).unwrap().at();
        let share = parts(entry.pot()) * big(weight(line, at));
        sum = sum * big(entry.weight()) + share * &over;
        over *= big(entry.weight());
    }
    let got = (parts(Amount::new(paid)) + big(cursor.owed())) * &over;
    assert!(got <= sum, "more than the exact share");
    // (n + 1)·2^-127 a claim, each of an epoch at least.
    assert!(sum - got <= over * (4 * read.len()));
}

/// Whatever lines are told, no more is paid than came in, and a claim that is refused changes nothing.
pub fn linear_epochs_bounded(shape: EpochShape, pots: &[u128], told: &[(u128, LineDraw)]) {
    let (start, length) = (shape.start % (1 << 60), shape.length % (1 << 20) + 1);
    let shape = EpochShape {
        start,
        length,
        ..shape
    };
    let mut epochs = empty(shape);
    let (mut now, room) = (start, u128::MAX / pots.len().max(1) as u128);
    for &pot in pots {
        epochs
            .fund(Amount::new(pot % room), Timestamp::new(now))
            .unwrap();
        now += length;
    }
    let now = Timestamp::new(now);
    let Some(&(total, _)) = told.first() else {
        return;
    };
    epochs
        .close(|_| U256::product(total, length.into()), now, u32::MAX)
        .unwrap();
    let mut paid = 0;
    for &(place, line) in told {
        let next = place % (u128::from(epochs.state().epochs.entries) + 1);
        let mut cursor = EpochCursor::restore(next as u32, U256::ZERO);
        let line = LineDraw { since: 0, ..line };
        let before = (epochs.clone(), cursor);
        match epochs.claim(&mut cursor, &line.line(start), now) {
            Ok(payment) => paid += payment.amount.get(),
            Err(Error::Overweight { .. } | Error::Math(_)) => {
                assert!(before == (epochs.clone(), cursor));
            }
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(paid, epochs.state().epochs.paid.get());
    assert!(paid <= epochs.state().epochs.funded.get());
}
