//! Schedules between two dates, by a formula.

use tokenomics_fixed_math::{SignedWad, Wad};
use tokenomics_vesting::{Exponential, Linear, Logistic, LumpLinear, Power};
use toml::de::DeValue;

use super::{
    backward, built, end, start, value, Kind, NestedSchedule, Of, PartKeys, Section, Wrong,
};

pub(super) const KINDS: &[Kind] = &[
    Kind("linear", linear),
    Kind("lump-linear", lump_linear),
    Kind("power", power),
    Kind("exponential", exponential),
    Kind("logistic", logistic),
];

fn linear(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let start = start(section, of.context);
    let end = end(section, start);
    let linear = Linear::new(start?, end?.value, of.amount());
    built(section, "end", linear).map(Into::into)
}

fn power(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let start = start(section, of.context);
    let end = end(section, start);
    let exponent = section.required("exponent", exponent);
    let power = Power::new(start?, end?.value, exponent?.value, of.amount());
    built(section, "exponent", power).map(Into::into)
}

/// The exponent of a power, above nothing.
fn exponent(value: &DeValue<'_>) -> Result<Wad, Wrong> {
    let help = "an exponent is a number above 0 with at most 18 decimals: 1 is a line, 2 begins slowly, \"0.5\" fast";
    let read: Wad = value::number(value, "the exponent", help)?;
    if read.is_zero() {
        return Err(Wrong::new(format!("the exponent `{read}` is zero"), help));
    }
    Ok(read)
}

fn exponential(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let start = start(section, of.context);
    let end = end(section, start);
    let steepness = section.required("steepness", steepness);
    let (end, steepness) = (end?.value, steepness?.value);
    let exponential = Exponential::new(start?, end, steepness, of.amount());
    built(section, "end", exponential).map(Into::into)
}

/// The factor by which an exponential is faster at its end than at its start, or slower.
fn steepness(value: &DeValue<'_>) -> Result<SignedWad, Wrong> {
    let help = "a steepness is a number with at most 18 decimals: above 0 vesting speeds up, below 0 it slows down, as in \"-2.5\"";
    value::number(value, "the steepness", help)
}

fn logistic(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let start = start(section, of.context);
    let end = end(section, start);
    let steepness = section.required("steepness", s_curve);
    let logistic = Logistic::new(start?, end?.value, steepness?.value, of.amount());
    built(section, "steepness", logistic).map(Into::into)
}

/// The steepness of an S-curve at its half: above 0, and at most 40.
fn s_curve(value: &DeValue<'_>) -> Result<Wad, Wrong> {
    let help = "the steepness of a logistic schedule is a number above 0 and up to 40, with at most 18 decimals: the larger, the more vests about the half";
    let read: Wad = value::number(value, "the steepness", help)?;
    if read.is_zero() || read > Logistic::STEEPEST {
        return Err(Wrong::new(
            format!("the steepness `{read}` is out of range"),
            help,
        ));
    }
    Ok(read)
}

const LUMP: PartKeys = PartKeys {
    tokens: "lump",
    share: "lump_share",
    what: "lump",
};

fn lump_linear(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steepness_above_0_and_up_to_40_is_read() {
        let read = |text: &'static str| s_curve(&DeValue::String(text.into())).ok();
        assert_eq!(read("40"), Some(Logistic::STEEPEST));
        assert_eq!(read("0.000000000000000001"), Some(Wad::from_raw(1)));
        let refused = ["0", "40.000000000000000001", "-5", "steep", ""];
        assert_eq!(refused.map(read), [None; 5]);
    }
}
