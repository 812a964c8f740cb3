//! The laws of weights that move with time.

use tokenomics_fixed_math::{Amount, Fraction, Timestamp};
use tokenomics_liquidity_curves::{Fee, GradualWeights, Market, Sell, Weighted};

use super::draw::{big, sell, Draw};

/// The numbers that weights in time are made of.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct GradualDraw {
    pub start: u64,
    /// One less than how long the weights move.
    pub span: u64,
    /// What each weight but the last takes of the rest, of both sets.
    pub parts: [[u64; 4]; 2],
}

impl GradualDraw {
    fn weights<const N: usize>(&self) -> GradualWeights<N> {
        let start = self.start.min(u64::MAX - 1);
        let end = start + 1 + self.span.min(u64::MAX - 1 - start);
        let [from, to] = self.parts.map(|parts| weights::<N>(&parts));
        let [start, end] = [start, end].map(Timestamp::new);
        GradualWeights::new(start, end, from, to).unwrap()
    }
}

fn weights<const N: usize>(parts: &[u64]) -> [Fraction; N] {
    let mut rest = Fraction::SCALE;
    let mut weights = [Fraction::ZERO; N];
    for (at, weight) in weights.iter_mut().enumerate() {
        let left = u64::try_from(N - 1 - at).unwrap();
        let raw = match left {
            0 => rest,
            _ => 1 + parts[at] % (rest - left),
        };
        rest -= raw;
        *weight = Fraction::from_raw(raw).unwrap();
    }
    weights
}

/// Weights sum to 1 at any time, lie between their ends and near their lines, and none ever turns back;
/// they are what a pool of them takes.
pub fn gradual_weights(draw: GradualDraw, times: [u64; 2]) {
    lines(draw.weights::<2>(), times, 1);
    lines(draw.weights::<4>(), times, 4);
}

fn lines<const N: usize>(gradual: GradualWeights<N>, times: [u64; 2], within: i128) {
    let (start, end) = (gradual.start().get(), gradual.end().get());
    let (from, to) = (gradual.start_weights(), gradual.end_weights());
    let around = |time: u64| [start, start + time % (end - start), time, end];
    let mut times: Vec<u64> = times.into_iter().flat_map(around).collect();
    times.extend(times.clone().iter().filter_map(|time| time.checked_add(1)));
    times.sort_unstable();
    let mut last = from;
    for time in times {
        let weights = gradual.weights_at(Timestamp::new(time));
        let raw = |weight: Fraction| i128::from(weight.raw());
        let sum: i128 = weights.into_iter().map(raw).sum();
        assert_eq!(sum, raw(Fraction::ONE), "{time}");
        for (at, &weight) in weights.iter().enumerate() {
            let (low, high) = (last[at].min(to[at]), last[at].max(to[at]));
            assert!(low <= weight && weight <= high, "{time}: {weights:?}");
            let passed = i128::from(time.clamp(start, end) - start);
            let (moved, whole) = (raw(to[at]) - raw(from[at]), i128::from(end - start));
            let line = raw(from[at]) * whole + moved * passed;
            assert!(
                (raw(weight) * whole - line).abs() < within * whole,
                "{time}"
            );
        }
        let pool = Weighted::new([Amount::new(1); N], weights, Fee::NONE);
        assert!(pool.is_ok());
        last = weights;
    }
    assert_eq!(gradual.weights_at(Timestamp::new(start)), from);
    assert_eq!(last, gradual.weights_at(Timestamp::MAX));
    assert_eq!(gradual.weights_at(Timestamp::MAX), to);
}

/// At the weights of each time, a swap moves what a pool made with them would move, and never lowers the
/// invariant: by whole powers where the weights are whole percents. Reserves and shares stay as they are
/// while the weights move, and the price follows them.
pub fn gradual_weights_keep_the_invariant(
    draw: Draw,
    percents: [u8; 2],
    trades: [(u8, bool, u128); 3],
) {
    let [from, to] = percents.map(|percent| 1 + u64::from(percent) % 99);
    let pair = |percent: u64| [percent, 100 - percent].map(Fraction::from_percent);
    let [start, end] = [from, to].map(|percent| pair(percent).map(Result::unwrap));
    let span = from.abs_diff(to).max(1);
    let gradual = GradualWeights::new(Timestamp::new(0), Timestamp::new(span), start, end).unwrap();
    let mut pool = Weighted::new(draw.reserves(), start, draw.fee()).unwrap();
    let mut now = 0;
    for (after, direction, amount) in trades {
        now = (now + u64::from(after) % 20).min(span);
        let weights = gradual.weights_at(Timestamp::new(now));
        let moved = now.min(from.abs_diff(to));
        let percent = if from < to {
            from + moved
        } else {
            from - moved
        };
        assert_eq!(weights.map(Ok), pair(percent));
        let before = pool;
        pool.set_weights(weights).unwrap();
        assert_eq!(pool.reserves(), before.reserves());
        assert_eq!(pool.shares(), before.shares());
        // A price of more than 128 bits is none.
        if let (Ok(price), Ok(then)) = (pool.price(), before.price()) {
            assert_eq!(price.cmp(&then), weights[0].cmp(&before.weights()[0]));
        }
        swap(&mut pool, percent, sell(direction), Amount::new(amount));
    }
}

fn swap(pool: &mut Weighted<2>, percent: u64, sell: Sell, amount: Amount) {
    let before = *pool;
    let (from, to) = match sell {
        Sell::Token0 => (0, 1),
        Sell::Token1 => (1, 0),
    };
    let mut made = Weighted::restore(pool.state()).unwrap();
    let swap = pool.swap_exact_in(from, to, amount);
    assert_eq!(made.swap_exact_in(from, to, amount), swap);
    let product = |pool: &Weighted<2>| {
        let [reserve0, reserve1] = pool.reserves().map(|reserve| big(reserve.get()));
        let [w0, w1] = [percent, 100 - percent].map(|each| u32::try_from(each).unwrap());
        reserve0.pow(w0) * reserve1.pow(w1)
    };
    assert!(product(pool) >= product(&before), "{swap:?}");
    // A set that isn't one leaves the pool as it is.
    let kept = *pool;
    assert!(pool.set_weights([Fraction::ONE; 2]).is_err() && *pool == kept);
}
