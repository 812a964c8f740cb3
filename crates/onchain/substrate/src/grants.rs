//! Vesting grants: the funder's tokens on hold, of which the grantee claims what has vested.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::pallet_prelude::*;
use frame_support::traits::fungible::MutateHold as _;
use frame_support::traits::tokens::{Fortitude, Precision, Restriction};
use scale_info::TypeInfo;
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::{Gate, Grant, Linear, Schedule as _};

use crate::stored::{entry, value};
use crate::{Config, Error, Event, Grants, HoldReason, NextGrant, Pallet};

/// A grant, whose tokens are on hold in its funder's account, and who may claim it.
#[derive(
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
)]
pub struct Granted<AccountId> {
    pub funder: AccountId,
    pub grantee: AccountId,
    pub grant: Grant<Gate<Linear>>,
}

impl<T: Config> Pallet<T> {
    pub(crate) fn make_grant(
        funder: T::AccountId,
        grantee: T::AccountId,
        linear: Linear,
        cliff: Timestamp,
    ) -> DispatchResult {
        let total = linear.total();
        let grant = Grant::new(Gate::new(linear, cliff));
        let id = value::<_, NextGrant<T>>().map_err(Error::<T>::from)?;
        let id = id.unwrap_or(0);
        ensure!(!Grants::<T>::contains_key(id), Error::<T>::Corrupt);
        let next = id.checked_add(1).ok_or(Error::<T>::TooManyGrants)?;
        T::Currency::hold(&HoldReason::Granted.into(), &funder, total.get())?;
        NextGrant::<T>::put(next);
        let granted = Granted {
            funder: funder.clone(),
            grantee: grantee.clone(),
            grant,
        };
        Grants::<T>::insert(id, granted);
        Self::deposit_event(Event::GrantCreated {
            id,
            funder,
            grantee,
            total,
        });
        Ok(())
    }

    pub(crate) fn claim_of_grant(who: T::AccountId, id: u32) -> DispatchResult {
        let mut granted = Self::granted(id)?;
        ensure!(granted.grantee == who, Error::<T>::NotYours);
        let claimed = granted.grant.claim(Self::now());
        let amount = claimed.map_err(Error::<T>::from)?;
        T::Currency::transfer_on_hold(
            &HoldReason::Granted.into(),
            &granted.funder,
            &who,
            amount.get(),
            Precision::Exact,
            Restriction::Free,
            Fortitude::Polite,
        )?;
        Self::keep(id, granted);
        Self::deposit_event(Event::GrantClaimed { id, amount });
        Ok(())
    }

    pub(crate) fn end_grant(who: T::AccountId, id: u32) -> DispatchResult {
        let mut granted = Self::granted(id)?;
        ensure!(granted.funder == who, Error::<T>::NotYours);
        let returned = granted.grant.revoke(Self::now());
        let returned = returned.map_err(Error::<T>::from)?;
        let reason = HoldReason::Granted.into();
        T::Currency::release(&reason, &who, returned.get(), Precision::Exact)?;
        Self::keep(id, granted);
        Self::deposit_event(Event::GrantRevoked { id, returned });
        Ok(())
    }

    /// Returns how much of a grant can be claimed now.
    pub(crate) fn claimable(id: u32) -> Result<Amount, Error<T>> {
        Ok(Self::granted(id)?.grant.claimable_at(Self::now()))
    }

    fn granted(id: u32) -> Result<Granted<T::AccountId>, Error<T>> {
        entry::<_, _, Grants<T>>(&id)?.ok_or(Error::NoSuchGrant)
    }

    /// Keeps a grant for as long as something is left of it.
    fn keep(id: u32, granted: Granted<T::AccountId>) {
        if granted.grant.claimed() == granted.grant.kept() {
            Grants::<T>::remove(id);
        } else {
            Grants::<T>::insert(id, granted);
        }
    }
}
