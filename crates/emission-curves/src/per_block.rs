//! Schedules on block heights, with the block time that they are made for.

use tokenomics_fixed_math::{mul_div, Amount, Ratio, Rounding, Span, Timestamp};
use tokenomics_internals::difference;

use crate::check::{in_range, positive};
use crate::{Curve, Error, Quantity};

/// A schedule per block: a curve on a clock of block heights, with the block time that it is made
/// for.
///
/// So it is a curve on the clock of time too, and what blocks that come faster or slower do to it
/// can be told. The chain emits by height, whatever the time: [`drift`](Self::drift) compares. As a
/// [`Curve`] it says what is due by a time, if blocks keep theirs.
///
/// # Rounding
/// Floor for the height that is due; Ceil for the time of a height. Nothing else rounds.
///
/// # Laws
/// Those of [`Curve`], as far as the curve of heights keeps them; `blocks_keep_time`: the height
/// due at a time is the last one whose time isn't later.
///
/// ```
/// use tokenomics_emission_curves::{Constant, Curve, PerBlock};
/// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
///
/// // 100 a block, meant as 100 a second; blocks come every 5/6 s. A year later a fifth too much is
/// // there.
/// let (genesis, forever) = (Timestamp::ZERO, Timestamp::new(10_000_000_000));
/// let of_heights = Constant::new(Timestamp::ZERO, forever, Ratio::new(100, 1)?)?;
/// let schedule = PerBlock::new(of_heights, genesis, Ratio::ONE)?;
/// let (year, height) = (Timestamp::new(31_536_000), Timestamp::new(37_843_200));
/// let drift = schedule.drift(height, year);
/// assert_eq!(drift.height_due(), Timestamp::new(31_536_000));
/// assert_eq!(drift.ahead(), Amount::new(630_720_000));
/// assert_eq!(drift.behind(), Amount::ZERO);
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
///
/// # Source
/// NEAR NEPs #132: rewards set for a block a second came out a fifth too high; cosmos-sdk #22675:
/// blocks per year as a parameter that drifts.
#[cfg_attr(doc, doc(alias("block_reward", "block_time")))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawPerBlock<C>",
        bound(deserialize = "C: Curve + serde::Deserialize<'de>")
    )
)]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
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
pub struct PerBlock<C> {
    inner: C,
    genesis: Timestamp,
    // Above 0, and the curve's end is on the clock.
    block_time: Ratio,
}

/// The drift of a schedule per block: what it has emitted, beside what is due.
///
/// ```
/// use tokenomics_emission_curves::{Constant, PerBlock};
/// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
///
/// // 5 a block, and a block every 12 seconds.
/// let (first, last) = (Timestamp::ZERO, Timestamp::new(1_000_000));
/// let heights = Constant::new(first, last, Ratio::from_integer(5))?;
/// let schedule = PerBlock::new(heights, Timestamp::ZERO, Ratio::from_integer(12))?;
///
/// // An hour later there should be 300 blocks, and 280 are there.
/// let drift = schedule.drift(Timestamp::new(280), Timestamp::new(3_600));
/// assert_eq!(drift.height_due(), Timestamp::new(300));
/// assert_eq!((drift.emitted(), drift.due()), (Amount::new(1_400), Amount::new(1_500)));
/// assert_eq!((drift.ahead(), drift.behind()), (Amount::ZERO, Amount::new(100)));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
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
pub struct Drift {
    height_due: Timestamp,
    emitted: Amount,
    due: Amount,
}

impl Drift {
    /// Returns the height at which the chain would be if blocks kept their time.
    #[must_use]
    pub const fn height_due(self) -> Timestamp {
        self.height_due
    }

    /// Returns the amount emitted by the height at which the chain is.
    #[must_use]
    pub const fn emitted(self) -> Amount {
        self.emitted
    }

    /// Returns the amount that is due by now.
    #[must_use]
    pub const fn due(self) -> Amount {
        self.due
    }

    /// Returns the amount emitted too early: zero if the chain is behind.
    #[must_use]
    pub fn ahead(self) -> Amount {
        difference(self.emitted, self.due)
    }

    /// Returns the amount that is due but hasn't been emitted: zero if the chain is ahead.
    #[must_use]
    pub fn behind(self) -> Amount {
        difference(self.due, self.emitted)
    }
}

impl<C: Curve> PerBlock<C> {
    /// Creates the schedule of `inner` on a clock of heights, of which 0 is at `genesis` and each
    /// following one `block_time` units of the clock of time later.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a block time of 0, and for a curve whose end isn't on the clock of
    /// time; [`Error::Overflow`] if the time to that end is above 128 bits.
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Constant, Curve, Error, PerBlock, Quantity};
    /// # use tokenomics_fixed_math::{Ratio, Timestamp};
    /// let heights = Constant::new(Timestamp::ZERO, Timestamp::new(100), Ratio::ONE)?;
    /// let genesis = Timestamp::new(5_000);
    /// let schedule = PerBlock::new(heights, genesis, Ratio::from_integer(12))?;
    /// assert_eq!(schedule.end(), Timestamp::new(5_000 + 1_200));
    ///
    /// let (what, value, bound) = (Quantity::BlockTime, 0, 1);
    /// let refused = PerBlock::new(heights, genesis, Ratio::ZERO);
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(inner: C, genesis: Timestamp, block_time: Ratio) -> Result<Self, Error> {
        positive(Quantity::BlockTime, block_time.numerator())?;
        let schedule = Self {
            inner,
            genesis,
            block_time,
        };
        schedule.time_due(schedule.inner.end())?;
        Ok(schedule)
    }

    /// Returns the curve on the clock of heights.
    #[must_use]
    pub const fn inner(&self) -> &C {
        &self.inner
    }

    /// Returns the time of height 0.
    #[must_use]
    pub const fn genesis(&self) -> Timestamp {
        self.genesis
    }

    /// Returns the declared block time: the units of the clock of time from each block to the next.
    #[must_use]
    pub const fn block_time(&self) -> Ratio {
        self.block_time
    }

    /// Returns the height that is due at `at`; 0 before the genesis.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn height_due(&self, at: Timestamp) -> Timestamp {
        let time = at.since(self.genesis).unwrap_or(Span::ZERO).get();
        let (n, d) = (self.block_time.numerator(), self.block_time.denominator());
        let height = mul_div(time.into(), d, n, Rounding::Floor);
        // Heights past the end of their clock are after every curve's end too.
        let height = height.ok().and_then(|height| u64::try_from(height).ok());
        Timestamp::new(height.unwrap_or(u64::MAX))
    }

    /// Returns the time at which a height is due.
    ///
    /// # Rounding
    /// Ceil: no earlier time would do.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] past [`Timestamp::MAX`]; [`Error::Overflow`] if the time to the height
    /// is above 128 bits.
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Constant, PerBlock};
    /// # use tokenomics_fixed_math::{Ratio, Timestamp};
    /// let heights = Constant::new(Timestamp::ZERO, Timestamp::new(100), Ratio::ONE)?;
    /// // A block every 5/2 of a second.
    /// let schedule = PerBlock::new(heights, Timestamp::new(1_000), Ratio::new(5, 2)?)?;
    /// assert_eq!(schedule.time_due(Timestamp::new(3))?, Timestamp::new(1_008)); // 7.5 later
    /// assert!(schedule.time_due(Timestamp::MAX).is_err());
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    pub fn time_due(&self, height: Timestamp) -> Result<Timestamp, Error> {
        let time = Amount::new(height.get().into()).mul_ratio(self.block_time, Rounding::Ceil)?;
        let room = u64::MAX.saturating_sub(self.genesis.get());
        in_range(Quantity::TimeToHeight, time.get(), 0, room.into())?;
        let time = u64::try_from(time.get()).unwrap_or(room);
        Ok(self.genesis.checked_add(Span::new(time))?)
    }

    /// Compares what has been emitted by `height` with what is due by `now`: what blocks that come
    /// faster or slower than declared have done.
    #[must_use]
    pub fn drift(&self, height: Timestamp, now: Timestamp) -> Drift {
        let height_due = self.height_due(now);
        Drift {
            height_due,
            emitted: self.inner.emitted_at(height),
            due: self.inner.emitted_at(height_due),
        }
    }
}

impl<C: Curve> Curve for PerBlock<C> {
    fn cap(&self) -> Amount {
        self.inner.cap()
    }

    fn start(&self) -> Timestamp {
        // The last time before the first block that emits is due.
        let first = self.inner.start().checked_add(Span::new(1));
        let time = first.ok().and_then(|first| self.time_due(first).ok());
        let time = time.unwrap_or(Timestamp::MAX).get().saturating_sub(1);
        Timestamp::new(time).max(self.genesis).min(self.end())
    }

    fn end(&self) -> Timestamp {
        // Which the constructor has seen is on the clock.
        self.time_due(self.inner.end()).unwrap_or(Timestamp::MAX)
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        self.inner.emitted_at(self.height_due(at))
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        let height = self.inner.time_of(amount)?;
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        // ⌊e·d/n⌋ ≥ h ⟺ e ≥ ⌈h·n/d⌉; the height is at most that of the end.
        self.time_due(height).ok()
    }
}

tokenomics_internals::checked_codec! {
    PerBlock<C: Curve>::new as RawPerBlock {
        inner: C,
        genesis: Timestamp,
        block_time: Ratio,
    }
}
