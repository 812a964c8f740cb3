//! The points of an explicit table: the total emitted by a time.

use tokenomics_fixed_math::{Amount, Rounding, Span, Timestamp};

use crate::Error;

/// A point of an explicit table: the total that has been emitted by a time.
///
/// Lists hold running totals and not the epochs' own amounts, so that a look-up is a binary search
/// and a list that many share can be a constant.
///
/// ```
/// use tokenomics_emission_curves::{Curve, Point, StepEpochs};
/// use tokenomics_fixed_math::{Amount, Timestamp};
///
/// const POINTS: [Point; 3] = [
///     Point::new(Timestamp::new(100), Amount::new(0)),
///     Point::new(Timestamp::new(200), Amount::new(5_000)),
///     Point::new(Timestamp::new(300), Amount::new(7_500)),
/// ];
/// let epochs = StepEpochs::new(POINTS)?;
/// assert_eq!(epochs.emitted_at(Timestamp::new(201)), Amount::new(5_025));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
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
pub struct Point {
    at: Timestamp,
    emitted: Amount,
}

impl Point {
    /// Creates the point by which, at `at`, `emitted` base units have been emitted in all.
    #[must_use]
    pub const fn new(at: Timestamp, emitted: Amount) -> Self {
        Self { at, emitted }
    }

    /// Returns the time of the point.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Returns the amount emitted by that time, from the beginning.
    #[must_use]
    pub const fn emitted(&self) -> Amount {
        self.emitted
    }

    /// Returns the point at the end of an epoch of `length` that begins here, at `rate` base units
    /// per unit of the clock: a table of rates is written as one point after the other.
    ///
    /// # Errors
    /// [`Error::Overflow`] past [`Timestamp::MAX`] or above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_emission_curves::Point;
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// let start = Point::new(Timestamp::new(100), Amount::ZERO);
    /// let end = start.after(Span::new(50), Amount::new(3))?;
    /// assert_eq!(end, Point::new(Timestamp::new(150), Amount::new(150)));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn after(self, length: Span, rate: Amount) -> Result<Self, Error> {
        let emitted = rate.mul_div(length.get().into(), 1, Rounding::Floor)?;
        Ok(Self {
            at: self.at.checked_add(length)?,
            emitted: self.emitted.checked_add(emitted)?,
        })
    }
}
