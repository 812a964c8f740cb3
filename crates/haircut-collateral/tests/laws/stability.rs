//! The laws of stability pools.

use tokenomics_fixed_math::{Amount, Rounding, U256};
use tokenomics_haircut_collateral::{Error, PoolDeposit, StabilityPool};

/// A call on a pool with four holders.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct PoolCall {
    pub(crate) kind: u8,
    pub(crate) who: u8,
    pub(crate) amount: u128,
    pub(crate) gain: u128,
}

const HOLDERS: usize = 4;
/// Room for the scales of all calls, six each.
const SCALES: usize = 6 * CALLS;
const CALLS: usize = 48;
/// The fraction bits of the loop.
const BITS: u32 = 64;

/// A pool under test, and what a loop over its holders counts, in 2^-64 units.
#[derive(Debug, Clone, PartialEq)]
struct Model {
    pool: StabilityPool<[U256; SCALES]>,
    deposits: [PoolDeposit; HOLDERS],
    worth: [U256; HOLDERS],
    gains: [U256; HOLDERS],
    claimed: [u128; HOLDERS],
    assets: u128,
    // How far the gains may be off: of each, 2^-26 of a unit's part, and what was carried to it.
    slack: U256,
}

impl Model {
    fn new() -> Self {
        Self {
            pool: StabilityPool::new([U256::ZERO; SCALES]),
            deposits: [PoolDeposit::new(); HOLDERS],
            worth: [U256::ZERO; HOLDERS],
            gains: [U256::ZERO; HOLDERS],
            claimed: [0; HOLDERS],
            assets: 0,
            slack: U256::ZERO,
        }
    }

    fn call(&mut self, call: PoolCall) {
        let before = self.clone();
        match self.change(call) {
            Ok(()) => self.check(),
            Err(error) => assert_eq!(*self, before, "{error} changed the state"),
        }
    }

    fn change(&mut self, call: PoolCall) -> Result<(), Error> {
        let who = usize::from(call.who) % HOLDERS;
        let deposit = &mut self.deposits[who];
        let units = |amount: u128| U256::from(amount).checked_shl(BITS).unwrap();
        match call.kind % 8 {
            0..=2 => {
                self.pool.deposit(deposit, Amount::new(call.amount))?;
                self.assets += call.amount;
                self.worth[who] = self.worth[who].checked_add(units(call.amount)).unwrap();
            }
            3 => {
                let worth = self.pool.amount(deposit)?.get();
                let part = call.amount % worth.saturating_add(2);
                self.pool.withdraw(deposit, Amount::new(part))?;
                self.assets -= part;
                let left = self.worth[who].checked_sub(units(part));
                self.worth[who] = left.unwrap_or(U256::ZERO);
            }
            4 => self.claimed[who] += self.pool.claim(deposit)?.get(),
            5 => self.absorb(call.amount % self.assets.saturating_add(2), call.gain)?,
            6 => self.absorb(self.assets.saturating_sub(call.amount % 20), call.gain)?,
            _ => self.absorb(self.assets / 2, call.gain)?,
        }
        Ok(())
    }

    fn absorb(&mut self, debt: u128, gain: u128) -> Result<(), Error> {
        let carried = self.pool.state().rest.shr_floor(160 - BITS);
        self.pool.absorb(Amount::new(debt), Amount::new(gain))?;
        if self.assets == 0 {
            return Ok(());
        }
        let (assets, left) = (U256::from(self.assets), U256::from(self.assets - debt));
        for (worth, gains) in self.worth.iter_mut().zip(&mut self.gains) {
            let part = worth.mul_div(gain.into(), assets, Rounding::Floor).unwrap();
            *gains = gains.checked_add(part).unwrap();
            *worth = worth.mul_div(left, assets, Rounding::Floor).unwrap();
        }
        let off = U256::from(gain).mul_div(U256::from(1 << 38), assets, Rounding::Ceil);
        let off = off.unwrap().checked_add(carried).unwrap();
        self.slack = self.slack.checked_add(off).unwrap();
        self.assets -= debt;
        Ok(())
    }

    fn amounts(&self) -> [u128; HOLDERS] {
        self.deposits
            .map(|deposit| self.pool.amount(&deposit).unwrap().get())
    }

    fn claimable(&self) -> [u128; HOLDERS] {
        self.deposits
            .map(|deposit| self.pool.claimable(&deposit).unwrap().get())
    }

    fn check(&self) {
        let pool = &self.pool;
        assert_eq!(pool.assets().get(), self.assets);
        let sum = self.amounts().into_iter().sum::<u128>();
        assert!(sum <= self.assets && self.assets - sum <= HOLDERS as u128);
        let claimable = self.claimable().into_iter().sum::<u128>();
        assert_eq!(pool.paid().get(), self.claimed.into_iter().sum::<u128>());
        let told = pool.paid().get().checked_add(claimable).unwrap();
        assert!(told <= pool.gained().get());
        // What isn't told is the fractions, what is carried, and the part of nobody's shares.
        let untold = U256::from(pool.gained().get() - told);
        let slack = self.slack.shr_floor(BITS).checked_mul(4).unwrap();
        let carried = U256::from(pool.state().rest.shr_floor(160).low() + 2 * HOLDERS as u128);
        assert!(untold <= slack.checked_add(carried).unwrap());
        let restored = StabilityPool::restore(pool.state(), *pool.ended());
        assert_eq!(restored, Ok(*pool));
        for deposit in self.deposits {
            assert_eq!(PoolDeposit::restore(deposit.state()), deposit);
        }
    }

    /// Compares each holder with the loop's.
    fn check_by_loop(&self) {
        let (amounts, claimable) = (self.amounts(), self.claimable());
        for who in 0..HOLDERS {
            let worth = self.worth[who].shr_floor(BITS).to_u128().unwrap();
            assert!(amounts[who].abs_diff(worth) <= 1, "{amounts:?} {worth}");
            let gains = self.gains[who].shr_floor(BITS);
            let told = U256::from(claimable[who] + self.claimed[who]);
            let off = told
                .checked_sub(gains)
                .or_else(|_| gains.checked_sub(told))
                .unwrap();
            let carried = self.pool.state().rest.shr_floor(160).low() + 2;
            let slack = self.slack.shr_floor(BITS).checked_add(carried.into());
            assert!(off <= slack.unwrap(), "{told} {gains} {}", self.slack);
        }
    }
}

fn played(calls: &[PoolCall]) -> Model {
    let mut model = Model::new();
    for call in calls.iter().take(CALLS) {
        model.call(*call);
    }
    model
}

/// Deposited = withdrawn + lost + assets, gained ≥ paid + claimable and by no more than fractions; a
/// refused call changes nothing; and then all can leave, whoever begins, with all of their gains.
pub(crate) fn stability_conserves(calls: &[PoolCall], first: u8) {
    let mut model = played(calls);
    for turn in 0..HOLDERS {
        let who = (usize::from(first) + turn) % HOLDERS;
        let before = (model.amounts(), model.claimable());
        let deposit = &mut model.deposits[who];
        assert_eq!(model.pool.claim(deposit).unwrap().get(), before.1[who]);
        let all = Amount::new(before.0[who]);
        model.pool.withdraw(deposit, all).unwrap();
        let after = (model.amounts(), model.claimable());
        for other in (0..HOLDERS).filter(|other| *other != who) {
            assert!(after.0[other] >= before.0[other] && after.1[other] == before.1[other]);
        }
    }
    assert!(model.pool.assets().get() <= HOLDERS as u128);
}

/// Each deposit is what a loop over all holders counts, to a unit, and each gain too.
pub(crate) fn stability_by_loop(calls: &[PoolCall]) {
    let mut model = Model::new();
    for call in calls.iter().take(CALLS) {
        model.call(*call);
        model.check_by_loop();
    }
}

/// The largest debt is absorbed, and one unit more isn't, by pools with room for few scales.
pub(crate) fn absorbable_is_tight(calls: &[PoolCall]) {
    absorbable_of(StabilityPool::new([U256::ZERO; 0]), calls);
    absorbable_of(StabilityPool::new([U256::ZERO; 3]), calls);
    absorbable_of(StabilityPool::new([U256::ZERO; 13]), calls);
}

fn absorbable_of<const N: usize>(mut pool: StabilityPool<[U256; N]>, calls: &[PoolCall]) {
    for call in calls {
        let most = pool.absorbable();
        assert!(most <= pool.assets());
        assert_eq!(pool.clone().absorb(most, Amount::ZERO), Ok(()));
        let more = Amount::new(most.get().saturating_add(1));
        assert!(pool.clone().absorb(more, Amount::ZERO).is_err() || most == Amount::MAX);
        let part = match call.kind % 4 {
            0 | 1 => {
                let deposited = pool.deposit(&mut PoolDeposit::new(), Amount::new(call.amount));
                deposited.map_or_else(|_| most, |()| Amount::ZERO)
            }
            2 => Amount::new(call.amount).min(most),
            _ => most,
        };
        pool.absorb(part, Amount::ZERO).unwrap();
    }
}

/// A pool of which an amount always stays ends no more scales than its losses and that amount say.
pub(crate) fn scales_are_bounded(calls: &[PoolCall], least: u64) {
    let least = Amount::new(u128::from(least).max(1));
    let mut pool = StabilityPool::new([U256::ZERO; 64]);
    let (mut lost, mut deposits) = (0_u128, [PoolDeposit::new(); HOLDERS]);
    for call in calls {
        let deposit = &mut deposits[usize::from(call.who) % HOLDERS];
        match call.kind % 4 {
            0 | 1 => {
                let amount = Amount::new(call.amount);
                if pool.assets().checked_add(amount).is_ok() {
                    pool.deposit(deposit, amount).unwrap();
                }
            }
            2 => {
                let worth = pool.amount(deposit).unwrap();
                let part = worth.min(Amount::new(call.amount));
                pool.withdraw(deposit, part).unwrap();
            }
            _ => {
                let above = pool.assets().checked_sub(least).unwrap_or(Amount::ZERO);
                let Some(all) = lost.checked_add(above.get()) else {
                    return;
                };
                lost = all;
                pool.absorb(above, Amount::ZERO).unwrap();
            }
        }
        let entries = StabilityPool::entries_for(Amount::new(lost), least);
        assert!(entries.is_none_or(|entries| pool.scale() <= entries));
    }
}
