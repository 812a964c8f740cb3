//! The entry of one epoch, and the place of one holder.

use tokenomics_fixed_math::{Amount, U256};

use crate::check::{at_most, in_range};
use crate::{Error, Quantity};

/// An epoch that had funds: the one entry of it that a store keeps.
///
/// ```
/// use tokenomics_fee_split::EpochPot;
/// use tokenomics_fixed_math::{Amount, U256};
///
/// let pot = EpochPot::restore(7, Amount::new(100), U256::from(3), U256::new(50, 0))?;
/// assert_eq!((pot.epoch(), pot.pot()), (7, Amount::new(100)));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EpochPot {
    pub(super) epoch: u64,
    pub(super) pot: Amount,
    // 0 until it is read, or if nobody weighs anything.
    pub(super) weight: U256,
    // In 2^-128 units, at most the pot; 0 until the weight is read.
    pub(super) left: U256,
}

impl EpochPot {
    /// The entry of no epoch, for an array of them.
    pub const EMPTY: Self = Self::new(0);

    pub(super) const fn new(epoch: u64) -> Self {
        Self {
            epoch,
            pot: Amount::ZERO,
            weight: U256::ZERO,
            left: U256::ZERO,
        }
    }

    /// Restores an entry from its [`epoch`](Self::epoch), its [`pot`](Self::pot), its
    /// [`weight`](Self::weight) and what is [`left`](Self::left).
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if more is left than its pot, or anything before its weight was read.
    ///
    /// ```
    /// # use tokenomics_fee_split::EpochPot;
    /// # use tokenomics_fixed_math::{Amount, U256};
    /// let (all, one) = (U256::new(100, 0), U256::ONE);
    /// assert!(EpochPot::restore(7, Amount::new(100), one, all).is_ok());
    /// assert!(EpochPot::restore(7, Amount::new(99), one, all).is_err());
    /// assert!(EpochPot::restore(7, Amount::new(100), U256::ZERO, all).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn restore(epoch: u64, pot: Amount, weight: U256, left: U256) -> Result<Self, Error> {
        let most = if weight.is_zero() { 0 } else { pot.get() };
        at_most(Quantity::EpochLeft, left, most)?;
        Ok(Self {
            epoch,
            pot,
            weight,
            left,
        })
    }

    /// Returns the number of the epoch.
    #[must_use]
    pub const fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Returns what is distributed of the epoch: what came in, and, once the weight is read, what
    /// was carried into it; then nothing, if nobody weighs anything.
    #[must_use]
    pub const fn pot(&self) -> Amount {
        self.pot
    }

    /// Returns the weight of all holders, 0 until it is read.
    #[must_use]
    pub const fn weight(&self) -> U256 {
        self.weight
    }

    /// Returns what nobody has claimed, in units of 2^-128; 0 until the weight is read.
    #[must_use]
    pub const fn left(&self) -> U256 {
        self.left
    }
}

tokenomics_internals::checked_codec! {
    EpochPot::restore as RawEpochPot {
        #[cfg_attr(feature = "serde", serde(with = "tokenomics_fixed_math::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        epoch: u64 = EpochPot::epoch,
        pot: Amount = EpochPot::pot,
        weight: U256 = EpochPot::weight,
        left: U256 = EpochPot::left,
    }
}

/// A holder's place in a distribution by [`Epochs`](crate::Epochs), kept by the holder or the host:
/// up to which entry it has claimed, and the fraction of a unit that it is still owed.
///
/// A holder is whatever the host tells one history of weights of: an account, or a lock that can be
/// sold. The place goes where the history goes. Two that become one are
/// [merged](Self::merged_with); what is [split off](Self::split_off) another begins where that one
/// stands.
///
/// ```
/// use tokenomics_fee_split::EpochCursor;
/// use tokenomics_fixed_math::U256;
///
/// let half = EpochCursor::restore(3, U256::from(1 << 127));
/// let both = half.merged_with(half.split_off())?;
/// assert_eq!((both.next(), both.owed()), (3, half.owed()));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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
pub struct EpochCursor {
    pub(super) next: u32,
    // In 2^-128 units: less than one unit, but for what a merge has added.
    pub(super) owed: U256,
}

impl EpochCursor {
    /// Creates the place of a holder that has claimed nothing.
    ///
    /// It is right for every holder. For one that comes late,
    /// [`Epochs::cursor_since`](crate::Epochs::cursor_since) is further on, which saves reads.
    #[must_use]
    pub const fn new() -> Self {
        Self::restore(0, U256::ZERO)
    }

    /// Restores a place from its [`next`](Self::next) entry and what is [`owed`](Self::owed). Any
    /// numbers may be those of some distribution's holder; each call checks that they can be its own.
    ///
    /// One further on gives up the epochs between.
    ///
    /// ```
    /// # use tokenomics_fee_split::EpochCursor;
    /// # use tokenomics_fixed_math::U256;
    /// let cursor = EpochCursor::restore(3, U256::from(1 << 127));
    /// assert_eq!((cursor.next(), cursor.owed()), (3, U256::from(1 << 127)));
    /// ```
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub const fn restore(next: u32, owed: U256) -> Self {
        Self { next, owed }
    }

    /// Returns the number of the first entry that the holder hasn't claimed.
    #[must_use]
    pub const fn next(&self) -> u32 {
        self.next
    }

    /// Returns what the holder is owed of the entries before, in units of 2^-128: a fraction of a
    /// unit, and after a merge the sum of two.
    #[must_use]
    pub const fn owed(&self) -> U256 {
        self.owed
    }

    /// Returns the place of a part that is split off this holder, which keeps what it is owed.
    ///
    /// The weight of the part begins when it is split off, and that of the whole, before, stays with
    /// the holder.
    #[must_use]
    pub const fn split_off(&self) -> Self {
        Self::restore(self.next, U256::ZERO)
    }

    /// Returns the place of two holders that become one.
    ///
    /// The weight of the one is from then on the sum of both histories, also for instants before the
    /// merge: keep that of the other until the cursor has passed it.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless both stand at the same entry: claim for the one that is behind.
    /// [`Error::Math`] if both are owed more than is ever funded.
    ///
    /// ```
    /// # use tokenomics_fee_split::EpochCursor;
    /// # use tokenomics_fixed_math::U256;
    /// let half = EpochCursor::restore(3, U256::from(1 << 127));
    /// assert_eq!(half.merged_with(half)?.owed(), U256::new(1, 0));
    /// assert!(half.merged_with(EpochCursor::new()).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    ///
    /// # Source
    /// Velocimeter's merge burned the weeks that weren't claimed.
    pub fn merged_with(self, other: Self) -> Result<Self, Error> {
        let next = u128::from(self.next);
        in_range(Quantity::EpochEntries, other.next.into(), next, next)?;
        let owed = self.owed.checked_add(other.owed)?;
        Ok(Self { owed, ..self })
    }
}
