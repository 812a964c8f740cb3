//! The slash of a grant: a forfeit of part of it.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::{Amount, Timestamp};

use super::Grant;
use crate::{Error, Schedule};
use tokenomics_internals::difference;

/// The part of a grant that a slash may take from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
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
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub enum SlashFrom {
    /// The unvested alone.
    Unvested,
    /// The unvested and then, if that is not enough, what has vested and was not claimed.
    UnvestedThenVested,
}

tokenomics_internals::borsh_variants! {
    [] SlashFrom {
        0: Unvested,
        1: UnvestedThenVested,
    }
}

impl<S: Schedule> Grant<S> {
    /// Takes `amount`, or as much of it as there is, and returns what it took.
    ///
    /// Of the unvested it takes what would have vested last: no earlier unlock moves.
    /// What can't be taken is not owed: a later slash, top-up or merge starts from nothing.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a `now` before the last transition or claim.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Grant, Linear, SlashFrom};
    ///
    /// let at = Timestamp::new;
    /// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// grant.claim(at(20))?;
    ///
    /// // By 70, 700 have vested, of which 200 are claimed; 300 have not.
    /// let all = Amount::new(900);
    /// assert_eq!(grant.slash(at(70), all, SlashFrom::Unvested)?, Amount::new(300));
    /// assert_eq!(grant.claimable_at(at(70)), Amount::new(500));
    /// assert_eq!(grant.slash(at(70), all, SlashFrom::UnvestedThenVested)?, Amount::new(500));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    ///
    /// # Source
    /// Cosmos vesting accounts. There a slash lowers the balance and not what is to vest of it, so
    /// that more may be locked than there is; here what is slashed is part of the same sum.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn slash(
        &mut self,
        now: Timestamp,
        amount: Amount,
        from: SlashFrom,
    ) -> Result<Amount, Error> {
        self.check_clock(now)?;
        let there_is = match from {
            SlashFrom::Unvested => self.unvested_at(now),
            SlashFrom::UnvestedThenVested => difference(self.kept(), self.state.claimed),
        };
        let taken = amount.min(there_is);
        self.state.slashed = self.state.slashed.checked_add(taken)?;
        self.state.clock = now;
        Ok(taken)
    }
}
