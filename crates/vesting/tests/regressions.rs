//! Faults that cost others money, each as the sentence that holds here.

use tokenomics_fixed_math::{Amount, Span, Timestamp};
use tokenomics_vesting::{
    Aggregate, Allocation, Error, Gate, Grant, GrantState, Linear, LumpLinear, Node, Pieces,
    Quantity, Schedule, Shift, Step, StepParams, Sum, Truncate,
};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn amount(units: u128) -> Amount {
    Amount::new(units)
}

/// 1,000 units over 100 instants.
fn grant() -> Grant<Linear> {
    Grant::new(Linear::new(at(0), at(100), amount(1_000)).unwrap())
}

fn instalments(start: u64, period: u64, count: u32) -> Result<Step, Error> {
    let rule = Allocation::CumulativeRoundDown;
    Step::new(StepParams {
        start: at(start),
        period: Span::new(period),
        count,
        total: amount(5),
        allocation: rule,
    })
}

/// Where a host's clock steps back, vested − claimed in unsigned integers panics, or wraps and pays.
#[test]
fn a_clock_that_runs_backwards_pays_nothing_and_takes_nothing() {
    let mut grant = grant();
    grant.claim(at(40)).unwrap();
    assert_eq!(grant.claim(at(39)), Ok(Amount::ZERO));
    assert_eq!(grant.claimed(), amount(400));
    assert_eq!(grant.unvested_at(at(39)), amount(600));
    assert_eq!(grant.claim(at(41)), Ok(amount(10)));
}

/// Zivoe #189 and pallet-vesting: a stored rate floors to 0, so a small grant never vests, or its
/// dust moves the end.
#[test]
fn a_total_of_less_than_a_unit_a_second_still_vests_in_full_and_on_time() {
    let four_years = 126_144_000;
    let schedule = Linear::new(at(0), at(four_years), amount(7)).unwrap();
    assert_eq!(schedule.vested_at(at(four_years / 7)), Amount::ZERO);
    assert_eq!(schedule.vested_at(at(four_years / 7 + 1)), amount(1));
    assert_eq!(schedule.vested_at(at(four_years - 1)), amount(6));
    assert_eq!(schedule.time_of(amount(7)), Some(at(four_years)));
}

/// Cosmos rounds half to even and over-vests in half of the samples.
#[test]
fn no_unit_vests_before_all_of_it_has() {
    let schedule = Linear::new(at(0), at(4), amount(3)).unwrap();
    let vested = [0, 1, 2, 3, 4].map(|time| schedule.vested_at(at(time)).get());
    assert_eq!(vested, [0, 0, 1, 2, 3]);
}

/// Overflow of total · elapsed, which a 128-bit product would have at amounts that are real: 1e12
/// tokens of 18 decimals over four years is within a factor of 3 of it, one of 24 decimals beyond.
#[test]
fn the_largest_total_over_the_longest_time_vests() {
    let schedule = Linear::new(at(0), Timestamp::MAX, Amount::MAX).unwrap();
    // (2^128 − 1)(2^64 − 2)/(2^64 − 1) = (2^64 + 1)(2^64 − 2) exactly.
    let expected = ((1_u128 << 64) + 1) * ((1 << 64) - 2);
    assert_eq!(schedule.vested_at(at(u64::MAX - 1)), amount(expected));
    assert_eq!(schedule.time_of(Amount::MAX), Some(Timestamp::MAX));
}

/// Two meanings of "cliff" (OpenZeppelin #4701): one holds back what vests meanwhile, the other has
/// an amount of its own.
#[test]
fn the_two_cliffs_differ_and_each_has_its_name() {
    let linear = Linear::new(at(0), at(48), amount(4_800)).unwrap();
    let gate = Gate::new(linear, at(12));
    let lump = LumpLinear::new(at(12), at(48), Amount::ZERO, amount(4_800)).unwrap();
    assert_eq!(gate.vested_at(at(12)), amount(1_200));
    assert_eq!(lump.vested_at(at(12)), Amount::ZERO);
    assert_eq!(gate.vested_at(at(30)), amount(3_000));
    assert_eq!(lump.vested_at(at(30)), amount(2_400));
}

/// Sablier #257 (an exponent that gave more than the deposit), and periods that wrap the clock:
/// what can't be evaluated can't be built.
#[test]
fn parameters_out_of_range_are_refused_with_their_values() {
    assert_eq!(
        Linear::new(at(5), at(4), amount(1)),
        Err(Error::NotAfter {
            start: at(5),
            end: at(4)
        })
    );
    let out_of_range = |what, value, bound| Error::OutOfRange { what, value, bound };
    assert_eq!(
        LumpLinear::new(at(0), at(1), amount(6), amount(5)),
        Err(out_of_range(Quantity::Lump, 6, 5))
    );
    assert_eq!(
        instalments(0, 0, 1),
        Err(out_of_range(Quantity::Period, 0, 1))
    );
    assert_eq!(
        instalments(0, 1, 0),
        Err(out_of_range(Quantity::Instalments, 0, 1))
    );
    for (start, period, count) in [(1, u64::MAX, 1), (0, u64::MAX / 2 + 1, 2), (u64::MAX, 1, 1)] {
        let step = instalments(start, period, count);
        assert!(matches!(step, Err(Error::Overflow { .. })), "{step:?}");
    }
    assert!(instalments(u64::MAX - 6, 2, 3).is_ok());
    let linear = Linear::new(at(0), at(1), amount(5)).unwrap();
    let overdrawn = GrantState {
        claimed: amount(6),
        clock: at(1),
        ..GrantState::NEW
    };
    assert_eq!(
        Grant::restore(linear, overdrawn),
        Err(out_of_range(Quantity::Claimed, 6, 5))
    );
}

#[test]
fn lines_that_end_early_are_never_said_to_vest_more_than_they_ever_do() {
    // Each is cut off at ¾ of a unit, so that two of them have half of one each before, and never any.
    let line = Linear::new(at(0), at(4), amount(1)).unwrap();
    let cut = Truncate::new(line, at(3));
    let mut all = Aggregate::new([Node::EMPTY; 4]);
    all.add(&cut).unwrap();
    all.add(&cut).unwrap();
    assert_eq!(all.total(), amount(0));
    assert_eq!(all.vested_at(at(2)).exact(), Some(amount(0)));
}

#[test]
fn other_schedules_than_those_added_are_not_taken_for_them() {
    let mut all = Aggregate::new([Node::EMPTY; 4]);
    let line = Linear::new(at(0), at(10), amount(100)).unwrap();
    all.add(&line).unwrap();
    assert_eq!(all.exactly(at(5), [line]), Ok(amount(50)));
    let late = Linear::new(at(5), at(15), amount(100)).unwrap();
    let less = Linear::new(at(0), at(10), amount(99)).unwrap();
    for other in [late, less] {
        let (total, added, at) = (other.total(), amount(100), at(5));
        let refused = Err(Error::NotThese { total, added, at });
        assert_eq!(all.exactly(at, [other]), refused);
    }
    // What has vested nothing yet is missed by its total.
    let (added, at_5) = (amount(100), at(5));
    let later = Linear::new(at(5), at(9), amount(7)).unwrap();
    let refused = Err(Error::NotThese {
        total: amount(107),
        added,
        at: at_5,
    });
    assert_eq!(all.exactly(at_5, [line, later]), refused);
    // All that a bracket can tell: by the end they are the same.
    assert_eq!(all.exactly(at(15), [late]), Ok(amount(100)));
}

/// A tree answers as what it is made of, however its types are hidden.
#[cfg(feature = "alloc")]
#[test]
fn a_nested_schedule_answers_as_the_one_it_is_made_of() {
    use tokenomics_vesting::{AnySchedule, MaybePieces, NestedSchedule, Power, Shift};

    let line = Linear::new(at(100), at(200), amount(10)).unwrap();
    let nested = NestedSchedule::from(line);
    assert_eq!(nested.time_of(amount(3)), Some(at(130)));
    assert_eq!(nested.time_of(amount(11)), None);
    let shift = Shift::later(nested, Span::new(7)).unwrap();
    let later = NestedSchedule::from(AnySchedule::Shift(shift));
    let plain = Shift::later(line, Span::new(7)).unwrap();
    assert_eq!((later.start(), later.end()), (plain.start(), plain.end()));
    for time in (90..220).map(at) {
        assert_eq!(later.vested_at(time), plain.vested_at(time));
    }
    assert_eq!(later.time_of(amount(3)), Some(at(137)));
    let total = later.with_pieces(|pieces| pieces.total());
    assert_eq!(total, Some(amount(10)));
    let curve = Power::new(at(0), at(9), tokenomics_fixed_math::Wad::ONE, amount(7)).unwrap();
    let nested = NestedSchedule::from(AnySchedule::Simple(curve.into()));
    assert_eq!(nested.with_pieces(|pieces| pieces.total()), None);
}

/// A line of which a gate or an end leaves only a part may begin before the clock, or end after it,
/// once it is moved: its pieces and aggregates of it were refused.
#[test]
fn a_line_that_a_shift_moves_off_the_clock_in_part_can_be_aggregated() {
    fn is_summed(schedule: &impl Pieces, times: &[u64]) {
        let mut all = Aggregate::new([Node::EMPTY; 8]);
        all.add(schedule).unwrap();
        for &time in times {
            let vested = schedule.vested_at(at(time));
            assert_eq!(all.vested_at(at(time)).exact(), Some(vested), "{time}");
        }
        all.remove(schedule).unwrap();
    }
    let line = |end| Linear::new(at(0), at(end), amount(1_000)).unwrap();
    let early = Shift::earlier(Gate::new(line(300), at(100)), Span::new(100)).unwrap();
    assert_eq!(early.vested_at(at(0)), amount(333));
    is_summed(&early, &[0, 1, 2, 199, 200]);

    let room = Span::new(u64::MAX - 60);
    let late = Shift::later(Truncate::new(line(u64::MAX), at(60)), room).unwrap();
    is_summed(&late, &[0, u64::MAX - 60, u64::MAX - 1, u64::MAX]);

    // Twice, which takes it further back than the clock is long.
    let again = Gate::new(
        Shift::earlier(Gate::new(line(u64::MAX), Timestamp::MAX), Span::MAX).unwrap(),
        Timestamp::MAX,
    );
    is_summed(
        &Shift::earlier(again, Span::MAX).unwrap(),
        &[0, 1, u64::MAX],
    );
}

/// Each sum asked both parts twice, so that one of sums took twice as long for each level.
#[test]
fn the_inverse_of_sums_of_sums_asks_each_part_once() {
    fn chain(depth: u64) -> Box<dyn Schedule> {
        let line = Linear::new(at(depth), at(depth + 100), amount(1_000)).unwrap();
        (0..depth).fold(Box::new(line), |inner, level| {
            let next = Linear::new(at(level), at(level + 50), amount(7)).unwrap();
            Box::new(Sum::new(Owned(inner), next).unwrap())
        })
    }
    struct Owned(Box<dyn Schedule>);
    impl Schedule for Owned {
        fn total(&self) -> Amount {
            self.0.total()
        }
        fn start(&self) -> Timestamp {
            self.0.start()
        }
        fn end(&self) -> Timestamp {
            self.0.end()
        }
        fn vested_at(&self, at: Timestamp) -> Amount {
            self.0.vested_at(at)
        }
        fn time_of(&self, amount: Amount) -> Option<Timestamp> {
            self.0.time_of(amount)
        }
    }
    for depth in [22, 60] {
        let sum = chain(depth);
        for units in [1, 7, 500, 999, sum.total().get()].map(amount) {
            let time = sum.time_of(units).unwrap();
            assert!(sum.vested_at(time) >= units);
            assert!(sum.vested_at(at(time.get() - 1)) < units);
        }
    }
}

/// The depth that the documentation calls sound, on the stack that a thread has by default.
#[cfg(feature = "alloc")]
#[test]
fn a_thousand_levels_need_no_more_than_the_usual_stack() {
    use tokenomics_vesting::{AnySchedule, Cliff, MaybePieces, NestedSchedule};

    let levels = || {
        let line = NestedSchedule::from(Linear::new(at(0), at(3_000), amount(3_000)).unwrap());
        let deep = (0..1_000).fold(line, |inner, level| {
            NestedSchedule::from(match level % 3 {
                0 => AnySchedule::Gate(Gate::new(inner, at(level))),
                1 => {
                    AnySchedule::Sum(Sum::new(inner, Cliff::new(at(1), amount(1)).into()).unwrap())
                }
                _ => AnySchedule::Shift(Shift::later(inner, Span::new(1)).unwrap()),
            })
        });
        assert_eq!(deep.clone(), deep);
        assert!(format!("{deep:?}").len() > 1_000);
        let time = deep.time_of(amount(2_000)).unwrap();
        assert!(deep.vested_at(time) >= amount(2_000));
        let mut aggregate = Aggregate::new(Vec::new());
        assert_eq!(
            deep.with_pieces(|pieces| aggregate.add(pieces)),
            Some(Ok(()))
        );
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    thread.spawn(levels).unwrap().join().unwrap();
}
