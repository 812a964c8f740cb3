//! The leaving of a lock that has no end: after a wait, within a window.

use tokenomics_fixed_math::{Amount, Span, Timestamp};

use crate::check::{in_range, units};
use crate::{Error, Quantity};

/// The terms on which a permanent lock is left: a wait after the request, and a window in which to withdraw.
///
/// ```
/// use tokenomics_escrow_weighting::Cooldown;
/// use tokenomics_fixed_math::Span;
///
/// let aave = Cooldown::new(Span::from_days(20), Span::from_days(2))?;
/// assert_eq!(aave.window(), Span::from_days(2));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
///
/// # Source
/// Aave's stkToken, where what cools down still counts; here it weighs nothing from the request on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cooldown {
    wait: Span,
    // Never 0.
    window: Span,
}

impl Cooldown {
    /// Creates a cooldown of a wait and a window after it.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a window of 0.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Cooldown;
    /// # use tokenomics_fixed_math::Span;
    /// // At once, and for ever.
    /// assert!(Cooldown::new(Span::ZERO, Span::MAX).is_ok());
    /// assert!(Cooldown::new(Span::new(9), Span::ZERO).is_err());
    /// ```
    pub const fn new(wait: Span, window: Span) -> Result<Self, Error> {
        match in_range(Quantity::Window, units(window.get()), 1, u128::MAX) {
            Ok(()) => Ok(Self { wait, window }),
            Err(error) => Err(error),
        }
    }

    /// Returns how long one waits.
    #[must_use]
    pub const fn wait(&self) -> Span {
        self.wait
    }

    /// Returns how long the window is open.
    #[must_use]
    pub const fn window(&self) -> Span {
        self.window
    }

    /// Returns an amount that cools down from `now` on.
    ///
    /// # Errors
    /// [`Error::Overflow`] if the window opens past the last timestamp.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Cooldown, Error};
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// let at = Timestamp::new;
    /// let cooldown = Cooldown::new(Span::new(10), Span::new(3))?;
    /// let cooling = cooldown.cooling(Amount::new(7), at(100))?;
    /// assert!(cooling.check_open(at(112)).is_ok());
    /// let closed = Error::OutsideWindow { opens: at(110), closes: at(113), at: at(113) };
    /// assert_eq!(cooling.check_open(at(113)), Err(closed));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn cooling(&self, amount: Amount, now: Timestamp) -> Result<Cooling, Error> {
        in_range(Quantity::Amount, amount.get(), 1, u128::MAX)?;
        let opens = now.checked_add(self.wait)?;
        let closes = opens.checked_add(self.window).unwrap_or(Timestamp::MAX);
        Ok(Cooling {
            amount,
            opens,
            closes,
        })
    }
}

/// An amount that was locked and cools down: it weighs nothing, and can be withdrawn in its window.
///
/// Its holder keeps it, as a [`Lock`](crate::Lock). After the window, it cools down anew or is locked
/// again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
pub struct Cooling {
    /// The amount, in base units.
    pub amount: Amount,
    /// The first time at which it can be withdrawn.
    pub opens: Timestamp,
    /// The first time at which it no longer can.
    pub closes: Timestamp,
}

impl Cooling {
    /// Checks that the window is open.
    ///
    /// # Errors
    /// [`Error::OutsideWindow`].
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Cooling;
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let (opens, closes) = (Timestamp::new(10), Timestamp::new(20));
    /// let cooling = Cooling { amount: Amount::new(1), opens, closes };
    /// assert!(cooling.check_open(opens).is_ok());
    /// assert!(cooling.check_open(closes).is_err());
    /// ```
    pub const fn check_open(&self, at: Timestamp) -> Result<(), Error> {
        let (opens, closes) = (self.opens, self.closes);
        if at.get() < opens.get() || closes.get() <= at.get() {
            return Err(Error::OutsideWindow { opens, closes, at });
        }
        Ok(())
    }
}

tokenomics_internals::checked_codec! {
    Cooldown::new as RawCooldown {
        wait: Span = Cooldown::wait,
        window: Span = Cooldown::window,
    }
}
