//! Epochs that are claimed any number at once, by weights that are linear in time.

use tokenomics_fixed_math::{Amount, Timestamp, U256};

use super::{ClosedEpoch, EpochCursor, EpochPot, EpochTerms, Epochs};
use crate::check::in_range;
use crate::{Error, Quantity, Store};

mod claims;
mod line;
mod state;
mod wide;
pub use line::WeightLine;
pub use state::LinearEpochsState;
use wide::Wide;

/// A distribution by epochs, as [`Epochs`], of which a holder claims any number at once while its weight
/// is linear in time: a few reads of the stores, and no more for ten thousand epochs than for ten.
///
/// With each epoch two running sums are stored, of pot/total and of pot·t/total, where t is the instant
/// at which it is read. A weight of c + m·t earns c times the growth of the one and m times that of the
/// other. The sums have 384 bits of fractions, so that what rounding takes is known: of n epochs less than
/// (n + 1)·2^-127 of a unit, whatever the pots and the weights are. It stays in the distribution, and no
/// holder is ever paid more than the exact sum of its shares.
///
/// An epoch has no account of its own here, so there is no deadline, and a host that tells weights above
/// the total is found out only when all pots together are short. Where that matters, claim epoch by epoch
/// from [`Epochs`].
///
/// # Rounding
/// Floor of the sum of a holder's shares, less what is said above: where the sum is a whole number of
/// units, or a hair above it, that is a unit less, which comes with the next claim.
///
/// # Laws
/// `linear_epochs`: beside claims epoch by epoch, the same but for that bound; the claims are at most the
/// pots, and what came in is what was paid, is owed, is left, waits, or is unallocated.
///
/// ```
/// use tokenomics_fee_split::{
///     EpochCursor, EpochPot, EpochReading, EpochSum, EpochTerms, EpochTermsParams, LinearEpochs,
///     WeightLine, ZeroWeight,
/// };
/// use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
///
/// let terms = EpochTerms::new(EpochTermsParams {
///     start: Timestamp::ZERO,
///     length: Span::new(10),
///     reading: EpochReading::First,
///     zero_weight: ZeroWeight::Hold,
///     claim_within: None,
/// })?;
/// let mut epochs = LinearEpochs::new(terms, [EpochPot::EMPTY; 8], [EpochSum::ZERO; 8])?;
/// for at in [0, 10, 20] {
///     epochs.fund(Amount::new(120), Timestamp::new(at))?;
/// }
///
/// // Alice's lock of 3 ends at 40, among others that weigh 120 and stay.
/// let alice = WeightLine {
///     since: Timestamp::ZERO,
///     until: Timestamp::new(40),
///     weight: U256::from(3 * 40),
///     slope: U256::from(3),
///     rises: false,
/// };
/// let total = |alice: U256| alice.checked_add(120_u128.into()).unwrap_or(U256::MAX);
/// let all = |epoch: tokenomics_fee_split::ClosedEpoch| {
///     total(alice.weight_at(epoch.at()).unwrap_or(U256::ZERO))
/// };
/// assert!(epochs.close(all, Timestamp::new(30), 100)?);
/// let claimed = epochs.claim(&mut EpochCursor::new(), &alice, Timestamp::new(30))?;
/// // 120/240, 90/210 and 60/180 of 120: 60 + 51.43 + 40.
/// assert_eq!((claimed.amount, claimed.is_done), (Amount::new(151), true));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// # Source
/// Batog, Boca, Johnson, "Scalable Reward Distribution on the Ethereum Blockchain" (2018), with a second
/// accumulator for time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinearEpochs<S, T> {
    epochs: Epochs<S>,
    sums: T,
    // What nobody has claimed of the pots whose totals were read, in 2^-128 units.
    left: U256,
}

/// The running sums up to an epoch, stored beside its [`EpochPot`]: of pot/total and of pot·t/total.
///
/// ```
/// use tokenomics_fee_split::EpochSum;
///
/// let room = [EpochSum::ZERO; 8];
/// assert_eq!(room[0], room[7]);
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
pub struct EpochSum {
    per_weight: Wide,
    // It may wrap, which differences don't mind.
    per_weight_time: Wide,
}

impl EpochSum {
    /// The sums of nothing, for an array of them.
    pub const ZERO: Self = Self {
        per_weight: Wide::ZERO,
        per_weight_time: Wide::ZERO,
    };

    /// Restores the sums from [`per_weight`](Self::per_weight) and [`per_weight_time`](Self::per_weight_time), which
    /// may be any: the differences of two say what a holder is paid.
    ///
    /// ```
    /// # use tokenomics_fee_split::EpochSum;
    /// # use tokenomics_fixed_math::U256;
    /// let half = [U256::ZERO, U256::new(0, 1 << 127)];
    /// let sum = EpochSum::restore(half, [U256::ZERO; 2]);
    /// assert_eq!((sum.per_weight(), sum.per_weight_time()), (half, [U256::ZERO; 2]));
    /// ```
    #[must_use]
    pub const fn restore(per_weight: [U256; 2], per_weight_time: [U256; 2]) -> Self {
        Self {
            per_weight: Wide::from_halves(per_weight),
            per_weight_time: Wide::from_halves(per_weight_time),
        }
    }

    /// Returns the sum of pot/total, in units of 2^-384 and modulo 2^512, the lower half first.
    #[must_use]
    pub const fn per_weight(&self) -> [U256; 2] {
        self.per_weight.halves()
    }

    /// Returns the sum of pot·t/total, where t is the time at which the total was read, in units of 2^-384 and
    /// modulo 2^512, the lower half first.
    #[must_use]
    pub const fn per_weight_time(&self) -> [U256; 2] {
        self.per_weight_time.halves()
    }

    /// Returns the sums with those of one more epoch, read at `at`.
    fn with(self, entry: &EpochPot, at: Timestamp) -> Result<Self, Error> {
        let (pot, weight) = (entry.pot.get(), entry.weight);
        let by_time = U256::product(pot, at.get().into());
        let per_weight = Wide::quotient(pot.into(), weight)?;
        let per_weight_time = Wide::quotient(by_time, weight)?;
        Ok(Self {
            per_weight: self.per_weight.plus(per_weight),
            per_weight_time: self.per_weight_time.plus(per_weight_time),
        })
    }

    fn minus(self, earlier: Self) -> Self {
        Self {
            per_weight: self.per_weight.minus(earlier.per_weight),
            per_weight_time: self.per_weight_time.minus(earlier.per_weight_time),
        }
    }
}

impl<S, T> LinearEpochs<S, T>
where
    S: Store<Entry = EpochPot>,
    T: Store<Entry = EpochSum>,
{
    /// Creates a distribution without funds, to be kept in empty stores.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for terms with a deadline, and if there is less room for sums than for
    /// entries.
    ///
    /// ```
    /// # use tokenomics_fee_split::{
    /// #     EpochPot, EpochReading, EpochSum, EpochTerms, EpochTermsParams, LinearEpochs, ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Span, Timestamp};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: None,
    /// # })?;
    /// let (entries, sums) = ([EpochPot::EMPTY; 8], [EpochSum::ZERO; 8]);
    /// assert!(LinearEpochs::new(terms, entries, sums).is_ok());
    /// assert!(LinearEpochs::new(terms, entries, [EpochSum::ZERO; 7]).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn new(terms: EpochTerms, entries: S, sums: T) -> Result<Self, Error> {
        let epochs = Epochs::new(terms, entries);
        Self::of(epochs, sums, U256::ZERO)
    }

    fn of(epochs: Epochs<S>, sums: T, left: U256) -> Result<Self, Error> {
        let within = epochs.state.terms.claim_within();
        let within = within.map_or(0, |within| within.get());
        in_range(Quantity::ClaimWithin, within.into(), 0, 0)?;
        let (room, least) = (sums.capacity(), epochs.entries.capacity());
        in_range(Quantity::EpochEntries, room.into(), least.into(), u128::MAX)?;
        Ok(Self { epochs, sums, left })
    }

    /// Puts an amount into the pot of the epoch that `at` is in, as [`Epochs::fund`].
    ///
    /// # Errors
    /// As [`Epochs::fund`].
    ///
    /// ```
    /// # use tokenomics_fee_split::{
    /// #     EpochPot, EpochReading, EpochSum, EpochTerms, EpochTermsParams, LinearEpochs, ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: None,
    /// # })?;
    /// let mut epochs = LinearEpochs::new(terms, [EpochPot::EMPTY; 1], [EpochSum::ZERO; 1])?;
    /// epochs.fund(Amount::new(5), Timestamp::new(9))?;
    /// assert!(epochs.fund(Amount::new(5), Timestamp::new(10)).is_err()); // no room
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn fund(&mut self, amount: Amount, at: Timestamp) -> Result<(), Error> {
        self.epochs.fund(amount, at)
    }

    /// Takes what is unallocated, as [`Epochs::take_unallocated`].
    #[must_use = "it is no longer in the distribution"]
    pub fn take_unallocated(&mut self) -> Amount {
        self.epochs.take_unallocated()
    }

    /// Returns the place of a holder that weighed nothing before `since`, as [`Epochs::cursor_since`].
    ///
    /// # Errors
    /// As [`Epochs::cursor_since`].
    ///
    /// ```
    /// # use tokenomics_fee_split::{
    /// #     EpochPot, EpochReading, EpochSum, EpochTerms, EpochTermsParams, LinearEpochs, ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: None,
    /// # })?;
    /// let mut epochs = LinearEpochs::new(terms, [EpochPot::EMPTY; 2], [EpochSum::ZERO; 2])?;
    /// epochs.fund(Amount::new(5), Timestamp::new(9))?;
    /// epochs.close(|_| U256::ONE, Timestamp::new(10), 100)?;
    /// assert_eq!(epochs.cursor_since(Timestamp::ZERO)?.next(), 0);
    /// assert_eq!(epochs.cursor_since(Timestamp::new(10))?.next(), 1);
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn cursor_since(&self, since: Timestamp) -> Result<EpochCursor, Error> {
        self.epochs.cursor_since(since)
    }

    /// Reads the total weights of epochs that are over, `limit` at most, and returns `true` if none is
    /// left. Only what was read can be claimed.
    ///
    /// Anybody may call it, and at any time: a total that is read late is the same.
    ///
    /// # Errors
    /// As [`Epochs::close`].
    ///
    /// ```
    /// # use tokenomics_fee_split::{
    /// #     EpochPot, EpochReading, EpochSum, EpochTerms, EpochTermsParams, LinearEpochs, ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: None,
    /// # })?;
    /// let mut epochs = LinearEpochs::new(terms, [EpochPot::EMPTY; 2], [EpochSum::ZERO; 2])?;
    /// epochs.fund(Amount::new(5), Timestamp::new(9))?;
    /// assert!(epochs.close(|_| U256::ONE, Timestamp::new(10), 100)?);
    /// assert_eq!(epochs.state().left, U256::new(5, 0));
    /// assert!(epochs.close(|_| U256::ONE, Timestamp::new(9), 100).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn close(
        &mut self,
        total: impl Fn(ClosedEpoch) -> U256,
        at: Timestamp,
        limit: u32,
    ) -> Result<bool, Error> {
        let Self { epochs, sums, left } = self;
        epochs.walk(at, limit, |epochs| {
            let Some(step) = epochs.with_total(&total)? else {
                return Ok(false);
            };
            let terms = step.after.terms;
            let read = terms.closed(step.entry.epoch, step.after.clock)?.at();
            let sum = sum_before(sums, step.index)?.with(&step.entry, read)?;
            *left = left.checked_add(step.entry.left)?;
            sums.set(step.index, sum);
            epochs.write(step);
            Ok(true)
        })?;
        Ok(!self
            .epochs
            .has(self.epochs.state.read, |entry| self.epochs.is_over(entry)))
    }
}

/// Returns the sums of all entries before one.
fn sum_before(sums: &impl Store<Entry = EpochSum>, index: u32) -> Result<EpochSum, Error> {
    match index.checked_sub(1) {
        None => Ok(EpochSum::ZERO),
        Some(index) => sums.get(index).ok_or(Error::Missing { index }),
    }
}
