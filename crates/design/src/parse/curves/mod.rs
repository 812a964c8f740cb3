//! The curve of an emission, by its kind.

mod baseline;
mod clock;
mod followed;
mod keys;
mod lists;
mod path;

use tokenomics_emission_curves::{
    AnyCurve, Capped, Compounding, CompoundingParams, Constant, Curve as _, Disinflation,
    DisinflationParams, Error, Exponential, Geometric, GeometricEpochs, GeometricEpochsParams,
    GeometricParams, LinearRate, Logistic, Tail,
};
use tokenomics_fixed_math::{
    Amount, Error as MathError, LogisticGrowth, PackedError, Ratio, Span, Timestamp,
};

use self::baseline::baseline;
pub(super) use self::clock::Clock;
use self::followed::{npos_inflation, sqrt_issuance, target_bonded};
use self::keys::{built, decay, end, how_much, needed_end, per, rate_per, HowMuch};
use self::lists::{phases, step_epochs};
use crate::emission::Source;
use crate::problem::Problem;
use crate::section::{At, Section};
use crate::value;

/// A kind of curve: its name in a design file, and what reads the keys that it has.
#[derive(Clone, Copy)]
struct Kind(
    &'static str,
    fn(&mut Section<'_>, Clock, u64) -> Option<Shape>,
);

/// All kinds. Any may have a cap.
const KINDS: [Kind; 14] = [
    Kind("constant", constant),
    Kind("linear-rate", linear_rate),
    Kind("step-epochs", step_epochs),
    Kind("geometric-epochs", geometric_epochs),
    Kind("geometric", geometric),
    Kind("exponential", exponential),
    Kind("logistic", logistic),
    Kind("compounding", compounding),
    Kind("disinflation", disinflation),
    Kind("sqrt-issuance", sqrt_issuance),
    Kind("target-bonded", target_bonded),
    Kind("npos-inflation", npos_inflation),
    Kind("baseline", baseline),
    Kind("phases", phases),
];

/// The end of an emission.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// At a time of its own.
    Ends,
    /// Never, but what it comes to has a limit.
    Tapers,
    /// Never, and nor does what it comes to.
    Endless,
}

/// The curve of an emission, as it was read.
pub(super) struct Shape {
    pub(super) source: Source,
    pub(super) ending: Ending,
    /// The last time, on its clock, at which what it has minted can be counted, where that comes
    /// before the end of the calendar.
    pub(super) counted_until: Option<u64>,
}

impl Shape {
    fn new(curve: impl Into<AnyCurve>, ending: Ending) -> Self {
        Self {
            source: Source::Curve(curve.into()),
            ending,
            counted_until: None,
        }
    }

    fn ending(curve: impl Into<AnyCurve>) -> Self {
        Self::new(curve, Ending::Ends)
    }

    /// One that would taper off if it weren't for an `end`.
    fn tapering(curve: impl Into<AnyCurve>, end: Option<u64>) -> Self {
        let ending = match end {
            Some(_) => Ending::Ends,
            None => Ending::Tapers,
        };
        Self::new(curve, ending)
    }

    /// Returns the most that it may ever mint; `None` where there is no limit to it by rule.
    pub(super) fn max(&self) -> Option<Amount> {
        match &self.source {
            Source::Curve(curve) => (self.ending != Ending::Endless).then(|| curve.cap()),
            Source::Followed(followed) => followed.max(),
            Source::Phases(phases) => phases.cap,
        }
    }
}

/// Reads the curve that a table describes. It begins when the clock shows `from`.
pub(super) fn curve(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let kind = section.required("kind", |v| value::one_of(v, &KINDS, |Kind(name, _)| name));
    let cap = section.said("cap", |v| clock.positive(v));
    let Some(kind) = kind else {
        section.leave_unjudged();
        return None;
    };
    let tail = section.said("tail", |v| clock.positive(v));
    let Kind(_, read) = kind.value;
    let shape = read(section, clock, from)?;
    let shape = match tail? {
        Some(tail) => with_tail(section, clock, shape, tail.value)?,
        None => shape,
    };
    Some(match cap? {
        Some(cap) => capped(section, shape, &cap),
        None => shape,
    })
}

/// Its rate until that falls below the tail's, and the tail's from then on.
fn with_tail(section: &Section<'_>, clock: Clock, shape: Shape, rate: Amount) -> Option<Shape> {
    let Shape {
        source: Source::Curve(curve),
        counted_until: None,
        ..
    } = shape
    else {
        let message = format!("{} can't have a tail", section.name);
        let help = "a tail begins where a rate falls below it for ever, which nobody knows of one \
                    that follows something or grows without an end: write `phases`";
        let span = section.key_span("tail");
        section
            .problems
            .push(Problem::new(span, message, "here", help));
        return None;
    };
    let rate = Ratio::from_integer(rate.get());
    let tail = Tail::new(curve, rate, Timestamp::new(clock.last()));
    let tail = built(section, "tail", tail)?;
    Some(Shape::new(tail, Ending::Endless))
}

/// Up to the cap, which ends what has no other end, unless it isn't reached.
fn capped(section: &Section<'_>, shape: Shape, cap: &At<Amount>) -> Shape {
    let most = match &shape.source {
        Source::Curve(curve) => Some(curve.cap()),
        _ => shape.max(),
    };
    if most.is_some_and(|most| most < cap.value) {
        let message = format!("{} never reaches its cap", section.name);
        let help = "leave the cap out, or emit more or for longer";
        section
            .problems
            .push(Problem::new(cap.span.clone(), message, "too high", help));
    }
    let ending = match shape.ending {
        Ending::Ends => Ending::Ends,
        Ending::Tapers | Ending::Endless => Ending::Tapers,
    };
    let source = match shape.source {
        Source::Curve(curve) => {
            return Shape::ending(Capped::new(curve, cap.value));
        }
        Source::Followed(mut followed) => {
            followed.cap = Some(cap.value);
            Source::Followed(followed)
        }
        Source::Phases(mut phases) => {
            phases.cap = Some(cap.value);
            Source::Phases(phases)
        }
    };
    Shape {
        source,
        ending,
        ..shape
    }
}

fn constant(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let much = how_much(section, clock);
    let end = end(section, clock, from);
    if matches!(much, Some(HowMuch::Total(_))) && !section.has("end") {
        section.missing("end", "a total is spread over the time until an `end`");
        return None;
    }
    let (much, end) = (much?, end?);
    let start = Timestamp::new(from);
    let until = clock.until(end, from);
    let curve = match much {
        HowMuch::Total(total) => Constant::of_total(start, until, total),
        HowMuch::Rate(rate) => Constant::new(start, until, rate),
    };
    let ending = match end {
        Some(_) => Ending::Ends,
        None => Ending::Endless,
    };
    let curve = built(section, "kind", curve)?;
    Some(Shape::new(curve, ending))
}

fn linear_rate(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let rate = section.required("rate", |v| clock.amount(v));
    let last = section.required("last_rate", |v| clock.amount(v));
    let per = per(section, clock);
    let end = needed_end(section, clock, from);
    let (rate, last, per, end) = (rate?.value, last?.value, per?, end?);
    let ratio = |rate: Amount| Ratio::new(rate.get(), per.into());
    let (rate, last) = (ratio(rate).ok()?, ratio(last).ok()?);
    let curve = LinearRate::new(Timestamp::new(from), Timestamp::new(end), rate, last);
    built(section, "rate", curve).map(Shape::ending)
}

fn geometric(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let total = section.required("total", |v| clock.positive(v));
    let epoch = section.required("epoch", |v| clock.ticks(v));
    let decay = section.required("decay", value::ratio);
    let end = end(section, clock, from);
    let (total, epoch, decay) = (total?.value, Span::new(epoch?.value), decay?.value);
    let end = end?;
    let (start, until) = (Timestamp::new(from), clock.until(end, from));
    let curve = Geometric::new(GeometricParams {
        start,
        end: until,
        epoch,
        total,
        decay,
    });
    let curve = built(section, "decay", curve)?;
    Some(Shape::tapering(curve, end))
}

fn geometric_epochs(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let rate = section.required("rate", |v| clock.positive(v));
    let epoch = section.required("epoch", |v| clock.ticks(v));
    let decay = section.required("decay", value::ratio);
    let most = u64::from(u32::MAX);
    let max_epochs = section.optional("max_epochs", |v| value::integer(v, 1, most));
    let max_epochs = max_epochs.and_then(|at| u32::try_from(at.value).ok());
    let (rate, epoch, decay) = (rate?.value, Span::new(epoch?.value), decay?);
    let curve = GeometricEpochs::<Vec<_>>::new(GeometricEpochsParams {
        start: Timestamp::new(from),
        length: epoch,
        initial_rate: rate,
        decay: decay.value,
        max_epochs,
    });
    let curve = curve.map_err(|error| {
        let message = format!("{} cannot be: {error}", section.name);
        let help = "a decay below 1 ends by itself; any other needs `max_epochs`";
        section
            .problems
            .push(Problem::new(decay.span, message, "here", help));
    });
    Some(Shape::ending(curve.ok()?))
}

fn exponential(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let total = section.required("total", |v| clock.positive(v));
    let (key, decay) = decay(section, clock);
    let end = end(section, clock, from);
    let (total, decay, end) = (total?.value, decay?, end?);
    let (start, until) = (Timestamp::new(from), clock.until(end, from));
    let curve = Exponential::new(start, until, total, decay);
    let curve = built(section, key, curve)?;
    Some(Shape::tapering(curve, end))
}

fn logistic(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let supply = section.required("supply", |v| clock.positive(v));
    let ceiling = section.required("ceiling", |v| clock.positive(v));
    if !section.has("rate") {
        section.missing("rate", "the continuous growth in each `per`");
    }
    let rate = rate_per(section, clock);
    let end = end(section, clock, from);
    let (supply, ceiling, rate, end) = (supply?.value, ceiling?.value, rate?, end?);
    let (start, until) = (Timestamp::new(from), clock.until(end, from));
    let growth = LogisticGrowth::new(supply, ceiling, rate);
    let curve = growth
        .map_err(Into::into)
        .and_then(|growth| Logistic::new(start, until, growth));
    let curve = built(section, "supply", curve)?;
    Some(Shape::tapering(curve, end))
}

fn compounding(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let supply = section.required("supply", |v| clock.positive(v));
    let rate = section.required("rate", value::ratio);
    let period = section.required("period", |v| clock.ticks(v));
    let end = end(section, clock, from);
    let (supply, rate, period) = (supply?.value, rate?.value, Span::new(period?.value));
    let start = Timestamp::new(from);
    let build = |end| {
        let curve = Compounding::new(CompoundingParams {
            start,
            end,
            supply,
            rate,
            period,
        })?;
        Ok(curve.into())
    };
    built(section, "rate", as_far_as_counted(clock, from, end?, build))
}

fn disinflation(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let supply = section.required("supply", |v| clock.positive(v));
    let initial = section.required("initial", value::fraction);
    let taper = section.required("taper", value::fraction);
    let terminal = section.required("terminal", value::fraction);
    let year = section.required("year", |v| clock.ticks(v));
    let end = end(section, clock, from);
    let (supply, year, end) = (supply?.value, Span::new(year?.value), end?);
    let (initial, taper, terminal) = (initial?.value, taper?.value, terminal?.value);
    let start = Timestamp::new(from);
    let build = |end| {
        let curve = Disinflation::new(DisinflationParams {
            start,
            end,
            supply,
            year,
            initial,
            taper,
            terminal,
        })?;
        Ok(curve.into())
    };
    built(section, "taper", as_far_as_counted(clock, from, end, build))
}

/// A share of the supply, to an end; without one for ever, and built up to the last time at which
/// the supply can be counted.
fn as_far_as_counted(
    clock: Clock,
    from: u64,
    end: Option<u64>,
    build: impl Fn(Timestamp) -> Result<AnyCurve, Error>,
) -> Result<Shape, Error> {
    let until = clock.until(end, from);
    match build(until) {
        Ok(curve) if end.is_some() => return Ok(Shape::ending(curve)),
        Ok(curve) => return Ok(Shape::new(curve, Ending::Endless)),
        Err(Error::Overflow { .. }) if end.is_none() => {}
        Err(Error::Math(math)) if end.is_none() && is_growth(math) => {}
        Err(error) => return Err(error),
    }
    // The later it ends the larger is the supply. What is wrong at once is so for another reason.
    let (mut least, mut above) = (from.saturating_add(1), until.get());
    let mut curve = build(Timestamp::new(least))?;
    while above - least > 1 {
        let middle = u64::midpoint(least, above);
        match build(Timestamp::new(middle)) {
            Ok(longer) => (least, curve) = (middle, longer),
            Err(_) => above = middle,
        }
    }
    Ok(Shape {
        counted_until: Some(least),
        ..Shape::new(curve, Ending::Endless)
    })
}

/// Returns whether it is of a supply that has grown above what can be counted.
fn is_growth(math: PackedError) -> bool {
    matches!(math.error(), MathError::Growth { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_are_those_that_the_documentation_lists() {
        let page = include_str!("../../../../../docs/design-file.md");
        let (_, table) = page
            .split_once("| `kind` | keys | what it mints |")
            .unwrap();
        let (table, _) = table.split_once("\n\n").unwrap();
        let rows = table.split("\n| `\"").skip(1);
        let listed = rows.map(|row| row.split_once('"').unwrap().0);
        assert!(listed.eq(KINDS.iter().map(|Kind(name, _)| *name)));
    }
}
