//! The versions of one holder's lock through time.

use alloc::vec::Vec;

use tokenomics_fixed_math::{Timestamp, U256};

use crate::check::in_order;
use crate::{Error, Lock};

/// The versions of one lock through time, so that its weight at a past time can be told.
///
/// Keep one for each lock, and [`record`](Self::record) what each change returned at the time it
/// was made. A read is one binary search.
///
/// # Laws
/// `sum_is_total`: with every change recorded, the weights of all histories sum to
/// [`Escrow::total_at`](crate::Escrow::total_at) at every time.
///
/// ```
/// use tokenomics_escrow_weighting::{Escrow, LockHistory, Terms};
/// use tokenomics_fixed_math::{wad, Amount, Span, Timestamp, U256};
///
/// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
/// let mut escrow = Escrow::new(terms);
/// let at = Timestamp::new;
/// let lock = escrow.create(at(100), Amount::new(7), terms.decaying(wad!("1"), at(500))?)?;
/// let mut alice = LockHistory::new();
/// alice.record(at(100), lock)?;
/// alice.record(at(200), escrow.extend(at(200), lock, at(900))?)?;
///
/// assert_eq!(alice.weight_at(at(99)), U256::ZERO);
/// assert_eq!(alice.weight_at(at(199)), lock.weight_at(at(199)));
/// assert!(alice.weight_at(at(200)) > alice.weight_at(at(199)));
/// assert_eq!(alice.weight_at(at(199)), escrow.total_at(at(199)));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[doc(alias("checkpoint", "snapshot"))]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LockHistory {
    // Strictly increasing in time.
    versions: Vec<(Timestamp, Option<Lock>)>,
}

impl LockHistory {
    /// Creates the history of a lock that never was: it weighs nothing at any time.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            versions: Vec::new(),
        }
    }

    /// Restores a history from its [`versions`](Self::versions).
    ///
    /// # Errors
    /// [`Error::Stored`] unless each version is later than the one before it.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Lock, LockHistory, LockKind};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let kind = LockKind::Decaying { rate: 1, end: Timestamp::new(500) };
    /// let lock = Lock::new(Amount::new(7), kind)?;
    /// let mut alice = LockHistory::new();
    /// alice.record(Timestamp::new(100), lock)?;
    /// assert_eq!(LockHistory::restore(alice.versions().to_vec())?, alice);
    ///
    /// // At one time there is one version.
    /// let at = Timestamp::new(100);
    /// let twice = LockHistory::restore(vec![(at, Some(lock)), (at, None)]);
    /// assert_eq!(twice, Err(Error::Stored { at }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn restore(versions: Vec<(Timestamp, Option<Lock>)>) -> Result<Self, Error> {
        let times = || versions.iter().map(|&(since, _)| since);
        for (last, at) in times().zip(times().skip(1)) {
            if at <= last {
                return Err(Error::Stored { at });
            }
        }
        Ok(Self { versions })
    }

    /// Returns all versions: the lock from each time on, `None` where there is none.
    #[must_use]
    pub fn versions(&self) -> &[(Timestamp, Option<Lock>)] {
        &self.versions
    }

    /// Records that the lock is `lock` from `now` on. A second version at the same time replaces
    /// the first.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last version.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Lock, LockHistory, LockKind};
    /// # use tokenomics_fixed_math::{Amount, Timestamp, U256};
    /// let kind = LockKind::Decaying { rate: 1, end: Timestamp::new(500) };
    /// let lock = Lock::new(Amount::new(7), kind)?;
    /// let mut alice = LockHistory::new();
    /// alice.record(Timestamp::new(100), lock)?;
    /// assert_eq!(alice.weight_at(Timestamp::new(100)), U256::from(7 * 400));
    ///
    /// let (at, last) = (Timestamp::new(99), Timestamp::new(100));
    /// assert_eq!(alice.record(at, lock), Err(Error::Backdated { at, last }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn record(&mut self, now: Timestamp, lock: Lock) -> Result<(), Error> {
        self.push(now, Some(lock))
    }

    /// Records that there is no lock from `now` on: it was withdrawn, merged into another, or
    /// handed over.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last version.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Lock, LockHistory, LockKind};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// // Handed over at 200, long before its end.
    /// let kind = LockKind::Decaying { rate: 1, end: Timestamp::new(500) };
    /// let lock = Lock::new(Amount::new(7), kind)?;
    /// let mut alice = LockHistory::new();
    /// alice.record(Timestamp::new(100), lock)?;
    /// alice.close(Timestamp::new(200))?;
    /// assert_eq!(alice.lock_at(Timestamp::new(199)), Some(lock));
    /// assert_eq!(alice.lock_at(Timestamp::new(200)), None);
    /// assert!(alice.close(Timestamp::new(199)).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn close(&mut self, now: Timestamp) -> Result<(), Error> {
        self.push(now, None)
    }

    /// Returns the lock as it was at `at`, ended or not; `None` where there was none.
    #[must_use]
    pub fn lock_at(&self, at: Timestamp) -> Option<Lock> {
        let known = self.versions.partition_point(|&(since, _)| since <= at);
        let last = known.checked_sub(1)?;
        self.versions.get(last).and_then(|&(_, lock)| lock)
    }

    /// Returns the undivided weight at `at`, in base units × time × 10^−18; after the last version, the
    /// weight if nothing changes until then.
    ///
    /// # Rounding
    /// None: it is exact.
    #[doc(alias("balanceOfAt", "get_past_votes"))]
    #[must_use]
    pub fn weight_at(&self, at: Timestamp) -> U256 {
        self.lock_at(at)
            .map_or(U256::ZERO, |lock| lock.weight_at(at))
    }

    fn push(&mut self, now: Timestamp, lock: Option<Lock>) -> Result<(), Error> {
        if let Some(version) = self.versions.last_mut() {
            in_order(version.0, now)?;
            if version.0 == now {
                version.1 = lock;
                return Ok(());
            }
        }
        self.versions.push((now, lock));
        Ok(())
    }
}

/// The versions, unchecked.
#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "LockHistory", deny_unknown_fields)
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
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("RawLockHistory", "LockHistory"))
)]
pub(crate) struct RawLockHistory {
    versions: Vec<(Timestamp, Option<Lock>)>,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl From<&LockHistory> for RawLockHistory {
    fn from(history: &LockHistory) -> Self {
        let versions = history.versions.clone();
        Self { versions }
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl TryFrom<RawLockHistory> for LockHistory {
    type Error = Error;

    fn try_from(raw: RawLockHistory) -> Result<Self, Error> {
        Self::restore(raw.versions)
    }
}

tokenomics_internals::checked_codec! {
    [] LockHistory as RawLockHistory
}
