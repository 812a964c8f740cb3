//! A bonus for those who lock before a time.

use tokenomics_fixed_math::{Rounding, Timestamp, Wad};

use crate::Error;

/// A bonus for locks that are made before a time: a larger multiplier, for as long as they last.
///
/// It is part of the kind of the lock, so the total is as exact as of any locks. An escrow whose
/// [`Terms`](crate::Terms) allow it has a largest multiplier of at least the bonus.
///
/// What is added to a lock by [`Escrow::increase`](crate::Escrow::increase) has the multiplier of the
/// lock. Where only what was locked in time should have the bonus, lock the rest apart.
///
/// ```
/// use tokenomics_escrow_weighting::{Landrush, Lock, Terms, TermsParams};
/// use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
///
/// let (max, one, most) = (Span::new(100), Span::new(1), wad!("3"));
/// let terms = Terms::from_params(TermsParams { max, granule: one, min: one, most })?;
/// let landrush = Landrush { before: Timestamp::new(50), bonus: wad!("3") };
/// let weight = |now| {
///     let multiplier = landrush.multiplier(now, wad!("1"))?;
///     let lock = Lock::new(Amount::new(10), terms.decaying(multiplier, Timestamp::new(100))?)?;
///     terms.weight(lock.weight_at(Timestamp::new(60)))
/// };
/// assert_eq!(weight(Timestamp::new(49))?, Amount::new(12));
/// assert_eq!(weight(Timestamp::new(50))?, Amount::new(4));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
///
/// # Source
/// Helium's voter stake registry (2022), with a multiplier of 3 for ten days. Its positions and its
/// total each compute the bonus, and drifted apart; six repairs are in its history.
#[cfg_attr(doc, doc(alias("genesis_vote_power_multiplier")))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
pub struct Landrush {
    /// The first time at which there is no bonus any more.
    pub before: Timestamp,
    /// The bonus, a factor of the multiplier.
    pub bonus: Wad,
}

impl Landrush {
    /// Returns the multiplier of a lock that is made at `now`, of what it has without the bonus.
    ///
    /// # Rounding
    /// Floor, to 10^−18, once, before anything is locked.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Wad::MAX`].
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Landrush;
    /// # use tokenomics_fixed_math::{wad, Timestamp, Wad};
    /// let now = Timestamp::new(7);
    /// let landrush = Landrush { before: Timestamp::new(8), bonus: wad!("1.5") };
    /// assert_eq!(landrush.multiplier(now, wad!("0.5"))?, wad!("0.75"));
    /// assert!(landrush.multiplier(now, Wad::MAX).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn multiplier(&self, now: Timestamp, multiplier: Wad) -> Result<Wad, Error> {
        if now < self.before {
            Ok(multiplier.mul(self.bonus, Rounding::Floor)?)
        } else {
            Ok(multiplier)
        }
    }
}
