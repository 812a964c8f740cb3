//! What a position is worth, its health and what it may borrow, here and there.

use revm::primitives::ruint::aliases::U512;
use tokenomics_haircut_collateral::Margin;

use super::here::Here;
use super::model::Account;
use super::position::{Position, ALL, ONE};
use super::tally::{Difference as D, Tally};
use super::There;
use crate::Failure;

/// A whole unit of the base currency in 10^-18, and in 10^-22 as weighted sums are.
const UNIT: U512 = U512::from_limbs([ONE, 0, 0, 0, 0, 0, 0, 0]);
const WEIGHTED_UNIT: u128 = ONE as u128 * ALL as u128;
/// A dollar in units of the base currency.
const DOLLAR: u64 = 100_000_000;

fn number(number: impl Into<u128>) -> U512 {
    U512::from(number.into())
}

fn check(is_so: bool, why: impl FnOnce() -> String) -> Result<(), Failure> {
    match is_so {
        true => Ok(()),
        false => Err(why().into()),
    }
}

/// Checks that a sum here is the exact one, rounded, unless it is above 128 bits.
fn exact(what: &str, here: Option<u128>, exact: U512, tally: &mut Tally) -> Result<(), Failure> {
    match here {
        Some(here) => check(number(here) == exact, || {
            format!("{what}: {here} here, exactly {exact}")
        }),
        None => {
            tally.note(D::Wide);
            check(exact > number(u128::MAX), || {
                format!("{what}: exactly {exact}, none here")
            })
        }
    }
}

/// Compares what is held, what is owed and what counts.
pub fn sums(
    here: &Here<'_>,
    position: &Position,
    there: &Account,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let (value, debt) = (position.value(), position.debt());
    exact("held", here.value(), value / UNIT, tally)?;
    let owed = debt.div_ceil(UNIT);
    exact("owed", here.liabilities(), owed, tally)?;
    exact("owed", here.owed(Margin::Maintenance), owed, tally)?;
    let unit = number(WEIGHTED_UNIT);
    let initial = position.credit(|terms| terms.ltv);
    let maintenance = position.credit(|terms| terms.threshold);
    exact(
        "to open",
        here.credit(Margin::Initial),
        initial / unit,
        tally,
    )?;
    let counts = here.credit(Margin::Maintenance);
    exact("to stay", counts, maintenance / unit, tally)?;

    // Less than a unit is cut off of each that isn't worth a whole number of them.
    let few = position.fractions(|asset| asset.held) * UNIT;
    floored(
        "held",
        value,
        there.collateral * UNIT,
        few,
        D::HoldingFloored,
        tally,
    )?;
    let few = position.fractions(|asset| asset.owed) * UNIT;
    floored("owed", debt, there.debt * UNIT, few, D::DebtFloored, tally)
}

/// Checks that a sum there is below the exact one, by less than so much.
fn floored(
    what: &str,
    exact: U512,
    there: U512,
    most: U512,
    difference: D,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let gap = exact.checked_sub(there);
    let gap = gap.ok_or_else(|| format!("{what}: {there} there, exactly {exact}"))?;
    if gap > U512::ZERO {
        tally.note(difference);
    }
    check(gap == U512::ZERO || gap < most, || {
        format!("{what}: {gap} apart, below {most}")
    })
}

/// What the pool's verdicts may be off by, in 10^-22 units of the base currency.
struct Slack {
    /// For what is held: what is floored of each holding, and of the average weight.
    held: U512,
    /// For what is owed.
    owed: U512,
    /// For half a unit of a percentage.
    half: U512,
    /// For half a unit of the health factor.
    factor: U512,
}

impl Slack {
    fn of(position: &Position, there: &Account) -> Self {
        let unit = number(WEIGHTED_UNIT);
        Self {
            held: position.fractions(|asset| asset.held) * unit + there.collateral * UNIT,
            owed: position.fractions(|asset| asset.owed) * unit,
            half: unit / number(2_u8),
            factor: (position.debt() * number(ALL)).div_ceil(number(2_u8) * UNIT),
        }
    }

    /// How much of what counts may be to spare where the pool says that there is too little.
    fn above(&self) -> U512 {
        self.held + self.half + self.factor
    }

    /// How much may be lacking where the pool says that there is enough.
    fn below(&self) -> U512 {
        self.owed + self.half + self.factor
    }

    /// Whether so many units at a price may be the most that the pool lends, of what counts and is owed.
    fn lets_borrow(&self, most: u128, price: U512, [credit, wanted]: [U512; 2]) -> bool {
        let more = self.half * number(3_u8);
        let is_little = number(most) * price + wanted < credit + self.owed + more;
        let next = number(most + 1) * price + self.held + self.factor + more;
        (most == 0 || is_little) && credit.saturating_sub(wanted) < next
    }
}

/// Compares whether what counts is so many 10^-18 of what is owed, or more.
///
/// Takes what is said here, what is said there, and the difference for each way in which they differ.
pub fn verdict(
    position: &Position,
    there: &Account,
    level: u64,
    said: [bool; 2],
    [more, less]: [D; 2],
    tally: &mut Tally,
) -> Result<(), Failure> {
    let credit = position.credit(|terms| terms.threshold) * UNIT;
    let wanted = position.debt() * number(ALL) * number(level);
    let slack = Slack::of(position, there);
    let (difference, gap, most) = match said {
        [true, false] => (less, credit.checked_sub(wanted), slack.above()),
        [false, true] => (more, wanted.checked_sub(credit), slack.below()),
        _ => return Ok(()),
    };
    tally.note(difference);
    let gap = gap.ok_or_else(|| format!("{difference:?}, and exactly so"))?;
    check(gap <= most * UNIT, || {
        format!("{difference:?}: {gap} apart, at most {most}")
    })
}

/// Compares the health factor, step by step, and whether it is below 1.
pub fn health(
    here: &Here<'_>,
    position: &Position,
    there: &Account,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let credit = position.credit(|terms| terms.threshold);
    let wanted = position.debt() * number(ALL);
    let is_healthy = here.is_healthy(Margin::Maintenance);
    check(is_healthy == (credit >= wanted), || {
        format!("healthy here: {is_healthy}")
    })?;
    if let Some(shown) = here.health() {
        let (above, below) = (number(shown.numerator()), number(shown.denominator()));
        let is_floored = above.checked_mul(wanted) <= below.checked_mul(credit);
        check(is_floored, || format!("a health of {shown:?} here"))?;
    }
    averages(position, there, tally)?;
    steps(there, tally)?;
    factors(credit, wanted, there, tally)?;
    let said = [is_healthy, there.is_healthy()];
    tally.verdicts += u64::from(said[0] == said[1]);
    let differences = [D::HealthyThere, D::LiquidatableThere];
    verdict(position, there, ONE, said, differences, tally)
}

/// Checks that both weights are the averages of what the pool counts, cut to basis points.
fn averages(position: &Position, there: &Account, tally: &mut Tally) -> Result<(), Failure> {
    let counted = |weight: fn(&super::position::Terms) -> u32| {
        (0..position.assets.len()).fold(U512::ZERO, |sum, index| {
            let terms = position.terms(index);
            let whole = terms.value(position.assets[index].held) / UNIT;
            sum + whole * number(weight(&terms))
        })
    };
    let initial = (counted(|terms| terms.ltv), there.ltv);
    let maintenance = (counted(|terms| terms.threshold), there.threshold);
    for (exact, average) in [initial, maintenance] {
        let shown = there.collateral * average;
        // Of a basis point, less than one is cut off.
        floored(
            "weight",
            exact,
            shown,
            there.collateral,
            D::AverageCut,
            tally,
        )?;
    }
    Ok(())
}

/// Checks that the weighted sum and the factor are off by no more than half of their last unit.
fn steps(there: &Account, tally: &mut Tally) -> Result<(), Failure> {
    let counted = there.counted();
    let rounds = [
        (
            counted * number(ALL),
            there.collateral * there.threshold,
            number(ALL),
            [D::PercentUp, D::PercentDown],
        ),
        (
            there.health * there.debt,
            counted * UNIT,
            there.debt,
            [D::FactorUp, D::FactorDown],
        ),
    ];
    // Without a debt the factor is a number that stands for none.
    let rounds = &rounds[..if there.debt == U512::ZERO { 1 } else { 2 }];
    for (rounded, exact, unit, [up, down]) in rounds {
        match rounded.cmp(exact) {
            std::cmp::Ordering::Greater => tally.note(*up),
            std::cmp::Ordering::Less => tally.note(*down),
            std::cmp::Ordering::Equal => (),
        }
        check(rounded.abs_diff(*exact) * number(2_u8) <= *unit, || {
            format!("{rounded} there, exactly {exact} of {unit}")
        })?;
    }
    Ok(())
}

/// Takes note of how far the factor is from the exact one.
fn factors(credit: U512, wanted: U512, there: &Account, tally: &mut Tally) -> Result<(), Failure> {
    let two = number(2_u8);
    let is_usual = credit * two >= wanted && wanted * two >= credit;
    if there.debt < number(DOLLAR) || there.threshold < number(ALL / 2) || !is_usual {
        return Ok(());
    }
    let (shown, exact) = (there.health * wanted, credit * UNIT);
    let parts = number(1_000_000_000_u32) * shown.abs_diff(exact) / exact;
    let side = match shown > exact {
        true => &mut tally.above,
        false => &mut tally.below,
    };
    *side = u64::try_from(parts)
        .map_err(|_| "a factor that is far off")?
        .max(*side);
    Ok(())
}

/// Compares what may be borrowed in units of the base currency, as it is shown.
pub fn offers(
    here: &Here<'_>,
    position: &Position,
    there: &Account,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let unit = number(WEIGHTED_UNIT);
    let credit = position.credit(|terms| terms.ltv);
    let wanted = position.debt() * number(ALL);
    let free = credit.saturating_sub(wanted);
    let most = number(u128::MAX);
    exact(
        "headroom",
        Some(here.headroom()?),
        (free / unit).min(most),
        tally,
    )?;
    let slack = Slack::of(position, there);
    let shown = there.available * unit;
    match shown.cmp(&(free / unit * unit)) {
        std::cmp::Ordering::Greater => tally.note(D::OffersMore),
        std::cmp::Ordering::Less => tally.note(D::OffersLess),
        std::cmp::Ordering::Equal => (),
    }
    let is_near = shown == U512::ZERO || shown + wanted <= credit + slack.owed + slack.half;
    check(is_near && free <= shown + slack.held + slack.half, || {
        format!(
            "{} offered there, exactly {free} of {unit}",
            there.available
        )
    })
}

/// Compares what may really be borrowed of an asset, to the unit.
pub fn borrows(
    here: &Here<'_>,
    position: &Position,
    account: &Account,
    index: usize,
    there: &mut dyn There,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let terms = position.terms(index);
    let Ok(most) = u128::try_from(account.most_borrowed(&terms)) else {
        tally.note(D::Wide);
        return Ok(());
    };
    let most = most.min(u128::MAX - 1);
    let is_refused = !there.borrows(index, most + 1)?;
    let is_most = is_refused && (most == 0 || there.borrows(index, most)?);
    check(is_most, || {
        format!("{most} of {index} isn't the most there")
    })?;
    let credit = position.credit(|terms| terms.ltv);
    let wanted = position.debt() * number(ALL);
    let price = terms.unit_value() * number(ALL);
    let borrowed = here.max_borrow(index)?;
    let exactly = credit.saturating_sub(wanted) / price;
    let exactly = exactly.min(number(u128::MAX));
    exact("to borrow", Some(borrowed), exactly, tally)?;
    tally.borrows += 1;
    match most.cmp(&borrowed) {
        std::cmp::Ordering::Greater => tally.note(D::BorrowsMore),
        std::cmp::Ordering::Less => tally.note(D::BorrowsLess),
        std::cmp::Ordering::Equal => tally.borrows_same += 1,
    }
    let slack = Slack::of(position, account);
    check(slack.lets_borrow(most, price, [credit, wanted]), || {
        format!("{most} of {index} there, {borrowed} here")
    })
}
