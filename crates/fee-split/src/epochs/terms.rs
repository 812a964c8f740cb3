//! The terms of epochs: when each begins and is over, and when in it weights are read.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is 0 or 1"
    )
)]

use tokenomics_fixed_math::{Span, Timestamp};

use crate::check::in_range;
use crate::{Error, Quantity};

/// The instant of an epoch at which all weights of it are read.
///
/// ```
/// use tokenomics_fee_split::EpochReading;
///
/// assert_ne!(EpochReading::First, EpochReading::Last);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
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
pub enum EpochReading {
    /// The first instant: revenue is for those who are there in it, also if they leave after. Whoever comes
    /// in that very instant has a part of what came in it before.
    First,
    /// The last instant: revenue is for those who are there at its end, be it since that instant.
    Last,
}

tokenomics_internals::borsh_variants! {
    [] EpochReading {
        0: First,
        1: Last,
    }
}

/// A rule for the pot of an epoch in which nobody weighs anything: what [`ZeroShares`](crate::ZeroShares) is to
/// pools.
///
/// ```
/// use tokenomics_fee_split::ZeroWeight;
///
/// assert_ne!(ZeroWeight::Hold, ZeroWeight::Sink);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
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
pub enum ZeroWeight {
    /// It is held, and added to the pot of the next epoch that has a pot, and a weight: the first holder, however
    /// small, gets all of it.
    Hold,
    /// It is nobody's: it becomes unallocated, for a place that the caller names.
    Sink,
}

tokenomics_internals::borsh_variants! {
    [] ZeroWeight {
        0: Hold,
        1: Sink,
    }
}

/// The arguments of [`EpochTerms::new`].
///
/// ```
/// use tokenomics_fee_split::{EpochReading, EpochTerms, EpochTermsParams, ZeroWeight};
/// use tokenomics_fixed_math::{Span, Timestamp};
///
/// let week = Span::from_weeks(1);
/// let terms = EpochTerms::new(EpochTermsParams {
///     start: Timestamp::new(1_700_092_800),
///     length: week,
///     reading: EpochReading::First,
///     zero_weight: ZeroWeight::Hold,
///     claim_within: Some(week.checked_mul(52)?),
/// })?;
/// assert_eq!(terms.epoch_at(Timestamp::new(1_700_092_800 + 7 * 86_400))?, 1);
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
pub struct EpochTermsParams {
    /// The first instant of epoch 0.
    pub start: Timestamp,
    /// The length of every epoch.
    pub length: Span,
    /// The instant of an epoch at which its weights are read.
    pub reading: EpochReading,
    /// The rule for the pot of an epoch in which nobody weighs anything.
    pub zero_weight: ZeroWeight,
    /// The time from the end of an epoch on within which its pot can be claimed; without end if
    /// `None`.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
    )]
    pub claim_within: Option<Span>,
}

/// The terms of a distribution by epochs of equal length, which never change.
///
/// Epoch k is from start + k·length on until start + (k + 1)·length, and that instant is the next
/// one's. Whatever a call's time is, it is in exactly one epoch.
///
/// # Laws
/// `closed_epochs`: an epoch can't be read before it is over.
///
/// ```
/// use tokenomics_fee_split::{EpochReading, EpochTerms, EpochTermsParams, Error, ZeroWeight};
/// use tokenomics_fixed_math::{Span, Timestamp};
///
/// let terms = EpochTerms::new(EpochTermsParams {
///     start: Timestamp::new(100),
///     length: Span::new(10),
///     reading: EpochReading::Last,
///     zero_weight: ZeroWeight::Hold,
///     claim_within: None,
/// })?;
/// let (last, over) = (Timestamp::new(119), Timestamp::new(120));
/// assert_eq!((terms.epoch_at(last)?, terms.epoch_at(over)?), (1, 2));
/// assert_eq!(terms.closed(1, last), Err(Error::NotClosed { epoch: 1, at: last }));
/// assert_eq!(terms.closed(1, over)?.at(), last);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EpochTerms {
    start: Timestamp,
    // At least 1.
    length: Span,
    reading: EpochReading,
    zero_weight: ZeroWeight,
    // At least 1 if it is there.
    claim_within: Option<Span>,
}

/// An epoch that is over: nothing that happens from now on can change a weight of it.
///
/// Only [`EpochTerms::closed`] makes one, and it is all that [`EpochWeights`](crate::EpochWeights) are asked about.
///
/// ```
/// use tokenomics_fee_split::{EpochReading, EpochTerms, EpochTermsParams, ZeroWeight};
/// use tokenomics_fixed_math::{Span, Timestamp};
///
/// let terms = EpochTerms::new(EpochTermsParams {
///     start: Timestamp::new(100),
///     length: Span::new(10),
///     reading: EpochReading::First,
///     zero_weight: ZeroWeight::Hold,
///     claim_within: None,
/// })?;
/// let epoch = terms.closed(3, Timestamp::new(140))?;
/// assert_eq!((epoch.number(), epoch.at()), (3, Timestamp::new(130)));
/// assert!(terms.closed(4, Timestamp::new(140)).is_err());
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClosedEpoch {
    number: u64,
    at: Timestamp,
}

impl ClosedEpoch {
    /// Returns the number of the epoch.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.number
    }

    /// Returns the instant at which weights are read: the first or the last of the epoch, as the
    /// terms have it. It is past.
    #[must_use]
    pub const fn at(self) -> Timestamp {
        self.at
    }
}

impl EpochTerms {
    /// Creates terms.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for epochs of no length, and for no time to claim within.
    ///
    /// ```
    /// # use tokenomics_fee_split::{EpochReading, EpochTerms, EpochTermsParams, ZeroWeight};
    /// # use tokenomics_fixed_math::{Span, Timestamp};
    /// let params = EpochTermsParams {
    ///     start: Timestamp::ZERO,
    ///     length: Span::new(1),
    ///     reading: EpochReading::First,
    ///     zero_weight: ZeroWeight::Hold,
    ///     claim_within: None,
    /// };
    /// assert!(EpochTerms::new(params).is_ok());
    /// assert!(EpochTerms::new(EpochTermsParams { length: Span::ZERO, ..params }).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn new(params: EpochTermsParams) -> Result<Self, Error> {
        let positive = |what, span: Span| in_range(what, span.get().into(), 1, u64::MAX.into());
        positive(Quantity::EpochLength, params.length)?;
        if let Some(within) = params.claim_within {
            positive(Quantity::ClaimWithin, within)?;
        }
        Ok(Self {
            start: params.start,
            length: params.length,
            reading: params.reading,
            zero_weight: params.zero_weight,
            claim_within: params.claim_within,
        })
    }

    /// Returns the first instant of epoch 0.
    #[must_use]
    pub const fn start(&self) -> Timestamp {
        self.start
    }

    /// Returns the length of every epoch.
    #[must_use]
    pub const fn length(&self) -> Span {
        self.length
    }

    /// Returns the instant of an epoch at which its weights are read.
    #[must_use]
    pub const fn reading(&self) -> EpochReading {
        self.reading
    }

    /// Returns the rule for the pot of an epoch in which nobody weighs anything.
    #[must_use]
    pub const fn zero_weight(&self) -> ZeroWeight {
        self.zero_weight
    }

    /// Returns the time from the end of an epoch on within which its pot can be claimed.
    #[must_use]
    pub const fn claim_within(&self) -> Option<Span> {
        self.claim_within
    }

    /// Returns the number of the epoch that a time is in.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the first one.
    ///
    /// ```
    /// # use tokenomics_fee_split::{EpochReading, EpochTerms, EpochTermsParams, ZeroWeight};
    /// # use tokenomics_fixed_math::{Span, Timestamp};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::new(100),
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: None,
    /// # })?;
    /// // Epochs of 10 from 100 on.
    /// assert_eq!(terms.epoch_at(Timestamp::new(109))?, 0);
    /// assert_eq!(terms.epoch_at(Timestamp::new(110))?, 1);
    /// assert!(terms.epoch_at(Timestamp::new(99)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn epoch_at(&self, at: Timestamp) -> Result<u64, Error> {
        let last = self.start;
        let since = at.since(last).ok_or(Error::Backdated { at, last })?;
        // An epoch has a length.
        Ok(since.get().checked_div(self.length.get()).unwrap_or(0))
    }

    /// Returns an epoch that is over, the only form in which weights of it can be asked for.
    ///
    /// # Errors
    /// [`Error::NotClosed`] as long as `at` is in it or before it.
    ///
    /// ```
    /// # use tokenomics_fee_split::{EpochReading, EpochTerms, EpochTermsParams, ZeroWeight};
    /// # use tokenomics_fixed_math::{Span, Timestamp};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::new(100),
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: None,
    /// # })?;
    /// // Epochs of 10 from 100 on.
    /// assert_eq!(terms.closed(0, Timestamp::new(110))?.at(), Timestamp::new(100));
    /// assert!(terms.closed(0, Timestamp::new(109)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn closed(&self, epoch: u64, at: Timestamp) -> Result<ClosedEpoch, Error> {
        let not_closed = Error::NotClosed { epoch, at };
        if self.end(epoch) > at.get().into() {
            return Err(not_closed);
        }
        // It is past, so it is a time.
        let read = u64::try_from(self.read_at(epoch)).map_err(|_| not_closed)?;
        Ok(ClosedEpoch {
            number: epoch,
            at: Timestamp::new(read),
        })
    }

    /// Returns the instant at which the weights of an epoch are read, which may be past the last
    /// time.
    pub(super) fn read_at(&self, epoch: u64) -> u128 {
        let end = self.end(epoch);
        match self.reading {
            EpochReading::First => end.saturating_sub(self.length.get().into()),
            EpochReading::Last => end.saturating_sub(1),
        }
    }

    /// Returns `true` from the first instant on at which an epoch can't be claimed any more.
    pub(super) fn is_expired(&self, epoch: u64, at: Timestamp) -> bool {
        let deadline = |within: Span| self.end(epoch).saturating_add(within.get().into());
        let within = self.claim_within;
        within.is_some_and(|within| deadline(within) <= at.get().into())
    }

    /// Returns the end of an epoch, at most 2^128 − 1: nothing saturates but what is past all times.
    fn end(&self, epoch: u64) -> u128 {
        let after = u128::from(epoch).saturating_add(1);
        let since = after.saturating_mul(self.length.get().into());
        since.saturating_add(self.start.get().into())
    }
}

tokenomics_internals::checked_codec! {
    EpochTerms::new(EpochTermsParams) as RawEpochTerms {
        start: Timestamp = EpochTerms::start,
        length: Span = EpochTerms::length,
        reading: EpochReading = EpochTerms::reading,
        zero_weight: ZeroWeight = EpochTerms::zero_weight,
        #[cfg_attr(
            feature = "borsh",
            borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
        )]
        claim_within: Option<Span> = EpochTerms::claim_within,
    }
}
