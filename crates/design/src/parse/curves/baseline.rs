//! `baseline`: minting by what a network does, along a path that the design gives.

use tokenomics_emission_curves::Baseline;
use tokenomics_fixed_math::{Amount, Growth, Ratio, Rounding, Span, Timestamp, U256};
use toml::de::DeValue;

use super::clock::Clock;
use super::keys::{built, decay};
use super::path::path;
use super::{Ending, Shape};
use crate::section::Section;
use crate::{value, BaselineMinting, Controller, Followed, Follows, Source};

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
    let (path, end) = path?;
    let curve = Baseline::new(total, decay, first.value.into(), rise(doubling)?);
    let curve = built(section, key, curve)?;
    let mint = BaselineMinting::new(curve, Timestamp::new(from));
    Some(Shape {
        source: Source::Followed(Followed {
            controller: Controller::Baseline(Box::new(Follows { mint, path })),
            supply: Amount::ZERO,
            update: None,
            end,
            cap: None,
        }),
        ending: end.map_or(Ending::Tapers, |_| Ending::Ends),
        counted_until: None,
    })
}

/// The growth in one tick of what doubles in so many.
fn rise(doubling: u64) -> Option<Ratio> {
    const UNIT: u128 = 1 << 126;
    let growth = Growth::doubling(Span::new(doubling)).ok()?;
    let one = growth.mul_div(U256::from(UNIT), 1, Ratio::ONE, Rounding::HalfEven);
    Ratio::new(one.ok()?, UNIT).ok()
}
