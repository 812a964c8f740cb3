//! Faults that changes of fees had elsewhere, and corners of ours.

use tokenomics_fee_split::{
    AnnouncedRates, ChangeRules, DelayedRates, DelayedRatesState, Error, Quantity, Routes,
};
use tokenomics_fixed_math::{fraction, Amount, Fraction, Span, Timestamp};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn rules(delay: u64, max_step: Fraction) -> ChangeRules {
    let delay = Span::new(delay);
    ChangeRules { delay, max_step }
}

const HALVES: [Fraction; 2] = [fraction!("0.5"), fraction!("0.5")];

fn refused<T>(what: Quantity, value: u128, bound: u128) -> Result<T, Error> {
    Err(Error::OutOfRange { what, value, bound })
}

/// spl-stake-pool let a manager raise a fee to all just before an epoch ended (SPL #1922). Here no sequence of
/// announcements has an effect sooner than a delay, or larger than a step.
#[test]
fn no_fee_goes_to_all_before_the_epoch() {
    let rules = rules(100, fraction!("0.1"));
    let mut rates = DelayedRates::new(HALVES, rules, at(0)).unwrap();
    let all = [Fraction::ONE, Fraction::ZERO];
    let half = 500_000_000_000_000_000;
    let too_far = rates.announce(all, at(99));
    assert_eq!(too_far, refused(Quantity::RateStep, half, half / 5));
    // Announced over and over: the last one counts, and waits for itself.
    let more = [fraction!("0.6"), fraction!("0.4")];
    for time in 0..100 {
        rates.announce(more, at(time)).unwrap();
        assert_eq!(rates.rates_at(at(time + 99)), Ok(HALVES));
    }
    assert_eq!(rates.rates_at(at(199)), Ok(more));
    // A step counts from what is in force, not from what is to come.
    let most = [fraction!("0.7"), fraction!("0.3")];
    assert!(rates.announce(most, at(198)).is_err());
    assert_eq!(rates.announce(most, at(199)), Ok(at(299)));
}

/// A change takes effect without a call, after any silence, and pays nothing at the new rates that came before.
#[test]
fn a_change_needs_no_call() {
    let mut routes = Routes::new(["a", "b"], HALVES, rules(10, Fraction::ONE), at(0)).unwrap();
    routes
        .announce([Fraction::ZERO, Fraction::ONE], at(0))
        .unwrap();
    let mut pay = |time| {
        routes
            .distribute(Amount::new(10), at(time))
            .unwrap()
            .map(|(_, part)| part.get())
    };
    assert_eq!(pay(9), [5, 5]);
    assert_eq!(pay(u64::MAX), [0, 10]);
}

/// The fraction that a place earned at its old rate is still its own.
#[test]
fn a_change_takes_no_fraction() {
    let mut routes = Routes::new(["a", "b"], HALVES, rules(1, Fraction::ONE), at(0)).unwrap();
    let mut paid = [0; 2];
    let mut pay = |routes: &mut Routes<_, 2>, time| {
        let parts = routes.distribute(Amount::new(1), at(time)).unwrap();
        for (paid, (_, part)) in paid.iter_mut().zip(parts) {
            *paid += part.get();
        }
    };
    for time in 0..1_000 {
        pay(&mut routes, time);
        let rates = match time % 2 {
            0 => [fraction!("0.3"), fraction!("0.7")],
            _ => HALVES,
        };
        routes.announce(rates, at(time)).unwrap();
    }
    assert_eq!(routes.carried(), Amount::new(1));
    // 500 payments at each: 400 and 600, of which one has just not reached its unit.
    assert!(paid == [399, 600] || paid == [400, 599], "{paid:?}");
}

#[test]
fn the_end_of_the_clock_is_refused() {
    let mut rates = DelayedRates::new(HALVES, rules(10, Fraction::ONE), at(0)).unwrap();
    assert!(rates.announce(HALVES, at(u64::MAX - 10)).is_ok());
    let before = rates;
    let beyond = rates.announce(HALVES, at(u64::MAX - 9));
    assert!(
        matches!(beyond, Err(Error::Overflow { bits: 65, .. })),
        "{beyond:?}"
    );
    assert_eq!(rates, before);
}

/// The units that were carried go to whoever is held most, at whatever rates it earned them, and no time is told.
#[test]
fn a_close_pays_what_was_earned_at_old_rates() {
    let quick = rules(1, Fraction::ONE);
    let rates = [fraction!("0.4"), fraction!("0.6")];
    let mut routes = Routes::new(["burn", "treasury"], rates, quick, at(0)).unwrap();
    let paid = routes.distribute(Amount::new(1), at(0)).unwrap();
    assert_eq!(paid.map(|(_, part)| part.get()), [0, 0]);
    routes
        .announce([Fraction::ONE, Fraction::ZERO], at(1))
        .unwrap();
    let paid = routes.distribute(Amount::new(5), at(2)).unwrap();
    assert_eq!(paid.map(|(_, part)| part.get()), [5, 0]);
    let last = routes.rates().last();
    let unit = [("burn", Amount::ZERO), ("treasury", Amount::new(1))];
    assert_eq!(routes.close(), unit);
    assert_eq!(routes.close().map(|(_, part)| part), [Amount::ZERO; 2]);
    assert_eq!(
        (routes.carried(), routes.rates().last()),
        (Amount::ZERO, last)
    );
}

#[test]
fn errors_name_what_they_refuse() {
    let back = Error::Backdated {
        at: at(3),
        last: at(4),
    };
    assert_eq!(
        back.to_string(),
        "3 is before 4, up to which all is settled already"
    );
    let one = Fraction::SCALE.into();
    let new =
        |rates: [Fraction; 2], delay| DelayedRates::new(rates, rules(delay, Fraction::ONE), at(0));
    let short = new([fraction!("0.5"), fraction!("0.4")], 1);
    assert_eq!(short, refused(Quantity::RateSum, one / 10 * 9, one));
    assert_eq!(new(HALVES, 0), refused(Quantity::Delay, 0, 1));
    let same = Routes::new([7, 7], HALVES, rules(1, Fraction::ONE), at(0));
    assert_eq!(same, refused(Quantity::RoutesOfOneName, 2, 1));
}

/// Each changes one thing of rates of which a change is to come.
#[test]
fn a_state_is_restored_up_to_its_bounds() {
    let mut rates = DelayedRates::new(HALVES, rules(10, fraction!("0.2")), at(5)).unwrap();
    rates
        .announce([fraction!("0.6"), fraction!("0.4")], at(6))
        .unwrap();
    let state = rates.state();
    assert_eq!(DelayedRates::restore(state), Ok(rates));
    let with = |change: fn(&mut DelayedRatesState<2>)| {
        let mut state = state;
        change(&mut state);
        DelayedRates::restore(state).map(drop)
    };
    let effective = Quantity::EffectiveTime;
    assert_eq!(with(|state| state.last = at(15)), Ok(()));
    assert_eq!(
        with(|state| state.last = at(16)),
        refused(effective, 16, 17)
    );
    assert_eq!(with(|state| state.last = at(5)), refused(effective, 16, 15));
    let to = |rates: [Fraction; 2]| {
        let announced = AnnouncedRates {
            rates,
            effective: at(16),
        };
        DelayedRates::restore(DelayedRatesState {
            announced: Some(announced),
            ..state
        })
        .map(drop)
    };
    assert_eq!(to([fraction!("0.7"), fraction!("0.3")]), Ok(()));
    assert!(to([fraction!("0.71"), fraction!("0.29")]).is_err());
    assert!(to([fraction!("0.6"), fraction!("0.3")]).is_err());
    assert_eq!(with(|state| state.announced = None), Ok(()));
    assert_eq!(
        with(|state| state.rules.delay = Span::new(0)),
        refused(Quantity::Delay, 0, 1)
    );
    assert!(with(|state| state.rates[0] = fraction!("0.4")).is_err());
}
