//! The laws of circuit breakers and growth caps.

use tokenomics_fixed_math::{Fraction, Ratio, Span, Timestamp, Wad};
use tokenomics_haircut_collateral::{CircuitBreaker, GrowthCap, GrowthCapTerms, RatioSnapshot};

use super::Digits;

/// The numbers of a breaker.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct BreakerShape {
    pub(crate) max_move: u64,
    pub(crate) window: u16,
    pub(crate) cooldown: u16,
    pub(crate) first: (u128, u128),
}

/// A price, some time after the last one.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Observed {
    pub(crate) price: (u128, u128),
    pub(crate) after: u16,
}

fn ratio((numerator, denominator): (u128, u128)) -> Ratio {
    Ratio::new(numerator, denominator.max(1)).unwrap()
}

/// Whether |p − r| ≤ f·r, by the schoolbook.
fn is_near(price: Ratio, reference: Ratio, most: Fraction) -> bool {
    let times =
        |a: u128, b: u128, c: u128| Digits::of(a).times(&Digits::of(b)).times(&Digits::of(c));
    let scale = u128::from(Fraction::SCALE);
    let cut = u128::from(most.raw());
    let here = times(price.numerator(), reference.denominator(), scale);
    let (up, down) = (scale + cut, scale - cut);
    let bound = |weight| times(reference.numerator(), price.denominator(), weight);
    here.compare(&bound(up)).is_le() && here.compare(&bound(down)).is_ge()
}

/// An admitted price is near to the reference; a trip lasts a cooldown after the last price that was far
/// from the one before; and a price that stays is admitted after it.
pub(crate) fn breaker_bounds(shape: BreakerShape, prices: &[Observed]) {
    let max_move = Fraction::from_raw(shape.max_move % Fraction::SCALE + 1).unwrap();
    let (window, cooldown) = (
        Span::new(shape.window.into()),
        Span::new(shape.cooldown.into()),
    );
    let mut now = Timestamp::new(9);
    let made = CircuitBreaker::new(max_move, window, cooldown, (ratio(shape.first), now));
    let mut breaker = made.unwrap();
    for observed in prices {
        let before = breaker;
        now = now.checked_add(Span::new(observed.after.into())).unwrap();
        let price = ratio(observed.price);
        let admitted = breaker.observe(price, now).unwrap();
        assert_eq!(admitted, !breaker.is_tripped());
        let (old, held) = (before.state(), now.since(before.state().since).unwrap());
        let near = is_near(price, old.reference, max_move);
        let closed = near && (!old.tripped || held >= cooldown);
        assert_eq!(admitted, closed);
        let renewed = !near || held >= if old.tripped { cooldown } else { window };
        let expected = if renewed {
            (price, now)
        } else {
            (old.reference, old.since)
        };
        assert_eq!((breaker.reference(), breaker.state().since), expected);
        assert_eq!(CircuitBreaker::restore(breaker.state()), Ok(breaker));
        if let Ok(past) = now.checked_sub(Span::new(1)) {
            let same = breaker;
            assert!(breaker.observe(price, past).is_err() && breaker == same);
        }
    }
    let price = breaker.reference();
    let after = now.checked_add(cooldown.max(window)).unwrap();
    assert_eq!(breaker.observe(price, after), Ok(true));
}

/// The numbers of a growth cap.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct CapShape {
    pub(crate) growth: u128,
    pub(crate) year: u64,
    pub(crate) max_step: u64,
    pub(crate) min_delay: u16,
    pub(crate) ratio: u128,
    pub(crate) at: u32,
}

/// An update that is tried.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Update {
    pub(crate) ratio: u128,
    pub(crate) age: u32,
    pub(crate) truth: u128,
    pub(crate) after: u32,
    /// The new growth, if the terms are to change too.
    pub(crate) growth: Option<u128>,
}

const LARGEST_GROWTH: u128 = 100 * Wad::SCALE;

fn cap_of(shape: CapShape) -> (GrowthCap, u64) {
    let terms = GrowthCapTerms {
        growth: Wad::from_raw(shape.growth % (LARGEST_GROWTH + 1)),
        year: Span::new(shape.year % 10_000_000_000 + 1),
        max_step: Fraction::from_raw(shape.max_step % (Fraction::SCALE + 1)).unwrap(),
        min_delay: Span::new(shape.min_delay.into()),
    };
    let (ratio, at) = (
        Wad::from_raw(shape.ratio.max(1)),
        Timestamp::new(shape.at.into()),
    );
    let snapshot = RatioSnapshot { ratio, at };
    (
        GrowthCap::new(terms, snapshot, ratio, at).unwrap(),
        shape.at.into(),
    )
}

/// The floor of ratio·(1 + growth·Δt/year) is at least this number, by the schoolbook.
fn reaches(cap: &GrowthCap, now: u64, number: u128) -> bool {
    let (terms, snapshot) = (cap.terms(), cap.snapshot());
    let digits = |number: u128| Digits::of(number);
    let unit = digits(Wad::SCALE).times(&digits(terms.year.get().into()));
    let passed = u128::from(now - snapshot.at.get());
    let grown = digits(terms.growth.raw()).times(&digits(passed));
    let exact = digits(snapshot.ratio.raw()).times(&unit.plus(&grown));
    exact.compare(&digits(number).times(&unit)).is_ge()
}

/// After any call the cap is at least what it was told is true; ratio and time move together, within the
/// step, or nothing does.
pub(crate) fn never_excludes(shape: CapShape, updates: &[Update]) {
    let (mut cap, mut now) = cap_of(shape);
    for update in updates {
        let before = cap;
        now += u64::from(update.after);
        let at = Timestamp::new(now.saturating_sub(update.age.into()));
        let snapshot = RatioSnapshot {
            ratio: Wad::from_raw(update.ratio),
            at,
        };
        let truth = Wad::from_raw(update.truth);
        let growth = update.growth.map(Wad::from_raw);
        let growth = growth.unwrap_or(cap.terms().growth);
        let terms = GrowthCapTerms {
            growth,
            ..cap.terms()
        };
        let at = Timestamp::new(now);
        let done = match update.growth {
            Some(_) => cap.update_terms(terms, snapshot, truth, at),
            None => cap.update(snapshot, truth, at),
        };
        if done.is_err() {
            assert_eq!(cap, before);
            continue;
        }
        assert!(reaches(&cap, now, update.truth));
        assert_eq!((cap.snapshot(), cap.terms()), (snapshot, terms));
        let waited = at.since(before.state().updated).unwrap();
        assert!(waited >= before.terms().min_delay);
        assert!(snapshot.at >= before.snapshot().at && snapshot.at.get() <= now);
        let (old, step) = (before.snapshot().ratio, cap.terms().max_step);
        let moved = Digits::of(old.abs_diff(snapshot.ratio).raw()).times(&Digits::of(Wad::SCALE));
        let most = Digits::of(old.raw()).times(&Digits::of(step.raw().into()));
        assert!(moved.compare(&most).is_le());
        assert_eq!(cap.capped(truth, Timestamp::new(now)), Ok(truth));
        assert_eq!(GrowthCap::restore(cap.state()), Ok(cap));
    }
}

/// A ratio that is raised lowers the cap at no time, by a step at most, after the delay; or nothing changes.
pub(crate) fn raising_never_lowers(shape: CapShape, updates: &[Update]) {
    let (mut cap, mut now) = cap_of(shape);
    for update in updates {
        let before = cap;
        now += u64::from(update.after);
        if cap
            .raise(Wad::from_raw(update.ratio), Timestamp::new(now))
            .is_err()
        {
            assert_eq!(cap, before);
            continue;
        }
        let (old, new) = (before.snapshot(), cap.snapshot());
        assert_eq!((new.at, new.ratio.raw()), (old.at, update.ratio));
        assert_eq!(cap.state().updated.get(), now);
        let waited = now - before.state().updated.get();
        assert!(waited >= cap.terms().min_delay.get());
        let moved = Digits::of(new.ratio.raw() - old.ratio.raw()).times(&Digits::of(Wad::SCALE));
        let step = u128::from(cap.terms().max_step.raw());
        let most = Digits::of(old.ratio.raw()).times(&Digits::of(step));
        assert!(moved.compare(&most).is_le());
        for time in [now, now + u64::from(update.age)] {
            let at = Timestamp::new(time);
            if let (Ok(old), Ok(new)) = (before.cap_at(at), cap.cap_at(at)) {
                assert!(new >= old);
            }
        }
        assert_eq!(GrowthCap::restore(cap.state()), Ok(cap));
    }
}

/// The cap is the floor of the exact one, and never falls; what counts is the smaller of it and the ratio.
pub(crate) fn growth_capped(shape: CapShape, ratio: u128, times: &[u32]) {
    let (cap, start) = cap_of(shape);
    let (mut times, mut last) = (times.to_vec(), 0);
    times.sort_unstable();
    for time in times {
        let now = start + u64::from(time);
        let at = Timestamp::new(now);
        let counted = cap.capped(Wad::from_raw(ratio), at).unwrap();
        let Ok(most) = cap.cap_at(at) else {
            assert!(reaches(&cap, now, u128::MAX));
            assert_eq!(counted.raw(), ratio);
            continue;
        };
        assert!(reaches(&cap, now, most.raw()));
        assert!(most == Wad::MAX || !reaches(&cap, now, most.raw() + 1));
        assert!(most.raw() >= last);
        assert_eq!(counted.raw(), ratio.min(most.raw()));
        last = most.raw();
    }
}

/// A snapshot of the latest time passes, and one of a unit later is refused.
pub(crate) fn snapshot_inverse_is_tight(shape: CapShape, ratio: u128, truth: u128, now: u32) {
    let (cap, _) = cap_of(shape);
    let (ratio, truth) = (Wad::from_raw(ratio.max(1)), Wad::from_raw(truth));
    let now = Timestamp::new(now.into());
    let made = |at| GrowthCap::new(cap.terms(), RatioSnapshot { ratio, at }, truth, now);
    match cap.latest_snapshot(ratio, truth, now) {
        Ok(latest) => {
            assert!(made(latest).is_ok());
            let later = latest.checked_add(Span::new(1)).unwrap();
            assert!(made(later).is_err());
        }
        Err(_) => assert!(made(Timestamp::new(0)).is_err()),
    }
}
