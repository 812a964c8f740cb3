//! The constructors of the generators: any integers, brought into the range that `new` accepts.
//! Parameters that are in range already stay as they are.

use tokenomics_fixed_math::{Amount, Fraction, LogisticGrowth, Ratio, Span, Timestamp};

use crate::table::Table;
use crate::{
    Compounding, Constant, Decay, Disinflation, Error, Exponential, Geometric, GeometricEpochs,
    LinearRate, Logistic,
};

pub(crate) fn geometric_epochs<E: Table>(
    start: Timestamp,
    length: Span,
    rate: Amount,
    decay: Ratio,
    epochs: u32,
) -> Option<GeometricEpochs<E>> {
    // One epoch of a growing rate; of any other the first is the largest, and bounds the sum.
    let most = if decay > Ratio::ONE { 1 } else { E::max() };
    let epochs = epochs.clamp(1, most.max(1));
    let start = start.min(Timestamp::new(u64::MAX.saturating_sub(epochs.into())));
    let room = Timestamp::MAX.since(start)?.get();
    let length = length.get().clamp(1, room.checked_div(epochs.into())?);
    let time = u128::from(length).checked_mul(epochs.into())?;
    let rate = rate.get().clamp(1, u128::MAX.checked_div(time)?);
    let (length, rate) = (Span::new(length), Amount::new(rate));
    GeometricEpochs::build(start, length, rate, decay, Some(epochs)).ok()
}

/// Builds the curve of an amount, or of the largest part of it, by a power of two, that fits; of 0
/// or 1 it does.
fn of_a_part<C>(of: u128, build: impl Fn(u128) -> Result<C, Error>) -> Option<C> {
    let part = |shift: u32| build(of.checked_shr(shift).unwrap_or(0)).ok();
    (0..=128).find_map(part)
}

/// Returns the two times, the earlier one first and the later one after it.
fn interval(from: Timestamp, to: Timestamp) -> (Timestamp, Timestamp) {
    let (start, end) = (from.min(to), from.max(to));
    let start = start.min(Timestamp::new(u64::MAX.saturating_sub(1)));
    let next = Timestamp::new(start.get().saturating_add(1));
    (start, end.max(next))
}

/// Returns a part above 0 and below 1.
fn part(of: Ratio) -> Option<Ratio> {
    let denominator = of.denominator().max(2);
    let most = denominator.checked_sub(1)?;
    Ratio::new(of.numerator().clamp(1, most), denominator).ok()
}

/// Returns the ratio with terms of 62 bits at most.
fn short(of: Ratio) -> Option<Ratio> {
    let larger = of.numerator().max(of.denominator());
    let down = 66_u32.saturating_sub(larger.leading_zeros());
    let shifted = |term: u128| term.checked_shr(down).unwrap_or(0);
    Ratio::new(shifted(of.numerator()), shifted(of.denominator()).max(1)).ok()
}

pub(crate) fn constant(from: Timestamp, to: Timestamp, rate: Ratio) -> Option<Constant> {
    let (start, end) = interval(from, to);
    of_a_part(rate.numerator(), |n| {
        Constant::new(start, end, Ratio::new(n, rate.denominator())?)
    })
}

pub(crate) fn linear_rate(
    from: Timestamp,
    to: Timestamp,
    initial: Ratio,
    last: u128,
) -> Option<LinearRate> {
    let (start, end) = interval(from, to);
    // Twice the length times it fits.
    let denominator = initial.denominator().min(1 << 62);
    let second = of_a_part(last, |n| {
        LinearRate::new(start, end, Ratio::ZERO, Ratio::new(n, denominator)?)
    })?;
    of_a_part(initial.numerator(), |n| {
        LinearRate::new(start, end, Ratio::new(n, denominator)?, second.last_rate())
    })
}

/// Builds a decay of the kind given by a number: a rate, a half-life, or a part in each unit.
pub(crate) fn decay(kind: u8, rate: Ratio, half_life: Span) -> Option<Decay> {
    Some(match kind % 3 {
        0 => Decay::Continuous(short(rate)?),
        1 => Decay::HalfLife(half_life.max(Span::new(1))),
        _ => Decay::PerUnit(part(rate)?),
    })
}

pub(crate) fn exponential(
    from: Timestamp,
    to: Timestamp,
    reserve: Amount,
    decay: Decay,
) -> Option<Exponential> {
    let (start, end) = interval(from, to);
    Exponential::new(start, end, reserve, decay).ok()
}

pub(crate) fn geometric(
    from: Timestamp,
    to: Timestamp,
    epoch: Span,
    total: Amount,
    decay: Ratio,
) -> Option<Geometric> {
    let (start, end) = interval(from, to);
    let epoch = epoch.max(Span::new(1));
    Geometric::new(start, end, epoch, total, part(short(decay)?)?).ok()
}

pub(crate) fn compounding(
    from: Timestamp,
    to: Timestamp,
    supply: Amount,
    rate: Ratio,
    period: Span,
) -> Option<Compounding> {
    let (start, end) = interval(from, to);
    let (rate, period) = (short(rate)?, period.max(Span::new(1)));
    of_a_part(supply.get(), |supply| {
        Compounding::new(start, end, Amount::new(supply), rate, period)
    })
}

pub(crate) fn logistic(
    from: Timestamp,
    to: Timestamp,
    supply: Amount,
    ceiling: Amount,
    rate: Ratio,
) -> Option<Logistic> {
    let (start, end) = interval(from, to);
    let ceiling = ceiling.max(Amount::new(2));
    let most = Amount::new(ceiling.get().checked_sub(1)?);
    let supply = supply.clamp(Amount::new(1), most);
    let growth = LogisticGrowth::new(supply, ceiling, short(rate)?).ok()?;
    Logistic::new(start, end, growth).ok()
}

/// Builds a disinflation; its rates are the initial one, the part by which it falls, and the
/// terminal one.
pub(crate) fn disinflation(
    from: Timestamp,
    to: Timestamp,
    supply: Amount,
    year: Span,
    rates: [Fraction; 3],
) -> Option<Disinflation> {
    let (start, end) = interval(from, to);
    let year = year.max(Span::new(1));
    let [initial, taper, terminal] = rates;
    of_a_part(supply.get(), |supply| {
        let supply = Amount::new(supply);
        Disinflation::new(start, end, supply, year, initial, taper, terminal)
    })
    .or_else(|| {
        // So slow a fall, or so large a rate for so long.
        Disinflation::new(
            start,
            end,
            supply,
            year,
            Fraction::ZERO,
            taper,
            Fraction::ZERO,
        )
        .ok()
    })
}

#[cfg(feature = "arbitrary")]
mod with_arbitrary {
    use arbitrary::{Arbitrary, Error, Result, Unstructured};

    use crate::table::Table;
    use crate::{
        Compounding, Constant, Decay, Disinflation, Exponential, Geometric, GeometricEpochs,
        LinearRate, Logistic,
    };

    /// Draws the arguments of the function of the given name, and builds with it.
    macro_rules! fit {
        ($($type:ident: $fitted:ident($($field:ident),+);)+) => {$(
            impl<'a> Arbitrary<'a> for $type {
                fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
                    let ($($field),+) = Arbitrary::arbitrary(bytes)?;
                    super::$fitted($($field),+).ok_or(Error::IncorrectFormat)
                }
            }
        )+};
    }

    fit! {
        Constant: constant(from, to, rate);
        LinearRate: linear_rate(from, to, initial, last);
        Decay: decay(kind, rate, half_life);
        Exponential: exponential(from, to, reserve, decay);
        Geometric: geometric(from, to, epoch, total, decay);
        Compounding: compounding(from, to, supply, rate, period);
        Logistic: logistic(from, to, supply, ceiling, rate);
        Disinflation: disinflation(from, to, supply, year, rates);
    }

    impl<'a, E: Table> Arbitrary<'a> for GeometricEpochs<E> {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (start, length, rate, decay, epochs) = Arbitrary::arbitrary(bytes)?;
            super::geometric_epochs(start, length, rate, decay, epochs)
                .ok_or(Error::IncorrectFormat)
        }
    }
}
