//! The codecs of the curves that are made of plain parameters.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Span, Timestamp};
use tokenomics_internals::checked_codec;

#[cfg(any(feature = "borsh", feature = "scale"))]
use super::message;

use crate::{
    Baseline, Compounding, Constant, Curve, Decay, Disinflation, Error, Exponential, Geometric,
    LinearRate, Logistic,
};

checked_codec! {
    error: Error, refused: message;
    Constant::new as RawConstant {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        rate: Ratio = Constant::rate,
    }
    LinearRate::new as RawLinearRate {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        initial: Ratio = LinearRate::initial_rate,
        last: Ratio = LinearRate::last_rate,
    }
    Exponential::new as RawExponential {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        reserve: Amount = Exponential::reserve,
        decay: Decay = Exponential::decay,
    }
    Geometric::new as RawGeometric {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        epoch: Span = Geometric::epoch,
        total: Amount = Geometric::total,
        decay: Ratio = Geometric::decay,
    }
    Compounding::new as RawCompounding {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        supply: Amount = Compounding::supply,
        rate: Ratio = Compounding::rate,
        period: Span = Compounding::period,
    }
    Baseline::new as RawBaseline {
        reserve: Amount = Baseline::reserve,
        decay: Decay = Baseline::decay,
        power: u128 = Baseline::power,
        factor: Ratio = Baseline::factor,
    }
    Disinflation::new as RawDisinflation {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        supply: Amount = Disinflation::supply,
        year: Span = Disinflation::year,
        initial: Fraction = Disinflation::initial,
        taper: Fraction = Disinflation::taper,
        terminal: Fraction = Disinflation::terminal,
    }
    Logistic::new as RawLogistic {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        supply: Amount = Logistic::supply,
        ceiling: Amount = Logistic::ceiling,
        rate: Ratio = Logistic::rate,
    }
}
