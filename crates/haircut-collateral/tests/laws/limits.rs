//! The laws of rate limits and caps.

use tokenomics_fixed_math::{Amount, Rounding, Span, Timestamp, U256};
use tokenomics_haircut_collateral::{Cap, RateLimit};

/// The numbers of a rate limit.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct LimitShape {
    pub(crate) burst: u128,
    pub(crate) amount: u128,
    pub(crate) period: u64,
    pub(crate) start: u32,
}

/// A call on a rate limit, some time after the last one.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct LimitCall {
    pub(crate) kind: u8,
    pub(crate) after: u32,
    pub(crate) amount: u128,
}

/// Net amounts taken, each at its time.
type Taken = Vec<(u64, i128, u128)>;

/// In no time is more taken, net, than the burst and what leaks; what is allowed passes, and one more
/// unit doesn't; and asking or taking nothing in between changes nothing.
pub(crate) fn rate_limited(shape: LimitShape, calls: &[LimitCall]) {
    let period = shape.period.max(1);
    let (burst, amount) = (Amount::new(shape.burst), Amount::new(shape.amount));
    let mut now = u64::from(shape.start);
    let made = RateLimit::new(burst, amount, Span::new(period), Timestamp::new(now));
    let mut limit = made.unwrap();
    let mut poked = limit;
    let mut taken = Taken::new();
    for call in calls.iter().take(40) {
        let half = u64::from(call.after / 2);
        poked
            .take(Amount::ZERO, Timestamp::new(now + half))
            .unwrap();
        now += u64::from(call.after);
        let change = called(&mut limit, *call, Timestamp::new(now));
        assert_eq!(change, called(&mut poked, *call, Timestamp::new(now)));
        assert_eq!(poked, limit);
        assert_eq!(RateLimit::restore(limit.state()), Ok(limit));
        taken.push((now, change.0, change.1));
        check_windows(&limit, &taken);
    }
}

/// Another burst, amount and period leave what is taken as it is, to a part that is rounded up; and the old
/// ones, set again, allow no more than they did.
pub(crate) fn limits_keep_what_is_taken(shape: LimitShape, calls: &[LimitCall], other: LimitShape) {
    let made = |shape: LimitShape, now| {
        let (burst, amount) = (Amount::new(shape.burst), Amount::new(shape.amount));
        RateLimit::new(burst, amount, Span::new(shape.period.max(1)), now).unwrap()
    };
    let mut now = Timestamp::new(shape.start.into());
    let mut limit = made(shape, now);
    for call in calls.iter().take(10) {
        now = now.checked_add(Span::new(call.after.into())).unwrap();
        called(&mut limit, *call, now);
    }
    let (before, old, new) = (limit, limit.state(), made(other, now).state());
    limit
        .set_limit(new.burst, new.amount, new.period, now)
        .unwrap();
    let changed = limit.state();
    assert_eq!(
        (changed.burst, changed.amount, changed.period, changed.at),
        (new.burst, new.amount, new.period, now)
    );
    // level'·period ≥ level·period' > (level' − 1)·period
    let times = |level: U256, period: Span| {
        super::Digits::of_wide(level).times(&super::Digits::of(period.get().into()))
    };
    let kept = times(old.level, new.period);
    let least = changed.level.checked_sub(U256::ONE);
    assert!(times(changed.level, old.period).compare(&kept).is_ge());
    if let Ok(level) = least {
        assert!(times(level, old.period).compare(&kept).is_lt());
    }
    assert_eq!(RateLimit::restore(changed), Ok(limit));
    limit
        .set_limit(old.burst, old.amount, old.period, now)
        .unwrap();
    assert!(limit.allowed(now).unwrap() <= before.allowed(now).unwrap());
}

/// Makes a call, and returns its sign and amount.
fn called(limit: &mut RateLimit, call: LimitCall, now: Timestamp) -> (i128, u128) {
    let before = *limit;
    let allowed = limit.allowed(now).unwrap().get();
    if let Some(more) = allowed.checked_add(1) {
        assert!(limit.take(Amount::new(more), now).is_err());
        assert_eq!(*limit, before);
    }
    let amount = match call.kind % 4 {
        0 => allowed,
        1 => call.amount.min(allowed),
        2 => allowed.min(1),
        _ => {
            limit.give_back(Amount::new(call.amount), now).unwrap();
            return (-1, call.amount);
        }
    };
    limit.take(Amount::new(amount), now).unwrap();
    (1, amount)
}

/// Of every window that ends with the last call: taken ≤ burst + amount·w/period + given back.
fn check_windows(limit: &RateLimit, taken: &Taken) {
    let state = limit.state();
    let period = u128::from(state.period.get());
    let scaled = |amount: u128| U256::product(amount, period);
    let (mut sum, mut back) = (U256::ZERO, U256::ZERO);
    let last = taken.last().unwrap().0;
    for (at, sign, amount) in taken.iter().rev() {
        let side = if *sign > 0 { &mut sum } else { &mut back };
        *side = side.checked_add(scaled(*amount)).unwrap();
        let leaked = U256::product(state.amount.get(), u128::from(last - at));
        let most = scaled(state.burst.get()).checked_add(leaked).unwrap();
        assert!(sum <= most.checked_add(back).unwrap());
        if back.is_zero() {
            if let Ok(bound) = limit.most_within(Span::new(last - at)) {
                let units = sum.checked_div(period, Rounding::Ceil).unwrap();
                assert!(units <= U256::from(bound.get()));
            }
        }
    }
}

/// What is used is what was taken less what was released, and never above the largest limit.
pub(crate) fn capped(limit: u128, calls: &[LimitCall]) {
    let mut cap = Cap::new(Amount::new(limit));
    let (mut used, mut largest) = (0_u128, limit);
    for call in calls {
        let (before, amount) = (cap, Amount::new(call.amount));
        let done = match call.kind % 3 {
            0 => cap.take(amount).map(|()| used += call.amount),
            1 => cap.release(amount).map(|()| used -= call.amount),
            _ => {
                cap.set_limit(amount);
                largest = largest.max(call.amount);
                Ok(())
            }
        };
        assert!(done.is_ok() || cap == before);
        assert_eq!(cap.used().get(), used);
        assert!(used <= largest);
        let room = cap.room().get();
        assert_eq!(room, cap.limit().get().saturating_sub(used));
        assert!(cap.clone().take(Amount::new(room)).is_ok());
        let more = room.checked_add(1).map(Amount::new);
        assert!(more.is_none_or(|more| cap.clone().take(more).is_err()));
    }
}
