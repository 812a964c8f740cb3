//! The kinds of locks: how much a unit weighs through time.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::{Timestamp, U256};

/// The weight of one unit of a lock through time, in units of time × 10^−18: it falls to the end, stays, or
/// grows with the age of the lock.
///
/// [`Terms`](crate::Terms) makes them of multipliers, and divides what they come to:
/// [`decaying`](crate::Terms::decaying), [`constant`](crate::Terms::constant),
/// [`permanent`](crate::Terms::permanent) and [`growing`](crate::Terms::growing).
///
/// ```
/// use tokenomics_escrow_weighting::{LockKind, Terms};
/// use tokenomics_fixed_math::{wad, Span, Timestamp};
///
/// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
/// let end = Timestamp::new(500);
/// let kind = terms.decaying(wad!("1"), end)?;
/// assert_eq!(kind, LockKind::Decaying { rate: 10_u128.pow(18), end });
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
pub enum LockKind {
    /// A unit weighs rate·(end − t) until the end, and nothing from then on: vote escrow.
    Decaying {
        /// The weight that a unit loses with each unit of time.
        #[cfg_attr(
            feature = "serde",
            serde(with = "tokenomics_fixed_math::serde_integer")
        )]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        rate: u128,
        /// The first time at which it weighs nothing, and can be withdrawn.
        end: Timestamp,
    },
    /// A unit weighs the same until the end, and nothing from then on: a weight fixed by the length
    /// of the lock, or for good.
    Constant {
        /// The weight of a unit.
        #[cfg_attr(
            feature = "serde",
            serde(with = "tokenomics_fixed_math::serde_integer")
        )]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        level: u128,
        /// The first time at which it weighs nothing, and can be withdrawn; none for a permanent lock.
        end: Option<Timestamp>,
    },
    /// A unit weighs level + rate·(t − since), from `full` on as much as then, and nothing from the
    /// end on: a bonus for age.
    Growing {
        /// The weight of a unit at first.
        #[cfg_attr(
            feature = "serde",
            serde(with = "tokenomics_fixed_math::serde_integer")
        )]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        level: u128,
        /// The weight that a unit gains with each unit of time.
        #[cfg_attr(
            feature = "serde",
            serde(with = "tokenomics_fixed_math::serde_integer")
        )]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        rate: u128,
        /// The time at which the bonus begins to grow.
        since: Timestamp,
        /// The time at which it stops growing; not before `since`.
        full: Timestamp,
        /// The first time at which it weighs nothing, and can be withdrawn; none for a permanent lock.
        end: Option<Timestamp>,
    },
}

tokenomics_internals::borsh_variants! {
    [] LockKind {
        0: Decaying { rate, end },
        1: Constant { level, end: tokenomics_internals::borsh_read::option },
        2: Growing {
            level,
            rate,
            since,
            full,
            end: tokenomics_internals::borsh_read::option,
        },
    }
}

impl LockKind {
    /// Returns the end: the first time at which a unit is no longer locked; `None` for a permanent
    /// lock.
    #[must_use]
    pub const fn end(&self) -> Option<Timestamp> {
        match *self {
            Self::Decaying { end, .. } => Some(end),
            Self::Constant { end, .. } | Self::Growing { end, .. } => end,
        }
    }

    /// Returns what a unit weighs at a time, in units of time × 10^−18; `None` if that has more than
    /// 128 bits, which no lock's has.
    #[must_use]
    pub fn unit_weight_at(&self, at: Timestamp) -> Option<u128> {
        if self.end().is_some_and(|end| end <= at) {
            return Some(0);
        }
        match *self {
            Self::Decaying { rate, end } => along(rate, at, end),
            Self::Constant { level, .. } => Some(level),
            Self::Growing {
                level,
                rate,
                since,
                full,
                ..
            } => level.checked_add(along(rate, since, at.min(full))?),
        }
    }

    /// Returns the most that a unit weighs from `from` on.
    pub(crate) fn peak_from(&self, from: Timestamp) -> Option<u128> {
        match *self {
            Self::Decaying { .. } => self.unit_weight_at(from),
            Self::Constant { level, .. } => Some(level),
            Self::Growing {
                level,
                rate,
                since,
                full,
                ..
            } => level.checked_add(along(rate, since, full)?),
        }
    }

    /// Returns the kind with this end, and all else as it is.
    ///
    /// ```
    /// use tokenomics_escrow_weighting::LockKind;
    /// use tokenomics_fixed_math::Timestamp;
    ///
    /// let (first, later) = (Timestamp::new(500), Timestamp::new(600));
    /// let kind = LockKind::Decaying { rate: 1, end: first };
    /// assert_eq!(kind.until(later), LockKind::Decaying { rate: 1, end: later });
    /// ```
    #[must_use]
    pub const fn until(mut self, new_end: Timestamp) -> Self {
        match &mut self {
            Self::Decaying { end, .. } => *end = new_end,
            Self::Constant { end, .. } | Self::Growing { end, .. } => *end = Some(new_end),
        }
        self
    }
}

/// Returns rate·(to − from): 0 if `to` isn't later.
fn along(rate: u128, from: Timestamp, to: Timestamp) -> Option<u128> {
    // In full, as the processors of chains have no product of 128 bits to check.
    let passed = to.get().saturating_sub(from.get());
    U256::product(rate, passed.into()).to_u128().ok()
}
