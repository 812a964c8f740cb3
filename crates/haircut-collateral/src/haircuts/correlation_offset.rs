//! The offset of risks that don't come at once: the haircut of a whole portfolio by its covariance.

mod correlation;
mod exposure;
mod matrix;
mod nets;
mod semidefinite;

use tokenomics_fixed_math::{Amount, Fraction, Rounding, U256};

use crate::wide::Wide;
use crate::{Error, Margin, Portfolio};

use nets::Nets;

pub use correlation::Correlation;
pub use exposure::Exposure;
pub use matrix::CorrelationMatrix;

const SCALE: u128 = 1_000_000_000_000_000_000;
/// The root of the units of a variance in one: 1e-36 of two risks, 1e-4 of a correlation and 1e-18 of a
/// stress make 1e-58.
const ROOT_OF_UNITS: u128 = 100_000_000_000_000_000_000_000_000_000;
/// The units of a risk times a fraction in one.
const UNITS: u128 = SCALE.wrapping_mul(SCALE);
/// The units of a variance in those of a squared risk.
const FINER: u128 = 10_000_000_000_000_000_000_000;

/// The crisis of correlations that a [`CorrelationOffset`] is held against.
///
/// Of the present correlations ρ, those that make the risk largest count: ρ themselves,
/// ρ + `to_one`·(1 − ρ), by which all falls together, or (1 − `to_zero`)·ρ, by which a hedge no longer
/// follows what it hedges.
///
/// ```
/// use tokenomics_fixed_math::fraction;
/// use tokenomics_haircut_collateral::CorrelationStress;
///
/// // No two assets that are held count with less than 0.5, if they don't move against each other, and
/// // no hedge with more than 0.75.
/// let stress = CorrelationStress { to_one: fraction!("0.5"), to_zero: fraction!("0.25") };
/// assert_ne!(stress, CorrelationStress::NONE);
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
pub struct CorrelationStress {
    /// The part of the way to 1 that correlations go.
    pub to_one: Fraction,
    /// The part of the way to 0 that correlations go.
    pub to_zero: Fraction,
}

impl CorrelationStress {
    /// The present correlations alone.
    pub const NONE: Self = Self {
        to_one: Fraction::ZERO,
        to_zero: Fraction::ZERO,
    };
}

/// The risk of a portfolio as [`CorrelationOffset::risk`] has it, in quote units.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount};
/// use tokenomics_haircut_collateral::{Correlation, CorrelationMatrix, CorrelationOffset, CorrelationStress, Exposure};
///
/// let matrix = CorrelationMatrix::uniform(2, Correlation::ZERO)?;
/// let rule = CorrelationOffset::new(matrix, CorrelationStress::NONE, fraction!("1"));
/// let held = [0, 1].map(|asset| Exposure::held(asset, Amount::new(1_000), fraction!("0.25")));
/// let risk = rule.risk(&held)?;
/// assert_eq!((risk.parts, risk.whole), (Amount::new(500), Amount::new(354))); // of 353.55
/// assert_eq!(risk.offset, Amount::new(146));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
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
pub struct DiversifiedRisk {
    /// The sum of the parts, Σ|wᵢ|, ceiled: what the haircuts cut one by one.
    pub parts: Amount,
    /// The risk of the whole, ceiled.
    pub whole: Amount,
    /// The part that may count again, what the exact sum exceeds the exact whole by, floored.
    pub offset: Amount,
}

/// A rule for the risk of a whole portfolio, √(Σᵢⱼ wᵢ·wⱼ·ρᵢⱼ) with wᵢ = value · haircut, negative for
/// debts: less than the sum of its parts as far as they don't fall at once, or hedge each other.
///
/// Correlations go to 1 in a crash, so three bounds stand against them: a [`CorrelationStress`], under which
/// the worst of three matrices counts, `most_offset`, the largest fraction of the sum of the parts that is
/// given back, and the sum itself.
///
/// # Laws
/// `offset_bounded`: the whole is at most the sum of the parts and at least the largest part less all
/// others, and the offset is at most the declared fraction. `monotone_in_correlation`: of what is held, a
/// higher correlation never lowers the risk, nor does a larger stress or a smaller `most_offset` of
/// anything. `against_the_borrower_of_offset`: it is the exact root, ceiled once.
/// `split_invariant_of_offset`: splitting an entry, or an asset into two of one correlation, changes
/// nothing, in any order, and two accounts never have less risk than one that holds what both do.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount};
/// use tokenomics_haircut_collateral::{Correlation, CorrelationMatrix, CorrelationOffset, CorrelationStress, Exposure};
///
/// let matrix = CorrelationMatrix::new(2, &[Correlation::from_percent(80)?])?;
/// let stress = CorrelationStress { to_one: fraction!("0.5"), to_zero: fraction!("0.25") };
/// let rule = CorrelationOffset::new(matrix, stress, fraction!("0.5"));
///
/// // 1,000 held and 600 owed that mostly moves with it, at a volatility of 20% each.
/// let held = Exposure::held(0, Amount::new(1_000), fraction!("0.2"));
/// let owed = Exposure::owed(1, Amount::new(600), fraction!("0.2"));
/// let risk = rule.risk(&[held, owed])?;
/// assert_eq!(risk.parts, Amount::new(320));
/// // √(200² + 120² − 2·200·120·0.6) = 160, which is half of the parts too.
/// assert_eq!((risk.whole, risk.offset), (Amount::new(160), Amount::new(160)));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Markowitz, Portfolio Selection, 1952; the aggregation of ISDA SIMM and of Basel MAR21, which takes the
/// worst of three sets of correlations too, but scales their entries, which no longer need be a matrix that
/// returns can have. Margin venues on chain have groups (see
/// [`CorrelationGroups`](crate::CorrelationGroups)) and no covariance.
#[cfg_attr(
    doc,
    doc(alias("portfolio_margin", "diversification", "covariance", "simm"))
)]
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
pub struct CorrelationOffset {
    correlations: CorrelationMatrix,
    stress: CorrelationStress,
    most_offset: Fraction,
}

impl CorrelationOffset {
    /// Creates the rule of a matrix, a stress and the largest fraction of the sum of the parts that may be
    /// given back.
    #[must_use]
    pub const fn new(
        correlations: CorrelationMatrix,
        stress: CorrelationStress,
        most_offset: Fraction,
    ) -> Self {
        Self {
            correlations,
            stress,
            most_offset,
        }
    }

    /// Returns the correlations.
    #[must_use]
    pub const fn correlations(&self) -> &CorrelationMatrix {
        &self.correlations
    }

    /// Returns the stress.
    #[must_use]
    pub const fn stress(&self) -> CorrelationStress {
        self.stress
    }

    /// Returns the largest fraction of the sum of the parts that may be given back.
    #[must_use]
    pub const fn most_offset(&self) -> Fraction {
        self.most_offset
    }

    /// Computes the risk of a portfolio of any number of entries. Those of one asset are netted in the
    /// whole, and count one by one in the sum of the parts.
    ///
    /// # Rounding
    /// Ceil, of sum and whole, and Floor, of the offset: each the exact number rounded once.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an asset that isn't in the matrix; [`Error::Overflow`] if the sum of the
    /// parts is above [`Amount::MAX`].
    ///
    /// # Laws
    /// `offset_bounded`, `monotone_in_correlation`, `against_the_borrower_of_offset`,
    /// `split_invariant_of_offset`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Amount};
    /// # use tokenomics_haircut_collateral::*;
    /// let matrix = CorrelationMatrix::uniform(2, Correlation::ONE)?;
    /// let rule = CorrelationOffset::new(matrix, CorrelationStress::NONE, fraction!("1"));
    /// let of = |asset| Exposure::held(asset, Amount::new(50), fraction!("0.5"));
    /// assert_eq!(rule.risk(&[of(0), of(1)])?.whole, Amount::new(50));
    /// assert!(rule.risk(&[of(2)]).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("aggregate", "margin"))]
    pub fn risk(&self, exposures: &[Exposure]) -> Result<DiversifiedRisk, Error> {
        let mut nets = Nets::EMPTY;
        let mut gross = U256::ZERO;
        for exposure in exposures {
            gross = gross.checked_add(exposure.risk())?;
            nets.add(exposure, self.correlations.assets())?;
        }
        let parts = Amount::new(gross.checked_div(SCALE, Rounding::Ceil)?.to_u128()?);
        // The sum is below 2^188 from here on, and no two nets are more than it.
        let Some(variance) = nets.variance(self) else {
            // Against the borrower, of a matrix that there isn't.
            let (whole, offset) = (parts, Amount::ZERO);
            return Ok(DiversifiedRisk {
                parts,
                whole,
                offset,
            });
        };
        let kept = self.most_offset.complement().raw().into();
        let least = gross
            .checked_mul(kept)?
            .checked_div(UNITS, Rounding::Ceil)?;
        let least = Amount::new(least.to_u128()?);
        let whole = root(variance).max(least).min(parts);
        let offset = self.offset(gross, variance, whole)?;
        Ok(DiversifiedRisk {
            parts,
            whole,
            offset,
        })
    }

    /// Returns ⌊gross − exact whole⌋ of a whole that is given ceiled.
    fn offset(&self, gross: U256, variance: Wide, whole: Amount) -> Result<Amount, Error> {
        let floor = gross.checked_div(SCALE, Rounding::Floor)?.to_u128()?;
        // It is ⌊gross⌋ − ⌈whole⌉ or one more, and not negative.
        let Some(least) = floor.checked_sub(whole.get()) else {
            return Ok(Amount::ZERO);
        };
        let most = least.saturating_add(1);
        let declared = gross.checked_mul(self.most_offset.raw().into())?;
        let declared = declared.checked_div(UNITS, Rounding::Floor)?;
        let covers = |rest: U256| Wide::of_product(rest, rest).within(FINER) >= variance;
        let rest = gross.checked_sub(U256::product(most, SCALE));
        if U256::from(most) <= declared && rest.is_ok_and(covers) {
            return Ok(Amount::new(most));
        }
        Ok(Amount::new(least))
    }
}

/// Returns the root of a variance in 1e-58, in whole units rounded up.
fn root(variance: Wide) -> Amount {
    // The square of a whole number is at least x where it is at least ⌈x⌉.
    let units = variance
        .divided(ROOT_OF_UNITS, Rounding::Ceil)
        .divided(ROOT_OF_UNITS, Rounding::Ceil);
    let root = units.to_u256().isqrt(Rounding::Ceil).to_u128();
    root.map_or(Amount::MAX, Amount::new)
}

impl Portfolio<'_> {
    /// Returns whether the credit and an offset that a [`CorrelationOffset`] gives for it cover what is
    /// owed; the offset must be that of this margin's volatility.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Ratio};
    /// use tokenomics_haircut_collateral::{Haircut, Holding, Debt, Margin, Portfolio};
    ///
    /// let held = [Holding::new(Amount::new(1_000), Ratio::ONE, Haircut::uniform(fraction!("0.2")))];
    /// let owed = [Debt::new(Amount::new(850), Ratio::ONE, Haircut::NONE)?];
    /// let portfolio = Portfolio::new(&held, &owed);
    /// assert!(!portfolio.is_healthy_with(Amount::new(49), Margin::Maintenance));
    /// assert!(portfolio.is_healthy_with(Amount::new(50), Margin::Maintenance));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[must_use]
    pub fn is_healthy_with(&self, offset: Amount, margin: Margin) -> bool {
        let offset = Wide::from_u128(offset.get()).within(SCALE).within(SCALE);
        self.exact_credit(margin).plus(offset) >= self.exact_owed(margin)
    }
}
