//! One tier, and how far it is filled.

use tokenomics_fixed_math::{Amount, Rounding};

use crate::check::in_range;
use crate::weighted_split::sum;
use crate::{largest_remainder, Error, Quantity, WeightedSplit};

/// A tier of a [`Waterfall`](crate::Waterfall): how much it takes, and how the parties share it.
///
/// ```
/// use tokenomics_fee_split::{Tier, WeightedSplit};
/// use tokenomics_fixed_math::Amount;
///
/// // 1,000 to the second and the third of three parties, in proportion to what they lent.
/// let lenders = Tier::new(Amount::new(1_000), [0, 70, 30])?;
/// assert_eq!(lenders.split, WeightedSplit::new([0, 70, 30])?);
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
pub struct Tier<const M: usize> {
    /// The most that the tier takes, of all payments together.
    pub cap: Amount,
    /// The weights of the parties.
    pub split: WeightedSplit<M>,
}

impl<const M: usize> Tier<M> {
    /// Creates a tier that takes up to `cap` for parties of these weights.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if they sum to zero.
    ///
    /// ```
    /// # use tokenomics_fee_split::Tier;
    /// # use tokenomics_fixed_math::Amount;
    /// assert!(Tier::new(Amount::new(1_000), [0, 1]).is_ok());
    /// assert!(Tier::new(Amount::new(1_000), [0, 0]).is_err());
    /// ```
    pub fn new(cap: Amount, weights: [u64; M]) -> Result<Self, Error> {
        let split = WeightedSplit::new(weights)?;
        Ok(Self { cap, split })
    }
}

/// A tier and what is in it, at most its cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Filling<const M: usize> {
    pub(super) tier: Tier<M>,
    pub(super) filled: Amount,
}

impl<const M: usize> Filling<M> {
    pub(super) fn new(tier: Tier<M>) -> Self {
        let filled = Amount::ZERO;
        Self { tier, filled }
    }

    /// Returns what the tier still takes; of a full one nothing.
    pub(super) fn room(&self) -> Amount {
        // At most the cap is in it.
        let room = self.tier.cap.checked_sub(self.filled);
        room.unwrap_or(Amount::ZERO)
    }

    pub(super) fn is_full(&self) -> bool {
        self.filled == self.tier.cap
    }

    /// Fills in an amount, at most the room, and returns what each party is paid of it.
    pub(super) fn take(&mut self, amount: Amount) -> Result<[Amount; M], Error> {
        if amount.is_zero() {
            return Ok([Amount::ZERO; M]);
        }
        let filled = self.filled.checked_add(amount)?;
        self.turn_into(Self { filled, ..*self })
    }

    /// Changes the tier, and returns what each party is paid.
    pub(super) fn change(&mut self, tier: Tier<M>) -> Result<[Amount; M], Error> {
        let filled = self.filled.get();
        // A full tier is closed.
        in_range(Quantity::TierRoom, self.room().get(), 1, u128::MAX)?;
        if self.tier.split != tier.split {
            // By another split somebody may have been paid too much already.
            in_range(Quantity::TierFilled, filled, 0, 0)?;
        }
        in_range(Quantity::TierCap, tier.cap.get(), filled, u128::MAX)?;
        self.turn_into(Self { tier, ..*self })
    }

    /// Pays out what the tier carries, and leaves it empty, with as much room as it has; a full one carries nothing
    /// and stays as it is.
    pub(super) fn close(&mut self) -> [Amount; M] {
        let (mut rest, mut full) = (*self, *self);
        (rest.tier.cap, rest.filled) = (self.room(), Amount::ZERO);
        full.tier.cap = self.filled;
        if self.is_full() {
            return [Amount::ZERO; M];
        }
        // Of as much by the same weights, largest remainders are no less than floors.
        let Ok(parts) = self.turn_into(full) else {
            return [Amount::ZERO; M];
        };
        *self = rest;
        parts
    }

    /// Returns what is in the tier and isn't paid out.
    pub(super) fn carried(&self) -> Amount {
        let paid = self.paid().and_then(|paid| Ok(Amount::try_sum(paid)?));
        // Floors sum to at most what is in the tier.
        let carried = paid.and_then(|paid| Ok(self.filled.checked_sub(paid)?));
        carried.unwrap_or(Amount::ZERO)
    }

    /// Returns what each party was paid so far: the floor of its share, and from when the tier is full on
    /// its part by largest remainders, which is no less.
    fn paid(&self) -> Result<[Amount; M], Error> {
        let weights = self.tier.split.weights();
        let mut parts = [Amount::ZERO; M];
        if self.is_full() {
            largest_remainder(self.filled, &weights, &mut parts)?;
            return Ok(parts);
        }
        let total = sum(&weights);
        for (part, weight) in parts.iter_mut().zip(weights) {
            *part = self.filled.mul_div(weight.into(), total, Rounding::Floor)?;
        }
        Ok(parts)
    }

    /// Changes to a tier in which nobody was paid less, and returns what each party is paid.
    fn turn_into(&mut self, after: Self) -> Result<[Amount; M], Error> {
        let (before, mut parts) = (self.paid()?, after.paid()?);
        for (part, before) in parts.iter_mut().zip(before) {
            *part = part.checked_sub(before)?;
        }
        *self = after;
        Ok(parts)
    }
}
