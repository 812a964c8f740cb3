//! What `emitted_between` costs over a second and over a hundred years, in nanoseconds: for each curve
//! the best of many batches, so that what else a machine does doesn't count.
//!
//! ```sh
//! cargo run --release -p tokenomics-emission-curves --example speed
//! ```

use std::hint::black_box;
use std::time::Instant;

use tokenomics_emission_curves::{
    ArrayEpochs, Capped, Compounding, CompoundingParams, Constant, Curve, Decay, Disinflation,
    DisinflationParams, Error, Exponential, Geometric, GeometricEpochs, GeometricEpochsParams,
    GeometricParams, LinearRate, Logistic, Phase, Phases, Point, StepEpochs, Tail,
};
use tokenomics_fixed_math::{fraction, Amount, LogisticGrowth, Ratio, Span, Timestamp};

const YEAR: u64 = 31_536_000;
const CALLS: u64 = 2_000;
const BATCHES: u32 = 500;

/// Nanoseconds a call, over intervals of one length that begin at different times.
fn nanoseconds(curve: &dyn Curve, length: u64) -> f64 {
    let batch = || {
        let begin = Instant::now();
        for call in 0..CALLS {
            // From the first day on, a prime number of seconds apart.
            let from = 86_400 + call * 40_009;
            let to = Timestamp::new(from + length);
            black_box(black_box(curve).emitted_between(Timestamp::new(from), black_box(to)));
        }
        begin.elapsed().as_nanos() as f64 / CALLS as f64
    };
    (0..BATCHES).map(|_| batch()).fold(f64::INFINITY, f64::min)
}

fn main() -> Result<(), Error> {
    let (start, end) = (Timestamp::ZERO, Timestamp::new(150 * YEAR));
    let year = Span::new(YEAR);
    let billion = Amount::new(10_u128.pow(27));
    let rate = Ratio::new(10_u128.pow(27), 150 * u128::from(YEAR))?;
    let constant = Constant::new(start, end, rate)?;
    let linear = LinearRate::new(start, end, rate, Ratio::ZERO)?;
    let decay = Decay::Continuous(Ratio::new(5, 100 * u128::from(YEAR))?);
    let exponential = Exponential::new(start, end, billion, decay)?;
    let half = Decay::HalfLife(Span::new(4 * YEAR));
    let half_life = Exponential::new(start, end, billion, half)?;
    let quarter = Ratio::new(10_u128.pow(18), 1_189_207_115_002_721_024)?;
    let geometric = Geometric::new(GeometricParams {
        start,
        end,
        epoch: year,
        total: billion,
        decay: quarter,
    })?;
    let compounding = Compounding::new(CompoundingParams {
        start,
        end,
        supply: billion,
        rate: Ratio::new(2, 100)?,
        period: year,
    })?;
    let slow = Ratio::new(1, 10 * u128::from(YEAR))?;
    let logistic = Logistic::new(
        start,
        end,
        LogisticGrowth::new(Amount::new(10_u128.pow(25)), billion, slow)?,
    )?;
    let disinflation = Disinflation::new(DisinflationParams {
        start,
        end,
        supply: billion,
        year,
        initial: fraction!("0.08"),
        taper: fraction!("0.15"),
        terminal: fraction!("0.015"),
    })?;
    let epochs = GeometricEpochs::<ArrayEpochs<245>>::in_array(GeometricEpochsParams {
        start,
        length: year,
        initial_rate: Amount::new(8_714_335_457_889_396_245),
        decay: quarter,
        max_epochs: None,
    })?;
    let mut points = [Point::new(start, Amount::ZERO); 151];
    for index in 1..points.len() {
        points[index] = points[index - 1].after(year, Amount::new(1_000 - index as u128))?;
    }
    let steps = StepEpochs::new(points)?;
    let tail = Tail::new(exponential, Ratio::new(10_u128.pow(16), 1)?, end)?;
    let capped = Capped::new(constant, Amount::new(10_u128.pow(26)));
    let phases: [Phase<&dyn Curve>; 2] = [
        Phase::new(start, &linear),
        Phase::new(Timestamp::new(50 * YEAR), &exponential),
    ];
    let phases = Phases::new(phases)?;

    let curves: [(&str, &dyn Curve); 13] = [
        ("Constant", &constant),
        ("LinearRate", &linear),
        ("Exponential, continuous", &exponential),
        ("Exponential, half-life", &half_life),
        ("Geometric", &geometric),
        ("Compounding", &compounding),
        ("Logistic", &logistic),
        ("Disinflation", &disinflation),
        ("GeometricEpochs, 245", &epochs),
        ("StepEpochs, 150", &steps),
        ("Tail of an exponential", &tail),
        ("Capped constant", &capped),
        ("Phases, a line and an exponential", &phases),
    ];
    println!("| curve | 1 second | 100 years |");
    println!("| --- | --- | --- |");
    for (name, curve) in curves {
        let (second, century) = (nanoseconds(curve, 1), nanoseconds(curve, 100 * YEAR));
        println!("| {name} | {second:.0} | {century:.0} |");
    }
    Ok(())
}
