//! The state of delayed rates, and the checks that announcements could have led to it.

use tokenomics_fixed_math::{Fraction, Timestamp};

use super::{check_steps, check_sum, AnnouncedRates, ChangeRules, DelayedRates};
use crate::check::in_range;
use crate::{Error, Quantity};

/// The state of [`DelayedRates`]: what they are stored as, and restored from by [`DelayedRates::restore`],
/// which checks it.
///
/// ```
/// use tokenomics_fee_split::{ChangeRules, DelayedRates, DelayedRatesState};
/// use tokenomics_fixed_math::{Fraction, Span, Timestamp};
///
/// let rules = ChangeRules { delay: Span::new(1), max_step: Fraction::ONE };
/// let (rates, last) = ([Fraction::ONE], Timestamp::new(7));
/// let state = DelayedRatesState { rules, rates, announced: None, last };
/// assert_eq!(DelayedRates::new(rates, rules, last)?.state(), state);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "DelayedRates", deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; rules: (ChangeRules), rates: ([Fraction; N]), announced: (Option<AnnouncedRates<N>>), last: (Timestamp))),
    schemaifier(mute_warnings)
)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "DelayedRates_for_{N}")
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("DelayedRatesState", "DelayedRates"))
)]
pub struct DelayedRatesState<const N: usize> {
    /// The rules for changes.
    pub rules: ChangeRules,
    /// The rates in force at `last`, which sum to 1.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Fraction, N>")
    )]
    pub rates: [Fraction; N],
    /// The change that is to come: in force after `last`, at most a delay after it.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
    )]
    pub announced: Option<AnnouncedRates<N>>,
    /// The time of the last change of this state.
    pub last: Timestamp,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> From<&DelayedRates<N>> for DelayedRatesState<N> {
    fn from(rates: &DelayedRates<N>) -> Self {
        rates.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> TryFrom<DelayedRatesState<N>> for DelayedRates<N> {
    type Error = Error;

    fn try_from(state: DelayedRatesState<N>) -> Result<Self, Error> {
        Self::restore(state)
    }
}

impl<const N: usize> DelayedRates<N> {
    /// Restores rates from their state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for what [`new`](Self::new) refuses, and for announced rates that don't sum to
    /// 1, that are more than a step away, or whose time isn't within a delay after the last change.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ChangeRules, DelayedRates};
    /// # use tokenomics_fixed_math::{Fraction, Span, Timestamp};
    /// let rules = ChangeRules { delay: Span::new(5), max_step: Fraction::ONE };
    /// let mut rates = DelayedRates::new([Fraction::ONE], rules, Timestamp::new(7))?;
    /// rates.announce([Fraction::ONE], Timestamp::new(8))?;
    /// let mut state = rates.state();
    /// assert_eq!(DelayedRates::restore(state)?, rates);
    /// state.last = Timestamp::new(13); // when it is in force already
    /// assert!(DelayedRates::restore(state).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn restore(state: DelayedRatesState<N>) -> Result<Self, Error> {
        let settled = Self::new(state.rates, state.rules, state.last)?;
        if let Some(AnnouncedRates { rates, effective }) = state.announced {
            check_sum(&rates)?;
            check_steps(&state.rates, &rates, state.rules.max_step)?;
            let last = u128::from(state.last.get());
            // Sums of two times of 64 bits.
            let least = last.wrapping_add(1);
            let most = last.wrapping_add(state.rules.delay.get().into());
            in_range(Quantity::EffectiveTime, effective.get().into(), least, most)?;
        }
        let announced = state.announced;
        Ok(Self {
            announced,
            ..settled
        })
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> DelayedRatesState<N> {
        DelayedRatesState {
            rules: self.rules,
            rates: self.rates,
            announced: self.announced,
            last: self.last,
        }
    }
}
