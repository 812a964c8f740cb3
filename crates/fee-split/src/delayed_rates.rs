//! Rates that change only after a delay, and by a bounded step.

mod state;

use tokenomics_fixed_math::{Fraction, Span, Timestamp};

use crate::check::in_range;
use crate::{Error, Quantity};
pub use state::DelayedRatesState;

/// The rules for changes of [`DelayedRates`].
///
/// ```
/// use tokenomics_fee_split::ChangeRules;
/// use tokenomics_fixed_math::{fraction, Span};
///
/// // Two days ahead, and no rate by more than five points.
/// let rules = ChangeRules { delay: Span::from_days(2), max_step: fraction!("0.05") };
/// assert_eq!(rules.delay, Span::new(172_800));
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
pub struct ChangeRules {
    /// The time between the announcement of a change and its effect, at least 1.
    pub delay: Span,
    /// The most by which a change may move any one rate.
    pub max_step: Fraction,
}

/// Rates that have been announced, and the time from which they are in force.
///
/// ```
/// use tokenomics_fee_split::{ChangeRules, DelayedRates};
/// use tokenomics_fixed_math::{fraction, Fraction, Span, Timestamp};
///
/// let rules = ChangeRules { delay: Span::new(10), max_step: Fraction::ONE };
/// let halves = [fraction!("0.5"), fraction!("0.5")];
/// let mut rates = DelayedRates::new(halves, rules, Timestamp::new(100))?;
/// rates.announce([Fraction::ONE, Fraction::ZERO], Timestamp::new(105))?;
/// let announced = rates.announced().unwrap();
/// assert_eq!(announced.effective, Timestamp::new(115));
/// # Ok::<(), tokenomics_fee_split::Error>(())
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
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; rates: ([Fraction; N]), effective: (Timestamp))),
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
pub struct AnnouncedRates<const N: usize> {
    /// The rates.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Fraction, N>")
    )]
    pub rates: [Fraction; N],
    /// The time from which they are in force.
    pub effective: Timestamp,
}

/// Rates that sum to 1, and that change only some time after the change was announced, and by a bounded
/// step each: who is paid by them has the delay to see a change, and to leave.
///
/// A change is in force from its time on without a call. One that is announced before the last one is in
/// force takes its place, with a delay of its own: nothing is ever in force sooner than a delay after it
/// was announced, and in one delay no rate moves by more than a step.
///
/// # Laws
/// `rates_are_delayed`: what is in force was announced a delay ago or earlier, and differs from what was in
/// force at that announcement by at most a step; it sums to 1.
///
/// ```
/// use tokenomics_fee_split::{ChangeRules, DelayedRates, Error, Quantity};
/// use tokenomics_fixed_math::{fraction, Span, Timestamp};
///
/// let at = Timestamp::new;
/// let rules = ChangeRules { delay: Span::new(100), max_step: fraction!("0.1") };
/// // To lockers and to the treasury.
/// let old = [fraction!("0.7"), fraction!("0.3")];
/// let new = [fraction!("0.6"), fraction!("0.4")];
/// let mut rates = DelayedRates::new(old, rules, at(0))?;
/// assert_eq!(rates.announce(new, at(20))?, at(120));
/// assert_eq!(rates.rates_at(at(119))?, old);
/// assert_eq!(rates.rates_at(at(120))?, new);
///
/// let what = Quantity::RateStep;
/// let too_far = rates.announce([fraction!("0.8"), fraction!("0.2")], at(200));
/// let (value, bound) = (200_000_000_000_000_000, 100_000_000_000_000_000);
/// assert_eq!(too_far, Err(Error::OutOfRange { what, value, bound }));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// # Source
/// spl-stake-pool, `FutureEpoch` and `Fee::check_withdrawal`: a fee changes with the second update after, and one of
/// withdrawals rises by at most half of itself. There lowering has no bound; here one rate falls only where another
/// rises, and a change is in force without a call.
#[doc(alias("timelock", "FutureEpoch", "governance delay"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DelayedRates<const N: usize> {
    rules: ChangeRules,
    // They sum to 1, as do those that are announced.
    rates: [Fraction; N],
    // Within a step of the rates, and in force after `last`.
    announced: Option<AnnouncedRates<N>>,
    // The time of the last change of this state.
    last: Timestamp,
}

impl<const N: usize> DelayedRates<N> {
    /// Creates rates that are in force from `at` on.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for rates that don't sum to 1, and for a delay of 0.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ChangeRules, DelayedRates};
    /// # use tokenomics_fixed_math::{fraction, Fraction, Span, Timestamp};
    /// let rules = ChangeRules { delay: Span::new(1), max_step: Fraction::ONE };
    /// let new = |rates| DelayedRates::new(rates, rules, Timestamp::new(0));
    /// assert!(new([fraction!("0.9"), fraction!("0.1")]).is_ok());
    /// assert!(new([fraction!("0.9"), fraction!("0.2")]).is_err());
    /// ```
    pub fn new(rates: [Fraction; N], rules: ChangeRules, at: Timestamp) -> Result<Self, Error> {
        in_range(Quantity::Delay, rules.delay.get().into(), 1, u128::MAX)?;
        check_sum(&rates)?;
        Ok(Self {
            rules,
            rates,
            announced: None,
            last: at,
        })
    }

    /// Returns the rules for changes.
    #[must_use]
    pub const fn rules(&self) -> ChangeRules {
        self.rules
    }

    /// Returns the change that was announced last, if it wasn't in force at the last call that changed
    /// anything.
    #[must_use]
    pub const fn announced(&self) -> Option<AnnouncedRates<N>> {
        self.announced
    }

    /// Returns the time of the last call that changed anything.
    #[must_use]
    pub const fn last(&self) -> Timestamp {
        self.last
    }

    /// Returns the rates in force at a time.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a time before the last change.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ChangeRules, DelayedRates, Error};
    /// # use tokenomics_fixed_math::{Fraction, Span, Timestamp};
    /// let rules = ChangeRules { delay: Span::new(1), max_step: Fraction::ONE };
    /// let rates = DelayedRates::new([Fraction::ONE], rules, Timestamp::new(9))?;
    /// assert_eq!(rates.rates_at(Timestamp::new(9))?, [Fraction::ONE]);
    /// let (at, last) = (Timestamp::new(8), Timestamp::new(9));
    /// assert_eq!(rates.rates_at(at), Err(Error::Backdated { at, last }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn rates_at(&self, at: Timestamp) -> Result<[Fraction; N], Error> {
        Ok(self.settled(at)?.rates)
    }

    /// Announces a change, and returns the time from which it is in force. It takes the place of one that
    /// isn't in force yet.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for rates that don't sum to 1, and for one that is more than a step from what is
    /// in force now; [`Error::Backdated`] for a time before the last change; [`Error::Overflow`] for a time
    /// of effect past the end of the clock.
    ///
    /// # Laws
    /// `rates_are_delayed`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ChangeRules, DelayedRates};
    /// # use tokenomics_fixed_math::{fraction, Fraction, Span, Timestamp};
    /// let at = Timestamp::new;
    /// let rules = ChangeRules { delay: Span::new(10), max_step: fraction!("0.2") };
    /// let halves = [fraction!("0.5"), fraction!("0.5")];
    /// let mut rates = DelayedRates::new(halves, rules, at(0))?;
    /// rates.announce([fraction!("0.6"), fraction!("0.4")], at(3))?;
    /// // Another one instead, which begins to wait anew.
    /// assert_eq!(rates.announce([fraction!("0.4"), fraction!("0.6")], at(12))?, at(22));
    /// assert_eq!(rates.rates_at(at(13))?, halves);
    /// assert!(rates.announce([fraction!("0.8"), fraction!("0.2")], at(13)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn announce(&mut self, rates: [Fraction; N], at: Timestamp) -> Result<Timestamp, Error> {
        let settled = self.settled(at)?;
        check_sum(&rates)?;
        check_steps(&settled.rates, &rates, self.rules.max_step)?;
        let effective = at.checked_add(self.rules.delay)?;
        let announced = Some(AnnouncedRates { rates, effective });
        *self = Self {
            announced,
            ..settled
        };
        Ok(effective)
    }

    /// Cancels the change that isn't in force yet, if there is one.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a time before the last change.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ChangeRules, DelayedRates};
    /// # use tokenomics_fixed_math::{Fraction, Span, Timestamp};
    /// let at = Timestamp::new;
    /// let rules = ChangeRules { delay: Span::new(10), max_step: Fraction::ONE };
    /// let (first, second) = ([Fraction::ONE, Fraction::ZERO], [Fraction::ZERO, Fraction::ONE]);
    /// let mut rates = DelayedRates::new(first, rules, at(0))?;
    /// rates.announce(second, at(0))?;
    /// rates.cancel(at(9))?;
    /// assert_eq!(rates.rates_at(at(10))?, first);
    /// assert!(rates.cancel(at(8)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn cancel(&mut self, at: Timestamp) -> Result<(), Error> {
        let settled = self.settled(at)?;
        *self = Self {
            announced: None,
            ..settled
        };
        Ok(())
    }

    /// Returns what stands at a time: what was announced for it or earlier is in force.
    pub(crate) fn settled(&self, at: Timestamp) -> Result<Self, Error> {
        let last = self.last;
        if at < last {
            return Err(Error::Backdated { at, last });
        }
        let (announced, rates) = match self.announced {
            Some(due) if due.effective <= at => (None, due.rates),
            waiting => (waiting, self.rates),
        };
        Ok(Self {
            rules: self.rules,
            rates,
            announced,
            last: at,
        })
    }
}

/// Checks that the rates sum to 1.
fn check_sum(rates: &[Fraction]) -> Result<(), Error> {
    let one = Fraction::SCALE.into();
    // Fewer than 2^64 rates of 64 bits.
    let sum = rates
        .iter()
        .fold(0_u128, |sum, rate| sum.wrapping_add(rate.raw().into()));
    in_range(Quantity::RateSum, sum, one, one)
}

/// Checks that no rate moves by more than a step.
fn check_steps(from: &[Fraction], to: &[Fraction], max_step: Fraction) -> Result<(), Error> {
    for (from, to) in from.iter().zip(to) {
        let step = from.raw().abs_diff(to.raw());
        in_range(Quantity::RateStep, step.into(), 0, max_step.raw().into())?;
    }
    Ok(())
}

tokenomics_internals::checked_codec! {
    [const N: usize] DelayedRates<N> as DelayedRatesState<N>: MaxEncodedLen
}
