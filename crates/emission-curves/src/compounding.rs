//! Inflation by a fraction of the supply in every period.

use tokenomics_fixed_math::{Amount, Growth, Ratio, Rounding, Span, Timestamp, U256};
use tokenomics_internals::difference;

use crate::check::{elapsed, length, positive};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{interval, of_a_part, short, FromSeed};
use crate::{Curve, Error, Quantity};

/// The parameters of a [`Compounding`], which [`Compounding::new`] checks.
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
pub struct CompoundingParams {
    /// The start.
    pub start: Timestamp,
    /// The end, after the start.
    pub end: Timestamp,
    /// The supply at the start.
    pub supply: Amount,
    /// The fraction of the supply at its start that each period emits.
    pub rate: Ratio,
    /// The length of a period; above 0.
    pub period: Span,
}

/// Compounding inflation: each period emits a fraction of the supply at its start, at a constant
/// rate within it. As the last phase of another curve it is a tail of so many per cent a year.
///
/// # Rounding
/// Floor for the supply: the exact number, rounded once, whatever the number of periods.
///
/// # Laws
/// Those of [`Curve`]. `emitted_at` is one [`Growth`]; `time_of` is a search.
///
/// ```
/// use tokenomics_emission_curves::{Compounding, CompoundingParams, Curve};
/// use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
///
/// // 2% a year of a supply of a billion, for twenty years.
/// let year = Span::new(31_536_000);
/// let tail = Compounding::new(CompoundingParams {
///     start: Timestamp::ZERO,
///     end: Timestamp::new(20 * 31_536_000),
///     supply: Amount::new(1_000_000_000),
///     rate: Ratio::new(2, 100)?,
///     period: year,
/// })?;
/// assert_eq!(tail.emitted_at(Timestamp::new(31_536_000)), Amount::new(20_000_000));
/// assert_eq!(tail.emitted_at(Timestamp::new(2 * 31_536_000)), Amount::new(40_400_000));
/// assert_eq!(tail.cap(), Amount::new(485_947_395));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
///
/// # Source
/// The tails of Optimism's (2% a year) and Aerodrome's (a share of the supply a week) schedules.
/// Aerodrome mints once per call, so that a week in which nobody calls is lost.
#[doc(alias("inflation", "apr", "apy"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Compounding {
    start: Timestamp,
    // After the start.
    end: Timestamp,
    supply: Amount,
    // In lowest terms; its denominator, and the numerator too, times the period are at most 2^127.
    rate: Ratio,
    // Never 0.
    period: Span,
    growth: Growth,
}

impl Compounding {
    /// Creates the inflation of these parameters.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an end that is not after the start, and a period of 0;
    /// [`Error::Math`] of a growth if the supply leaves [`Amount::MAX`] before the end;
    /// [`Error::Overflow`] for a rate of which the numerator and the denominator together, times the
    /// period, are above 128 bits.
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Compounding, CompoundingParams, Error, Quantity};
    /// # use tokenomics_fixed_math::{Amount, Error as MathError, Ratio, Span, Timestamp};
    /// let params = CompoundingParams {
    ///     start: Timestamp::ZERO,
    ///     end: Timestamp::new(10),
    ///     supply: Amount::new(1_000),
    ///     rate: Ratio::new(2, 100)?,
    ///     period: Span::new(1),
    /// };
    /// assert!(Compounding::new(params).is_ok());
    ///
    /// let refused = Compounding::new(CompoundingParams { period: Span::ZERO, ..params });
    /// let (what, value, bound) = (Quantity::Period, 0, 1);
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
    ///
    /// let far = Compounding::new(CompoundingParams { end: Timestamp::new(9_000), ..params });
    /// let units = Ratio::from_integer(9_000);
    /// match far {
    ///     Err(Error::Math(math)) => assert_eq!(math.error(), MathError::Growth { units }),
    ///     other => panic!("{other:?}"),
    /// }
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    pub fn new(params: CompoundingParams) -> Result<Self, Error> {
        let CompoundingParams {
            start,
            end,
            supply,
            rate,
            period,
        } = params;
        length(start, end)?;
        positive(Quantity::Period, period.get().into())?;
        let rate = rate.reduced();
        let factor = U256::from(rate.numerator()).checked_add(rate.denominator().into())?;
        factor.checked_mul(period.get().into())?.to_u128()?;
        let curve = Self {
            start,
            end,
            supply,
            rate,
            period,
            growth: Growth::per_unit(Ratio::new(factor.to_u128()?, rate.denominator())?)?,
        };
        // It is the largest there is: from here on no evaluation fails.
        curve.supply_after(elapsed(start, end, end))?;
        Ok(curve)
    }

    /// Returns the supply at the start.
    #[must_use]
    pub const fn supply(&self) -> Amount {
        self.supply
    }

    /// Returns the fraction of the supply at its start that each period emits, in lowest terms.
    #[must_use]
    pub const fn rate(&self) -> Ratio {
        self.rate
    }

    /// Returns the length of a period; never 0.
    #[must_use]
    pub const fn period(&self) -> Span {
        self.period
    }

    /// Returns S·(1 + r)^k·(1 + r·e/P), e into a period of P, rounded down.
    fn supply_after(&self, time: u64) -> Result<Amount, Error> {
        let period = self.period.get();
        // The period isn't 0.
        let periods = time.checked_div(period).unwrap_or(0);
        let into = time.checked_rem(period).unwrap_or(0);
        let (n, d) = (self.rate.numerator(), self.rate.denominator());
        // (d·P + n·e) / (d·P): the constructor has seen that (d + n)·P fits, and e is below P.
        let whole = d.wrapping_mul(period.into());
        let part = whole.wrapping_add(n.wrapping_mul(into.into()));
        let supply = U256::product(self.supply.get(), part);
        let periods = Ratio::from_integer(periods.into());
        let supply = self
            .growth
            .mul_div(supply, whole, periods, Rounding::Floor)?;
        Ok(Amount::new(supply))
    }
}

impl Curve for Compounding {
    fn cap(&self) -> Amount {
        self.emitted_at(self.end)
    }

    fn start(&self) -> Timestamp {
        self.start
    }

    fn end(&self) -> Timestamp {
        self.end
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        let supply = self.supply_after(elapsed(self.start, self.end, at));
        difference(supply.unwrap_or(self.supply), self.supply)
    }
}

tokenomics_internals::checked_codec! {
    Compounding::new(CompoundingParams) as RawCompounding {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        supply: Amount = Compounding::supply,
        rate: Ratio = Compounding::rate,
        period: Span = Compounding::period,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Compounding {
    type Seed = (Timestamp, Timestamp, Amount, Ratio, Span);

    fn from_seed((from, to, supply, rate, period): Self::Seed) -> Option<Self> {
        let (start, end) = interval(from, to);
        let (rate, period) = (short(rate)?, period.max(Span::new(1)));
        of_a_part(supply.get(), |supply| {
            Self::new(CompoundingParams {
                start,
                end,
                supply: Amount::new(supply),
                rate,
                period,
            })
        })
    }
}
