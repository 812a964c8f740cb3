//! Every valid curve from plain integers.

use tokenomics_emission_curves::{
    AnyCurve, ArrayEpochs, Capped, Compounding, CompoundingParams, Constant, Curve, Decay,
    Disinflation, DisinflationParams, Exponential, Geometric, GeometricEpochs,
    GeometricEpochsParams, GeometricParams, LinearRate, Logistic, PerBlock, Phase, Phases, Point,
    StepEpochs, Tail,
};
use tokenomics_fixed_math::{mul_div, Amount, Fraction, LogisticGrowth, Ratio, Rounding, Span};

use super::{at, Combined, Shape, Simple};

/// The most epochs that a shape has.
pub const CAPACITY: usize = 16;

/// A table of at most 16 epochs.
pub type Small = GeometricEpochs<ArrayEpochs<CAPACITY>>;

/// The curve of a shape: every kind, and every valid parameter of it, is some shape's.
pub fn curve(shape: Shape) -> AnyCurve {
    match shape.kind.combined {
        Combined::Alone => simple(shape),
        Combined::Capped => Capped::new(simple(shape), Amount::new(shape.rate)).into(),
        Combined::Phases => Phases::new(list_of_phases(shape).to_vec()).unwrap().into(),
        Combined::Tail => tail(shape).into(),
        Combined::PerBlock => per_block(shape).into(),
    }
}

fn simple(shape: Shape) -> AnyCurve {
    match shape.kind.simple {
        Simple::GeometricEpochs => GeometricEpochs::<Vec<_>>::new(epochs(shape))
            .unwrap()
            .into(),
        Simple::Constant => constant(shape).into(),
        Simple::LinearRate => linear_rate(shape).into(),
        Simple::StepEpochs => step_epochs(shape).into(),
        Simple::Geometric => geometric(shape).into(),
        Simple::Compounding => compounding(shape).into(),
        Simple::Logistic => logistic(shape).into(),
        Simple::Disinflation => disinflation(shape).into(),
        Simple::Continuous | Simple::HalfLife | Simple::PerUnit => exponential(shape).into(),
    }
}

/// The start and the end of a shape's curve.
pub fn from_to(shape: Shape) -> (u64, u64) {
    let start = shape.start.min(u64::MAX - 1);
    (start, start + shape.length.clamp(1, u64::MAX - start))
}

/// Its number of epochs is kept, and its length, rate and decay are made small enough for them.
pub fn geometric_epochs(shape: Shape) -> Small {
    GeometricEpochs::in_array(epochs(shape)).unwrap()
}

fn epochs(shape: Shape) -> GeometricEpochsParams {
    let count = u64::from(shape.count).clamp(1, CAPACITY as u64);
    let start = shape.start.min(u64::MAX - count);
    let length = shape.length.clamp(1, (u64::MAX - start) / count);
    let denominator = shape.denominator.max(1);
    // Either at most 1, so that the sum is at most count · length · rate, or one epoch only.
    let growing = shape.numerator > denominator;
    let count = if growing { 1 } else { count };
    let rate = shape.rate.clamp(1, u128::MAX / u128::from(count * length));
    GeometricEpochsParams {
        start: at(start),
        length: Span::new(length),
        initial_rate: Amount::new(rate),
        decay: Ratio::new(shape.numerator, denominator).unwrap(),
        max_epochs: Some(u32::try_from(count).unwrap()),
    }
}

/// A rate of at most what `length` has room for.
fn bounded(rate: u128, denominator: u128, length: u64) -> u128 {
    let most = mul_div(u128::MAX, denominator, length.into(), Rounding::Floor);
    rate.min(most.unwrap_or(u128::MAX))
}

/// At a rate of `rate / denominator`, as far as there is room for it.
pub fn constant(shape: Shape) -> Constant {
    let (start, end) = from_to(shape);
    let denominator = shape.denominator.max(1);
    let rate = bounded(shape.rate, denominator, end - start);
    let rate = Ratio::new(rate, denominator).unwrap();
    Constant::new(at(start), at(end), rate).unwrap()
}

/// From `rate` to `numerator`, over one denominator.
pub fn linear_rate(shape: Shape) -> LinearRate {
    let (start, end) = from_to(shape);
    let most = u128::MAX / 2 / u128::from(end - start);
    let denominator = shape.denominator.clamp(1, most);
    let rate = |rate| Ratio::new(bounded(rate, denominator, end - start), denominator).unwrap();
    let (initial, last) = (rate(shape.rate), rate(shape.numerator));
    LinearRate::new(at(start), at(end), initial, last).unwrap()
}

/// As many points as there are epochs and one, with gaps and rises that follow from the shape.
pub fn step_epochs(shape: Shape) -> StepEpochs<Vec<Point>> {
    let (start, end) = from_to(shape);
    let count = u64::from(shape.count).clamp(1, (end - start).min(CAPACITY as u64));
    let most = u128::MAX / u128::from(count);
    let mut points = vec![Point::new(at(start), Amount::ZERO)];
    let mut emitted = 0;
    for index in 1..=count {
        let whole = u128::from(end - start) * u128::from(index) / u128::from(count);
        let rise = match index % 4 {
            0 => 0,
            1 => shape.rate,
            2 => shape.numerator,
            _ => shape.denominator / 3,
        };
        emitted += rise.min(most);
        let time = start + u64::try_from(whole).unwrap();
        points.push(Point::new(at(time), Amount::new(emitted)));
    }
    StepEpochs::new(points).unwrap()
}

/// Numerator and denominator of a part above 0 and below 1.
fn part(numerator: u128, denominator: u128) -> Ratio {
    let denominator = denominator.max(2);
    Ratio::new(numerator.clamp(1, denominator - 1), denominator).unwrap()
}

/// A reserve of `rate`, continuously at a rate of `numerator / denominator`, with a half-life of as
/// many, or to as many parts in each unit.
pub fn exponential(shape: Shape) -> Exponential {
    let (start, end) = from_to(shape);
    let (numerator, denominator) = (shape.numerator, shape.denominator);
    let decay = match shape.kind.simple {
        Simple::Continuous => {
            Decay::Continuous(Ratio::new(numerator >> 65, denominator.max(1)).unwrap())
        }
        Simple::HalfLife => {
            Decay::HalfLife(Span::new(u64::try_from(denominator >> 64).unwrap().max(1)))
        }
        _ => Decay::PerUnit(part(numerator, denominator)),
    };
    Exponential::new(at(start), at(end), Amount::new(shape.rate), decay).unwrap()
}

/// Epochs of a `count`-th of the length.
pub fn geometric(shape: Shape) -> Geometric {
    let (start, end) = from_to(shape);
    let epoch = ((end - start) / u64::from(shape.count.max(1))).max(1);
    let decay = part(shape.numerator >> 64, shape.denominator >> 64);
    let params = GeometricParams {
        start: at(start),
        end: at(end),
        epoch: Span::new(epoch),
        total: Amount::new(shape.rate),
        decay,
    };
    Geometric::new(params).unwrap()
}

/// Up to e^30-fold of a supply that has room for it.
pub fn compounding(shape: Shape) -> Compounding {
    let (start, end) = from_to(shape);
    let numerator = (shape.numerator >> 66).max(1);
    let denominator = (shape.denominator >> 66).max(1);
    let rate = Ratio::new(numerator.min(denominator), denominator).unwrap();
    let period = ((end - start) / u64::from(shape.count.max(1))).max(1);
    let periods = 30 * rate.denominator() / rate.numerator().max(1);
    let periods = u64::try_from(periods).unwrap_or(u64::MAX);
    let end = end.min(start.saturating_add(period.saturating_mul(periods)));
    let params = CompoundingParams {
        start: at(start),
        end: at(end),
        supply: Amount::new(shape.rate >> 50),
        rate,
        period: Span::new(period),
    };
    Compounding::new(params).unwrap()
}

/// Years of any length, rates up to a half, and a taper of at least a tenth, so that the terminal rate is
/// less than 63 years away.
pub fn disinflation(shape: Shape) -> Disinflation {
    let (start, end) = from_to(shape);
    let (numerator, denominator) = (shape.numerator, shape.denominator);
    let fraction = |raw: u128| Fraction::from_raw(u64::try_from(raw).unwrap()).unwrap();
    let initial = fraction(numerator % (u128::from(Fraction::SCALE) / 2));
    let most = u128::from(Fraction::SCALE) / 10;
    let taper = fraction(most + denominator % (9 * most + 1));
    let terminal = fraction(10_u128.pow(16) + (numerator ^ denominator) % most);
    let year = Span::new(((end - start) / (u64::from(shape.count) * 4).max(1)).max(1));
    // 64 years of a half more would be 2^37.4 times the supply; a tenth a year for the rest.
    let end = end.min(start.saturating_add(year.get().saturating_mul(100)));
    let params = DisinflationParams {
        start: at(start),
        end: at(end),
        supply: Amount::new(shape.rate >> 60),
        year,
        initial,
        taper,
        terminal,
    };
    Disinflation::new(params).unwrap()
}

/// A simple curve of heights, at a block time with which its end is on the clock.
pub fn per_block(shape: Shape) -> PerBlock<AnyCurve> {
    let inner = simple(shape);
    let genesis = shape.start % (1 << 63);
    let (room, end) = (
        u128::from(u64::MAX - genesis),
        u128::from(inner.end().get()),
    );
    let denominator = shape.denominator.max(1) >> 64;
    // At least a unit of the denominator, so that a clock of many heights is a fast one.
    let denominator = denominator.max(end.div_ceil(room.max(1)));
    let most = mul_div(room, denominator.max(1), end.max(1), Rounding::Floor);
    let numerator = shape.numerator.clamp(1, most.unwrap_or(u128::MAX).max(1));
    let block_time = Ratio::new(numerator, denominator.max(1)).unwrap();
    PerBlock::new(inner, at(genesis), block_time).unwrap()
}

/// A simple curve, of a quarter of all there is, with a floor of about its average rate.
pub fn tail(shape: Shape) -> Tail<AnyCurve> {
    let inner = AnyCurve::from(Capped::new(simple(shape), Amount::new(u128::MAX / 4)));
    let time = u128::from((inner.end().get() - inner.start().get()).max(1));
    let most = Ratio::new(
        (inner.cap().get() / time).max(1),
        u128::from(shape.count.max(1)),
    )
    .unwrap();
    let room = u128::MAX / 4 / most.numerator();
    let room = u64::try_from(room).unwrap_or(u64::MAX).min(shape.length);
    Tail::new(
        inner.clone(),
        most,
        at(inner.end().get().saturating_add(room)),
    )
    .unwrap()
}

/// From `numerator` to `rate`, as far as that is more.
pub fn logistic(shape: Shape) -> Logistic {
    let (start, end) = from_to(shape);
    let ceiling = shape.rate.max(2);
    let supply = shape.numerator.clamp(1, ceiling - 1);
    // A few e-folds from the start to the end, or any rate at all.
    let rate = if shape.count % 2 == 0 {
        Ratio::new(u128::from(shape.count) * 5, (end - start).into()).unwrap()
    } else {
        Ratio::new(shape.numerator >> 65, shape.denominator.max(1)).unwrap()
    };
    let growth = LogisticGrowth::new(Amount::new(supply), Amount::new(ceiling), rate);
    Logistic::new(at(start), at(end), growth.unwrap()).unwrap()
}

/// Three curves with a third of the room each, of which one may be cut off, and one be taken over
/// from its middle or after its end.
pub fn list_of_phases(shape: Shape) -> [Phase<AnyCurve>; 3] {
    let (first, kind) = (shape.start.min(u64::MAX - 2), shape.kind.simple);
    let gap = (shape.length / 3).clamp(1, (u64::MAX - first) / 2);
    let third = Amount::new(u128::MAX / 3);
    let capped = |shape| AnyCurve::from(Capped::new(simple(shape), third));
    let second = Shape {
        length: gap,
        rate: shape.numerator,
        ..shape.alone(kind.after(1))
    };
    let third = Shape {
        start: first + gap,
        rate: shape.rate / 2,
        ..shape.alone(kind.after(2))
    };
    [
        Phase::new(at(first), capped(shape)),
        Phase::new(at(first + gap), capped(second)),
        Phase::new(at(first + 2 * gap), capped(third)),
    ]
}
