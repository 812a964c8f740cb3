//! Ethereum's issuance: each unit at stake earns a reward that falls with the square root of all of
//! them.

use tokenomics_fixed_math::{Amount, Rounding, Timestamp};

use crate::check::{elapsed, in_range};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{self, FromSeed, Seed};
use crate::{Error, Mint, Quantity};

/// The parameters of a [`SqrtIssuance`], which [`SqrtIssuance::new`] checks.
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
pub struct SqrtIssuanceParams {
    /// The stake that counts as one, in base units; above 0. Less than one of them is none, and the
    /// total is never taken to be less than one.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub increment: u64,
    /// A stake of s earns `factor · increment / √s` an epoch for each increment; its product with the
    /// increment must be below 2^64.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub factor: u64,
}

impl SqrtIssuanceParams {
    /// Ethereum, in Gwei on a clock of epochs: increments of 1 ETH and a factor of 64.
    pub const ETHEREUM: Self = Self {
        increment: 1_000_000_000,
        factor: 64,
    };
}

/// Issuance to all that is at stake, by the square root of it.
///
/// The stake that a call passes is the one since the call before, on a clock of epochs. A call that
/// comes late issues what a call in every epoch would have, as long as the stake didn't change. A
/// second call in one epoch issues nothing and changes nothing.
///
/// # Rounding
/// Floor for the square root, for the reward of an increment, and for the number of increments, as in
/// the specification.
///
/// # Laws
/// `stays_in_range`, `late_call_equals_timely_call`, `twice_in_a_second_is_once`,
/// `monotone_response`: more stake never earns more an increment.
///
/// ```
/// use tokenomics_rate_controllers::{SqrtIssuance, SqrtIssuanceParams};
/// use tokenomics_fixed_math::{Amount, Timestamp};
///
/// let mut issuance = SqrtIssuance::new(SqrtIssuanceParams::ETHEREUM, Timestamp::ZERO)?;
/// // 500,000 validators with 32 ETH each.
/// let staked = 16_000_000_000_000_000;
/// assert_eq!(issuance.base_reward(staked), 505);
/// // A year of 82,181 epochs: 664,022 ETH.
/// let issued = issuance.update(Timestamp::new(82_181), staked)?;
/// assert_eq!(issued, Amount::new(664_022_480_000_000));
/// # Ok::<(), tokenomics_rate_controllers::Error>(())
/// ```
///
/// # Source
/// Ethereum's consensus specification from Altair on, `get_base_reward_per_increment`. It is what is
/// issued if everyone does everything in time; the specification's quotients for proposers and the
/// sync committee floor again, so that a few thousand Gwei an epoch less come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SqrtIssuance {
    params: SqrtIssuanceParams,
    last: Timestamp,
}

impl SqrtIssuance {
    /// Creates one that issues from `last` on.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter outside of its range.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Timestamp};
    /// use tokenomics_rate_controllers::{Error, SqrtIssuance, SqrtIssuanceParams};
    ///
    /// let start = |increment, factor| {
    ///     SqrtIssuance::new(SqrtIssuanceParams { increment, factor }, Timestamp::ZERO)
    /// };
    /// assert!(start(1_000_000_000, 64).is_ok());
    /// assert!(matches!(start(0, 64), Err(Error::OutOfRange { .. })));
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn new(params: SqrtIssuanceParams, last: Timestamp) -> Result<Self, Error> {
        let (increment, factor) = (params.increment.into(), u128::from(params.factor));
        in_range(Quantity::Increment, increment, 1, u64::MAX.into())?;
        // Both are of 64 bits.
        let most = u64::MAX.into();
        in_range(Quantity::Factor, factor.wrapping_mul(increment), 0, most)?;
        Ok(Self { params, last })
    }

    /// Returns its parameters.
    #[must_use]
    pub const fn params(&self) -> SqrtIssuanceParams {
        self.params
    }

    /// Returns the time up to which everything is issued.
    #[must_use]
    pub const fn last(&self) -> Timestamp {
        self.last
    }

    /// Computes what each increment earns in an epoch with `staked` base units at stake.
    ///
    /// # Rounding
    /// Floor for the square root and for the quotient.
    #[must_use]
    pub fn base_reward(&self, staked: u64) -> u64 {
        let SqrtIssuanceParams { increment, factor } = self.params;
        // `new` has seen that the product fits; the square root of a positive number isn't 0.
        let dividend = factor.wrapping_mul(increment);
        dividend
            .checked_div(staked.max(increment).isqrt())
            .unwrap_or(0)
    }

    /// Computes what all increments of `staked` base units earn in an epoch.
    ///
    /// # Rounding
    /// As [`base_reward`](Self::base_reward), and floor for the number of increments.
    #[must_use]
    pub fn per_epoch(&self, staked: u64) -> Amount {
        let counted = staked.max(self.params.increment);
        let increments = counted.checked_div(self.params.increment).unwrap_or(0);
        // Two factors of 64 bits.
        Amount::new(u128::from(self.base_reward(staked)).wrapping_mul(increments.into()))
    }

    /// Issues for the epochs since the last call, in which `staked` base units were at stake.
    ///
    /// # Rounding
    /// As [`per_epoch`](Self::per_epoch).
    ///
    /// # Errors
    /// [`Error::Backdated`] for a time before the last one; [`Error::Overflow`] for more than
    /// the largest amount.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_rate_controllers::{SqrtIssuance, SqrtIssuanceParams};
    ///
    /// let params = SqrtIssuanceParams { increment: 100, factor: 50 };
    /// let mut issuance = SqrtIssuance::new(params, Timestamp::ZERO)?;
    /// // 5,000 / √10,000 for each of 100 increments, in two epochs.
    /// let issued = issuance.update(Timestamp::new(2), 10_000)?;
    /// assert_eq!(issued, Amount::new(2 * 50 * 100));
    /// assert!(issuance.update(Timestamp::new(1), 10_000).is_err());
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn update(&mut self, at: Timestamp, staked: u64) -> Result<Amount, Error> {
        let epochs = elapsed(self.last, at)?;
        let issued = self
            .per_epoch(staked)
            .mul_div(epochs.get().into(), 1, Rounding::Floor)?;
        self.last = at;
        Ok(issued)
    }
}

impl Mint for SqrtIssuance {
    /// The stake, in base units. The supply makes no difference.
    type Signal = u64;

    fn last(&self) -> Timestamp {
        self.last
    }

    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn mint(&mut self, at: Timestamp, staked: u64, _: Amount) -> Result<Amount, Error> {
        self.update(at, staked)
    }
}

tokenomics_internals::checked_codec! {
    SqrtIssuance::new as RawSqrtIssuance {
        params: SqrtIssuanceParams = SqrtIssuance::params,
        last: Timestamp = SqrtIssuance::last,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for SqrtIssuance {
    fn from_seed([increment, factor, last, ..]: Seed) -> Option<Self> {
        let increment = seed::fit64(increment, 1, u64::MAX);
        let factor = seed::fit64(factor, 0, u64::MAX.checked_div(increment)?);
        Self::new(SqrtIssuanceParams { increment, factor }, seed::time(last)).ok()
    }
}
