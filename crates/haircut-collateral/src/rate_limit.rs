//! Limits on how much may leave, or be borrowed, in a time.

use tokenomics_fixed_math::{Amount, Rounding, Span, Timestamp, U256};

use crate::check::{elapsed, in_range};
use crate::{Error, Quantity};

/// A rate limit as a leaky bucket: what is taken fills it, it leaks `amount` a `period`, and holds `burst` at
/// most.
///
/// The level is kept in units of 1/period, in which nothing is ever rounded. In any time of length w,
/// wherever it begins, at most burst + amount·w/period is taken: there is no border of a window on both
/// sides of which a whole allowance could be used. A window that is counted from fixed times lets twice
/// its limit through.
///
/// # Laws
/// `rate_limited`: in no time is more taken, net of what is given back, than
/// [`most_within`](Self::most_within) it; all that is [allowed](Self::allowed) can be taken, and one
/// unit more can't; when and how often one asks changes nothing · `limits_keep_what_is_taken`: another
/// limit is no new burst.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Span, Timestamp};
/// use tokenomics_haircut_collateral::RateLimit;
///
/// // 1,000 at once, and 500 an hour.
/// let (start, hour) = (Timestamp::new(0), Span::from_hours(1));
/// let mut limit = RateLimit::new(Amount::new(1_000), Amount::new(500), hour, start)?;
/// limit.take(Amount::new(1_000), start)?;
/// assert_eq!(limit.allowed(Timestamp::new(1_800))?, Amount::new(250));
/// assert!(limit.take(Amount::new(251), Timestamp::new(1_800)).is_err());
/// assert_eq!(limit.most_within(hour)?, Amount::new(1_500));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// The generic cell rate algorithm (ITU-T I.371), which is a leaky bucket. Windows of fixed borders, as
/// Mango v4's net-borrow limit and klend's withdrawal caps have, are what it stands in for.
#[doc(alias("leaky_bucket", "token_bucket", "withdrawal_cap", "net_borrow_limit"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RateLimit {
    burst: Amount,
    amount: Amount,
    // Not 0.
    period: Span,
    // In units of 1/period; below 2^192, and above burst·period only where the burst was lowered.
    level: U256,
    at: Timestamp,
}

/// The state of a [`RateLimit`], which [`RateLimit::restore`] checks.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
/// use tokenomics_haircut_collateral::RateLimit;
///
/// let mut limit = RateLimit::new(Amount::new(9), Amount::new(9), Span::new(10), Timestamp::new(0))?;
/// limit.take(Amount::new(5), Timestamp::new(3))?;
/// assert_eq!(limit.state().level, U256::from(50));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
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
pub struct RateLimitState {
    /// The most that may be taken at once.
    pub burst: Amount,
    /// The amount that becomes free again in a period.
    pub amount: Amount,
    /// The period, not 0.
    pub period: Span,
    /// The amount that is taken and isn't free again, in units of 1/period; above burst·period only where
    /// the burst was lowered since.
    pub level: U256,
    /// The time of the last call.
    pub at: Timestamp,
}

impl RateLimit {
    /// Creates a limit of a burst at once, and an amount a period, of which nothing is taken yet.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a period of 0.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::RateLimit;
    /// let (ten, now) = (Amount::new(10), Timestamp::new(0));
    /// assert!(RateLimit::new(ten, ten, Span::new(60), now).is_ok());
    /// assert!(RateLimit::new(ten, ten, Span::ZERO, now).is_err());
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(burst: Amount, amount: Amount, period: Span, at: Timestamp) -> Result<Self, Error> {
        Self::restore(RateLimitState {
            burst,
            amount,
            period,
            level: U256::ZERO,
            at,
        })
    }

    /// Creates a limit that lets at most `most` through in any time of a window's length: one half at once,
    /// and the other in the course of a window.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::RateLimit;
    /// let limit = RateLimit::from_window(Amount::new(7), Span::new(60), Timestamp::new(0))?;
    /// assert_eq!(limit.most_within(Span::new(60))?, Amount::new(7));
    /// assert!(RateLimit::from_window(Amount::new(7), Span::ZERO, Timestamp::new(0)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn from_window(most: Amount, window: Span, at: Timestamp) -> Result<Self, Error> {
        let leak = Amount::new(most.get() >> 1);
        Self::new(most.checked_sub(leak)?, leak, window, at)
    }

    /// Restores a limit from its state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a period of 0, [`Error::Overflow`] for a level above [`Amount::MAX`] units.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
    /// # use tokenomics_haircut_collateral::{RateLimit, RateLimitState};
    /// let (ten, now) = (Amount::new(10), Timestamp::new(0));
    /// let limit = RateLimit::new(ten, ten, Span::new(60), now)?;
    /// assert_eq!(RateLimit::restore(limit.state())?, limit);
    /// let level = U256::MAX;
    /// assert!(RateLimit::restore(RateLimitState { level, ..limit.state() }).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn restore(state: RateLimitState) -> Result<Self, Error> {
        let RateLimitState {
            burst,
            amount,
            period,
            level,
            at,
        } = state;
        let length = u128::from(period.get());
        in_range(Quantity::RateLimitPeriod, length, 1, u128::MAX)?;
        level.checked_div(length, Rounding::Ceil)?.to_u128()?;
        Ok(Self {
            burst,
            amount,
            period,
            level,
            at,
        })
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> RateLimitState {
        RateLimitState {
            burst: self.burst,
            amount: self.amount,
            period: self.period,
            level: self.level,
            at: self.at,
        }
    }

    /// Returns the amount that may be taken now.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Backdated`] at a time before the last call.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::RateLimit;
    /// let (ten, at) = (Amount::new(10), Timestamp::new);
    /// let mut limit = RateLimit::new(ten, ten, Span::new(60), at(100))?;
    /// limit.take(ten, at(100))?;
    /// assert_eq!(limit.allowed(at(111))?, Amount::new(1)); // of 1.8
    /// assert!(limit.allowed(at(99)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn allowed(&self, at: Timestamp) -> Result<Amount, Error> {
        let length = u128::from(self.period.get());
        let most = U256::product(self.burst.get(), length);
        // Nothing is free in a bucket that was made smaller than what is in it.
        let level = self.level_at(at)?.min(most);
        let free = most.checked_sub(level)?;
        Ok(Amount::new(
            free.checked_div(length, Rounding::Floor)?.to_u128()?,
        ))
    }

    /// Takes an amount.
    ///
    /// # Errors
    /// [`Error::Backdated`] at a time before the last call, and [`Error::OutOfRange`] for more than is
    /// [allowed](Self::allowed).
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::RateLimit;
    /// let (ten, at) = (Amount::new(10), Timestamp::new);
    /// let mut limit = RateLimit::new(ten, ten, Span::new(60), at(0))?;
    /// limit.take(Amount::new(6), at(0))?;
    /// assert!(limit.take(Amount::new(5), at(0)).is_err());
    /// limit.take(Amount::new(5), at(6))?;
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("consume", "spend"))]
    pub fn take(&mut self, amount: Amount, at: Timestamp) -> Result<(), Error> {
        let allowed = self.allowed(at)?.get();
        in_range(Quantity::Allowance, amount.get(), 0, allowed)?;
        let more = U256::product(amount.get(), self.period.get().into());
        self.level = self.level_at(at)?.checked_add(more)?;
        self.at = at;
        Ok(())
    }

    /// Gives an amount back, such as a debt that is repaid: it lowers what is taken, to nothing at least,
    /// so that no more than the burst is ever allowed.
    ///
    /// # Errors
    /// [`Error::Backdated`] at a time before the last call.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::RateLimit;
    /// let (ten, at) = (Amount::new(10), Timestamp::new);
    /// let mut limit = RateLimit::new(ten, ten, Span::new(60), at(5))?;
    /// limit.take(Amount::new(6), at(5))?;
    /// limit.give_back(Amount::new(99), at(5))?;
    /// assert_eq!(limit.allowed(at(5))?, ten);
    /// assert!(limit.give_back(ten, at(4)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn give_back(&mut self, amount: Amount, at: Timestamp) -> Result<(), Error> {
        let less = U256::product(amount.get(), self.period.get().into());
        let level = self.level_at(at)?;
        self.level = level.checked_sub(less).unwrap_or(U256::ZERO);
        self.at = at;
        Ok(())
    }

    /// Sets another burst, amount and period. What is taken stays taken, above a lower burst too: neither is
    /// a change a new burst, nor two that lower the limit and raise it again.
    ///
    /// # Rounding
    /// Ceil, of the level in the new period.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a period of 0, [`Error::Backdated`] at a time before the last call.
    ///
    /// # Laws
    /// `limits_keep_what_is_taken`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::RateLimit;
    /// let (ten, now, minute) = (Amount::new(10), Timestamp::new(0), Span::new(60));
    /// let mut limit = RateLimit::new(ten, ten, minute, now)?;
    /// limit.take(Amount::new(6), now)?;
    /// limit.set_limit(Amount::new(5), ten, Span::new(90), now)?;
    /// assert_eq!(limit.allowed(now)?, Amount::ZERO);
    /// limit.set_limit(ten, ten, minute, now)?;
    /// assert_eq!(limit.allowed(now)?, Amount::new(4));
    /// assert!(limit.set_limit(ten, ten, Span::ZERO, now).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn set_limit(
        &mut self,
        burst: Amount,
        amount: Amount,
        period: Span,
        at: Timestamp,
    ) -> Result<(), Error> {
        let (old, new) = (u128::from(self.period.get()), u128::from(period.get()));
        let level = self.level_at(at)?;
        let level = level.mul_div(new.into(), U256::from(old), Rounding::Ceil)?;
        *self = Self::restore(RateLimitState {
            burst,
            amount,
            period,
            level,
            at,
        })?;
        Ok(())
    }

    /// Returns the most that is taken in any time of this length: burst + amount·length/period.
    ///
    /// # Rounding
    /// Floor, as amounts are whole: it is a bound that can be reached.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::RateLimit;
    /// let (ten, now) = (Amount::new(10), Timestamp::new(0));
    /// let limit = RateLimit::new(ten, ten, Span::new(60), now)?;
    /// assert_eq!(limit.most_within(Span::new(90))?, Amount::new(25));
    /// let limit = RateLimit::new(Amount::MAX, ten, Span::new(60), now)?;
    /// assert!(limit.most_within(Span::new(60)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn most_within(&self, length: Span) -> Result<Amount, Error> {
        let (by, period) = (length.get().into(), self.period.get().into());
        let leaked = self.amount.mul_div(by, period, Rounding::Floor)?;
        Ok(self.burst.checked_add(leaked)?)
    }

    /// Returns the level, less what has leaked since the last call.
    fn level_at(&self, at: Timestamp) -> Result<U256, Error> {
        let passed = elapsed(self.at, at)?;
        let leaked = U256::product(self.amount.get(), passed.get().into());
        Ok(self.level.checked_sub(leaked).unwrap_or(U256::ZERO))
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl RateLimit {
    const fn burst(&self) -> Amount {
        self.burst
    }

    const fn amount(&self) -> Amount {
        self.amount
    }

    const fn period(&self) -> Span {
        self.period
    }

    const fn level(&self) -> U256 {
        self.level
    }

    const fn at(&self) -> Timestamp {
        self.at
    }
}

tokenomics_internals::checked_codec! {
    RateLimit::restore(RateLimitState) as RawRateLimit {
        burst: Amount = RateLimit::burst,
        amount: Amount = RateLimit::amount,
        period: Span = RateLimit::period,
        level: U256 = RateLimit::level,
        at: Timestamp = RateLimit::at,
    }
}
