//! The laws of fees, each once, as checks over plain integers. Any input is brought into the valid
//! range first, so that a check fails for the law's sake only.

#![allow(unreachable_pub, reason = "a fuzz target includes this file too")]
#![allow(
    dead_code,
    unused_imports,
    reason = "each test file calls some of them"
)]

mod vault;

pub use vault::{
    vault_accrual, vault_conserves, vault_first_depositor, vault_gains_by_parts, vault_loses_alike,
    vault_no_profit, vault_queue_is_one_rate, vault_quoted, vault_waits, VaultCall, VaultDraw,
};
mod payouts;
mod split_stream;

use tokenomics_fee_split::{
    largest_remainder, split_by_weights, Position, RewardPool, WeightedSplit,
};
use tokenomics_fixed_math::{Amount, U256};

pub use payouts::{payouts_accumulate, referrals_are_exact, Credit, LEVELS};
pub use split_stream::{
    nesting_is_flat, policies_conserve, stream_conserves, stream_is_fair, stream_keeps_fractions,
    stream_path_independent, StreamCall, PARTIES,
};

/// One call on a pool.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Call {
    pub kind: Kind,
    pub who: u8,
    pub amount: u128,
    pub shares: u128,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    SetShares,
    Fund,
    Claim,
    Transfer,
    TakeUnallocated,
    /// With a position of another pool.
    Foreign,
}

impl Kind {
    /// One of them, of any number: some more often than others.
    pub fn of(number: u8) -> Self {
        match number % 16 {
            0 | 1 | 8 | 9 => Self::SetShares,
            2..=4 | 10..=12 => Self::Fund,
            5 | 13 => Self::Claim,
            6 | 14 => Self::Transfer,
            7 => Self::TakeUnallocated,
            _ => Self::Foreign,
        }
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Kind {
    fn arbitrary(bytes: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u8::arbitrary(bytes).map(Self::of)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        u8::size_hint(depth)
    }
}

/// A change of the shares, and fundings until the next one.
#[derive(Debug, Clone)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Round {
    pub who: u8,
    pub shares: u128,
    pub fundings: Vec<u128>,
}

const HOLDERS: usize = 5;

/// Weights to split by: at least one, and not all zero.
fn weights(raw: &[u64]) -> Vec<u64> {
    let mut weights = raw.to_vec();
    if weights.iter().all(|&weight| weight == 0) {
        weights.push(1);
    }
    weights
}

fn sum(parts: &[Amount]) -> u128 {
    Amount::try_sum(parts.iter().copied()).unwrap().get()
}

/// Whether `part` is less than one unit away from amount·weight/total.
fn is_close(part: Amount, amount: u128, weight: u64, total: u128) -> bool {
    let (got, exact) = (
        U256::product(part.get(), total),
        U256::product(amount, weight.into()),
    );
    let (low, high) = (got.min(exact), got.max(exact));
    high.checked_sub(low).unwrap() < total.into()
}

/// The parts sum to what was split; each is less than a unit from its exact share; who has no
/// weight gets nothing.
pub fn sum_of_parts(amount: u128, raw: &[u64]) {
    let weights = weights(raw);
    let total: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    let mut parts = vec![Amount::MAX; weights.len()];
    for method in [split_by_weights, largest_remainder] {
        method(Amount::new(amount), &weights, &mut parts).unwrap();
        assert_eq!(sum(&parts), amount, "{parts:?}");
        for (&part, &weight) in parts.iter().zip(&weights) {
            assert!(
                is_close(part, amount, weight, total),
                "{part} for {weight} of {total}"
            );
            assert!(weight > 0 || part.is_zero(), "{part} for nothing");
        }
    }
    if let [a, b, c, ..] = weights[..] {
        if let Ok(split) = WeightedSplit::new([a, b, c]) {
            split_by_weights(Amount::new(amount), &[a, b, c], &mut parts[..3]).unwrap();
            assert_eq!(split.split(Amount::new(amount))[..], parts[..3]);
        }
    }
}

/// Largest remainders by definition: sorted, ties by index.
pub fn largest_remainder_by_definition(amount: u128, raw: &[u64]) {
    let weights = weights(raw);
    let total: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    let shares = weights.iter().map(|&weight| {
        let (floor, rest) = U256::product(amount, weight.into()).div_rem(total).unwrap();
        (floor.to_u128().unwrap(), rest)
    });
    let shares: Vec<(u128, u128)> = shares.collect();
    let left = amount - shares.iter().map(|share| share.0).sum::<u128>();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|&index| core::cmp::Reverse(shares[index].1)); // stable
    let mut expected: Vec<u128> = shares.iter().map(|share| share.0).collect();
    for &index in &order[..usize::try_from(left).unwrap()] {
        expected[index] += 1;
    }
    let mut parts = vec![Amount::ZERO; weights.len()];
    largest_remainder(Amount::new(amount), &weights, &mut parts).unwrap();
    assert_eq!(
        parts.iter().map(|part| part.get()).collect::<Vec<_>>(),
        expected
    );
}

/// A pool under test, its positions, and what each has claimed.
#[derive(Clone, PartialEq)]
pub struct Model {
    pub pool: RewardPool,
    pub positions: [Position; HOLDERS],
    pub claimed: [u128; HOLDERS],
    // Modulo 2^128: what was taken back makes room to fund as much again.
    taken: u128,
    put_in: u128,
}

impl Model {
    pub fn new() -> Self {
        Self {
            pool: RewardPool::new(),
            positions: [Position::new(); HOLDERS],
            claimed: [0; HOLDERS],
            taken: 0,
            put_in: 0,
        }
    }

    /// Makes a call, if it is a valid one. If it isn't, nothing may have changed.
    pub fn call(&mut self, call: Call) {
        let Call {
            kind,
            who,
            amount,
            shares,
        } = call;
        let who = usize::from(who) % HOLDERS;
        let mut after = self.clone();
        let done = match kind {
            Kind::SetShares => after
                .pool
                .set_shares(&mut after.positions[who], shares)
                .is_ok(),
            Kind::Fund => {
                after.put_in = after.put_in.wrapping_add(amount);
                after.pool.fund(Amount::new(amount)).is_ok()
            }
            Kind::Claim => {
                after.claim(who);
                true
            }
            Kind::Transfer => {
                // To any of the others, by the amount, which a transfer has no other use for.
                let other = who + 1 + (amount % (HOLDERS as u128 - 1)) as usize;
                let mut to = after.positions[other % HOLDERS];
                let done = after
                    .pool
                    .transfer(&mut after.positions[who], &mut to, shares)
                    .is_ok();
                after.positions[other % HOLDERS] = to;
                done
            }
            Kind::TakeUnallocated => {
                let taken = after.pool.take_unallocated().get();
                after.taken = after.taken.wrapping_add(taken);
                assert!(after.pool.unallocated().is_zero());
                true
            }
            Kind::Foreign => after.foreign(who, amount, shares),
        };
        if done {
            *self = after;
        } else {
            let same = after.pool == self.pool && after.positions == self.positions;
            assert!(same, "an error changed the state");
        }
    }

    pub fn claim(&mut self, who: usize) {
        let claimable = self.pool.claimable(&self.positions[who]).unwrap();
        let paid = self.pool.claim(&mut self.positions[who]).unwrap();
        assert_eq!(paid, claimable);
        self.claimed[who] += paid.get();
        assert_eq!(self.pool.claim(&mut self.positions[who]), Ok(Amount::ZERO));
    }

    /// A position of another pool, with more shares than there are here, must be refused.
    fn foreign(&mut self, who: usize, amount: u128, shares: u128) -> bool {
        let Some(excess) = self
            .pool
            .total_shares()
            .checked_add(shares.clamp(1, u128::MAX))
        else {
            return false;
        };
        let (mut elsewhere, mut position) = (RewardPool::new(), Position::new());
        elsewhere.set_shares(&mut position, excess).unwrap();
        elsewhere.fund(Amount::new(amount)).unwrap();
        self.pool.claim(&mut position).unwrap_err();
        self.pool.set_shares(&mut position, 0).unwrap_err();
        self.pool
            .transfer(&mut position, &mut self.positions[who], 1)
            .unwrap_err();
        self.pool
            .transfer(&mut self.positions[who], &mut position, 0)
            .unwrap_err();
        false
    }

    /// What each has claimed and can claim.
    pub fn earned(&self) -> [u128; HOLDERS] {
        core::array::from_fn(|who| {
            let claimable = self.pool.claimable(&self.positions[who]).unwrap();
            self.claimed[who] + claimable.get()
        })
    }

    /// funded = paid + claimable + carried + unallocated, in whole units and to the last fraction.
    pub fn check_funded(&self) {
        let pool = &self.pool;
        let claimable = self
            .positions
            .map(|position| pool.claimable(&position).unwrap());
        let claimable = Amount::try_sum(claimable).unwrap();
        let carried = pool.carried(claimable).unwrap();
        let parts = [pool.paid(), claimable, carried, pool.unallocated()];
        assert_eq!(sum(&parts), pool.funded().get());
        assert_eq!(pool.paid().get(), self.claimed.iter().sum::<u128>());
        assert_eq!(pool.funded().get().wrapping_add(self.taken), self.put_in);
        assert!(carried.get() <= HOLDERS as u128, "{carried} carried");

        let owed = self.positions.map(|position| pool.owed(&position).unwrap());
        let owed = owed
            .into_iter()
            .fold(U256::ZERO, |sum, one| sum.checked_add(one).unwrap());
        let in_pool = U256::new(pool.outstanding().get(), 0)
            .checked_sub(owed)
            .unwrap();
        assert_eq!(
            in_pool.high(),
            0,
            "the pool keeps more than a fraction of a unit"
        );
        let shares = self.positions.iter().map(|position| position.shares());
        assert_eq!(shares.sum::<u128>(), pool.total_shares());
    }
}

/// The equation, after any sequence of calls.
pub fn funded(calls: &[Call]) {
    let mut model = Model::new();
    for &call in calls {
        model.call(call);
        model.check_funded();
    }
}

/// What a position has claimed and can claim never falls, whatever is called.
pub fn accrual(calls: &[Call]) {
    let mut model = Model::new();
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

/// How often and when one claims never changes the sum of the claims.
pub fn claim_pattern(calls: &[Call]) {
    let (mut often, mut never) = (Model::new(), Model::new());
    for &call in calls {
        often.call(call);
        for who in 0..HOLDERS {
            often.claim(who);
        }
        if call.kind != Kind::Claim {
            never.call(call);
        }
    }
    assert_eq!(often.earned(), never.earned());
}

/// Between changes of the shares, many small fundings do what one large one does, exactly: the
/// pools they leave are equal, and so is what each position can claim.
pub fn path_independent(rounds: &[Round]) {
    let (mut small, mut large) = (Model::new(), Model::new());
    let call = |kind, who, amount, shares| Call {
        kind,
        who,
        amount,
        shares,
    };
    for round in rounds {
        let fundings = &round.fundings;
        let room = u128::MAX / (rounds.len() * fundings.len().max(1)) as u128;
        let fundings: Vec<u128> = fundings
            .iter()
            .map(|funding| funding % room.max(1))
            .collect();
        for model in [&mut small, &mut large] {
            model.call(call(Kind::SetShares, round.who, 0, round.shares));
        }
        for &funding in &fundings {
            small.call(call(Kind::Fund, 0, funding, 0));
        }
        if !fundings.is_empty() {
            large.call(call(Kind::Fund, 0, fundings.iter().sum(), 0));
        }
    }
    assert!(small == large);
    assert_eq!(small.earned(), large.earned());
}

/// While the shares don't change, each can claim its exact share to less than a unit, and never
/// more than it.
pub fn exact_share(shares: &[u128], fundings: &[u128]) {
    let mut model = Model::new();
    let room = u128::MAX / HOLDERS as u128;
    for (who, &shares) in shares.iter().take(HOLDERS).enumerate() {
        model
            .pool
            .set_shares(&mut model.positions[who], shares % room)
            .unwrap();
    }
    let total = model.pool.total_shares();
    let mut funded = 0;
    for &funding in fundings {
        let funding = funding % (u128::MAX / fundings.len() as u128);
        model.pool.fund(Amount::new(funding)).unwrap();
        funded += funding;
        for position in model.positions.iter().filter(|_| total > 0) {
            let exact = U256::product(funded, position.shares());
            let (floor, rest) = exact.div_rem(total).unwrap();
            let short = floor
                .to_u128()
                .unwrap()
                .checked_sub(model.pool.claimable(position).unwrap().get());
            // Short of the floor only where the exact share is whole.
            assert!(
                short == Some(0) || (short == Some(1) && rest < position.shares()),
                "{short:?}"
            );
        }
    }
}
