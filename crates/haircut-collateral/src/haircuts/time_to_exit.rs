//! A haircut by how long it takes until a holding can be sold.

use tokenomics_fixed_math::{mul_div, Fraction, Rounding, SignedWad, Span, Wad};

use crate::check::in_range;
use crate::{Error, Quantity};

/// A way out of a lock before its end: a part is lost, and the rest may take a while.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Span, Wad};
/// use tokenomics_haircut_collateral::{EarlyExit, TimeToExit};
///
/// // Half is lost, and the rest comes after ten days of 1% each.
/// let exit = EarlyExit { penalty: fraction!("0.5"), wait: Span::from_days(10) };
/// let rule = TimeToExit::new(Wad::from_percent(1)?, Span::from_days(1))?;
/// let cut = rule.haircut(Span::from_days(300), Some(exit));
/// assert!(cut > fraction!("0.547") && cut < fraction!("0.548")); // 1 − 0.5·e^(−0.1)
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
pub struct EarlyExit {
    /// The part that leaving now costs.
    pub penalty: Fraction,
    /// The time from leaving until the rest can be sold, such as a cooldown.
    pub wait: Span,
}

/// The discount of what can't be sold yet, such as tokens that vest or that are in escrow: a
/// continuous rate for the time that is left, 1 − e^(−rate·left/year).
///
/// Where the lock can be left early, the holder has the better of both ways: to wait until the end, or
/// to pay the penalty and wait less. It is the liquidator who has to go that way, so give an early exit
/// only if it is really open: if no vote, pause or limit stands between the collateral and its sale.
///
/// # Laws
/// `monotone_in_time_to_exit`: a longer time, a higher rate or penalty, or an exit that closes never gives
/// a smaller haircut; with an exit it is never above that without.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Fraction, Rounding, Span};
/// use tokenomics_haircut_collateral::{EarlyExit, TimeToExit};
///
/// // ln 2 a year: half of the value for each year.
/// let year = Span::from_days(365);
/// let rule = TimeToExit::new(wad!("0.693147180559945309"), year)?;
/// assert_eq!(rule.haircut(Span::ZERO, None), fraction!("0"));
/// assert_eq!(rule.haircut(year, None), fraction!("0.5"));
/// assert_eq!(rule.haircut(Span::from_days(730), None), fraction!("0.75"));
///
/// let exit = EarlyExit { penalty: fraction!("0.3"), wait: Span::ZERO };
/// assert_eq!(rule.haircut(year, Some(exit)), fraction!("0.3"));
/// assert!(rule.haircut(Span::from_days(30), Some(exit)) < fraction!("0.06"));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Continuous discounting, e^(−rt). Chaffe, Option Pricing as a Proxy for Discount for Lack of
/// Marketability in Private Company Valuations (1993) bounds it by a put on the value, with the √t of
/// [`Volatility`](crate::Volatility), which composes with this.
#[doc(alias("dlom", "illiquidity", "locked", "vesting"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeToExit {
    rate: Wad,
    // Never 0.
    year: Span,
}

impl TimeToExit {
    /// Creates the discount at a continuous rate for each `year`, which is any length on the host's
    /// clock.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a year of 0.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{wad, Span};
    /// # use tokenomics_haircut_collateral::TimeToExit;
    /// assert!(TimeToExit::new(wad!("0.1"), Span::from_days(365)).is_ok());
    /// assert!(TimeToExit::new(wad!("0.1"), Span::ZERO).is_err());
    /// ```
    pub fn new(rate: Wad, year: Span) -> Result<Self, Error> {
        in_range(Quantity::Year, year.get().into(), 1, u128::MAX)?;
        Ok(Self { rate, year })
    }

    /// Returns the rate, for each year.
    #[must_use]
    pub const fn rate(&self) -> Wad {
        self.rate
    }

    /// Returns the length of a year on the host's clock.
    #[must_use]
    pub const fn year(&self) -> Span {
        self.year
    }

    /// Computes the haircut of what can be sold once `left` has passed, or earlier by an exit that is
    /// open now: the smaller of 1 − e^(−r·left) and 1 − (1 − penalty)·e^(−r·wait).
    ///
    /// # Rounding
    /// Ceil, of the ceiled exponent: above the real number by less than 3 units of 1e-18.
    #[must_use]
    pub fn haircut(&self, left: Span, early_exit: Option<EarlyExit>) -> Fraction {
        let Some(exit) = early_exit else {
            return self.discount(left);
        };
        // Mostly one way is known to be better before both are discounted.
        let late = self.exponent(left);
        if late.is_some_and(|late| late <= Wad::from(exit.penalty)) {
            // 1 − e^−x is at most x, and the exit costs its penalty at least.
            return discount(late);
        }
        better(self.early(exit), late)
    }

    /// Returns the rule of locks that all have the same early exit, with what leaving by it costs now, for
    /// callers who ask for many times.
    #[must_use]
    pub fn with_early_exit(&self, exit: EarlyExit) -> PreparedExit {
        PreparedExit {
            rule: *self,
            early: self.early(exit),
        }
    }

    /// Returns the haircut of leaving now: 1 − (1 − penalty)·e^(−r·wait).
    fn early(&self, exit: EarlyExit) -> Fraction {
        let kept = self.discount(exit.wait).complement();
        let early = exit.penalty.complement().mul(kept, Rounding::Floor);
        early.complement()
    }

    fn discount(&self, time: Span) -> Fraction {
        discount(self.exponent(time))
    }

    /// Returns rate·time/year, ceiled; `None` where it doesn't fit.
    fn exponent(&self, time: Span) -> Option<Wad> {
        let (time, year) = (time.get().into(), self.year.get().into());
        let raw = mul_div(self.rate.raw(), time, year, Rounding::Ceil);
        raw.map(Wad::from_raw).ok()
    }
}

/// A [`TimeToExit`] beside one early exit, whose discount is taken once: of many locks that may be left by
/// it, each takes its own.
///
/// # Laws
/// `prepared_is_the_same`: every haircut is that of the rule with the same exit.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Span};
/// use tokenomics_haircut_collateral::{EarlyExit, TimeToExit};
///
/// let year = Span::from_days(365);
/// let rule = TimeToExit::new(wad!("0.693147180559945309"), year)?;
/// let exit = EarlyExit { penalty: fraction!("0.3"), wait: Span::ZERO };
/// let locks = rule.with_early_exit(exit);
/// assert_eq!(locks.haircut(year), fraction!("0.3"));
/// assert_eq!(locks.haircut(Span::from_days(30)), rule.haircut(Span::from_days(30), None));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PreparedExit {
    rule: TimeToExit,
    early: Fraction,
}

impl PreparedExit {
    /// Computes the haircut of what can be sold once `left` has passed, or by the exit, as
    /// [`TimeToExit::haircut`] does.
    ///
    /// # Rounding
    /// Ceil, of the ceiled exponent: above the real number by less than 3 units of 1e-18.
    ///
    /// # Laws
    /// `prepared_is_the_same`.
    #[must_use]
    pub fn haircut(&self, left: Span) -> Fraction {
        let late = self.rule.exponent(left);
        if late.is_some_and(|late| late <= Wad::from(self.early)) {
            // 1 − e^−x is at most x.
            return discount(late);
        }
        better(self.early, late)
    }
}

/// Returns the smaller of the haircut of leaving now and that of waiting, of which only one is taken
/// where the other is known to be larger.
fn better(early: Fraction, late: Option<Wad>) -> Fraction {
    if late.is_some_and(|late| Wad::from(early) < least_discount(late)) {
        return early;
    }
    early.min(discount(late))
}

/// Returns a number that 1 − e^−x isn't below: y − y²/2 of the smaller of x and 1.
fn least_discount(exponent: Wad) -> Wad {
    let least = exponent.min(Wad::ONE);
    // At most 1, and half of it below that.
    let square = least
        .mul(least, Rounding::Ceil)
        .map_or(least.raw(), Wad::raw);
    Wad::from_raw(least.raw().saturating_sub(square.div_ceil(2)))
}

/// Returns 1 − e^−x, ceiled; what has no exponent or exponential is worth nothing.
fn discount(exponent: Option<Wad>) -> Fraction {
    let exponent = exponent.and_then(|exponent| SignedWad::try_from(exponent).ok());
    // e^x − 1 is in (−1, 0].
    exponent
        .and_then(|exponent| exponent.checked_neg().ok())
        .and_then(|exponent| exponent.expm1(Rounding::Floor).ok())
        .and_then(|change| Fraction::try_from(change.abs()).ok())
        .unwrap_or(Fraction::ONE)
}

tokenomics_internals::checked_codec! {
    TimeToExit::new as RawTimeToExit {
        rate: Wad = TimeToExit::rate,
        year: Span = TimeToExit::year,
    }
}
