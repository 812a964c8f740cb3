//! Votes, counted at a time that is over.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

mod ballots;

pub use self::ballots::{Ballots, Voters};
use tokenomics_fixed_math::{Fraction, Rounding, U256};

use crate::{Closed, Error};

/// The choice of a voter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub enum Choice {
    /// For the proposal.
    For,
    /// Against it.
    Against,
    /// For neither; it counts for the quorum.
    Abstain,
}

tokenomics_internals::borsh_variants! {
    [] Choice {
        0: For,
        1: Against,
        2: Abstain,
    }
}

/// The sum of the weights that voted for, against, and neither, counted at a time that is over.
///
/// Weights are in any one unit: undivided, as locks and delegates have them, or the roots of
/// [`Terms::quadratic_weight`](crate::Terms::quadratic_weight), one for each voter. Read each at
/// [`at`](Self::at): what is locked or delegated later, or in the same instant, doesn't count. That each
/// voter counts once is for the host that keeps the names, or for [`Ballots`].
///
/// # Rounding
/// None: a share of a total is compared with what voted exactly, as integers.
///
/// # Laws
/// `tally_is_exact`.
///
/// ```
/// use tokenomics_escrow_weighting::{Choice, Closed, Tally};
/// use tokenomics_fixed_math::{fraction, Timestamp, U256};
///
/// let mut tally = Tally::new(Closed::before(Timestamp::new(99), Timestamp::new(100))?);
/// tally.count(Choice::For, U256::from(20))?;
/// tally.count(Choice::Against, U256::from(10))?;
/// tally.count(Choice::Abstain, U256::from(5))?;
/// assert!(tally.has_quorum(fraction!("0.35"), U256::from(100)));
/// assert!(!tally.has_quorum(fraction!("0.35"), U256::from(101)));
/// assert!(tally.is_above(fraction!("0.5")));
/// // Two thirds of what decided is 20 and no more, and above what 18 digits of two thirds are.
/// assert!(tally.reaches(fraction!("0.666666666666666666")));
/// assert!(!tally.reaches(fraction!("0.666666666666666667")));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
///
/// # Source
/// OpenZeppelin's GovernorCountingSimple and GovernorVotesQuorumFraction, whose quorum is floored, and so
/// met by up to a unit less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tally {
    at: Closed,
    // They sum to 256 bits at most.
    yes: U256,
    no: U256,
    abstained: U256,
}

impl Tally {
    /// Creates the tally of nobody, of weights at a time that is over.
    #[must_use]
    pub const fn new(at: Closed) -> Self {
        Self {
            at,
            yes: U256::ZERO,
            no: U256::ZERO,
            abstained: U256::ZERO,
        }
    }

    /// Restores a tally from what voted for it, against it and neither.
    ///
    /// # Errors
    /// [`Error::Math`] for a sum above [`U256::MAX`].
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Choice, Closed, Tally};
    /// # use tokenomics_fixed_math::{Timestamp, U256};
    /// let at = Closed::before(Timestamp::new(1), Timestamp::new(2))?;
    /// let mut tally = Tally::new(at);
    /// tally.count(Choice::For, U256::from(7))?;
    /// let [yes, no, abstained] = [Choice::For, Choice::Against, Choice::Abstain]
    ///     .map(|choice| tally.of(choice));
    /// assert_eq!(Tally::restore(at, yes, no, abstained)?, tally);
    /// assert!(Tally::restore(at, yes, U256::MAX, abstained).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn restore(at: Closed, yes: U256, no: U256, abstained: U256) -> Result<Self, Error> {
        yes.checked_add(no)?.checked_add(abstained)?;
        Ok(Self {
            at,
            yes,
            no,
            abstained,
        })
    }

    /// Returns the time of which the weights are.
    #[must_use]
    pub const fn at(&self) -> Closed {
        self.at
    }

    /// Returns what voted so.
    #[must_use]
    pub const fn of(&self, choice: Choice) -> U256 {
        match choice {
            Choice::For => self.yes,
            Choice::Against => self.no,
            Choice::Abstain => self.abstained,
        }
    }

    /// Returns what voted in all.
    #[must_use]
    pub fn cast(&self) -> U256 {
        let decided = self.decided();
        // `count` has seen that it fits.
        decided.checked_add(self.abstained).unwrap_or(U256::MAX)
    }

    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    const fn yes(&self) -> U256 {
        self.yes
    }

    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    const fn no(&self) -> U256 {
        self.no
    }

    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    const fn abstained(&self) -> U256 {
        self.abstained
    }

    fn decided(&self) -> U256 {
        self.yes.checked_add(self.no).unwrap_or(U256::MAX)
    }

    /// Counts the weight of a voter, of the time that the tally is [`at`](Self::at).
    ///
    /// # Errors
    /// [`Error::Math`] if more than [`U256::MAX`] would have voted, which the weights of one escrow
    /// don't. Nothing is counted then.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Choice, Closed, Tally};
    /// # use tokenomics_fixed_math::{Timestamp, U256};
    /// let mut tally = Tally::new(Closed::before(Timestamp::new(1), Timestamp::new(2))?);
    /// tally.count(Choice::Against, U256::MAX)?;
    /// assert!(tally.count(Choice::For, U256::ONE).is_err());
    /// assert_eq!(tally.cast(), U256::MAX);
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn count(&mut self, choice: Choice, weight: U256) -> Result<(), Error> {
        self.cast().checked_add(weight)?;
        let sum = match choice {
            Choice::For => &mut self.yes,
            Choice::Against => &mut self.no,
            Choice::Abstain => &mut self.abstained,
        };
        *sum = sum.checked_add(weight)?;
        Ok(())
    }

    /// Returns whether what voted, whichever way, is at least a share of the total weight at that time.
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn has_quorum(&self, quorum: Fraction, total: U256) -> bool {
        self.cast() >= part(total, quorum, Rounding::Ceil)
    }

    /// Returns whether what is for it is at least a share of what is for or against it, and not
    /// nothing: two thirds, say.
    #[must_use]
    pub fn reaches(&self, threshold: Fraction) -> bool {
        !self.yes.is_zero() && self.yes >= part(self.decided(), threshold, Rounding::Ceil)
    }

    /// Returns whether what is for it is more than a share of what is for or against it: a half, for a
    /// majority.
    #[must_use]
    pub fn is_above(&self, threshold: Fraction) -> bool {
        self.yes > part(self.decided(), threshold, Rounding::Floor)
    }
}

tokenomics_internals::checked_codec! {
    Tally::restore as RawTally {
        at: Closed = Tally::at,
        yes: U256 = Tally::yes,
        no: U256 = Tally::no,
        abstained: U256 = Tally::abstained,
    }
}

/// Returns a share of a weight: ceiled, an integer is at least it if and only if it is at least the exact
/// one, and floored the same of more.
fn part(weight: U256, share: Fraction, rounding: Rounding) -> U256 {
    let [share, one] = [share.raw(), Fraction::SCALE].map(|raw| U256::from(u128::from(raw)));
    // At most the weight.
    weight.mul_div(share, one, rounding).unwrap_or(weight)
}
