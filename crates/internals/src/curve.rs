//! The trait of cumulative emission curves.

use tokenomics_fixed_math::{earliest, Amount, Span, Timestamp};

/// A cumulative emission curve: the amount emitted by a time, of which every interval is a
/// difference.
///
/// Every answer is a pure function of the parameters and the time asked about, and none fails:
/// constructors prove that no evaluation can overflow. Nothing has to be called on time, and
/// nothing is lost by calling late.
///
/// # Rounding
/// Floor for the emitted amount, once, where a curve comes to parts of a unit at all; Ceil for the
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
/// # use tokenomics_internals::Curve;
/// use tokenomics_fixed_math::{Amount, Timestamp};
///
/// /// Seven a second for a minute.
/// struct Minute;
///
/// impl Curve for Minute {
///     fn cap(&self) -> Amount {
///         Amount::new(420)
///     }
///     fn start(&self) -> Timestamp {
///         Timestamp::ZERO
///     }
///     fn end(&self) -> Timestamp {
///         Timestamp::new(60)
///     }
///     fn emitted_at(&self, at: Timestamp) -> Amount {
///         Amount::new(u128::from(at.get().min(60)) * 7)
///     }
/// }
///
/// let between = Minute.emitted_between(Timestamp::new(10), Timestamp::new(90));
/// assert_eq!(between, Amount::new(350));
/// assert_eq!(Minute.remaining_after(Timestamp::new(10)), Amount::new(350));
/// assert_eq!(Minute.time_of(Amount::new(71)), Some(Timestamp::new(11)));
/// assert_eq!(Minute.time_of(Amount::new(421)), None);
/// assert_eq!(Minute.rate_at(Timestamp::new(59)), Amount::new(7));
/// assert_eq!(Minute.rate_at(Timestamp::new(60)), Amount::ZERO);
/// ```
pub trait Curve {
    /// Returns all that is ever emitted: [`emitted_at`](Curve::emitted_at) at the end and after.
    fn cap(&self) -> Amount;

    /// Returns the start: nothing is emitted at it or before.
    fn start(&self) -> Timestamp;

    /// Returns the end: the cap is emitted at it and ever after.
    fn end(&self) -> Timestamp;

    /// Returns the amount emitted from the start to `at`.
    fn emitted_at(&self, at: Timestamp) -> Amount;

    /// Returns the amount emitted after `from` and by `to`: zero if `to` is not after `from`.
    fn emitted_between(&self, from: Timestamp, to: Timestamp) -> Amount {
        difference(self.emitted_at(to), self.emitted_at(from))
    }

    /// Returns the amount still to come after `at`: the cap less what has been emitted.
    fn remaining_after(&self, at: Timestamp) -> Amount {
        difference(self.cap(), self.emitted_at(at))
    }

    /// Returns the earliest time by which at least `amount` has been emitted; `None` above the cap.
    ///
    /// For an amount of 0 that is [`Timestamp::ZERO`], since 0 has been emitted at every time.
    ///
    /// Unless a curve overrides it with a closed form, this is a bisection of at most 65
    /// evaluations.
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

    /// Returns the rate in force at `at`, in base units per unit of the clock: what is emitted
    /// between `at` and one unit later.
    fn rate_at(&self, at: Timestamp) -> Amount {
        // At the clock's last unit there is no next one.
        let next = at.checked_add(Span::new(1)).unwrap_or(at);
        self.emitted_between(at, next)
    }
}

/// Subtracts `part` from `whole`; the result is zero if `part` is the larger of the two.
///
/// By `monotone` that never is so for two answers of a curve, forward in time.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_internals::difference;
///
/// assert_eq!(difference(Amount::new(5), Amount::new(3)), Amount::new(2));
/// assert_eq!(difference(Amount::new(3), Amount::new(5)), Amount::ZERO);
/// ```
#[must_use]
pub fn difference(whole: Amount, part: Amount) -> Amount {
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
