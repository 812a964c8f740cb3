//! The comparison in 256 bits beside that of the wide sums, also where both sums are the same or a unit apart.

extern crate std;

use std::vec::Vec;

use tokenomics_fixed_math::{Amount, Fraction, Ratio};

use crate::{Debt, Haircut, Holding, Margin, Portfolio};

/// A generator of numbers, as SplitMix64.
struct Draws(u64);

impl Draws {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let word = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.word() % bound
    }

    /// A number of any length up to so many bits.
    fn bits(&mut self, most: u64) -> u128 {
        let wide = u128::from(self.word()) << 64 | u128::from(self.word());
        wide >> (127 - self.below(most))
    }

    fn fraction(&mut self) -> Fraction {
        let raw = match self.below(4) {
            0 => 0,
            1 => Fraction::SCALE,
            _ => self.below(Fraction::SCALE + 1),
        };
        Fraction::from_raw(raw).unwrap()
    }

    fn haircut(&mut self) -> Haircut {
        let (a, b) = (self.fraction(), self.fraction());
        Haircut::new(a.max(b), a.min(b)).unwrap()
    }

    fn denominator(&mut self) -> u128 {
        match self.below(16) {
            0 => u128::from(self.below(9) + 1),
            1 => self.bits(128).max(1),
            2 => 1 << self.below(20),
            of => 10_u128.pow(u32::try_from(of).unwrap() + 3),
        }
    }
}

type Entries = (Vec<Holding>, Vec<Debt>);

fn any(draws: &mut Draws) -> Entries {
    let shared = draws.denominator();
    let is_shared = draws.below(2) == 0;
    let price = |draws: &mut Draws| {
        let per = if is_shared {
            shared
        } else {
            draws.denominator()
        };
        let most = [64, 64, 100, 128][usize::try_from(draws.below(4)).unwrap()];
        (
            Amount::new(draws.bits(most)),
            Ratio::new(draws.bits(most).max(1), per).unwrap(),
        )
    };
    let held = (0..draws.below(4)).map(|_| {
        let (amount, price) = price(draws);
        Holding::new(amount, price, draws.haircut())
    });
    let held: Vec<_> = held.collect();
    let owed = (0..draws.below(4)).map(|_| {
        let (amount, price) = price(draws);
        Debt::new(amount, price, draws.haircut()).unwrap()
    });
    (held, owed.collect())
}

/// As many debts as holdings, of the same value but for a unit of one of them.
fn near_equality(draws: &mut Draws) -> Entries {
    let (mut held, _) = any(draws);
    for held in &mut held {
        *held = Holding::new(held.amount(), held.price(), Haircut::NONE);
    }
    let off = draws.below(3);
    let mut owed = Vec::new();
    for (at, held) in held.iter().enumerate() {
        let by = [1, 2, 5, 1_000][usize::try_from(draws.below(4)).unwrap()];
        let (above, below) = (held.price().numerator(), held.price().denominator());
        let terms = (above.checked_mul(by), below.checked_mul(by));
        let price = match terms {
            (Some(above), Some(below)) => Ratio::new(above, below).unwrap(),
            _ => held.price(),
        };
        let amount = match (at, off) {
            (0, 1) => held.amount().get().saturating_add(1),
            (0, 2) => held.amount().get().saturating_sub(1),
            _ => held.amount().get(),
        };
        owed.insert(
            0,
            Debt::new(Amount::new(amount), price, Haircut::NONE).unwrap(),
        );
    }
    (held, owed)
}

#[test]
fn the_comparison_in_256_bits_is_that_of_the_wide_sums() {
    const DRAWS: u32 = 200_000;
    let mut draws = Draws(1);
    let (mut short, mut equal) = (0, 0);
    for draw in 0..DRAWS {
        let (held, owed) = match draw % 2 {
            0 => any(&mut draws),
            _ => near_equality(&mut draws),
        };
        let portfolio = Portfolio::new(&held, &owed);
        for margin in Margin::ALL {
            let covers = portfolio.covers(
                |held| held.haircut().weight(margin).raw(),
                |debt| debt.weight(margin),
            );
            let order = portfolio
                .exact_credit(margin)
                .cmp(&portfolio.exact_owed(margin));
            assert_eq!(portfolio.is_healthy(margin), order.is_ge());
            if let Some(covers) = covers {
                assert_eq!(covers, order.is_ge(), "{portfolio:?}");
                short += 1;
                equal += u32::from(order.is_eq() && !owed.is_empty());
            }
        }
        let order = portfolio.exact_value().cmp(&portfolio.exact_liabilities());
        assert_eq!(portfolio.is_solvent(), order.is_ge());
    }
    assert!(short > DRAWS && equal > DRAWS / 10, "{short} {equal}");
    assert!(short < 2 * DRAWS, "{short}");
}

/// Two terms of 2^255, whose sum would be 0 in 256 bits: on either side it is told.
#[test]
fn a_sum_beyond_256_bits_is_left_to_the_wide_ones() {
    let half = Ratio::from_integer(1 << 127);
    let all_but_two = Haircut::uniform(Fraction::from_raw(Fraction::SCALE - 2).unwrap());
    let held = [Holding::new(Amount::new(1 << 127), half, all_but_two); 2];
    let owed = [Debt::new(Amount::new(1), Ratio::ONE, Haircut::NONE).unwrap()];
    let weight = |held: &Holding| held.haircut().weight(Margin::Initial).raw();
    let portfolio = Portfolio::new(&held, &owed);
    assert_eq!(portfolio.covers(weight, |_| 1), None);
    assert!(portfolio.is_healthy(Margin::Initial));
    assert_eq!(
        Portfolio::new(&held[..1], &owed).covers(weight, |_| 1),
        Some(true)
    );

    let owed = [Debt::new(Amount::new(1 << 127), half, Haircut::NONE).unwrap(); 2];
    let portfolio = Portfolio::new(&held[..1], &owed);
    assert_eq!(portfolio.covers(weight, |_| 2), None);
}
