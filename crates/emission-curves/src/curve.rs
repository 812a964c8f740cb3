//! What every emission curve answers.

use tokenomics_fixed_math::{Amount, Span, Timestamp};

use crate::search::earliest;

/// How much has been emitted by when: a cumulative curve, of which every interval is a difference.
///
/// Every answer is a pure function of the parameters and the time asked about, and none fails:
/// constructors prove that no evaluation can overflow. Nothing has to be called on time, and
/// nothing is lost by calling late.
///
/// # Rounding
/// Floor for what has been emitted, once, where a curve comes to parts of a unit at all; Ceil for the
/// time of an amount, since no earlier time would do.
///
/// # Laws
/// - `additive`: for a ≤ b ≤ c, what is emitted between a and b and between b and c sums to what
///   is emitted between a and c.
/// - `capped`: `emitted_at(t)` ≤ `cap()`, 0 for t ≤ `start()`, and `cap()` for t ≥ `end()`.
/// - `monotone`: a ≤ b implies `emitted_at(a)` ≤ `emitted_at(b)`.
/// - `inverse_is_tight`: `time_of(x)` is the earliest t with `emitted_at(t)` ≥ x.
/// - `rate_is_the_next_unit`: `rate_at(t)` is what is emitted between t and t + 1.
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
        difference(self.emitted_at(to), self.emitted_at(from))
    }

    /// What is still to come after `at`: the cap less what has been emitted.
    fn remaining_after(&self, at: Timestamp) -> Amount {
        difference(self.cap(), self.emitted_at(at))
    }

    /// The earliest time by which at least `amount` has been emitted; `None` above the cap.
    ///
    /// For an amount of 0 that is [`Timestamp::ZERO`], since 0 has been emitted at every time.
    ///
    /// Unless a curve has a closed form of it, it is a search: at most 65 evaluations.
    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        if amount > self.cap() {
            return None;
        }
        Some(earliest(self.start(), Timestamp::MAX, |at| {
            self.emitted_at(at) >= amount
        }))
    }

    /// The rate in force at `at`, in base units per unit of the clock: what is emitted between
    /// `at` and one unit later.
    fn rate_at(&self, at: Timestamp) -> Amount {
        // At the clock's last unit there is no next one.
        let next = at.checked_add(Span::new(1)).unwrap_or(at);
        self.emitted_between(at, next)
    }
}

/// What is above the one in the other; by `monotone` never less than nothing where it is asked for
/// forward in time.
pub(crate) fn difference(whole: Amount, part: Amount) -> Amount {
    whole.checked_sub(part).unwrap_or(Amount::ZERO)
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

    fn remaining_after(&self, at: Timestamp) -> Amount {
        (**self).remaining_after(at)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        (**self).time_of(amount)
    }

    fn rate_at(&self, at: Timestamp) -> Amount {
        (**self).rate_at(at)
    }
}
