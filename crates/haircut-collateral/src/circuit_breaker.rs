//! A breaker that trips when a price moves too far.

use tokenomics_fixed_math::{Fraction, Ratio, Span, Timestamp};

use crate::check::{elapsed, in_range};
use crate::wide::Wide;
use crate::{Error, Quantity};

/// A circuit breaker on a price: it trips when a price is further than a fraction from the reference,
/// and closes by itself after prices have stayed together for a cooldown.
///
/// While it is closed, the first price that comes a window or more after the reference was set becomes
/// the reference. A price that trips it becomes the reference at once. While it is tripped, a price
/// further than the fraction from the reference becomes it and the cooldown begins again; the first
/// price near to it that comes a cooldown or more after it was set closes the breaker. No call must come
/// on time: without prices it stays as it is.
///
/// # Laws
/// `breaker_bounds`: an admitted price is within the fraction of the reference, exactly, for prices and
/// fractions of any size; from a trip on nothing is admitted for a cooldown; a price that stays is
/// admitted after it.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Ratio, Span, Timestamp};
/// use tokenomics_haircut_collateral::{CircuitBreaker, CircuitBreakerState};
///
/// let mut breaker = CircuitBreaker::restore(CircuitBreakerState {
///     max_move: fraction!("0.1"),
///     window: Span::from_hours(1),
///     cooldown: Span::from_mins(30),
///     reference: Ratio::from_integer(100),
///     since: Timestamp::new(0),
///     last: Timestamp::new(0),
///     tripped: false,
/// })?;
/// assert!(breaker.observe(Ratio::from_integer(110), Timestamp::new(60))?);
/// assert!(!breaker.observe(Ratio::from_integer(89), Timestamp::new(120))?);
/// assert!(!breaker.observe(Ratio::from_integer(100), Timestamp::new(180))?); // 12% from 89
/// assert!(!breaker.observe(Ratio::from_integer(99), Timestamp::new(1_979))?);
/// assert!(breaker.observe(Ratio::from_integer(99), Timestamp::new(1_980))?);
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Limit-up limit-down of the US exchanges (Regulation NMS plan): bands about a reference price, a pause, a
/// new reference.
#[doc(alias("price_band", "deviation", "pause", "limit_up_limit_down"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CircuitBreaker {
    // Between 1e-18 and 1.
    max_move: Fraction,
    window: Span,
    cooldown: Span,
    reference: Ratio,
    // At most `last`.
    since: Timestamp,
    last: Timestamp,
    tripped: bool,
}

/// The parameters and the state of a [`CircuitBreaker`], which [`CircuitBreaker::restore`] checks.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Ratio, Span, Timestamp};
/// use tokenomics_haircut_collateral::CircuitBreaker;
///
/// let (hour, now) = (Span::from_hours(1), Timestamp::new(7));
/// let breaker = CircuitBreaker::new(fraction!("0.1"), hour, hour, (Ratio::ONE, now))?;
/// assert_eq!((breaker.state().since, breaker.state().tripped), (now, false));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
pub struct CircuitBreakerState {
    /// The largest move from the reference that is admitted, not 0.
    pub max_move: Fraction,
    /// The time for which a reference holds.
    pub window: Span,
    /// The time for which prices have to stay together before it closes again.
    pub cooldown: Span,
    /// The price that others are compared with.
    pub reference: Ratio,
    /// The time at which it was set.
    pub since: Timestamp,
    /// The time of the last price, not before that.
    pub last: Timestamp,
    /// The flag that it is tripped.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::truth")
    )]
    pub tripped: bool,
}

impl CircuitBreaker {
    /// Creates a closed breaker with a first reference and its time.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a largest move of 0.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Fraction, Ratio, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::CircuitBreaker;
    /// let (hour, first) = (Span::from_hours(1), (Ratio::ONE, Timestamp::new(7)));
    /// assert!(CircuitBreaker::new(fraction!("0.1"), hour, hour, first).is_ok());
    /// assert!(CircuitBreaker::new(Fraction::ZERO, hour, hour, first).is_err());
    /// ```
    pub fn new(
        max_move: Fraction,
        window: Span,
        cooldown: Span,
        first: (Ratio, Timestamp),
    ) -> Result<Self, Error> {
        let (reference, at) = first;
        Self::restore(CircuitBreakerState {
            max_move,
            window,
            cooldown,
            reference,
            since: at,
            last: at,
            tripped: false,
        })
    }

    /// Restores a breaker from its state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a largest move of 0; [`Error::Backdated`] for a last price before the
    /// reference.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Ratio, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::{CircuitBreaker, CircuitBreakerState};
    /// let (hour, first) = (Span::from_hours(1), (Ratio::ONE, Timestamp::new(7)));
    /// let breaker = CircuitBreaker::new(fraction!("0.1"), hour, hour, first)?;
    /// assert_eq!(CircuitBreaker::restore(breaker.state())?, breaker);
    /// let last = Timestamp::new(6);
    /// assert!(CircuitBreaker::restore(CircuitBreakerState { last, ..breaker.state() }).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn restore(state: CircuitBreakerState) -> Result<Self, Error> {
        let (value, most) = (state.max_move.raw().into(), Fraction::SCALE.into());
        in_range(Quantity::MaxMove, value, 1, most)?;
        elapsed(state.since, state.last)?;
        Ok(Self {
            max_move: state.max_move,
            window: state.window,
            cooldown: state.cooldown,
            reference: state.reference,
            since: state.since,
            last: state.last,
            tripped: state.tripped,
        })
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> CircuitBreakerState {
        CircuitBreakerState {
            max_move: self.max_move,
            window: self.window,
            cooldown: self.cooldown,
            reference: self.reference,
            since: self.since,
            last: self.last,
            tripped: self.tripped,
        }
    }

    /// Returns `true` if it is tripped: nothing should be done at any price.
    #[must_use]
    pub const fn is_tripped(&self) -> bool {
        self.tripped
    }

    /// Returns the price that others are compared with.
    #[must_use]
    pub const fn reference(&self) -> Ratio {
        self.reference
    }

    /// Takes note of a price, and returns `true` if it is admitted: the breaker is closed.
    ///
    /// # Rounding
    /// None: the move is compared in 384 bits.
    ///
    /// # Errors
    /// [`Error::Backdated`] at a time before the last price.
    ///
    /// # Laws
    /// `breaker_bounds`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Ratio, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::CircuitBreaker;
    /// let (hour, first) = (Span::from_hours(1), (Ratio::ONE, Timestamp::new(7)));
    /// let mut breaker = CircuitBreaker::new(fraction!("0.1"), hour, hour, first)?;
    /// assert!(breaker.observe(Ratio::new(11, 10)?, Timestamp::new(8))?);
    /// assert!(!breaker.observe(Ratio::new(12, 10)?, Timestamp::new(9))?);
    /// assert!(breaker.observe(Ratio::ONE, Timestamp::new(8)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn observe(&mut self, price: Ratio, at: Timestamp) -> Result<bool, Error> {
        elapsed(self.last, at)?;
        let held = elapsed(self.since, at)?;
        let moved = self.is_beyond(price);
        let renew = if self.tripped {
            self.cooldown
        } else {
            self.window
        };
        if moved || held >= renew {
            (self.reference, self.since, self.tripped) = (price, at, moved);
        }
        self.last = at;
        Ok(!self.tripped)
    }

    /// Returns `true` for a price further than the largest move from the reference:
    /// p·d·1e18 outside of r·(1e18 ∓ f), where the prices are p/e and r/d, each times e.
    fn is_beyond(&self, price: Ratio) -> bool {
        let (cut, one) = (self.max_move.raw(), Fraction::SCALE);
        // Below 2^320.
        let product = |numerator: u128, denominator: u128, weight: u64| {
            let product = Wide::from_u128(numerator).within(denominator);
            product.within(weight.into())
        };
        let reference = |weight| product(self.reference.numerator(), price.denominator(), weight);
        let price = product(price.numerator(), self.reference.denominator(), one);
        // Neither wraps: a fraction is at most 1e18.
        price < reference(one.wrapping_sub(cut)) || price > reference(one.wrapping_add(cut))
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl CircuitBreaker {
    const fn max_move(&self) -> Fraction {
        self.max_move
    }

    const fn window(&self) -> Span {
        self.window
    }

    const fn cooldown(&self) -> Span {
        self.cooldown
    }

    const fn since(&self) -> Timestamp {
        self.since
    }

    const fn last(&self) -> Timestamp {
        self.last
    }

    const fn tripped(&self) -> bool {
        self.tripped
    }
}

tokenomics_internals::checked_codec! {
    CircuitBreaker::restore(CircuitBreakerState) as RawCircuitBreaker {
        max_move: Fraction = CircuitBreaker::max_move,
        window: Span = CircuitBreaker::window,
        cooldown: Span = CircuitBreaker::cooldown,
        reference: Ratio = CircuitBreaker::reference,
        since: Timestamp = CircuitBreaker::since,
        last: Timestamp = CircuitBreaker::last,
        #[cfg_attr(
            feature = "borsh",
            borsh(deserialize_with = "tokenomics_internals::borsh_read::truth")
        )]
        tripped: bool = CircuitBreaker::tripped,
    }
}
