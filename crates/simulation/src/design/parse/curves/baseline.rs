//! `baseline`: what a network does, along a path that the design gives.

use tokenomics_emission_curves::Baseline;
use tokenomics_fixed_math::{Growth, Ratio, Rounding, Span, U256};

use super::clock::Clock;
use super::keys::{built, decay, list, needed_end};
use super::lists::phase_start;
use super::Shape;
use crate::design::baseline::{Power, Realizing};
use crate::design::emission::AnyCurve;
use crate::design::section::Section;
use crate::design::value;
use crate::problem::Problem;

/// The largest baseline of the first tick.
const MOST: u64 = (1 << 63) - 1;

pub(super) fn baseline(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let total = section.required("total", |v| clock.positive(v));
    let (key, decay) = decay(section, clock);
    let first = section.required("baseline", |v| value::integer(v, 1, MOST));
    let doubling = section.required("doubling", |v| clock.ticks(v));
    let path = path(section, clock, from);
    let end = needed_end(section, clock, from);
    let (total, decay, first, doubling) = (total?.value, decay?, first?, doubling?.value);
    let (path, end) = (path?, end?);
    let last = path.last().map_or(0, |last| last.from);
    if end <= last {
        let message = format!("{} ends before the last change of its power", section.name);
        let span = section.key_span("end");
        section
            .problems
            .push(Problem::new(span, message, "too early", ""));
        return None;
    }
    let curve = Baseline::new(total, decay, first.value.into(), rise(doubling)?);
    let path: Vec<_> = path
        .iter()
        .map(|power| Power {
            from: power.from.saturating_sub(from),
            ..*power
        })
        .collect();
    let curve = built(section, key, curve)?;
    let curve = Realizing::new(curve, from, &path, end.saturating_sub(from));
    Some(Shape::ending(AnyCurve::new(built(
        section, "baseline", curve,
    )?)))
}

/// What doubles in so many ticks grows by this in one.
fn rise(doubling: u64) -> Option<Ratio> {
    const UNIT: u128 = 1 << 126;
    let growth = Growth::doubling(Span::new(doubling)).ok()?;
    let one = growth.mul_div(U256::from(UNIT), 1, Ratio::ONE, Rounding::HalfEven);
    Ratio::new(one.ok()?, UNIT).ok()
}

/// `power`: what the network has, and from when on.
fn path(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Vec<Power>> {
    let name = format!("a power of {}", section.name);
    let list = list(section, "power", &name);
    let mut wrong = list.is_empty();
    let mut path: Vec<Power> = Vec::new();
    for mut table in list {
        let start = phase_start(&mut table, clock, from, path.last().map(|last| last.from));
        let power = table.required("is", |v| value::integer(v, 0, u64::MAX));
        match (start, power) {
            (Some(from), Some(power)) => path.push(Power {
                from,
                power: power.value,
            }),
            _ => wrong = true,
        }
        table.finish();
    }
    (!wrong).then_some(path)
}
