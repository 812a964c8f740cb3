//! The curves that are lists of tables: epochs, and phases of any curves.

use tokenomics_emission_curves::{
    self as emission_curves, AnyCurve, Error, Phase, Point, StepEpochs,
};
use tokenomics_fixed_math::{Amount, Rounding, Span, Timestamp};

use super::clock::Clock;
use super::keys::{built, how_much, list, phase_start, HowMuch};
use super::{curve, Shape};
use crate::section::Section;
use crate::{Phases, Source, Stage};

pub(super) fn step_epochs(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
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
    Some(Shape::ending(curve))
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

pub(super) fn phases(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let name = format!("a phase of {}", section.name);
    let list = list(section, "phases", &name);
    let mut shapes: Vec<Stage<Shape>> = Vec::new();
    let mut wrong = list.is_empty();
    for mut table in list {
        let earliest = shapes.last().map(|last| last.from);
        match phase(&mut table, clock, from, earliest) {
            Some(phase) => shapes.push(phase),
            None => wrong = true,
        }
        table.finish();
    }
    if wrong {
        return None;
    }
    // Each takes over from the one before it, so that the last one decides.
    let ending = shapes.last()?.value.ending;
    let counted_until = counted_until(&shapes);
    let closed = if counted_until.is_none() {
        closed(&shapes)
    } else {
        None
    };
    let source = match closed {
        Some(phases) => {
            let phases = built(section, "phases", emission_curves::Phases::new(phases))?;
            Source::Curve(phases.into())
        }
        None => Source::Phases(Phases {
            stages: shapes.into_iter().map(stage).collect(),
            cap: None,
        }),
    };
    Some(Shape {
        source,
        ending,
        counted_until,
    })
}

fn stage(shape: Stage<Shape>) -> Stage<Source> {
    Stage {
        from: shape.from,
        value: shape.value.source,
    }
}

/// The phases as curves, if all of them are.
fn closed(shapes: &[Stage<Shape>]) -> Option<Vec<Phase<AnyCurve>>> {
    let curve = |shape: &Stage<Shape>| match &shape.value.source {
        Source::Curve(curve) => Some(Phase::new(Timestamp::new(shape.from), curve.clone())),
        _ => None,
    };
    shapes.iter().map(curve).collect()
}

/// The last time at which all phases can be counted, each as long as it lasts.
fn counted_until(shapes: &[Stage<Shape>]) -> Option<u64> {
    let ends = shapes.iter().skip(1).map(|next| Some(next.from));
    let limits = shapes.iter().zip(ends.chain([None]));
    let limits = limits.filter_map(|(shape, until)| {
        let counted = shape.value.counted_until?;
        until.is_none_or(|until| counted < until).then_some(counted)
    });
    limits.min()
}

/// A phase. `last` is where the one before it begins.
fn phase(
    section: &mut Section<'_>,
    clock: Clock,
    first: u64,
    last: Option<u64>,
) -> Option<Stage<Shape>> {
    let from = phase_start(section, clock, first, last);
    // With a stand-in where that is wrong, for the curve's own problems.
    let value = curve(section, clock, from.or(last).unwrap_or(first))?;
    Some(Stage { from: from?, value })
}
