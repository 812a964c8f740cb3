//! The places where gauges and their totals are kept.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::Timestamp;

use crate::TotalsByName;

/// A total that [`Gauges`](super::Gauges) keep: its name in [`TotalsByName`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
pub enum GaugeKey<G> {
    /// All locks that vote.
    All,
    /// The power that their votes give to no gauge.
    Unallocated,
    /// The power that they give to a gauge, listed or removed.
    Gauge(G),
}

tokenomics_internals::borsh_variants! {
    [G: borsh::BorshDeserialize] GaugeKey<G> {
        0: All,
        1: Unallocated,
        2: Gauge(gauge),
    }
}

/// The time for which a gauge is listed, and its place among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
pub struct Listing {
    /// The first time at which it is listed.
    pub since: Timestamp,
    /// The first time at which it no longer is; none while it is.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
    )]
    pub removed: Option<Timestamp>,
    /// Its number, in the order in which gauges were listed.
    pub number: u32,
    /// The number of the gauge that was removed before it, if it is removed and not the first.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
    )]
    pub removed_before: Option<u32>,
}

impl Listing {
    /// Returns whether it is listed at a time.
    #[must_use]
    pub fn is_live(&self, at: Timestamp) -> bool {
        self.since <= at && self.removed.is_none_or(|removed| at < removed)
    }
}

/// The gauges, their listings and their totals in a host's storage: in memory, or in maps of a chain's.
///
/// The gauges have numbers from 0 on, each new one the next. What was never set is `None`.
pub trait GaugeStore: TotalsByName<Name = GaugeKey<Self::Gauge>> {
    /// The type of a gauge's name.
    type Gauge: Clone + PartialEq;

    /// Returns the listing of a gauge, or `None` for one that was never listed.
    fn listing(&self, gauge: &Self::Gauge) -> Option<Listing>;

    /// Sets the listing of a gauge.
    fn set_listing(&mut self, gauge: &Self::Gauge, listing: Listing);

    /// Returns the gauge of a number, or `None` if there is none.
    fn gauge(&self, number: u32) -> Option<Self::Gauge>;

    /// Sets the gauge of a number: the next.
    fn set_gauge(&mut self, number: u32, gauge: &Self::Gauge);
}

impl<T: GaugeStore + ?Sized> GaugeStore for &mut T {
    type Gauge = T::Gauge;

    fn listing(&self, gauge: &T::Gauge) -> Option<Listing> {
        (**self).listing(gauge)
    }

    fn set_listing(&mut self, gauge: &T::Gauge, listing: Listing) {
        (**self).set_listing(gauge, listing);
    }

    fn gauge(&self, number: u32) -> Option<T::Gauge> {
        (**self).gauge(number)
    }

    fn set_gauge(&mut self, number: u32, gauge: &T::Gauge) {
        (**self).set_gauge(number, gauge);
    }
}
