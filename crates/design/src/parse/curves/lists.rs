//! The curves that are lists of tables: epochs, and phases of any curves.

use tokenomics_emission_curves::{Error, Phase, Phases, Point, StepEpochs};
use tokenomics_fixed_math::{Amount, Rounding, Span, Timestamp};

use super::clock::Clock;
use super::keys::{built, how_much, list, phase_start, HowMuch};
use super::{curve, Ending, Shape};
use crate::emission::AnyCurve;
use crate::section::Section;

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

pub(super) fn phases(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
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
