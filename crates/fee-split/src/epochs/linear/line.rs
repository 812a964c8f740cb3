//! Weights that are linear in time.

use tokenomics_fixed_math::{Timestamp, U256};

use super::wide::Wide;
use super::EpochSum;
use crate::Error;

/// The weight of a holder from a time on until another, between which it is linear: of a lock that
/// decays, grows or stays as it is, for as long as nobody changes it.
///
/// A holder that weighs nothing for a while has a line of no weight.
///
/// ```
/// use tokenomics_fee_split::WeightLine;
/// use tokenomics_fixed_math::{Timestamp, U256};
///
/// // 300 units that decay until 1,000.
/// let line = WeightLine {
///     since: Timestamp::new(100),
///     until: Timestamp::new(1_000),
///     weight: U256::from(300 * 900),
///     slope: U256::from(300),
///     rises: false,
/// };
/// assert_eq!(line.weight_at(Timestamp::new(400))?, U256::from(300 * 600));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
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
pub struct WeightLine {
    /// The first instant.
    pub since: Timestamp,
    /// The instant before which it ends.
    pub until: Timestamp,
    /// The undivided weight at the first instant.
    pub weight: U256,
    /// The undivided weight by which it changes in each unit of time.
    pub slope: U256,
    /// `true` if it rises by that, `false` if it falls.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::truth")
    )]
    pub rises: bool,
}

impl WeightLine {
    /// Returns the weight at a time of the line.
    ///
    /// # Errors
    /// [`Error::Math`] for a line that falls below zero until then, or rises above 256 bits.
    ///
    /// ```
    /// # use tokenomics_fee_split::WeightLine;
    /// # use tokenomics_fixed_math::{Timestamp, U256};
    /// let (since, until) = (Timestamp::new(10), Timestamp::new(20));
    /// let (weight, slope) = (U256::from(8), U256::from(2));
    /// let line = WeightLine { since, until, weight, slope, rises: false };
    /// assert_eq!(line.weight_at(Timestamp::new(14))?, U256::ZERO);
    /// assert!(line.weight_at(Timestamp::new(15)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn weight_at(&self, at: Timestamp) -> Result<U256, Error> {
        let passed = at.get().saturating_sub(self.since.get());
        let change = self.slope.checked_mul(passed.into())?;
        Ok(if self.rises {
            self.weight.checked_add(change)?
        } else {
            self.weight.checked_sub(change)?
        })
    }

    /// Returns the sum of pot·weight/total over so many entries, in units of 2^-128: exact, less at most
    /// 2^-127 of a unit for each and one more.
    ///
    /// The weight is c + m·t, of which the one or the other may be below zero, so the sum is c times that
    /// of pot/total and m times that of pot·t/total. Of each of those the true one is between what is
    /// known of it and one unit of 2^-384 for each entry more: that which is further down is taken.
    pub(super) fn shares(&self, sums: EpochSum, entries: u32) -> Result<U256, Error> {
        let low = |sum: Wide, factor: &U256, is_negative: bool| {
            if is_negative {
                sum.plus_units(entries).times(*factor).negated()
            } else {
                sum.times(*factor)
            }
        };
        let (at_zero, is_below) = self.at_zero()?;
        let constant = low(sums.per_weight, &at_zero, is_below);
        let linear = low(sums.per_weight_time, &self.slope, !self.rises);
        let shares = constant.plus(linear).in_parts();
        // No sum of pots is above that: it is a hair below zero.
        let is_nothing = shares > U256::new(u128::MAX, 0);
        Ok(if is_nothing { U256::ZERO } else { shares })
    }

    /// Returns the weight that the line would have at time 0, and whether it is below zero.
    fn at_zero(&self) -> Result<(U256, bool), Error> {
        let change = self.slope.checked_mul(self.since.get().into())?;
        if !self.rises {
            return Ok((self.weight.checked_add(change)?, false));
        }
        let is_below = self.weight < change;
        let (more, less) = if is_below {
            (change, self.weight)
        } else {
            (self.weight, change)
        };
        Ok((more.checked_sub(less)?, is_below))
    }
}
