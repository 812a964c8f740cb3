//! The weight of a lock within a window of time.

use tokenomics_fixed_math::{Amount, Timestamp, U256};
use tokenomics_internals::Change;

use crate::line::Line;
use crate::{Lock, LockKind, Quantity};

/// The weight of a lock from one time until another: as a whole, until a delegation expires, or from
/// then on.
///
/// It is what [`Totals`](crate::Totals) are of. A [`Lock`] is the power that it has at any time.
///
/// ```
/// use tokenomics_escrow_weighting::{Lock, LockKind, Power};
/// use tokenomics_fixed_math::{Amount, Timestamp, U256};
///
/// let (at, end) = (Timestamp::new, Timestamp::new(100));
/// let lock = Lock::new(Amount::new(2), LockKind::Decaying { rate: 1, end })?;
/// let lent = Power::from(lock).until(at(40));
/// assert_eq!(lent.weight_at(at(39)), U256::from(2 * 61));
/// assert_eq!(lent.weight_at(at(40)), U256::ZERO);
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
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
pub struct Power {
    lock: Lock,
    from: Timestamp,
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
    )]
    until: Option<Timestamp>,
}

impl From<Lock> for Power {
    fn from(lock: Lock) -> Self {
        Self {
            lock,
            from: Timestamp::ZERO,
            until: None,
        }
    }
}

impl Power {
    /// Returns it up to a time: nothing from then on.
    #[must_use]
    pub fn until(self, until: Timestamp) -> Self {
        let until = self.until.map_or(until, |earlier| earlier.min(until));
        let until = Some(until);
        Self { until, ..self }
    }

    /// Returns it from a time on: nothing before.
    #[must_use]
    pub fn starting(self, from: Timestamp) -> Self {
        let from = self.from.max(from);
        Self { from, ..self }
    }

    /// Returns the lock.
    #[must_use]
    pub const fn lock(&self) -> Lock {
        self.lock
    }

    /// Returns the amount that is locked.
    #[must_use]
    pub const fn amount(&self) -> Amount {
        self.lock.amount()
    }

    /// Returns the undivided weight at a time, in base units × time × 10^−18.
    ///
    /// # Rounding
    /// None: it is exact.
    #[must_use]
    pub fn weight_at(&self, at: Timestamp) -> U256 {
        if at < self.from || self.is_over(at) {
            return U256::ZERO;
        }
        self.lock.weight_at(at)
    }

    /// Returns what a time is at which its weight changes.
    pub(crate) fn name_of(&self, at: Timestamp) -> Quantity {
        if self.lock.end() == Some(at) {
            return Quantity::End;
        }
        if self.until == Some(at) {
            return Quantity::Until;
        }
        match self.lock.kind() {
            LockKind::Growing { since, .. } if since == at => Quantity::Since,
            LockKind::Growing { full, .. } if full == at => Quantity::Full,
            _ => Quantity::From,
        }
    }

    fn is_over(&self, at: Timestamp) -> bool {
        self.until.is_some_and(|until| until <= at)
    }

    /// Returns the line of its weight at `now`, and the changes of that after `now`.
    pub(crate) fn lines_from(&self, now: Timestamp) -> (Line, Changes) {
        let mut changes = Changes::default();
        let start = now.max(self.from);
        if self.is_over(start) {
            return (Line::NONE, changes);
        }
        let (first, later) = lines_of(&self.lock, start);
        let mut sum = first;
        if start > now {
            changes.push(start, first);
        }
        for (at, line) in later.into_iter().filter(|&(at, _)| !self.is_over(at)) {
            changes.push(at, line);
            sum = sum.plus(line);
        }
        if let Some(until) = self.until {
            changes.push(until, sum.negated());
        }
        let begins = if start > now { Line::NONE } else { first };
        (begins, changes)
    }
}

/// The changes of a weight, by their times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Changes {
    changes: [(Timestamp, Line); 5],
}

impl Changes {
    fn push(&mut self, at: Timestamp, line: Line) {
        let mut places = self.changes.iter_mut();
        // A power begins, bends twice, ends, or is cut short: at most five.
        if let Some(free) = places.find(|(_, line)| *line == Line::NONE) {
            *free = (at, line);
        }
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (Timestamp, Line)> + '_ {
        let changes = self.changes.iter().copied();
        changes.filter(|&(_, line)| line != Line::NONE)
    }
}

/// Returns the line of a lock's weight at `now`, and the changes of that after `now`, in order.
fn lines_of(lock: &Lock, now: Timestamp) -> (Line, [(Timestamp, Line); 3]) {
    if lock.has_ended(now) {
        return (Line::NONE, [NO_CHANGE; 3]);
    }
    let amount = lock.amount().get();
    let (first, [since, full]) = match lock.kind() {
        LockKind::Decaying { rate, end } => (Line::falling(amount, rate, end), [NO_CHANGE; 2]),
        LockKind::Constant { level, .. } => (Line::constant(amount, level), [NO_CHANGE; 2]),
        LockKind::Growing {
            level,
            rate,
            since,
            full,
            end,
        } => {
            // The lock's constructor has seen that they fit.
            let bonus = rate.saturating_mul(full.get().saturating_sub(since.get()).into());
            let least = Line::constant(amount, level);
            let growing = least.plus(Line::rising(amount, rate, since));
            let most = Line::constant(amount, level.saturating_add(bonus));
            let begins = (since, growing.plus(least.negated()));
            let stops = (full, most.plus(growing.negated()));
            bent(least, [begins, stops], now, end)
        }
    };
    let last = first.plus(since.1).plus(full.1);
    let end = lock.end().map_or(NO_CHANGE, |end| (end, last.negated()));
    (first, [since, full, end])
}

/// Returns a line with its bends by `now`, and those after `now` and before the end.
fn bent(
    line: Line,
    bends: [(Timestamp, Line); 2],
    now: Timestamp,
    end: Option<Timestamp>,
) -> (Line, [(Timestamp, Line); 2]) {
    let past = bends.iter().filter(|&&(at, _)| at <= now);
    let first = past.fold(line, |sum, &(_, bend)| sum.plus(bend));
    let is_ahead = |at: Timestamp| now < at && end.is_none_or(|end| at < end);
    let ahead = bends.map(|bend| if is_ahead(bend.0) { bend } else { NO_CHANGE });
    (first, ahead)
}

/// No change, at whatever time.
const NO_CHANGE: (Timestamp, Line) = (Timestamp::MAX, Line::NONE);
