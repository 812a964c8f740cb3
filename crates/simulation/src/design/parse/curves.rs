//! The curve of an emission, by its kind.

use tokenomics_emission_curves::{
    Capped, Compounding, Constant, Curve as _, Decay, Disinflation, Error, Exponential, Geometric,
    GeometricEpochs, LinearRate, Logistic, Phase, Phases, Point, StepEpochs, Tail,
};
use tokenomics_fixed_math::{Amount, Decimals, Ratio, Rounding, Span, Timestamp};
use toml::de::DeValue;

use crate::calendar;
use crate::design::emission::AnyCurve;
use crate::design::section::{At, Section, Wrong};
use crate::design::value;
use crate::problem::Problem;

#[derive(Clone, Copy)]
enum Kind {
    Constant,
    LinearRate,
    StepEpochs,
    Geometric,
    GeometricEpochs,
    Exponential,
    Logistic,
    Compounding,
    Disinflation,
    Phases,
}

impl Kind {
    const ALL: [Self; 10] = [
        Self::Constant,
        Self::LinearRate,
        Self::StepEpochs,
        Self::Geometric,
        Self::GeometricEpochs,
        Self::Exponential,
        Self::Logistic,
        Self::Compounding,
        Self::Disinflation,
        Self::Phases,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::LinearRate => "linear-rate",
            Self::StepEpochs => "step-epochs",
            Self::Geometric => "geometric",
            Self::GeometricEpochs => "geometric-epochs",
            Self::Exponential => "exponential",
            Self::Logistic => "logistic",
            Self::Compounding => "compounding",
            Self::Disinflation => "disinflation",
            Self::Phases => "phases",
        }
    }
}

/// The clock that a curve runs on: 0 at `start`, one more after every tick.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    pub(super) start: Timestamp,
    /// In seconds, at least 1.
    pub(super) tick: u64,
    pub(super) decimals: Decimals,
}

impl Clock {
    /// The whole ticks from its start to the end of the calendar.
    fn last(self) -> u64 {
        let seconds = calendar::LAST.since(self.start).unwrap_or(Span::ZERO);
        seconds.get() / self.tick
    }

    /// The end of a curve that begins at `from`: that of the calendar if none is said.
    fn until(self, end: Option<u64>, from: u64) -> Timestamp {
        let last = self.last().max(from.saturating_add(1));
        Timestamp::new(end.unwrap_or(last))
    }

    /// When it shows so many ticks.
    fn date(self, ticks: u64) -> Timestamp {
        let seconds = Span::new(ticks.saturating_mul(self.tick));
        self.start.checked_add(seconds).unwrap_or(calendar::LAST)
    }

    /// What it shows at a date, or at a length of time after it shows `from`.
    fn at(self, v: &DeValue<'_>, from: u64) -> Result<u64, Wrong> {
        let date = value::date_or_after(v, self.date(from))?;
        let Some(elapsed) = date.since(self.start) else {
            let message = format!(
                "{} lies before the start at {}",
                calendar::rfc3339(date),
                calendar::rfc3339(self.start)
            );
            return Err(Wrong::new(message, ""));
        };
        self.whole(elapsed.get())
    }

    /// A number of ticks: an integer, or a length of time that is a whole number of them.
    fn ticks(self, v: &DeValue<'_>) -> Result<u64, Wrong> {
        if v.is_integer() {
            return value::integer(v, 1, u64::MAX);
        }
        self.whole(value::fixed_period(v)?)
    }

    fn whole(self, seconds: u64) -> Result<u64, Wrong> {
        if !seconds.is_multiple_of(self.tick) {
            let message = format!(
                "{seconds}s is not a whole number of ticks of {}s",
                self.tick
            );
            return Err(Wrong::new(message, "an integer counts ticks"));
        }
        Ok(seconds / self.tick)
    }

    fn amount(self, v: &DeValue<'_>) -> Result<Amount, Wrong> {
        value::amount(v, self.decimals)
    }

    fn positive(self, v: &DeValue<'_>) -> Result<Amount, Wrong> {
        value::positive(v, self.decimals)
    }
}

/// How a curve ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// At a time of its own.
    Ends,
    /// Never, but what it comes to has a limit.
    Tapers,
    /// Never, and nor does what it comes to.
    Endless,
}

/// A curve as it was read.
pub(super) struct Shape {
    pub(super) curve: AnyCurve,
    pub(super) ending: Ending,
}

impl Shape {
    const fn ending(curve: AnyCurve) -> Self {
        let ending = Ending::Ends;
        Self { curve, ending }
    }

    /// One that would taper off if it weren't for an `end`.
    const fn tapering(curve: AnyCurve, end: Option<u64>) -> Self {
        let ending = match end {
            Some(_) => Ending::Ends,
            None => Ending::Tapers,
        };
        Self { curve, ending }
    }
}

/// Reads the curve that a table describes. It begins when the clock shows `from`.
pub(super) fn curve(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let kind = section.required("kind", |v| value::one_of(v, &Kind::ALL, Kind::name));
    let cap = section.optional("cap", |v| clock.positive(v));
    let Some(kind) = kind else {
        section.leave_unjudged();
        return None;
    };
    let tail = section.optional("tail", |v| clock.positive(v));
    let read = match kind.value {
        Kind::Constant => constant,
        Kind::LinearRate => linear_rate,
        Kind::StepEpochs => step_epochs,
        Kind::Geometric => geometric,
        Kind::GeometricEpochs => geometric_epochs,
        Kind::Exponential => exponential,
        Kind::Logistic => logistic,
        Kind::Compounding => compounding,
        Kind::Disinflation => disinflation,
        Kind::Phases => phases,
    };
    let shape = read(section, clock, from)?;
    let shape = match tail {
        Some(tail) => with_tail(section, clock, shape, tail.value)?,
        None if section.has("tail") => return None,
        None => shape,
    };
    match cap {
        Some(cap) => Some(capped(section, shape, &cap)),
        None if section.has("cap") => None,
        None => Some(shape),
    }
}

/// Its rate until that falls below the tail's, and the tail's from then on.
fn with_tail(section: &Section<'_>, clock: Clock, shape: Shape, rate: Amount) -> Option<Shape> {
    let rate = Ratio::from_integer(rate.get());
    let tail = Tail::new(shape.curve, rate, Timestamp::new(clock.last()));
    Some(Shape {
        curve: AnyCurve::new(built(section, "tail", tail)?),
        ending: Ending::Endless,
    })
}

/// Up to the cap, which ends what has no other end, unless it isn't reached.
fn capped(section: &Section<'_>, shape: Shape, cap: &At<Amount>) -> Shape {
    let reached = shape.curve.cap() >= cap.value;
    if !reached {
        let message = format!("{} never reaches its cap", section.name);
        let help = "leave the cap out, or emit more or for longer";
        section
            .problems
            .push(Problem::new(cap.span.clone(), message, "too high", help));
    }
    Shape::ending(AnyCurve::new(Capped::new(shape.curve, cap.value)))
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
    let curve = AnyCurve::new(built(section, "kind", curve)?);
    Some(Shape { curve, ending })
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
    built(section, "rate", curve).map(|it| Shape::ending(AnyCurve::new(it)))
}

fn step_epochs(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let name = format!("an epoch of {}", section.name);
    let epochs = list(section, "epochs", &name);
    let mut points = vec![Point::new(Timestamp::new(from), Amount::ZERO)];
    let mut wrong = epochs.is_empty();
    for mut epoch in epochs {
        let last = points.last().copied();
        match last.and_then(|last| step_epoch(&mut epoch, clock, last)) {
            Some(point) => points.push(point),
            None => wrong = true,
        }
        epoch.finish();
    }
    if wrong {
        return None;
    }
    let curve = built(section, "epochs", StepEpochs::new(points))?;
    Some(Shape::ending(AnyCurve::new(curve)))
}

/// The point that an epoch leads to.
fn step_epoch(section: &mut Section<'_>, clock: Clock, last: Point) -> Option<Point> {
    let length = section.required("length", |v| clock.ticks(v));
    let much = how_much(section, clock);
    let (length, much) = (length?.value, much?);
    let total = match much {
        HowMuch::Total(total) => Ok(total),
        HowMuch::Rate(rate) => Amount::new(rate.numerator()).mul_div(
            length.into(),
            rate.denominator(),
            Rounding::Floor,
        ),
    };
    let point = total.and_then(|total| {
        let at = last.at().checked_add(Span::new(length))?;
        Ok(Point::new(at, last.emitted().checked_add(total)?))
    });
    built(section, "length", point.map_err(Error::from))
}

fn geometric(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let total = section.required("total", |v| clock.positive(v));
    let epoch = section.required("epoch", |v| clock.ticks(v));
    let decay = section.required("decay", value::ratio);
    let end = end(section, clock, from);
    let (total, epoch, decay) = (total?.value, Span::new(epoch?.value), decay?.value);
    let end = end?;
    let (start, until) = (Timestamp::new(from), clock.until(end, from));
    let curve = Geometric::new(start, until, epoch, total, decay);
    let curve = AnyCurve::new(built(section, "decay", curve)?);
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
    let start = Timestamp::new(from);
    let curve = GeometricEpochs::<Vec<_>>::new(start, epoch, rate, decay.value, max_epochs);
    let curve = curve.map_err(|error| {
        let message = format!("{} cannot be: {error}", section.name);
        let help = "a decay below 1 ends by itself; any other needs `max_epochs`";
        section
            .problems
            .push(Problem::new(decay.span, message, "here", help));
    });
    Some(Shape::ending(AnyCurve::new(curve.ok()?)))
}

fn exponential(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let total = section.required("total", |v| clock.positive(v));
    let (key, decay) = decay(section, clock);
    let end = end(section, clock, from);
    let (total, decay, end) = (total?.value, decay?, end?);
    let (start, until) = (Timestamp::new(from), clock.until(end, from));
    let curve = Exponential::new(start, until, total, decay);
    let curve = AnyCurve::new(built(section, key, curve)?);
    Some(Shape::tapering(curve, end))
}

/// How fast what is left falls, and the key that says so: one of three.
fn decay(section: &mut Section<'_>, clock: Clock) -> (&'static str, Option<Decay>) {
    const KEYS: [&str; 3] = ["half_life", "decay", "rate"];
    let mut said = KEYS.into_iter().filter(|key| section.has(key));
    let (first, second) = (said.next(), said.next());
    if let (Some(first), Some(second)) = (first, second) {
        both(section, second, first);
        section.raw(second);
    }
    let key = first.unwrap_or("half_life");
    let decay = match key {
        "decay" => section
            .optional("decay", value::ratio)
            .map(|at| Decay::PerUnit(at.value)),
        "rate" => rate_per(section, clock).map(Decay::Continuous),
        _ => section
            .required("half_life", |v| clock.ticks(v))
            .map(|at| Decay::HalfLife(Span::new(at.value))),
    };
    (key, decay)
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
    let curve = Logistic::new(start, until, supply, ceiling, rate);
    let curve = AnyCurve::new(built(section, "supply", curve)?);
    Some(Shape::tapering(curve, end))
}

fn compounding(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let supply = section.required("supply", |v| clock.positive(v));
    let rate = section.required("rate", value::ratio);
    let period = section.required("period", |v| clock.ticks(v));
    let end = needed_end(section, clock, from);
    let (supply, rate, period) = (supply?.value, rate?.value, Span::new(period?.value));
    let (start, end) = (Timestamp::new(from), Timestamp::new(end?));
    let curve = Compounding::new(start, end, supply, rate, period);
    built(section, "rate", curve).map(|it| Shape::ending(AnyCurve::new(it)))
}

fn disinflation(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let supply = section.required("supply", |v| clock.positive(v));
    let initial = section.required("initial", value::fraction);
    let taper = section.required("taper", value::fraction);
    let terminal = section.required("terminal", value::fraction);
    let year = section.required("year", |v| clock.ticks(v));
    let end = needed_end(section, clock, from);
    let (supply, year, end) = (supply?.value, Span::new(year?.value), end?);
    let (initial, taper, terminal) = (initial?.value, taper?.value, terminal?.value);
    let (start, end) = (Timestamp::new(from), Timestamp::new(end));
    let curve = Disinflation::new(start, end, supply, year, initial, taper, terminal);
    built(section, "taper", curve).map(|it| Shape::ending(AnyCurve::new(it)))
}

fn phases(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let name = format!("a phase of {}", section.name);
    let list = list(section, "phases", &name);
    let mut phases: Vec<Phase<AnyCurve>> = Vec::new();
    let (mut wrong, mut ending) = (list.is_empty(), Ending::Ends);
    for mut table in list {
        let earliest = phases.last().map(|last| last.from().get());
        match phase(&mut table, clock, from, earliest) {
            Some((phase, its_ending)) => {
                phases.push(phase);
                // Each takes over from the one before it, so that the last one decides.
                ending = its_ending;
            }
            None => wrong = true,
        }
        table.finish();
    }
    if wrong {
        return None;
    }
    let curve = AnyCurve::new(built(section, "phases", Phases::new(phases))?);
    Some(Shape { curve, ending })
}

/// A phase, and how it ends. `last` is where the one before it begins.
fn phase(
    section: &mut Section<'_>,
    clock: Clock,
    first: u64,
    last: Option<u64>,
) -> Option<(Phase<AnyCurve>, Ending)> {
    let from = phase_start(section, clock, first, last);
    // With a stand-in where that is wrong, for the curve's own problems.
    let shape = curve(section, clock, from.or(last).unwrap_or(first))?;
    let phase = Phase::new(Timestamp::new(from?), shape.curve);
    Some((phase, shape.ending))
}

/// `from`, a date or a length of time after the first phase begins.
fn phase_start(
    section: &mut Section<'_>,
    clock: Clock,
    first: u64,
    last: Option<u64>,
) -> Option<u64> {
    let Some(from) = section.optional("from", |v| clock.at(v, first)) else {
        return match last {
            _ if section.has("from") => None,
            None => Some(first),
            Some(_) => {
                section.missing("from", "only the first begins at the emission's start");
                None
            }
        };
    };
    if from.value < first || last.is_some_and(|last| from.value <= last) {
        let message = format!("{} doesn't begin after the one before it", section.name);
        let help = "phases stand in the order in which they begin";
        section
            .problems
            .push(Problem::new(from.span, message, "too early", help));
        return None;
    }
    Some(from.value)
}

/// A list of tables under a key that must be there and not be empty.
fn list<'a>(section: &mut Section<'a>, key: &'static str, name: &str) -> Vec<Section<'a>> {
    let tables = section.sections(key, name);
    if !section.has(key) {
        section.missing(key, "a list of tables");
    } else if matches!(section.raw(key).map(toml::Spanned::get_ref), Some(DeValue::Array(all)) if all.is_empty())
    {
        let message = format!("{} has none in its list", section.name);
        section.problems.push(Problem::new(
            section.key_span(key),
            message,
            "an empty list",
            "give at least one",
        ));
    }
    tables
}

/// `end`, in ticks: `None` if it is wrong, `Some(None)` if it isn't said.
fn end(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Option<u64>> {
    let Some(end) = section.optional("end", |v| clock.at(v, from)) else {
        return (!section.has("end")).then_some(None);
    };
    if end.value <= from {
        let message = format!(
            "{} ends at {}, which does not follow its start at {}",
            section.name,
            calendar::rfc3339(clock.date(end.value)),
            calendar::rfc3339(clock.date(from))
        );
        section
            .problems
            .push(Problem::new(end.span, message, "not later", ""));
        return None;
    }
    Some(Some(end.value))
}

/// `end`, where there must be one.
fn needed_end(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<u64> {
    if !section.has("end") {
        section.raw("end");
        section.missing("end", "a date, or a length of time after the start");
        return None;
    }
    end(section, clock, from)?
}

/// How much is emitted over a stretch of time.
enum HowMuch {
    /// So much in all.
    Total(Amount),
    /// So many base units a tick.
    Rate(Ratio),
}

/// `total`, or `rate` and `per`.
fn how_much(section: &mut Section<'_>, clock: Clock) -> Option<HowMuch> {
    if !section.has("total") {
        let rate = section.optional("rate", |v| clock.amount(v));
        let per = per(section, clock);
        if !section.has("rate") {
            section.missing("rate", "or a `total` over its whole length");
        }
        let (rate, per) = (rate?.value, per?);
        return Ratio::new(rate.get(), per.into()).ok().map(HowMuch::Rate);
    }
    let total = section.optional("total", |v| clock.amount(v));
    for key in ["rate", "per"] {
        if section.raw(key).is_some() {
            both(section, key, "total");
        }
    }
    total.map(|at| HowMuch::Total(at.value))
}

/// Notes a key that says again what another one says.
fn both(section: &Section<'_>, key: &str, other: &str) {
    let message = format!("{} has both `{other}` and `{key}`", section.name);
    let span = section.key_span(key);
    section
        .problems
        .push(Problem::new(span, message, "one of the two", "keep one"));
}

/// `rate` and `per`, where the rate is a pure number.
fn rate_per(section: &mut Section<'_>, clock: Clock) -> Option<Ratio> {
    let rate = section.optional("rate", value::ratio);
    let per = per(section, clock);
    let (rate, per) = (rate?, per?);
    let (n, d) = (rate.value.numerator(), rate.value.denominator());
    let ratio = d
        .checked_mul(per.into())
        .and_then(|d| Ratio::new(n, d).ok());
    if ratio.is_none() {
        let message = format!("{} in {per} ticks is finer than can be kept", rate.value);
        section.problems.push(Problem::new(
            rate.span,
            message,
            "here",
            "write it with fewer digits, or for a shorter `per`",
        ));
    }
    ratio
}

/// `per`, in ticks: how long the rate's tokens take.
fn per(section: &mut Section<'_>, clock: Clock) -> Option<u64> {
    match section.optional("per", |v| clock.ticks(v)) {
        Some(per) => Some(per.value),
        None => (!section.has("per")).then_some(1),
    }
}

/// What a mechanism says of its own parameters.
fn built<T>(section: &Section<'_>, key: &str, result: Result<T, Error>) -> Option<T> {
    let noted = result.map_err(|error| {
        let message = format!("{} cannot be: {error}", section.name);
        section
            .problems
            .push(Problem::new(section.key_span(key), message, "here", ""));
    });
    noted.ok()
}
