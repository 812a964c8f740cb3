//! Faults that other distributors had, each of which would fail here: with the locks of a vote escrow.

use std::cell::Cell;

use tokenomics_escrow_weighting::{Escrow, InMemory, Lock, LockHistory, Terms};
use tokenomics_fee_split::{
    ClosedEpoch, EpochCursor, EpochPayment, EpochPot, EpochReading, EpochTerms, EpochTermsParams,
    Epochs, Error, Store, ZeroWeight,
};
use tokenomics_fixed_math::{wad, Amount, Span, Timestamp, U256};

const WEEK: u64 = 7 * 86_400;
const START: u64 = 2_700 * WEEK;

fn week(number: u64) -> Timestamp {
    Timestamp::new(START + number * WEEK)
}

fn after(at: Timestamp, seconds: u64) -> Timestamp {
    at.checked_add(Span::new(seconds)).unwrap()
}

fn weekly(reading: EpochReading) -> EpochTermsParams {
    EpochTermsParams {
        start: week(0),
        length: Span::from_weeks(1),
        reading,
        zero_weight: ZeroWeight::Hold,
        claim_within: None,
    }
}

fn epochs(params: EpochTermsParams) -> Epochs<[EpochPot; 128]> {
    Epochs::new(EpochTerms::new(params).unwrap(), [EpochPot::EMPTY; 128])
}

/// A vote escrow, as Curve's: locks of up to four years that end with a week.
struct Ve {
    terms: Terms,
    escrow: Escrow<InMemory>,
}

impl Ve {
    fn new() -> Self {
        let terms = Terms::new(Span::new(208 * WEEK), Span::new(WEEK)).unwrap();
        let escrow = Escrow::new(terms);
        Self { terms, escrow }
    }

    fn lock(&mut self, now: Timestamp, amount: u128, end: u64) -> (Lock, LockHistory) {
        let kind = self.terms.decaying(wad!("1"), week(end)).unwrap();
        let lock = self.escrow.create(now, Amount::new(amount), kind).unwrap();
        let mut history = LockHistory::new();
        history.record(now, lock).unwrap();
        (lock, history)
    }

    fn total(&self) -> impl Fn(ClosedEpoch) -> U256 + '_ {
        |epoch| self.escrow.total_at(epoch.at())
    }

    fn claim<S: Store<Entry = EpochPot>>(
        &self,
        epochs: &mut Epochs<S>,
        (cursor, history): (&mut EpochCursor, &LockHistory),
        now: Timestamp,
    ) -> u128 {
        let own = |epoch: ClosedEpoch| history.weight_at(epoch.at());
        let claimed = epochs.claim(cursor, &(self.total(), own), now, u32::MAX);
        let EpochPayment { amount, is_done } = claimed.unwrap();
        assert!(is_done);
        amount.get()
    }
}

/// Curve's FeeDistributor spreads what came in since the last call over the weeks since, 20 at most:
/// after 30 silent weeks a third is assigned to no week at all.
#[test]
fn thirty_silent_weeks_lose_nothing() {
    let income = 600_000_u128;
    let assigned: u128 = (0..30).take(20).map(|_| income / 30).sum();
    assert_eq!(assigned * 10_000 / income, 6_666);

    let (mut ve, mut epochs) = (Ve::new(), epochs(weekly(EpochReading::First)));
    let (_, alice) = ve.lock(week(0), 3_000, 208);
    let (_, bob) = ve.lock(week(0), 1_000, 208);
    epochs.fund(Amount::new(1_000), week(0)).unwrap();
    epochs.fund(Amount::new(income), week(30)).unwrap();
    let [mut of_alice, mut of_bob] = [EpochCursor::new(); 2];
    let now = week(31);
    assert_eq!(ve.claim(&mut epochs, (&mut of_alice, &alice), now), 450_750);
    assert_eq!(ve.claim(&mut epochs, (&mut of_bob, &bob), now), 150_250);
    assert_eq!(epochs.state().paid, epochs.state().funded);
    // The first week's is of that week, in an entry of its own, and there are no others.
    assert_eq!(epochs.state().entries, 2);
}

/// Velocimeter (#495) and Curve's FeeDistributor take a week's total in its first second, in which
/// locks can still be made: with one of 4.25 times the rest, the weights come to 5.25 times the
/// total. Measured, the first to claim took 14,686 of 20,000 that were for others too.
#[test]
fn a_lock_in_the_second_of_the_snapshot_takes_no_more_than_its_part() {
    let (mut ve, pot) = (Ve::new(), 20_000);
    let (_, alice) = ve.lock(week(0), 4_000, 208);
    let mut epochs = epochs(weekly(EpochReading::First));
    let boundary = week(1);
    epochs.fund(Amount::new(pot), boundary).unwrap();
    let snapshot = ve.escrow.total_at(boundary);
    let (_, bob) = ve.lock(boundary, 17_000, 208);
    let (weighs, of_all) = (bob.weight_at(boundary), ve.escrow.total_at(boundary));
    let quotient = of_all.checked_mul(100).unwrap().div_rem_wide(snapshot);
    assert_eq!(quotient.unwrap().0, U256::from(525));

    // Nothing of the week can be read in that second, nor later in the week.
    for now in [boundary, after(boundary, 1), after(boundary, WEEK - 1)] {
        let [mut of_alice, mut of_bob] = [EpochCursor::new(); 2];
        assert_eq!(ve.claim(&mut epochs, (&mut of_bob, &bob), now), 0);
        assert_eq!(ve.claim(&mut epochs, (&mut of_alice, &alice), now), 0);
        assert_eq!(epochs.state().read, 0);
        let not_closed = Err(Error::NotClosed { epoch: 1, at: now });
        assert_eq!(epochs.state().terms.closed(1, now), not_closed);
    }

    // A host that tells the early total is refused, and the pot stays as it is.
    let mut careless = epochs;
    let told = (|_| snapshot, |_| weighs);
    let refused = careless.claim(&mut EpochCursor::new(), &told, week(2), 9);
    assert_eq!(refused, Err(Error::Overweight { epoch: 1 }));
    assert_eq!(careless.state().paid, Amount::ZERO);

    let [mut of_alice, mut of_bob] = [EpochCursor::new(); 2];
    let paid = ve.claim(&mut epochs, (&mut of_bob, &bob), week(2));
    assert_eq!(paid, 16_190); // 4.25 / 5.25 of it
    assert_eq!(
        ve.claim(&mut epochs, (&mut of_alice, &alice), week(2)),
        3_809
    );
}

/// The same lock, a second after the last instant of the week before, has no part in that week.
#[test]
fn what_is_locked_once_a_week_is_over_has_no_part_in_it() {
    let mut ve = Ve::new();
    let (_, alice) = ve.lock(week(0), 4_000, 208);
    let mut epochs = epochs(weekly(EpochReading::Last));
    epochs.fund(Amount::new(20_000), week(0)).unwrap();
    let (_, bob) = ve.lock(week(1), 17_000, 208);
    let [mut of_alice, mut of_bob] = [EpochCursor::new(); 2];
    assert_eq!(ve.claim(&mut epochs, (&mut of_bob, &bob), week(1)), 0);
    assert_eq!(
        ve.claim(&mut epochs, (&mut of_alice, &alice), week(1)),
        20_000
    );
}

/// Velocimeter (#235): a merge burned the weeks of the lock that was merged. Here the history goes
/// along, and both have claimed what is over.
#[test]
fn a_merge_preserves_what_both_can_claim() {
    for reading in [EpochReading::First, EpochReading::Last] {
        let (mut ve, mut epochs) = (Ve::new(), epochs(weekly(reading)));
        let (alice, mut of_alice) = ve.lock(week(0), 3_000, 208);
        let (other, mut of_other) = ve.lock(week(0), 1_000, 208);
        for number in 0..3 {
            epochs.fund(Amount::new(400), week(number)).unwrap();
        }
        let [mut first, mut second] = [EpochCursor::new(); 2];
        let now = after(week(2), 1_000);
        let paid = ve.claim(&mut epochs, (&mut first, &of_alice), now);
        // One has claimed weeks that the other hasn't: they don't merge.
        let (value, bound) = (0, 2);
        let what = tokenomics_fee_split::Quantity::EpochEntries;
        let refused = first.merged_with(second);
        assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
        let paid = paid + ve.claim(&mut epochs, (&mut second, &of_other), now);
        let mut merged = first.merged_with(second).unwrap();

        // The locks are one from now on, and the week isn't over.
        let lock = alice.merge(other).unwrap();
        of_alice.record(now, lock).unwrap();
        of_other.close(now).unwrap();
        let both = |epoch: ClosedEpoch| {
            let weights = [&of_alice, &of_other].map(|history| history.weight_at(epoch.at()));
            weights[0].checked_add(weights[1]).unwrap()
        };
        let claimed = epochs
            .claim(&mut merged, &(ve.total(), both), week(3), 9)
            .unwrap();
        assert_eq!(paid + claimed.amount.get(), 1_200, "{reading:?}");
    }
}

/// A part that is split off begins with no weight in what is over, so that nobody is paid twice.
#[test]
fn a_split_preserves_what_can_be_claimed() {
    for reading in [EpochReading::First, EpochReading::Last] {
        let (mut ve, mut epochs) = (Ve::new(), epochs(weekly(reading)));
        let (alice, mut of_alice) = ve.lock(week(0), 3_000, 208);
        for number in 0..3 {
            epochs.fund(Amount::new(500), week(number)).unwrap();
        }
        let mut first = EpochCursor::new();
        let mut second = first.split_off();
        let now = after(week(1), 1_000);
        let (rest, part) = alice.split(Amount::new(1_000)).unwrap();
        let mut of_part = LockHistory::new();
        of_alice.record(now, rest).unwrap();
        of_part.record(now, part).unwrap();
        let paid = [
            ve.claim(&mut epochs, (&mut first, &of_alice), week(3)),
            ve.claim(&mut epochs, (&mut second, &of_part), week(3)),
        ];
        // Of weeks read after the split each its part, of those before the whole.
        let parts = [rest.amount().get(), part.amount().get()];
        let shared = if reading == EpochReading::Last { 2 } else { 1 };
        let whole = [0, 1].map(|who| 500 * shared * parts[who] / 3_000);
        let whole = [whole[0] + 500 * (3 - shared), whole[1]];
        assert!(paid[0] <= whole[0] + 1 && paid[1] <= whole[1] + 1);
        assert!(paid[0] + paid[1] >= 1_499, "{paid:?}, {reading:?}");
    }
}

/// Convex: one who relocked to a new address claimed again what the old one had. Here what was
/// weighed until then stays the giver's, and the taker's begins.
#[test]
fn a_lock_that_changes_hands_pays_each_week_once() {
    let (mut ve, mut epochs) = (Ve::new(), epochs(weekly(EpochReading::Last)));
    let (lock, mut giver) = ve.lock(week(0), 3_000, 208);
    for number in 0..4 {
        epochs.fund(Amount::new(500), week(number)).unwrap();
    }
    let now = after(week(2), 1_000);
    giver.close(now).unwrap();
    let mut taker = LockHistory::new();
    taker.record(now, lock).unwrap();
    // Even a cursor from the beginning.
    let [mut of_giver, mut of_taker] = [EpochCursor::new(); 2];
    assert_eq!(
        ve.claim(&mut epochs, (&mut of_taker, &taker), week(4)),
        1_000
    );
    assert_eq!(
        ve.claim(&mut epochs, (&mut of_giver, &giver), week(4)),
        1_000
    );

    // A lock that is sold with its history, and with it its cursor: the same, in one.
    let (mut ve, mut epochs) = (Ve::new(), self::epochs(weekly(EpochReading::Last)));
    let (_, history) = ve.lock(week(0), 3_000, 208);
    epochs.fund(Amount::new(500), week(0)).unwrap();
    let mut cursor = EpochCursor::new();
    assert_eq!(ve.claim(&mut epochs, (&mut cursor, &history), week(1)), 500);
    assert_eq!(ve.claim(&mut epochs, (&mut cursor, &history), week(2)), 0);
    // A second cursor for it finds an empty pot.
    let own = |epoch: ClosedEpoch| history.weight_at(epoch.at());
    let twice = epochs.claim(&mut EpochCursor::new(), &(ve.total(), own), week(2), 9);
    assert_eq!(twice, Err(Error::Overweight { epoch: 0 }));
}

/// Autonolas (PR 222): a bounded checkpoint that didn't store how far it came. Each call here goes on
/// where the last one ended, through weeks without weight, without a claim and without income.
#[test]
fn a_bounded_claim_always_gets_to_the_end() {
    let (mut ve, mut epochs) = (Ve::new(), epochs(weekly(EpochReading::First)));
    let (_, early) = ve.lock(week(10), 1_000, 60);
    let (_, alice) = ve.lock(week(50), 1_000, 208);
    for number in (0..100).filter(|number| number % 3 != 0) {
        epochs.fund(Amount::new(100), week(number)).unwrap();
    }
    let (mut cursor, mut calls, mut paid) = (EpochCursor::new(), 0, 0);
    loop {
        let own = |epoch: ClosedEpoch| alice.weight_at(epoch.at());
        let before = cursor.next();
        let claimed = epochs.claim(&mut cursor, &(ve.total(), own), week(100), 1);
        let EpochPayment { amount, is_done } = claimed.unwrap();
        (calls, paid) = (calls + 1, paid + amount.get());
        assert_eq!(cursor.next(), before + 1);
        if is_done {
            break;
        }
    }
    assert_eq!((calls, epochs.state().entries), (66, 66));
    let mut other = EpochCursor::new();
    let rest = ve.claim(&mut epochs, (&mut other, &early), week(100));
    assert_eq!(paid + rest, 6_599); // of 6,600: two fractions
}

/// Velocimeter (#307): what others do made a transfer cost more. A thousand fundings of others in a
/// week are one entry, and a claim after ten thousand weeks reads few.
#[test]
fn nobody_makes_a_claim_cost_more() {
    #[derive(Default)]
    struct Chain {
        entries: Vec<EpochPot>,
        reads: Cell<u32>,
    }
    impl Store for Chain {
        type Entry = EpochPot;

        fn get(&self, index: u32) -> Option<EpochPot> {
            self.reads.set(self.reads.get() + 1);
            let index = usize::try_from(index).unwrap();
            self.entries.as_slice().get(index).copied()
        }

        fn set(&mut self, index: u32, entry: EpochPot) {
            let index = usize::try_from(index).unwrap();
            if index == self.entries.len() {
                self.entries.push(entry);
            } else {
                self.entries[index] = entry;
            }
        }
    }
    let claim_within = Some(Span::from_weeks(1));
    let terms = EpochTermsParams {
        claim_within,
        ..weekly(EpochReading::First)
    };
    let mut epochs = Epochs::new(EpochTerms::new(terms).unwrap(), Chain::default());
    for _ in 0..1_000 {
        epochs.fund(Amount::new(1), week(0)).unwrap();
    }
    assert_eq!(epochs.state().entries, 1);
    for number in 1..10_000 {
        epochs.fund(Amount::new(1), week(number)).unwrap();
    }
    let one = |_: ClosedEpoch| U256::ONE;
    assert_eq!(epochs.close(one, week(10_000), u32::MAX), Ok(true));
    epochs.entries().reads.set(0);
    let mut cursor = EpochCursor::new();
    let claimed = epochs
        .claim(&mut cursor, &(one, one), week(10_000), 1)
        .unwrap();
    assert_eq!((claimed.amount, claimed.is_done), (Amount::new(1), true));
    assert!(
        epochs.entries().reads.get() <= 20,
        "{}",
        epochs.entries().reads.get()
    );
    let swept = epochs.sweep(one, week(10_000), 3).unwrap();
    assert_eq!((swept.amount, swept.is_done), (Amount::new(1_002), false));
}

/// tokemak #387, and Curve: what comes in before anybody has locked is nobody's. The caller says
/// whose it is.
#[test]
fn income_before_the_first_lock_goes_where_the_terms_say() {
    for zero_weight in [ZeroWeight::Hold, ZeroWeight::Sink] {
        let mut ve = Ve::new();
        let mut epochs = epochs(EpochTermsParams {
            zero_weight,
            ..weekly(EpochReading::First)
        });
        for number in 0..3 {
            epochs.fund(Amount::new(100), week(number)).unwrap();
        }
        let (_, alice) = ve.lock(week(4), 7, 208);
        let mut cursor = EpochCursor::new();
        assert_eq!(ve.claim(&mut epochs, (&mut cursor, &alice), week(5)), 0);
        let carried = if zero_weight == ZeroWeight::Hold {
            assert_eq!(epochs.state().waiting, Amount::new(300));
            300
        } else {
            assert_eq!(epochs.take_unallocated(), Amount::new(300));
            0
        };
        // Without new income: a call opens the week for what waits.
        epochs.fund(Amount::ZERO, week(5)).unwrap();
        assert_eq!(
            ve.claim(&mut epochs, (&mut cursor, &alice), week(6)),
            carried
        );
        assert_eq!(epochs.state().waiting, Amount::ZERO);
    }
}
