//! The composition of several haircuts into one.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::{Fraction, Rounding};

use crate::{Error, Haircut, Margin, Quantity};

/// A way to make one haircut of several.
///
/// Neither is ever better for the borrower than the largest single haircut, and both take as many as
/// there are, one after the other, without storing them.
///
/// # Laws
/// `composition_bounds`: for each margin the result is at most 1 and at least each of its parts; of
/// [`Composition::Product`] it is at most their sum, and within a unit of 1e-18 for each part of the
/// real number, in any order. `composition_is_monotone`: a larger part never gives a smaller result.
///
/// ```
/// use tokenomics_fixed_math::fraction;
/// use tokenomics_haircut_collateral::{Composition, Haircut};
///
/// let parts = ["0.2", "0.1", "0.05"].map(|cut| Haircut::uniform(cut.parse().unwrap()));
/// // 0.8 · 0.9 · 0.95 of the value counts.
/// assert_eq!(Composition::Product.compose(parts), Haircut::uniform(fraction!("0.316")));
/// assert_eq!(Composition::Worst.compose(parts), parts[0]);
/// assert_eq!(Composition::Worst.compose([]), Haircut::NONE);
/// ```
///
/// Haircuts that are the same for all holders of an asset are composed once a block, and each holder's own
/// with them:
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Amount, Decimals, Span};
/// use tokenomics_haircut_collateral::{
///     Composition, ConcentrationCap, DepthBudget, Haircut, PriceAge, SquareRootSize, Volatility,
/// };
///
/// let (total, day) = (Amount::new(5_000_000), Span::from_days(1));
/// let depth = DepthBudget::new(Amount::new(1_000_000), fraction!("0.02"))?;
/// let volatility = Volatility::new(wad!("2.33"), Span::from_hours(1), fraction!("0.12"))?;
/// let rules = [
///     ConcentrationCap::new(Amount::new(6_000_000)).haircut(total),
///     PriceAge::new(Span::from_mins(1), Span::from_mins(61))?.haircut(Span::from_mins(7)),
///     volatility.over(day).haircut(wad!("0.0085")),
/// ];
/// let market = Composition::Product.compose(rules.map(Haircut::uniform));
/// let market = market.and(Haircut::initial_only(depth.haircut(total)));
///
/// let own = Haircut::new(fraction!("0.2"), fraction!("0.14"))?;
/// let size = SquareRootSize::new(fraction!("0.01"), Decimals::new(0)?);
/// let of_holder = |held| own.and(Haircut::uniform(size.haircut(held))).and(market);
/// // Ten tokens aren't cut for their size, and a hundred thousand are.
/// assert_eq!(of_holder(Amount::new(10)), own.and(market));
/// assert!(of_holder(Amount::new(100_000)) != own.and(market));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
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
pub enum Composition {
    /// The weights multiply, 1 − h = ∏(1 − hᵢ): for risks that come on top of each other, such as a
    /// stale price of an asset that is also volatile.
    Product,
    /// The largest counts, h = max hᵢ: for measures of the same risk, such as a size against a cap
    /// and against the depth of a market.
    Worst,
}

tokenomics_internals::borsh_variants! {
    [] Composition {
        0: Product,
        1: Worst,
    }
}

impl Composition {
    /// Both ways, for tests that must try each.
    pub const ALL: [Self; 2] = [Self::Product, Self::Worst];

    /// Computes the haircut that all parts make together, for each margin; [`Haircut::NONE`] of none.
    ///
    /// # Rounding
    /// A weight is floored after each multiplication, so the haircut is ceiled, by less than a unit of
    /// 1e-18 for each part after the first.
    ///
    /// # Laws
    /// `composition_bounds`, `composition_is_monotone`.
    #[must_use]
    pub fn compose(self, parts: impl IntoIterator<Item = Haircut>) -> Haircut {
        let join = match self {
            Self::Product => Haircut::and,
            Self::Worst => Haircut::or_worse,
        };
        let mut parts = parts.into_iter();
        let first = parts.next().unwrap_or(Haircut::NONE);
        parts.fold(first, join)
    }
}

impl Haircut {
    /// Computes the haircut of both risks at once: for each margin the weights multiply,
    /// 1 − h = (1 − a)·(1 − b).
    ///
    /// # Rounding
    /// The weight is floored, so the haircut is ceiled.
    ///
    /// # Laws
    /// `composition_bounds`: max(a, b) ≤ h ≤ min(1, a + b).
    ///
    /// ```
    /// # use tokenomics_fixed_math::fraction;
    /// # use tokenomics_haircut_collateral::Haircut;
    /// let asset = Haircut::new(fraction!("0.2"), fraction!("0.16"))?;
    /// let stale = Haircut::uniform(fraction!("0.5"));
    /// assert_eq!(asset.and(stale), Haircut::new(fraction!("0.6"), fraction!("0.58"))?);
    /// // What is to hold for new positions alone leaves those that are open as they are.
    /// let large = Haircut::new(fraction!("0.5"), fraction!("0"))?;
    /// assert_eq!(asset.and(large), Haircut::new(fraction!("0.6"), fraction!("0.16"))?);
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let both = |a: Fraction, b: Fraction| {
            let weight = a.complement().mul(b.complement(), Rounding::Floor);
            weight.complement()
        };
        // Mostly both come from a market, where one product is that of both margins.
        let margin = Margin::Initial;
        if self.is_uniform() && other.is_uniform() {
            return Self::uniform(both(self.fraction(margin), other.fraction(margin)));
        }
        self.by_margin(other, both)
    }

    /// Returns the larger of both haircuts, for each margin.
    ///
    /// ```
    /// # use tokenomics_fixed_math::fraction;
    /// # use tokenomics_haircut_collateral::Haircut;
    /// let asset = Haircut::new(fraction!("0.2"), fraction!("0.16"))?;
    /// let size = Haircut::new(fraction!("0.3"), fraction!("0.1"))?;
    /// assert_eq!(asset.or_worse(size), Haircut::new(fraction!("0.3"), fraction!("0.16"))?);
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[must_use]
    pub fn or_worse(self, other: Self) -> Self {
        self.by_margin(other, Fraction::max)
    }

    /// Returns the smaller of both haircuts, for each margin: the one composition that is better than
    /// its worst part, for a holder who truly may choose between them.
    ///
    /// ```
    /// # use tokenomics_fixed_math::fraction;
    /// # use tokenomics_haircut_collateral::Haircut;
    /// let asset = Haircut::new(fraction!("0.2"), fraction!("0.16"))?;
    /// let in_group = Haircut::new(fraction!("0.07"), fraction!("0.05"))?;
    /// assert_eq!(asset.or_better(in_group), in_group);
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[must_use]
    pub fn or_better(self, other: Self) -> Self {
        self.by_margin(other, Fraction::min)
    }

    /// Computes the add-on of a debt for both risks at once: for each margin the liability weights
    /// multiply, 1 + g = (1 + a)·(1 + b).
    ///
    /// # Rounding
    /// Ceil.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] where the add-on would be above 1.
    ///
    /// ```
    /// # use tokenomics_fixed_math::fraction;
    /// # use tokenomics_haircut_collateral::Haircut;
    /// let debt = Haircut::new(fraction!("0.2"), fraction!("0.1"))?;
    /// let unsure = Haircut::uniform(fraction!("0.05"));
    /// assert_eq!(debt.and_add_on(unsure)?, Haircut::new(fraction!("0.26"), fraction!("0.155"))?);
    /// assert!(debt.and_add_on(Haircut::FULL).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn and_add_on(self, other: Self) -> Result<Self, Error> {
        let sum = |margin| {
            let (a, b) = (self.fraction(margin), other.fraction(margin));
            let both = a.mul(b, Rounding::Ceil).raw();
            // Three of at most 1e18 each, below 2^64.
            let raw = a.raw().wrapping_add(b.raw()).wrapping_add(both);
            Fraction::from_raw(raw).map_err(|_| Error::OutOfRange {
                what: Quantity::AddOn,
                value: raw.into(),
                bound: Fraction::SCALE.into(),
            })
        };
        Self::new(sum(Margin::Initial)?, sum(Margin::Maintenance)?)
    }

    /// Returns the haircut of a monotone function of two, for each margin.
    fn by_margin(self, other: Self, join: impl Fn(Fraction, Fraction) -> Fraction) -> Self {
        let of = |margin| join(self.fraction(margin), other.fraction(margin));
        // Each part's initial fraction is the larger, and the function is monotone in both.
        Self::from_ordered(of(Margin::Initial), of(Margin::Maintenance))
    }
}
