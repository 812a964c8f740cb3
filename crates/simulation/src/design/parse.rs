//! From the text of a design file to a [`Design`].

use std::collections::BTreeSet;

use tokenomics_emission_curves::{Curve as _, GeometricEpochs};
use tokenomics_escrow_weighting::Terms;
use tokenomics_fixed_math::{Amount, Decimals, Fraction, Ratio, Rounding, Span, Timestamp, Wad};
use tokenomics_haircut_collateral::{unit_price, Debt, Haircut, Holding};
use tokenomics_vesting::Schedule as _;
use toml::de::DeTable;

use super::section::{At, Problems, Section, Wrong};
use super::{
    schedule, value, Allocation, CollateralPlan, Design, Destination, Emission, EscrowPlan,
    FeeAsset, FeePlan, Overrides, Route, Token, Window, MOST_STEPS,
};
use crate::calendar::{self, Period};
use crate::problem::Problem;

/// Reads a whole design, noting every problem.
pub(super) fn design(text: &str, overrides: Overrides) -> Result<Design, Vec<Problem>> {
    let problems = Problems::default();
    let (table, syntax) = DeTable::parse_recoverable(text);
    for error in syntax {
        let span = error.span().unwrap_or(0..0);
        let help = "the file must be TOML: `key = value` lines under [section] headers";
        problems.push(Problem::new(
            span,
            format!("not TOML: {}", error.message()),
            "here",
            help,
        ));
    }
    if problems.any() {
        // What the parser made of a broken file would only add problems that aren't there.
        return Err(problems.into_vec());
    }
    let root = Section::new(
        table.get_ref(),
        "the design",
        0..first_line(text),
        &problems,
    );
    match assemble(root, overrides) {
        Some(design) if !problems.any() => Ok(design),
        _ => Err(problems.into_vec()),
    }
}

fn first_line(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

fn assemble(mut root: Section<'_>, overrides: Overrides) -> Option<Design> {
    // Where the token itself is wrong, the rest is still read with stand-ins, for its own problems.
    let (token, supply) = token(&mut root);
    let context = token
        .as_ref()
        .map_or_else(stand_in, |token| schedule::Context {
            genesis: token.genesis,
            decimals: token.decimals,
        });
    let names = &mut BTreeSet::new();
    let allocations = allocations(&mut root, context, supply.as_ref(), names);
    let emissions = emissions(&mut root, context, names);
    let escrow = root
        .section("escrow", "[escrow]")
        .and_then(|table| escrow(table, context));
    let collateral = root
        .section("collateral", "[collateral]")
        .and_then(collateral);
    let natural_end = natural_end(context.genesis, &allocations, &emissions);
    let window = window(&mut root, context.genesis, natural_end, overrides);
    let fees = root
        .section("fees", "[fees]")
        .and_then(|table| fees(table, context, window));
    let problems = root.problems;
    let span = root.span.clone();
    root.finish();
    let supply = Amount::try_sum(allocations.iter().map(|allocation| allocation.amount));
    let all = supply.and_then(|supply| {
        let emitted = Amount::try_sum(emissions.iter().map(Emission::cap))?;
        supply.checked_add(emitted)
    });
    if let Err(error) = all {
        let message = format!("the supply with all emissions is too large: {error}");
        problems.push(Problem::new(
            span,
            message,
            "in this design",
            "use fewer decimals",
        ));
    }
    let mut token = token?;
    token.supply = supply.ok()?;
    Some(Design {
        token,
        window: window?,
        allocations,
        emissions,
        escrow,
        fees,
        collateral,
    })
}

/// What an unreadable token is taken for while the rest of the file is read.
fn stand_in() -> schedule::Context {
    let decimals = Decimals::new(18).unwrap_or_else(|_| unreachable!("18 is at most 38"));
    schedule::Context {
        genesis: Timestamp::ZERO,
        decimals,
    }
}

fn token(root: &mut Section<'_>) -> (Option<Token>, Option<At<Amount>>) {
    let Some(mut section) = root.section("token", "[token]") else {
        if !root.has("token") {
            root.missing(
                "token",
                "begin with a [token] section: name, symbol, decimals, genesis",
            );
        }
        return (None, None);
    };
    let name = section.required("name", value::text);
    let symbol = section.required("symbol", value::text);
    let decimals = section
        .required("decimals", value::decimals)
        .map(|at| at.value);
    let genesis = section.required("genesis", value::date);
    let scale = decimals.unwrap_or(stand_in().decimals);
    let supply = section.optional("supply", |v| value::amount(v, scale));
    section.finish();
    let token = (|| {
        let (name, symbol, genesis) = (name?.value, symbol?.value, genesis?.value);
        let supply = Amount::ZERO; // Set once the allocations are known.
        Some(Token {
            name,
            symbol,
            decimals: decimals?,
            genesis,
            supply,
        })
    })();
    (token, supply)
}

/// How an allocation says how much it is.
enum Size {
    Amount(At<Amount>),
    Share(At<Fraction>),
    /// The sum of its schedules' amounts.
    Listed,
}

fn allocations(
    root: &mut Section<'_>,
    context: schedule::Context,
    supply: Option<&At<Amount>>,
    names: &mut BTreeSet<String>,
) -> Vec<Allocation> {
    let mut sections = root.sections("allocation", "[[allocation]]");
    let mut sizes: Vec<Option<Size>> = sections.iter_mut().map(|s| size(s, context)).collect();
    let amounts = divide_by_shares(root, &sizes, supply);
    let mut read = Vec::new();
    for ((mut section, size), divided) in sections.drain(..).zip(sizes.iter_mut()).zip(amounts) {
        let span = section.span.clone();
        let amount_span = match size {
            Some(Size::Amount(at)) => at.span.clone(),
            Some(Size::Share(at)) => at.span.clone(),
            _ => span,
        };
        if let Some(allocation) = allocation(&mut section, size.as_ref(), divided, context, names) {
            read.push((allocation, amount_span));
        }
        section.finish();
    }
    if let Some(supply) = supply {
        if !root.problems.any() {
            compare_with_supply(root, &read, supply, context.decimals);
        }
    }
    read.into_iter().map(|(allocation, _)| allocation).collect()
}

fn size(section: &mut Section<'_>, context: schedule::Context) -> Option<Size> {
    let amount = section.optional("amount", |v| value::amount(v, context.decimals));
    let share = section.optional("share", value::fraction);
    let listed = schedule::has_own_amounts(section);
    let said = [section.has("amount"), section.has("share"), listed];
    if said.iter().filter(|said| **said).count() != 1 {
        let message = "an allocation is sized in one way: `amount`, `share`, or the amounts of a list of schedules";
        let found = if said.contains(&true) {
            "more than one here"
        } else {
            "none here"
        };
        section
            .problems
            .push(Problem::new(section.span.clone(), message, found, ""));
        return None;
    }
    if listed {
        return Some(Size::Listed);
    }
    amount.map(Size::Amount).or_else(|| share.map(Size::Share))
}

/// The amount of each allocation that is given as a share: the supply split so that nothing is
/// lost. Shares have to sum to 1, and all allocations have to be shares if one is.
fn divide_by_shares(
    root: &Section<'_>,
    sizes: &[Option<Size>],
    supply: Option<&At<Amount>>,
) -> Vec<Amount> {
    let mut amounts = vec![Amount::ZERO; sizes.len()];
    let shares: Vec<&At<Fraction>> = sizes
        .iter()
        .filter_map(|size| match size {
            Some(Size::Share(share)) => Some(share),
            _ => None,
        })
        .collect();
    let Some(last) = shares.last() else {
        return amounts;
    };
    let problem = |message: String, help: &str| {
        root.problems.push(Problem::new(
            last.span.clone(),
            message,
            "the last share",
            help,
        ));
    };
    if shares.len() < sizes.len() {
        if sizes.iter().all(Option::is_some) {
            let message = "some allocations are shares and some are amounts".to_owned();
            problem(
                message,
                "use `share` for all of them, or `amount` for all of them",
            );
        }
        return amounts;
    }
    let Some(supply) = supply else {
        root.missing("supply", "in [token]: shares are shares of `supply`");
        return amounts;
    };
    let weights: Vec<u64> = shares.iter().map(|share| share.value.raw()).collect();
    let sum = sum_of_shares(weights.iter().copied());
    if sum != u128::from(Fraction::SCALE) {
        let sum = Wad::from_raw(sum);
        problem(
            format!("the allocations' shares sum to {sum}, not to 1"),
            "shares must sum to 1",
        );
        return amounts;
    }
    let split = tokenomics_fee_split::split_by_weights(supply.value, &weights, &mut amounts);
    if let Err(error) = split {
        problem(
            format!("the supply cannot be split by these shares: {error}"),
            "",
        );
    }
    amounts
}

fn sum_of_shares(raw: impl Iterator<Item = u64>) -> u128 {
    raw.map(u128::from).sum()
}

fn allocation(
    section: &mut Section<'_>,
    size: Option<&Size>,
    divided: Amount,
    context: schedule::Context,
    names: &mut BTreeSet<String>,
) -> Option<Allocation> {
    let name = unique_name(section, names);
    if let Some(name) = &name {
        section.name = format!("allocation \"{name}\"");
    }
    let stakeholder = section.required("stakeholder", value::stakeholder);
    let to = section.optional("to", value::destination);
    let claim_every = section
        .optional("claim_every", value::period)
        .map(|at| at.value);
    let schedules = match size {
        Some(Size::Listed) => schedule::list(section, context).into_iter().collect(),
        Some(Size::Amount(at)) => schedule::single(section, at.value, context).map(|s| vec![s]),
        Some(Size::Share(_)) => schedule::single(section, divided, context).map(|s| vec![s]),
        None => {
            // Only for the problems inside it.
            if !schedule::has_own_amounts(section) {
                schedule::single(section, Amount::ZERO, context);
            }
            None
        }
    };
    let schedules: Vec<_> = schedules?;
    let amount = Amount::try_sum(schedules.iter().map(tokenomics_vesting::AnySchedule::total));
    let amount = amount.map_err(|error| {
        let message = format!("{} is too large: {error}", section.name);
        section
            .problems
            .push(Problem::new(section.span.clone(), message, "here", ""));
    });
    let to = to.map_or(Destination::Circulating, |at| at.value);
    let stakeholder = stakeholder?.value;
    Some(Allocation {
        name: name?,
        stakeholder,
        amount: amount.ok()?,
        to,
        claim_every,
        schedules,
    })
}

/// The `name` of an allocation or emission, which no other may have.
fn unique_name(section: &mut Section<'_>, names: &mut BTreeSet<String>) -> Option<String> {
    let name = section.required("name", value::text)?;
    if !names.insert(name.value.clone()) {
        let message = format!("the name `{}` is taken", name.value);
        let help = "each allocation and emission needs a name of its own";
        section
            .problems
            .push(Problem::new(name.span, message, "used before", help));
        return None;
    }
    Some(name.value)
}

fn compare_with_supply(
    root: &Section<'_>,
    allocations: &[(Allocation, std::ops::Range<usize>)],
    supply: &At<Amount>,
    decimals: Decimals,
) {
    let all = supply.value.display(decimals);
    let mut sum = Amount::ZERO;
    for (allocation, span) in allocations {
        let next = sum.checked_add(allocation.amount);
        let beyond = match &next {
            Ok(next) => *next > supply.value,
            Err(_) => true,
        };
        if beyond {
            let left = supply
                .value
                .checked_sub(sum)
                .unwrap_or(Amount::ZERO)
                .display(decimals);
            let message = format!(
                "allocation \"{}\" of {} is beyond the supply of {all}: only {left} is left for it",
                allocation.name,
                allocation.amount.display(decimals)
            );
            let help = "the allocations must sum to `supply` of [token]";
            root.problems.push(Problem::new(
                span.clone(),
                message,
                "beyond the supply",
                help,
            ));
            return;
        }
        sum = next.unwrap_or(sum);
    }
    if let Ok(rest) = supply.value.checked_sub(sum) {
        if !rest.is_zero() {
            let (sum, rest) = (sum.display(decimals), rest.display(decimals));
            let message = format!("the allocations sum to {sum}, which leaves {rest} of the supply of {all} to nobody");
            let help = "allocate all of it: what the protocol keeps is an allocation with to = \"treasury\"";
            root.problems.push(Problem::new(
                supply.span.clone(),
                message,
                "not all allocated",
                help,
            ));
        }
    }
}

fn emissions(
    root: &mut Section<'_>,
    context: schedule::Context,
    names: &mut BTreeSet<String>,
) -> Vec<Emission> {
    let sections = root.sections("emission", "[[emission]]");
    let read = |mut section| {
        let emission = emission(&mut section, context, names);
        section.finish();
        emission
    };
    sections.into_iter().filter_map(read).collect()
}

fn emission(
    section: &mut Section<'_>,
    context: schedule::Context,
    names: &mut BTreeSet<String>,
) -> Option<Emission> {
    let name = unique_name(section, names);
    if let Some(name) = &name {
        section.name = format!("emission \"{name}\"");
    }
    let kind = section.required("kind", |v| {
        value::one_of(v, &["geometric-epochs"], |name| name)
    });
    let stakeholder = section.required("stakeholder", value::stakeholder);
    let to = section.optional("to", value::destination);
    let start = start(section, context.genesis, "genesis");
    let tick = section
        .optional("tick", value::fixed_period)
        .map_or(1, |at| at.value);
    let rate = section.required("rate", |v| value::positive(v, context.decimals));
    let epoch = section.required("epoch", |v| ticks(v, tick));
    let decay = section.required("decay", value::ratio);
    let most = u64::from(u32::MAX);
    let max_epochs = section.optional("max_epochs", |v| value::integer(v, 1, most));
    let max_epochs = max_epochs.and_then(|at| u32::try_from(at.value).ok());
    kind?;
    let (rate, epoch, decay) = (rate?.value, Span::new(epoch?.value), decay?);
    let curve =
        GeometricEpochs::<Vec<_>>::new(Timestamp::ZERO, epoch, rate, decay.value, max_epochs)
            .map_err(|error| {
                let message = format!("{} cannot be: {error}", section.name);
                let help = "a decay below 1 ends by itself; any other needs `max_epochs`";
                section
                    .problems
                    .push(Problem::new(decay.span, message, "here", help));
            });
    let to = to.map_or(Destination::Circulating, |at| at.value);
    let (name, stakeholder, start) = (name?, stakeholder?.value, start?);
    Some(Emission {
        name,
        stakeholder,
        to,
        start,
        tick,
        curve: curve.ok()?,
    })
}

/// A number of ticks: an integer, or a length of time that is a whole number of them.
fn ticks(v: &toml::de::DeValue<'_>, tick: u64) -> Result<u64, Wrong> {
    if v.is_integer() {
        return value::integer(v, 1, u64::MAX);
    }
    let seconds = value::fixed_period(v)?;
    if seconds % tick != 0 {
        let message = format!("{seconds}s is not a whole number of ticks of {tick}s");
        return Err(Wrong::new(message, "an integer counts ticks"));
    }
    Ok(seconds / tick)
}

/// `start`, which is not before `earliest` and is that if not said.
fn start(section: &mut Section<'_>, earliest: Timestamp, what: &str) -> Option<Timestamp> {
    let had = section.has("start");
    let Some(start) = section.optional("start", |v| value::date_or_after(v, earliest)) else {
        return (!had).then_some(earliest);
    };
    if start.value < earliest {
        let message = format!(
            "{} starts at {}, before {what} at {}",
            section.name,
            calendar::rfc3339(start.value),
            calendar::rfc3339(earliest)
        );
        section
            .problems
            .push(Problem::new(start.span, message, "too early", ""));
        return None;
    }
    Some(start.value)
}

fn escrow(mut section: Section<'_>, context: schedule::Context) -> Option<EscrowPlan> {
    let share = section.required("share", value::fraction);
    let duration = section.required("duration", value::fixed_period);
    let max = section.optional("max", value::fixed_period);
    let granule = section
        .optional("granule", value::fixed_period)
        .map_or(604_800, |at| at.value);
    let renew = section
        .optional("renew", value::truth)
        .is_none_or(|at| at.value);
    let start = start(&mut section, context.genesis, "genesis");
    let had_max = section.has("max");
    let problems = section.problems;
    let name = section.name.clone();
    section.finish();
    let duration = duration?;
    let max = match max {
        Some(max) => max.value,
        None if had_max => return None,
        None => duration.value,
    };
    let refuse = |message: String, help: &str| {
        problems.push(Problem::new(duration.span.clone(), message, "here", help));
    };
    if duration.value > max {
        refuse(
            format!("locks of {}s are longer than `max`, {max}s", duration.value),
            "",
        );
        return None;
    }
    if duration.value < granule {
        let message = format!(
            "locks of {}s are shorter than `granule`, {granule}s",
            duration.value
        );
        refuse(
            message,
            "lock ends fall on multiples of the granule, one week if not said",
        );
        return None;
    }
    let terms = Terms::new(Span::new(max), Span::new(granule))
        .map_err(|error| refuse(format!("{name} cannot be: {error}"), ""))
        .ok()?;
    let duration = Span::new(duration.value);
    Some(EscrowPlan {
        share: share?.value,
        duration,
        terms,
        renew,
        start: start?,
    })
}

fn fees(
    mut section: Section<'_>,
    context: schedule::Context,
    window: Option<Window>,
) -> Option<FeePlan> {
    let asset = fee_asset(&mut section, context);
    let decimals = match &asset {
        Some(FeeAsset::Other { decimals, .. }) => *decimals,
        _ => context.decimals,
    };
    let revenue = section.required("revenue", |v| value::amount(v, decimals));
    let per = section.required("per", value::period);
    let start = start(&mut section, context.genesis, "genesis");
    let end = section.optional("end", |v| {
        value::date_or_after(v, start.unwrap_or(context.genesis))
    });
    if let (Some(start), Some(end)) = (start, &end) {
        if end.value <= start {
            let message = format!(
                "[fees] ends at {}, which does not follow its start at {}",
                calendar::rfc3339(end.value),
                calendar::rfc3339(start)
            );
            section
                .problems
                .push(Problem::new(end.span.clone(), message, "not later", ""));
        }
    }
    let routes = routes(&mut section, asset.as_ref());
    section.finish();
    let end = end.map(|at| at.value).or(window.map(|window| window.end));
    let (revenue, per) = (revenue?.value, per?.value);
    Some(FeePlan {
        asset: asset?,
        revenue,
        per,
        start: start?,
        end: end?,
        routes: routes?,
    })
}

fn fee_asset(section: &mut Section<'_>, context: schedule::Context) -> Option<FeeAsset> {
    let asset = section.optional("asset", value::text);
    let had_asset = section.has("asset");
    let decimals = section.optional("decimals", value::decimals);
    let price = section.optional("price", value::price);
    if !had_asset {
        for key in ["decimals", "price"] {
            if section.has(key) {
                let message = format!("[fees] has `{key}` but no `asset`");
                let help = "without `asset`, revenue is in the token itself, with its own decimals";
                let span = section.key_span(key);
                section
                    .problems
                    .push(Problem::new(span, message, "of which asset?", help));
            }
        }
        return Some(FeeAsset::Token);
    }
    if !section.has("decimals") {
        section.missing(
            "decimals",
            "how many decimals the asset has, such as 6 or 18",
        );
    }
    let (symbol, decimals) = (asset?.value, decimals?.value);
    let price = match price {
        Some(price) => {
            let in_base_units = base_ratio(price.value, decimals, context.decimals);
            if in_base_units.is_none() {
                let message = "this price has too many digits to be kept exactly".to_owned();
                section.problems.push(Problem::new(
                    price.span,
                    message,
                    "here",
                    "use fewer digits",
                ));
            }
            in_base_units
        }
        None => None,
    };
    Some(FeeAsset::Other {
        symbol,
        decimals,
        price,
    })
}

/// Base units of the asset for one base unit of the token, from whole units for a whole token.
fn base_ratio(price: Ratio, asset: Decimals, token: Decimals) -> Option<Ratio> {
    let price = price.reduced();
    // Only the difference of the decimals matters, and keeps the numbers small.
    let common = asset.get().min(token.get());
    let power = |decimals: Decimals| 10_u128.checked_pow(u32::from(decimals.get() - common));
    let numerator = price.numerator().checked_mul(power(asset)?)?;
    let denominator = price.denominator().checked_mul(power(token)?)?;
    Ratio::new(numerator, denominator).ok().map(Ratio::reduced)
}

fn routes(section: &mut Section<'_>, asset: Option<&FeeAsset>) -> Option<[Fraction; 8]> {
    let Some(mut table) = section.section("routes", "[fees.routes]") else {
        if !section.has("routes") {
            section.missing(
                "routes",
                "say who gets the revenue, as in routes = { lockers = 0.5, treasury = 0.5 }",
            );
        }
        return None;
    };
    let mut shares = [Fraction::ZERO; 8];
    let mut unread = false;
    for (route, share) in Route::ALL.into_iter().zip(shares.iter_mut()) {
        let had = table.has(route.name());
        match table.optional(route.name(), value::fraction) {
            Some(at) => *share = at.value,
            None => unread |= had,
        }
        if !share.is_zero() {
            check_route(&table, route, asset);
        }
    }
    let sum = sum_of_shares(shares.iter().map(|share| share.raw()));
    if !unread && sum != u128::from(Fraction::SCALE) {
        let sum = Wad::from_raw(sum);
        let message = format!("the shares of [fees.routes] sum to {sum}, not to 1");
        let help = "all revenue goes somewhere: shares must sum to 1";
        table.problems.push(Problem::new(
            table.span.clone(),
            message,
            "these shares",
            help,
        ));
    }
    table.finish();
    (!unread).then_some(shares)
}

/// What is bought needs a price, and nothing is bought with the token itself.
fn check_route(table: &Section<'_>, route: Route, asset: Option<&FeeAsset>) {
    let refuse = |message: &str, help: &str| {
        table.problems.push(Problem::new(
            table.key_span(route.name()),
            message,
            "here",
            help,
        ));
    };
    match (route, asset) {
        (Route::Buyback, Some(FeeAsset::Token)) => {
            refuse(
                "revenue in the token itself cannot buy the token",
                "use `treasury` or `burn`",
            );
        }
        (Route::Buyback | Route::Burn, Some(FeeAsset::Other { price: None, .. })) => {
            refuse(
                "buying the token needs its price",
                "give `price` in [fees]: the asset's units for one token",
            );
        }
        _ => {}
    }
}

fn collateral(mut section: Section<'_>) -> Option<CollateralPlan> {
    let quote = section.required("quote", value::text);
    let decimals = section.required("decimals", value::decimals);
    let quote_decimals = decimals.map_or(stand_in().decimals, |at| at.value);
    let mut plan = CollateralPlan {
        quote: quote.map_or_else(String::new, |at| at.value),
        decimals: quote_decimals,
        holding_names: Vec::new(),
        holdings: Vec::new(),
        debt_names: Vec::new(),
        debts: Vec::new(),
    };
    for mut table in section.sections("holding", "[[collateral.holding]]") {
        let asset = priced_asset(&mut table, quote_decimals, Rounding::Floor);
        let haircut = haircut(&mut table);
        if let (Some(asset), Some(haircut)) = (asset, haircut) {
            plan.holdings
                .push(Holding::new(asset.amount, asset.price, haircut));
            plan.holding_names.push((asset.name, asset.decimals));
        }
        table.finish();
    }
    for mut table in section.sections("debt", "[[collateral.debt]]") {
        if let Some(asset) = priced_asset(&mut table, quote_decimals, Rounding::Ceil) {
            match Debt::new(asset.amount, asset.price, Haircut::NONE) {
                Ok(debt) => {
                    plan.debts.push(debt);
                    plan.debt_names.push((asset.name, asset.decimals));
                }
                Err(error) => {
                    let message = format!("this debt cannot be: {error}");
                    let span = table.key_span("price");
                    table
                        .problems
                        .push(Problem::new(span, message, "here", "give its price"));
                }
            }
        }
        table.finish();
    }
    section.finish();
    Some(plan)
}

fn haircut(table: &mut Section<'_>) -> Option<Haircut> {
    let initial = table.required("initial", value::fraction);
    let maintenance = table.required("maintenance", value::fraction);
    let (initial, maintenance) = (initial?, maintenance?);
    Haircut::new(initial.value, maintenance.value)
        .map_err(|error| {
            let message = format!("these haircuts cannot be: {error}");
            let help = "a maintenance haircut is at most the initial one";
            table
                .problems
                .push(Problem::new(maintenance.span, message, "here", help));
        })
        .ok()
}

struct PricedAsset {
    name: String,
    decimals: Decimals,
    amount: Amount,
    price: Wad,
}

fn priced_asset(
    table: &mut Section<'_>,
    quote: Decimals,
    rounding: Rounding,
) -> Option<PricedAsset> {
    let name = table.required("name", value::text);
    let decimals = table.required("decimals", value::decimals);
    let scale = decimals.as_ref().map_or(stand_in().decimals, |at| at.value);
    let amount = table.required("amount", |v| value::amount(v, scale));
    let price = table.required("price", |v| {
        let price = value::feed_price(v)?;
        unit_price(price, scale, quote, rounding).map_err(|error| {
            Wrong::new(
                format!("this price is too large: {error}"),
                "use fewer decimals for the quote",
            )
        })
    });
    let (name, decimals) = (name?.value, decimals?.value);
    Some(PricedAsset {
        name,
        decimals,
        amount: amount?.value,
        price: price?.value,
    })
}

/// The point from which nothing unlocks or is minted any more; four years if nothing ever does.
fn natural_end(
    genesis: Timestamp,
    allocations: &[Allocation],
    emissions: &[Emission],
) -> Timestamp {
    let schedules = allocations
        .iter()
        .flat_map(|allocation| &allocation.schedules);
    let ends = schedules
        .map(|schedule| schedule.end())
        .chain(emissions.iter().map(Emission::end));
    let last = ends.max().unwrap_or(genesis);
    if last > genesis {
        last.min(calendar::LAST)
    } else {
        Period::Months(48)
            .after(genesis, 1)
            .unwrap_or(calendar::LAST)
    }
}

fn window(
    root: &mut Section<'_>,
    genesis: Timestamp,
    natural_end: Timestamp,
    overrides: Overrides,
) -> Option<Window> {
    let (mut start, mut end, mut step) = (None, None, None);
    let mut span = root.span.clone();
    if let Some(mut section) = root.section("simulation", "[simulation]") {
        span = section.span.clone();
        start = section.optional("start", |v| value::date_or_after(v, genesis));
        let anchor = start.as_ref().map_or(genesis, |at| at.value);
        end = section.optional("end", |v| value::date_or_after(v, anchor));
        step = section.optional("step", value::period);
        section.finish();
    }
    let window = Window {
        start: overrides
            .start
            .or(start.map(|at| at.value))
            .unwrap_or(genesis),
        end: overrides
            .end
            .or(end.map(|at| at.value))
            .unwrap_or(natural_end),
        step: overrides
            .step
            .or(step.map(|at| at.value))
            .unwrap_or(Period::Seconds(604_800)),
    };
    let refuse = |message: String, label: &str, help: &str| {
        root.problems
            .push(Problem::new(span.clone(), message, label, help));
    };
    if window.end <= window.start {
        let message = format!(
            "the simulation ends at {}, which does not follow its start at {}",
            calendar::rfc3339(window.end),
            calendar::rfc3339(window.start)
        );
        refuse(message, "an empty stretch of time", "change start or end");
        return None;
    }
    let steps = window.step.count_between(window.start, window.end);
    if steps > MOST_STEPS {
        let message = format!("{steps} steps of {} are too many", window.step);
        let help = format!("at most {MOST_STEPS} steps: use a longer step, or an earlier end");
        refuse(message, "too many steps", &help);
        return None;
    }
    Some(window)
}

impl Emission {
    /// All that it will ever mint.
    #[must_use]
    pub fn cap(&self) -> Amount {
        self.curve.cap()
    }

    /// What it has minted by `at`.
    #[must_use]
    pub fn emitted_at(&self, at: Timestamp) -> Amount {
        let Some(elapsed) = at.since(self.start) else {
            return Amount::ZERO;
        };
        self.curve
            .emitted_at(Timestamp::new(elapsed.get() / self.tick))
    }

    /// What it mints from one point to another.
    #[must_use]
    pub fn emitted_between(&self, from: Timestamp, to: Timestamp) -> Amount {
        self.emitted_at(to)
            .checked_sub(self.emitted_at(from))
            .unwrap_or(Amount::ZERO)
    }

    /// When the last unit is minted; the end of the calendar if that is later.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        let ticks = self.curve.end().get();
        let seconds = ticks.checked_mul(self.tick).map(Span::new);
        let end = seconds.and_then(|span| self.start.checked_add(span).ok());
        end.unwrap_or(calendar::LAST).min(calendar::LAST)
    }
}
