//! The inflation of Cosmos x/mint: it rises while less than the goal is bonded, and falls while more
//! is.

mod state;

use tokenomics_fixed_math::{mul_div, Amount, Fraction, Rounding, Span, Timestamp, Wad, U256};

pub use self::state::TargetBondedState;
use crate::check::{elapsed, in_range, year, yearly};
use crate::mint::minted;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{self, FromSeed, Seed};
use crate::{Error, Mint, Quantity};

/// The parameters of a [`TargetBonded`], which [`TargetBonded::new`] checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
pub struct TargetBondedParams {
    /// The bonded part of the supply at which inflation stays; above 0.
    pub goal: Fraction,
    /// The rise of inflation in a year without any bond; at most 100 (10,000%).
    pub change: Wad,
    /// The least inflation a year.
    pub min: Wad,
    /// The largest inflation a year; at most 100 (10,000%).
    pub max: Wad,
    /// The length of a year on the clock; 1 to 10^10.
    pub year: Span,
}

impl TargetBondedParams {
    /// The defaults of x/mint, on a clock of blocks of five seconds: a goal of 67%, 7 to 20%, and 13
    /// percentage points a year.
    pub const COSMOS: Self = Self {
        goal: tokenomics_fixed_math::fraction!("0.67"),
        change: tokenomics_fixed_math::wad!("0.13"),
        min: tokenomics_fixed_math::wad!("0.07"),
        max: tokenomics_fixed_math::wad!("0.2"),
        year: Span::new(6_311_520),
    };

    /// Returns the numerator of an inflation, in 10^−18 of one and years: at most 10^30.
    fn numerator(&self, inflation: Wad) -> u128 {
        inflation.raw().wrapping_mul(self.year.get().into())
    }

    /// Returns the divisor of what a supply of one mints in one unit of the clock at a numerator of
    /// one: at most 10^38.
    fn divisor(&self) -> u128 {
        let year = u128::from(self.year.get());
        Wad::SCALE.wrapping_mul(year).wrapping_mul(year)
    }

    fn check(&self) -> Result<(), Error> {
        in_range(Quantity::Goal, self.goal.raw().into(), 1, Wad::SCALE)?;
        yearly(Quantity::InflationChange, self.change)?;
        yearly(Quantity::LargestInflation, self.max)?;
        let largest = self.max.raw();
        in_range(Quantity::LeastInflation, self.min.raw(), 0, largest)?;
        year(self.year)
    }
}

/// Inflation that each unit of the clock moves by `change · (1 − bonded / goal) / year`, within a
/// range, and what it mints.
///
/// The bonded part and the supply that a call passes are those since the call before. A call that
/// comes late mints what a call at every unit of the clock would have, to the base unit, as long as
/// the two didn't change; where what is minted adds to the supply, only a call at every unit
/// compounds it at every unit. A second call at the same time mints nothing and changes nothing.
///
/// # Rounding
/// Toward zero for the change a year, in 10^−18. What is minted is floored, and the rest carried.
///
/// # Laws
/// `stays_in_range`, `late_call_equals_timely_call`, `twice_in_a_second_is_once`,
/// `monotone_response`.
///
/// ```
/// use tokenomics_rate_controllers::{TargetBonded, TargetBondedParams};
/// use tokenomics_fixed_math::{fraction, wad, Amount, Timestamp};
///
/// let params = TargetBondedParams::COSMOS;
/// let mut mint = TargetBonded::new(params, wad!("0.13"), Timestamp::ZERO)?;
/// // Nobody called for a year, in which half of a billion was bonded.
/// let supply = Amount::new(1_000_000_000_000_000);
/// let minted = mint.update(Timestamp::new(6_311_520), fraction!("0.5"), supply)?;
/// assert_eq!(minted, Amount::new(146_492_539_926_517));
/// assert_eq!(mint.inflation(), wad!("0.162985074626865671"));
/// # Ok::<(), tokenomics_rate_controllers::Error>(())
/// ```
///
/// # Source
/// Cosmos SDK, x/mint, `NextInflationRate` and `BlockProvision`. There each of three quotients is
/// rounded half to even, each block's provision truncated with nothing carried, and the supply is
/// that of the block. The clock can be blocks or seconds: x/mint counts a fixed number of blocks a
/// year, however long they take.
#[doc(alias("staking", "inflation", "Cosmos"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TargetBonded {
    params: TargetBondedParams,
    // The inflation in 10^-18, times the length of a year: what a unit of the clock adds is whole.
    numerator: u128,
    // In parts of a base unit of which `divisor` are one.
    carried: u128,
    last: Timestamp,
}

impl TargetBonded {
    /// Creates one at `inflation` a year, from `last` on.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter, or an inflation, outside of its range.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Timestamp};
    /// use tokenomics_rate_controllers::{Error, TargetBonded, TargetBondedParams};
    ///
    /// let start = |inflation| {
    ///     TargetBonded::new(TargetBondedParams::COSMOS, inflation, Timestamp::ZERO)
    /// };
    /// assert_eq!(start(wad!("0.07"))?.inflation(), wad!("0.07"));
    /// assert!(matches!(start(wad!("0.21")), Err(Error::OutOfRange { .. })));
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn new(params: TargetBondedParams, inflation: Wad, last: Timestamp) -> Result<Self, Error> {
        params.check()?;
        let (min, max) = (params.min.raw(), params.max.raw());
        in_range(Quantity::Inflation, inflation.raw(), min, max)?;
        let numerator = Amount::new(params.numerator(inflation));
        Self::restore(
            params,
            TargetBondedState {
                numerator,
                carried: Amount::ZERO,
                last,
            },
        )
    }

    /// Returns its parameters.
    #[must_use]
    pub const fn params(&self) -> TargetBondedParams {
        self.params
    }

    /// Returns the inflation a year.
    ///
    /// # Rounding
    /// Floor.
    #[doc(alias("apr"))]
    #[must_use]
    pub fn inflation(&self) -> Wad {
        let year = self.params.year.get().into();
        Wad::from_raw(self.numerator.checked_div(year).unwrap_or(0))
    }

    /// Returns the time up to which everything is minted.
    #[must_use]
    pub const fn last(&self) -> Timestamp {
        self.last
    }

    /// Mints for the time since the last call, in which `bonded` of a `supply` was bonded.
    ///
    /// # Rounding
    /// Floor, and the rest is carried.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a time before the last one; [`Error::Overflow`] for more than
    /// the largest amount.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Amount, Timestamp};
    /// use tokenomics_rate_controllers::{TargetBonded, TargetBondedParams};
    ///
    /// let params = TargetBondedParams::COSMOS;
    /// let mut mint = TargetBonded::new(params, wad!("0.1"), Timestamp::ZERO)?;
    /// // At the goal the inflation stays.
    /// let (goal, year) = (params.goal, Timestamp::new(6_311_520));
    /// assert_eq!(mint.update(year, goal, Amount::new(1_000))?, Amount::new(100));
    /// assert_eq!(mint.update(year, goal, Amount::new(1_000))?, Amount::ZERO);
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn update(
        &mut self,
        at: Timestamp,
        bonded: Fraction,
        supply: Amount,
    ) -> Result<Amount, Error> {
        let units = elapsed(self.last, at)?.get();
        let (numerator, sum) = self.run(units, bonded)?;
        let (minted, carried) = minted(supply, sum, self.carried, self.params.divisor())?;
        (self.numerator, self.carried, self.last) = (numerator, carried, at);
        Ok(minted)
    }

    /// Computes by how much a unit of the clock moves the numerator: at most 10^20 · 10^18.
    fn step(&self, bonded: Fraction) -> Result<u128, Error> {
        let (goal, change) = (self.params.goal.raw(), self.params.change.raw());
        let distance = goal.abs_diff(bonded.raw());
        Ok(mul_div(
            change,
            distance.into(),
            goal.into(),
            Rounding::Floor,
        )?)
    }

    /// Computes the numerator after so many units of the clock, and the sum of those after each.
    fn run(&self, units: u64, bonded: Fraction) -> Result<(u128, U256), Error> {
        let (step, rises) = (self.step(bonded)?, bonded < self.params.goal);
        let (start, count) = (self.numerator, u128::from(units));
        let (min, max) = (self.params.min, self.params.max);
        let bound = self.params.numerator(if rises { max } else { min });
        // So many steps are whole; the one after them, if there is one, ends at the bound.
        let whole = start.abs_diff(bound).checked_div(step);
        let whole = whole.unwrap_or(count).min(count);
        // No further than the bound.
        let way = step.wrapping_mul(whole);
        // Upward start + step, …, start + whole · step; downward end + (whole − 1) · step, …, end.
        let (end, least, steps) = if rises {
            (start.wrapping_add(way), start, triangle(whole))
        } else {
            let end = start.wrapping_sub(way);
            (end, end, triangle(whole.saturating_sub(1)))
        };
        let ramp = U256::product(least, whole).checked_add(U256::product(step, steps))?;
        let rest = count.wrapping_sub(whole);
        let sum = ramp.checked_add(U256::product(bound, rest))?;
        Ok((if rest > 0 { bound } else { end }, sum))
    }
}

impl Mint for TargetBonded {
    /// The part of the supply that is bonded.
    type Signal = Fraction;

    fn last(&self) -> Timestamp {
        self.last
    }

    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn mint(&mut self, at: Timestamp, bonded: Fraction, supply: Amount) -> Result<Amount, Error> {
        self.update(at, bonded, supply)
    }
}

/// Computes 1 + … + n, for n up to 2^64.
fn triangle(n: u128) -> u128 {
    let next = n.wrapping_add(1);
    // One of the two is even, and the other is halved no further.
    if n.checked_rem(2) == Some(0) {
        n.wrapping_shr(1).wrapping_mul(next)
    } else {
        n.wrapping_mul(next.wrapping_shr(1))
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for TargetBonded {
    fn from_seed([goal, change, min, max, inflation, length, last, ..]: Seed) -> Option<Self> {
        let max = seed::rate(max);
        let min = seed::wad(min, 0, max.raw());
        let params = TargetBondedParams {
            goal: seed::part(goal, 1, Fraction::ONE.raw())?,
            change: seed::rate(change),
            min,
            max,
            year: seed::year(length),
        };
        let inflation = seed::wad(inflation, min.raw(), max.raw());
        Self::new(params, inflation, seed::time(last)).ok()
    }
}
