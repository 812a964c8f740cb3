//! The laws of streams of rewards.

use tokenomics_fee_split::{Error, RewardStream};
use tokenomics_fixed_math::{mul_div, Amount, Rounding, Timestamp, U256};

/// A top-up, or what comes between two of them.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct RewardStreamCall {
    pub kind: u8,
    pub amount: u128,
    /// The time since the last call.
    pub after: u64,
    /// The time from then to the end that is asked for.
    pub length: u64,
}

impl RewardStreamCall {
    fn end(&self, now: u64) -> u64 {
        now.saturating_add(self.length)
    }
}

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

/// By the time t ⌊A·t/D⌋ have come, whoever releases how often, and all at the end.
pub fn stream_is_the_line(amount: u128, start: u64, length: u64, pokes: &[u64]) {
    let length = length.max(1);
    let start = start % (u64::MAX - length).max(1);
    let mut pokes: Vec<u64> = pokes
        .iter()
        .map(|poke| poke % length.saturating_add(1).max(1))
        .collect();
    pokes.push(length);
    pokes.sort_unstable();
    let mut stream = RewardStream::new(at(start));
    stream
        .top_up(Amount::new(amount), at(start), at(start + length))
        .unwrap();
    assert!(stream.end().unwrap() <= at(start + length));
    let mut released = 0;
    for poke in pokes {
        let exact = mul_div(amount, poke.into(), length.into(), Rounding::Floor).unwrap();
        let releasable = stream.releasable(at(start + poke)).unwrap();
        assert_eq!(released + releasable.get(), exact, "at {poke} of {length}");
        assert_eq!(stream.release(at(start + poke)), Ok(releasable));
        released = exact;
    }
    assert_eq!(released, amount);
    assert_eq!((stream.rest(), stream.due()), (U256::ZERO, U256::ZERO));
}

/// A stream under test, and what was put in and taken out.
#[derive(Clone)]
struct Model {
    stream: RewardStream,
    now: u64,
    put_in: u128,
    released: u128,
}

impl Model {
    fn new() -> Self {
        Self {
            stream: RewardStream::new(at(0)),
            now: 0,
            put_in: 0,
            released: 0,
        }
    }

    fn release(&mut self) {
        self.released += self.stream.release(at(self.now)).unwrap().get();
    }

    fn call(&mut self, call: RewardStreamCall) {
        self.now = self.now.saturating_add(call.after);
        match call.kind % 4 {
            0 | 1 => self.top_up(call),
            2 => self.stream.pause(at(self.now)).unwrap(),
            _ => self.release(),
        }
    }

    fn top_up(&mut self, call: RewardStreamCall) {
        let Some(put_in) = self.put_in.checked_add(call.amount) else {
            return;
        };
        let (before, end) = (self.stream, call.end(self.now));
        let amount = Amount::new(call.amount);
        let done = self.stream.top_up(amount, at(self.now), at(end));
        if done.is_ok() {
            self.put_in = put_in;
        } else {
            assert!(end == self.now, "{done:?}");
            assert_eq!(self.stream, before);
        }
    }

    /// What was put in was released, is due or is to come; and a clock that ran back changes nothing.
    fn check(&mut self) {
        let units = |units: u128| U256::new(units, 0);
        let parts = [units(self.released), self.stream.due(), self.stream.rest()];
        let sum = parts
            .into_iter()
            .try_fold(U256::ZERO, U256::checked_add)
            .unwrap();
        assert_eq!(sum, units(self.put_in));
        assert_eq!(RewardStream::restore(self.stream.state()), Ok(self.stream));
        if let Some(earlier) = self.stream.last().get().checked_sub(1) {
            let (at, last) = (at(earlier), self.stream.last());
            let mut stream = self.stream;
            assert_eq!(stream.release(at), Err(Error::Backdated { at, last }));
            assert_eq!(stream.pause(at), Err(Error::Backdated { at, last }));
            let top_up = stream.top_up(Amount::new(1), at, Timestamp::MAX);
            assert_eq!(top_up, Err(Error::Backdated { at, last }));
            assert_eq!(stream, self.stream);
        }
    }
}

/// By no time has less come than without the top-up, and by the end that was asked for all has.
fn keeps_its_promise(before: RewardStream, after: RewardStream, now: u64, end: u64) {
    let old_end = before.end().unwrap_or(Timestamp::MAX).get().max(now);
    let middle = now + (old_end - now) / 2;
    let probes = [now, now.saturating_add(1), middle, old_end, end, u64::MAX];
    for probe in probes {
        let [old, new] = [before, after].map(|stream| stream.releasable(at(probe)).unwrap());
        assert!(new >= old, "{new} by {probe} instead of {old}");
    }
    let ends = after.end().unwrap();
    assert!(ends.get() <= end, "it ends at {ends}, after {end}");
    let all = |stream: RewardStream, time| {
        let mut stream = stream;
        stream.release(time).unwrap();
        stream.rest().is_zero()
    };
    assert!(all(after, ends));
    if ends.get() > now {
        assert!(!all(after, at(ends.get() - 1)), "it ended before {ends}");
    }
}

/// A top-up lowers what has come by no time, and all has come by the end that it asked for.
pub fn promise(calls: &[RewardStreamCall]) {
    let mut model = Model::new();
    for &call in calls {
        let (before, put_in) = (model.stream, model.put_in);
        model.call(call);
        // Any other call moves the clock, releases or pauses.
        let end = call.end(model.now);
        if call.kind % 4 < 2 && end > model.now && model.put_in - put_in == call.amount {
            keeps_its_promise(before, model.stream, model.now, end);
        }
    }
}

/// What was topped up is what was released, what is due and what is to come, after any calls.
pub fn reward_stream_conserves(calls: &[RewardStreamCall]) {
    let mut model = Model::new();
    for &call in calls {
        model.call(call);
        model.check();
    }
}

/// How often a stream is called changes nothing.
pub fn poke_free(calls: &[RewardStreamCall], pokes: &[u64]) {
    let (mut often, mut never) = (Model::new(), Model::new());
    for (number, &call) in calls.iter().enumerate() {
        // A pause is counted from the last call.
        let kind = if call.kind % 4 == 2 { 3 } else { call.kind };
        let start = often.now;
        for poke in 1..=pokes.get(number).map_or(0, |poke| poke % 4) {
            often.now = start.saturating_add(call.after / 4 * poke);
            often.release();
        }
        often.now = start;
        often.call(RewardStreamCall { kind, ..call });
        never.call(RewardStreamCall { kind, ..call });
    }
    often.release();
    never.release();
    assert_eq!(often.released, never.released);
    assert_eq!(often.stream, never.stream);
}
