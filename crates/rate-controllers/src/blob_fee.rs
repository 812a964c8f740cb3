//! The fee of EIP-4844: an exponential of the excess over a target, and burned.

mod params;

use tokenomics_fixed_math::{mul_div, Amount, Rounding, Span, Timestamp, Wad, U256};

pub use self::params::{BlobFeeParams, BlobReserve};
use crate::blob_exponential::{scaled_bounds, sum_of_terms};
use crate::check::{elapsed, in_range};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{self, FromSeed, Seed};
use crate::{BlobExponential, Burn, Error, Quantity};

/// A fee per unit of a resource that grows exponentially with what was used above a target, and that
/// is burned.
///
/// The excess is the sum of what blocks used less their targets, and never below 0: the state is
/// an integral, and the fee is read off it. The clock counts blocks, and one that isn't reported
/// was empty: n of them take n targets, at once, which is the same as n calls. A block can't be
/// reported twice.
///
/// # Rounding
/// Floor for the fee.
///
/// # Laws
/// `stays_in_range`, `late_call_equals_timely_call`, `twice_in_a_second_is_once`,
/// `monotone_response`, `as_the_specification`.
///
/// ```
/// use tokenomics_rate_controllers::{BlobExponential, BlobFee, BlobFeeParams};
/// use tokenomics_fixed_math::{Amount, Timestamp};
///
/// let params = BlobFeeParams { exponential: BlobExponential::Exact, ..BlobFeeParams::CANCUN };
/// let mut fee = BlobFee::new(params, 20_000_000, Timestamp::new(1))?;
/// assert_eq!(fee.fee(), Amount::new(399));
/// // Six blobs, three above the target.
/// let burn = fee.update(Timestamp::new(1), 786_432)?;
/// assert_eq!(burn.burned, Amount::new(399 * 786_432));
/// assert_eq!((fee.excess(), fee.fee()), (20_393_216, Amount::new(449)));
/// # Ok::<(), tokenomics_rate_controllers::Error>(())
/// ```
///
/// # Source
/// EIP-4844, `calc_excess_blob_gas` and `fake_exponential`; EIP-7691 and EIP-7892 change its
/// parameters, EIP-7918 its step where execution costs more. They have no largest excess.
#[doc(alias("EIP4844"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BlobFee {
    params: BlobFeeParams,
    // Of the block `next`; at most the largest.
    excess: u64,
    // The first block that isn't counted yet.
    next: Timestamp,
}

impl BlobFee {
    /// Creates one of which `excess` is that of the block `next`, the first to be counted.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter, or an excess, outside of its range, or a largest fee
    /// of 2^64 or more.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_rate_controllers::{BlobFee, BlobFeeParams, Error};
    ///
    /// let start = |excess| BlobFee::new(BlobFeeParams::PRAGUE, excess, Timestamp::ZERO);
    /// assert_eq!(start(0)?.fee(), Amount::new(1));
    /// assert!(matches!(start(u64::MAX), Err(Error::OutOfRange { .. })));
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn new(params: BlobFeeParams, excess: u64, next: Timestamp) -> Result<Self, Error> {
        let largest = u128::from(u64::MAX);
        in_range(Quantity::LeastFee, params.min_fee.get(), 1, LARGEST_MIN_FEE)?;
        let fraction = params.update_fraction.into();
        in_range(Quantity::UpdateFraction, fraction, 1, LARGEST_FRACTION)?;
        // e^44.37 is above 2^64. The product is far below 2^64.
        let most = u128::wrapping_mul(fraction, 45);
        in_range(Quantity::LargestExcess, params.max_excess.into(), 0, most)?;
        let (_, above) = scaled_bounds(&params, params.max_excess).ok_or(TOO_MUCH)?;
        let fee = above.checked_div(Wad::SCALE).unwrap_or(u128::MAX);
        in_range(Quantity::FeeOfLargestExcess, fee, 0, largest)?;
        in_range(Quantity::Excess, excess.into(), 0, params.max_excess.into())?;
        Ok(Self {
            params,
            excess,
            next,
        })
    }

    /// Returns its parameters.
    #[must_use]
    pub const fn params(&self) -> BlobFeeParams {
        self.params
    }

    /// Returns what was used above the targets, up to the block [`next`](Self::next).
    #[must_use]
    pub const fn excess(&self) -> u64 {
        self.excess
    }

    /// Returns the first block that isn't counted yet.
    #[must_use]
    pub const fn next(&self) -> Timestamp {
        self.next
    }

    /// Returns the fee of the block [`next`](Self::next), in base units per unit of gas.
    ///
    /// # Rounding
    /// Floor. The exact fee is that of the real number: it could be one unit lower only where that
    /// is less than (`min_fee` + 18) · 10^−18 above an integer. More excess never makes it less.
    #[must_use]
    pub fn fee(&self) -> Amount {
        self.fee_of(self.excess)
    }

    /// Computes the fee of a later block, if those before it are empty.
    ///
    /// # Rounding
    /// Floor, as [`fee`](Self::fee).
    ///
    /// # Errors
    /// [`Error::Backdated`] for a block that is counted already.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_rate_controllers::{BlobFee, BlobFeeParams};
    ///
    /// let fee = BlobFee::new(BlobFeeParams::CANCUN, 10_485_760, Timestamp::ZERO)?;
    /// assert_eq!(fee.fee(), Amount::new(23));
    /// // Ten empty blocks take ten targets of 393,216.
    /// assert_eq!(fee.fee_at(Timestamp::new(10))?, Amount::new(7));
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn fee_at(&self, block: Timestamp) -> Result<Amount, Error> {
        let empty = elapsed(self.next, block)?.get();
        Ok(self.fee_of(self.drained(empty)))
    }

    /// Counts a block that used `gas_used`, and those before it that weren't reported as empty.
    /// Returns what it burned.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a block that is counted already; [`Error::Overflow`] at the end of the
    /// clock.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_rate_controllers::{BlobFee, BlobFeeParams};
    ///
    /// let block = Timestamp::new(5);
    /// let mut fee = BlobFee::new(BlobFeeParams::CANCUN, 10_485_760, block)?;
    /// assert_eq!(fee.update(block, 786_432)?.burned, Amount::new(23 * 786_432));
    /// assert_eq!(fee.excess(), 10_485_760 + 393_216);
    /// assert!(fee.update(block, 0).is_err());
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn update(&mut self, block: Timestamp, gas_used: u64) -> Result<Burn, Error> {
        let empty = elapsed(self.next, block)?.get();
        let next = block.checked_add(Span::new(1))?;
        let excess = self.drained(empty);
        let burn = self.burn(excess, gas_used);
        self.excess = self.raised(excess, gas_used);
        self.next = next;
        Ok(burn)
    }

    /// Counts the block [`next`](Self::next), which must be this one, where the excess doesn't fall
    /// while a blob is cheaper than its reserve: `base_cost · base_fee > gas_per_blob · fee`. Then it
    /// grows by what was used times the part of the largest use that is above the target.
    ///
    /// What the base fee was in blocks that weren't reported isn't known, so they must be.
    ///
    /// # Rounding
    /// Floor for that part.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for another block than the next, a largest use of 0 or below the
    /// target, or a use above it; [`Error::Overflow`] at the end of the clock.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Timestamp};
    /// use tokenomics_rate_controllers::{BlobFee, BlobFeeParams, BlobReserve};
    ///
    /// let blob = 131_072;
    /// let reserve = BlobReserve { base_fee: 17, base_cost: 8_192, gas_per_blob: blob, max: 9 * blob };
    /// let mut fee = BlobFee::new(BlobFeeParams::PRAGUE, 1_000_000, Timestamp::ZERO)?;
    /// // A blob costs less than its reserve: an empty block takes nothing, a full one adds a third.
    /// fee.update_with_reserve(Timestamp::ZERO, 0, reserve)?;
    /// assert_eq!(fee.excess(), 1_000_000);
    /// fee.update_with_reserve(Timestamp::new(1), 9 * blob, reserve)?;
    /// assert_eq!(fee.excess(), 1_000_000 + 3 * blob);
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    ///
    /// # Source
    /// EIP-7918.
    pub fn update_with_reserve(
        &mut self,
        block: Timestamp,
        gas_used: u64,
        reserve: BlobReserve,
    ) -> Result<Burn, Error> {
        let (only, target) = (self.next.get().into(), self.params.target);
        in_range(Quantity::Block, block.get().into(), only, only)?;
        let least = target.max(1).into();
        in_range(
            Quantity::LargestUse,
            reserve.max.into(),
            least,
            u64::MAX.into(),
        )?;
        in_range(Quantity::GasUsed, gas_used.into(), 0, reserve.max.into())?;
        let next = block.checked_add(Span::new(1))?;
        let burn = self.burn(self.excess, gas_used);
        self.excess = self.raised_with_reserve(gas_used, reserve, burn.fee)?;
        self.next = next;
        Ok(burn)
    }

    /// Computes the excess after a block in which a blob cost so much per unit of gas.
    fn raised_with_reserve(
        &self,
        used: u64,
        reserve: BlobReserve,
        fee: Amount,
    ) -> Result<u64, Error> {
        let (blob, target) = (reserve.gas_per_blob.into(), self.params.target);
        let (base_cost, base_fee) = (reserve.base_cost.into(), reserve.base_fee.into());
        let cheap = U256::cmp_products(base_cost, base_fee, blob, fee.get()).is_gt();
        // Two numbers of 64 bits.
        let reached = u128::from(self.excess).wrapping_add(used.into()) >= target.into();
        if !reached || !cheap {
            return Ok(self.raised(self.excess, used));
        }
        let above = reserve.max.wrapping_sub(target).into();
        let part = mul_div(used.into(), above, reserve.max.into(), Rounding::Floor)?;
        Ok(self.capped(u128::from(self.excess).wrapping_add(part)))
    }

    fn burn(&self, excess: u64, gas_used: u64) -> Burn {
        let fee = self.fee_of(excess);
        // Two factors below 2^64.
        let burned = Amount::new(fee.get().wrapping_mul(gas_used.into()));
        Burn { fee, burned }
    }

    /// Computes the excess after so many blocks without any use.
    fn drained(&self, empty: u64) -> u64 {
        // More than 64 bits of targets are more than the excess.
        let targets = self.params.target.checked_mul(empty);
        targets
            .and_then(|targets| self.excess.checked_sub(targets))
            .unwrap_or(0)
    }

    /// Computes the excess after a block.
    fn raised(&self, excess: u64, used: u64) -> u64 {
        // A sum of two numbers of 64 bits.
        let sum = u128::from(excess).wrapping_add(used.into());
        self.capped(sum.saturating_sub(self.params.target.into()))
    }

    fn capped(&self, excess: u128) -> u64 {
        u64::try_from(excess).map_or(self.params.max_excess, |excess| {
            excess.min(self.params.max_excess)
        })
    }

    fn fee_of(&self, excess: u64) -> Amount {
        let fee = match self.params.exponential {
            // `new` has seen the largest.
            BlobExponential::Exact => scaled_bounds(&self.params, excess)
                .and_then(|(below, _)| below.checked_div(Wad::SCALE)),
            BlobExponential::Deployed => sum_of_terms(&self.params, excess),
        };
        Amount::new(fee.unwrap_or(u128::MAX).min(u64::MAX.into()))
    }
}

/// The exponential is off by less than 10^-18, so that the fee is off by less than a tenth of a unit.
const LARGEST_MIN_FEE: u128 = 100_000_000_000_000_000;

/// One unit more of excess raises the fee by 100 times as much as it can be off, so it never falls.
const LARGEST_FRACTION: u128 = 10_000_000_000_000_000;

const TOO_MUCH: Error = Error::OutOfRange {
    what: Quantity::FeeOfLargestExcess,
    value: u128::MAX,
    bound: 18_446_744_073_709_551_615,
};

tokenomics_internals::checked_codec! {
    BlobFee::new as RawBlobFee {
        params: BlobFeeParams = BlobFee::params,
        #[cfg_attr(feature = "serde", serde(with = "tokenomics_fixed_math::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        excess: u64 = BlobFee::excess,
        next: Timestamp = BlobFee::next,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for BlobFee {
    fn from_seed([min, target, fraction, most, excess, next, kind, ..]: Seed) -> Option<Self> {
        let update_fraction = seed::fit64(fraction, 1, 10_000_000_000_000_000);
        let min_fee = seed::fit(min, 1, 100_000_000_000_000_000);
        // The largest number of times a factor of e that the fee has room for.
        let mut built = (0..=44_u64).rev().map(|times| {
            let max_excess = seed::fit64(most, 0, update_fraction.saturating_mul(times));
            let params = BlobFeeParams {
                min_fee: Amount::new(min_fee),
                target: seed::fit64(target, 0, u64::MAX),
                update_fraction,
                max_excess,
                exponential: if seed::fit(kind, 0, 1) == 0 {
                    BlobExponential::Exact
                } else {
                    BlobExponential::Deployed
                },
            };
            Self::new(params, seed::fit64(excess, 0, max_excess), seed::time(next))
        });
        built.find_map(Result::ok)
    }
}
