//! The last units of a split, where rounding decides.

use tokenomics_fixed_math::{mul_div, Rounding};

use super::split::{Lane, Order};

/// The most units that are shared anew.
const MOST: usize = 20;

/// The best sum of worths for each number of units, from 0 on; `None` where there isn't one.
type Sums = [Option<u128>; MOST + 1];

/// The units that a lane has, by the number of them that there are.
type Choices = [u128; MOST + 1];

/// Improves a split by whole quotes: between every two markets, then by the last units of all.
pub(super) fn refine<const N: usize>(lanes: &mut [Lane<'_>; N], order: &Order, even_splits: u32) {
    for from in 0..N {
        for to in 0..N {
            halves(lanes, order, [from, to]);
        }
    }
    for from in 0..N {
        for to in from.saturating_add(1)..N {
            evenly(lanes, order, [from, to], even_splits);
        }
    }
    share(lanes, order);
}

/// Moves all that one lane has, half of it, a quarter and so on to another, wherever that is better.
fn halves(lanes: &mut [Lane<'_>], order: &Order, [from, to]: [usize; 2]) {
    let mut size = lanes.get(from).map_or(0, |lane| lane.amount);
    while size > 0 && from != to {
        let has = lanes.get(from).map_or(0, |lane| lane.amount);
        if let Some(left) = has.checked_sub(size) {
            divide(lanes, order, [from, to], left);
        }
        size >>= 1_u32;
    }
}

/// Tries each even split of what two lanes have.
fn evenly(lanes: &mut [Lane<'_>], order: &Order, pair: [usize; 2], parts: u32) {
    let together = pair.map(|at| lanes.get(at).map_or(0, |lane| lane.amount));
    let together = together.into_iter().fold(0, u128::saturating_add);
    for part in (0..=parts).filter(|_| parts > 0) {
        let first = mul_div(together, part.into(), parts.into(), Rounding::Floor);
        divide(lanes, order, pair, first.unwrap_or(0));
    }
}

/// Leaves the first of two lanes so much of what both have, if that is better.
fn divide(
    lanes: &mut [Lane<'_>],
    order: &Order,
    [from, to]: [usize; 2],
    first: u128,
) -> Option<()> {
    let (one, other) = (lanes.get(from)?, lanes.get(to)?);
    let second = one.amount.checked_add(other.amount)?.checked_sub(first)?;
    let now = one.worth.checked_add(other.worth)?;
    let worths = [
        order.worth(one.market, first)?,
        order.worth(other.market, second)?,
    ];
    let [here, there] = worths;
    if order.prefers(here.checked_add(there)?, now) {
        let one = lanes.get_mut(from)?;
        (one.amount, one.worth) = (first, here);
        let other = lanes.get_mut(to)?;
        (other.amount, other.worth) = (second, there);
    }
    Some(())
}

/// Takes up to 20 units back, evenly where that goes, and shares them in the best of all ways.
fn share<const N: usize>(lanes: &mut [Lane<'_>; N], order: &Order) -> Option<()> {
    let (kept, units) = keep(lanes);
    let now = lanes
        .iter()
        .try_fold(0_u128, |sum, lane| sum.checked_add(lane.worth))?;
    let mut sums: Sums = [None; MOST + 1];
    *sums.first_mut()? = Some(0);
    let mut choices = [[0; MOST + 1]; N];
    for ((lane, kept), choices) in lanes.iter().zip(kept).zip(&mut choices) {
        let worths = worths(lane, order, kept, units);
        sums = joined(&sums, &worths, order, choices);
    }
    if !order.prefers((*sums.get(units)?)?, now) {
        return None;
    }
    let mut left = units;
    for ((lane, kept), choices) in lanes.iter_mut().zip(kept).zip(&choices).rev() {
        let given = *choices.get(left)?;
        lane.amount = kept.saturating_add(given);
        left = left.checked_sub(usize::try_from(given).ok()?)?;
    }
    Some(())
}

/// Returns what each lane keeps, and how many units are left of all.
fn keep<const N: usize>(lanes: &[Lane<'_>; N]) -> ([u128; N], usize) {
    let mut kept = lanes.each_ref().map(|lane| lane.amount);
    let mut units = 0_usize;
    for most in [MOST.checked_div(N).unwrap_or(0), MOST] {
        for amount in &mut kept {
            let room = MOST.saturating_sub(units).min(most);
            let back = usize::try_from(*amount).map_or(room, |amount| amount.min(room));
            units = units.saturating_add(back);
            *amount = amount.saturating_sub(u128::try_from(back).unwrap_or(0));
        }
    }
    (kept, units)
}

/// Computes what a lane's amount is worth with each number of units on top, up to so many.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn worths(lane: &Lane<'_>, order: &Order, kept: u128, units: usize) -> Sums {
    let mut worths = [None; MOST + 1];
    let amounts = (0..=u128::MAX.saturating_sub(kept)).map(|more| kept.saturating_add(more));
    for (worth, amount) in worths.iter_mut().zip(amounts).take(units.saturating_add(1)) {
        *worth = order.worth(lane.market, amount);
    }
    worths
}

/// Adds a lane to the best sums: of each number of units it has as many as is best beside the rest.
fn joined(sums: &Sums, worths: &Sums, order: &Order, choices: &mut Choices) -> Sums {
    let mut joined = [None; MOST + 1];
    // By ranges that end, as others keep their check for an overflow.
    for (most, (best, choice)) in (0..=MOST).zip(joined.iter_mut().zip(choices)) {
        let others = sums.iter().take(most.saturating_add(1)).rev();
        for ((units, worth), other) in (0..=u128::MAX).zip(worths).zip(others) {
            let Some(sum) = worth.zip(*other).and_then(|(a, b)| a.checked_add(b)) else {
                continue;
            };
            if best.is_none_or(|best| order.prefers(sum, best)) {
                (*best, *choice) = (Some(sum), units);
            }
        }
    }
    joined
}
