//! Epochs that each emit a fixed part of what the one before it did, without rounded rates.

use tokenomics_fixed_math::{Amount, Growth, Ratio, Rounding, Span, Timestamp, U256};
use tokenomics_internals::difference;

use crate::check::{elapsed, length, positive};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{interval, part, short, FromSeed};
use crate::{Curve, Error, Quantity};

/// The parameters of a [`Geometric`], which [`Geometric::new`] checks.
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
pub struct GeometricParams {
    /// The start.
    pub start: Timestamp,
    /// The end, after the start, at which the curve is cut off.
    pub end: Timestamp,
    /// The length of an epoch; above 0.
    pub epoch: Span,
    /// What would be emitted if the curve never ended: a first epoch that emits a makes a total of
    /// a / (1 − decay).
    pub total: Amount,
    /// The part of what the epoch before it did that each emits; above 0 and below 1.
    pub decay: Ratio,
}

/// A geometric series of epochs: epochs of one length, each of which emits a fixed part of what the
/// one before it did, at a constant rate within.
///
/// These are halvings and other reductions as they are meant, without what deployed contracts lose
/// to rounding the rate down in every epoch; for those figures there is
/// [`GeometricEpochs`](crate::GeometricEpochs).
///
/// The first k epochs of a total T emit T·(1 − decay^k). It never comes to T, so the curve has an
/// end: [`Timestamp::MAX`] if it is to go on for ever.
///
/// # Rounding
/// Floor for what has been emitted: the exact number, rounded once, within an epoch too.
///
/// # Laws
/// Those of [`Curve`]. `emitted_at` is one [`Growth`], however many epochs have passed, and without
/// a table; `time_of` is a search.
///
/// ```
/// use tokenomics_emission_curves::{Curve, Geometric, GeometricParams};
/// use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
///
/// // 21 million bitcoin, half of what is left in every 210,000 blocks.
/// let ideal = Geometric::new(GeometricParams {
///     start: Timestamp::ZERO,
///     end: Timestamp::MAX,
///     epoch: Span::new(210_000),
///     total: Amount::new(21_000_000 * 100_000_000),
///     decay: Ratio::new(1, 2)?,
/// })?;
/// assert_eq!(ideal.rate_at(Timestamp::new(840_000)), Amount::new(312_500_000));
/// // Of which the deployed code, with its whole satoshi a block, leaves out 2,310,000.
/// assert_eq!(ideal.cap(), Amount::new(2_099_999_999_999_999));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
///
/// # Source
/// The formula that Bitcoin's and Curve's schedules are told by.
#[doc(alias("halving"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Geometric {
    start: Timestamp,
    // After the start.
    end: Timestamp,
    // Never 0.
    epoch: Span,
    total: Amount,
    // In lowest terms; above 0 and below 1, and its denominator times the epoch is a u128.
    decay: Ratio,
    growth: Growth,
}

impl Geometric {
    /// Creates the curve of these parameters.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an end that is not after the start, an epoch of 0 and a decay of
    /// 0; [`Error::NeverEnds`] for a decay of 1 or more; [`Error::Overflow`] if its denominator
    /// times the epoch is above 128 bits.
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Curve, Error, Geometric, GeometricParams};
    /// # use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
    /// let weekly = |decay| {
    ///     Geometric::new(GeometricParams {
    ///         start: Timestamp::ZERO,
    ///         end: Timestamp::MAX,
    ///         epoch: Span::new(604_800),
    ///         total: Amount::new(100_000),
    ///         decay,
    ///     })
    /// };
    /// // 1% less every week: the first one emits 1% of the total.
    /// let falling = weekly(Ratio::new(99, 100)?)?;
    /// assert_eq!(falling.emitted_at(Timestamp::new(604_800)), Amount::new(1_000));
    /// assert_eq!(weekly(Ratio::ONE), Err(Error::NeverEnds { decay: Ratio::ONE }));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    pub fn new(params: GeometricParams) -> Result<Self, Error> {
        let GeometricParams {
            start,
            end,
            epoch,
            total,
            decay,
        } = params;
        length(start, end)?;
        positive(Quantity::EpochLength, epoch.get().into())?;
        if decay >= Ratio::ONE {
            return Err(Error::NeverEnds { decay });
        }
        positive(Quantity::Decay, decay.numerator())?;
        let growth = Growth::per_unit(decay)?;
        let decay = decay.reduced();
        U256::product(decay.denominator(), epoch.get().into()).to_u128()?;
        Ok(Self {
            start,
            end,
            epoch,
            total,
            decay,
            growth,
        })
    }

    /// Returns the length of each epoch; never 0.
    #[must_use]
    pub const fn epoch(&self) -> Span {
        self.epoch
    }

    /// Returns the total: the amount that would be emitted if the curve never ended.
    #[must_use]
    pub const fn total(&self) -> Amount {
        self.total
    }

    /// Returns the part of what the epoch before it emitted that each epoch emits, in lowest terms.
    #[must_use]
    pub const fn decay(&self) -> Ratio {
        self.decay
    }

    /// Returns the amount left after `time`, rounded up: T·q^k·(1 − (1 − q)·e/L), e into an epoch
    /// of L.
    fn left(&self, time: u64) -> Option<Amount> {
        let length = self.epoch.get();
        let (epochs, into) = (time.checked_div(length)?, time.checked_rem(length)?);
        let (n, d) = (self.decay.numerator(), self.decay.denominator());
        // (d·L − (d − n)·e) / (d·L): the constructor has seen that d·L fits, n is below d, and e
        // below L.
        let whole = d.wrapping_mul(length.into());
        let lost = d.wrapping_sub(n).wrapping_mul(into.into());
        let share = U256::product(self.total.get(), whole.wrapping_sub(lost));
        let epochs = Ratio::from_integer(epochs.into());
        let left = self.growth.mul_div(share, whole, epochs, Rounding::Ceil);
        left.map(Amount::new).ok()
    }
}

impl Curve for Geometric {
    fn cap(&self) -> Amount {
        self.emitted_at(self.end)
    }

    fn start(&self) -> Timestamp {
        self.start
    }

    fn end(&self) -> Timestamp {
        self.end
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        let time = elapsed(self.start, self.end, at);
        // There is always something left, and no more than the total.
        difference(self.total, self.left(time).unwrap_or(self.total))
    }
}

tokenomics_internals::checked_codec! {
    Geometric::new(GeometricParams) as RawGeometric {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        epoch: Span = Geometric::epoch,
        total: Amount = Geometric::total,
        decay: Ratio = Geometric::decay,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Geometric {
    type Seed = (Timestamp, Timestamp, Span, Amount, Ratio);

    fn from_seed((from, to, epoch, total, decay): Self::Seed) -> Option<Self> {
        let (start, end) = interval(from, to);
        let epoch = epoch.max(Span::new(1));
        let params = GeometricParams {
            start,
            end,
            epoch,
            total,
            decay: part(short(decay)?)?,
        };
        Self::new(params).ok()
    }
}
