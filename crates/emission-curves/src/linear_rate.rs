//! Emission at a rate that falls or rises along a line.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Timestamp, U256};

use crate::check::{elapsed, length};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{interval, of_a_part, FromSeed};
use crate::{Curve, Error};

/// Linear decay: emission at a rate that goes evenly from one value at the start to another, often
/// 0, at the end. Where the last is the larger, it is a ramp.
///
/// # Rounding
/// Floor for what has been emitted: the exact integral of the rate, rounded once.
///
/// # Laws
/// Those of [`Curve`]. `emitted_at` is one division of 256 bits; `time_of` is a search.
///
/// ```
/// use tokenomics_emission_curves::{Curve, LinearRate};
/// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
///
/// // From 10 a second down to 0, in 100 seconds.
/// let (start, end) = (Timestamp::new(1_000), Timestamp::new(1_100));
/// let curve = LinearRate::new(start, end, Ratio::new(10, 1)?, Ratio::new(0, 1)?)?;
/// assert_eq!(curve.cap(), Amount::new(500));
/// assert_eq!(curve.emitted_at(Timestamp::new(1_050)), Amount::new(375));
/// assert_eq!(curve.time_of(Amount::new(375)), Some(Timestamp::new(1_050)));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
///
/// # Source
/// mStable's MTA schedule, and the many vesting-like programmes "down to 0 by the end". Those
/// change the rate by steps; here it is a line, so there is no step to miss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LinearRate {
    start: Timestamp,
    // After the start.
    end: Timestamp,
    initial: Ratio,
    last: Ratio,
    // The two rates in units of 1 / (divisor / 2(end − start)).
    numerators: [u128; 2],
    divisor: u128,
}

impl LinearRate {
    /// Creates a curve whose rate goes from `initial` at `start` to `last` at `end`, both in base
    /// units per unit of the clock.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an end that is not after the start; [`Error::Overflow`] if all of
    /// it is above [`Amount::MAX`], or if the two rates have no common denominator that times twice
    /// the length fits 128 bits.
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Curve, Error, LinearRate};
    /// # use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// let (start, end) = (Timestamp::ZERO, Timestamp::new(60));
    /// let ramp = LinearRate::new(start, end, Ratio::ZERO, Ratio::from_integer(2))?;
    /// assert_eq!(ramp.cap(), Amount::new(60)); // 1 a second on average
    ///
    /// let too_much = LinearRate::new(start, end, Ratio::ZERO, Ratio::from_integer(u128::MAX));
    /// assert!(matches!(too_much, Err(Error::Overflow { .. })));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(
        start: Timestamp,
        end: Timestamp,
        initial: Ratio,
        last: Ratio,
    ) -> Result<Self, Error> {
        let length = u128::from(length(start, end)?);
        let product = |a, b| U256::product(a, b).to_u128();
        let (a, b) = (initial.reduced(), last.reduced());
        // Over the least common denominator.
        let by = Ratio::new(b.denominator(), a.denominator())?.reduced();
        let numerators = [
            product(a.numerator(), by.numerator())?,
            product(b.numerator(), by.denominator())?,
        ];
        // Twice a length of 64 bits.
        let twice = length.wrapping_mul(2);
        let divisor = product(product(a.denominator(), by.numerator())?, twice)?;
        let curve = Self {
            start,
            end,
            initial,
            last,
            numerators,
            divisor,
        };
        // It is the largest there is: from here on no evaluation fails.
        curve.integral(length)?;
        Ok(curve)
    }

    /// Returns the rate at the start, in base units per unit of the clock.
    #[must_use]
    pub const fn initial_rate(&self) -> Ratio {
        self.initial
    }

    /// Returns the rate at the end, in base units per unit of the clock.
    #[must_use]
    pub const fn last_rate(&self) -> Ratio {
        self.last
    }

    /// Returns ⌊(a·(2L − e) + b·e)·e / (2L·d)⌋, e into a line from a/d to b/d over a length of L.
    ///
    /// Its derivative in e is the rate, which is never below 0: it never falls.
    fn integral(&self, into: u128) -> Result<Amount, Error> {
        let [a, b] = self.numerators;
        let length = self.end.get().saturating_sub(self.start.get());
        // Neither wraps: the length has 64 bits, and `into` is at most the length.
        let rest = u128::from(length).wrapping_mul(2).wrapping_sub(into);
        let sum = U256::product(a, rest).checked_add(U256::product(b, into))?;
        let integral = sum.checked_mul(into)?;
        let emitted = integral.checked_div(self.divisor, Rounding::Floor)?;
        Ok(Amount::new(emitted.to_u128()?))
    }
}

impl Curve for LinearRate {
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
        let into = elapsed(self.start, self.end, at);
        self.integral(into.into()).unwrap_or(Amount::ZERO)
    }
}

tokenomics_internals::checked_codec! {
    LinearRate::new as RawLinearRate {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        initial: Ratio = LinearRate::initial_rate,
        last: Ratio = LinearRate::last_rate,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for LinearRate {
    type Seed = (Timestamp, Timestamp, Ratio, Amount);

    fn from_seed((from, to, initial, last): Self::Seed) -> Option<Self> {
        let (start, end) = interval(from, to);
        // Twice the length times it fits.
        let denominator = initial.denominator().min(1 << 62);
        let second = of_a_part(last.get(), |n| {
            Self::new(start, end, Ratio::ZERO, Ratio::new(n, denominator)?)
        })?;
        of_a_part(initial.numerator(), |n| {
            Self::new(start, end, Ratio::new(n, denominator)?, second.last)
        })
    }
}
