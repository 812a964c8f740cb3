//! The curve of an emission, by its kind.

use tokenomics_emission_curves::{
    Capped, Constant, Curve as _, Error, GeometricEpochs, LinearRate, Phase, Phases, Point,
    StepEpochs,
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
    GeometricEpochs,
    Phases,
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::Constant,
        Self::LinearRate,
        Self::StepEpochs,
        Self::GeometricEpochs,
        Self::Phases,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::LinearRate => "linear-rate",
            Self::StepEpochs => "step-epochs",
            Self::GeometricEpochs => "geometric-epochs",
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

/// A curve as it was read.
pub(super) struct Shape {
    pub(super) curve: AnyCurve,
    /// Whether only the calendar ends it.
    pub(super) endless: bool,
}

impl Shape {
    const fn ending(curve: AnyCurve) -> Self {
        let endless = false;
        Self { curve, endless }
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
    let shape = match kind.value {
        Kind::Constant => constant(section, clock, from),
        Kind::LinearRate => linear_rate(section, clock, from),
        Kind::StepEpochs => step_epochs(section, clock, from),
        Kind::GeometricEpochs => geometric_epochs(section, clock, from),
        Kind::Phases => phases(section, clock, from),
    }?;
    match cap {
        Some(cap) => Some(capped(section, shape, &cap)),
        None if section.has("cap") => None,
        None => Some(shape),
    }
}

/// Up to the cap, which ends what has no other end, unless it isn't reached.
fn capped(section: &Section<'_>, shape: Shape, cap: &At<Amount>) -> Shape {
    let reached = shape.curve.cap() >= cap.value;
    if !reached && !shape.endless {
        let message = format!("{} ends before it reaches its cap", section.name);
        let help = "leave the cap out, or emit for longer";
        section.problems.push(Problem::new(
            cap.span.clone(),
            message,
            "never reached",
            help,
        ));
    }
    Shape {
        curve: AnyCurve::new(Capped::new(shape.curve, cap.value)),
        endless: shape.endless && !reached,
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
    let until = Timestamp::new(end.unwrap_or(clock.last()).max(from.saturating_add(1)));
    let curve = match much {
        HowMuch::Total(total) => Constant::of_total(start, until, total),
        HowMuch::Rate(rate) => Constant::new(start, until, rate),
    };
    Some(Shape {
        curve: AnyCurve::new(built(section, "kind", curve)?),
        endless: end.is_none(),
    })
}

fn linear_rate(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let rate = section.required("rate", |v| clock.amount(v));
    let last = section.required("last_rate", |v| clock.amount(v));
    let per = per(section, clock);
    if !section.has("end") {
        section.missing("end", "the rate is `last_rate` at the `end`");
    }
    let end = end(section, clock, from);
    let (rate, last, per, end) = (rate?.value, last?.value, per?, end??);
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

fn phases(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let name = format!("a phase of {}", section.name);
    let list = list(section, "phases", &name);
    let mut phases: Vec<Phase<AnyCurve>> = Vec::new();
    let (mut wrong, mut endless) = (list.is_empty(), false);
    for mut table in list {
        let earliest = phases.last().map(|last| last.from().get());
        match phase(&mut table, clock, from, earliest) {
            Some((phase, shape)) => {
                phases.push(phase);
                // Each takes over from the one before it, so that the last one decides.
                endless = shape;
            }
            None => wrong = true,
        }
        table.finish();
    }
    if wrong {
        return None;
    }
    let curve = AnyCurve::new(built(section, "phases", Phases::new(phases))?);
    Some(Shape { curve, endless })
}

/// A phase, and whether it is endless. `last` is where the one before it begins.
fn phase(
    section: &mut Section<'_>,
    clock: Clock,
    first: u64,
    last: Option<u64>,
) -> Option<(Phase<AnyCurve>, bool)> {
    let from = phase_start(section, clock, first, last);
    // With a stand-in where that is wrong, for the curve's own problems.
    let shape = curve(section, clock, from.or(last).unwrap_or(first))?;
    let phase = Phase::new(Timestamp::new(from?), shape.curve);
    Some((phase, shape.endless))
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
            let message = format!("{} has both `total` and `{key}`", section.name);
            let span = section.key_span(key);
            section
                .problems
                .push(Problem::new(span, message, "one of the two", "keep one"));
        }
    }
    total.map(|at| HowMuch::Total(at.value))
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
