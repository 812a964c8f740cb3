//! The levels of one side of a ladder.

use tokenomics_fixed_math::{Amount, Fraction, Rounding, U256};

use crate::check::in_range;
use crate::{Error, Quantity, Sell};

/// A level of a [`Ladder`](crate::Ladder): all orders at one price.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::Level;
///
/// let level = Level { price: 9_900, amount: Amount::new(10) };
/// assert_ne!(level, Level::default());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct Level {
    /// The price of Token0 in ticks.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub price: u64,
    /// The amount of Token0 that is bid or asked for at it.
    pub amount: Amount,
}

impl Level {
    /// Returns `true` unless the level is one that isn't there: of the price 0 and the amount 0.
    pub(super) fn is_some(&self) -> bool {
        *self != Self::default()
    }
}

/// Returns an array of these levels, filled up with levels that aren't there.
pub(super) fn filled<const N: usize>(levels: &[Level]) -> Result<[Level; N], Error> {
    let count = |number: usize| u128::try_from(number).unwrap_or(u128::MAX);
    in_range(Quantity::Levels, count(levels.len()), 0, count(N))?;
    let mut filled = [Level::default(); N];
    for (place, level) in filled.iter_mut().zip(levels) {
        // One that isn't there may only be at the end.
        check_amount(level)?;
        *place = *level;
    }
    Ok(filled)
}

fn check_amount(level: &Level) -> Result<(), Error> {
    in_range(Quantity::LevelAmount, level.amount.get(), 1, u128::MAX)
}

/// Checks that prices fall from level to level, or rise, from `from` on, which none is at, and that
/// nothing follows a level that isn't there. Returns the first price, if there is one.
pub(super) fn check(levels: &[Level], falling: bool, from: u128) -> Result<Option<u64>, Error> {
    let (mut last, mut ended, mut first) = (from, false, None);
    for level in levels {
        ended = ended || !level.is_some();
        if ended {
            let gap = level.is_some().then(Level::default);
            gap.as_ref().map_or(Ok(()), check_amount)?;
            continue;
        }
        check_amount(level)?;
        let (least, most) = match falling {
            true => (1, last.saturating_sub(1)),
            false => (last.saturating_add(1), u64::MAX.into()),
        };
        in_range(Quantity::LevelPrice, level.price.into(), least, most)?;
        first = first.or(Some(level.price));
        last = level.price.into();
    }
    total(levels)?;
    Ok(first)
}

/// Returns the sum of all amounts.
pub(super) fn total(levels: &[Level]) -> Result<Amount, Error> {
    Ok(Amount::try_sum(levels.iter().map(|level| level.amount))?)
}

/// Returns the sum of amount·price over the first `units` units of the levels.
pub(super) fn worth(levels: &[Level], units: u128) -> Result<U256, Error> {
    let (mut sum, mut left) = (U256::ZERO, units);
    for level in levels {
        let taken = level.amount.get().min(left);
        sum = sum.checked_add(U256::product(taken, level.price.into()))?;
        // At most what is left.
        left = left.wrapping_sub(taken);
    }
    Ok(sum)
}

/// Returns how many units are worth at most so much, from the best level on.
pub(super) fn units_within(levels: &[Level], most: U256) -> Result<u128, Error> {
    let (mut units, mut left) = (0_u128, most);
    for level in levels.iter().take_while(|level| level.is_some()) {
        let all = U256::product(level.amount.get(), level.price.into());
        if all > left {
            // Below the level's amount, so it fits.
            let part = left.checked_div(level.price.into(), Rounding::Floor)?;
            return Ok(units.saturating_add(part.to_u128()?));
        }
        left = left.checked_sub(all)?;
        // The sum of all amounts fits.
        units = units.saturating_add(level.amount.get());
    }
    Ok(units)
}

/// Returns how many units are worth at least so much, from the best level on: all, if they are worth less.
pub(super) fn units_for(levels: &[Level], least: U256) -> Result<u128, Error> {
    let (mut units, mut left) = (0_u128, least);
    for level in levels.iter().take_while(|level| level.is_some()) {
        let all = U256::product(level.amount.get(), level.price.into());
        if all >= left {
            // At most the level's amount, so it fits.
            let part = left.checked_div(level.price.into(), Rounding::Ceil)?;
            return Ok(units.saturating_add(part.to_u128()?));
        }
        left = left.checked_sub(all)?;
        // The sum of all amounts fits.
        units = units.saturating_add(level.amount.get());
    }
    Ok(units)
}

/// Returns the units of all levels that are within `cost` of the best, seen by who sells.
pub(super) fn units_near(levels: &[Level], sell: Sell, cost: Fraction) -> Result<u128, Error> {
    let best = levels.first().copied().unwrap_or_default();
    check_amount(&best)?;
    let [kept, whole] = [cost.complement().raw(), Fraction::SCALE];
    // Products of 124 bits.
    let product = |a: u64, b: u64| u128::from(a).wrapping_mul(b.into());
    let near = levels.iter().take_while(|level| {
        // What is bought is worth 1/price of what is sold.
        let (now, then) = sell.ordered(best.price, level.price);
        level.is_some() && product(then, whole) >= product(now, kept)
    });
    let amounts = near.map(|level| level.amount);
    Ok(Amount::try_sum(amounts)?.get())
}

/// Returns the levels without their first `units` units, and those that are left at the front.
pub(super) fn without<const N: usize>(levels: &[Level; N], units: u128) -> [Level; N] {
    let (mut kept, mut left) = ([Level::default(); N], units);
    let mut places = kept.iter_mut();
    for level in levels {
        let taken = level.amount.get().min(left);
        // Neither is more than what it is taken from.
        left = left.wrapping_sub(taken);
        let amount = Amount::new(level.amount.get().wrapping_sub(taken));
        if amount.is_zero() {
            continue;
        }
        if let Some(place) = places.next() {
            *place = Level { amount, ..*level };
        }
    }
    kept
}

/// Returns the levels with another one, which is added to that of its price or put in its place.
pub(super) fn with<const N: usize>(
    levels: &[Level; N],
    level: Level,
    falling: bool,
) -> Result<[Level; N], Error> {
    check_amount(&level)?;
    let comes_first = |other: &Level| match falling {
        true => other.price > level.price,
        false => other.price < level.price,
    };
    let there = || levels.iter().filter(|other| other.is_some());
    let same = there().find(|other| other.price == level.price);
    let amount = same.map_or(Amount::ZERO, |other| other.amount);
    let level = Level {
        amount: amount.checked_add(level.amount)?,
        ..level
    };
    let before = there().filter(|other| comes_first(other));
    let after = there().filter(|other| !comes_first(other) && other.price != level.price);
    let all = before.chain([&level]).chain(after);
    let count = |number: usize| u128::try_from(number).unwrap_or(u128::MAX);
    in_range(Quantity::Levels, count(all.clone().count()), 0, count(N))?;
    let mut with = [Level::default(); N];
    for (place, other) in with.iter_mut().zip(all) {
        *place = *other;
    }
    Ok(with)
}

/// Returns the levels with that much less at the price of one.
pub(super) fn less<const N: usize>(levels: &[Level; N], level: Level) -> Result<[Level; N], Error> {
    let there = levels.iter().find(|other| other.price == level.price);
    let there = there.map_or(Amount::ZERO, |other| other.amount);
    in_range(Quantity::LevelAmount, level.amount.get(), 1, there.get())?;
    let mut less = [Level::default(); N];
    let mut places = less.iter_mut();
    for other in levels {
        let amount = match other.price == level.price {
            true => other.amount.checked_sub(level.amount)?,
            false => other.amount,
        };
        if amount.is_zero() {
            continue;
        }
        if let Some(place) = places.next() {
            *place = Level { amount, ..*other };
        }
    }
    Ok(less)
}
