//! Revenue by epochs, to holders whose weight changes in time.

use tokenomics_fixed_math::{Amount, Timestamp, U256};

use crate::{Error, Store};

mod claims;
mod linear;
mod pot;
mod state;
mod terms;
mod weights;
pub use linear::{EpochSum, LinearEpochs, LinearEpochsState, WeightLine};
pub use pot::{EpochCursor, EpochPot};
pub use state::EpochsState;
pub use terms::{ClosedEpoch, EpochReading, EpochTerms, EpochTermsParams, ZeroWeight};
pub use weights::EpochWeights;

/// A distribution of revenue by epochs: what comes in during one is for those who weigh something in
/// it, each by weight / total at one instant of it, such as the locks of a vote escrow.
///
/// Weights are read when an epoch is over and can't change any more; who reads them, and how late,
/// changes nothing. What comes in goes to the epoch of its time, whatever was called before, so a
/// silence of any length loses nothing.
///
/// `S` keeps an entry for each epoch that had funds, of which none is used again: an array of n serves n
/// such epochs. A holder has an [`EpochCursor`]. A claim goes from entry to entry, at most as many as the
/// caller says, and the cursor keeps how far it came: a cost that can be bounded, and no epoch that can't be
/// reached. At any time
///
/// funded = paid + claimable + carried + unallocated + expired,
///
/// where *carried* is the pots of epochs that aren't over, what waits for an epoch with a weight, and
/// fractions of a unit: less than one for each holder, and of each epoch less than 2^-128 for each.
///
/// # Rounding
/// Floor of each holder's share of each pot, to 2^-128 of a unit. The fraction stays in the cursor, so
/// of a thousand pots of one unit a holder of a third is paid 333.
///
/// # Laws
/// `closed_epochs`: an epoch can't be read before it is over, and revenue of an epoch is its own.
/// `epochs_conserve`: the equation, to the last 2^-128 of a unit, after any sequence of calls; the claims
/// of an epoch are at most its pot. `epochs_claim_pattern`: when, how often and in what steps one claims
/// never changes the sum of the claims. `epochs_advance`: each call that has something to do does a step
/// of it.
///
/// ```
/// use tokenomics_fee_split::{
///     ClosedEpoch, EpochCursor, EpochPot, EpochReading, EpochTerms, EpochTermsParams, Epochs,
///     ZeroWeight,
/// };
/// use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
///
/// let (start, week) = (Timestamp::new(1_700_092_800), Span::from_weeks(1));
/// let terms = EpochTerms::new(EpochTermsParams {
///     start,
///     length: week,
///     reading: EpochReading::First,
///     zero_weight: ZeroWeight::Hold,
///     claim_within: None,
/// })?;
/// let at = |weeks: u64| start.checked_add(week.checked_mul(weeks)?);
///
/// // Alice's lock of 300 ends with week 4, and Bob's of 100 never decays.
/// let end = at(4)?;
/// let left = move |epoch: ClosedEpoch| end.since(epoch.at()).map_or(0, Span::get);
/// let alice = move |epoch| U256::product(300, left(epoch).into());
/// let bob = |_| U256::product(100, 4 * 7 * 86_400);
/// let total = move |epoch| alice(epoch).checked_add(bob(epoch)).unwrap_or(U256::MAX);
///
/// let mut epochs = Epochs::new(terms, [EpochPot::EMPTY; 8]);
/// epochs.fund(Amount::new(1_000), at(0)?)?; // 300·4 to 100·4
/// epochs.fund(Amount::new(1_000), at(2)?)?; // 300·2 to 100·4
/// let (mut of_alice, mut of_bob) = (EpochCursor::new(), EpochCursor::new());
///
/// // Week 2 isn't over before week 3 begins.
/// let claimed = epochs.claim(&mut of_alice, &(total, alice), at(2)?, 10)?;
/// assert_eq!(claimed.amount, Amount::new(750));
/// let claimed = epochs.claim(&mut of_alice, &(total, alice), at(3)?, 10)?;
/// assert_eq!(claimed.amount, Amount::new(600));
///
/// // An epoch at a time: it says when there is none left.
/// let first = epochs.claim(&mut of_bob, &(total, bob), at(3)?, 1)?;
/// assert_eq!((first.amount, first.is_done), (Amount::new(250), false));
/// let second = epochs.claim(&mut of_bob, &(total, bob), at(3)?, 1)?;
/// assert_eq!((second.amount, second.is_done), (Amount::new(400), true));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// # Source
/// FeeDistributor of Curve (2020), Balancer (2022) and Velodrome: there, what came in since the last call is
/// spread over the time since, 20 weeks at most, and in the first versions a week's total is read in its
/// first second, in which locks can still be made.
#[doc(alias("FeeDistributor", "RewardsDistributor", "ve", "vote_escrow"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Epochs<S> {
    // As `restore` has checked it.
    state: EpochsState,
    entries: S,
}

/// The payment of a claim, or of what has expired, and whether that is all.
///
/// ```
/// use tokenomics_fee_split::EpochPayment;
/// use tokenomics_fixed_math::Amount;
///
/// let payment = EpochPayment { amount: Amount::new(5), is_done: false };
/// assert!(!payment.is_done); // call again
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use = "the amount is no longer in the pots"]
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
pub struct EpochPayment {
    /// The amount to be paid out.
    pub amount: Amount,
    /// `true` if there is no further epoch to go to: if not, the next call goes on.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::truth")
    )]
    pub is_done: bool,
}

impl<S> Epochs<S> {
    /// Creates a distribution without funds, to be kept in an empty store.
    #[must_use]
    pub const fn new(terms: EpochTerms, entries: S) -> Self {
        let state = EpochsState::new(terms);
        Self { state, entries }
    }
}

impl<S: Store<Entry = EpochPot>> Epochs<S> {
    /// Puts an amount into the pot of the epoch that `at` is in.
    ///
    /// An amount of 0 opens that epoch for what waits for one with a weight, if anything does; what waits
    /// is known once the totals are read, by [`close`](Self::close) or a claim.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::Overflow`] if more than [`Amount::MAX`] would
    /// ever have been funded; [`Error::Full`] if the store has no room for another epoch.
    ///
    /// ```
    /// # use tokenomics_fee_split::{
    /// #     EpochPot, EpochReading, EpochTerms, EpochTermsParams, Epochs, ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: None,
    /// # })?;
    /// // Epochs of 10.
    /// let mut epochs = Epochs::new(terms, [EpochPot::EMPTY; 2]);
    /// epochs.fund(Amount::new(5), Timestamp::new(9))?;
    /// epochs.fund(Amount::new(7), Timestamp::new(10))?;
    /// let pots = epochs.entries().map(|pot| (pot.epoch(), pot.pot()));
    /// assert_eq!(pots, [(0, Amount::new(5)), (1, Amount::new(7))]);
    ///
    /// assert!(epochs.fund(Amount::new(5), Timestamp::new(9)).is_err());
    /// assert!(epochs.fund(Amount::new(5), Timestamp::new(20)).is_err()); // no room
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("checkpoint_token", "burn", "deposit"))]
    pub fn fund(&mut self, amount: Amount, at: Timestamp) -> Result<(), Error> {
        let mut after = self.state;
        let epoch = after.advance(at)?;
        after.funded = after.funded.checked_add(amount)?;
        if !(amount.is_zero() && after.waiting.is_zero()) {
            let (index, entry) = self.entry_of(epoch)?;
            let pot = entry.pot.checked_add(amount)?;
            after.entries = after.entries.max(index.saturating_add(1));
            self.entries.set(index, EpochPot { pot, ..entry });
        }
        self.state = after;
        Ok(())
    }

    /// Reads the total weights of epochs that are over, `limit` at most, and returns `true` if none is
    /// left.
    ///
    /// Nobody has to call it: claims do the same. It says what waits, and what is unallocated.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::Missing`] if the store has lost the entry, and
    /// [`Error::OutOfRange`] or [`Error::Overflow`] if its pot is more than was funded.
    ///
    /// ```
    /// # use tokenomics_fee_split::{
    /// #     EpochPot, EpochReading, EpochTerms, EpochTermsParams, Epochs, ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: None,
    /// # })?;
    /// let mut epochs = Epochs::new(terms, [EpochPot::EMPTY; 2]);
    /// epochs.fund(Amount::new(5), Timestamp::new(3))?;
    /// let nobody = |_| U256::ZERO;
    /// assert!(epochs.close(nobody, Timestamp::new(10), 100)?);
    /// assert_eq!(epochs.state().waiting, Amount::new(5));
    /// assert!(epochs.close(nobody, Timestamp::new(9), 100).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("checkpoint_total_supply"))]
    pub fn close(
        &mut self,
        total: impl Fn(ClosedEpoch) -> U256,
        at: Timestamp,
        limit: u32,
    ) -> Result<bool, Error> {
        self.walk(at, limit, |epochs| epochs.read_next(&total))?;
        Ok(!self.has(self.state.read, |entry| self.is_over(entry)))
    }

    /// Takes what is unallocated out of the distribution, for a sink of the caller's choice, as if it
    /// hadn't been funded.
    ///
    /// ```
    /// # use tokenomics_fee_split::{
    /// #     EpochPot, EpochReading, EpochTerms, EpochTermsParams, Epochs, ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Sink,
    /// #     claim_within: None,
    /// # })?;
    /// let mut epochs = Epochs::new(terms, [EpochPot::EMPTY; 2]);
    /// epochs.fund(Amount::new(5), Timestamp::new(3))?;
    /// epochs.close(|_| U256::ZERO, Timestamp::new(10), 100)?;
    /// assert_eq!(epochs.take_unallocated(), Amount::new(5));
    /// assert_eq!(epochs.state().funded, Amount::ZERO);
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[must_use = "it is no longer in the distribution"]
    pub fn take_unallocated(&mut self) -> Amount {
        let taken = self.state.unallocated;
        // It is a part of what was funded, so the difference doesn't wrap.
        let funded = self.state.funded.get().wrapping_sub(taken.get());
        self.state.funded = Amount::new(funded);
        self.state.unallocated = Amount::ZERO;
        taken
    }

    /// Takes `limit` steps at most, fewer if one says that there is none.
    ///
    /// A step that fails changes nothing. If it is the first one, neither does the call; if it is a
    /// later one, the call ends before it, so that what was done is kept.
    fn walk(
        &mut self,
        at: Timestamp,
        limit: u32,
        mut step: impl FnMut(&mut Self) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        let before = self.state;
        self.state.advance(at)?;
        for done in 0..limit {
            match step(self) {
                Ok(true) => {}
                Err(error) if done == 0 => {
                    self.state = before;
                    return Err(error);
                }
                Ok(false) | Err(_) => break,
            }
        }
        Ok(())
    }

    /// Reads the total weight of the next entry, if that is over.
    fn read_next(&mut self, total: impl Fn(ClosedEpoch) -> U256) -> Result<bool, Error> {
        let Some(read) = self.with_total(total)? else {
            return Ok(false);
        };
        self.write(read);
        Ok(true)
    }

    /// Returns the next entry with its total weight read, if it is over, and the state after that.
    fn with_total(&self, total: impl Fn(ClosedEpoch) -> U256) -> Result<Option<Step>, Error> {
        let (mut after, index) = (self.state, self.state.read);
        if !self.has(index, |entry| self.is_over(entry)) {
            return Ok(None);
        }
        let mut entry = self.entry(index)?;
        entry.weight = total(after.terms.closed(entry.epoch, after.clock)?);
        let pot = entry.pot.checked_add(after.waiting)?;
        after.waiting = Amount::ZERO;
        entry.pot = Amount::ZERO;
        match after.terms.zero_weight() {
            _ if !entry.weight.is_zero() => entry.pot = pot,
            ZeroWeight::Hold => after.waiting = pot,
            ZeroWeight::Sink => after.unallocated = after.unallocated.checked_add(pot)?,
        }
        after.check_sums()?;
        entry.left = U256::new(entry.pot.get(), 0);
        after.read = index.saturating_add(1);
        Ok(Some(Step {
            after,
            index,
            entry,
        }))
    }

    fn write(&mut self, step: Step) {
        self.entries.set(step.index, step.entry);
        self.state = step.after;
    }

    /// Returns the entry of the epoch that the clock is in, and its number: the last one, or a new one
    /// after it.
    fn entry_of(&self, epoch: u64) -> Result<(u32, EpochPot), Error> {
        let count = self.state.entries;
        if let Some(last) = count.checked_sub(1).filter(|_| count > self.state.swept) {
            let entry = self.entry(last)?;
            if entry.epoch == epoch {
                return Ok((last, entry));
            }
        }
        let capacity = self.entries.capacity();
        if count >= capacity {
            return Err(Error::Full { capacity });
        }
        Ok((count, EpochPot::new(epoch)))
    }

    fn entry(&self, index: u32) -> Result<EpochPot, Error> {
        self.entries.get(index).ok_or(Error::Missing { index })
    }

    /// Returns the first entry of `low..high` that is like that, of entries of which all after it are,
    /// or `high`.
    fn first(
        &self,
        low: u32,
        high: u32,
        is_like: impl Fn(&EpochPot) -> bool,
    ) -> Result<u32, Error> {
        let (mut low, mut high) = (low, high);
        while low < high {
            let middle = low.saturating_add(high.saturating_sub(low).wrapping_shr(1));
            if is_like(&self.entry(middle)?) {
                high = middle;
            } else {
                low = middle.saturating_add(1);
            }
        }
        Ok(low)
    }

    /// Returns `true` if there is an entry of this number that is like that, or that was lost.
    fn has(&self, index: u32, is_like: impl Fn(&EpochPot) -> bool) -> bool {
        index < self.state.entries && self.entry(index).map_or(true, |entry| is_like(&entry))
    }

    fn is_over(&self, entry: &EpochPot) -> bool {
        let EpochsState { terms, clock, .. } = self.state;
        terms.closed(entry.epoch, clock).is_ok()
    }
}

/// A change of one entry, and the state after it.
struct Step {
    after: EpochsState,
    index: u32,
    entry: EpochPot,
}
