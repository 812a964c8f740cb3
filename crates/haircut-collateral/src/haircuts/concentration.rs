//! Haircuts by how much of an asset all accounts hold together, against a cap.

use tokenomics_fixed_math::{Amount, Fraction, Rounding, Wad};

use super::root::root_of_ratio;
use super::share::share;
use crate::check::in_range;
use crate::{Error, Quantity};

/// A cap on what counts of an asset that all accounts hold together: above it, the weight falls as
/// cap/total, so that the total's credit stays that of the cap.
///
/// # Laws
/// `monotone_in_size`: a larger total or a smaller cap never gives a smaller haircut.
/// `split_invariant_of_size`: the credit of accounts is at most that of one that holds all, and at most
/// the cap. `inverse_is_tight_of_size` for [`ConcentrationCap::largest_total`].
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount};
/// use tokenomics_haircut_collateral::ConcentrationCap;
///
/// let cap = ConcentrationCap::new(Amount::new(1_000_000));
/// assert_eq!(cap.haircut(Amount::new(1_000_000)), fraction!("0"));
/// assert_eq!(cap.haircut(Amount::new(4_000_000)), fraction!("0.75"));
/// ```
///
/// # Source
/// marginfi v2, `total_asset_value_init_limit`: the initial weight times limit/deposits. There the
/// product is truncated; here the haircut is ceiled.
#[cfg_attr(doc, doc(alias("supply_cap", "init_limit")))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
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
pub struct ConcentrationCap {
    cap: Amount,
}

impl ConcentrationCap {
    /// Creates a cap of so many base units of the asset, or of its value; 0 cuts all.
    #[must_use]
    pub const fn new(cap: Amount) -> Self {
        Self { cap }
    }

    /// Returns the cap.
    #[must_use]
    pub const fn cap(&self) -> Amount {
        self.cap
    }

    /// Computes the haircut of a total held by all accounts, in the unit of the cap:
    /// 1 − min(1, cap/total).
    ///
    /// # Rounding
    /// Ceil, the exact number rounded once.
    #[must_use]
    pub fn haircut(&self, total: Amount) -> Fraction {
        let (cap, total) = (self.cap.get().into(), total.get().into());
        share(cap, total, Rounding::Floor, Fraction::ONE).complement()
    }

    /// Computes the largest total that has at most a haircut; [`Amount::MAX`] where all that there are
    /// have.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Laws
    /// `inverse_is_tight_of_size`: the haircut of that total is at most the one given, and of one unit
    /// more it is larger.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Amount};
    /// # use tokenomics_haircut_collateral::ConcentrationCap;
    /// let cap = ConcentrationCap::new(Amount::new(1_000_000));
    /// assert_eq!(cap.largest_total(fraction!("0.1")), Amount::new(1_111_111));
    /// ```
    #[must_use]
    pub fn largest_total(&self, haircut: Fraction) -> Amount {
        // cap/total ≥ 1 − h.
        let (scale, weight) = (Fraction::SCALE.into(), haircut.complement().raw().into());
        let most = self.cap.mul_div(scale, weight, Rounding::Floor);
        most.unwrap_or(Amount::MAX)
    }
}

/// A threshold of concentration: a total above it scales a haircut up by the square root of how many
/// times it is exceeded, CR = max(1, √(total/threshold)).
///
/// # Laws
/// `monotone_in_size`: a larger total or base, or a smaller threshold, never gives a smaller haircut,
/// and none is below its base. `split_invariant_of_size`: the haircut is the same however the total is
/// spread over accounts.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Amount};
/// use tokenomics_haircut_collateral::ConcentrationThreshold;
///
/// let threshold = ConcentrationThreshold::new(Amount::new(1_000_000))?;
/// let total = Amount::new(4_000_000);
/// assert_eq!(threshold.factor(total), wad!("2"));
/// assert_eq!(threshold.haircut(fraction!("0.15"), total), fraction!("0.3"));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// ISDA SIMM, concentration risk factor: CR = max(1, (|Σ s|/T)^½). There it scales a risk weight, which
/// may pass 1; here the haircut ends at 1.
#[doc(alias("simm", "concentration_risk"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConcentrationThreshold {
    // Never 0.
    threshold: Amount,
}

impl ConcentrationThreshold {
    /// Creates a threshold of so many base units of the asset, or of its value.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a threshold of 0.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Amount;
    /// # use tokenomics_haircut_collateral::ConcentrationThreshold;
    /// assert!(ConcentrationThreshold::new(Amount::new(1)).is_ok());
    /// assert!(ConcentrationThreshold::new(Amount::ZERO).is_err());
    /// ```
    pub fn new(threshold: Amount) -> Result<Self, Error> {
        let what = Quantity::ConcentrationThreshold;
        in_range(what, threshold.get(), 1, u128::MAX)?;
        Ok(Self { threshold })
    }

    /// Returns the threshold.
    #[must_use]
    pub const fn threshold(&self) -> Amount {
        self.threshold
    }

    /// Computes the factor of a total held by all accounts, in the unit of the threshold:
    /// max(1, √(total/threshold)).
    ///
    /// # Rounding
    /// Ceil, the exact number rounded once.
    #[must_use]
    pub fn factor(&self, total: Amount) -> Wad {
        let (total, threshold) = (total.get(), self.threshold.get());
        root_of_ratio(total, threshold).max(Wad::ONE)
    }

    /// Computes a base haircut times the factor of a total, at most 1.
    ///
    /// # Rounding
    /// Ceil, of the ceiled factor: less than two units of 1e-18 above the real number.
    #[must_use]
    pub fn haircut(&self, base: Fraction, total: Amount) -> Fraction {
        if total <= self.threshold {
            return base;
        }
        let scaled = self.factor(total).mul_fraction(base, Rounding::Ceil);
        Fraction::try_from(scaled).unwrap_or(Fraction::ONE)
    }
}

tokenomics_internals::checked_codec! {
    ConcentrationThreshold::new as RawConcentrationThreshold {
        threshold: Amount = ConcentrationThreshold::threshold,
    }
}
