//! A pallet that embeds the crates: vesting grants, a vote escrow, a reward pool and loans against
//! collateral, over any token that implements FRAME's `fungible` traits.
//!
//! The mechanisms decide and the pallet moves what they return: tokens lie on hold in their owners'
//! accounts, and those of the reward pool in an account of the pallet. Each call runs in a storage layer
//! of its own, so that a call that fails leaves nothing behind.
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]

mod grants;
mod loans;
mod locks;
mod refused;
mod rewards;
mod stored;
#[cfg(test)]
mod tests;
pub mod weights;

pub use grants::Granted;
pub use loans::Prices;
pub use pallet::*;

#[frame_support::pallet]
pub mod pallet {
    use frame_support::pallet_prelude::*;
    use frame_support::traits::{fungible, UnixTime};
    use frame_support::PalletId;
    use frame_system::pallet_prelude::*;
    use tokenomics_escrow_weighting::{Checkpoint, EscrowHead, HistoryHead, Lock, Node, Terms};
    use tokenomics_fee_split::{Position, RewardPool};
    use tokenomics_fixed_math::{Amount, Timestamp};
    use tokenomics_haircut_collateral::Account;
    use tokenomics_vesting::Linear;

    use crate::weights;
    use crate::{Granted, Prices};

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config {
        /// The token of grants, locks, stakes, rewards and collateral.
        type Currency: fungible::Mutate<Self::AccountId>
            + fungible::MutateHold<Self::AccountId, Balance = u128, Reason = Self::RuntimeHoldReason>;
        /// The token that is lent: minted when it is borrowed, burned when it is repaid.
        type Stable: fungible::Mutate<Self::AccountId, Balance = u128>;
        type RuntimeHoldReason: From<HoldReason>;
        /// The clock, read in whole seconds. `pallet-timestamp` implements it; its `Moment` is in
        /// milliseconds, and isn't to be passed for seconds.
        type Clock: UnixTime;
        /// The terms of the escrow, kept with its first lock: later ones change nothing.
        type Terms: Get<Terms>;
        /// Who sets the prices: what reads an oracle, its age and its confidence.
        type PriceOrigin: EnsureOrigin<Self::RuntimeOrigin>;
        type PalletId: Get<PalletId>;
    }

    /// What tokens are on hold for.
    #[pallet::composite_enum]
    pub enum HoldReason {
        Granted,
        Locked,
        Staked,
        Collateral,
    }

    #[pallet::storage]
    pub type NextGrant<T> = StorageValue<_, u32>;
    #[pallet::storage]
    pub type Grants<T: Config> = StorageMap<_, Twox64Concat, u32, Granted<T::AccountId>>;

    /// What the escrow keeps beside its maps, of fixed size.
    #[pallet::storage]
    pub type EscrowState<T> = StorageValue<_, (EscrowHead, HistoryHead)>;
    #[pallet::storage]
    pub type Nodes<T> = StorageMap<_, Twox64Concat, u32, Node>;
    #[pallet::storage]
    pub type Checkpoints<T> = StorageMap<_, Twox64Concat, u32, Checkpoint>;
    #[pallet::storage]
    pub type Locks<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Lock>;

    #[pallet::storage]
    pub type Pool<T> = StorageValue<_, RewardPool>;
    #[pallet::storage]
    pub type Positions<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Position>;

    #[pallet::storage]
    pub type CurrentPrices<T> = StorageValue<_, Prices>;
    #[pallet::storage]
    pub type Loans<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Account<1>>;

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        GrantCreated {
            id: u32,
            funder: T::AccountId,
            grantee: T::AccountId,
            total: Amount,
        },
        GrantClaimed {
            id: u32,
            amount: Amount,
        },
        GrantRevoked {
            id: u32,
            returned: Amount,
        },
        Locked {
            who: T::AccountId,
            amount: Amount,
            end: Timestamp,
        },
        LockExtended {
            who: T::AccountId,
            end: Timestamp,
        },
        LockWithdrawn {
            who: T::AccountId,
            amount: Amount,
        },
        Staked {
            who: T::AccountId,
            amount: Amount,
        },
        Funded {
            who: T::AccountId,
            amount: Amount,
        },
        RewardsClaimed {
            who: T::AccountId,
            amount: Amount,
        },
        Unstaked {
            who: T::AccountId,
            amount: Amount,
        },
        PricesSet {
            prices: Prices,
        },
        Deposited {
            who: T::AccountId,
            amount: Amount,
        },
        Withdrawn {
            who: T::AccountId,
            amount: Amount,
        },
        Borrowed {
            who: T::AccountId,
            amount: Amount,
        },
        Repaid {
            who: T::AccountId,
            amount: Amount,
        },
    }

    #[pallet::error]
    #[derive(PartialEq, Eq)]
    pub enum Error<T> {
        /// A mechanism refuses, with the code of its error: docs/onchain.md lists them.
        Refused(u16),
        /// What storage holds can't be read, or is what no call leaves.
        Corrupt,
        NoSuchGrant,
        /// The grant is another's to claim or to revoke.
        NotYours,
        TooManyGrants,
        NoLock,
        /// An account has one lock.
        AlreadyLocked,
        /// No prices were set yet.
        NoPrices,
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Grants tokens of the caller's, which vest evenly between two times, and nothing before the
        /// cliff. Times are seconds of the clock.
        #[pallet::call_index(0)]
        #[pallet::weight(weights::of::<T>(weights::CREATE_GRANT))]
        pub fn create_grant(
            origin: OriginFor<T>,
            grantee: T::AccountId,
            #[pallet::compact] total: Amount,
            #[pallet::compact] start: Timestamp,
            #[pallet::compact] cliff: Timestamp,
            #[pallet::compact] end: Timestamp,
        ) -> DispatchResult {
            let funder = ensure_signed(origin)?;
            let linear = Linear::new(start, end, total).map_err(Error::<T>::from)?;
            Self::make_grant(funder, grantee, linear, cliff)
        }

        /// Claims what has vested of a grant to the caller.
        #[pallet::call_index(1)]
        #[pallet::weight(weights::of::<T>(weights::CLAIM_GRANT))]
        pub fn claim_grant(origin: OriginFor<T>, #[pallet::compact] id: u32) -> DispatchResult {
            Self::claim_of_grant(ensure_signed(origin)?, id)
        }

        /// Revokes a grant of the caller's: what hasn't vested goes back to the caller.
        #[pallet::call_index(2)]
        #[pallet::weight(weights::of::<T>(weights::REVOKE_GRANT))]
        pub fn revoke_grant(origin: OriginFor<T>, #[pallet::compact] id: u32) -> DispatchResult {
            Self::end_grant(ensure_signed(origin)?, id)
        }

        /// Locks tokens of the caller's until an end.
        #[pallet::call_index(3)]
        #[pallet::weight(weights::of::<T>(weights::LOCK))]
        pub fn lock(
            origin: OriginFor<T>,
            #[pallet::compact] amount: Amount,
            #[pallet::compact] end: Timestamp,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::make_lock(who, amount, end)
        }

        /// Moves the end of the caller's lock to a later one.
        #[pallet::call_index(4)]
        #[pallet::weight(weights::of::<T>(weights::EXTEND_LOCK))]
        pub fn extend_lock(
            origin: OriginFor<T>,
            #[pallet::compact] end: Timestamp,
        ) -> DispatchResult {
            Self::move_end(ensure_signed(origin)?, end)
        }

        /// Gives the caller back what was locked until now.
        #[pallet::call_index(5)]
        #[pallet::weight(weights::of::<T>(weights::WITHDRAW_LOCK))]
        pub fn withdraw_lock(origin: OriginFor<T>) -> DispatchResult {
            Self::end_lock(ensure_signed(origin)?)
        }

        /// Stakes tokens of the caller's.
        #[pallet::call_index(6)]
        #[pallet::weight(weights::of::<T>(weights::STAKE))]
        pub fn stake(origin: OriginFor<T>, #[pallet::compact] amount: Amount) -> DispatchResult {
            Self::add_stake(ensure_signed(origin)?, amount)
        }

        /// Gives tokens of the caller's to all who have staked, in proportion.
        #[pallet::call_index(7)]
        #[pallet::weight(weights::of::<T>(weights::FUND))]
        pub fn fund(origin: OriginFor<T>, #[pallet::compact] amount: Amount) -> DispatchResult {
            Self::add_rewards(ensure_signed(origin)?, amount)
        }

        /// Claims the caller's rewards.
        #[pallet::call_index(8)]
        #[pallet::weight(weights::of::<T>(weights::CLAIM_REWARDS))]
        pub fn claim_rewards(origin: OriginFor<T>) -> DispatchResult {
            Self::pay_rewards(ensure_signed(origin)?)
        }

        /// Gives the caller back what was staked. Rewards stay to be claimed.
        #[pallet::call_index(9)]
        #[pallet::weight(weights::of::<T>(weights::UNSTAKE))]
        pub fn unstake(origin: OriginFor<T>, #[pallet::compact] amount: Amount) -> DispatchResult {
            Self::take_stake(ensure_signed(origin)?, amount)
        }

        /// Sets the prices at which loans are judged.
        #[pallet::call_index(10)]
        #[pallet::weight(weights::of::<T>(weights::SET_PRICES))]
        pub fn set_prices(origin: OriginFor<T>, prices: Prices) -> DispatchResult {
            T::PriceOrigin::ensure_origin(origin)?;
            Self::keep_prices(prices)
        }

        /// Deposits tokens of the caller's as collateral.
        #[pallet::call_index(11)]
        #[pallet::weight(weights::of::<T>(weights::DEPOSIT))]
        pub fn deposit(origin: OriginFor<T>, #[pallet::compact] amount: Amount) -> DispatchResult {
            Self::add_collateral(ensure_signed(origin)?, amount)
        }

        /// Gives the caller collateral back, as long as the rest covers the loan.
        #[pallet::call_index(12)]
        #[pallet::weight(weights::of::<T>(weights::WITHDRAW))]
        pub fn withdraw(origin: OriginFor<T>, #[pallet::compact] amount: Amount) -> DispatchResult {
            Self::take_collateral(ensure_signed(origin)?, amount)
        }

        /// Lends the caller stable tokens, as long as the collateral covers them.
        #[pallet::call_index(13)]
        #[pallet::weight(weights::of::<T>(weights::BORROW))]
        pub fn borrow(origin: OriginFor<T>, #[pallet::compact] amount: Amount) -> DispatchResult {
            Self::lend(ensure_signed(origin)?, amount)
        }

        /// Takes stable tokens of the caller's for the caller's loan.
        #[pallet::call_index(14)]
        #[pallet::weight(weights::of::<T>(weights::REPAY))]
        pub fn repay(origin: OriginFor<T>, #[pallet::compact] amount: Amount) -> DispatchResult {
            Self::take_repayment(ensure_signed(origin)?, amount)
        }

        /// Succeeds while a loan may not be liquidated.
        #[pallet::call_index(15)]
        #[pallet::weight(weights::of::<T>(weights::CHECK_HEALTH))]
        pub fn check_health(origin: OriginFor<T>, who: T::AccountId) -> DispatchResult {
            ensure_signed(origin)?;
            Ok(Self::health(&who)?)
        }
    }

    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// Returns how much of a grant can be claimed now.
        pub fn claimable_of(id: u32) -> Result<Amount, Error<T>> {
            Self::claimable(id)
        }

        /// Returns what an account's lock weighs now, floored.
        pub fn weight_of(who: T::AccountId) -> Result<Amount, Error<T>> {
            Self::weight_now(&who)
        }

        /// Returns what all locks weigh at any time, past or to come, floored once.
        pub fn total_weight_at(at: Timestamp) -> Result<Amount, Error<T>> {
            Self::weight_of_all(at)
        }

        /// Returns what an account can claim of the reward pool now, floored.
        pub fn rewards_of(who: T::AccountId) -> Result<Amount, Error<T>> {
            Self::rewards(&who)
        }
    }

    impl<T: Config> Pallet<T> {
        pub(crate) fn now() -> Timestamp {
            Timestamp::new(T::Clock::now().as_secs())
        }
    }
}
