//! Grants in any state, by calls that plain numbers stand for.

use std::fmt;
use std::rc::Rc;

use tokenomics_fixed_math::{Amount, Fraction, Timestamp};
use tokenomics_vesting::{AnySchedule, Error, Grant, Resize, Schedule, SlashFrom};

use super::at;
use super::shapes::{moments, schedule, Shape};

/// One call on a grant: which, when, and how much.
pub type Call = (u8, u64, u128);

/// A schedule of any kind and depth, so that what a split or a merger makes can be split and merged
/// again.
#[derive(Clone)]
pub enum Any {
    Base(AnySchedule),
    Made(Rc<dyn Schedule>),
}

impl Any {
    fn get(&self) -> &dyn Schedule {
        match self {
            Self::Base(schedule) => schedule,
            Self::Made(schedule) => &**schedule,
        }
    }
}

impl fmt::Debug for Any {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base(schedule) => schedule.fmt(f),
            Self::Made(schedule) => write!(f, "one made of others, of {}", schedule.total()),
        }
    }
}

impl Schedule for Any {
    fn total(&self) -> Amount {
        self.get().total()
    }

    fn start(&self) -> Timestamp {
        self.get().start()
    }

    fn end(&self) -> Timestamp {
        self.get().end()
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        self.get().vested_at(at)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        self.get().time_of(amount)
    }
}

impl Resize for Any {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        match self {
            Self::Base(schedule) => schedule.with_total(total).map(Self::Base),
            Self::Made(_) => Err(Error::NotResizable),
        }
    }
}

/// The same grant over a schedule whose type doesn't tell how it was made.
pub fn any<S: Schedule + Clone + 'static>(grant: &Grant<S>) -> Grant<Any> {
    let schedule = Any::Made(Rc::new(grant.schedule().clone()));
    Grant::restore(schedule, grant.state()).unwrap()
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
pub fn time_of(grant: &Grant<Any>, (call, time, _): Call) -> u64 {
    let moments = moments(grant.schedule(), time);
    let now = moments[usize::from(call) % moments.len()];
    if time % 4 == 0 {
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
pub fn apply(grant: &mut Grant<Any>, call: Call) -> Result<Moved, Error> {
    let now = at(time_of(grant, call));
    let (which, time, number) = call;
    let amount = Amount::new(number);
    let before = grant.state();
    let funded = grant.funded();
    let outcome = match which % 16 {
        0 => grant.revoke(now).map(|moved| Moved::Returned(moved.get())),
        1 => {
            let ahead = at(now.get().saturating_add(time % 50));
            let returned = grant.revoke_at(now, ahead);
            returned.map(|moved| Moved::Returned(moved.get()))
        }
        2 | 3 => grant.pause(now).map(|()| Moved::Nothing),
        4 | 5 => grant.resume(now).map(|_| Moved::Nothing),
        6 => grant.accelerate(now, share(number)).map(|_| Moved::Nothing),
        7 => grant
            .slash(now, amount, SlashFrom::Unvested)
            .map(|moved| Moved::Slashed(moved.get())),
        8 => grant
            .slash(now, amount, SlashFrom::UnvestedThenVested)
            .map(|moved| Moved::Slashed(moved.get())),
        9 | 10 => grant.top_up(amount).map(|()| Moved::Funded(number)),
        11 => grant.transfer(now).map(|moved| Moved::Paid(moved.get())),
        12 => grant
            .claim_within(now, amount)
            .map(|moved| Moved::Paid(moved.get())),
        13 => grant.claim(now).map(|moved| Moved::Paid(moved.get())),
        _ => grant
            .claim_up_to(now, amount)
            .map(|moved| Moved::Paid(moved.get())),
    };
    if outcome.is_err() {
        assert_eq!((grant.state(), grant.funded()), (before, funded));
    }
    outcome
}

/// A grant in the state that the calls lead to.
pub fn grant(shape: Shape, total: u128, calls: &[Call]) -> Grant<Any> {
    let mut grant = Grant::new(Any::Base(schedule(shape, total)));
    for &call in calls {
        let _ = apply(&mut grant, call);
    }
    grant
}
