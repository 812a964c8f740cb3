//! The laws of pools whose rewards come over a period.

use tokenomics_fee_split::{Position, StreamedPool, ZeroShares};
use tokenomics_fixed_math::{Amount, Timestamp, U256};

/// One call on a pool.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct StreamedCall {
    pub kind: u8,
    pub who: u8,
    pub amount: u128,
    /// The time since the last call.
    pub after: u32,
    /// The time from then to the end of the stream that is asked for.
    pub length: u32,
}

const HOLDERS: usize = 4;

fn rule(number: u8) -> ZeroShares {
    [ZeroShares::Hold, ZeroShares::Sink, ZeroShares::Extend][usize::from(number) % 3]
}

/// A pool under test, its positions, and what went in and out.
#[derive(Debug, Clone, PartialEq)]
struct Model {
    pool: StreamedPool,
    positions: [Position; HOLDERS],
    claimed: [u128; HOLDERS],
    // Modulo 2^128: what was taken back makes room to fund as much again.
    taken: u128,
    put_in: u128,
    now: u64,
}

impl Model {
    fn new(number: u8) -> Self {
        Self {
            pool: StreamedPool::new(Timestamp::ZERO, rule(number)),
            positions: [Position::new(); HOLDERS],
            claimed: [0; HOLDERS],
            taken: 0,
            put_in: 0,
            now: 0,
        }
    }

    fn at(&self) -> Timestamp {
        Timestamp::new(self.now)
    }

    /// Makes a call, if it is a valid one. If it isn't, nothing may have changed.
    fn call(&mut self, call: StreamedCall) {
        self.now += u64::from(call.after);
        let mut after = self.clone();
        if after.change(call).is_ok() {
            *self = after;
        } else {
            after.put_in = self.put_in;
            assert_eq!(after, *self, "an error changed the state");
        }
    }

    fn change(&mut self, call: StreamedCall) -> Result<(), tokenomics_fee_split::Error> {
        let (at, who) = (self.at(), usize::from(call.who) % HOLDERS);
        let other = (who + 1 + usize::from(call.who / 16) % (HOLDERS - 1)) % HOLDERS;
        let end = Timestamp::new(self.now + u64::from(call.length));
        let position = &mut self.positions[who];
        match call.kind % 9 {
            0 | 1 => self.pool.set_shares(position, call.amount, at),
            2 => self.pool.deposit(position, call.amount, at),
            3 => self.pool.withdraw(position, call.amount, at),
            4 | 5 => {
                self.put_in = self.put_in.wrapping_add(call.amount);
                self.pool.top_up(Amount::new(call.amount), at, end)
            }
            6 => self.transfer(who, other, call.amount),
            7 => {
                self.claimed[who] += self.pool.compound(position, at)?.get();
                Ok(())
            }
            _ => {
                let taken = self.pool.take_unallocated(at)?;
                self.taken = self.taken.wrapping_add(taken.get());
                assert!(self.pool.unallocated().is_zero());
                Ok(())
            }
        }
    }

    fn transfer(
        &mut self,
        who: usize,
        other: usize,
        shares: u128,
    ) -> Result<(), tokenomics_fee_split::Error> {
        let (at, mut to) = (self.at(), self.positions[other]);
        let from = &mut self.positions[who];
        self.pool.transfer(from, &mut to, shares, at)?;
        self.positions[other] = to;
        Ok(())
    }

    fn claim(&mut self, who: usize) {
        let at = self.at();
        let claimable = self.pool.claimable(&self.positions[who], at).unwrap();
        let paid = self.pool.claim(&mut self.positions[who], at).unwrap();
        assert_eq!(paid, claimable);
        self.claimed[who] += paid.get();
    }

    fn earned(&self) -> [u128; HOLDERS] {
        core::array::from_fn(|who| {
            let claimable = self.pool.claimable(&self.positions[who], self.at());
            self.claimed[who] + claimable.unwrap().get()
        })
    }

    /// funded = paid + claimable + carried + unallocated + to come, in whole units and to the last
    /// fraction.
    fn check_funded(&self) {
        let mut pool = self.pool;
        pool.settle(self.at()).unwrap();
        let at = self.at();
        let owed = self
            .positions
            .map(|position| pool.owed(&position, at).unwrap());
        let claimable = owed.map(|owed| Amount::new(owed.high()));
        let claimable = Amount::try_sum(claimable).unwrap();
        let carried = pool.carried(claimable).unwrap();
        let parts = [
            pool.paid(),
            claimable,
            carried,
            pool.unallocated(),
            pool.to_come(),
        ];
        assert_eq!(Amount::try_sum(parts), Ok(pool.funded()));
        assert!(carried.get() <= HOLDERS as u128 + 1, "{carried} carried");
        assert_eq!(pool.paid().get(), self.claimed.iter().sum::<u128>());
        assert_eq!(pool.funded().get().wrapping_add(self.taken), self.put_in);

        let state = pool.state();
        assert_eq!(StreamedPool::restore(state), Ok(pool));
        let rest = U256::from(state.rest.get());
        let parts = [state.unallocated, state.stream.rest, rest];
        let mut all = parts.into_iter().chain(owed);
        let all = all.try_fold(U256::ZERO, U256::checked_add).unwrap();
        let unpaid = pool.funded().checked_sub(pool.paid()).unwrap();
        assert_eq!(all, U256::new(unpaid.get(), 0));
        let shares = self.positions.iter().map(|position| position.shares());
        assert_eq!(shares.sum::<u128>(), pool.total_shares());
    }
}

/// The equation, after any sequence of calls.
pub fn streamed_funded(number: u8, calls: &[StreamedCall]) {
    let mut model = Model::new(number);
    for &call in calls {
        model.call(call);
        model.check_funded();
    }
}

/// What a position has claimed and can claim never falls, whatever is called.
pub fn streamed_accrual(number: u8, calls: &[StreamedCall]) {
    let mut model = Model::new(number);
    for &call in calls {
        let before = model.earned();
        model.call(call);
        let after = model.earned();
        assert!(before
            .iter()
            .zip(&after)
            .all(|(before, after)| before <= after));
    }
}

/// Calls between those that change something, and claims, change nothing.
pub fn streamed_poke_free(number: u8, calls: &[StreamedCall], pokes: &[u8]) {
    let (mut often, mut never) = (Model::new(number), Model::new(number));
    for (index, &call) in calls.iter().enumerate() {
        // Compounding depends on when it is called.
        let kind = if call.kind % 9 == 7 { 2 } else { call.kind };
        let call = StreamedCall { kind, ..call };
        let poke = pokes.get(index).copied().unwrap_or(0);
        let whole = often.now;
        often.now += u64::from(call.after) * u64::from(poke % 4) / 4;
        if poke & 4 != 0 {
            often.pool.settle(often.at()).unwrap();
        }
        for who in (0..HOLDERS).filter(|who| poke & (8 << who) != 0) {
            often.claim(who);
        }
        often.now = whole;
        often.call(call);
        never.call(call);
    }
    for model in [&mut often, &mut never] {
        model.pool.settle(model.at()).unwrap();
    }
    assert_eq!(often.earned(), never.earned());
    let [one, other] = [&often, &never].map(|model| model.pool.state());
    assert_eq!((one.accumulated, one.rest), (other.accumulated, other.rest));
    assert_eq!(
        (one.stream, one.unallocated),
        (other.stream, other.unallocated)
    );
}

/// What a walk second by second over all holders pays, in 2^-128 units.
struct Walk {
    rule: ZeroShares,
    rate: U256,
    rest: U256,
    held: U256,
    left: u128,
    owed: [U256; HOLDERS],
}

impl Walk {
    fn second(&mut self, shares: [u128; HOLDERS]) {
        let total: u128 = shares.iter().sum();
        if total == 0 && self.rule == ZeroShares::Extend {
            return;
        }
        let come = self.rate.min(self.rest);
        self.rest = self.rest.checked_sub(come).unwrap();
        self.give(come, shares);
    }

    fn top_up(&mut self, amount: u128, length: u32) {
        if length == 0 {
            return;
        }
        if self.rest.is_zero() {
            self.rate = U256::ZERO;
        }
        self.rest = self.rest.checked_add(U256::new(amount, 0)).unwrap();
        let (spread, left) = self.rest.div_rem(length.into()).unwrap();
        let up = U256::from(u128::from(left > 0));
        self.rate = self.rate.max(spread.checked_add(up).unwrap());
    }

    fn give(&mut self, come: U256, shares: [u128; HOLDERS]) {
        let total: u128 = shares.iter().sum();
        if total == 0 {
            self.held = self.held.checked_add(come).unwrap();
            return;
        }
        let mut parts = come.checked_add(self.left.into()).unwrap();
        if self.rule == ZeroShares::Hold {
            parts = parts.checked_add(self.held).unwrap();
            self.held = U256::ZERO;
        }
        let (each, left) = parts.div_rem(total).unwrap();
        self.left = left;
        for (owed, shares) in self.owed.iter_mut().zip(shares) {
            *owed = owed.checked_add(each.checked_mul(shares).unwrap()).unwrap();
        }
    }
}

/// Each is paid what a walk second by second over all holders pays, to the fraction.
pub fn streamed_by_the_second(number: u8, calls: &[StreamedCall]) {
    let mut model = Model::new(number);
    let mut walk = Walk {
        rule: rule(number),
        rate: U256::ZERO,
        rest: U256::ZERO,
        held: U256::ZERO,
        left: 0,
        owed: [U256::ZERO; HOLDERS],
    };
    for &call in calls {
        let kind = match call.kind % 9 {
            7 | 8 => 4,
            kind => kind,
        };
        let after = call.after % 40;
        let length = call.length % 90;
        let call = StreamedCall {
            kind,
            after,
            length,
            ..call
        };
        let shares = model.positions.map(|position| position.shares());
        for _ in 0..after {
            walk.second(shares);
        }
        walk.give(U256::ZERO, shares);
        let funded = model.pool.funded();
        model.call(call);
        // Nothing is taken back in this law, so what is more was topped up.
        if model.pool.funded() > funded || (matches!(kind, 4 | 5) && call.amount == 0) {
            walk.top_up(call.amount, length);
        }
        // What was held in a silence goes to the first who are there.
        walk.give(
            U256::ZERO,
            model.positions.map(|position| position.shares()),
        );
        let at = model.at();
        let owed = model
            .positions
            .map(|position| model.pool.owed(&position, at).unwrap());
        assert_eq!(owed, walk.owed);
    }
}
