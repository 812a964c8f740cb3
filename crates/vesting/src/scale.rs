//! A schedule scaled to another total.

use tokenomics_fixed_math::{mul_div, Amount, Ratio, Rounding, Timestamp};

use crate::check::at_most;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::FromSeed;
use crate::{Error, Quantity, Resize, Schedule};

/// A schedule scaled to another total: where the inner one has vested v of its total T, this has
/// vested floor(v · total / T).
///
/// It is the total that is scaled, and vesting follows it: so the end is exact, and a unit more of
/// the total vests at most one unit more at any time.
///
/// # Rounding
/// Floor for what has vested, on top of the schedule's own; Ceil for the time of an amount.
///
/// # Laws
/// Those of [`Schedule`], as far as the schedule keeps them; `non_expansive` in the total it is
/// scaled to.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Fraction, Timestamp};
/// use tokenomics_vesting::{Linear, Scale, Schedule};
///
/// let linear = Linear::new(Timestamp::new(0), Timestamp::new(10), Amount::new(1_001))?;
/// let third = Scale::by(linear, Fraction::from_percent(30)?.into())?;
/// assert_eq!(third.total(), Amount::new(300)); // of 300.3
/// assert_eq!(third.vested_at(Timestamp::new(5)), Amount::new(149)); // 500 · 300 / 1,001
/// assert_eq!(third.vested_at(third.end()), Amount::new(300));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawScale<S>",
        bound(deserialize = "S: Schedule + serde::Deserialize<'de>")
    )
)]
#[cfg_attr(
    feature = "cosmwasm",
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
pub struct Scale<S> {
    inner: S,
    // 0 where the inner total is.
    total: Amount,
}

impl<S: Schedule> Scale<S> {
    /// Creates `inner` scaled to `total`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a total above 0 where the schedule's own is 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Linear, Scale, Schedule};
    ///
    /// // A plan in basis points, for a grant of 70,000.
    /// let (start, end) = (Timestamp::new(0), Timestamp::new(100));
    /// let plan = Linear::new(start, end, Amount::new(10_000))?;
    /// let grant = Scale::new(plan, Amount::new(70_000))?;
    /// assert_eq!(grant.vested_at(Timestamp::new(25)), Amount::new(17_500));
    ///
    /// let nothing = Linear::new(start, end, Amount::ZERO)?;
    /// assert!(Scale::new(nothing, Amount::new(1)).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn new(inner: S, total: Amount) -> Result<Self, Error> {
        if inner.total().is_zero() {
            at_most(Quantity::ScaledTotal, total.get(), 0)?;
        }
        Ok(Self { inner, total })
    }

    /// Creates `inner` scaled to `ratio` times its total.
    ///
    /// # Rounding
    /// Floor for the total.
    ///
    /// # Errors
    /// [`Error::Overflow`] for a total above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// use tokenomics_vesting::{Cliff, Error, Scale, Schedule};
    ///
    /// // A redenomination of two for three.
    /// let cliff = Cliff::new(Timestamp::new(100), Amount::new(1_000));
    /// assert_eq!(Scale::by(cliff, Ratio::new(2, 3)?)?.total(), Amount::new(666));
    ///
    /// let most = Cliff::new(Timestamp::new(100), Amount::MAX);
    /// assert!(matches!(Scale::by(most, Ratio::new(3, 2)?), Err(Error::Overflow { .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn by(inner: S, ratio: Ratio) -> Result<Self, Error> {
        let total = inner.total().mul_ratio(ratio, Rounding::Floor)?;
        Self::new(inner, total)
    }

    /// Returns the schedule before it was scaled.
    #[must_use]
    pub const fn inner(&self) -> &S {
        &self.inner
    }
}

impl<S: Schedule> Schedule for Scale<S> {
    fn total(&self) -> Amount {
        self.total
    }

    fn start(&self) -> Timestamp {
        self.inner.start()
    }

    fn end(&self) -> Timestamp {
        self.inner.end()
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        // At most `total`, as what has vested is at most the inner total: this fails only where
        // that is 0, and then nothing ever vests.
        let vested = self.inner.vested_at(at).get();
        self.total
            .mul_div(vested, self.inner.total().get(), Rounding::Floor)
            .unwrap_or(Amount::ZERO)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        if amount > self.total {
            return None;
        }
        // floor(v·total/T) ≥ x ⟺ v ≥ ⌈x·T/total⌉, at most T as x ≤ total.
        let inner = self.inner.total().get();
        let vested = mul_div(amount.get(), inner, self.total.get(), Rounding::Ceil).ok()?;
        self.inner.time_of(Amount::new(vested))
    }
}

/// Any schedule that is scaled can be scaled to another total.
impl<S: Schedule + Clone> Resize for Scale<S> {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Self::new(self.inner().clone(), total)
    }
}

tokenomics_internals::checked_codec! {
    Scale<S: Schedule>::new as RawScale {
        inner: S,
        total: Amount,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl<S: Schedule> FromSeed for Scale<S> {
    type Seed = (S, Amount);

    fn from_seed((inner, total): Self::Seed) -> Option<Self> {
        let nothing = inner.total().is_zero();
        let total = if nothing { Amount::ZERO } else { total };
        Self::new(inner, total).ok()
    }
}
