//! The laws of curves.

use tokenomics_emission_curves::{ArrayEpochs, Curve, GeometricEpochs};
use tokenomics_fixed_math::{Amount, Ratio, Span, U256};

use super::at;

/// Start, length of an epoch, initial rate, decay as numerator and denominator, and number of
/// epochs.
pub type Shape = (u64, u64, u128, u128, u128, u8);

/// The most epochs that a shape has.
pub const CAPACITY: usize = 16;

/// A curve of at most 16 epochs.
pub type Small = GeometricEpochs<ArrayEpochs<CAPACITY>>;

/// The curve of a shape: its number of epochs is kept, and its length, rate and decay are made
/// small enough for them.
pub fn curve((start, length, rate, numerator, denominator, count): Shape) -> Small {
    let count = u64::from(count).clamp(1, CAPACITY as u64);
    let start = start.min(u64::MAX - count);
    let length = length.clamp(1, (u64::MAX - start) / count);
    let denominator = denominator.max(1);
    // Either at most 1, so that the sum is at most count · length · rate, or one epoch only.
    let growing = numerator > denominator;
    let count = if growing { 1 } else { count };
    let rate = rate.clamp(1, u128::MAX / u128::from(count * length));
    GeometricEpochs::in_array(
        at(start),
        Span::new(length),
        Amount::new(rate),
        Ratio::new(numerator, denominator).unwrap(),
        Some(u32::try_from(count).unwrap()),
    )
    .unwrap()
}

/// The time asked about, the same folded into the curve's span, the borders of the curve and of the
/// epoch it falls in, and the times next to each; in order.
fn moments(curve: &Small, time: u64) -> Vec<u64> {
    let (start, end) = (curve.start().get(), curve.end().get());
    let folded = match (end - start).checked_add(1) {
        Some(span) => start + time % span,
        None => time,
    };
    let border = folded - (folded - start) % curve.length().get();
    let mut moments = Vec::new();
    for moment in [0, time, folded, border, start, end, u64::MAX] {
        moments.extend([moment.saturating_sub(1), moment, moment.saturating_add(1)]);
    }
    moments.sort_unstable();
    moments
}

/// What the epochs say, added up one by one: the definition that the closed form must meet.
fn added_up(curve: &Small, time: u64) -> u128 {
    let mut begin = curve.start().get();
    let mut sum = 0;
    for epoch in curve.epochs() {
        let within = time.saturating_sub(begin).min(curve.length().get());
        sum += epoch.rate().get() * u128::from(within);
        begin += curve.length().get();
    }
    sum
}

/// Each epoch's rate is the one before it times the decay, rounded down; a rate of 0 ends it.
pub fn each_rate_is_the_last_one_decayed(shape: Shape) {
    let curve = curve(shape);
    let (.., numerator, denominator, _) = shape;
    let decay = Ratio::new(numerator, denominator.max(1)).unwrap();
    assert_eq!(curve.decay(), decay);
    assert!(!curve.epochs().is_empty());
    let mut before = Amount::ZERO;
    for (index, epoch) in curve.epochs().iter().enumerate() {
        assert!(!epoch.rate().is_zero());
        assert_eq!(epoch.emitted_before(), before);
        let emitted = epoch.rate().get() * u128::from(curve.length().get());
        before = before.checked_add(Amount::new(emitted)).unwrap();
        if let Some(next) = curve.epochs().get(index + 1) {
            // rate' ≤ rate · decay < rate' + 1.
            let against_exact = |next: u128| {
                let (rate, numerator) = (epoch.rate().get(), decay.numerator());
                U256::cmp_products(next, decay.denominator(), rate, numerator)
            };
            let next = next.rate().get();
            assert!(against_exact(next).is_le() && against_exact(next + 1).is_gt());
        }
    }
    assert_eq!(curve.cap(), before);
}

/// What is emitted over two adjoining intervals is what is emitted over both, and an interval is
/// the sum of its epochs' parts.
pub fn additive(shape: Shape, times: [u64; 3]) {
    let curve = curve(shape);
    let mut times = times;
    times.sort_unstable();
    let [a, b, c] = times;
    let emitted = |from, to| curve.emitted_between(at(from), at(to)).get();
    assert_eq!(emitted(a, b) + emitted(b, c), emitted(a, c));
    assert!(emitted(c, a) == 0);
    for moment in moments(&curve, a) {
        assert_eq!(emitted(0, moment), added_up(&curve, moment));
        assert_eq!(
            emitted(0, moment) + emitted(moment, u64::MAX),
            curve.cap().get()
        );
    }
}

/// Never above the cap, nothing at the start and before, the cap from the end on.
pub fn capped(shape: Shape, time: u64) {
    let curve = curve(shape);
    for moment in moments(&curve, time) {
        let emitted = curve.emitted_at(at(moment));
        assert!(emitted <= curve.cap());
        assert!(at(moment) > curve.start() || emitted.is_zero());
        assert!(at(moment) < curve.end() || emitted == curve.cap());
    }
}

/// Later never has emitted less.
pub fn monotone(shape: Shape, time: u64) {
    let curve = curve(shape);
    let emitted: Vec<_> = moments(&curve, time)
        .into_iter()
        .map(|moment| curve.emitted_at(at(moment)))
        .collect();
    assert!(emitted.is_sorted(), "{curve:?}: {emitted:?}");
}

/// `time_of` is the earliest time by which the amount was emitted, and `None` above the cap only.
pub fn inverse_is_tight(shape: Shape, amount: u128) {
    let curve = curve(shape);
    let cap = curve.cap().get();
    let folded = cap.checked_add(1).map_or(amount, |all| amount % all);
    let mut amounts = vec![amount, folded, 0, 1, cap, cap.saturating_add(1)];
    for epoch in curve.epochs() {
        let border = epoch.emitted_before().get();
        amounts.extend([border.saturating_sub(1), border, border + 1]);
    }
    for amount in amounts {
        let Some(time) = curve.time_of(Amount::new(amount)) else {
            assert!(amount > cap, "{curve:?} never emits {amount}");
            continue;
        };
        assert!(amount <= cap);
        assert!(curve.emitted_at(time).get() >= amount);
        if let Some(earlier) = time.get().checked_sub(1) {
            assert!(
                curve.emitted_at(at(earlier)).get() < amount,
                "{curve:?} emits {amount} before {time}"
            );
        }
    }
}

/// The rate is what one unit of the clock emits, and that of the epoch in force.
pub fn rate_is_the_next_unit(shape: Shape, time: u64) {
    let curve = curve(shape);
    for moment in moments(&curve, time) {
        let rate = curve.rate_at(at(moment));
        let next = at(moment.saturating_add(1));
        assert_eq!(rate, curve.emitted_between(at(moment), next));
        let epoch = curve.epoch_at(at(moment));
        let running = curve.start() <= at(moment) && at(moment) < curve.end();
        assert_eq!(epoch.is_some(), running);
        assert_eq!(rate, epoch.map_or(Amount::ZERO, |epoch| epoch.rate()));
    }
}
