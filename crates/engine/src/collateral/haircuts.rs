//! The haircuts of holdings and the add-ons of debts, rule by rule.

use tokenomics_design::{
    AddOnKind, CollateralDebt, CollateralHolding, CollateralPlan, ImpactPool, RuleKind, RuleMargin,
    VolatilityRule,
};
use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, Span, Wad, U256};
use tokenomics_haircut_collateral::{
    impact_haircut, Composition, Debt, Error, Haircut, Holding, Margin, Proceeds, SquareRootSize,
    Volatility,
};
use tokenomics_liquidity_curves::{ConstantProduct, Fee, Market, Sell};

/// An observation of a holding at one time; a part that is `None` is as the design says.
///
/// ```
/// # use tokenomics_design::{Design, Overrides};
/// # use tokenomics_engine::collateral::{haircut_steps, Observed};
/// use tokenomics_fixed_math::{fraction, wad, Span};
/// use tokenomics_haircut_collateral::Margin;
///
/// # let text = r#"
/// # [token]
/// # name = "T"
/// # symbol = "T"
/// # decimals = 18
/// # genesis = 2026-01-01
/// # [collateral]
/// # quote = "USD"
/// # decimals = 8
/// # [[collateral.holding]]
/// # name = "ETH"
/// # decimals = 18
/// # amount = 10
/// # price = 2_500
/// # initial = 0.27
/// # maintenance = 0.25
/// # [[collateral.holding.rule]]
/// # kind = "volatility"
/// # margin = "initial"
/// # combine = "worst"
/// # multiple = 2.33
/// # horizon = "1d"
/// # window = "30d"
/// # "#;
/// # let design = Design::parse("design.toml", text, Overrides::default()).unwrap();
/// # let ether = &design.collateral.as_ref().unwrap().holdings[0];
/// // Of ether, a static haircut of 27% and 2.33 standard deviations of a day, whichever is larger.
/// let mut observed = Observed::declared(ether);
/// observed.deviation = Some((wad!("0.2"), Span::from_days(1)));
/// let steps = haircut_steps(ether, &observed)?;
/// assert_eq!(steps[0].after.fraction(Margin::Initial), fraction!("0.27"));
/// assert_eq!(steps[1].after.fraction(Margin::Initial), fraction!("0.466"));
/// assert_eq!(steps[1].after.fraction(Margin::Maintenance), fraction!("0.25"));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observed {
    /// Its price, in base units of the quote for one base unit.
    pub price: Ratio,
    /// The amount that all accounts hold of it, in its base units.
    pub all_holders: Amount,
    /// The standard deviation of its returns, and the period of those.
    pub deviation: Option<(Wad, Span)>,
    /// The age of its price.
    pub price_age: Option<Span>,
}

impl Observed {
    /// Returns what the design says of a holding.
    #[must_use]
    pub fn declared(holding: &CollateralHolding) -> Self {
        Self {
            price: holding.price,
            all_holders: holding.all_holders,
            deviation: None,
            price_age: None,
        }
    }
}

/// A haircut, or an add-on, after one rule more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HaircutStep {
    /// The kind of the rule, as a design file writes it; `static`, or the `group`, of the first.
    pub kind: &'static str,
    /// The name of the groups that the first is of.
    pub group: Option<String>,
    /// The haircut of the rule alone, for the margins that it counts for.
    pub alone: Haircut,
    /// The haircut of it and of all before it.
    pub after: Haircut,
}

impl HaircutStep {
    fn first(kind: &'static str, haircut: Haircut) -> Self {
        Self {
            kind,
            group: None,
            alone: haircut,
            after: haircut,
        }
    }
}

/// Computes the haircut of a holding after its static one and after each rule, in their order: the last
/// is what counts.
///
/// Where all of the position is in a group, the haircut of that stands in place of the static one.
///
/// # Rounding
/// Ceil, as each rule says.
///
/// # Errors
/// [`Error::OutOfRange`] for a deviation of no period.
pub fn haircut_steps(
    holding: &CollateralHolding,
    observed: &Observed,
) -> Result<Vec<HaircutStep>, Error> {
    let first = match &holding.group {
        Some(group) => HaircutStep {
            group: Some(group.name.clone()),
            ..HaircutStep::first("group", group.haircut)
        },
        None => HaircutStep::first("static", holding.haircut),
    };
    let mut before = first.after;
    let mut steps = vec![first];
    for rule in &holding.rules {
        let alone = within(alone(&rule.kind, holding, observed, before)?, rule.margin);
        let after = match rule.combine {
            Composition::Product => before.and(alone),
            Composition::Worst => before.or_worse(alone),
        };
        steps.push(HaircutStep {
            kind: rule.kind.name(),
            group: None,
            alone,
            after,
        });
        before = after;
    }
    Ok(steps)
}

/// Computes the add-on of a debt after its static one and after each rule, in their order: the last is
/// what counts.
///
/// # Rounding
/// Ceil, as each rule says.
///
/// # Errors
/// [`Error::OutOfRange`] where an add-on would be above 1.
pub fn add_on_steps(debt: &CollateralDebt) -> Result<Vec<HaircutStep>, Error> {
    let mut before = debt.add_on;
    let mut steps = vec![HaircutStep::first("static", before)];
    for rule in &debt.rules {
        let alone = match &rule.kind {
            AddOnKind::Confidence { rule, interval } => {
                // A lower price has no smaller add-on.
                let price = price_of_whole(debt.price, debt.par, Rounding::Floor);
                Haircut::uniform(rule.add_on(price, *interval)?)
            }
            AddOnKind::Volatility(rule) => Haircut::uniform(deviations(rule, None)?),
            AddOnKind::Root(rule) => premium(rule, debt.amount, before)?,
        };
        let alone = within(alone, rule.margin);
        let after = match rule.combine {
            Composition::Product => before.and_add_on(alone)?,
            Composition::Worst => before.or_worse(alone),
        };
        steps.push(HaircutStep {
            kind: rule.kind.name(),
            group: None,
            alone,
            after,
        });
        before = after;
    }
    Ok(steps)
}

/// Returns the holdings of a design, with the haircuts that count.
///
/// # Errors
/// As [`haircut_steps`].
pub fn holdings(plan: &CollateralPlan) -> Result<Vec<Holding>, Error> {
    let held = plan.holdings.iter().map(|holding| {
        let steps = haircut_steps(holding, &Observed::declared(holding))?;
        let haircut = steps.last().map_or(holding.haircut, |step| step.after);
        Ok(Holding::new(holding.amount, holding.price, haircut))
    });
    held.collect()
}

/// Returns the debts of a design, with the add-ons that count.
///
/// # Errors
/// As [`add_on_steps`].
pub fn debts(plan: &CollateralPlan) -> Result<Vec<Debt>, Error> {
    let owed = plan.debts.iter().map(|debt| {
        let steps = add_on_steps(debt)?;
        let add_on = steps.last().map_or(debt.add_on, |step| step.after);
        Debt::new(debt.amount, debt.price, add_on)
    });
    owed.collect()
}

/// Returns a haircut for the margins that a rule counts for.
const fn within(haircut: Haircut, margin: RuleMargin) -> Haircut {
    match margin {
        RuleMargin::Both => haircut,
        RuleMargin::Initial => Haircut::initial_only(haircut.fraction(Margin::Initial)),
    }
}

/// Computes the haircut of one rule.
fn alone(
    kind: &RuleKind,
    holding: &CollateralHolding,
    observed: &Observed,
    before: Haircut,
) -> Result<Haircut, Error> {
    let all = observed.all_holders;
    Ok(Haircut::uniform(match kind {
        RuleKind::Depth(depth) => depth.haircut(all),
        RuleKind::Cap(cap) => cap.haircut(all),
        RuleKind::Threshold(threshold) => {
            // It scales the haircut before it, of each margin.
            let scaled = |margin| threshold.haircut(before.fraction(margin), all);
            return Haircut::new(scaled(Margin::Initial), scaled(Margin::Maintenance));
        }
        RuleKind::Root(root) => root.haircut(holding.amount),
        RuleKind::Impact(pool) => impact_haircut(&PoolMarket::of(pool), observed.price, all),
        RuleKind::Age { rule, age } => rule.haircut(observed.price_age.unwrap_or(*age)),
        RuleKind::Confidence { rule, interval } => {
            // A lower price has no smaller haircut.
            let price = price_of_whole(observed.price, holding.par, Rounding::Floor);
            rule.haircut(price, *interval)
        }
        RuleKind::Volatility(rule) => deviations(rule, observed.deviation)?,
        RuleKind::Exit { rule, left, early } => rule.haircut(*left, *early),
        RuleKind::Liquidity {
            range,
            price,
            fall,
            variance,
        } => range.haircut(*price, *fall, *variance),
    }))
}

/// Computes the haircut of a volatility, of a deviation that is observed or declared.
fn deviations(rule: &VolatilityRule, seen: Option<(Wad, Span)>) -> Result<Fraction, Error> {
    let Some((deviation, period)) = seen else {
        return Ok(rule.rule.haircut(rule.deviation, rule.horizon));
    };
    let of_period = Volatility::new(rule.rule.multiple(), period, rule.rule.floor())?;
    Ok(of_period.haircut(deviation, rule.horizon))
}

/// Computes the add-on of a debt's size on top of another, for each margin.
fn premium(rule: &SquareRootSize, size: Amount, before: Haircut) -> Result<Haircut, Error> {
    let weight = |margin| {
        let weight = Wad::from(before.fraction(margin)).checked_add(Wad::ONE)?;
        Ok::<_, Error>(rule.liability_weight(size, weight))
    };
    Haircut::from_liability_weights(weight(Margin::Initial)?, weight(Margin::Maintenance)?)
}

/// Returns the price of a whole one in whole units of the quote, from that of base units and from that at which
/// it would cost one.
///
/// # Rounding
/// In the direction named; what is above all numbers is the largest.
#[must_use]
pub fn price_of_whole(price: Ratio, par: Ratio, rounding: Rounding) -> Wad {
    let above = U256::product(price.numerator(), par.denominator());
    let below = U256::product(price.denominator(), par.numerator());
    let whole = above.mul_div(Wad::SCALE.into(), below, rounding);
    let whole = whole.and_then(U256::to_u128);
    whole.map_or(Wad::MAX, Wad::from_raw)
}

/// A pool that a holding is sold into.
struct PoolMarket(Option<ConstantProduct>);

impl PoolMarket {
    fn of(pool: &ImpactPool) -> Self {
        let fee = Fee::from_fraction(pool.fee);
        let pool = fee.and_then(|fee| ConstantProduct::new(pool.asset, pool.quote, fee));
        // A design has none of which that fails; it would pay nothing.
        Self(pool.ok())
    }
}

impl Proceeds for PoolMarket {
    fn proceeds(&self, amount: Amount) -> Option<Amount> {
        if amount.is_zero() {
            return Some(Amount::ZERO);
        }
        let swap = self.0?.quote_exact_in(Sell::Token0, amount).ok()?;
        Some(swap.amount_out)
    }
}
