//! A haircut by volatility over the time that a liquidation takes.

use tokenomics_fixed_math::{Fraction, Rounding, Span, Wad, U256};

use super::root::{root_of_ratio, SCALE};
use crate::check::in_range;
use crate::{Error, Quantity};

/// A haircut of so many standard deviations over a horizon, and never less than a stressed floor.
///
/// The floor is what an asset lost in a horizon of a crisis. Without it the rule is unsafe: before
/// March 2020, 2.33 standard deviations of ether's last 30 days came to 12.2% for a day in which it
/// then lost 47.4%.
///
/// # Laws
/// `monotone_in_volatility`: a larger volatility, horizon, multiple or floor never gives a smaller
/// haircut, and none is below the floor. Twice the deviation is twice the haircut; four times the
/// horizon too.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Span};
/// use tokenomics_haircut_collateral::Volatility;
///
/// // 2.33 standard deviations of daily returns, and never less than 30%.
/// let rule = Volatility::new(wad!("2.33"), Span::from_days(1), fraction!("0.3"))?;
/// assert_eq!(rule.haircut(wad!("0.05"), Span::from_days(1)), fraction!("0.3"));
/// assert_eq!(rule.haircut(wad!("0.2"), Span::from_days(1)), fraction!("0.466"));
/// assert_eq!(rule.haircut(wad!("0.2"), Span::from_days(4)), fraction!("0.932"));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Basel III, CRE22, and 12 CFR 1240.39: H = H₁₀·√(T/10). There the base haircut stands for multiple and
/// volatility together.
#[doc(alias("var", "square_root_of_time", "sigma"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Volatility {
    multiple: Wad,
    // Never 0.
    period: Span,
    floor: Fraction,
}

impl Volatility {
    /// Creates the rule of so many standard deviations, for a volatility that is measured over a
    /// period, with a stressed floor.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a period of 0.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Span};
    /// # use tokenomics_haircut_collateral::Volatility;
    /// assert!(Volatility::new(wad!("3"), Span::new(1), fraction!("0.1")).is_ok());
    /// assert!(Volatility::new(wad!("3"), Span::ZERO, fraction!("0.1")).is_err());
    /// ```
    pub fn new(multiple: Wad, period: Span, floor: Fraction) -> Result<Self, Error> {
        in_range(Quantity::Period, period.get().into(), 1, u128::MAX)?;
        Ok(Self {
            multiple,
            period,
            floor,
        })
    }

    /// Returns the number of standard deviations.
    #[must_use]
    pub const fn multiple(&self) -> Wad {
        self.multiple
    }

    /// Returns the time over which the volatility is measured.
    #[must_use]
    pub const fn period(&self) -> Span {
        self.period
    }

    /// Returns the stressed floor, the least haircut.
    #[must_use]
    pub const fn floor(&self) -> Fraction {
        self.floor
    }

    /// Computes the haircut of a volatility, the standard deviation of the returns of a period, over
    /// the horizon that a liquidation takes: multiple·σ·√(horizon/period), at least the floor and at
    /// most 1.
    ///
    /// # Rounding
    /// Ceil, of the ceiled root: above the real number by less than 1 + multiple·σ units of 1e-18.
    #[must_use]
    pub fn haircut(&self, volatility: Wad, horizon: Span) -> Fraction {
        self.over(horizon).haircut(volatility)
    }

    /// Returns the rule over one horizon, with the root of it, for callers who ask for many
    /// volatilities.
    #[must_use]
    pub fn over(&self, horizon: Span) -> PreparedVolatility {
        let root = root_of_ratio(horizon.get().into(), self.period.get().into());
        PreparedVolatility {
            factor: U256::product(self.multiple.raw(), root.raw()),
            floor: self.floor,
        }
    }
}

/// A [`Volatility`] over one horizon, whose root is taken once: what a volatility cuts is then one
/// product, divided by a constant.
///
/// # Laws
/// `prepared_is_the_same`: every haircut is that of the rule over the same horizon.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Span};
/// use tokenomics_haircut_collateral::Volatility;
///
/// let rule = Volatility::new(wad!("2.33"), Span::from_days(1), fraction!("0.3"))?;
/// let four_days = rule.over(Span::from_days(4));
/// assert_eq!(four_days.haircut(wad!("0.05")), fraction!("0.3"));
/// assert_eq!(four_days.haircut(wad!("0.2")), fraction!("0.932"));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PreparedVolatility {
    // multiple·√(horizon/period), in 1e-36, of the ceiled root.
    factor: U256,
    floor: Fraction,
}

impl PreparedVolatility {
    /// Computes the haircut of a volatility over the horizon, as [`Volatility::haircut`] does.
    ///
    /// # Rounding
    /// Ceil, of the ceiled root: above the real number by less than 1 + multiple·σ units of 1e-18.
    ///
    /// # Laws
    /// `prepared_is_the_same`.
    #[must_use]
    pub fn haircut(&self, volatility: Wad) -> Fraction {
        self.cut(volatility)
            .map_or(Fraction::ONE, |cut| cut.max(self.floor))
    }

    /// Returns factor·volatility, ceiled, if it is at most 1.
    fn cut(&self, volatility: Wad) -> Option<Fraction> {
        if self.factor.high() != 0 {
            let volatility = U256::from(volatility.raw());
            let raw = self
                .factor
                .mul_div(volatility, SCALE.into(), Rounding::Ceil);
            let raw = raw.and_then(U256::to_u128).ok()?;
            return Fraction::try_from(Wad::from_raw(raw)).ok();
        }
        // ⌈⌈x/10^18⌉/10^18⌉ is ⌈x/10^36⌉; what leaves 128 bits after the first is above 1 after both.
        let factor = Wad::from_raw(self.factor.low());
        let once = factor.mul(volatility, Rounding::Ceil).ok()?;
        let raw = once.to_integer(Rounding::Ceil);
        Fraction::try_from(Wad::from_raw(raw)).ok()
    }
}

tokenomics_internals::checked_codec! {
    Volatility::new as RawVolatility {
        multiple: Wad = Volatility::multiple,
        period: Span = Volatility::period,
        floor: Fraction = Volatility::floor,
    }
}
