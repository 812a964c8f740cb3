//! Schedules between two dates, by a formula.

use tokenomics_vesting::{Exponential, Linear, LumpLinear, Power};

use super::{backward, built, end, start, value, NestedSchedule, Of, PartKeys, Section};

pub(super) fn linear(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let start = start(section, of.context);
    let end = end(section, start);
    let linear = Linear::new(start?, end?.value, of.amount());
    built(section, "end", linear).map(Into::into)
}

pub(super) fn power(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let start = start(section, of.context);
    let end = end(section, start);
    let exponent = section.required("exponent", value::exponent);
    let power = Power::new(start?, end?.value, exponent?.value, of.amount());
    built(section, "exponent", power).map(Into::into)
}

pub(super) fn exponential(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let start = start(section, of.context);
    let end = end(section, start);
    let steepness = section.required("steepness", value::steepness);
    let (end, steepness) = (end?.value, steepness?.value);
    let exponential = Exponential::new(start?, end, steepness, of.amount());
    built(section, "end", exponential).map(Into::into)
}

const LUMP: PartKeys = PartKeys {
    tokens: "lump",
    share: "lump_share",
    what: "lump",
};

pub(super) fn lump_linear(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let start = start(section, of.context);
    let anchor = start.unwrap_or(of.context.genesis);
    let cliff = section.required("cliff", |v| value::date_or_after(v, anchor));
    let end = end(section, start);
    let lump = LUMP.read(section, of);
    let (cliff, end, lump) = (cliff?, end?, lump?);
    if cliff.value >= end.value {
        backward(section, &end, "end", cliff.value, "the cliff");
        return None;
    }
    // Where the amount isn't known, the lump may be more than what stands for it.
    let all = of.amount.unwrap_or(lump);
    let schedule = LumpLinear::new(cliff.value, end.value, lump, all);
    built(section, "cliff", schedule).map(Into::into)
}
