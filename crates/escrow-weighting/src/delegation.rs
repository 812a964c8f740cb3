//! Delegation: whose votes the power of a lock is.

mod delegations;

pub use self::delegations::Delegations;
use tokenomics_fixed_math::{Amount, Timestamp};

use crate::{Lock, Power, Shares};

/// A lock and whose its power is: of each of at most `N` delegates a share, until the delegation
/// expires, and of the owner the rest, and all of it from then on.
///
/// The owner's host keeps it beside the lock, or in place of it. [`powers`](Self::powers) says which
/// powers it puts into whose totals. A change of the lock or of the delegation takes those of the old
/// one out and puts those of the new one in, at one time: [`Delegations`] does it in memory and in a chain's
/// storage, or a host with a [`Ring`](crate::Ring) for each name.
///
/// Only a lock is delegated, so what was received can't be passed on: there are no chains and no
/// cycles. A share of the owner's own is the same as none.
///
/// # Rounding
/// Of the amount, by largest remainder, so that whole base units are delegated: see [`Shares`].
/// Nothing else is rounded.
///
/// # Laws
/// `delegation_conserves`: the powers of the delegates and of the owner sum to the lock's weight, at
/// every time. `delegation_expires`: from the expiry on all of it is the owner's, without a call.
///
/// ```
/// use tokenomics_escrow_weighting::{Delegated, Lock, LockKind, Shares};
/// use tokenomics_fixed_math::{fraction, Amount, Timestamp, U256};
///
/// let at = Timestamp::new;
/// let lock = Lock::new(Amount::new(7), LockKind::Decaying { rate: 1, end: at(100) })?;
/// let to = Shares::<_, 4>::new(&[("bob", fraction!("0.5"))])?;
/// let delegated = Delegated { owner: "alice", lock, to, expires: Some(at(60)) };
///
/// let weight = |name, time| {
///     let powers = delegated.powers().filter(|&(whose, _)| whose == name);
///     powers.fold(0, |sum, (_, power)| sum + power.weight_at(at(time)).low())
/// };
/// // The half unit goes to the delegate.
/// assert_eq!((weight("bob", 59), weight("alice", 59)), (4 * 41, 3 * 41));
/// assert_eq!((weight("bob", 60), weight("alice", 60)), (0, 7 * 40));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
///
/// # Source
/// OpenZeppelin Votes has one delegate, for good; fractions and expiries are asked for there since
/// 2024. Velodrome (2022) let anyone append to the list of a delegate's locks, at most 1,024, and walked
/// it in each change; here a delegate has one total, whoever delegates.
#[cfg_attr(doc, doc(alias("delegate", "delegates")))]
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
pub struct Delegated<K, const N: usize> {
    /// Whose the lock is.
    pub owner: K,
    /// The lock.
    pub lock: Lock,
    /// Whose its power is until the delegation expires.
    pub to: Shares<K, N>,
    /// The first time at which all is the owner's again; none for a delegation for good.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
    )]
    pub expires: Option<Timestamp>,
}

impl<K: Clone + PartialEq, const N: usize> Delegated<K, N> {
    /// Creates a lock whose power is the owner's own.
    #[must_use]
    pub fn to_nobody(owner: K, lock: Lock) -> Self {
        Self {
            owner,
            lock,
            to: Shares::none(),
            expires: None,
        }
    }

    /// Returns the powers that the lock has, and whose each is: those of the delegates, and at most two
    /// of the owner. A name may have several.
    ///
    /// # Rounding
    /// Of the amount, by largest remainder.
    pub fn powers(&self) -> impl Iterator<Item = (K, Power)> + Clone + '_ {
        let amount = self.lock.amount();
        let parts = self.to.parts(amount);
        let lent = parts.filter_map(|(name, part)| Some((name?, part)));
        let lent = lent.filter(|(name, _)| *name != self.owner);
        // The parts sum to the amount.
        let all = lent
            .clone()
            .fold(0_u128, |sum, (_, part)| sum.saturating_add(part.get()));
        let kept = self.power_of(Amount::new(amount.get().saturating_sub(all)));
        let back = self.power_of(Amount::new(all));
        let back = back.zip(self.expires).map(|(all, from)| all.starting(from));
        let lent = lent.filter_map(|(name, part)| {
            let part = self.power_of(part)?;
            let lent = self.expires.map_or(part, |expires| part.until(expires));
            Some((name, lent))
        });
        let own = kept.into_iter().chain(back);
        lent.chain(own.map(|power| (self.owner.clone(), power)))
    }

    /// Returns the power of a part of the lock; none of nothing.
    fn power_of(&self, part: Amount) -> Option<Power> {
        let lock = Lock::new(part, self.lock.kind());
        lock.ok().map(Power::from)
    }
}
