//! A cap on top of any curve.

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::Curve;

/// A curve that stops when a cap has been emitted: `inner`, up to the cap.
///
/// # Rounding
/// That of `inner`.
///
/// # Laws
/// Those of [`Curve`], as far as `inner` keeps them.
///
/// ```
/// use tokenomics_emission_curves::{Capped, Constant, Curve};
/// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
///
/// let forever = Constant::new(Timestamp::ZERO, Timestamp::MAX, Ratio::new(3, 1)?)?;
/// let curve = Capped::new(forever, Amount::new(100));
/// assert_eq!(curve.emitted_at(Timestamp::new(33)), Amount::new(99));
/// assert_eq!(curve.emitted_at(Timestamp::new(34)), Amount::new(100));
/// assert_eq!(curve.end(), Timestamp::new(34));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
///
/// # Source
/// Sui and Yield Basis stop minting at a supply.
#[cfg_attr(doc, doc(alias("max_supply", "hard_cap")))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
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
pub struct Capped<C> {
    inner: C,
    most: Amount,
}

impl<C: Curve> Capped<C> {
    /// Creates the curve `inner`, up to `most` base units in all. A cap above the curve's own
    /// changes nothing.
    #[must_use]
    pub const fn new(inner: C, most: Amount) -> Self {
        Self { inner, most }
    }

    /// Returns the curve below the cap.
    #[must_use]
    pub const fn inner(&self) -> &C {
        &self.inner
    }

    /// Returns the cap that was given, which `inner` may never reach.
    #[must_use]
    pub const fn most(&self) -> Amount {
        self.most
    }
}

impl<C: Curve> Curve for Capped<C> {
    fn cap(&self) -> Amount {
        self.inner.cap().min(self.most)
    }

    fn start(&self) -> Timestamp {
        self.inner.start()
    }

    fn end(&self) -> Timestamp {
        let (reached, last) = (self.inner.time_of(self.cap()), self.inner.end());
        // Of a cap of 0 it is the clock's zero.
        let end = reached.unwrap_or(last);
        end.max(self.inner.start()).min(last)
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        self.inner.emitted_at(at).min(self.most)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount > self.most {
            return None;
        }
        self.inner.time_of(amount)
    }
}
