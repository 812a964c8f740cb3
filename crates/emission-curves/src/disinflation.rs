//! An inflation that falls year by year to a terminal rate.

use tokenomics_fixed_math::{mul_div, Amount, Fraction, Growth, Ratio, Rounding, Span, Timestamp};
use tokenomics_internals::difference;

use crate::check::{elapsed, in_range, length, positive};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{interval, of_a_part, FromSeed};
use crate::{Compounding, CompoundingParams, Curve, Error, Quantity};

/// The number of supplies that are kept: those at the starts of up to 63 years of falling rates,
/// and the first at the terminal one.
const YEARS: usize = 64;

/// The parameters of a [`Disinflation`], which [`Disinflation::new`] checks.
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
pub struct DisinflationParams {
    /// The start.
    pub start: Timestamp,
    /// The end, after the start.
    pub end: Timestamp,
    /// The supply at the start.
    pub supply: Amount,
    /// The length of a year in units of the clock; above 0.
    pub year: Span,
    /// The rate of the first year.
    pub initial: Fraction,
    /// The part of itself by which the rate falls in each following year.
    pub taper: Fraction,
    /// The rate that the inflation never falls below.
    pub terminal: Fraction,
}

/// Disinflation: a yearly inflation of the supply that falls by the same part every year, to a
/// terminal rate that it keeps.
///
/// The rate of year k, from 0, is the larger of the terminal one and initial·(1 − taper)^k, of the
/// supply at the year's start, and constant within it. What each of the years until the terminal
/// rate emits is worked out once, in the constructor, in integers; the rest is [`Compounding`].
///
/// # Rounding
/// Floor for a year's rate at 18 decimals, for what a year emits, and for a part of a year; from
/// the terminal rate on, floor of the supply, once, however many years. So after n years of falling
/// rates at most n units and 10^−18 of n supplies are missing, and each year's amount is a figure
/// of its own.
///
/// # Laws
/// Those of [`Curve`]; `each_year_is_its_rate`. `emitted_at` is one division or one [`Growth`];
/// `time_of` is a search.
///
/// ```
/// use tokenomics_emission_curves::{Curve, Disinflation, DisinflationParams};
/// use tokenomics_fixed_math::{fraction, Amount, Span, Timestamp};
///
/// // Solana: 8%, 15% less of it each year, until 1.5%. In lamports, of 500 million SOL.
/// let solana = Disinflation::new(DisinflationParams {
///     start: Timestamp::ZERO,
///     end: Timestamp::new(50 * 31_536_000),
///     supply: Amount::new(500_000_000 * 1_000_000_000),
///     year: Span::new(31_536_000),
///     initial: fraction!("0.08"),
///     taper: fraction!("0.15"),
///     terminal: fraction!("0.015"),
/// })?;
/// assert_eq!(solana.rate_of(1).to_string(), "0.068");
/// assert_eq!(solana.rate_of(10).to_string(), "0.015749952347257812");
/// assert_eq!(solana.rate_of(11), solana.terminal());
/// assert_eq!(solana.emitted_at(Timestamp::new(31_536_000)), Amount::new(40_000_000_000_000_000));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
///
/// # Source
/// Solana, `Inflation::total`: max(initial·(1 − taper)^year, terminal), in floating point, at
/// fractions of a year and of the supply of each epoch of some two days. `powf` gives other bits on
/// other machines (SIMD #606); this is of whole years, in integers.
#[doc(alias("inflation", "Solana", "taper"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Disinflation {
    start: Timestamp,
    // After the start.
    end: Timestamp,
    // Never 0.
    year: Span,
    initial: Fraction,
    taper: Fraction,
    terminal: Fraction,
    // The supply at the start of each year above the terminal rate, and of the first at it; from
    // there on 0.
    supplies: [Amount; YEARS],
    years: usize,
    // Where the terminal rate begins before the end.
    tail: Option<Compounding>,
}

impl Disinflation {
    /// Creates the inflation of these parameters.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an end that is not after the start, a year of 0, and where it
    /// takes more than 63 years to the terminal rate; where the supply leaves [`Amount::MAX`] before
    /// the end, [`Error::Overflow`] in those years, and [`Error::Math`] of a growth after them.
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Disinflation, DisinflationParams, Error, Quantity};
    /// # use tokenomics_fixed_math::{fraction, Amount, Span, Timestamp};
    /// let falling = |taper| {
    ///     Disinflation::new(DisinflationParams {
    ///         start: Timestamp::ZERO,
    ///         end: Timestamp::new(1_000),
    ///         supply: Amount::new(1_000_000),
    ///         year: Span::new(1),
    ///         initial: fraction!("0.08"),
    ///         taper,
    ///         terminal: fraction!("0.015"),
    ///     })
    /// };
    /// assert!(falling(fraction!("0.15")).is_ok());
    ///
    /// // Less by 1% of it each year, 8% takes more than 160 years to come to 1.5%.
    /// let (what, value, bound) = (Quantity::YearsToTerminalRate, 64, 63);
    /// assert_eq!(falling(fraction!("0.01")), Err(Error::OutOfRange { what, value, bound }));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    pub fn new(params: DisinflationParams) -> Result<Self, Error> {
        length(params.start, params.end)?;
        positive(Quantity::YearLength, params.year.get().into())?;
        let mut curve = Self {
            start: params.start,
            end: params.end,
            year: params.year,
            initial: params.initial,
            taper: params.taper,
            terminal: params.terminal,
            supplies: [Amount::ZERO; YEARS],
            years: 0,
            tail: None,
        };
        curve.fill_in(params.supply)?;
        Ok(curve)
    }

    /// Works out the supply of each year above the terminal rate, and the tail from there on.
    fn fill_in(&mut self, supply: Amount) -> Result<(), Error> {
        let (mut supply, mut begin) = (supply, Some(self.start));
        let mut index = 0_u32;
        for slot in 0..=YEARS {
            let at = u128::try_from(slot).unwrap_or(u128::MAX);
            in_range(Quantity::YearsToTerminalRate, at, 0, 63)?;
            if let Some(place) = self.supplies.get_mut(slot) {
                *place = supply;
            }
            self.years = slot;
            let rate = self.rate_of(index);
            // A year that begins at the end or after it is never reached.
            let Some(from) = begin.filter(|begin| *begin < self.end) else {
                break;
            };
            if rate <= self.terminal {
                self.tail = Some(self.tail_from(from, supply)?);
                break;
            }
            supply = supply.checked_add(supply.mul_fraction(rate, Rounding::Floor))?;
            begin = from.checked_add(self.year).ok();
            index = index.saturating_add(1);
        }
        Ok(())
    }

    /// Returns the inflation at the terminal rate, of the supply at its start.
    fn tail_from(&self, start: Timestamp, supply: Amount) -> Result<Compounding, Error> {
        Compounding::new(CompoundingParams {
            start,
            end: self.end,
            supply,
            rate: Ratio::from(self.terminal),
            period: self.year,
        })
    }

    /// Returns the supply at the start.
    #[must_use]
    pub fn supply(&self) -> Amount {
        self.supply_of(0)
    }

    /// Returns the length of a year in units of the clock; never 0.
    #[must_use]
    pub const fn year(&self) -> Span {
        self.year
    }

    /// Returns the rate of the first year.
    #[must_use]
    pub const fn initial(&self) -> Fraction {
        self.initial
    }

    /// Returns the part of itself by which the rate falls in each year.
    #[must_use]
    pub const fn taper(&self) -> Fraction {
        self.taper
    }

    /// Returns the terminal rate, which the inflation never falls below.
    #[must_use]
    pub const fn terminal(&self) -> Fraction {
        self.terminal
    }

    /// Returns the rate of a year, the first being year 0.
    ///
    /// # Rounding
    /// Floor, at 18 decimals: initial·(1 − taper)^year, rounded once.
    #[must_use]
    pub fn rate_of(&self, year: u32) -> Fraction {
        let kept = Ratio::from(self.taper.complement());
        let (rate, years) = (
            u128::from(self.initial.raw()),
            Ratio::from_integer(year.into()),
        );
        let falling = match Growth::per_unit(kept) {
            Ok(growth) => growth.mul_div(rate.into(), 1, years, Rounding::Floor).ok(),
            // A part of 1 is all of it.
            Err(_) => Some(if year == 0 { rate } else { 0 }),
        };
        // No more than the initial one.
        let falling = falling.and_then(|raw| Fraction::from_raw(u64::try_from(raw).ok()?).ok());
        falling.unwrap_or(self.terminal).max(self.terminal)
    }

    fn supply_of(&self, year: usize) -> Amount {
        self.supplies.get(year).copied().unwrap_or(Amount::ZERO)
    }
}

impl Curve for Disinflation {
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
        let time = elapsed(self.start, self.end, at);
        // The year isn't 0.
        let index = time.checked_div(self.year.get()).unwrap_or(0);
        let into = time.checked_rem(self.year.get()).unwrap_or(0);
        let index = usize::try_from(index).unwrap_or(YEARS).min(self.years);
        let before = difference(self.supply_of(index), self.supply());
        let within = if index < self.years {
            let issue = difference(
                self.supply_of(index.saturating_add(1)),
                self.supply_of(index),
            );
            let part = mul_div(
                issue.get(),
                into.into(),
                self.year.get().into(),
                Rounding::Floor,
            );
            // Less than the year's.
            Amount::new(part.unwrap_or(0))
        } else {
            self.tail.map_or(Amount::ZERO, |tail| tail.emitted_at(at))
        };
        before.checked_add(within).unwrap_or(before)
    }
}

tokenomics_internals::checked_codec! {
    Disinflation::new(DisinflationParams) as RawDisinflation {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        supply: Amount = Disinflation::supply,
        year: Span = Disinflation::year,
        initial: Fraction = Disinflation::initial,
        taper: Fraction = Disinflation::taper,
        terminal: Fraction = Disinflation::terminal,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Disinflation {
    type Seed = (
        Timestamp,
        Timestamp,
        Amount,
        Span,
        (Fraction, Fraction, Fraction),
    );

    /// The rates are the initial one, the part by which it falls, and the terminal one.
    fn from_seed((from, to, supply, year, rates): Self::Seed) -> Option<Self> {
        let (start, end) = interval(from, to);
        let (initial, taper, terminal) = rates;
        let params = DisinflationParams {
            start,
            end,
            supply,
            year: year.max(Span::new(1)),
            initial,
            taper,
            terminal,
        };
        let of_supply = |supply| {
            let supply = Amount::new(supply);
            Self::new(DisinflationParams { supply, ..params })
        };
        let none = DisinflationParams {
            initial: Fraction::ZERO,
            terminal: Fraction::ZERO,
            ..params
        };
        // So slow a fall, or so large a rate for so long.
        of_a_part(supply.get(), of_supply).or_else(|| Self::new(none).ok())
    }
}
