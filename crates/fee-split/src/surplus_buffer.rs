//! A reserve that is filled to a target before anything flows on.

use tokenomics_fixed_math::Amount;

use crate::check::in_range;
use crate::{Error, Quantity};

/// A reserve that takes payments until it is at its target, and lets the rest flow on. What covers a loss
/// is drawn from it, and later payments fill it again.
///
/// # Laws
/// `buffer_conserves`: what was paid in = what flowed on + what was drawn + the level, and the level is at
/// most the target · nothing flows on while the level is below the target.
///
/// ```
/// use tokenomics_fee_split::SurplusBuffer;
/// use tokenomics_fixed_math::Amount;
///
/// let mut buffer = SurplusBuffer::new(Amount::new(100));
/// assert_eq!(buffer.fill(Amount::new(70)), Amount::ZERO);
/// assert_eq!(buffer.fill(Amount::new(70)), Amount::new(40)); // flows on
/// assert_eq!(buffer.draw(Amount::new(130)), Amount::new(100)); // 30 of the loss isn't covered
/// assert_eq!(buffer.fill(Amount::new(70)), Amount::ZERO);
/// ```
///
/// # Source
/// MakerDAO, vow.sol: surplus is auctioned only above `hump`, after bad debt is settled.
#[doc(alias("vow", "hump", "reserve", "insurance fund"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SurplusBuffer {
    target: Amount,
    // At most the target.
    level: Amount,
}

impl SurplusBuffer {
    /// Creates an empty reserve.
    #[must_use]
    pub const fn new(target: Amount) -> Self {
        let level = Amount::ZERO;
        Self { target, level }
    }

    /// Restores a reserve from its [`target`](Self::target) and its [`level`](Self::level).
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a level above the target.
    ///
    /// ```
    /// # use tokenomics_fee_split::SurplusBuffer;
    /// # use tokenomics_fixed_math::Amount;
    /// assert!(SurplusBuffer::restore(Amount::new(5), Amount::new(5)).is_ok());
    /// assert!(SurplusBuffer::restore(Amount::new(5), Amount::new(6)).is_err());
    /// ```
    pub fn restore(target: Amount, level: Amount) -> Result<Self, Error> {
        in_range(Quantity::BufferLevel, level.get(), 0, target.get())?;
        Ok(Self { target, level })
    }

    /// Returns the level at which payments flow on.
    #[must_use]
    pub const fn target(&self) -> Amount {
        self.target
    }

    /// Returns the amount that is in reserve.
    #[must_use]
    pub const fn level(&self) -> Amount {
        self.level
    }

    /// Takes from a payment what the target asks for, and returns the amount that flows on.
    #[must_use = "the rest of the payment flows on"]
    pub fn fill(&mut self, payment: Amount) -> Amount {
        // The level is at most the target, so neither difference wraps, nor does the sum.
        let room = self.target.get().wrapping_sub(self.level.get());
        let taken = payment.get().min(room);
        self.level = Amount::new(self.level.get().wrapping_add(taken));
        Amount::new(payment.get().wrapping_sub(taken))
    }

    /// Draws up to `need` from the reserve, and returns the amount that was drawn: all that is needed, or all
    /// that is there.
    #[must_use = "it is no longer in reserve"]
    pub fn draw(&mut self, need: Amount) -> Amount {
        let drawn = need.min(self.level);
        // At most the level.
        self.level = Amount::new(self.level.get().wrapping_sub(drawn.get()));
        drawn
    }

    /// Sets the target, and returns the amount above it, which flows on.
    ///
    /// ```
    /// # use tokenomics_fee_split::SurplusBuffer;
    /// # use tokenomics_fixed_math::Amount;
    /// let mut buffer = SurplusBuffer::new(Amount::new(100));
    /// let _ = buffer.fill(Amount::new(90));
    /// assert_eq!(buffer.set_target(Amount::new(200)), Amount::ZERO);
    /// assert_eq!(buffer.set_target(Amount::new(50)), Amount::new(40));
    /// ```
    #[must_use = "what is above the target flows on"]
    pub fn set_target(&mut self, target: Amount) -> Amount {
        let kept = self.level.min(target);
        // At most the level.
        let above = self.level.get().wrapping_sub(kept.get());
        (self.target, self.level) = (target, kept);
        Amount::new(above)
    }
}

tokenomics_internals::checked_codec! {
    SurplusBuffer::restore as RawSurplusBuffer {
        target: Amount = SurplusBuffer::target,
        level: Amount = SurplusBuffer::level,
    }
}
