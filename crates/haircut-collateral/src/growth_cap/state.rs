//! The state of a growth cap.

use tokenomics_fixed_math::Timestamp;
#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
use tokenomics_fixed_math::{Fraction, Span, Wad};

use super::{GrowthCap, GrowthCapTerms, RatioSnapshot};
use crate::Error;

/// The terms and the state of a [`GrowthCap`], which [`GrowthCap::restore`] checks.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Span, Timestamp};
/// use tokenomics_haircut_collateral::{GrowthCap, GrowthCapState, GrowthCapTerms, RatioSnapshot};
///
/// let (at, year, min_delay) = (Timestamp::new(7), Span::from_days(365), Span::ZERO);
/// let terms = GrowthCapTerms { growth: wad!("0.1"), year, max_step: fraction!("0.03"), min_delay };
/// let state = GrowthCapState { terms, snapshot: RatioSnapshot { ratio: wad!("1"), at }, updated: at };
/// assert_eq!(GrowthCap::restore(state)?.state(), state);
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
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
pub struct GrowthCapState {
    /// The terms.
    pub terms: GrowthCapTerms,
    /// The snapshot, not from after it was set.
    pub snapshot: RatioSnapshot,
    /// The time at which it was set.
    pub updated: Timestamp,
}

impl GrowthCap {
    /// Restores a cap from its state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a growth above 10,000%, a year of 0 or above 10^10 units, or a snapshot of 0 or
    /// from after it was set.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::{GrowthCap, GrowthCapState, GrowthCapTerms, RatioSnapshot};
    /// # let (at, year, min_delay) = (Timestamp::new(7), Span::from_days(365), Span::ZERO);
    /// # let terms = GrowthCapTerms { growth: wad!("0.1"), year, max_step: fraction!("0.03"), min_delay };
    /// let snapshot = RatioSnapshot { ratio: wad!("1"), at };
    /// let cap = GrowthCap::new(terms, snapshot, wad!("1"), at)?;
    /// assert_eq!(GrowthCap::restore(cap.state())?, cap);
    /// let updated = Timestamp::new(6);
    /// assert!(GrowthCap::restore(GrowthCapState { updated, ..cap.state() }).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn restore(state: GrowthCapState) -> Result<Self, Error> {
        let cap = Self {
            terms: state.terms,
            snapshot: state.snapshot,
            updated: state.updated,
        };
        cap.check()?;
        Ok(cap)
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> GrowthCapState {
        GrowthCapState {
            terms: self.terms,
            snapshot: self.snapshot,
            updated: self.updated,
        }
    }
}

/// The state as one row of numbers.
#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
struct Row {
    growth: Wad,
    year: Span,
    max_step: Fraction,
    min_delay: Span,
    ratio: Wad,
    at: Timestamp,
    updated: Timestamp,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl GrowthCap {
    fn read(row: Row) -> Result<Self, Error> {
        Self::restore(GrowthCapState {
            terms: GrowthCapTerms {
                growth: row.growth,
                year: row.year,
                max_step: row.max_step,
                min_delay: row.min_delay,
            },
            snapshot: RatioSnapshot {
                ratio: row.ratio,
                at: row.at,
            },
            updated: row.updated,
        })
    }

    const fn growth(&self) -> Wad {
        self.terms.growth
    }

    const fn year(&self) -> Span {
        self.terms.year
    }

    const fn max_step(&self) -> Fraction {
        self.terms.max_step
    }

    const fn min_delay(&self) -> Span {
        self.terms.min_delay
    }

    const fn ratio(&self) -> Wad {
        self.snapshot.ratio
    }

    const fn at(&self) -> Timestamp {
        self.snapshot.at
    }

    const fn updated(&self) -> Timestamp {
        self.updated
    }
}

tokenomics_internals::checked_codec! {
    GrowthCap::read(Row) as RawGrowthCap {
        growth: Wad = GrowthCap::growth,
        year: Span = GrowthCap::year,
        max_step: Fraction = GrowthCap::max_step,
        min_delay: Span = GrowthCap::min_delay,
        ratio: Wad = GrowthCap::ratio,
        at: Timestamp = GrowthCap::at,
        updated: Timestamp = GrowthCap::updated,
    }
}
