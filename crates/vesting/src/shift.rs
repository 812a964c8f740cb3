//! A schedule moved along the clock.

use tokenomics_fixed_math::{Amount, Span, Timestamp};

use crate::check::at_most;
use crate::pieces::shifted;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::FromSeed;
use crate::{Each, Error, Pieces, Quantity, Resize, Schedule};

/// A schedule moved along the clock as a whole: what vests, vests so much later or earlier.
///
/// # Rounding
/// That of the schedule.
///
/// # Laws
/// Those of [`Schedule`], as far as the schedule keeps them.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Span, Timestamp};
/// use tokenomics_vesting::{Linear, Schedule, Shift};
///
/// let linear = Linear::new(Timestamp::new(100), Timestamp::new(200), Amount::new(1_000))?;
/// let late = Shift::later(linear, Span::new(30))?;
/// assert_eq!(late.vested_at(Timestamp::new(180)), linear.vested_at(Timestamp::new(150)));
/// assert_eq!(late.end(), Timestamp::new(230));
/// assert_eq!(Shift::earlier(late, Span::new(30))?.end(), linear.end());
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
///
/// # Source
/// Streamflow's pause, which moves a stream's remaining times by how long it stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawShift<S>",
        bound(deserialize = "S: Schedule + serde::Deserialize<'de>")
    )
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
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct Shift<S> {
    inner: S,
    by: Span,
    earlier: bool,
}

impl<S: Schedule> Shift<S> {
    /// Creates `inner` moved later by `by`.
    ///
    /// # Errors
    /// [`Error::Overflow`] if it would end past [`Timestamp::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// use tokenomics_vesting::{Cliff, Error, Schedule, Shift};
    ///
    /// let cliff = Cliff::new(Timestamp::new(100), Amount::new(500));
    /// let late = Shift::later(cliff, Span::new(30))?;
    /// assert_eq!(late.vested_at(Timestamp::new(129)), Amount::ZERO);
    /// assert_eq!(late.vested_at(Timestamp::new(130)), Amount::new(500));
    ///
    /// assert!(matches!(Shift::later(cliff, Span::MAX), Err(Error::Overflow { .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn later(inner: S, by: Span) -> Result<Self, Error> {
        Self::new(inner, by, false)
    }

    /// Creates `inner` moved earlier by `by`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if it would start before [`Timestamp::ZERO`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// use tokenomics_vesting::{Cliff, Error, Schedule, Shift};
    ///
    /// let cliff = Cliff::new(Timestamp::new(100), Amount::new(500));
    /// let early = Shift::earlier(cliff, Span::new(100))?;
    /// assert_eq!(early.vested_at(Timestamp::ZERO), Amount::new(500));
    ///
    /// let before = Shift::earlier(cliff, Span::new(101));
    /// assert!(matches!(before, Err(Error::OutOfRange { value: 101, bound: 100, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn earlier(inner: S, by: Span) -> Result<Self, Error> {
        Self::new(inner, by, true)
    }

    pub(crate) fn new(inner: S, by: Span, earlier: bool) -> Result<Self, Error> {
        if earlier {
            let most = inner.start().get().into();
            at_most(Quantity::Shift, by.get().into(), most)?;
        } else {
            inner.end().checked_add(by)?;
        }
        Ok(Self { inner, by, earlier })
    }

    /// Creates the same shift of another schedule that has the start and the end of this one's.
    pub(crate) const fn of<T: Schedule>(&self, inner: T) -> Shift<T> {
        Shift {
            inner,
            by: self.by,
            earlier: self.earlier,
        }
    }

    /// Returns the schedule before it was moved.
    #[must_use]
    pub const fn inner(&self) -> &S {
        &self.inner
    }

    /// Returns how far it is moved.
    #[must_use]
    pub const fn by(&self) -> Span {
        self.by
    }

    /// Returns whether it is moved earlier, rather than later.
    #[must_use]
    pub const fn is_earlier(&self) -> bool {
        self.earlier
    }

    /// Returns the time to which a time of the schedule moves, if it lies on the clock.
    fn moved(&self, at: Timestamp) -> Option<Timestamp> {
        let moved = if self.earlier {
            at.checked_sub(self.by)
        } else {
            at.checked_add(self.by)
        };
        moved.ok()
    }
}

impl<S: Schedule> Schedule for Shift<S> {
    fn total(&self) -> Amount {
        self.inner.total()
    }

    fn start(&self) -> Timestamp {
        // The constructor has moved the start to earlier, or the end to later, and no schedule
        // starts after its end: neither this nor the next leaves the clock.
        self.moved(self.inner.start()).unwrap_or(Timestamp::ZERO)
    }

    fn end(&self) -> Timestamp {
        self.moved(self.inner.end()).unwrap_or(Timestamp::MAX)
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        if self.earlier {
            // What would be asked about past the end of the clock is past the schedule's end.
            let at = at.checked_add(self.by).unwrap_or(Timestamp::MAX);
            return self.inner.vested_at(at);
        }
        // Before the clock begins nothing has vested.
        at.checked_sub(self.by)
            .map_or(Amount::ZERO, |at| self.inner.vested_at(at))
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        // Between the schedule's start and its end, as nothing has vested before and all by then.
        self.moved(self.inner.time_of(amount)?)
    }
}

impl<S: Pieces> Pieces for Shift<S> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        shifted(self.inner(), self.by(), self.is_earlier(), last, each)
    }
}

impl<S: Resize + Clone> Resize for Shift<S> {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Self::new(
            self.inner().with_total(total)?,
            self.by(),
            self.is_earlier(),
        )
    }
}

tokenomics_internals::checked_codec! {
    Shift<S: Schedule>::new as RawShift {
        inner: S,
        by: Span,
        #[cfg_attr(
            feature = "borsh",
            borsh(deserialize_with = "tokenomics_internals::borsh_read::truth")
        )]
        earlier: bool,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl<S: Schedule> FromSeed for Shift<S> {
    type Seed = (S, Span, bool);

    /// Moved by as much as the clock has room for.
    fn from_seed((inner, by, earlier): Self::Seed) -> Option<Self> {
        let room = if earlier {
            inner.start().since(Timestamp::ZERO)
        } else {
            Timestamp::MAX.since(inner.end())
        };
        Self::new(inner, by.min(room?), earlier).ok()
    }
}
