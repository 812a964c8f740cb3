//! Grants in any state, by calls that plain numbers stand for.

use tokenomics_fixed_math::{Amount, Fraction};
use tokenomics_vesting::{AnySchedule, Error, Grant, Schedule, SlashFrom};

use super::at;
use super::shapes::{moments, schedule, Shape};

/// One call on a grant: what, when, and how much.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Call {
    pub what: What,
    pub time: u64,
    /// Which of the moments about that time.
    pub moment: u8,
    pub amount: u128,
}

#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub enum What {
    Revoke,
    RevokeAt,
    Pause,
    Resume,
    Accelerate,
    SlashUnvested,
    SlashVested,
    TopUp,
    Transfer,
    ClaimWithin,
    Claim,
    ClaimUpTo,
    /// Only where a law has many grants; elsewhere a claim.
    Split,
    /// As a split.
    Merge,
}

impl What {
    pub const ALL: &[Self] = &[
        Self::Revoke,
        Self::RevokeAt,
        Self::Pause,
        Self::Resume,
        Self::Accelerate,
        Self::SlashUnvested,
        Self::SlashVested,
        Self::TopUp,
        Self::Transfer,
        Self::ClaimWithin,
        Self::Claim,
        Self::ClaimUpTo,
        Self::Split,
        Self::Merge,
    ];
}

/// What a call did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    Nothing,
    Paid(u128),
    Returned(u128),
    Slashed(u128),
    Funded(u128),
}

/// When a call comes: at the grant's clock or later, but for one in four.
pub fn time_of(grant: &Grant<AnySchedule>, call: Call) -> u64 {
    let moments = moments(grant.schedule(), call.time);
    let now = moments[usize::from(call.moment) % moments.len()];
    if call.time % 4 == 0 {
        now
    } else {
        now.max(grant.state().clock.get())
    }
}

/// The share that a number stands for: nothing and all often.
pub fn share(number: u128) -> Fraction {
    let raw = number % (2 * u128::from(Fraction::SCALE));
    let raw = u64::try_from(raw).unwrap().min(Fraction::SCALE);
    Fraction::from_raw(raw).unwrap()
}

/// Does what the call says. A call that is refused changes nothing.
pub fn apply(grant: &mut Grant<AnySchedule>, call: Call) -> Result<Moved, Error> {
    let now = at(time_of(grant, call));
    let amount = Amount::new(call.amount);
    let before = grant.clone();
    let paid = |moved: Amount| Moved::Paid(moved.get());
    let returned = |moved: Amount| Moved::Returned(moved.get());
    let slashed = |moved: Amount| Moved::Slashed(moved.get());
    let outcome = match call.what {
        What::Revoke => grant.revoke(now).map(returned),
        What::RevokeAt => {
            let ahead = at(now.get().saturating_add(call.time % 50));
            grant.revoke_at(now, ahead).map(returned)
        }
        What::Pause => grant.pause(now).map(|()| Moved::Nothing),
        What::Resume => grant.resume(now).map(|_| Moved::Nothing),
        What::Accelerate => {
            let hastened = grant.accelerate(now, share(call.amount));
            hastened.map(|_| Moved::Nothing)
        }
        What::SlashUnvested => grant.slash(now, amount, SlashFrom::Unvested).map(slashed),
        What::SlashVested => grant
            .slash(now, amount, SlashFrom::UnvestedThenVested)
            .map(slashed),
        What::TopUp => grant.top_up(amount).map(|()| Moved::Funded(call.amount)),
        What::Transfer => grant.transfer(now).map(paid),
        What::ClaimWithin => grant.claim_within(now, amount).map(paid),
        What::Claim => grant.claim(now).map(paid),
        What::ClaimUpTo | What::Split | What::Merge => grant.claim_up_to(now, amount).map(paid),
    };
    if outcome.is_err() {
        assert_eq!(*grant, before);
    }
    outcome
}

/// A grant in the state that the calls lead to.
pub fn grant(shape: Shape, total: u128, calls: &[Call]) -> Grant<AnySchedule> {
    let mut grant = Grant::new(schedule(shape, total));
    for &call in calls {
        let _ = apply(&mut grant, call);
    }
    grant
}
