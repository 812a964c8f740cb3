//! Haircuts.

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Ratio, Span, Timestamp};
use tokenomics_haircut_collateral::{
    impact_haircut, recoverable_value, Composition, ConcentrationCap, ConcentrationThreshold,
    Confidence, Correlation, CorrelationGroups, CorrelationMatrix, CorrelationOffset,
    CorrelationStress, DepthBudget, EarlyExit, Exposure, GroupSet, Haircut, Holding, Isolation,
    LiquidityRange, Margin, Payer, PostedMeans, PriceAge, ProtectedHolding, Protection,
    ProtectionTerms, SquareRootSize, TimeToExit, Volatility,
};

use super::Mechanism;
use crate::answers::Answers;
use crate::numbers::Numbers;

pub(super) const MECHANISMS: &[(&str, Mechanism)] = &[
    ("haircut", haircut),
    ("concentration", concentration),
    ("confidence", confidence),
    ("correlation_groups", correlation_groups),
    ("correlation_offset", correlation_offset),
    ("depth_and_age", depth_and_age),
    ("liquidity_range", liquidity_range),
    ("price_impact", price_impact),
    ("protection", protection),
    ("size_and_time", size_and_time),
];

/// Both weights, the initial one at most the maintenance one.
pub(super) fn a_haircut(n: &mut Numbers, a: &mut Answers) -> Option<Haircut> {
    let initial = n.within(0, 900_000_000_000_000_000);
    let maintenance = n.within(0, initial);
    let [initial, maintenance] = [initial, maintenance].map(Fraction::from_raw);
    a.of(
        "Haircut::new",
        Haircut::new(initial.ok()?, maintenance.ok()?),
    )
}

pub(super) fn margin(n: &mut Numbers) -> Margin {
    [Margin::Initial, Margin::Maintenance][n.choice(2) as usize]
}

fn haircut(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (one, other) = (a_haircut(n, a)?, a_haircut(n, a)?);
    a.is(
        "Haircut::and",
        (one.and(other), one.or_worse(other), one.or_better(other)),
    );
    a.of("Haircut::and_add_on", one.and_add_on(other));
    for rule in [Composition::Product, Composition::Worst] {
        a.is("Composition::compose", rule.compose([one, other, one]));
    }
    let margin = margin(n);
    a.is(
        "Haircut::weight",
        (one.weight(margin), one.fraction(margin)),
    );
    let (maintenance, more) = (n.wad_between(1, 2), n.wad_to(2));
    let initial = maintenance.checked_add(more).ok()?;
    a.of(
        "Haircut::from_liability_weights",
        Haircut::from_liability_weights(initial, maintenance),
    );
    let weights = Haircut::from_weights(n.fraction_to(1 << 50), n.fraction());
    a.of("Haircut::from_weights", weights);
    let kinds = [Isolation::Shared, Isolation::Isolated];
    let (first, other) = (n.choice(2) as usize, n.choice(6) as usize / 5);
    let held = [kinds[first * other], kinds[other]];
    a.of("Isolation::check", Isolation::check(held));
    Some(())
}

fn concentration(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (cap, total) = (ConcentrationCap::new(n.amount()), n.amount());
    a.is("ConcentrationCap::haircut", cap.haircut(total));
    a.is(
        "ConcentrationCap::largest_total",
        cap.largest_total(n.fraction()),
    );
    let threshold = ConcentrationThreshold::new(n.amount());
    let threshold = a.of("ConcentrationThreshold::new", threshold)?;
    a.is("ConcentrationThreshold::factor", threshold.factor(total));
    a.is(
        "ConcentrationThreshold::haircut",
        threshold.haircut(n.fraction(), total),
    );
    Some(())
}

fn confidence(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let confidence = Confidence::new(n.wad_to(4));
    let (price, interval) = (n.wad_to(1_000_000), n.wad_to(100));
    a.is(
        "Confidence::held_price",
        confidence.held_price(price, interval),
    );
    a.of(
        "Confidence::owed_price",
        confidence.owed_price(price, interval),
    );
    a.is("Confidence::haircut", confidence.haircut(price, interval));
    a.of("Confidence::add_on", confidence.add_on(price, interval));
    Some(())
}

fn correlation_groups(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let haircuts = [a_haircut(n, a)?, a_haircut(n, a)?, a_haircut(n, a)?];
    let groups = CorrelationGroups::new(&haircuts);
    let sets = [n.number(), n.number()].map(|bits| GroupSet::from_bits(bits as u64 & 15));
    let own = a_haircut(n, a)?;
    let common = GroupSet::common(sets);
    a.is("CorrelationGroups::haircut", groups.haircut(own, common));
    Some(())
}

fn correlation_offset(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut below = [Correlation::ZERO; 3];
    for each in &mut below {
        let bps = n.within(0, 10_000) as i16 - 5_000;
        *each = a.of("Correlation::from_bps", Correlation::from_bps(bps))?;
    }
    let matrix = CorrelationMatrix::new(3, &below);
    let matrix = a.of("CorrelationMatrix::new", matrix)?;
    let stress = CorrelationStress {
        to_one: n.fraction(),
        to_zero: n.fraction(),
    };
    let offset = CorrelationOffset::new(matrix, stress, n.fraction());
    let exposures = [
        Exposure::held(0, n.amount(), n.fraction()),
        Exposure::held(1, n.amount(), n.fraction()),
        Exposure::owed(2, n.amount(), n.fraction()),
    ];
    a.of("CorrelationOffset::risk", offset.risk(&exposures));
    Some(())
}

fn depth_and_age(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let budget = DepthBudget::new(n.amount(), n.fraction());
    if let Some(budget) = a.of("DepthBudget::new", budget) {
        a.is("DepthBudget::haircut", budget.haircut(n.amount()));
        a.is(
            "DepthBudget::largest_total",
            budget.largest_total(n.fraction()),
        );
    }
    let fresh = n.within(0, 1 << 40);
    let stale = fresh + n.within(0, 1 << 40);
    let age = PriceAge::new(Span::new(fresh), Span::new(stale));
    let age = a.of("PriceAge::new", age)?;
    let at = n.near([Timestamp::new(fresh), Timestamp::new(stale)]);
    a.is("PriceAge::haircut", age.haircut(Span::new(at.get())));
    Some(())
}

fn liquidity_range(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let [lower, more] = [n.within(1, 1 << 30), n.within(1, 1 << 30)].map(u128::from);
    let upper = [None, Some(Ratio::from_integer(lower + more))][n.choice(2) as usize];
    let range = LiquidityRange::new(Ratio::from_integer(lower), upper);
    let range = a.of("LiquidityRange::new", range)?;
    let (price, fall, variance) = (n.ratio_to(1 << 32), n.fraction(), n.wad_to(2));
    a.is(
        "LiquidityRange::haircut",
        range.haircut(price, fall, variance),
    );
    let loss = range.loss_versus_rebalancing(price, variance);
    a.is("LiquidityRange::loss_versus_rebalancing", loss);
    Some(())
}

fn price_impact(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (depth, price, total) = (
        n.within(1, u64::MAX),
        n.ratio_to(1 << 20),
        n.amount_to(u64::MAX),
    );
    // A constant product of equal reserves.
    let market = move |amount: Amount| {
        let sold = amount.get().checked_add(depth.into())?;
        let fetched = amount.get().checked_mul(depth.into())?.checked_div(sold)?;
        Some(Amount::new(fetched))
    };
    a.is("impact_haircut", impact_haircut(&market, price, total));
    a.is(
        "recoverable_value",
        recoverable_value(&market, price, n.part_of(total)),
    );
    Some(())
}

fn protection(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let now = Timestamp::new(n.within(0, 1 << 40));
    let (ends, paid) = (n.after(now, 1 << 30), n.after(now, 1 << 30));
    let protection = Protection::new(n.amount_to(u64::MAX), n.ratio_to(1 << 20), ends, paid);
    a.is("Protection::left", protection.left(now));
    a.of(
        "Protection::claim",
        protection.claim(n.ratio_to(1 << 20), n.fraction()),
    );
    let horizon = n.within(0, 1 << 30);
    let full = horizon + n.within(1, 1 << 30);
    let terms = ProtectionTerms::new(Span::new(horizon), Span::new(full));
    let terms = a.of("ProtectionTerms::new", terms)?;
    a.is(
        "ProtectionTerms::weight",
        terms.weight(protection.left(now)),
    );
    let payer = Payer::new(n.amount_to(u64::MAX), n.amount_to(u64::MAX));
    a.is(
        "Payer::recovery",
        (payer.recovery(n.amount_to(u64::MAX)), payer.room()),
    );
    let posted = PostedMeans {
        value: n.amount(),
        haircut: n.fraction(),
        joint: n.fraction(),
    };
    a.is("PostedMeans::recoverable", posted.recoverable(n.fraction()));
    let holding = Holding::new(n.amount_to(u64::MAX), n.ratio_to(1 << 20), a_haircut(n, a)?);
    let held = ProtectedHolding {
        holding,
        protection,
        payer,
    };
    a.of(
        "ProtectedHolding::credit",
        held.credit(&terms, margin(n), now),
    );
    a.is(
        "ProtectedHolding::haircut",
        held.haircut(&terms, margin(n), now),
    );
    Some(())
}

fn size_and_time(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let decimals = Decimals::new(n.within(0, 38) as u8);
    let decimals = a.of("Decimals::new", decimals)?;
    let rule = SquareRootSize::new(n.fraction(), decimals);
    let size = n.amount();
    a.is("SquareRootSize::haircut", rule.haircut(size));
    let weight = rule.liability_weight(size, n.wad_between(1, 3));
    a.is("SquareRootSize::liability_weight", weight);
    let year = n.span_to(31_536_000);
    let exit = a.of("TimeToExit::new", TimeToExit::new(n.wad_to(2), year))?;
    let early = EarlyExit {
        penalty: n.fraction(),
        wait: n.span_to(1 << 20),
    };
    let early = [None, Some(early)][n.choice(2) as usize];
    a.is(
        "TimeToExit::haircut",
        exit.haircut(n.span_to(1 << 28), early),
    );
    let volatility = Volatility::new(n.wad_to(4), n.span_to(31_536_000), n.fraction());
    let volatility = a.of("Volatility::new", volatility)?;
    a.is(
        "Volatility::haircut",
        volatility.haircut(n.wad_to(4), n.span_to(1 << 25)),
    );
    Some(())
}
