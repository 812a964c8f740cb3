//! One long run of many holders, and every short one of a few calls.
#![cfg(feature = "alloc")]

mod laws;

use laws::{at, in_memory, terms, Call, Kept, Kind, Model, RawTerms, ONE, WEEK};
use tokenomics_escrow_weighting::Escrow;

const FOUR_YEARS: u64 = 4 * 365 * 86_400;

/// Numbers that look like any.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        let Self(state) = self;
        *state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (*state >> 33) % bound
    }

    /// Mostly minutes and days, sometimes years in which nobody calls.
    fn gap(&mut self) -> u64 {
        match self.below(500) {
            0 => self.below(9 * FOUR_YEARS),
            1..=20 => WEEK,
            21..=120 => 0,
            _ => self.below(86_400),
        }
    }

    /// A few units, many, and for once all there can be.
    fn amount(&mut self) -> u128 {
        match self.below(10_000) {
            0 => u128::MAX - u128::from(self.below(20)),
            1..=3_000 => u128::from(self.below(1 << 31)) << self.below(80),
            _ => u128::from(self.below(20)) + 1,
        }
    }

    fn call(&mut self) -> Call {
        Call {
            kind: Kind::of(self.below(256) as u8),
            who: self.below(256) as u8,
            gap: self.gap(),
            amount: self.amount(),
            time: self.below(u64::MAX),
            shape: self.below(256) as u8,
            rate: self.below(u64::MAX) << 30,
        }
    }
}

#[test]
fn two_hundred_holders_sum_to_the_total_through_thousands_of_calls_and_years_of_silence() {
    let raw = RawTerms {
        max: FOUR_YEARS,
        granule: WEEK,
        min: 1,
        most: 4 * ONE,
    };
    let mut model = Model::new(Escrow::new(terms(raw)), 256, 2_700 * WEEK);
    model.sees_errors = false;
    let (mut numbers, mut made) = (Numbers(7), 0);
    for _ in 0..40_000 {
        made += u32::from(model.call(numbers.call()));
        let (now, total) = (model.now, model.escrow.total_at(at(model.now)));
        assert_eq!(total, model.sum_at(now), "at {now}");
    }
    assert!(made > 5_000, "only {made} calls were made");
    let moments = model.moments(&[]);
    for time in moments.into_iter().step_by(11) {
        assert_eq!(model.escrow.total_at(at(time)), model.sum_at(time));
    }
    let restored = Escrow::restore(model.escrow.state());
    assert_eq!(restored.map(|it| it.state()), Ok(model.escrow.state()));
}

/// Each of a few calls after each of them, four times: ends that coincide with changes, with each other
/// and with bends, whoever comes first.
#[test]
fn every_sequence_of_four_small_calls_sums_to_the_total() {
    let raw = RawTerms {
        max: 4,
        granule: 2,
        min: 1,
        most: 2 * ONE,
    };
    let call = |kind, who, gap, shape, rate| Call {
        kind,
        who,
        gap,
        amount: 3,
        time: 3,
        shape,
        rate,
    };
    let calls = [
        call(Kind::Create, 0, 0, 0, 3),
        call(Kind::Create, 1, 1, 2, 1),
        call(Kind::Create, 1, 0, 4, 2),
        call(Kind::Create, 2, 1, 3, 3),
        call(Kind::Create, 2, 0, 5, 5),
        call(Kind::Increase, 0, 1, 0, 0),
        call(Kind::Extend, 0, 2, 0, 0),
        call(Kind::Convert, 1, 1, 5, 3),
        call(Kind::MakePermanent, 0, 1, 0, 0),
        call(Kind::Exit, 1, 1, 0, 0),
        call(Kind::Withdraw, 0, 2, 0, 0),
        call(Kind::StartCooldown, 2, 1, 0, 0),
        call(Kind::Relock, 2, 1, 0, 3),
    ];
    let sequences = every(&in_memory(raw, 0), &calls, 4);
    assert_eq!(sequences, calls.len().pow(4));
}

fn every<T: Kept>(model: &Model<T>, calls: &[Call], left: u32) -> usize {
    for time in 0..=12 {
        if let Some(total) = model.escrow.totals().read(time) {
            assert_eq!(total, model.sum_at(time), "at {time}");
        }
    }
    if left == 0 {
        return 1;
    }
    let after = |&call: &Call| {
        let mut next = model.clone();
        next.call(call);
        every(&next, calls, left - 1)
    };
    calls.iter().map(after).sum()
}
