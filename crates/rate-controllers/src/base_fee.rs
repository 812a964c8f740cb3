//! The fee of EIP-1559: up after a full block, down after an empty one, and burned.

use core::cmp::Ordering;

use tokenomics_fixed_math::{Amount, Span, Timestamp};

use crate::check::{elapsed, in_range};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{self, FromSeed, Seed};
use crate::{Error, Quantity};

/// The parameters of a [`BaseFee`], which [`BaseFee::new`] checks.
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
pub struct BaseFeeParams {
    /// The target is the block's limit divided by this, rounded down; at least 1.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub elasticity: u64,
    /// A block without gas lowers the fee by one part of this many; 1 to 1,024.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub denominator: u64,
    /// The least fee, in base units per unit of gas.
    pub min: Amount,
    /// The largest fee; at most 2^64 − 1, so that what a block burns is an amount.
    pub max: Amount,
}

impl BaseFeeParams {
    /// EIP-1559 as Ethereum runs it: half of the limit is the target, and a step is at most an
    /// eighth. Clients keep the fee in 64 bits.
    pub const ETHEREUM: Self = Self {
        elasticity: 2,
        denominator: 8,
        min: Amount::ZERO,
        max: LARGEST,
    };
}

const LARGEST: Amount = Amount::new(18_446_744_073_709_551_615);

/// A block's fee, and what it burned.
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
pub struct Burn {
    /// The fee that was in force in it, per unit of gas.
    pub fee: Amount,
    /// The fee times what it used: gone from the supply.
    pub burned: Amount,
}

/// A fee per unit of a resource that every block moves toward its target use, and that is burned.
///
/// The clock counts blocks. A block that isn't reported was empty, so a call for a later block is
/// the same as a call for each: the fee falls until it no longer does, which takes at most
/// 46 · denominator steps of one division, however many blocks there are (322 for Ethereum's from
/// the largest fee). A block can't be reported twice.
///
/// # Rounding
/// Floor for the target, each quotient and so each step, as in the specification.
///
/// # Laws
/// `stays_in_range`, `late_call_equals_timely_call`, `twice_in_a_second_is_once`,
/// `monotone_response`, `as_the_specification`.
///
/// ```
/// use tokenomics_rate_controllers::{BaseFee, BaseFeeParams};
/// use tokenomics_fixed_math::{Amount, Timestamp};
///
/// // 1 gwei; a full block of 30 million.
/// let (gwei, first) = (Amount::new(1_000_000_000), Timestamp::new(1));
/// let mut fee = BaseFee::new(BaseFeeParams::ETHEREUM, gwei, first)?;
/// let burn = fee.update(first, 30_000_000, 30_000_000)?;
/// assert_eq!(burn.burned, Amount::new(30_000_000_000_000_000));
/// assert_eq!(fee.fee(), Amount::new(1_125_000_000));
/// // Nobody reported the two blocks after it.
/// assert_eq!(fee.fee_at(Timestamp::new(4))?, Amount::new(861_328_125));
/// # Ok::<(), tokenomics_rate_controllers::Error>(())
/// ```
///
/// # Source
/// EIP-1559. It has no least and no largest fee; between the two given here every figure is its.
#[doc(alias("EIP1559", "gas_price"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BaseFee {
    params: BaseFeeParams,
    // Of the block `next`; within the parameters' range.
    fee: u64,
    // The first block that isn't counted yet.
    next: Timestamp,
}

impl BaseFee {
    /// Creates one of which `fee` is that of the block `next`, the first to be counted.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter, or a fee, outside of its range.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_rate_controllers::{BaseFee, BaseFeeParams, Error};
    ///
    /// let start = |fee| BaseFee::new(BaseFeeParams::ETHEREUM, Amount::new(fee), Timestamp::new(9));
    /// assert_eq!(start(7)?.fee(), Amount::new(7));
    /// assert!(matches!(start(1 << 64), Err(Error::OutOfRange { .. })));
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn new(params: BaseFeeParams, fee: Amount, next: Timestamp) -> Result<Self, Error> {
        in_range(
            Quantity::Elasticity,
            params.elasticity.into(),
            1,
            u64::MAX.into(),
        )?;
        let denominator = params.denominator.into();
        in_range(Quantity::StepDenominator, denominator, 1, 1_024)?;
        in_range(Quantity::LargestFee, params.max.get(), 0, LARGEST.get())?;
        in_range(Quantity::LeastFee, params.min.get(), 0, params.max.get())?;
        in_range(Quantity::Fee, fee.get(), params.min.get(), params.max.get())?;
        // It is at most the largest, which is a u64.
        let fee = u64::try_from(fee.get()).unwrap_or(u64::MAX);
        Ok(Self { params, fee, next })
    }

    /// Returns its parameters.
    #[must_use]
    pub const fn params(&self) -> BaseFeeParams {
        self.params
    }

    /// Returns the fee of the block [`next`](Self::next), in base units per unit of gas.
    #[must_use]
    pub fn fee(&self) -> Amount {
        Amount::new(self.fee.into())
    }

    /// Returns the first block that isn't counted yet.
    #[must_use]
    pub const fn next(&self) -> Timestamp {
        self.next
    }

    /// Computes the fee of a later block, if those before it are empty.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a block that is counted already.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_rate_controllers::{BaseFee, BaseFeeParams};
    ///
    /// let fee = BaseFee::new(BaseFeeParams::ETHEREUM, Amount::new(800), Timestamp::new(9))?;
    /// // An empty block takes an eighth.
    /// assert_eq!(fee.fee_at(Timestamp::new(10))?, Amount::new(700));
    /// assert!(fee.fee_at(Timestamp::new(8)).is_err());
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn fee_at(&self, block: Timestamp) -> Result<Amount, Error> {
        let empty = elapsed(self.next, block)?.get();
        Ok(Amount::new(self.fallen(empty).into()))
    }

    /// Counts a block that used `gas_used` of its `gas_limit`, and those before it that weren't
    /// reported as empty. Returns what it burned.
    ///
    /// # Rounding
    /// Floor for the target and for the step.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a block that is counted already; [`Error::OutOfRange`] if it used
    /// more than its limit, or the limit is below the elasticity, so that there is no target;
    /// [`Error::Overflow`] at the end of the clock.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_rate_controllers::{BaseFee, BaseFeeParams};
    ///
    /// let block = Timestamp::new(9);
    /// let mut fee = BaseFee::new(BaseFeeParams::ETHEREUM, Amount::new(800), block)?;
    /// assert_eq!(fee.update(block, 30, 30)?.burned, Amount::new(24_000));
    /// assert_eq!(fee.fee(), Amount::new(900));
    /// assert!(fee.update(block, 30, 30).is_err());
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn update(
        &mut self,
        block: Timestamp,
        gas_used: u64,
        gas_limit: u64,
    ) -> Result<Burn, Error> {
        let empty = elapsed(self.next, block)?.get();
        let next = block.checked_add(Span::new(1))?;
        let least = self.params.elasticity.into();
        in_range(Quantity::GasLimit, gas_limit.into(), least, u64::MAX.into())?;
        in_range(Quantity::GasUsed, gas_used.into(), 0, gas_limit.into())?;
        let fee = self.fallen(empty);
        self.fee = self.after(fee, gas_used, gas_limit);
        self.next = next;
        Ok(Burn {
            fee: Amount::new(fee.into()),
            // Two factors of 64 bits.
            burned: Amount::new(u128::from(fee).wrapping_mul(gas_used.into())),
        })
    }

    /// Computes the fee after a block at `fee`. The limit isn't below the elasticity.
    fn after(&self, fee: u64, used: u64, limit: u64) -> u64 {
        let target = limit.checked_div(self.params.elasticity).unwrap_or(0);
        // Two factors of 64 bits; the divisors aren't 0.
        let step = u128::from(fee)
            .wrapping_mul(used.abs_diff(target).into())
            .checked_div(target.into())
            .and_then(|part| part.checked_div(self.params.denominator.into()))
            .unwrap_or(0);
        let fee = u128::from(fee);
        let moved = match used.cmp(&target) {
            Ordering::Equal => fee,
            // The step is at most (2^64 − 1)², which leaves room for 2^64 − 1 more.
            Ordering::Greater => fee.wrapping_add(step.max(1)),
            // The distance to the target is at most the target, so the step is at most the fee.
            Ordering::Less => fee.wrapping_sub(step),
        };
        self.clamp(moved)
    }

    /// Computes the fee after so many blocks without any gas.
    fn fallen(&self, mut empty: u64) -> u64 {
        let mut fee = self.fee;
        while empty > 0 {
            let step = fee.checked_div(self.params.denominator).unwrap_or(0);
            let lower = self.clamp(fee.wrapping_sub(step).into());
            if lower == fee {
                break;
            }
            (fee, empty) = (lower, empty.wrapping_sub(1));
        }
        fee
    }

    fn clamp(&self, fee: u128) -> u64 {
        let fee = fee.clamp(self.params.min.get(), self.params.max.get());
        u64::try_from(fee).unwrap_or(u64::MAX)
    }
}

tokenomics_internals::checked_codec! {
    BaseFee::new as RawBaseFee {
        params: BaseFeeParams = BaseFee::params,
        fee: Amount = BaseFee::fee,
        next: Timestamp = BaseFee::next,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for BaseFee {
    fn from_seed([elasticity, denominator, min, max, fee, next, ..]: Seed) -> Option<Self> {
        let max = seed::fit(max, 0, u64::MAX.into());
        let min = seed::fit(min, 0, max);
        let params = BaseFeeParams {
            elasticity: seed::fit64(elasticity, 1, u64::MAX),
            denominator: seed::fit64(denominator, 1, 1_024),
            min: Amount::new(min),
            max: Amount::new(max),
        };
        Self::new(
            params,
            Amount::new(seed::fit(fee, min, max)),
            seed::time(next),
        )
        .ok()
    }
}
