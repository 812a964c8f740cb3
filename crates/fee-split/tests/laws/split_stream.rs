//! The laws of split streams, of the other policies and of nested splits, beside exact integers.

use num_bigint::BigUint;
use tokenomics_fee_split::{
    largest_remainder, nest_weights, FlooredSplit, RemainderSplit, SplitPolicy, SplitStream,
    WeightedSplit,
};
use tokenomics_fixed_math::Amount;

pub const PARTIES: usize = 4;

/// One call on a stream.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct StreamCall {
    /// Of 8: a change of the weights, a close, or else a payment.
    pub kind: u8,
    pub amount: u128,
    pub weights: [u64; PARTIES],
}

/// The weights as a stream takes them: not all zero, and of a sum of 64 bits.
pub fn stream_weights(mut weights: [u64; PARTIES]) -> [u64; PARTIES] {
    let sum: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    if sum > u64::MAX.into() {
        // Each at most a quarter, so that four of the largest sum to all of the 64 bits but three units.
        weights = weights.map(|weight| weight / 4);
    }
    if sum == 0 {
        weights[PARTIES - 1] = 1;
    }
    weights
}

fn total(weights: &[u64]) -> u64 {
    weights.iter().sum()
}

fn big(number: u128) -> BigUint {
    BigUint::from(number)
}

/// What each party earned, exactly: numerators over one denominator.
struct Exact {
    earned: [BigUint; PARTIES],
    over: BigUint,
}

impl Exact {
    fn new() -> Self {
        let earned = [0; PARTIES].map(big);
        Self {
            earned,
            over: big(1),
        }
    }

    fn pay(&mut self, amount: u128, weights: [u64; PARTIES], is_first: bool) {
        let total = big(total(&weights).into());
        if is_first {
            self.over *= &total;
            for earned in &mut self.earned {
                *earned *= &total;
            }
        }
        for (earned, weight) in self.earned.iter_mut().zip(weights) {
            *earned += big(amount) * &self.over / &total * weight;
        }
    }

    /// Whether what was paid is the floor of what was earned, but for so many 2^-64 of a unit.
    fn is_floor(&self, who: usize, paid: &BigUint, slack: u128) -> bool {
        // In 2^-64 of a unit, of the denominator.
        let earned = &self.earned[who] << 64;
        let paid = (paid << 64) * &self.over;
        let slack = big(slack) * &self.over;
        let unit = &self.over << 64;
        paid <= &earned + &slack && earned < paid + unit + slack
    }
}

/// A stream, what was paid into it since it was closed last, and out of it.
struct Model {
    stream: SplitStream<PARTIES>,
    exact: Exact,
    paid_in: BigUint,
    paid: [BigUint; PARTIES],
    /// How many units of 2^-64 the roundings of the changes come to at most.
    slack: u128,
    is_new_weight: bool,
}

impl Model {
    fn new(weights: [u64; PARTIES]) -> Self {
        let stream = SplitStream::new(stream_weights(weights)).unwrap();
        Self {
            stream,
            exact: Exact::new(),
            paid_in: big(0),
            paid: [0; PARTIES].map(big),
            slack: 0,
            is_new_weight: true,
        }
    }

    fn call(&mut self, call: StreamCall) {
        match call.kind % 8 {
            0 => self.set_weights(call.weights),
            1 => self.close(),
            _ => self.pay(call.amount),
        }
    }

    fn set_weights(&mut self, weights: [u64; PARTIES]) {
        let before = self.stream;
        self.stream.set_weights([0; PARTIES]).unwrap_err();
        self.stream
            .set_weights([u64::MAX, 1, 0, 0])
            .expect_err("65 bits");
        assert_eq!(self.stream, before, "an error changed the state");
        self.stream.set_weights(stream_weights(weights)).unwrap();
        self.slack += PARTIES as u128;
        self.is_new_weight = true;
        let held = self.stream.state().held;
        assert!(held.iter().all(|held| held.rest == 0));
    }

    fn pay(&mut self, amount: u128) {
        let weights = self.stream.weights();
        self.exact.pay(amount, weights, self.is_new_weight);
        self.is_new_weight = false;
        self.paid_in += amount;
        let parts = self.stream.distribute(Amount::new(amount));
        for (paid, part) in self.paid.iter_mut().zip(parts) {
            assert!(part.get() <= amount, "{part} of {amount}");
            *paid += part.get();
        }
    }

    /// A unit at most each, to the largest of what they are held; then everything begins anew.
    fn close(&mut self) {
        let held = self.stream.state().held;
        let (carried, parts) = (self.stream.carried(), self.stream.close());
        assert_eq!(Amount::try_sum(parts), Ok(carried));
        let rank = |who: usize| (held[who].parts, held[who].rest, PARTIES - who);
        for (who, &part) in parts.iter().enumerate() {
            assert!(part.get() <= 1 && (part.is_zero() || held[who] != Default::default()));
            for (other, &others) in parts.iter().enumerate() {
                assert!(part >= others || rank(who) < rank(other));
            }
        }
        assert!(self.stream.carried().is_zero());
        let weights = self.stream.weights();
        assert_eq!(self.stream, SplitStream::new(weights).unwrap());
        *self = Self::new(weights);
    }

    fn check(&self) {
        let paid: BigUint = self.paid.iter().sum();
        let carried = self.stream.carried().get();
        assert!(carried < PARTIES as u128, "{carried} carried");
        assert_eq!(paid + carried, self.paid_in);
        let state = self.stream.state();
        assert_eq!(SplitStream::restore(state), Ok(self.stream));
    }

    fn check_shares(&self) {
        for (who, paid) in self.paid.iter().enumerate() {
            let is_floor = self.exact.is_floor(who, paid, self.slack);
            assert!(is_floor, "{who} was paid {paid}");
        }
    }
}

/// What was paid in is paid out or carried, after any calls; a stored stream goes on as if it hadn't been.
pub fn stream_conserves(weights: [u64; PARTIES], calls: &[StreamCall]) {
    let mut model = Model::new(weights);
    for &call in calls {
        model.call(call);
        model.check();
    }
}

/// Each was paid the floor of its exact share through all changes of the weights, but for the roundings
/// to 2^-64 of a unit.
pub fn stream_keeps_fractions(weights: [u64; PARTIES], calls: &[StreamCall]) {
    let mut model = Model::new(weights);
    for &call in calls {
        model.call(call);
        model.check_shares();
    }
}

/// Each was paid just the floor of its exact share of the running total, so that no part falls.
pub fn stream_is_fair(weights: [u64; PARTIES], payments: &[u128]) {
    let mut model = Model::new(weights);
    let weights = model.stream.weights();
    for &payment in payments {
        model.pay(payment);
        for (paid, weight) in model.paid.iter().zip(weights) {
            assert_eq!(paid, &(&model.paid_in * weight / total(&weights)));
        }
    }
}

/// Many payments pay what one of their sum pays, and leave the same stream.
pub fn stream_path_independent(weights: [u64; PARTIES], payments: &[u128]) {
    let room = u128::MAX / payments.len().max(1) as u128;
    let (mut many, mut one) = (Model::new(weights), Model::new(weights));
    for &payment in payments {
        many.pay(payment % room.max(1));
    }
    one.pay(u128::try_from(&many.paid_in).unwrap());
    assert_eq!(many.paid, one.paid);
    assert_eq!(many.stream, one.stream);
}

/// Under every policy what was paid in is in the parts, in the sink or carried.
pub fn policies_conserve(weights: [u64; PARTIES], payments: &[u128]) {
    let weights = stream_weights(weights);
    let split = WeightedSplit::new(weights).unwrap();
    conserves(split, payments);
    conserves(RemainderSplit::new(split), payments);
    conserves(FlooredSplit::new(split), payments);
    conserves(SplitStream::new(weights).unwrap(), payments);
    let (mut floored, mut best) = (FlooredSplit::new(split), RemainderSplit::new(split));
    for &payment in payments {
        let floors = floored.divide(Amount::new(payment)).unwrap();
        assert!(floors.to_sink.get() < PARTIES as u128);
        let best = best.divide(Amount::new(payment)).unwrap();
        let mut same = [Amount::ZERO; PARTIES];
        largest_remainder(Amount::new(payment), &weights, &mut same).unwrap();
        assert_eq!(best.parts, same);
        let ups = best.parts.iter().zip(floors.parts);
        assert!(ups.clone().all(|(up, floor)| up.get() - floor.get() <= 1));
    }
}

fn conserves(mut policy: impl SplitPolicy<PARTIES>, payments: &[u128]) {
    let (mut paid_in, mut out) = (big(0), big(0));
    for &payment in payments {
        let divided = policy.divide(Amount::new(payment)).unwrap();
        paid_in += payment;
        let paid = divided.parts.iter().map(|part| part.get());
        out += paid.map(big).sum::<BigUint>() + divided.to_sink.get();
        assert_eq!(&out + policy.carried().get(), paid_in);
    }
}

/// A flat weight's share is the product of its shares in the nested splits, and in lowest terms.
pub fn nesting_is_flat(outer: &[u64], index: usize, inner: &[u64]) {
    let [outer, inner] = [outer, inner].map(super::splits::weights);
    let index = index % outer.len();
    let before = vec![7; outer.len() - 1 + inner.len()];
    let mut flat = before.clone();
    let done = nest_weights(&outer, index, &inner, &mut flat);
    let sum = |weights: &[u64]| weights.iter().map(|&weight| big(weight.into())).sum();
    let (all, all_inner): (BigUint, BigUint) = (sum(&outer), sum(&inner));
    let part = |weight: u64, by: &BigUint| big(weight.into()) * by;
    let mut exact: Vec<BigUint> = outer.iter().map(|&one| part(one, &all_inner)).collect();
    let nested = inner.iter().map(|&one| part(one, &outer[index].into()));
    exact.splice(index..=index, nested);
    if done.is_err() {
        assert_eq!(flat, before, "an error changed the weights");
        let common = exact.iter().fold(big(0), gcd);
        assert!(exact
            .iter()
            .any(|one| (one / &common).bits() > 64 || one.bits() > 128));
        return;
    }
    let all_flat: BigUint = sum(&flat);
    let common = flat
        .iter()
        .fold(big(0), |common, &one| gcd(common, &one.into()));
    assert_eq!(common, big(1), "{flat:?}");
    for (&weight, exact) in flat.iter().zip(&exact) {
        assert_eq!(part(weight, &(&all * &all_inner)), exact * &all_flat);
    }
}

fn gcd(a: BigUint, b: &BigUint) -> BigUint {
    let (mut a, mut b) = (a, b.clone());
    while b != big(0) {
        (a, b) = (b.clone(), a % b);
    }
    a
}
