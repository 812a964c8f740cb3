//! Faults that cost others money, each as the sentence that holds here.

use tokenomics_emission_curves::{ArrayEpochs, Curve, Error, GeometricEpochs};
use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};

const E18: u128 = 1_000_000_000_000_000_000;
const YEAR: u64 = 86_400 * 365;
const REDUCTION: u128 = 1_189_207_115_002_721_024;
const CRV_RATE: u128 = 274_815_283 * E18 / 31_536_000;

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn crv() -> GeometricEpochs<ArrayEpochs<245>> {
    let decay = Ratio::new(E18, REDUCTION).unwrap();
    GeometricEpochs::in_array(at(0), Span::new(YEAR), Amount::new(CRV_RATE), decay, None).unwrap()
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
    let bitcoin = GeometricEpochs::<ArrayEpochs<33>>::in_array(
        at(0),
        Span::new(210_000),
        Amount::new(5_000_000_000),
        Ratio::new(1, 2).unwrap(),
        None,
    )
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
            GeometricEpochs::<ArrayEpochs<8>>::in_array(
                at(0),
                Span::new(10),
                Amount::new(4),
                decay,
                max_epochs,
            )
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
        let (rate, length) = (Amount::new(1 << 100), Span::new(1));
        GeometricEpochs::<Vec<_>>::new(at(0), length, rate, almost_one, max_epochs)
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
    let decay = Ratio::new(E18, REDUCTION).unwrap();
    let (length, rate) = (Span::new(YEAR), Amount::new(CRV_RATE));
    let heap = GeometricEpochs::<Vec<_>>::new(at(0), length, rate, decay, None).unwrap();
    assert_eq!(heap.epochs(), crv().epochs());
    assert_eq!((heap.end(), heap.cap()), (crv().end(), crv().cap()));
}
