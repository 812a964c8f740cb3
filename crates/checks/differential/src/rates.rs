//! Aave's interest rate strategies, and the rate that is to be theirs but for what they round.

use std::error::Error;
use std::fmt;

use revm::primitives::{Address, U256};
use tokenomics_fixed_math::{Fraction, Rounding, Timestamp, Wad};
use tokenomics_rate_controllers::{KinkedRate, KinkedRateParams};

use crate::chain::Chain;
use crate::draw::Random;
use crate::pools::{draw_pools, largest, product, Pool, Unit, BASIS_POINT, ONE};

type Failure = Box<dyn Error>;

/// A unit of 18 decimals in those of 27, a ray's.
const RAYS: u128 = 1_000_000_000;

/// How much was compared, and how far apart it was.
#[derive(Debug, Default)]
pub struct Tally {
    pub pools: u64,
    /// Pools whose utilisation 18 decimals hold.
    pub held: u64,
    pub borrowing: Distances,
    pub supply: Distances,
}

/// Between a rate here and there, but for what follows from the utilisation's 18 decimals.
#[derive(Debug, Default)]
pub struct Distances {
    /// Of the pools whose utilisation 18 decimals hold: that it is the contract's rate, cut to them.
    pub same: u64,
    /// The largest with an optimum of 1% to 99%, which the newer contract asks for, in 27 decimals.
    /// Next to 0 and 1 the contracts' roundings grow without bound.
    pub above: u128,
    pub below: u128,
}

impl Distances {
    /// Takes note of a difference in 27 decimals, which is to be from −`below` to `above`.
    fn note(
        &mut self,
        usual: bool,
        difference: i128,
        [below, above]: [u128; 2],
    ) -> Result<(), String> {
        let (side, bound) = if difference < 0 {
            (&mut self.below, below)
        } else {
            (&mut self.above, above)
        };
        let distance = difference.unsigned_abs();
        if distance > bound {
            return Err(format!(
                "{difference} · 10^-27 apart, not -{below} to {above}"
            ));
        }
        if usual {
            *side = distance.max(*side);
        }
        Ok(())
    }
}

impl fmt::Display for Distances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [above, below] = [self.above, self.below]
            .map(|distance| format!("{}.{:09}", distance / RAYS, distance % RAYS));
        write!(f, "at most {above} · 10^-18 above and {below} below")
    }
}

/// The line that a utilisation is on: by how much the rate rises over which part of 1.
struct Line {
    rise: u128,
    run: u128,
    /// By how many units of 27 decimals the contract may be off the exact borrowing rate.
    error: u128,
}

impl Line {
    /// Every product and quotient there is within half a unit of 27 decimals. Below the optimum o:
    /// utilisation, its product with the slope s, the quotient by o: (s/2 + 1/2) / o + 1/2. Above:
    /// utilisation, its quotient by 1 − o, the product with s: (1/2 / (1 − o) + 1/2) · s + 1/2; or,
    /// where the utilisation is rounded onto the optimum, the last two of the line below.
    fn of(params: &KinkedRateParams, pool: &Pool) -> Self {
        let optimal = u128::from(params.optimal.raw());
        let (slope1, slope2) = (params.slope1.raw(), params.slope2.raw());
        if product(pool.debt, ONE) <= product(optimal, pool.total) {
            return Self {
                rise: slope1,
                run: optimal,
                error: (slope1 + ONE).div_ceil(2 * optimal) + 1,
            };
        }
        let run = ONE - optimal;
        let last = slope2.div_ceil(2 * ONE).max(ONE.div_ceil(2 * optimal));
        Self {
            rise: slope2,
            run,
            error: slope2.div_ceil(2 * run) + last + 1,
        }
    }
}

/// By how much of 27 decimals a rate changes with a change of the utilisation by `part` of `whole`
/// units of 18 decimals, rounded down.
fn change(rise: u128, run: u128, part: u128, whole: u128) -> Result<i128, Failure> {
    let change = product(rise * RAYS, part) / product(run, whole);
    Ok(i128::try_from(u128::try_from(change)?)?)
}

/// A contract on the chain.
struct Strategy<'a> {
    unit: Unit,
    chain: &'a mut Chain,
    address: Address,
}

impl<'a> Strategy<'a> {
    fn deploy(
        unit: Unit,
        chain: &'a mut Chain,
        code: &[u8],
        params: &KinkedRateParams,
    ) -> Result<Self, Failure> {
        let optimal = u128::from(params.optimal.raw());
        let rates = [params.base, params.slope1, params.slope2].map(Wad::raw);
        let figures = [optimal, rates[0], rates[1], rates[2]];
        let address = match unit {
            Unit::Ray => chain.deploy(code, &figures.map(|raw| product(raw, RAYS)))?,
            Unit::Bps => chain.deploy(code, &[])?,
        };
        let mut strategy = Self {
            unit,
            chain,
            address,
        };
        if unit == Unit::Bps {
            let mut arguments = vec![strategy.reserve()];
            arguments.extend(figures.map(|raw| U256::from(raw / BASIS_POINT)));
            strategy.answers(
                "setInterestRateParams(address,(uint16,uint32,uint32,uint32))",
                &arguments,
            )?;
        }
        Ok(strategy)
    }

    /// The address of what is lent: its own.
    fn reserve(&self) -> U256 {
        self.address.into_word().into()
    }

    fn answers(&mut self, signature: &str, arguments: &[U256]) -> Result<Vec<U256>, Failure> {
        Ok(self.chain.answers(self.address, 0, signature, arguments)?)
    }

    /// The borrowing rate and the supply rate. Of what isn't lent, the last transfers are told apart
    /// from what was there before.
    fn rates(&mut self, pool: &Pool, random: &mut Random) -> Result<[u128; 2], Failure> {
        let liquidity = pool.total - pool.debt;
        let added = u128::from(random.word()).min(liquidity);
        let taken = U256::from(random.word());
        let before = U256::from(liquidity - added) + taken;
        let (debt, kept, reserve) = (pool.debt, U256::from(pool.reserve), self.reserve());
        let [none, added, debt] = [0, added, debt].map(U256::from);
        let answers = match self.unit {
            Unit::Ray => self.answers(
                "calculateInterestRates((uint256,uint256,uint256,uint256,uint256,uint256,uint256,\
                 address,address))",
                &[none, added, taken, none, debt, none, kept, reserve, before],
            ),
            Unit::Bps => self.answers(
                "calculateInterestRates((uint256,uint256,uint256,uint256,uint256,address,bool,\
                 uint256))",
                &[none, added, taken, debt, kept, reserve, none, before],
            ),
        }?;
        // The older one has the rate of stable debts between the two.
        let [supply, .., borrowing] = answers.as_slice() else {
            return Err(format!("not rates: {answers:?}").into());
        };
        Ok([u128::try_from(*borrowing)?, u128::try_from(*supply)?])
    }
}

/// Deploys the contract of some parameters and compares the rates of pools.
///
/// # Errors
/// The first difference larger than the roundings, or what failed on the chain.
pub fn compare(
    unit: Unit,
    code: &[u8],
    params: KinkedRateParams,
    random: &mut Random,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let ours = KinkedRate::new(params, Timestamp::ZERO)?;
    let mut chain = Chain::new();
    let mut strategy = Strategy::deploy(unit, &mut chain, code, &params)?;
    for pool in draw_pools(&params, random) {
        let theirs = strategy.rates(&pool, random)?;
        same(unit, &ours, &pool, theirs, tally).map_err(|e| format!("{pool:?}: {e}"))?;
    }
    Ok(())
}

/// What part is lent, with 18 decimals, from both sides, and by how much of the last one each is
/// off: `added` and `left` of `whole`.
struct Utilisation {
    ceiled: Fraction,
    floored: Fraction,
    added: u128,
    left: u128,
    whole: u128,
}

impl Utilisation {
    fn of(pool: &Pool) -> Result<Self, Failure> {
        let used = |rounding| match pool.debt {
            0 => Ok(Fraction::ZERO),
            debt => Fraction::from_ratio(debt, pool.total, rounding),
        };
        let (floored, whole) = (used(Rounding::Floor)?, pool.total.max(1));
        let left = product(pool.debt, ONE) - product(floored.raw().into(), whole);
        let left = u128::try_from(left)?;
        Ok(Self {
            ceiled: used(Rounding::Ceil)?,
            floored,
            added: if left == 0 { 0 } else { whole - left },
            left,
            whole,
        })
    }
}

fn apart(ours: u128, theirs: u128) -> Result<i128, Failure> {
    Ok(i128::try_from(ours * RAYS)? - i128::try_from(theirs)?)
}

/// Compares the rates of a pool. A contract rounds the utilisation to 27 decimals, and here it has 18:
/// what that does to a rate is worked out and set aside.
fn same(
    unit: Unit,
    ours: &KinkedRate,
    pool: &Pool,
    theirs: [u128; 2],
    tally: &mut Tally,
) -> Result<(), Failure> {
    let params = ours.params();
    let (line, used) = (Line::of(&params, pool), Utilisation::of(pool)?);
    let borrowing = ours.rate(used.ceiled).raw();
    let reserve = Fraction::from_bps(pool.reserve)?;
    let supply = ours.supply_rate(used.floored, reserve).raw();
    let usual = (100 * BASIS_POINT..=9_900 * BASIS_POINT).contains(&params.optimal.raw().into());

    // Here the exact rate of the ceiled utilisation is rounded up once.
    let moved = change(line.rise, line.run, used.added, used.whole)?;
    let difference = apart(borrowing, theirs[0])? - moved;
    let bounds = [line.error, line.error + RAYS];
    let noted = tally.borrowing.note(usual, difference, bounds);
    noted.map_err(|e| format!("borrowing at {borrowing}: {e}"))?;

    // Here the ceiled rate of the floored utilisation is floored twice.
    let error = line.error + supply_error(unit, &params, pool.debt);
    let mut difference = apart(supply, theirs[1])?;
    if difference < 0 {
        difference = (difference + lost(&line, &params, &used)?).min(0);
    }
    let bounds = [error + 2 * RAYS, error + RAYS];
    let noted = tally.supply.note(usual, difference, bounds);
    noted.map_err(|e| format!("supply at {supply}: {e}"))?;

    tally.pools += 1;
    if used.left == 0 {
        tally.held += 1;
        tally.borrowing.same += u64::from(borrowing == theirs[0].div_ceil(RAYS));
        tally.supply.same += u64::from(supply == theirs[1] / RAYS);
    }
    Ok(())
}

/// The most that a supply rate has less for a floored utilisation: by what the borrowing rate falls,
/// and by what it is multiplied by.
fn lost(line: &Line, params: &KinkedRateParams, used: &Utilisation) -> Result<i128, Failure> {
    if used.left == 0 {
        return Ok(0);
    }
    let fallen = change(line.rise, line.run, used.left, used.whole)?;
    // Each is rounded down.
    Ok(fallen + change(largest(params), ONE, used.left, used.whole)? + 2)
}

/// By how many units of 27 decimals a contract's supply rate may be further off than its borrowing
/// rate: that is multiplied by the utilisation and by what isn't kept, each product within 1/2, and
/// the utilisation too. The older contract weights it with the debt before, in 27 decimals of 18, and
/// divides by it: the first 1/2 of these two counts as often as the debt goes into 10^18.
fn supply_error(unit: Unit, params: &KinkedRateParams, debt: u128) -> u128 {
    let weighted = match unit {
        Unit::Ray => ONE.div_ceil(2 * debt.clamp(1, ONE)) + 1,
        Unit::Bps => 0,
    };
    weighted + largest(params).div_ceil(2 * ONE) + 1
}
