//! The stake pool: its own calculations and its own state, in the order in which its instructions use them.

use spl_stake_pool::state::{Fee, FeeType, StakePool};

/// What a deposit of lamports makes: for the depositor, the manager and the referrer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deposit {
    pub user: u64,
    pub manager: u64,
    pub referrer: u64,
}

/// What a withdrawal takes: tokens for the manager, tokens that are burned, and lamports that are paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawal {
    pub fee: u64,
    pub burned: u64,
    pub paid: u64,
}

/// The pool, and the epoch of the chain.
#[derive(Debug, Clone)]
pub struct Peer {
    pub pool: StakePool,
    pub epoch: u64,
}

impl Peer {
    /// A pool into which one lamport was deposited for one token, or none.
    pub fn new(seed: u64) -> Self {
        let pool = StakePool {
            total_lamports: seed,
            pool_token_supply: seed,
            ..StakePool::default()
        };
        Self { pool, epoch: 0 }
    }

    /// DepositSol: `None` for what it refuses.
    pub fn deposit(&mut self, lamports: u64) -> Option<Deposit> {
        let pool = &mut self.pool;
        let made = pool.calc_pool_tokens_for_deposit(lamports)?;
        let fee = pool.calc_pool_tokens_sol_deposit_fee(made)?;
        let referrer = pool.calc_pool_tokens_sol_referral_fee(fee)?;
        let (user, manager) = (made.checked_sub(fee)?, fee.checked_sub(referrer)?);
        if user == 0 {
            return None;
        }
        let supply = pool.pool_token_supply.checked_add(made)?;
        pool.total_lamports = pool.total_lamports.checked_add(lamports)?;
        pool.pool_token_supply = supply;
        Some(Deposit {
            user,
            manager,
            referrer,
        })
    }

    /// WithdrawSol, by a holder who isn't the manager.
    pub fn withdraw(&mut self, tokens: u64) -> Option<Withdrawal> {
        let pool = &mut self.pool;
        let fee = pool.calc_pool_tokens_sol_withdrawal_fee(tokens)?;
        let burned = tokens.checked_sub(fee)?;
        let paid = pool.calc_lamports_withdraw_amount(burned)?;
        if paid == 0 {
            return None;
        }
        let supply = pool.pool_token_supply.checked_sub(burned)?;
        pool.total_lamports = pool.total_lamports.checked_sub(paid)?;
        pool.pool_token_supply = supply;
        Some(Withdrawal { fee, burned, paid })
    }

    /// UpdateStakePoolBalance: counts what is there, makes the manager's tokens of what is more than before, and
    /// lets fees come an epoch nearer. Returns those tokens.
    pub fn update(&mut self, lamports: u64) -> Option<u64> {
        let pool = &mut self.pool;
        let reward = lamports.saturating_sub(pool.total_lamports);
        let fee = pool.calc_epoch_fee_amount(reward)?;
        let supply = pool.pool_token_supply.checked_add(fee)?;
        if pool.last_update_epoch < self.epoch {
            if let Some(fee) = pool.next_epoch_fee.get() {
                pool.epoch_fee = *fee;
            }
            pool.next_epoch_fee.update_epoch();
            if let Some(fee) = pool.next_sol_withdrawal_fee.get() {
                pool.sol_withdrawal_fee = *fee;
            }
            pool.next_sol_withdrawal_fee.update_epoch();
            pool.last_update_epoch = self.epoch;
        }
        pool.total_lamports = lamports;
        pool.pool_token_supply = supply;
        Some(fee)
    }

    /// SetFee: `false` if it refuses.
    pub fn set_fee(&mut self, fee: &FeeType) -> bool {
        let is_behind = self.pool.last_update_epoch < self.epoch;
        if fee.can_only_change_next_epoch() && is_behind {
            return false;
        }
        fee.check_too_high().is_ok() && self.pool.update_fee(fee).is_ok()
    }
}

/// A fee of so many millionths.
pub fn millionths(numerator: u64) -> Fee {
    Fee {
        numerator,
        denominator: 1_000_000,
    }
}
