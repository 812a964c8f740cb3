//! Rewards over a period, to the unit, whoever calls how often.

use tokenomics_fixed_math::{Amount, Rounding, Timestamp, U256};

use crate::check::in_range;
use crate::{Error, Quantity};

mod state;
pub use state::RewardStreamState;

/// A stream of rewards: an amount that comes over a period, and can be topped up while it runs.
///
/// It is a rate and what hasn't come yet, both in units of 2^-128, so its size and the cost of a call
/// depend neither on its length nor on how often it is called or topped up. By the time t ⌊A·t/D⌋ of A
/// units over a length D have come, exactly.
///
/// A top-up spreads what hasn't come yet, and what is new, to the end that it names, **but never at a
/// lower rate** than the one that runs. So by any time at least as much comes as would have come
/// without it; if it is too small to last until its end at that rate, the stream ends before.
///
/// # Laws
/// `stream_is_the_line`: ⌊A·t/D⌋, and all of A at the end · `poke_free`: how often it is called changes
/// nothing · `promise`: a top-up lowers what has come by no time · `reward_stream_conserves`: what was topped
/// up is what was released, what is due and what is to come.
///
/// ```
/// use tokenomics_fee_split::RewardStream;
/// use tokenomics_fixed_math::{Amount, Timestamp};
///
/// let at = Timestamp::new;
/// let mut stream = RewardStream::new(at(0));
/// stream.top_up(Amount::new(100), at(0), at(300))?;
/// assert_eq!(stream.release(at(100))?, Amount::new(33));
/// assert_eq!(stream.release(at(101))?, Amount::ZERO); // 33.67
/// assert_eq!(stream.release(at(300))?, Amount::new(67));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// # Source
/// Synthetix, StakingRewards: its rate is floored to whole units a second, its accumulator to 10^-18,
/// and anyone who may notify it of a reward of 0 stretches what hasn't come yet over a new period.
#[doc(alias("reward_rate", "notify_reward_amount", "drip", "period_finish"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RewardStream {
    // What comes in a unit of time, in 2^-128 units; 0 only if nothing is to come.
    rate: U256,
    // What hasn't come yet, in 2^-128 units.
    rest: U256,
    // What has come and wasn't taken yet, in 2^-128 units.
    due: U256,
    last: Timestamp,
}

impl RewardStream {
    /// Creates a stream in which nothing is to come.
    #[must_use]
    pub const fn new(at: Timestamp) -> Self {
        Self {
            rate: U256::ZERO,
            rest: U256::ZERO,
            due: U256::ZERO,
            last: at,
        }
    }

    /// Returns what comes in a unit of time, in 2^-128 units, while anything is to come.
    #[must_use]
    pub const fn rate(&self) -> U256 {
        self.rate
    }

    /// Returns what hadn't come yet at the last call, in 2^-128 units.
    #[must_use]
    pub const fn rest(&self) -> U256 {
        self.rest
    }

    /// Returns what had come at the last call and wasn't released, in 2^-128 units.
    #[must_use]
    pub const fn due(&self) -> U256 {
        self.due
    }

    /// Returns the time of the last call.
    #[must_use]
    pub const fn last(&self) -> Timestamp {
        self.last
    }

    /// Returns the time at which all has come, if nothing is added or paused; that of the last call if
    /// nothing is to come.
    ///
    /// # Errors
    /// [`Error::Overflow`] if pauses have moved it past [`Timestamp::MAX`].
    ///
    /// ```
    /// # use tokenomics_fee_split::RewardStream;
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let mut stream = RewardStream::new(at(0));
    /// stream.top_up(Amount::new(100), at(0), at(300))?;
    /// assert_eq!(stream.end()?, at(300));
    /// stream.top_up(Amount::new(1), at(0), at(1_000))?; // at a third of a unit a second
    /// assert_eq!(stream.end()?, at(303));
    /// stream.pause(Timestamp::MAX)?;
    /// assert!(stream.end().is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("period_finish"))]
    pub fn end(&self) -> Result<Timestamp, Error> {
        // At the rate that a top-up set, what is left comes within 64 bits of time.
        let left = u64::try_from(self.time_left()).unwrap_or(u64::MAX);
        Ok(self.last.checked_add(left.into())?)
    }

    /// Returns the time that it takes until all has come, or a longer one than any if it never does.
    fn time_left(&self) -> u128 {
        if self.rest.is_zero() {
            return 0;
        }
        let left = self.rest.checked_div_wide(self.rate, Rounding::Ceil);
        left.and_then(U256::to_u128).unwrap_or(u128::MAX)
    }

    /// Returns the whole units that [`release`](Self::release) would return at a time.
    ///
    /// # Rounding
    /// Floor, of all that has come and wasn't released.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// ```
    /// # use tokenomics_fee_split::RewardStream;
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let mut stream = RewardStream::new(at(10));
    /// stream.top_up(Amount::new(100), at(10), at(20))?;
    /// assert_eq!(stream.releasable(at(15))?, Amount::new(50));
    /// assert!(stream.releasable(at(9)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn releasable(&self, at: Timestamp) -> Result<Amount, Error> {
        Ok(Amount::new(self.settled(at)?.due.high()))
    }

    /// Releases the whole units that have come by a time, and keeps the fraction for later: to be put
    /// into any pool before its shares change.
    ///
    /// # Rounding
    /// Floor, of all that has come and wasn't released.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, RewardPool, RewardStream};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let (mut stream, mut pool, mut alice) = (RewardStream::new(at(0)), RewardPool::new(), Position::new());
    /// stream.top_up(Amount::new(10), at(0), at(100))?;
    /// pool.deposit(&mut alice, 4)?;
    /// pool.fund(stream.release(at(50))?)?;
    /// assert_eq!(pool.claimable(&alice)?, Amount::new(5));
    /// assert!(stream.release(at(49)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn release(&mut self, at: Timestamp) -> Result<Amount, Error> {
        let mut next = self.settled(at)?;
        let released = Amount::new(next.due.high());
        next.due = next.due.low().into();
        *self = next;
        Ok(released)
    }

    /// Adds an amount, and spreads all that hasn't come yet from `at` to `end`, or faster, at the rate
    /// that runs already.
    ///
    /// **A near end brings all that hasn't come yet by then**, however small the amount, be it 0. So a host
    /// that lets anybody top up doesn't let them name the end: with one that is always as far from `at`,
    /// nobody hastens what others put in.
    ///
    /// # Rounding
    /// The rate is ceiled, to 2^-128 of a unit: too little to bring any whole unit early, and all has
    /// come by the end.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for an end that isn't after `at`;
    /// [`Error::Math`] if more than [`Amount::MAX`] were due and to come.
    ///
    /// # Laws
    /// `promise`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, RewardStream};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let mut stream = RewardStream::new(at(0));
    /// stream.top_up(Amount::new(100), at(0), at(100))?;
    /// // Twice as much over four times as long would be half the rate: the end comes earlier.
    /// stream.top_up(Amount::new(150), at(50), at(450))?;
    /// assert_eq!(stream.releasable(at(100))?, Amount::new(100));
    /// assert_eq!(stream.end()?, at(250));
    /// let refused = stream.top_up(Amount::new(1), at(100), at(100));
    /// let what = Quantity::StreamLength;
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value: 0, bound: 1 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("notify_reward_amount", "extend"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn top_up(&mut self, amount: Amount, at: Timestamp, end: Timestamp) -> Result<(), Error> {
        let mut next = self.settled(at)?;
        let length = end.since(at).unwrap_or_default().get();
        let (what, value) = (Quantity::StreamLength, length.into());
        in_range(what, value, 1, u128::MAX)?;
        next.rest = next.rest.checked_add(U256::new(amount.get(), 0))?;
        // Whatever is due and to come is a number of units.
        next.rest.checked_add(next.due)?;
        let spread = next.rest.checked_div(value, Rounding::Ceil)?;
        next.rate = next.rate.max(spread);
        *self = next;
        Ok(())
    }

    /// Settles up to a time without that anything comes: what would have come does so later.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// ```
    /// # use tokenomics_fee_split::RewardStream;
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let mut stream = RewardStream::new(at(0));
    /// stream.top_up(Amount::new(100), at(0), at(100))?;
    /// stream.pause(at(50))?;
    /// assert_eq!((stream.releasable(at(50))?, stream.end()?), (Amount::ZERO, at(150)));
    /// assert!(stream.pause(at(49)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn pause(&mut self, at: Timestamp) -> Result<(), Error> {
        self.elapsed(at)?;
        self.last = at;
        Ok(())
    }

    /// Takes all that has come by a time, in 2^-128 units.
    pub(crate) fn take(&mut self, at: Timestamp) -> Result<U256, Error> {
        let next = self.settled(at)?;
        *self = Self {
            due: U256::ZERO,
            ..next
        };
        Ok(next.due)
    }

    fn elapsed(&self, at: Timestamp) -> Result<u64, Error> {
        let last = self.last;
        let elapsed = at.since(last).ok_or(Error::Backdated { at, last })?;
        Ok(elapsed.get())
    }

    /// Returns the stream as it stands at a time.
    fn settled(&self, at: Timestamp) -> Result<Self, Error> {
        let elapsed = self.elapsed(at)?;
        // More than 256 bits is more than what is to come.
        let come = self.rate.checked_mul(elapsed.into()).unwrap_or(U256::MAX);
        let come = come.min(self.rest);
        let rest = self.rest.checked_sub(come)?;
        Ok(Self {
            rate: if rest.is_zero() { rest } else { self.rate },
            rest,
            due: self.due.checked_add(come)?,
            last: at,
        })
    }
}

tokenomics_internals::checked_codec! {
    [] RewardStream as RewardStreamState: MaxEncodedLen
}
