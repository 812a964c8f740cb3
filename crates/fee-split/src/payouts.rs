//! Amounts to the last fraction, and payouts that wait for a minimum.

use tokenomics_fixed_math::{Amount, Fraction, U256};

use crate::check::in_range;
use crate::{Error, Quantity};

/// An amount in whole units and a fraction of one in 1e-18: a share of an amount, without a rounding.
///
/// ```
/// use tokenomics_fee_split::ExactAmount;
/// use tokenomics_fixed_math::{fraction, Amount};
///
/// let share = ExactAmount::share_of(Amount::new(9), fraction!("0.05"));
/// assert_eq!((share.whole(), share.fraction()), (Amount::ZERO, fraction!("0.45")));
/// let twice = share.checked_add(share)?;
/// let thrice = twice.checked_add(share)?;
/// assert_eq!((thrice.whole(), thrice.fraction()), (Amount::new(1), fraction!("0.35")));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ExactAmount {
    // In this order, by which amounts compare.
    whole: Amount,
    // Less than 1.
    fraction: Fraction,
}

impl ExactAmount {
    /// Nothing.
    pub const ZERO: Self = Self {
        whole: Amount::ZERO,
        fraction: Fraction::ZERO,
    };

    /// Creates an amount of whole units and a fraction of one.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a fraction of 1, which is a whole unit.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, ExactAmount, Quantity};
    /// # use tokenomics_fixed_math::{fraction, Amount, Fraction};
    /// assert!(ExactAmount::new(Amount::new(2), fraction!("0.5")).is_ok());
    /// let whole = ExactAmount::new(Amount::new(2), Fraction::ONE);
    /// let (what, value) = (Quantity::UnitFraction, Fraction::ONE.raw().into());
    /// assert_eq!(whole, Err(Error::OutOfRange { what, value, bound: value - 1 }));
    /// ```
    pub fn new(whole: Amount, fraction: Fraction) -> Result<Self, Error> {
        let most = Fraction::SCALE.saturating_sub(1);
        let raw = fraction.raw().into();
        in_range(Quantity::UnitFraction, raw, 0, most.into())?;
        Ok(Self { whole, fraction })
    }

    /// Returns a share of an amount, exactly: a product of whole units and 1e-18.
    #[must_use]
    pub fn share_of(amount: Amount, share: Fraction) -> Self {
        let product = U256::product(amount.get(), share.raw().into());
        // The divisor isn't 0, the quotient at most the amount, and the rest below 1.
        let divided = product.div_rem(Fraction::SCALE.into());
        let (whole, rest) = divided.unwrap_or((U256::ZERO, 0));
        let raw = u64::try_from(rest).unwrap_or(0);
        Self {
            whole: Amount::new(whole.low()),
            fraction: Fraction::from_raw(raw).unwrap_or(Fraction::ZERO),
        }
    }

    /// Returns the whole units.
    ///
    /// # Rounding
    /// Floor, of the amount.
    #[must_use]
    pub const fn whole(&self) -> Amount {
        self.whole
    }

    /// Returns the fraction of a unit beyond the whole ones, less than 1.
    #[must_use]
    pub const fn fraction(&self) -> Fraction {
        self.fraction
    }

    /// Adds two amounts.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`] whole units.
    ///
    /// ```
    /// # use tokenomics_fee_split::ExactAmount;
    /// # use tokenomics_fixed_math::{fraction, Amount};
    /// let half = ExactAmount::new(Amount::ZERO, fraction!("0.5"))?;
    /// assert_eq!(half.checked_add(half)?, ExactAmount::from(Amount::new(1)));
    /// assert!(half.checked_add(ExactAmount::new(Amount::MAX, fraction!("0.5"))?).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn checked_add(self, other: Self) -> Result<Self, Error> {
        // Two fractions in 1e-18 sum to less than 2^64.
        let raw = self.fraction.raw().wrapping_add(other.fraction.raw());
        let (carry, raw) = match raw.checked_sub(Fraction::SCALE) {
            Some(over) => (1, over),
            None => (0, raw),
        };
        let whole = self.whole.checked_add(other.whole)?;
        Ok(Self {
            whole: whole.checked_add(Amount::new(carry))?,
            fraction: Fraction::from_raw(raw)?,
        })
    }
}

impl From<Amount> for ExactAmount {
    fn from(whole: Amount) -> Self {
        let fraction = Fraction::ZERO;
        Self { whole, fraction }
    }
}

tokenomics_internals::checked_codec! {
    ExactAmount::new as RawExactAmount {
        whole: Amount = ExactAmount::whole,
        fraction: Fraction = ExactAmount::fraction,
    }
}

/// Payouts of one recipient that wait until they come to a minimum: a transfer that costs more than it
/// pays isn't made, and nothing of it is lost.
///
/// # Laws
/// `payouts_accumulate`: what was credited = paid + owed, and a payout is 0 or at least the minimum.
///
/// ```
/// use tokenomics_fee_split::{ExactAmount, PendingPayout};
/// use tokenomics_fixed_math::{fraction, Amount};
///
/// let mut payout = PendingPayout::new();
/// let minimum = Amount::new(10);
/// payout.credit(Amount::new(9).into())?;
/// assert_eq!(payout.pay(minimum), Amount::ZERO);
/// payout.credit(ExactAmount::share_of(Amount::new(31), fraction!("0.1")))?;
/// assert_eq!(payout.pay(minimum), Amount::new(12)); // of 12.1
/// assert_eq!(payout.owed().fraction(), fraction!("0.1"));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[cfg_attr(doc, doc(alias("dust", "threshold", "minimum payout")))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
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
pub struct PendingPayout {
    owed: ExactAmount,
}

impl PendingPayout {
    /// Creates the payouts of a recipient who is owed nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self::restore(ExactAmount::ZERO)
    }

    /// Restores payouts from what is [`owed`](Self::owed), which may be any amount.
    #[must_use]
    pub const fn restore(owed: ExactAmount) -> Self {
        Self { owed }
    }

    /// Returns what was credited and isn't paid yet.
    #[must_use]
    pub const fn owed(&self) -> ExactAmount {
        self.owed
    }

    /// Credits an amount.
    ///
    /// # Errors
    /// [`Error::Overflow`] if more than [`Amount::MAX`] would be owed.
    ///
    /// ```
    /// # use tokenomics_fee_split::PendingPayout;
    /// # use tokenomics_fixed_math::Amount;
    /// let mut payout = PendingPayout::new();
    /// payout.credit(Amount::MAX.into())?;
    /// assert!(payout.credit(Amount::new(1).into()).is_err());
    /// assert_eq!(payout.pay(Amount::ZERO), Amount::MAX);
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn credit(&mut self, amount: ExactAmount) -> Result<(), Error> {
        self.owed = self.owed.checked_add(amount)?;
        Ok(())
    }

    /// Takes the whole units that are owed, to be paid out, if they come to `minimum`; nothing otherwise.
    ///
    /// # Rounding
    /// Floor; the fraction stays owed.
    #[must_use = "it is no longer owed"]
    pub fn pay(&mut self, minimum: Amount) -> Amount {
        let whole = self.owed.whole;
        if whole < minimum {
            return Amount::ZERO;
        }
        self.owed.whole = Amount::ZERO;
        whole
    }
}
