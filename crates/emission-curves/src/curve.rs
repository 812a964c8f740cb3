//! What every emission curve answers.

use tokenomics_fixed_math::{Amount, Timestamp};

/// How much has been emitted by when: a cumulative curve, of which every interval is a difference.
///
/// Every answer is a pure function of the parameters and the time asked about, and none fails:
/// constructors prove that no evaluation can overflow. Nothing has to be called on time, and
/// nothing is lost by calling late.
///
/// # Rounding
/// Floor for what has been emitted, where a curve comes to parts of a unit at all; Ceil for the time
/// of an amount, since no earlier time would do.
///
/// # Laws
/// - `additive`: for a ≤ b ≤ c, what is emitted between a and b and between b and c sums to what
///   is emitted between a and c.
/// - `capped`: `emitted_at(t)` ≤ `cap()`, 0 for t ≤ `start()`, and `cap()` for t ≥ `end()`.
/// - `monotone`: a ≤ b implies `emitted_at(a)` ≤ `emitted_at(b)`.
/// - `inverse_is_tight`: `time_of(x)` is the earliest t with `emitted_at(t)` ≥ x.
///
/// ```
/// use tokenomics_emission_curves::{ArrayEpochs, Curve, GeometricEpochs};
/// use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
///
/// // 100, then 50, then 25 a second, ten seconds each.
/// let curve = GeometricEpochs::<ArrayEpochs<3>>::in_array(
///     Timestamp::new(1_000), Span::new(10), Amount::new(100), Ratio::new(1, 2)?, Some(3),
/// )?;
/// assert_eq!(curve.emitted_at(Timestamp::new(1_012)), Amount::new(1_100));
/// assert_eq!(curve.time_of(Amount::new(1_101)), Some(Timestamp::new(1_013)));
/// assert_eq!(curve.cap(), Amount::new(1_750));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
pub trait Curve {
    /// All that is ever emitted: what [`emitted_at`](Curve::emitted_at) says at the end and after.
    fn cap(&self) -> Amount;

    /// Where it begins: nothing is emitted at it or before.
    fn start(&self) -> Timestamp;

    /// Where it ends: the cap is emitted at it and ever after.
    fn end(&self) -> Timestamp;

    /// What has been emitted by `at`, from the start.
    fn emitted_at(&self, at: Timestamp) -> Amount;

    /// What is emitted after `from` and by `to`: zero if `to` is not after `from`.
    fn emitted_between(&self, from: Timestamp, to: Timestamp) -> Amount {
        // By `monotone` it is negative only where `to` is before `from`.
        self.emitted_at(to)
            .checked_sub(self.emitted_at(from))
            .unwrap_or(Amount::ZERO)
    }

    /// The earliest time by which at least `amount` has been emitted; `None` above the cap.
    ///
    /// For an amount of 0 that is [`Timestamp::ZERO`], since 0 has been emitted at every time.
    fn time_of(&self, amount: Amount) -> Option<Timestamp>;

    /// The rate in force at `at`, in base units per unit of the clock: what is emitted between
    /// `at` and one unit later.
    fn rate_at(&self, at: Timestamp) -> Amount;
}

impl<C: Curve + ?Sized> Curve for &C {
    fn cap(&self) -> Amount {
        (**self).cap()
    }

    fn start(&self) -> Timestamp {
        (**self).start()
    }

    fn end(&self) -> Timestamp {
        (**self).end()
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        (**self).emitted_at(at)
    }

    fn emitted_between(&self, from: Timestamp, to: Timestamp) -> Amount {
        (**self).emitted_between(from, to)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        (**self).time_of(amount)
    }

    fn rate_at(&self, at: Timestamp) -> Amount {
        (**self).rate_at(at)
    }
}
