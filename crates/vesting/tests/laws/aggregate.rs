//! The laws of pieces and of aggregates of them.

use tokenomics_fixed_math::{Amount, Span, Timestamp};
use tokenomics_vesting::{
    Aggregate, AnySchedule, Bracket, Error, Grant, Linear, MaybePieces, Node, Piece, Pieces,
    Schedule, Shift, SimpleSchedule, Store,
};

use super::at;
use super::calls::{apply, Call, What};
use super::shapes::{moments, schedule, Shape};

/// The pieces, if there are any, and not so many that adding them up takes long.
fn pieces(schedule: &AnySchedule) -> Option<Vec<Piece>> {
    schedule.with_pieces(|pieces| few(pieces).ok()).flatten()
}

const MANY: Error = Error::Full { capacity: 200 };

fn few(schedule: &dyn Pieces) -> Result<Vec<Piece>, Error> {
    let mut pieces = Vec::new();
    schedule.pieces(&mut |piece| {
        pieces.push(piece);
        if pieces.len() > 200 {
            return Err(MANY);
        }
        Ok(())
    })?;
    Ok(pieces)
}

/// Whether a kind is one that is in pieces: a list of those that are, so that it has to be said of a
/// new one.
fn is_in_pieces(schedule: &AnySchedule) -> bool {
    let simple = |one: &SimpleSchedule| match one {
        SimpleSchedule::Cliff(_)
        | SimpleSchedule::Linear(_)
        | SimpleSchedule::Step(_)
        | SimpleSchedule::LumpLinear(_)
        | SimpleSchedule::Calendar(_) => true,
        #[cfg(feature = "alloc")]
        SimpleSchedule::Tranches(_) | SimpleSchedule::Graded(_) | SimpleSchedule::Piecewise(_) => {
            true
        }
        _ => false,
    };
    match schedule {
        AnySchedule::Simple(one) => simple(one),
        AnySchedule::Gate(gate) => simple(gate.inner()),
        AnySchedule::Sum(sum) => simple(sum.left()) && simple(sum.right()),
        AnySchedule::Shift(shift) => simple(shift.inner()),
        AnySchedule::Truncate(truncate) => simple(truncate.inner()),
        _ => false,
    }
}

fn is_under_way(piece: &Piece, time: Timestamp) -> bool {
    matches!(piece, Piece::Line { from, until, .. } if *from <= time && time < *until)
}

/// What the pieces come to is the schedule: of one by itself, and of what grants make of it.
pub fn pieces_sum_to_the_schedule(shape: Shape, total: u128, calls: &[Call], time: u64) {
    let schedule = schedule(shape, total);
    let given = schedule.with_pieces(|pieces| sums_to(pieces, time));
    assert_eq!(given.is_some(), is_in_pieces(&schedule), "{schedule:?}");
    let mut grant = Grant::new(schedule.clone());
    for &call in calls {
        // A top-up makes another schedule.
        if call.what != What::TopUp {
            let _ = apply(&mut grant, call);
        }
    }
    schedule.with_pieces(|pieces| {
        let grant = Grant::restore(pieces, grant.state()).unwrap();
        let whole = grant
            .entitlement()
            .with_pieces(|pieces| sums_to(pieces, time));
        assert_eq!(whole, Some(()));
        let half = grant.kept().get() / 2;
        let (part, _) = grant.split(Amount::new(half)).unwrap();
        let is_part = part.state().others != Amount::ZERO;
        let pieces = part.entitlement().with_pieces(|_| ());
        assert_eq!(pieces.is_none(), is_part);
    });
}

fn sums_to(schedule: &dyn Pieces, time: u64) {
    let pieces = match few(schedule) {
        // A grant's delay may move a piece past the end of the clock.
        Err(MANY | Error::Overflow { .. }) => return,
        pieces => pieces.unwrap(),
    };
    for moment in moments(&schedule, time).into_iter().map(at) {
        let parts = pieces.iter().map(|piece| piece.vested_at(moment));
        assert_eq!(
            Amount::try_sum(parts),
            Ok(schedule.vested_at(moment)),
            "{moment}: {pieces:?}"
        );
    }
    for piece in pieces {
        if let Piece::Line {
            line,
            later,
            from,
            until,
        } = piece
        {
            let moved = |time: Timestamp| i128::from(time.get()) + later;
            let [from, until] = [from, until].map(|time| i128::from(time.get()));
            assert!(moved(line.start()) <= from && from < until && until <= moved(line.end()));
        }
    }
}

/// A schedule that is moved as far as the clock has room for, and by less, is still the sum of its
/// pieces, and an aggregate takes them in and out: also of what is cut at a gate or at an end, whose
/// line then begins before the clock or ends after it.
pub fn moved_pieces_sum_to_the_schedule(shape: Shape, total: u128, by: u64, time: u64) {
    let inner = schedule(shape, total);
    let [to_start, to_end] = [inner.start().get(), u64::MAX - inner.end().get()];
    let earlier = Shift::earlier(inner.clone(), Span::new(by.min(to_start))).unwrap();
    let later = Shift::later(inner, Span::new(by.min(to_end))).unwrap();
    for moved in [earlier, later].map(AnySchedule::Shift) {
        moved.with_pieces(|pieces| {
            if few(pieces) != Err(MANY) {
                sums_to(pieces, time);
                is_taken_in_and_out(pieces, time);
            }
        });
    }
}

fn is_taken_in_and_out(schedule: &dyn Pieces, time: u64) {
    let mut aggregate = Aggregate::new([Node::EMPTY; 64]);
    match aggregate.add(schedule) {
        Err(Error::Full { .. }) => return,
        added => assert_eq!(added, Ok(())),
    }
    for moment in moments(&schedule, time).into_iter().map(at) {
        let Bracket { at_least, at_most } = aggregate.vested_at(moment);
        let vested = schedule.vested_at(moment);
        assert!(at_least <= vested && vested <= at_most, "{moment}");
    }
    assert_eq!(aggregate.remove(schedule), Ok(()));
    assert_eq!(aggregate.vested_at(at(time)).exact(), Some(Amount::ZERO));
}

/// A change of an aggregate: which of those in it, and the schedule that comes.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Change {
    pub what: ToDo,
    pub which: u8,
    pub shape: Shape,
    pub total: u128,
}

#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub enum ToDo {
    Add,
    Remove,
    Replace,
}

/// After any sequence of steps the answer of an aggregate holds the sum of what its schedules say, is
/// no wider than the uneven lines under way less one, and exact where there is at most one; wherever
/// it keeps its nodes, and resumed from its head. What it can't take changes nothing, and with all taken out it is empty.
pub fn aggregate_brackets(changes: &[Change], time: u64) {
    brackets(Aggregate::new([Node::EMPTY; 12]), changes, time);
    #[cfg(feature = "alloc")]
    brackets(Aggregate::new(Vec::new()), changes, time);
    #[cfg(not(feature = "alloc"))]
    brackets(Aggregate::new([Node::EMPTY; 64]), changes, time);
}

fn brackets<N: Store<Entry = Node> + Clone>(
    mut aggregate: Aggregate<N>,
    changes: &[Change],
    time: u64,
) {
    let mut held: Vec<AnySchedule> = Vec::new();
    let mut times = vec![time];
    for &change in changes.iter().take(12) {
        let new = schedule(change.shape, change.total);
        if pieces(&new).is_none() {
            continue;
        }
        let now = moments(&new, time);
        times.extend(&now);
        // Each change in a call of its own, between which a host keeps the head.
        aggregate = Aggregate::resume(aggregate.head(), aggregate.nodes().clone()).unwrap();
        let before = (aggregate.total(), read(&aggregate, &times));
        let chosen = usize::from(change.which).checked_rem(held.len());
        let done = match (change.what, chosen) {
            (ToDo::Remove, Some(chosen)) => {
                let old = held.swap_remove(chosen);
                in_pieces(&old, |old| aggregate.remove(old))
            }
            (ToDo::Replace, Some(chosen)) => in_pieces(&held[chosen], |old| {
                in_pieces(&new, |new| aggregate.replace(old, new))
            })
            .map(|()| held[chosen] = new),
            _ => in_pieces(&new, |new| aggregate.add(new)).map(|()| held.push(new)),
        };
        if let Err(error) = done {
            assert!(
                matches!(error, Error::Full { .. } | Error::Overflow { .. }),
                "{error}"
            );
            assert_eq!((aggregate.total(), read(&aggregate, &times)), before);
        }
        holds(&aggregate, &held, &now);
    }
    holds(&aggregate, &held, &times);
    for schedule in held.iter().rev() {
        in_pieces(schedule, |gone| aggregate.remove(gone)).unwrap();
    }
    holds(&aggregate, &[], &times);
    if let Some(gone) = held.iter().find(|one| !one.total().is_zero()) {
        let removed = in_pieces(gone, |gone| aggregate.remove(gone));
        assert!(matches!(removed, Err(Error::OutOfRange { .. })));
    }
}

/// What `then` makes of a schedule that is known to be in pieces.
fn in_pieces(
    schedule: &AnySchedule,
    then: impl FnOnce(&dyn Pieces) -> Result<(), Error>,
) -> Result<(), Error> {
    schedule.with_pieces(then).unwrap()
}

fn read<N: Store<Entry = Node>>(aggregate: &Aggregate<N>, times: &[u64]) -> Vec<Bracket> {
    let read = |&time| aggregate.vested_at(at(time));
    times.iter().map(read).collect()
}

fn holds<N: Store<Entry = Node>>(aggregate: &Aggregate<N>, held: &[AnySchedule], times: &[u64]) {
    let total = Amount::try_sum(held.iter().map(Schedule::total)).unwrap();
    assert_eq!(aggregate.total(), total);
    let pieces: Vec<_> = held.iter().flat_map(|one| pieces(one).unwrap()).collect();
    for time in times.iter().copied().map(at) {
        let sum = Amount::try_sum(held.iter().map(|one| one.vested_at(time))).unwrap();
        assert_eq!(aggregate.exactly(time, held), Ok(sum));
        let Bracket { at_least, at_most } = aggregate.vested_at(time);
        assert!(
            at_least <= sum && sum <= at_most && at_most <= total,
            "{at_least} {sum} {at_most} of {total}: {held:?}"
        );
        let under_way = pieces.iter().filter(|piece| is_under_way(piece, time));
        let uneven = under_way.filter(|piece| is_uneven(piece)).count() as u128;
        let width = at_most.get() - at_least.get();
        assert!(width <= uneven.saturating_sub(1), "{width} of {uneven}");
        let unvested = aggregate.unvested_at(time);
        let left = total.checked_sub(sum).unwrap();
        assert!(unvested.at_least <= left && left <= unvested.at_most);
        assert_eq!(unvested.exact().is_some(), width == 0);
    }
}

fn is_uneven(piece: &Piece) -> bool {
    let uneven = |line: &Linear| line.total().get() % u128::from(line.duration().get()) != 0;
    matches!(piece, Piece::Line { line, .. } if uneven(line))
}
