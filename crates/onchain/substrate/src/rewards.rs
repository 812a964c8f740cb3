//! A reward pool: whoever has tokens staked shares what is funded.

use frame_support::pallet_prelude::*;
use frame_support::traits::fungible::{Mutate as _, MutateHold as _};
use frame_support::traits::tokens::{Precision, Preservation};
use sp_runtime::traits::AccountIdConversion as _;
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::{Amount, U256};

use crate::stored::{entry, value};
use crate::{Config, Error, Event, HoldReason, Pallet, Pool, Positions};

impl<T: Config> Pallet<T> {
    pub(crate) fn add_stake(who: T::AccountId, amount: Amount) -> DispatchResult {
        let (mut pool, mut position) = (Self::pool()?, Self::position_of(&who)?);
        let added = pool.deposit(&mut position, amount.get());
        added.map_err(Error::<T>::from)?;
        T::Currency::hold(&HoldReason::Staked.into(), &who, amount.get())?;
        Self::keep_both(&who, &pool, position);
        Self::deposit_event(Event::Staked { who, amount });
        Ok(())
    }

    pub(crate) fn add_rewards(who: T::AccountId, amount: Amount) -> DispatchResult {
        let mut pool = Self::pool()?;
        pool.fund(amount).map_err(Error::<T>::from)?;
        T::Currency::transfer(&who, &Self::pot(), amount.get(), Preservation::Expendable)?;
        Pool::<T>::put(pool);
        Self::deposit_event(Event::Funded { who, amount });
        Ok(())
    }

    pub(crate) fn pay_rewards(who: T::AccountId) -> DispatchResult {
        let (mut pool, mut position) = (Self::pool()?, Self::position_of(&who)?);
        let claimed = pool.claim(&mut position);
        let amount = claimed.map_err(Error::<T>::from)?;
        // What would be left below the existential deposit is refused, not burned: see `pot`.
        T::Currency::transfer(&Self::pot(), &who, amount.get(), Preservation::Preserve)?;
        Self::keep_both(&who, &pool, position);
        Self::deposit_event(Event::RewardsClaimed { who, amount });
        Ok(())
    }

    pub(crate) fn take_stake(who: T::AccountId, amount: Amount) -> DispatchResult {
        let (mut pool, mut position) = (Self::pool()?, Self::position_of(&who)?);
        let taken = pool.withdraw(&mut position, amount.get());
        taken.map_err(Error::<T>::from)?;
        let reason = HoldReason::Staked.into();
        T::Currency::release(&reason, &who, amount.get(), Precision::Exact)?;
        Self::keep_both(&who, &pool, position);
        Self::deposit_event(Event::Unstaked { who, amount });
        Ok(())
    }

    /// Returns what an account can claim now, floored.
    pub(crate) fn rewards(who: &T::AccountId) -> Result<Amount, Error<T>> {
        Ok(Self::pool()?.claimable(&Self::position_of(who)?)?)
    }

    /// Returns the account that holds what was funded and not yet claimed, beside an existential deposit
    /// that the chain's genesis puts there: below that, FRAME would burn what stakers are owed.
    #[must_use]
    pub fn pot() -> T::AccountId {
        T::PalletId::get().into_account_truncating()
    }

    fn pool() -> Result<RewardPool, Error<T>> {
        Ok(value::<_, Pool<T>>()?.unwrap_or_default())
    }

    fn position_of(who: &T::AccountId) -> Result<Position, Error<T>> {
        Ok(entry::<_, _, Positions<T>>(who)?.unwrap_or_default())
    }

    /// Keeps a position for as long as it has shares, or is owed a part of a unit.
    fn keep_both(who: &T::AccountId, pool: &RewardPool, position: Position) {
        Pool::<T>::put(pool);
        if position.shares() == 0 && position.owed() == U256::ZERO {
            Positions::<T>::remove(who);
        } else {
            Positions::<T>::insert(who, position);
        }
    }
}
