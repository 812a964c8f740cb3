//! Events in their order, and stretches of unpaid revenue.

use super::*;

fn unpaid(periods: u64, until: u64, amount: u128) -> Unpaid {
    Unpaid {
        stream: 0,
        periods,
        until: Timestamp::new(until),
        amount: Amount::new(amount),
    }
}

fn log_of(times: &[u64]) -> Log {
    let mut log = Log::default();
    for at in times {
        log.write(Timestamp::new(*at), EventKind::Issued);
    }
    log.order();
    log
}

#[test]
fn events_that_are_found_late_come_in_their_place() {
    let mut log = log_of(&[3, 1, 9]);
    for at in [4, 2, 9] {
        log.write(Timestamp::new(at), EventKind::FirstRevenue { stream: 0 });
    }
    log.order();
    let times = log.events().iter().map(|event| event.at.get());
    assert_eq!(times.collect::<Vec<_>>(), [1, 2, 3, 4, 9, 9]);
    assert_eq!(log.events()[4].kind, EventKind::Issued);
    assert_eq!(log.revenue(0), [Some(Timestamp::new(2)), None]);
}

#[test]
fn a_stretch_goes_on_behind_events_that_are_found_before_it() {
    let mut log = log_of(&[1, 9]);
    let at = Timestamp::new;
    log.note_unpaid(at(5), unpaid(2, 6, 10)).unwrap();
    log.order();
    // As many as take the stretch to another place than it had when it was written.
    for earlier in [2, 3] {
        log.write(at(earlier), EventKind::FirstRevenue { stream: 0 });
    }
    log.order();
    log.note_unpaid(at(7), unpaid(1, 7, 5)).unwrap();
    let kinds: Vec<EventKind> = log.events().iter().map(|event| event.kind).collect();
    assert_eq!(kinds[3], EventKind::Unpaid(unpaid(3, 7, 15)));
    assert_eq!(log.events().len(), 5);
    log.note_paid(0);
    log.note_unpaid(at(12), unpaid(1, 12, 1)).unwrap();
    log.order();
    assert_eq!(log.events().len(), 6);
    let shortfall = Shortfall {
        periods: 4,
        first: at(5),
        last: at(12),
        amount: Amount::new(16),
    };
    assert_eq!(log.shortfall(), shortfall);
}

#[test]
fn stretches_beyond_the_most_are_told_as_the_last_and_lose_nothing() {
    let mut log = Log::default();
    for stretch in 1..=1_500 {
        log.note_paid(0);
        let at = Timestamp::new(stretch * 10);
        log.note_unpaid(at, unpaid(1, at.get(), 2)).unwrap();
        log.order();
    }
    assert_eq!(log.events().len(), MOST_STRETCHES);
    let last = log.events()[MOST_STRETCHES - 1];
    assert_eq!(last.at.get(), 10_000);
    assert_eq!(last.kind, EventKind::Unpaid(unpaid(501, 15_000, 1_002)));
    assert_eq!(log.shortfall().amount, Amount::new(3_000));
}

#[test]
fn what_cannot_be_counted_is_an_error() {
    let mut log = Log::default();
    let at = Timestamp::new(1);
    log.note_unpaid(at, unpaid(1, 1, u128::MAX)).unwrap();
    log.note_unpaid(at, unpaid(1, 2, 1)).unwrap_err();
    assert_eq!(log.shortfall().periods, 1);
}
