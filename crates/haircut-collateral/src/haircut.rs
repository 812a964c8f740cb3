//! Haircuts: the parts of an asset's value that don't count.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::{Fraction, Wad};

use crate::check::in_range;
use crate::{Error, Quantity};

/// The margin that a position is held to, which says which of an asset's two haircuts counts.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Fraction, Ratio};
/// use tokenomics_haircut_collateral::{Debt, Haircut, Holding, Margin, Portfolio};
///
/// // A loan-to-value of 80%, and liquidation above 84%.
/// let haircut = Haircut::from_weights(Fraction::from_percent(80)?, Fraction::from_percent(84)?)?;
/// let held = [Holding::new(Amount::new(100), Ratio::ONE, haircut)];
/// let owed = [Debt::new(Amount::new(82), Ratio::ONE, Haircut::NONE)?];
/// let portfolio = Portfolio::new(&held, &owed);
/// assert!(!portfolio.is_healthy(Margin::Initial)); // nothing more can be borrowed,
/// assert!(portfolio.is_healthy(Margin::Maintenance)); // nor can it be liquidated
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
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
pub enum Margin {
    /// The margin for whatever makes a position riskier: opening it, borrowing, withdrawing.
    Initial,
    /// The margin for staying open: below it a position may be liquidated.
    Maintenance,
}

tokenomics_internals::borsh_variants! {
    [] Margin {
        0: Initial,
        1: Maintenance,
    }
}

impl Margin {
    /// Both margins, for tests that must try each.
    pub const ALL: [Self; 2] = [Self::Initial, Self::Maintenance];
}

/// A static haircut: the fraction of an asset's value that doesn't count, when a position is opened
/// (`initial`) and while it stays open (`maintenance`).
///
/// A lending market's loan-to-value and liquidation threshold are the weights of this pair, 1 −
/// haircut. Beside a [`Debt`](crate::Debt) it is an add-on: the fraction by which the debt counts
/// for more.
///
/// # Laws
/// The initial haircut is never below the maintenance haircut, so nothing that may be opened is
/// liquidatable at the same prices.
///
/// ```
/// use tokenomics_fixed_math::Fraction;
/// use tokenomics_haircut_collateral::{Haircut, Margin};
///
/// let ether = Haircut::from_weights(Fraction::from_percent(80)?, Fraction::from_percent(84)?)?;
/// assert_eq!(ether, Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?);
/// assert_eq!(ether.weight(Margin::Maintenance), Fraction::from_percent(84)?);
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Initial and maintenance weights as in Mango v4 and Drift; LTV and liquidation threshold as in
/// Aave v3. Kept as haircuts, because those are what regulators' tables list (12 CFR 1240.39).
#[doc(alias("ltv", "collateral_factor", "liquidation_threshold"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Haircut {
    initial: Fraction,
    // At most `initial`.
    maintenance: Fraction,
}

impl Haircut {
    /// The haircut that cuts nothing: all of a holding's value counts, and no more than a debt's
    /// value is owed.
    pub const NONE: Self = Self {
        initial: Fraction::ZERO,
        maintenance: Fraction::ZERO,
    };
    /// The haircut that cuts all: a holding counts for nothing, and a debt for twice its value.
    pub const FULL: Self = Self {
        initial: Fraction::ONE,
        maintenance: Fraction::ONE,
    };

    /// Creates a haircut of the fractions that don't count.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless initial ≥ maintenance.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Fraction;
    /// # use tokenomics_haircut_collateral::{Error, Haircut, Margin, Quantity};
    /// let (more, less) = (Fraction::from_percent(20)?, Fraction::from_percent(16)?);
    /// assert_eq!(Haircut::new(more, less)?.weight(Margin::Initial), Fraction::from_percent(80)?);
    /// let refused = Haircut::new(less, more);
    /// let (what, value, bound) = (Quantity::InitialHaircut, less.raw().into(), more.raw().into());
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn new(initial: Fraction, maintenance: Fraction) -> Result<Self, Error> {
        let (value, least) = (initial.raw().into(), maintenance.raw().into());
        in_range(Quantity::InitialHaircut, value, least, u128::MAX)?;
        Ok(Self {
            initial,
            maintenance,
        })
    }

    /// Creates a haircut from the fractions that do count, such as a loan-to-value and a
    /// liquidation threshold.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless `initial` is at most `maintenance`; it holds the haircuts, 1 less
    /// each of them.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Fraction;
    /// # use tokenomics_haircut_collateral::{Haircut, Margin};
    /// let (ltv, threshold) = (Fraction::from_percent(80)?, Fraction::from_percent(84)?);
    /// let haircut = Haircut::from_weights(ltv, threshold)?;
    /// assert_eq!(haircut.fraction(Margin::Initial), Fraction::from_percent(20)?);
    /// assert!(Haircut::from_weights(threshold, ltv).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("ltv", "loan_to_value", "collateral_factor", "liquidation_threshold"))]
    pub fn from_weights(initial: Fraction, maintenance: Fraction) -> Result<Self, Error> {
        Self::new(initial.complement(), maintenance.complement())
    }

    /// Creates the haircut that is the same for both margins, such as one that comes from a price or a
    /// market.
    ///
    /// ```
    /// # use tokenomics_fixed_math::fraction;
    /// # use tokenomics_haircut_collateral::Haircut;
    /// let cut = fraction!("0.1");
    /// assert_eq!(Haircut::uniform(cut), Haircut::new(cut, cut)?);
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[must_use]
    pub const fn uniform(both: Fraction) -> Self {
        Self {
            initial: both,
            maintenance: both,
        }
    }

    /// Creates the haircut that counts for new positions alone, such as one by size that others can
    /// raise.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Fraction};
    /// # use tokenomics_haircut_collateral::Haircut;
    /// let cut = fraction!("0.1");
    /// assert_eq!(Haircut::initial_only(cut), Haircut::new(cut, Fraction::ZERO)?);
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[must_use]
    pub const fn initial_only(initial: Fraction) -> Self {
        Self {
            initial,
            maintenance: Fraction::ZERO,
        }
    }

    /// Creates the add-on of a debt from the weights that it counts with, such as the liability weights
    /// 1.2 and 1.1 of a margin venue.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless 1 ≤ `maintenance` ≤ `initial` ≤ 2.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad};
    /// # use tokenomics_haircut_collateral::Haircut;
    /// let add_on = Haircut::from_liability_weights(wad!("1.2"), wad!("1.1"))?;
    /// assert_eq!(add_on, Haircut::new(fraction!("0.2"), fraction!("0.1"))?);
    /// assert!(Haircut::from_liability_weights(wad!("1.1"), wad!("1.2")).is_err());
    /// assert!(Haircut::from_liability_weights(wad!("1.2"), wad!("0.9")).is_err());
    /// assert!(Haircut::from_liability_weights(wad!("2.1"), wad!("1.1")).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn from_liability_weights(initial: Wad, maintenance: Wad) -> Result<Self, Error> {
        let most = Wad::SCALE.wrapping_mul(2);
        let add_on = |weight: Wad| {
            in_range(Quantity::LiabilityWeight, weight.raw(), Wad::SCALE, most)?;
            Ok::<_, Error>(Fraction::try_from(weight.checked_sub(Wad::ONE)?)?)
        };
        Self::new(add_on(initial)?, add_on(maintenance)?)
    }

    /// Returns whether it is the same for both margins.
    pub(crate) fn is_uniform(self) -> bool {
        self.initial == self.maintenance
    }

    /// Creates the haircut of two fractions that are known to be in order.
    pub(crate) const fn from_ordered(initial: Fraction, maintenance: Fraction) -> Self {
        Self {
            initial,
            maintenance,
        }
    }

    /// Returns the fraction that doesn't count.
    #[must_use]
    pub const fn fraction(self, margin: Margin) -> Fraction {
        match margin {
            Margin::Initial => self.initial,
            Margin::Maintenance => self.maintenance,
        }
    }

    /// Returns the fraction that counts, 1 − haircut.
    #[must_use]
    pub const fn weight(self, margin: Margin) -> Fraction {
        self.fraction(margin).complement()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl Haircut {
    const fn initial(&self) -> Fraction {
        self.initial
    }

    const fn maintenance(&self) -> Fraction {
        self.maintenance
    }
}

tokenomics_internals::checked_codec! {
    Haircut::new as RawHaircut {
        initial: Fraction = Haircut::initial,
        maintenance: Fraction = Haircut::maintenance,
    }
}
