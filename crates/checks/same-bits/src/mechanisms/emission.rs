//! Emission curves.

use tokenomics_emission_curves::{
    ArrayEpochs, Baseline, Capped, Compounding, CompoundingParams, Constant, Curve, Decay,
    Disinflation, DisinflationParams, Exponential, Geometric, GeometricEpochs,
    GeometricEpochsParams, GeometricParams, LinearRate, Logistic, PerBlock, Phase, Phases, Point,
    StepEpochs, Tail,
};
use tokenomics_fixed_math::{Amount, LogisticGrowth, Ratio, Span, Timestamp};

use super::Mechanism;
use crate::answers::Answers;
use crate::numbers::Numbers;

pub(super) const MECHANISMS: &[(&str, Mechanism)] = &[
    ("constant_curve", constant),
    ("linear_rate", linear_rate),
    ("step_epochs", step_epochs),
    ("exponential_curve", exponential),
    ("geometric", geometric),
    ("geometric_epochs", geometric_epochs),
    ("compounding", compounding),
    ("logistic_curve", logistic),
    ("disinflation", disinflation),
    ("capped_and_tail", capped_and_tail),
    ("phases", phases),
    ("per_block", per_block),
    ("baseline", baseline),
];

fn evaluate(n: &mut Numbers, a: &mut Answers, name: &'static str, curve: &impl Curve) {
    let times = [curve.start(), curve.end()];
    a.is(name, (curve.cap(), times));
    let [one, other] = [n.near(times), n.near(times)];
    a.is(name, (curve.emitted_at(one), curve.remaining_after(other)));
    a.is(name, curve.emitted_between(one, other));
    a.is(name, curve.rate_at(other));
}

fn inverse(n: &mut Numbers, a: &mut Answers, name: &'static str, curve: &impl Curve) {
    let part = n.part_of(curve.cap());
    a.is(name, curve.time_of(part));
}

fn a_constant(n: &mut Numbers, a: &mut Answers) -> Option<Constant> {
    let [start, end] = n.interval();
    a.of(
        "Constant::of_total",
        Constant::of_total(start, end, n.amount()),
    )
}

fn constant(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let [start, end] = n.interval();
    if let Some(curve) = a.of("Constant::new", Constant::new(start, end, n.ratio())) {
        evaluate(n, a, "Constant", &curve);
        inverse(n, a, "Constant: time_of", &curve);
    }
    let curve = a_constant(n, a)?;
    evaluate(n, a, "Constant", &curve);
    inverse(n, a, "Constant: time_of", &curve);
    Some(())
}

fn linear_rate(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (start, length) = (n.within(0, 1 << 40), n.within(1, 1 << 30));
    let [start, end] = [start, start + length].map(Timestamp::new);
    let rates = [n.ratio_to(1 << 30), n.ratio_to(1 << 30)];
    let curve = a.of(
        "LinearRate::new",
        LinearRate::new(start, end, rates[0], rates[1]),
    )?;
    evaluate(n, a, "LinearRate", &curve);
    inverse(n, a, "LinearRate: time_of", &curve);
    Some(())
}

fn step_epochs(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let first = Point::new(Timestamp::new(n.within(0, 1 << 40)), Amount::ZERO);
    let next = first.after(n.span_to(1 << 30), n.amount_to(1 << 60));
    let second = a.of("emission_curves::Point::after", next)?;
    let third = second.after(n.span_to(1 << 30), n.amount_to(1 << 60));
    let third = a.of("emission_curves::Point::after", third)?;
    let curve = a.of("StepEpochs::new", StepEpochs::new([first, second, third]))?;
    evaluate(n, a, "StepEpochs", &curve);
    inverse(n, a, "StepEpochs: time_of", &curve);
    Some(())
}

fn decay(n: &mut Numbers) -> Decay {
    match n.choice(3) {
        0 => Decay::Continuous(n.part()),
        1 => Decay::HalfLife(n.span_to(1 << 30)),
        _ => Decay::PerUnit(n.part()),
    }
}

fn years(n: &mut Numbers) -> [Timestamp; 2] {
    let (start, length) = (n.within(0, 1 << 40), n.within(1, 1 << 32));
    [start, start + length].map(Timestamp::new)
}

fn exponential(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let [start, end] = years(n);
    let curve = Exponential::new(start, end, n.amount(), decay(n));
    let curve = a.of("emission_curves::Exponential::new", curve)?;
    evaluate(n, a, "emission_curves::Exponential", &curve);
    Some(())
}

fn geometric(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let [start, end] = years(n);
    let params = GeometricParams {
        start,
        end,
        epoch: n.span_to(1 << 30),
        total: n.amount(),
        decay: n.part(),
    };
    let curve = a.of("Geometric::new", Geometric::new(params))?;
    evaluate(n, a, "Geometric", &curve);
    Some(())
}

fn geometric_epochs(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let params = GeometricEpochsParams {
        start: Timestamp::new(n.within(0, 1 << 40)),
        length: n.span_to(1 << 30),
        initial_rate: n.amount_to(1 << 60),
        decay: n.part(),
        max_epochs: Some(n.within(1, 8) as u32),
    };
    let curve = GeometricEpochs::<ArrayEpochs<8>>::in_array(params);
    let curve = a.of("GeometricEpochs::in_array", curve)?;
    let at = n.near([curve.start(), curve.end()]);
    a.is("GeometricEpochs::epoch_at", curve.epoch_at(at));
    evaluate(n, a, "GeometricEpochs", &curve);
    inverse(n, a, "GeometricEpochs: time_of", &curve);
    Some(())
}

fn compounding(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let start = n.within(0, 1 << 40);
    let period = n.within(1, 1 << 25);
    let end = start + period.saturating_mul(n.within(1, 40)) + n.within(0, 9);
    let params = CompoundingParams {
        start: Timestamp::new(start),
        end: Timestamp::new(end),
        supply: n.amount(),
        rate: n.part(),
        period: Span::new(period),
    };
    let curve = a.of("Compounding::new", Compounding::new(params))?;
    evaluate(n, a, "Compounding", &curve);
    Some(())
}

fn logistic(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let [start, end] = years(n);
    let (supply, more) = (n.amount_to(1 << 62), n.amount_to(1 << 62));
    let ceiling = a.of("Amount::checked_add", supply.checked_add(more))?;
    let growth = LogisticGrowth::new(supply, ceiling, n.part());
    let growth = a.of("LogisticGrowth::new", growth)?;
    let curve = a.of(
        "emission_curves::Logistic::new",
        Logistic::new(start, end, growth),
    )?;
    evaluate(n, a, "emission_curves::Logistic", &curve);
    Some(())
}

fn disinflation(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let start = n.within(0, 1 << 40);
    let year = n.within(1, 1 << 26);
    let end = start + year * n.within(1, 20);
    let terminal = n.fraction_to(50_000_000_000_000_000);
    let more = n.fraction_to(100_000_000_000_000_000);
    let params = DisinflationParams {
        start: Timestamp::new(start),
        end: Timestamp::new(end),
        supply: n.amount_to(u64::MAX),
        year: Span::new(year),
        initial: terminal.checked_add(more).ok()?,
        taper: n.fraction_to(300_000_000_000_000_000),
        terminal,
    };
    let curve = a.of("Disinflation::new", Disinflation::new(params))?;
    a.is(
        "Disinflation::rate_of",
        curve.rate_of(n.within(0, 64) as u32),
    );
    evaluate(n, a, "Disinflation", &curve);
    inverse(n, a, "Disinflation: time_of", &curve);
    Some(())
}

fn capped_and_tail(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let [start, end] = years(n);
    let rates = [n.ratio_to(1 << 30), n.ratio_to(1 << 30)];
    let curve = a.of(
        "LinearRate::new",
        LinearRate::new(start, end, rates[0], rates[1]),
    )?;
    let capped = Capped::new(curve, n.part_of(curve.cap()));
    evaluate(n, a, "Capped", &capped);
    inverse(n, a, "Capped: time_of", &capped);
    let tail = Tail::new(curve, n.ratio_to(1 << 20), n.after(end, 1 << 30));
    let tail = a.of("Tail::new", tail)?;
    evaluate(n, a, "Tail", &tail);
    inverse(n, a, "Tail: time_of", &tail);
    Some(())
}

fn phases(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (one, other) = (a_constant(n, a)?, a_constant(n, a)?);
    let from = n.near([one.start(), one.end()]);
    let list = [Phase::new(one.start(), one), Phase::new(from, other)];
    let curve = a.of("Phases::new", Phases::new(list))?;
    let at = n.near([curve.start(), curve.end()]);
    a.is(
        "Phases::phase_at",
        curve.phase_at(at).map(Phase::emitted_before),
    );
    evaluate(n, a, "Phases", &curve);
    inverse(n, a, "Phases: time_of", &curve);
    Some(())
}

fn per_block(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let [start, end] = years(n);
    let curve = a.of(
        "Constant::new",
        Constant::new(start, end, n.ratio_to(1 << 30)),
    )?;
    let (genesis, block_time) = (n.after(Timestamp::ZERO, 1 << 40), n.ratio_to(1 << 10));
    let curve = a.of("PerBlock::new", PerBlock::new(curve, genesis, block_time))?;
    let height = n.near([start, end]);
    a.of("PerBlock::time_due", curve.time_due(height));
    let now = n.after(genesis, 1 << 40);
    a.is("PerBlock::height_due", curve.height_due(now));
    let drift = curve.drift(height, now);
    a.is(
        "PerBlock::drift",
        (drift.ahead(), drift.behind(), drift.due()),
    );
    Some(())
}

fn baseline(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (power, part) = (n.within(1, 1 << 62), n.part());
    let factor = Ratio::new(part.numerator() + part.denominator(), part.denominator());
    let curve = Baseline::new(n.amount(), decay(n), power.into(), factor.ok()?);
    let curve = a.of("Baseline::new", curve)?;
    let epoch = Timestamp::new(n.within(0, 1 << 12));
    let by = a.of("Baseline::baseline_by", curve.baseline_by(epoch))?;
    let realized = n.part_of(Amount::new(by)).get();
    let effective = a.of("Baseline::effective_time", curve.effective_time(realized))?;
    a.is("Baseline::minted_by", curve.minted_by(effective));
    let other = n.ratio_to(1 << 20);
    a.is(
        "Baseline::minted_between",
        curve.minted_between(effective, other),
    );
    Some(())
}
