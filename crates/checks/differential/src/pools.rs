//! Parameters and pools that every run draws alike: edges as often as anything else.

use revm::primitives::U256;
use tokenomics_fixed_math::{Fraction, Span, Wad};
use tokenomics_rate_controllers::KinkedRateParams;

use crate::draw::Random;

pub const ONE: u128 = Wad::SCALE;
pub const BASIS_POINT: u128 = ONE / 10_000;

/// The two generations of contracts, by what their parameters are in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unit {
    Ray,
    Bps,
}

/// What a pool has lent of what it has, and the part of the interest that it keeps.
#[derive(Debug, Clone, Copy)]
pub struct Pool {
    pub debt: u128,
    pub total: u128,
    pub reserve: u64,
}

/// The rate with everything lent.
pub fn largest(params: &KinkedRateParams) -> u128 {
    params.base.raw() + params.slope1.raw() + params.slope2.raw()
}

pub fn product(a: u128, b: u128) -> U256 {
    U256::from(a) * U256::from(b)
}

/// What a contract and a `KinkedRate` take, both ends included.
pub fn draw_params(unit: Unit, random: &mut Random) -> KinkedRateParams {
    let [optimal, base, slope1, slope2] = match unit {
        Unit::Ray => in_rays(random),
        Unit::Bps => in_bps(random).map(|bps| u128::from(bps) * BASIS_POINT),
    };
    KinkedRateParams {
        // At most 1.
        optimal: Fraction::from_raw(optimal as u64).unwrap_or(Fraction::ONE),
        base: Wad::from_raw(base),
        slope1: Wad::from_raw(slope1),
        slope2: Wad::from_raw(slope2),
        year: Span::new(31_536_000),
    }
}

/// Any optimum above 0, and any rates up to 10,000%.
fn in_rays(random: &mut Random) -> [u128; 4] {
    let one = Fraction::SCALE;
    let (few, any) = (random.up_to(20), 1 + random.up_to(one - 1));
    let percent = one / 100 * (1 + random.up_to(98));
    let optimal = random.one_of(&[1 + few, any, any, percent, one - few]);
    let mut rate = || {
        let (few, any) = (random.up_to(20), random.up_to(one));
        let rate = random.one_of(&[0, few, any, any, one]);
        u128::from(rate) * u128::from(random.one_of(&[1_u64, 1, 10, 100]))
    };
    [optimal.into(), rate(), rate(), rate()]
}

/// An optimum of 1% to 99%, and rates that sum to at most 1,000%, the second slope no flatter.
fn in_bps(random: &mut Random) -> [u64; 4] {
    let any = 100 + random.up_to(9_800);
    let optimal = random.one_of(&[100, 101, any, any, any, 9_899, 9_900]);
    let (usual, most) = (random.up_to(10_000), random.up_to(100_000));
    let sum = random.one_of(&[0, 1, usual, usual, most, 100_000]);
    let part = random.up_to(sum);
    let base = random.one_of(&[0, 0, part, part, sum]);
    let rest = sum - base;
    let part = random.up_to(rest / 2);
    let slope1 = random.one_of(&[0, part, part, rest / 2]);
    let part = slope1 + random.up_to(rest - 2 * slope1);
    let slope2 = random.one_of(&[slope1, part, rest - slope1]);
    [optimal, base, slope1, slope2]
}

/// An empty one, one of a few units, one that 18 decimals divide and one of any size: with nothing
/// lent, all, a unit, all but one, up to the optimum, a unit less or more, and anything.
pub fn draw_pools(params: &KinkedRateParams, random: &mut Random) -> Vec<Pool> {
    let few = 1 + random.up_to(19);
    let mut lent = vec![(0, 0), (random.up_to(few).into(), few.into())];
    let round = random.one_of(&[10_000, 1_000_000_000, ONE]);
    for total in [round, random.amount().max(1)] {
        let at = product(params.optimal.raw().into(), total) / U256::from(ONE);
        // No more than the total.
        let at = u128::try_from(at).unwrap_or(total);
        let kink = [at.saturating_sub(1), at, at.saturating_add(1).min(total)];
        let debts = [0, 1, random.amount() % total, total - 1, total];
        lent.extend(kink.into_iter().chain(debts).map(|debt| (debt, total)));
    }
    let with_reserve = |(debt, total)| {
        let any = random.up_to(10_000);
        let reserve = random.one_of(&[0, 1, 1_000, any, any, 9_999, 10_000]);
        Pool {
            debt,
            total,
            reserve,
        }
    };
    lent.into_iter().map(with_reserve).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edge_is_drawn() {
        let mut random = Random::new(1);
        let mut drawn =
            |unit| -> Vec<_> { (0..2_000).map(|_| draw_params(unit, &mut random)).collect() };
        let (rays, bps) = (drawn(Unit::Ray), drawn(Unit::Bps));
        let some = |of: &[KinkedRateParams], edge: fn(&KinkedRateParams) -> bool| {
            of.iter().filter(|params| edge(params)).count() > 9
        };
        for drawn in [&rays, &bps] {
            assert!(some(drawn, |line| line.base.raw() == 0));
            assert!(some(drawn, |line| line.slope1.raw() == 0));
            assert!(some(drawn, |line| line.slope2.raw() == 0));
        }
        assert!(some(&rays, |line| line.optimal.raw() == 1));
        assert!(some(&rays, |line| line.optimal == Fraction::ONE));
        assert!(some(&rays, |line| line.slope2.raw() == 100 * ONE));
        assert!(bps
            .iter()
            .all(|line| line.slope1 <= line.slope2 && largest(line) <= 10 * ONE));
        assert!(some(&bps, |line| largest(line) == 10 * ONE));
        assert!(some(&bps, |line| u128::from(line.optimal.raw()) == ONE / 100));
        assert!(some(&bps, |line| line.optimal.complement().raw()
            == Fraction::SCALE / 100));

        let pools: Vec<_> = bps
            .iter()
            .flat_map(|line| draw_pools(line, &mut random))
            .collect();
        let some = |edge: fn(&Pool) -> bool| pools.iter().filter(|pool| edge(pool)).count() > 9;
        assert!(pools.iter().all(|pool| pool.debt <= pool.total));
        assert!(some(
            |pool| pool.debt == pool.total && pool.total > u128::MAX - 20
        ));
        assert!(some(
            |pool| (1..=20).contains(&pool.debt) && pool.debt < pool.total
        ));
        assert!(some(|pool| pool.reserve == 10_000));
    }
}
