//! The state that arbitrage takes a pair to, at a price: found on the exact invariant.

use core::cmp::Ordering;

use tokenomics_fixed_math::{Ratio, Rounding, U256};

use super::exact::{self, Fine};
use super::position::Slopes;
use super::quote::others;
use super::search::least;
use super::{coin, integers, replaced, Amplified, StablePair};
use crate::check::largest;
use crate::wide::Wide;
use crate::{Error, Sell};

/// The exchange of two coins along the invariant, in finer units than those that count, while all others stay.
///
/// It is walked by what there is of the scarcer coin of the two at the price. So a unit of it moves the price
/// by more than what the other one is rounded by.
pub(super) struct Exchange<const N: usize> {
    reserves: [u128; N],
    sum: u128,
    /// The invariant, floored.
    d: u128,
    amplified: Amplified,
    /// The bits that all are finer by.
    pub(super) by: u32,
    scarce: usize,
    other: usize,
    /// The price of the scarce coin in the other one, as they count: above 0.
    price: [U256; 2],
    is_token0: bool,
}

/// Two neighbouring states, between which the price is met: what there is of the scarce coin, and the least
/// integer of the other that reaches the invariant with it.
pub(super) struct Bracket {
    fewest: Held,
    most: Held,
}

#[derive(Clone, Copy)]
struct Held {
    scarce: u128,
    other: u128,
    /// Set where the invariant is met exactly.
    is_whole: bool,
}

/// The amounts of Token0 and of Token1, in the finer units.
pub(super) type Pair = [u128; 2];

impl Held {
    /// Returns the other coin, floored.
    fn other_floor(self) -> u128 {
        self.other.saturating_sub((!self.is_whole).into())
    }
}

impl<const N: usize> Exchange<N> {
    pub(super) fn new(pair: &StablePair<'_, N>, price: Ratio) -> Result<Self, Error> {
        let (counted, amplified) = (pair.pool.counted()?, pair.pool.amplified());
        let fine = Fine::new(&counted, amplified, ROOM)?;
        let [rate0, rate1] = pair.rates()?;
        let above = U256::product(price.numerator(), rate1);
        let below = U256::product(price.denominator(), rate0);
        // With equal reserves the price is 1, as they count.
        let is_token0 = above >= below;
        let sell = if is_token0 {
            Sell::Token0
        } else {
            Sell::Token1
        };
        let (scarce, other) = sell.ordered(pair.token0, pair.token1);
        let (above, below) = sell.ordered(above, below);
        Ok(Self {
            reserves: fine.reserves,
            sum: fine.sum,
            d: fine.floor,
            amplified,
            by: fine.by,
            scarce,
            other,
            price: [above, below],
            is_token0,
        })
    }

    /// Finds the states next to the price: each is proven to be on its side of it, and most often they are
    /// no more than a few units apart.
    pub(super) fn bracket(&self) -> Result<Bracket, Error> {
        // Where the other coin has no room, the price is above any that has it. The scarcer coin is at most the
        // greater of the two now, as the curve falls.
        let is_reached = |scarce: u128| {
            let held = self.held(scarce);
            held.map_or(true, |held| self.is_on(held, Ordering::Less))
        };
        let fewest = self.held(largest(self.sum, is_reached))?;
        let (mut most, mut step) = (fewest, 1_u128);
        while !self.is_on(most, Ordering::Greater) {
            let scarce = fewest.scarce.checked_add(step).ok_or(TOO_FAR)?;
            most = self.held(scarce)?;
            step = step.checked_mul(2).ok_or(TOO_FAR)?;
        }
        Ok(Bracket { fewest, most })
    }

    /// Finds what there is of the other coin with so much of the scarce one.
    fn held(&self, scarce: u128) -> Result<Held, Error> {
        let reserves = replaced(self.reserves, self.scarce, scarce);
        let now = coin(&reserves, self.other)?;
        let (d, amplified) = (self.d, self.amplified);
        let near = integers::reserve(others(&reserves, self.other), d, amplified, now);
        let with = |other: u128| replaced(reserves, self.other, other);
        let reaches = |other: u128| exact::reaches(&with(other), amplified, d);
        let other = least(near.unwrap_or(now), u128::MAX, &reaches).ok_or(TOO_FAR)?;
        Ok(Held {
            scarce,
            other,
            is_whole: exact::is_met(&with(other), amplified, d),
        })
    }

    /// Returns `true` if the price of a state is surely not on one side of the one looked for. Its price lies
    /// between those with the other coin rounded down and up; it rises with q, as the scarce coin is.
    fn is_on(&self, held: Held, not: Ordering) -> bool {
        let rounding = match not {
            Ordering::Less => Rounding::Floor,
            _ => Rounding::Ceil,
        };
        [held.other_floor(), held.other].into_iter().all(|other| {
            let order = self.against([held.scarce, other], rounding);
            order.is_ok_and(|order| order != not)
        })
    }

    /// Compares the price at the margin, other·u by scarce·v, with the one looked for.
    fn against(&self, held: [u128; 2], rounding: Rounding) -> Result<Ordering, Error> {
        let q = self.q(held, rounding)?;
        let ([scarce, other], [above, below]) = (held, self.price);
        let Slopes { u, v, .. } = Slopes::new(self.amplified, held, q, DIGITS)?;
        let price = Wide::from(u).mul(other).mul(below);
        Ok(price.cmp(&Wide::from(v).mul(scarce).mul(above)))
    }

    /// Computes q = D^(n+1)/(n^n·∏x), with the unit of A and more binary digits. By its definition, as what the
    /// other coin is rounded by weighs A times as much in A·n·(S − D) + D.
    fn q(&self, [scarce, other]: [u128; 2], rounding: Rounding) -> Result<U256, Error> {
        let Amplified { unit, n, .. } = self.amplified;
        let reserves = replaced(self.reserves, self.scarce, scarce);
        let mut q = U256::product(unit, self.d).checked_shl(DIGITS)?;
        for reserve in replaced(reserves, self.other, other) {
            q = q.mul_div(self.d.into(), U256::product(n, reserve), rounding)?;
        }
        Ok(q)
    }

    /// Orders what there is of the scarce coin and of the other as Token0 and Token1.
    fn pair(&self, scarce: u128, other: u128) -> Pair {
        if self.is_token0 {
            [scarce, other]
        } else {
            [other, scarce]
        }
    }

    /// Returns the least that there is of both coins at the price.
    pub(super) fn least(&self, bracket: &Bracket) -> Pair {
        self.pair(bracket.fewest.scarce, bracket.most.other_floor())
    }

    /// Returns the derivatives at both states.
    pub(super) fn slopes(&self, bracket: &Bracket) -> Result<[Slopes; 2], Error> {
        let at = |Held { scarce, other, .. }: Held| {
            let q = self.q([scarce, other], Rounding::Floor)?;
            Slopes::new(self.amplified, self.pair(scarce, other), q, DIGITS)
        };
        Ok([at(bracket.fewest)?, at(bracket.most)?])
    }
}

/// The binary digits that the terms of the derivatives have more.
const DIGITS: u32 = 64;

/// The bits that the reserves leave for what arbitrage adds: prices of up to some 2^32 to 1 from parity.
const ROOM: u32 = 16;

/// The error of a price that takes a reserve beyond 128 bits, in the finer units.
const TOO_FAR: Error = Error::Overflow {
    bits: 129,
    max: u128::MAX,
};
