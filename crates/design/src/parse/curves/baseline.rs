//! `baseline`: what a network does, along a path that the design gives.

use tokenomics_emission_curves::Baseline;
use tokenomics_fixed_math::{Growth, Ratio, Rounding, Span, U256};
use toml::de::DeValue;

use super::clock::Clock;
use super::keys::{built, decay};
use super::path::path;
use super::Shape;
use crate::baseline::Realizing;
use crate::emission::AnyCurve;
use crate::section::Section;
use crate::value;

/// The largest baseline of the first tick.
const MOST: u64 = (1 << 63) - 1;

pub(super) fn baseline(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let total = section.required("total", |v| clock.positive(v));
    let (key, decay) = decay(section, clock);
    let first = section.required("baseline", |v| value::integer(v, 1, MOST));
    let doubling = section.required("doubling", |v| clock.ticks(v));
    let read = |v: &DeValue<'_>| value::integer(v, 0, u64::MAX);
    let path = path(section, clock, from, ("power", "power"), ("is", read));
    let (total, decay, first, doubling) = (total?.value, decay?, first?, doubling?.value);
    let (mut path, end) = path?;
    for stage in &mut path {
        stage.from = stage.from.saturating_sub(from);
    }
    let curve = Baseline::new(total, decay, first.value.into(), rise(doubling)?);
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
