//! The inflation of Polkadot's nominated proof of stake: a line up to the ideal part at stake, and an
//! exponential decay beyond.

use tokenomics_fixed_math::{
    mul_div, Amount, Fraction, Rounding, SignedWad, Span, Timestamp, Wad, U256,
};

use crate::check::{elapsed, in_range, year, yearly};
use crate::mint::minted;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{self, FromSeed, Seed};
use crate::{Error, Mint, Quantity};

/// The parameters of an [`NposInflation`], which [`NposInflation::new`] checks.
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
pub struct NposInflationParams {
    /// Computes the inflation a year without any stake, and the one that much too much stake tends to.
    pub min: Wad,
    /// The inflation a year at the ideal; at most 100 (10,000%).
    pub max: Wad,
    /// The part of the supply at stake that earns the most; above 0.
    pub ideal: Fraction,
    /// The stake beyond the ideal over which the part above `min` halves; above 0.
    pub falloff: Fraction,
    /// The length of a year on the clock; 1 to 10^10.
    pub year: Span,
}

impl NposInflationParams {
    /// Returns the divisor of what a supply of one mints in one unit of the clock at 10^−18 a year: at
    /// most 10^28.
    fn divisor(&self) -> u128 {
        Wad::SCALE.wrapping_mul(self.year.get().into())
    }
}

/// Inflation as a function of the part of the supply at stake, and what it mints.
///
/// Up to the ideal x: `min + (max − min) · staked / x`. Beyond: `min + (max − min) · 2^−((staked − x) /
/// falloff)`.
///
/// The stake and the supply that a call passes are those since the call before. A call that comes
/// late mints what timely calls would have, to the base unit, as long as the two didn't change. A
/// second call at the same time mints nothing and changes nothing.
///
/// # Rounding
/// Floor for the inflation, in 10^−18: within three units of the real one where `max` is at most 1.
/// What is minted is floored, and the rest carried.
///
/// # Laws
/// `stays_in_range`, `late_call_equals_timely_call`, `twice_in_a_second_is_once`,
/// `monotone_response` on either side of the ideal.
///
/// ```
/// use tokenomics_rate_controllers::{NposInflation, NposInflationParams};
/// use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp};
///
/// let params = NposInflationParams {
///     min: wad!("0.025"),
///     max: wad!("0.1"),
///     ideal: fraction!("0.5"),
///     falloff: fraction!("0.05"),
///     year: Span::new(31_557_600),
/// };
/// let mut mint = NposInflation::new(params, Timestamp::ZERO)?;
/// assert_eq!(mint.inflation(fraction!("0.25")), wad!("0.0625"));
/// assert_eq!(mint.inflation(fraction!("0.6")), wad!("0.04375"));
/// // A day with 60% of 1,000,000 DOT at stake.
/// let supply = Amount::new(10_000_000_000_000_000);
/// let minted = mint.update(Timestamp::new(86_400), fraction!("0.6"), supply)?;
/// assert_eq!(minted, Amount::new(1_197_809_719_370));
/// # Ok::<(), tokenomics_rate_controllers::Error>(())
/// ```
///
/// # Source
/// Web3 Foundation's research on token economics, the curve of `pallet-staking-reward-curve`. The
/// pallet pays by up to 40 straight pieces that lie within half a percent of it; this is the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NposInflation {
    params: NposInflationParams,
    // In parts of a base unit of which `divisor` are one.
    carried: u128,
    last: Timestamp,
}

/// The state of a [`NposInflation`] besides its parameters.
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
pub struct NposInflationState {
    /// The remainder that the next call adds to what it mints: less than a base unit, as a numerator
    /// over the parameters' divisor.
    pub carried: Amount,
    /// The time up to which everything is minted.
    pub last: Timestamp,
}

impl NposInflation {
    /// Creates one that mints from `last` on.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter outside of its range.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Span, Timestamp};
    /// use tokenomics_rate_controllers::{Error, NposInflation, NposInflationParams};
    ///
    /// let params = NposInflationParams {
    ///     min: wad!("0.025"),
    ///     max: wad!("0.1"),
    ///     ideal: fraction!("0.5"),
    ///     falloff: fraction!("0.05"),
    ///     year: Span::new(100),
    /// };
    /// assert!(NposInflation::new(params, Timestamp::ZERO).is_ok());
    /// let upside_down = NposInflationParams { min: wad!("0.2"), ..params };
    /// let refused = NposInflation::new(upside_down, Timestamp::ZERO);
    /// assert!(matches!(refused, Err(Error::OutOfRange { .. })));
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn new(params: NposInflationParams, last: Timestamp) -> Result<Self, Error> {
        Self::restore(
            params,
            NposInflationState {
                carried: Amount::ZERO,
                last,
            },
        )
    }

    /// Restores a controller that was kept elsewhere, from what [`params`](Self::params) and
    /// [`state`](Self::state) returned.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter outside of its range, and for a state that no calls lead
    /// to.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp};
    /// use tokenomics_rate_controllers::{Mint, NposInflation, NposInflationParams, NposInflationState};
    ///
    /// let params = NposInflationParams {
    ///     min: wad!("0.025"),
    ///     max: wad!("0.1"),
    ///     ideal: fraction!("0.75"),
    ///     falloff: fraction!("0.05"),
    ///     year: Span::new(100),
    /// };
    /// let mut minting = NposInflation::new(params, Timestamp::ZERO)?;
    /// minting.mint(Timestamp::new(7), fraction!("0.5"), Amount::new(1_000_003))?;
    ///
    /// let state = minting.state();
    /// assert_eq!(NposInflation::restore(params, state)?, minting);
    /// let forged = NposInflationState { carried: Amount::MAX, ..state };
    /// assert!(NposInflation::restore(params, forged).is_err());
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn restore(params: NposInflationParams, state: NposInflationState) -> Result<Self, Error> {
        let NposInflationState { carried, last } = state;
        yearly(Quantity::LargestInflation, params.max)?;
        let largest = params.max.raw();
        in_range(Quantity::LeastInflation, params.min.raw(), 0, largest)?;
        in_range(Quantity::Ideal, params.ideal.raw().into(), 1, Wad::SCALE)?;
        in_range(
            Quantity::Falloff,
            params.falloff.raw().into(),
            1,
            Wad::SCALE,
        )?;
        year(params.year)?;
        // The divisor is at least 10^18.
        let most = params.divisor().wrapping_sub(1);
        in_range(Quantity::Carried, carried.get(), 0, most)?;
        Ok(Self {
            params,
            carried: carried.get(),
            last,
        })
    }

    /// Returns the state, to be stored beside the parameters.
    #[must_use]
    pub const fn state(&self) -> NposInflationState {
        NposInflationState {
            carried: Amount::new(self.carried),
            last: self.last,
        }
    }

    /// Creates the controller of what it is written as.
    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    fn of(params: NposInflationParams, carried: Amount, last: Timestamp) -> Result<Self, Error> {
        let state = NposInflationState { carried, last };
        Self::restore(params, state)
    }

    /// Returns its parameters.
    #[must_use]
    pub const fn params(&self) -> NposInflationParams {
        self.params
    }

    /// Returns the time up to which everything is minted.
    #[must_use]
    pub const fn last(&self) -> Timestamp {
        self.last
    }

    /// Returns what wasn't a whole base unit yet.
    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    pub(crate) const fn carried(&self) -> Amount {
        Amount::new(self.carried)
    }

    /// Computes the inflation a year with `staked` of the supply at stake.
    ///
    /// # Rounding
    /// Floor: never above the real one, and within three units of 10^−18 of it where `max` is at most 1.
    #[must_use]
    pub fn inflation(&self, staked: Fraction) -> Wad {
        let (least, ideal) = (self.params.min.raw(), self.params.ideal.raw());
        // `new` has seen that it isn't above it.
        let above = self.params.max.raw().saturating_sub(least);
        let part = if staked.raw() <= ideal {
            mul_div(above, staked.raw().into(), ideal.into(), Rounding::Floor)
        } else {
            let excess = staked.raw().saturating_sub(ideal);
            let halves = halves(excess, self.params.falloff);
            mul_div(above, halves, Wad::SCALE, Rounding::Floor)
        };
        // Both factors of `above` are at most 1, so the parts fit, and the sum is at most the largest.
        Wad::from_raw(least.saturating_add(part.unwrap_or(0)))
    }

    /// Mints for the time since the last call, in which `staked` of a `supply` was at stake.
    ///
    /// # Rounding
    /// Floor, and the rest is carried.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a time before the last one; [`Error::Overflow`] for more than
    /// the largest amount.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp};
    /// use tokenomics_rate_controllers::{NposInflation, NposInflationParams};
    ///
    /// let params = NposInflationParams {
    ///     min: wad!("0.025"),
    ///     max: wad!("0.1"),
    ///     ideal: fraction!("0.5"),
    ///     falloff: fraction!("0.05"),
    ///     year: Span::new(100),
    /// };
    /// let mut mint = NposInflation::new(params, Timestamp::ZERO)?;
    /// // 3 · 700 · 0.0625 / 100 is 1.3125, and twelve units more make 5.25 of the rest.
    /// let (quarter, supply) = (fraction!("0.25"), Amount::new(700));
    /// assert_eq!(mint.update(Timestamp::new(3), quarter, supply)?, Amount::new(1));
    /// assert_eq!(mint.update(Timestamp::new(15), quarter, supply)?, Amount::new(5));
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn update(
        &mut self,
        at: Timestamp,
        staked: Fraction,
        supply: Amount,
    ) -> Result<Amount, Error> {
        let units = elapsed(self.last, at)?.get();
        let sum = U256::product(self.inflation(staked).raw(), units.into());
        let (minted, carried) = minted(supply, sum, self.carried, self.params.divisor())?;
        (self.carried, self.last) = (carried, at);
        Ok(minted)
    }
}

impl Mint for NposInflation {
    /// The part of the supply that is at stake.
    type Signal = Fraction;

    fn last(&self) -> Timestamp {
        self.last
    }

    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn mint(&mut self, at: Timestamp, staked: Fraction, supply: Amount) -> Result<Amount, Error> {
        self.update(at, staked, supply)
    }
}

/// Computes 2^−(`excess` / `falloff`) in 10^−18, from below.
fn halves(excess: u64, falloff: Fraction) -> u128 {
    let falloff = falloff.raw().into();
    // At most 10^36, so it fits the signed type.
    let exponent = mul_div(excess.into(), Wad::SCALE, falloff, Rounding::Ceil)
        .ok()
        .and_then(|exponent| i128::try_from(exponent).ok())
        .and_then(i128::checked_neg)
        .unwrap_or(i128::MIN);
    SignedWad::from_raw(exponent)
        .exp2(Rounding::Floor)
        .map_or(0, Wad::raw)
}

tokenomics_internals::checked_codec! {
    NposInflation::of as RawNposInflation {
        params: NposInflationParams = NposInflation::params,
        carried: Amount = NposInflation::carried,
        last: Timestamp = NposInflation::last,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for NposInflation {
    fn from_seed([min, max, ideal, falloff, length, last, ..]: Seed) -> Option<Self> {
        let max = seed::rate(max);
        let params = NposInflationParams {
            min: seed::wad(min, 0, max.raw()),
            max,
            ideal: seed::part(ideal, 1, Fraction::ONE.raw())?,
            falloff: seed::part(falloff, 1, Fraction::ONE.raw())?,
            year: seed::year(length),
        };
        Self::new(params, seed::time(last)).ok()
    }
}
