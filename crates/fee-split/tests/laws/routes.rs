//! The laws of delayed rates and of routes, beside a list of all that was ever announced.

use num_bigint::BigUint;
use tokenomics_fee_split::{ChangeRules, DelayedRates, Error, Routes};
use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp};

pub const ROUTES: usize = 3;
const SCALE: u64 = Fraction::SCALE;
const NAMES: [&str; ROUTES] = ["lockers", "treasury", "burn"];

/// The numbers that the rules and the first rates are made of.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct RatesDraw {
    pub rates: [u64; ROUTES],
    pub delay: u64,
    pub max_step: u64,
    pub start: u64,
}

/// A payment, an announcement, or that it is cancelled.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct RatesCall {
    /// Of 8: a cancellation, announcements, a payment in the past, a close, or else a payment.
    pub kind: u8,
    /// The time since the last call.
    pub after: u64,
    pub amount: u128,
    pub rates: [u64; ROUTES],
}

/// Rates of any numbers: each takes of what those before have left.
fn rates(raw: [u64; ROUTES]) -> [Fraction; ROUTES] {
    let mut left = SCALE;
    let mut rates = raw.map(|raw| {
        let rate = raw % (left + 1);
        left -= rate;
        rate
    });
    rates[ROUTES - 1] += left;
    rates.map(|raw| Fraction::from_raw(raw).unwrap())
}

fn sum(rates: [Fraction; ROUTES]) -> u64 {
    rates.iter().map(|rate| rate.raw()).sum()
}

/// An announcement that wasn't cancelled or replaced before its time.
#[derive(Clone, Copy)]
struct Announced {
    rates: [Fraction; ROUTES],
    from: u64,
}

struct Model {
    routes: Routes<&'static str, ROUTES>,
    /// All that is or was in force, and last what is to come.
    history: Vec<Announced>,
    now: u64,
    /// The time of the last call that wasn't refused.
    told: u64,
    paid_in: BigUint,
    /// In 1e-18.
    earned: [BigUint; ROUTES],
    paid: [BigUint; ROUTES],
}

impl Model {
    fn new(draw: RatesDraw) -> Self {
        let (rules, first) = (draw.rules(), rates(draw.rates));
        let start = Timestamp::new(draw.start);
        let mut none = rules;
        none.delay = Span::new(0);
        DelayedRates::new(first, none, start).unwrap_err();
        let from = draw.start;
        Self {
            routes: Routes::new(NAMES, first, rules, start).unwrap(),
            history: vec![Announced { rates: first, from }],
            now: draw.start,
            told: draw.start,
            paid_in: 0_u8.into(),
            earned: [0_u8; ROUTES].map(BigUint::from),
            paid: [0_u8; ROUTES].map(BigUint::from),
        }
    }

    /// What is in force at a time, by the list.
    fn in_force(&self, time: u64) -> [Fraction; ROUTES] {
        let mut known = self.history.iter().rev();
        known.find(|change| change.from <= time).unwrap().rates
    }

    fn call(&mut self, call: RatesCall) {
        let before = self.routes;
        let past = self.now.checked_sub(1).map(Timestamp::new);
        self.now = self.now.saturating_add(call.after);
        match call.kind % 8 {
            0 => self.cancel(),
            1..=3 => self.announce(call.rates),
            4 => {
                let Some(at) = past else { return };
                let last = Timestamp::new(self.told);
                let late = self.routes.distribute(Amount::new(call.amount), at);
                // A call that was refused told no time.
                if at < last {
                    assert_eq!(late, Err(Error::Backdated { at, last }));
                    self.routes.announce(rates(call.rates), at).unwrap_err();
                    self.routes.cancel(at).unwrap_err();
                    assert_eq!(self.routes, before, "an error changed the state");
                } else {
                    self.routes = before;
                }
            }
            7 => self.close(),
            _ => self.pay(call.amount),
        }
    }

    /// Whoever is held most gets the units that are carried: nobody has more than a unit above what it earned.
    fn close(&mut self) {
        let carried = self.routes.carried();
        let parts = self.routes.close();
        assert_eq!(parts.map(|(name, _)| name), NAMES);
        let parts = parts.map(|(_, part)| part);
        assert_eq!(Amount::try_sum(parts), Ok(carried));
        assert_eq!(self.routes.carried(), Amount::ZERO);
        let slack = BigUint::from(self.history.len());
        let held = |who: usize| &self.earned[who] + &slack - &self.paid[who] * SCALE;
        for (one, other) in (0..ROUTES).flat_map(|one| (0..ROUTES).map(move |other| (one, other))) {
            assert!(parts[one].get() <= 1);
            if parts[one] > parts[other] {
                assert!(held(one) + &slack + &slack >= held(other));
            }
        }
        for (who, part) in parts.into_iter().enumerate() {
            self.paid[who] += part.get();
            self.earned[who] = &self.paid[who] * SCALE;
        }
    }

    fn cancel(&mut self) {
        self.routes.cancel(Timestamp::new(self.now)).unwrap();
        self.told = self.now;
        self.history.retain(|change| change.from <= self.now);
    }

    fn announce(&mut self, raw: [u64; ROUTES]) {
        let (before, rules) = (self.routes, self.routes.rates().rules());
        let new = rates(raw);
        let current = self.in_force(self.now);
        let step = |(old, new): (&Fraction, &Fraction)| old.raw().abs_diff(new.raw());
        let steps = current.iter().zip(&new).map(step);
        let is_small = steps.max().unwrap() <= rules.max_step.raw();
        let from = self.now.checked_add(rules.delay.get());
        let done = self.routes.announce(new, Timestamp::new(self.now));
        assert_eq!(done.is_ok(), is_small && from.is_some(), "{done:?}");
        match done {
            Ok(effective) => {
                self.told = self.now;
                assert_eq!(Some(effective.get()), from);
                self.history.retain(|change| change.from <= self.now);
                let (rates, from) = (new, effective.get());
                self.history.push(Announced { rates, from });
            }
            Err(_) => assert_eq!(self.routes, before, "an error changed the state"),
        }
    }

    fn pay(&mut self, amount: u128) {
        let now = Timestamp::new(self.now);
        let paid = self.routes.distribute(Amount::new(amount), now).unwrap();
        self.told = self.now;
        let rates = self.in_force(self.now);
        self.paid_in += amount;
        for (who, (name, part)) in paid.into_iter().enumerate() {
            assert_eq!(name, NAMES[who]);
            self.paid[who] += part.get();
            self.earned[who] += BigUint::from(amount) * rates[who].raw();
        }
    }

    fn check(&self) {
        let now = Timestamp::new(self.now);
        let delayed = *self.routes.rates();
        for time in [self.now, self.now.saturating_add(1), u64::MAX] {
            let rates = delayed.rates_at(Timestamp::new(time)).unwrap();
            assert_eq!(rates, self.in_force(time), "{time}");
            assert_eq!(sum(rates), SCALE);
        }
        assert_eq!(delayed.last(), Timestamp::new(self.told));
        assert_eq!(DelayedRates::restore(delayed.state()), Ok(delayed));
        let restored = Routes::restore(NAMES, delayed, *self.routes.stream());
        assert_eq!(restored, Ok(self.routes));
        let rate = self.routes.rate_of("burn", now).unwrap();
        assert_eq!(rate, Some(self.in_force(self.now)[2]));
    }

    fn check_shares(&self) {
        let carried = self.routes.carried().get();
        assert!(carried < ROUTES as u128);
        assert_eq!(self.paid.iter().sum::<BigUint>() + carried, self.paid_in);
        // A change of the rates moves a fraction by less than three units of 2^-64, or one of 1e-18.
        let slack = BigUint::from(self.history.len());
        for (paid, earned) in self.paid.iter().zip(&self.earned) {
            let paid = paid * SCALE;
            assert!(paid <= earned + &slack && *earned < paid + SCALE + &slack);
        }
    }
}

impl RatesDraw {
    fn rules(self) -> ChangeRules {
        ChangeRules {
            delay: Span::new(self.delay.max(1)),
            max_step: Fraction::from_raw(self.max_step % (SCALE + 1)).unwrap(),
        }
    }
}

/// What is in force was announced a delay ago or earlier, within a step of what was in force then, and sums to
/// 1; a clock that ran back is refused.
pub fn rates_are_delayed(draw: RatesDraw, calls: &[RatesCall]) {
    let mut model = Model::new(draw);
    for &call in calls {
        model.call(call);
        model.check();
    }
}

/// What was paid in is paid out or carried, and each place has the floor of what its rates at the times of the
/// payments come to.
pub fn routes_conserve(draw: RatesDraw, calls: &[RatesCall]) {
    let mut model = Model::new(draw);
    for &call in calls {
        model.call(call);
        model.check_shares();
    }
}
