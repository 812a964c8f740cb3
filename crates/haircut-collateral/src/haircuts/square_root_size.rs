//! A haircut by the square root of an account's size.

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Rounding, Wad, U256};

/// Eleven tenths, the numerator of the discount.
const DISCOUNT: Wad = Wad::from_raw(1_100_000_000_000_000_000);

/// Eight tenths of a liability weight, to which the premium is added.
const KEPT: Fraction = match Fraction::from_percent(80) {
    Ok(kept) => kept,
    Err(_) => Fraction::ZERO,
};

/// The margin of an account by the square root of its size: what is held is weighted by at most
/// 1.1/(1 + f·√size), what is owed by at least 0.8·w + f·√size.
///
/// **Alone it is evaded by splitting.** It looks at one account, and ten accounts of a tenth each have
/// a smaller root: at f = 0.01, 100,000 tokens count for 26.4%, and a hundred times 1,000 for 83.6%. Put
/// it beside a [`DepthBudget`](crate::DepthBudget) or a [`ConcentrationCap`](crate::ConcentrationCap), which
/// see the total of all accounts, and compose them by [`Composition::Worst`](crate::Composition::Worst).
///
/// # Laws
/// `monotone_in_size`: a larger size or factor never gives a smaller haircut or liability weight.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Amount, Decimals};
/// use tokenomics_haircut_collateral::SquareRootSize;
///
/// let rule = SquareRootSize::new(fraction!("0.1"), Decimals::new(9)?);
/// let size = Amount::from_tokens(10_000, Decimals::new(9)?)?;
/// assert_eq!(rule.haircut(size), fraction!("0.9")); // 1 − 1.1/(1 + 0.1·100)
/// assert_eq!(rule.liability_weight(size, wad!("1.25")), wad!("11")); // 0.8·1.25 + 10
/// // A small account isn't cut at all.
/// assert_eq!(rule.haircut(Amount::from_tokens(1, Decimals::new(9)?)?), fraction!("0"));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Drift protocol v2, `calculate_size_discount_asset_weight` and
/// `calculate_size_premium_liability_weight`, with `imf_factor` for f. There both weights are floored
/// to four digits; here each goes against the borrower in 18.
#[cfg_attr(doc, doc(alias("imf", "drift", "initial_margin_fraction")))]
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
pub struct SquareRootSize {
    factor: Fraction,
    decimals: Decimals,
}

impl SquareRootSize {
    /// Creates the rule of a factor on the root of a number of whole tokens.
    #[must_use]
    pub const fn new(factor: Fraction, decimals: Decimals) -> Self {
        Self { factor, decimals }
    }

    /// Returns the factor on the root.
    #[must_use]
    pub const fn factor(&self) -> Fraction {
        self.factor
    }

    /// Returns the decimals of the token, which say what a whole one is.
    #[must_use]
    pub const fn decimals(&self) -> Decimals {
        self.decimals
    }

    /// Computes the haircut of what one account holds, in base units: 1 − min(1, 1.1/(1 + f·√size)).
    ///
    /// # Rounding
    /// Ceil, of the ceiled root and product: above the real number by less than 3 units of 1e-18.
    #[must_use]
    pub fn haircut(&self, size: Amount) -> Fraction {
        // A root is below 2^125, so the sum fits.
        let divisor = Wad::SCALE.saturating_add(self.premium(size).raw());
        match Fraction::from_ratio(DISCOUNT.raw(), divisor, Rounding::Floor) {
            Ok(weight) => weight.complement(),
            // Above 1, and nothing is cut.
            Err(_) => Fraction::ZERO,
        }
    }

    /// Computes the weight of what one account owes, in base units, from that of a small size:
    /// max(w, 0.8·w + f·√size). Less 1 it is an add-on, as long as that is at most 1: see
    /// [`Haircut::from_liability_weights`](crate::Haircut::from_liability_weights).
    ///
    /// # Rounding
    /// Ceil: above the real number by less than 3 units of 1e-18.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Amount, Decimals};
    /// # use tokenomics_haircut_collateral::SquareRootSize;
    /// let rule = SquareRootSize::new(fraction!("0.01"), Decimals::new(0)?);
    /// assert_eq!(rule.liability_weight(Amount::new(400), wad!("1.1")), wad!("1.1"));
    /// assert_eq!(rule.liability_weight(Amount::new(3_600), wad!("1.1")), wad!("1.48"));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[must_use]
    pub fn liability_weight(&self, size: Amount, weight: Wad) -> Wad {
        let kept = weight.mul_fraction(KEPT, Rounding::Ceil);
        // A root is below 2^124 and what is kept at most 0.8·2^128, so the sum fits.
        let sum = kept.checked_add(self.premium(size));
        sum.map_or(Wad::MAX, |sum| sum.max(weight))
    }

    /// Returns f·√size, with the size in whole tokens, ceiled.
    fn premium(&self, size: Amount) -> Wad {
        // The least integer whose square is at least x is that of ⌈x⌉ too. It is below 2^125.
        let root = self.scaled(size).isqrt(Rounding::Ceil).to_u128();
        let root = root.map_or(Wad::MAX, Wad::from_raw);
        root.mul_fraction(self.factor, Rounding::Ceil)
    }

    /// Returns the size in 1e-36 of a whole token, ceiled.
    fn scaled(&self, size: Amount) -> U256 {
        const DIGITS: u8 = 36;
        let finer = DIGITS.checked_sub(self.decimals.get());
        if let Some(Ok(unit)) = finer.map(Decimals::new) {
            return U256::product(size.get(), unit.one_token());
        }
        // A whole token of more digits is 10 or 100 of these units.
        let coarser = Decimals::new(self.decimals.get().saturating_sub(DIGITS));
        let unit = coarser.map_or(1, Decimals::one_token);
        U256::from(size.get())
            .checked_div(unit, Rounding::Ceil)
            .unwrap_or(U256::MAX)
    }
}
