//! The laws of waterfalls and reserves, beside tiers in a list of plain integers.

use num_bigint::BigUint;
use tokenomics_fee_split::{
    catch_up_cap, largest_remainder, Error, Quantity, SurplusBuffer, Tier, Waterfall, WeightedSplit,
};
use tokenomics_fixed_math::{Amount, Fraction};

pub const TIERS: usize = 3;
pub const HELD_BY: usize = 3;

/// A tier, of which any numbers make one.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct TierDraw {
    pub cap: u128,
    pub weights: [u64; HELD_BY],
}

/// A payment, or a change of a tier.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct WaterfallCall {
    /// Of 8: a change of the cap, of the whole tier, a close, or else a payment.
    pub kind: u8,
    pub index: u8,
    pub amount: u128,
    pub tier: TierDraw,
}

impl TierDraw {
    fn weights(mut self) -> [u64; HELD_BY] {
        self.weights = self.weights.map(|weight| weight / 4);
        if self.weights == [0; HELD_BY] {
            self.weights[0] = 1;
        }
        self.weights
    }

    fn tier(self) -> Tier<HELD_BY> {
        Tier::new(Amount::new(self.cap), self.weights()).unwrap()
    }
}

/// A waterfall, and its tiers as a list: the caps, the weights, and what is in each and in the residual.
struct Model {
    waterfall: Waterfall<TIERS, HELD_BY>,
    tiers: [TierDraw; TIERS],
    residual: TierDraw,
    filled: [u128; TIERS],
    in_residual: BigUint,
    /// What came in before the last close, all of it paid.
    settled: [BigUint; HELD_BY],
    paid: [BigUint; HELD_BY],
}

impl Model {
    fn new(tiers: [TierDraw; TIERS], residual: TierDraw) -> Self {
        let split = WeightedSplit::new(residual.weights()).unwrap();
        Self {
            waterfall: Waterfall::new(tiers.map(TierDraw::tier), split).unwrap(),
            tiers,
            residual,
            filled: [0; TIERS],
            in_residual: 0_u8.into(),
            settled: [0_u8; HELD_BY].map(BigUint::from),
            paid: [0_u8; HELD_BY].map(BigUint::from),
        }
    }

    fn call(&mut self, call: WaterfallCall) {
        let index = usize::from(call.index) % TIERS;
        match call.kind % 8 {
            0 => self.set_tier(index, call.tier),
            1 | 2 => {
                let weights = self.tiers[index].weights;
                let cap = call.tier.cap;
                self.set_tier(index, TierDraw { cap, weights });
            }
            7 => self.close(),
            _ => self.pay(call.amount),
        }
    }

    fn pay(&mut self, amount: u128) {
        let before = self.waterfall;
        let Ok(parts) = self.waterfall.distribute(Amount::new(amount)) else {
            assert_eq!(self.waterfall, before, "an error changed the state");
            assert!(amount > u128::MAX - (HELD_BY * (TIERS + 1)) as u128);
            return;
        };
        let mut left = amount;
        for (tier, filled) in self.tiers.iter().zip(&mut self.filled) {
            let taken = left.min(tier.cap - *filled);
            *filled += taken;
            left -= taken;
        }
        self.in_residual += left;
        self.receive(parts);
    }

    /// All of what is in the tier that is being filled, or in the residual, is paid by largest remainders.
    fn close(&mut self) {
        let carried = self.waterfall.carried();
        let parts = self.waterfall.close();
        assert_eq!(Amount::try_sum(parts), Ok(carried));
        assert_eq!(self.waterfall.carried(), Amount::ZERO);
        assert!(parts.iter().all(|part| part.get() <= 1));
        for (tier, filled) in self.tiers.iter_mut().zip(&mut self.filled) {
            if *filled < tier.cap {
                let of_tier = apportioned(&BigUint::from(*filled), tier.weights());
                add(&mut self.settled, of_tier);
                tier.cap -= *filled;
                *filled = 0;
            }
        }
        let residual = apportioned(&self.in_residual, self.residual.weights());
        add(&mut self.settled, residual);
        self.in_residual = 0_u8.into();
        self.receive(parts);
    }

    fn receive(&mut self, parts: [Amount; HELD_BY]) {
        for (paid, part) in self.paid.iter_mut().zip(parts) {
            *paid += part.get();
        }
    }

    /// Refused for a full tier, below what is in it, and for other weights of one that isn't empty.
    fn set_tier(&mut self, index: usize, draw: TierDraw) {
        let (old, filled) = (self.tiers[index], self.filled[index]);
        let may = filled < old.cap
            && filled <= draw.cap
            && (filled == 0 || old.weights() == draw.weights());
        let before = self.waterfall;
        let done = self.waterfall.set_tier(index, draw.tier());
        assert_eq!(done.is_ok(), may, "{done:?}");
        match done {
            Ok(parts) => {
                self.tiers[index] = draw;
                self.receive(parts);
            }
            Err(_) => assert_eq!(self.waterfall, before, "an error changed the state"),
        }
        let (what, value, bound) = (Quantity::TierIndex, TIERS as u128, TIERS as u128 - 1);
        let beyond = self.waterfall.set_tier(TIERS, draw.tier());
        assert_eq!(beyond, Err(Error::OutOfRange { what, value, bound }));
    }

    /// What each party is to have been paid: floors, of a full tier largest remainders.
    fn due(&self) -> [BigUint; HELD_BY] {
        let mut due = self.settled.clone();
        let sum = |weights: &[u64; HELD_BY]| weights.iter().sum::<u64>();
        for (tier, &filled) in self.tiers.iter().zip(&self.filled) {
            let weights = tier.weights();
            let mut full = [Amount::ZERO; HELD_BY];
            largest_remainder(Amount::new(filled), &weights, &mut full).unwrap();
            for (who, due) in due.iter_mut().enumerate() {
                *due += match filled == tier.cap {
                    true => full[who].get().into(),
                    false => BigUint::from(filled) * weights[who] / sum(&weights),
                };
            }
        }
        let weights = self.residual.weights();
        for (due, weight) in due.iter_mut().zip(weights) {
            *due += &self.in_residual * weight / sum(&weights);
        }
        due
    }

    fn check(&self) {
        assert_eq!(self.paid, self.due());
        let paid: BigUint = self.paid.iter().sum();
        let carried = self.waterfall.carried().get();
        assert!(carried < 2 * HELD_BY as u128);
        let paid_in = self.filled.iter().copied().map(BigUint::from);
        let settled: BigUint = self.settled.iter().sum();
        let paid_in: BigUint = paid_in.sum::<BigUint>() + settled + &self.in_residual;
        assert_eq!(paid + carried, paid_in);
        assert_eq!(
            Waterfall::restore(self.waterfall.state()),
            Ok(self.waterfall)
        );
        for (index, (draw, &filled)) in self.tiers.iter().zip(&self.filled).enumerate() {
            assert_eq!(self.waterfall.tier(index), Some(draw.tier()));
            assert_eq!(self.waterfall.filled(index), Some(Amount::new(filled)));
        }
    }
}

/// The parts of an amount by largest remainders, of equal ones to the first.
fn apportioned(amount: &BigUint, weights: [u64; HELD_BY]) -> [BigUint; HELD_BY] {
    let sum: u64 = weights.iter().sum();
    let mut parts = weights.map(|weight| amount * weight / sum);
    let rests = weights.map(|weight| amount * weight % sum);
    let mut order: Vec<usize> = (0..HELD_BY).collect();
    order.sort_by(|&one, &other| rests[other].cmp(&rests[one]));
    let left = amount - parts.iter().sum::<BigUint>();
    let left = usize::try_from(&left).unwrap();
    for &who in order.iter().take(left) {
        parts[who] += 1_u8;
    }
    parts
}

fn add(sums: &mut [BigUint; HELD_BY], parts: [BigUint; HELD_BY]) {
    for (sum, part) in sums.iter_mut().zip(parts) {
        *sum += part;
    }
}

/// What was paid in is paid out or carried, tiers are filled in order and to their caps, and no change
/// re-opens a full one: by a list of tiers in plain integers.
pub fn waterfall_conserves(tiers: [TierDraw; TIERS], residual: TierDraw, calls: &[WaterfallCall]) {
    let mut model = Model::new(tiers, residual);
    for &call in calls {
        model.call(call);
        model.check();
    }
}

/// Many payments pay what one of their sum pays, and leave the same waterfall.
pub fn waterfall_path_independent(tiers: [TierDraw; TIERS], residual: TierDraw, payments: &[u128]) {
    let room = u128::MAX / payments.len().max(1) as u128;
    let (mut many, mut one) = (Model::new(tiers, residual), Model::new(tiers, residual));
    let mut sum = 0;
    for payment in payments.iter().map(|payment| payment % room.max(1)) {
        many.pay(payment);
        sum += payment;
    }
    one.pay(sum);
    assert_eq!(many.paid, one.paid);
    assert_eq!(many.waterfall, one.waterfall);
}

/// No tier has anything before those ahead of it are full, none has more than its cap, and a full one stays
/// as it is.
pub fn waterfall_is_senior_first(
    tiers: [TierDraw; TIERS],
    residual: TierDraw,
    calls: &[WaterfallCall],
) {
    let mut model = Model::new(tiers, residual);
    for &call in calls {
        let of = |model: &Model| {
            let waterfall = model.waterfall;
            core::array::from_fn::<_, TIERS, _>(|index| {
                let tier = waterfall.tier(index).unwrap();
                (tier, waterfall.filled(index).unwrap())
            })
        };
        let before = of(&model);
        model.call(call);
        let mut is_open = false;
        for ((tier, filled), old) in of(&model).into_iter().zip(before) {
            let room = |cap: Amount, filled: Amount| cap.get() - filled.get();
            let is_closed = filled.is_zero() && room(tier.cap, filled) == room(old.0.cap, old.1);
            assert!(filled <= tier.cap && (filled >= old.1 || is_closed));
            assert!(!is_open || filled.is_zero());
            assert!(old.0.cap != old.1 || old == (tier, filled), "re-opened");
            is_open |= filled < tier.cap;
        }
    }
}

/// A full catch-up tier gives its party just its share of all, short by less than a unit of the cap, and a
/// larger cap would give it more.
pub fn catch_up_catches_up(before: u128, share: u64, rate: u64) {
    let scale = Fraction::SCALE;
    let share = share % scale;
    let rate = share + 1 + rate % (scale - share);
    let [p, c] = [share, rate].map(|raw| Fraction::from_raw(raw).unwrap());
    catch_up_cap(Amount::new(before), p, p).unwrap_err();
    // c·K ≤ p·(before + K) < c·K + (c − p)
    let of = |cap: BigUint| (&cap * rate, (cap + before) * share);
    let Ok(cap) = catch_up_cap(Amount::new(before), p, c) else {
        let (gets, may) = of(BigUint::from(u128::MAX) + 1_u8);
        assert!(gets <= may);
        return;
    };
    let (gets, may) = of(cap.get().into());
    assert!(gets <= may && may < gets + (rate - share));
}

/// One step of a reserve.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct BufferCall {
    /// Of 4: a draw, a change of the target, or else a payment.
    pub kind: u8,
    pub amount: u128,
}

/// What was paid in flowed on, was drawn or is there; nothing flows on below the target, and what is drawn
/// is all that is needed or all that is there.
pub fn buffer_conserves(target: u128, calls: &[BufferCall]) {
    let mut buffer = SurplusBuffer::new(Amount::new(target));
    let [mut paid_in, mut out] = [0_u8; 2].map(BigUint::from);
    for call in calls {
        let amount = Amount::new(call.amount);
        let before = buffer;
        match call.kind % 4 {
            0 => {
                let drawn = buffer.draw(amount);
                assert!(drawn == amount || (drawn < amount && buffer.level().is_zero()));
                out += drawn.get();
            }
            1 => {
                let on = buffer.set_target(amount);
                assert!(on.is_zero() || buffer.level() == amount);
                assert_eq!(buffer.target(), amount);
                out += on.get();
            }
            _ => {
                let on = buffer.fill(amount);
                assert!(on.is_zero() || buffer.level() == buffer.target());
                assert_eq!(buffer.target(), before.target());
                paid_in += amount.get();
                out += on.get();
            }
        }
        assert_eq!(&out + buffer.level().get(), paid_in);
        let restored = SurplusBuffer::restore(buffer.target(), buffer.level());
        assert_eq!(restored, Ok(buffer));
    }
}
