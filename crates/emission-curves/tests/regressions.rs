//! Faults that cost others money, each as the sentence that holds here.

use tokenomics_emission_curves::{
    ArrayEpochs, Baseline, Constant, Curve, Decay, Error, GeometricEpochs, GeometricEpochsParams,
    LinearRate, Phase, Phases, Point, StepEpochs,
};
use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};

const E18: u128 = 1_000_000_000_000_000_000;
const YEAR: u64 = 86_400 * 365;
const REDUCTION: u128 = 1_189_207_115_002_721_024;
const CRV_RATE: u128 = 274_815_283 * E18 / 31_536_000;

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn crv_params() -> GeometricEpochsParams {
    GeometricEpochsParams {
        start: at(0),
        length: Span::new(YEAR),
        initial_rate: Amount::new(CRV_RATE),
        decay: Ratio::new(E18, REDUCTION).unwrap(),
        max_epochs: None,
    }
}

fn crv() -> GeometricEpochs<ArrayEpochs<245>> {
    GeometricEpochs::in_array(crv_params()).unwrap()
}

fn emitted(curve: &impl Curve, from: u64, to: u64) -> u128 {
    curve.emitted_between(at(from), at(to)).get()
}

/// What ERC20CRV.vy keeps, and the one step it takes when it is called in a later epoch.
struct Erc20Crv {
    epoch_start: u64,
    epoch_supply: u128,
    rate: u128,
}

impl Erc20Crv {
    fn available_at(&self, now: u64) -> u128 {
        self.epoch_supply + u128::from(now - self.epoch_start) * self.rate
    }

    fn update(&mut self) {
        self.epoch_start += YEAR;
        self.epoch_supply += self.rate * u128::from(YEAR);
        self.rate = self.rate * E18 / REDUCTION;
    }
}

/// curve-dao-contracts #103: between the end of an epoch and the call that ends it, the old rate
/// goes on and more can be minted than the schedule has.
#[test]
fn a_late_call_mints_nothing_ahead_of_schedule() {
    let mut token = Erc20Crv {
        epoch_start: 0,
        epoch_supply: 0,
        rate: CRV_RATE,
    };
    let curve = crv();
    let late = YEAR + 7 * 86_400;
    assert_eq!(token.available_at(YEAR), emitted(&curve, 0, YEAR));
    assert!(token.available_at(late) > emitted(&curve, 0, late));
    token.update();
    assert_eq!(token.available_at(late), emitted(&curve, 0, late));
}

/// Aerodrome and Velocimeter #429: a week in which nobody called is a week that is never minted.
#[test]
fn epochs_in_which_nobody_called_are_not_lost() {
    let curve = crv();
    for missed in [1, 2, 7, 100, 244, 245, 300] {
        let called_every_year: u128 = (0..missed)
            .map(|year| emitted(&curve, year * YEAR, (year + 1) * YEAR))
            .sum();
        assert_eq!(emitted(&curve, 0, missed * YEAR), called_every_year);
    }
}

/// Osmosis #1917: what was truncated at every epoch added up to some 2,600 OSMO a year.
#[test]
fn a_year_in_parts_is_the_year() {
    let curve = crv();
    for parts in [2, 7, 365, 52_560] {
        let times = |part: u64| YEAR / 2 + YEAR * part / parts;
        let sum: u128 = (0..parts)
            .map(|part| emitted(&curve, times(part), times(part + 1)))
            .sum();
        assert_eq!(sum, emitted(&curve, YEAR / 2, YEAR / 2 + YEAR));
    }
}

/// ERC20CRV.vy, `mintable_in_timeframe`, multiplies back to the rates of the past, and never finds
/// them again; nor does it answer for more than one epoch ahead.
#[test]
fn the_past_and_the_future_are_answered_with_the_rates_in_force() {
    let curve = crv();
    for (index, pair) in curve.epochs().windows(2).take(60).enumerate() {
        let recovered = pair[1].rate().get() * REDUCTION / E18;
        assert_ne!(recovered, pair[0].rate().get());
        let start = YEAR * u64::try_from(index).unwrap();
        let exact = pair[0].rate().get() * u128::from(YEAR);
        assert_eq!(emitted(&curve, start, start + YEAR), exact);
    }
    assert_eq!(emitted(&curve, 0, u64::MAX), curve.cap().get());
}

/// curve-dao-contracts #145: a rate that has reached 0 is taken for one that was never set, and the
/// 246th year starts over at the first one's.
#[test]
fn a_rate_that_has_reached_zero_stays_there() {
    let curve = crv();
    for year in [245, 246, 247, 500] {
        assert_eq!(emitted(&curve, year * YEAR, (year + 1) * YEAR), 0);
        assert!(curve.rate_at(at(year * YEAR)).is_zero());
    }
}

/// BIP 42: shifting by 64 or more is shifting by less, and the subsidy came back after 64 halvings.
#[test]
fn after_sixty_four_halvings_nothing_comes_back() {
    let bitcoin = GeometricEpochs::<ArrayEpochs<33>>::in_array(GeometricEpochsParams {
        start: at(0),
        length: Span::new(210_000),
        initial_rate: Amount::new(5_000_000_000),
        decay: Ratio::new(1, 2).unwrap(),
        max_epochs: None,
    })
    .unwrap();
    for halvings in [33, 63, 64, 65, 128] {
        assert!(bitcoin.rate_at(at(halvings * 210_000)).is_zero());
    }
    assert_eq!(bitcoin.emitted_at(at(64 * 210_000)), bitcoin.cap());
}

/// Polkadot's cap is an asymptote: what never ends must be asked for by a number of epochs.
#[test]
fn a_curve_that_never_ends_is_refused_and_one_of_given_epochs_is_not() {
    for decay in [Ratio::ONE, Ratio::new(3, 2).unwrap()] {
        let build = |max_epochs| {
            GeometricEpochs::<ArrayEpochs<8>>::in_array(GeometricEpochsParams {
                start: at(0),
                length: Span::new(10),
                initial_rate: Amount::new(4),
                decay,
                max_epochs,
            })
        };
        assert_eq!(build(None), Err(Error::NeverEnds { decay }));
        assert_eq!(build(Some(8)).map(|curve| curve.epochs().len()), Ok(8));
    }
}

/// A rate that falls by one unit an epoch takes as many epochs as it has units: memory and time
/// must be bounded by something else.
#[cfg(feature = "alloc")]
#[test]
fn parameters_from_outside_cannot_exhaust_the_memory() {
    let almost_one = Ratio::new(u128::MAX - 1, u128::MAX).unwrap();
    let build = |max_epochs| {
        GeometricEpochs::<Vec<_>>::new(GeometricEpochsParams {
            start: at(0),
            length: Span::new(1),
            initial_rate: Amount::new(1 << 100),
            decay: almost_one,
            max_epochs,
        })
    };
    assert_eq!(build(None), Err(Error::TooManyEpochs { max: 65_536 }));
    assert_eq!(
        build(Some(65_537)),
        Err(Error::TooManyEpochs { max: 65_536 })
    );
    assert_eq!(
        build(Some(65_536)).map(|curve| curve.epochs().len()),
        Ok(65_536)
    );
}

/// A table on the heap and one in an array are the same table.
#[cfg(feature = "alloc")]
#[test]
fn the_heap_and_the_array_hold_the_same_epochs() {
    let heap = GeometricEpochs::<Vec<_>>::new(crv_params()).unwrap();
    assert_eq!(heap.epochs(), crv().epochs());
    assert_eq!((heap.end(), heap.cap()), (crv().end(), crv().cap()));
}

/// Zivoe #189: a rate of whole units a second is 0 for a total below the seconds it lasts.
#[test]
fn a_total_smaller_than_its_seconds_is_emitted_in_full() {
    let drops = Constant::of_total(at(0), at(YEAR), Amount::new(1_000)).unwrap();
    assert_eq!(drops.cap(), Amount::new(1_000));
    assert_eq!(emitted(&drops, 0, YEAR / 2), 500);
    // Paid by the second, one a quarter of an hour or so later than the last.
    let paid: u128 = (0..1_000)
        .map(|part| emitted(&drops, YEAR / 1_000 * part, YEAR / 1_000 * (part + 1)))
        .sum();
    assert_eq!(paid, 1_000);
}

/// A step schedule that truncates each epoch's amount loses up to a unit in each: Osmosis #1917.
#[test]
fn a_table_keeps_its_total() {
    let day = Span::new(86_400);
    // 1,000 a day at a whole number of units a second is none at all; through points it is 1,000.
    let mut points = vec![Point::new(at(0), Amount::ZERO)];
    for index in 1..=365_u64 {
        let time = at(0).checked_add(day.checked_mul(index).unwrap()).unwrap();
        points.push(Point::new(time, Amount::new(u128::from(index) * 1_000)));
    }
    let table = StepEpochs::new(points).unwrap();
    assert_eq!(emitted(&table, 0, YEAR), 365_000);
    assert_eq!(emitted(&table, 86_400 * 9, 86_400 * 10), 1_000);
}

/// A phase that takes over a curve in its middle takes over what is left of it, not all of it.
#[test]
fn a_schedule_that_is_replaced_keeps_what_was_emitted() {
    let old = Constant::of_total(at(0), at(100), Amount::new(1_000)).unwrap();
    let new = Constant::of_total(at(0), at(100), Amount::new(3_000)).unwrap();
    let curve = Phases::new([Phase::new(at(0), old), Phase::new(at(40), new)]).unwrap();
    assert_eq!(curve.emitted_at(at(40)), Amount::new(400));
    assert_eq!(curve.cap(), Amount::new(400 + 3_000 * 60 / 100));
}

/// Where the clock or the amounts would be left, or there is nothing to emit by, there is no curve.
#[test]
fn what_no_curve_can_be_is_refused_by_name() {
    let (half, most) = (Ratio::new(1, 2).unwrap(), Ratio::new(u128::MAX, 1).unwrap());
    let refused = |built: Result<(), Error>| match built {
        Err(Error::OutOfRange { what, .. }) => what.name(),
        Err(Error::Overflow { .. }) => "overflow",
        other => panic!("{other:?}"),
    };
    let constant = |end, rate| refused(Constant::new(at(5), at(end), rate).map(|_| ()));
    assert_eq!(constant(5, half), "the end");
    assert_eq!(constant(7, most), "overflow");
    let line = |end, last| refused(LinearRate::new(at(5), at(end), half, last).map(|_| ()));
    assert_eq!(line(4, half), "the end");
    assert_eq!(line(9, most), "overflow");
    // No common denominator of 128 bits.
    assert_eq!(line(9, Ratio::new(1, u128::MAX).unwrap()), "overflow");

    let point = |time, emitted| Point::new(at(time), Amount::new(emitted));
    let table = |points: &[Point]| refused(StepEpochs::new(points).map(|_| ()));
    assert_eq!(table(&[]), "the number of points");
    assert_eq!(
        table(&[point(3, 1)]),
        "the amount emitted by the first point"
    );
    assert_eq!(table(&[point(3, 0), point(3, 1)]), "the time of a point");
    let falling = [point(3, 0), point(4, 2), point(5, 1)];
    assert_eq!(table(&falling), "the amount emitted by a point");
    let past_the_clock = point(u64::MAX, 0).after(Span::new(1), Amount::ZERO);
    assert_eq!(refused(past_the_clock.map(|_| ())), "overflow");

    let curve = Constant::new(at(0), at(1), most).unwrap();
    let phases = |list| refused(Phases::new(list).map(|_| ()));
    assert_eq!(
        phases([Phase::new(at(0), curve); 2]),
        "the start of a phase"
    );
    let later = Constant::new(at(1), at(2), half).unwrap();
    assert!(Phases::new([Phase::new(at(0), curve), Phase::new(at(1), later)]).is_ok());
    let later = Constant::new(at(1), at(2), Ratio::ONE).unwrap();
    assert_eq!(
        phases([Phase::new(at(0), curve), Phase::new(at(1), later)]),
        "overflow"
    );
    assert_eq!(
        refused(Phases::<[Phase<Constant>; 0]>::new([]).map(|_| ())),
        "the number of phases"
    );
}

/// A baseline that hardly grows comes to some sums after the clock's end only.
#[test]
fn an_effective_time_past_the_end_of_the_clock_is_refused() {
    let factor = Ratio::new((1 << 126) + 1, 1 << 126).unwrap();
    let decay = Decay::HalfLife(Span::new(100));
    let flat = Baseline::new(Amount::new(1_000), decay, 1, factor).unwrap();
    let max = u64::MAX.into();
    assert_eq!(
        flat.effective_time(1 << 100),
        Err(Error::Overflow { bits: 65, max })
    );
    assert_eq!(flat.effective_time(7), Ok(Ratio::from_integer(7)));
}
