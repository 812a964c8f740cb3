//! The laws that every curve keeps.

use tokenomics_emission_curves::{AnyCurve, Curve};
use tokenomics_fixed_math::Amount;

use super::{at, curve, Shape};

/// The time asked about, the same folded into the curve's span and into its thirds, the curve's
/// ends, and the times next to each; in order.
pub fn moments(curve: &AnyCurve, time: u64) -> Vec<u64> {
    let (start, end) = (curve.start().get(), curve.end().get());
    let folded = match (end - start).checked_add(1) {
        Some(span) => start + time % span,
        None => time,
    };
    let (third, half) = ((end - start) / 3, (end - start) / 2);
    let mut moments = Vec::new();
    for moment in [
        0,
        time,
        folded,
        start,
        start + third,
        start + half,
        end - third,
        end,
        u64::MAX,
    ] {
        moments.extend([moment.saturating_sub(1), moment, moment.saturating_add(1)]);
    }
    moments.sort_unstable();
    moments
}

/// What is emitted over two adjoining intervals is what is emitted over both.
pub fn additive(shape: Shape, times: [u64; 3]) {
    let curve = curve(shape);
    let mut times = times;
    times.sort_unstable();
    let [a, b, c] = times;
    let emitted = |from, to| curve.emitted_between(at(from), at(to)).get();
    assert_eq!(emitted(a, b) + emitted(b, c), emitted(a, c));
    assert!(emitted(c, a) == 0);
    for moment in moments(&curve, a) {
        let after = curve.remaining_after(at(moment)).get();
        assert_eq!(emitted(0, moment) + after, curve.cap().get());
        assert_eq!(emitted(moment, u64::MAX), after);
    }
}

/// However an interval is cut up, into up to 10,000 parts, and in whichever order one asks, the
/// parts sum to it.
pub fn step_independent(shape: Shape, times: [u64; 2], seed: u64, parts: u16) {
    let curve = curve(shape);
    let (from, to) = (times[0].min(times[1]), times[0].max(times[1]));
    // A third of the cuts are close together, so that many parts are of one unit of the clock.
    let mut state = seed;
    let mut cuts = vec![from, to];
    for index in 0..parts.min(10_000) {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let room = if index % 3 == 0 {
            (to - from).min(1_000)
        } else {
            to - from
        };
        let offset = (u128::from(state) * (u128::from(room) + 1)) >> 64;
        cuts.push(from + u64::try_from(offset).unwrap());
    }
    cuts.sort_unstable();
    let part = |pair: &[u64]| curve.emitted_between(at(pair[0]), at(pair[1])).get();
    let sum: u128 = cuts.windows(2).map(part).sum();
    let backwards: u128 = cuts.windows(2).rev().map(part).sum();
    let whole = curve.emitted_between(at(from), at(to)).get();
    assert_eq!((sum, backwards), (whole, whole), "{shape:?}");
}

/// Never above the cap, nothing at the start and before, the cap from the end on.
pub fn capped(shape: Shape, time: u64) {
    let curve = curve(shape);
    assert!(curve.start() <= curve.end(), "{shape:?}");
    for moment in moments(&curve, time) {
        let emitted = curve.emitted_at(at(moment));
        assert!(emitted <= curve.cap());
        assert!(at(moment) > curve.start() || emitted.is_zero(), "{shape:?}");
        assert!(
            at(moment) < curve.end() || emitted == curve.cap(),
            "{shape:?}"
        );
    }
}

/// Later never has emitted less.
pub fn monotone(shape: Shape, time: u64) {
    let curve = curve(shape);
    let emitted: Vec<_> = moments(&curve, time)
        .into_iter()
        .map(|moment| curve.emitted_at(at(moment)))
        .collect();
    assert!(emitted.is_sorted(), "{shape:?}: {emitted:?}");
}

/// `time_of` is the earliest time by which the amount was emitted, and `None` above the cap only.
pub fn inverse_is_tight(shape: Shape, amount: u128) {
    let curve = curve(shape);
    let cap = curve.cap().get();
    let folded = cap.checked_add(1).map_or(amount, |all| amount % all);
    let mut amounts = vec![amount, folded, 0, 1, cap, cap.saturating_add(1)];
    for moment in moments(&curve, u64::try_from(folded >> 64).unwrap()) {
        let border = curve.emitted_at(at(moment)).get();
        amounts.extend([border.saturating_sub(1), border, border.saturating_add(1)]);
    }
    for amount in amounts {
        let Some(time) = curve.time_of(Amount::new(amount)) else {
            assert!(amount > cap, "{shape:?} never emits {amount}");
            continue;
        };
        assert!(amount <= cap, "{shape:?}");
        assert!(
            curve.emitted_at(time).get() >= amount,
            "{shape:?}: {amount}"
        );
        if let Some(earlier) = time.get().checked_sub(1) {
            assert!(
                curve.emitted_at(at(earlier)).get() < amount,
                "{shape:?} emits {amount} before {time}"
            );
        }
    }
}

/// The rate is what one unit of the clock emits.
pub fn rate_is_the_next_unit(shape: Shape, time: u64) {
    let curve = curve(shape);
    for moment in moments(&curve, time) {
        let next = at(moment.saturating_add(1));
        let emitted = curve.emitted_between(at(moment), next);
        assert_eq!(curve.rate_at(at(moment)), emitted, "{shape:?}");
    }
}
