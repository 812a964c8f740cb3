//! The state of a pool of stakes, and the checks that calls could have led to it.

use tokenomics_fixed_math::Amount;
use tokenomics_internals::Store;

use super::book::{Book, SHARES_OF_A_UNIT};
use super::{ClosedGeneration, StakePool};
use crate::check::in_range;
use crate::{Error, Quantity, RewardPool, RewardPoolState};

/// The state of a [`StakePool`] beside its closed generations, of fixed size: restored from by
/// [`StakePool::restore`], which checks it.
///
/// ```
/// use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
/// use tokenomics_fixed_math::Amount;
///
/// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 1]), Stake::new());
/// pool.deposit(&mut alice, Amount::new(8))?;
/// pool.slash(Amount::new(1))?;
/// let state = pool.state();
/// assert_eq!((state.assets, state.shares), (Amount::new(7), Amount::new(8)));
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
pub struct StakePoolState {
    /// The pool of the rewards; without weights where nothing is staked.
    pub rewards: RewardPoolState,
    /// The amount that is staked.
    pub assets: Amount,
    /// Its shares: at least as many, at most 2^32 times as many.
    pub shares: Amount,
    /// The number of generations that were closed, all of which the store holds.
    pub generation: u32,
    /// The amount that they left and that wasn't taken yet; with what is staked at most [`Amount::MAX`].
    pub released: Amount,
}

impl<G: Store<Entry = ClosedGeneration>> StakePool<G> {
    /// Restores a pool from its state and the store that holds its closed generations.
    ///
    /// # Errors
    /// Those of [`RewardPool::restore`]; [`Error::OutOfRange`] unless there are between 1 and 2^32 shares
    /// of each unit that is staked, weights only where there are shares, and something released only where a
    /// generation was closed; [`Error::Missing`] if the store doesn't hold the last one; [`Error::Overflow`]
    /// for more released and staked than [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool, StakePoolState};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 1]), Stake::new());
    /// pool.deposit(&mut alice, Amount::new(8))?;
    /// assert_eq!(StakePool::restore(pool.state(), *pool.generations())?, pool);
    ///
    /// // A share is never worth more than a unit.
    /// let state = StakePoolState { assets: Amount::new(9), ..pool.state() };
    /// assert!(StakePool::restore(state, *pool.generations()).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn restore(state: StakePoolState, generations: G) -> Result<Self, Error> {
        let book = Book {
            rewards: RewardPool::restore(state.rewards)?,
            assets: state.assets,
            shares: state.shares,
            generation: state.generation,
            released: state.released,
        };
        book.check()?;
        if let Some(index) = state.generation.checked_sub(1) {
            generations.get(index).ok_or(Error::Missing { index })?;
        }
        Ok(Self { book, generations })
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> StakePoolState {
        StakePoolState {
            rewards: self.book.rewards.state(),
            assets: self.book.assets,
            shares: self.book.shares,
            generation: self.book.generation,
            released: self.book.released,
        }
    }
}

impl Book {
    fn check(&self) -> Result<(), Error> {
        let (assets, shares) = (self.assets.get(), self.shares.get());
        in_range(Quantity::Stake, assets, 0, shares)?;
        if self.is_spent() {
            // Below the number of shares, so it doesn't wrap.
            let most = assets.wrapping_mul(SHARES_OF_A_UNIT);
            in_range(Quantity::Shares, shares, 0, most)?;
        }
        let most = if shares == 0 { 0 } else { u128::MAX };
        in_range(Quantity::Shares, self.rewards.total_shares(), 0, most)?;
        let most = if self.generation == 0 { 0 } else { u128::MAX };
        in_range(Quantity::Released, self.released.get(), 0, most)?;
        self.assets.checked_add(self.released)?;
        Ok(())
    }
}
