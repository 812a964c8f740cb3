//! Positions in a lending pool, and the terms of its reserves.

use revm::primitives::ruint::aliases::U512;

use crate::draw::Random;

/// The most assets of one position.
pub const MOST: usize = 16;
/// In basis points.
pub const ALL: u32 = 10_000;
/// Amounts have fewer bits, and prices: 512 then hold each product of two sums.
const AMOUNT_BITS: u32 = 112;
const PRICE_BITS: u32 = 50;

/// A reserve, and what the position holds and owes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    pub decimals: u32,
    /// Of a whole token, with 8 decimals.
    pub price: u64,
    /// In basis points, as all that follow.
    pub ltv: u32,
    pub threshold: u32,
    pub bonus: u32,
    pub fee: u32,
    /// Whether it is in the group.
    pub is_grouped: bool,
    pub held: u128,
    pub owed: u128,
}

/// A category of efficiency mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    pub ltv: u32,
    pub threshold: u32,
    pub bonus: u32,
    /// What each asset in it is worth; 0 where each has its own price.
    pub price: u64,
}

/// What a user holds and owes.
#[derive(Debug, Clone)]
pub struct Position {
    pub assets: Vec<Asset>,
    pub group: Option<Group>,
}

/// What counts of an asset in a position.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    pub price: u64,
    pub ltv: u32,
    pub threshold: u32,
    pub bonus: u32,
    /// The base units of a whole token.
    pub unit: u64,
}

impl Terms {
    /// What a base unit is worth, in 10^-18 units of the base currency.
    pub fn unit_value(&self) -> U512 {
        U512::from(self.price) * (U512::from(ONE) / U512::from(self.unit))
    }

    /// What so much is worth, in 10^-18 units of the base currency: exactly.
    pub fn value(&self, amount: u128) -> U512 {
        U512::from(amount) * self.unit_value()
    }
}

pub const ONE: u64 = 1_000_000_000_000_000_000;

impl Position {
    pub fn terms(&self, index: usize) -> Terms {
        let asset = self.assets[index];
        let own = Terms {
            price: asset.price,
            ltv: asset.ltv,
            threshold: asset.threshold,
            bonus: asset.bonus,
            unit: 10_u64.pow(asset.decimals),
        };
        match self.group {
            Some(group) if asset.is_grouped => Terms {
                price: if group.price == 0 {
                    own.price
                } else {
                    group.price
                },
                // What can't be borrowed against alone can't be in the group either.
                ltv: if own.ltv == 0 { 0 } else { group.ltv },
                threshold: group.threshold,
                bonus: group.bonus,
                ..own
            },
            _ => own,
        }
    }

    /// What is held at these weights, in 10^-22 units of the base currency.
    pub fn credit(&self, weight: fn(&Terms) -> u32) -> U512 {
        self.sum(|asset, terms| terms.value(asset.held) * U512::from(weight(terms)))
    }

    /// What is held, in 10^-18 units of the base currency.
    pub fn value(&self) -> U512 {
        self.sum(|asset, terms| terms.value(asset.held))
    }

    /// What is owed, in 10^-18 units of the base currency.
    pub fn debt(&self) -> U512 {
        self.sum(|asset, terms| terms.value(asset.owed))
    }

    /// How many amounts aren't worth a whole number of units of the base currency.
    pub fn fractions(&self, amount: fn(&Asset) -> u128) -> U512 {
        let one = U512::from(ONE);
        self.sum(|asset, terms| {
            U512::from(u8::from(terms.value(amount(asset)) % one != U512::ZERO))
        })
    }

    fn sum(&self, each: impl Fn(&Asset, &Terms) -> U512) -> U512 {
        let terms = (0..self.assets.len()).map(|index| self.terms(index));
        let all = self.assets.iter().zip(terms);
        all.fold(U512::ZERO, |sum, (asset, terms)| sum + each(asset, &terms))
    }

    /// An asset of which there is something, if there is.
    pub fn one_of(&self, random: &mut Random, amount: fn(&Asset) -> u128) -> Option<usize> {
        let has = |index: &usize| amount(&self.assets[*index]) > 0;
        let all: Vec<usize> = (0..self.assets.len()).filter(has).collect();
        (!all.is_empty()).then(|| random.one_of(&all))
    }

    /// What all of a holding costs, in a debt's base units, and up to a unit of the holding more.
    pub fn rest(&self, random: &mut Random, [held, owed]: [usize; 2]) -> u128 {
        let (for_held, for_owed) = (self.terms(held), self.terms(owed));
        let value = for_held.value(self.assets[held].held) * U512::from(ALL);
        let part = for_held.unit_value() * U512::from(random.up_to(ALL.into()));
        let cost = value / U512::from(for_held.bonus) + part / U512::from(ALL);
        let cost = cost.div_ceil(for_owed.unit_value());
        cost.clamp(U512::from(1), U512::from(u128::MAX))
            .saturating_to()
    }

    /// A position of 1 to 16 assets, whose debt is often next to where the pool's answers turn.
    pub fn draw(random: &mut Random) -> Self {
        let is_grouped = random.up_to(4) == 0;
        let group = is_grouped.then(|| Group::draw(random));
        let count = 1 + random.up_to(MOST as u64 - 1) as usize;
        let size = random.up_to(2);
        let mut assets: Vec<Asset> = (0..count)
            .map(|index| Asset::draw(random, group, size, index))
            .collect();
        let last = count - 1;
        assets[last].is_grouped = group.is_some();
        let mut position = Self { assets, group };
        position.turn(random, last);
        position
    }

    /// Sets what is owed of an asset so that all that is owed is about as much as something that counts.
    fn turn(&mut self, random: &mut Random, index: usize) {
        self.assets[index].owed = 0;
        let (initial, credit) = (
            self.credit(|terms| terms.ltv),
            self.credit(|terms| terms.threshold),
        );
        let parts = U512::from(ALL);
        let any = U512::from(1 + random.up_to(600));
        let target = random.one_of(&[
            initial / parts,
            credit / parts,
            credit / parts,
            credit / (parts * U512::from(95) / U512::from(100)),
            credit / (parts * U512::from(95) / U512::from(100) + U512::from(1)),
            credit / (parts * U512::from(97) / U512::from(100)),
            credit / (parts - any),
            self.value(),
            self.value() * any / U512::from(300),
        ]);
        let left = target.saturating_sub(self.debt());
        let amount = left / self.terms(index).unit_value() + U512::from(random.up_to(3));
        let amount = amount.saturating_sub(U512::from(random.up_to(2)));
        let most = U512::from((1_u128 << AMOUNT_BITS) - 1);
        self.assets[index].owed = amount.min(most).saturating_to();
    }
}

impl Group {
    fn draw(random: &mut Random) -> Self {
        let threshold = 9_000 + random.up_to(800) as u32;
        let own = draw_price(random);
        Self {
            ltv: threshold - random.up_to(300) as u32,
            threshold,
            bonus: draw_bonus(random, threshold),
            price: random.one_of(&[0, 0, own]),
        }
    }
}

impl Asset {
    fn draw(random: &mut Random, group: Option<Group>, size: u64, index: usize) -> Self {
        let any = random.up_to(18) as u32;
        let decimals = random.one_of(&[any, any, 6, 8, 18]);
        let price = draw_price(random);
        let threshold = draw_threshold(random);
        let below = threshold.saturating_sub(random.up_to(800) as u32);
        let any = random.up_to(threshold.into()) as u32;
        let is_grouped = group.is_some() && random.up_to(3) > 0;
        let amount = |random: &mut Random| draw_amount(random, size, price, decimals);
        let (held, owed) = (amount(random), amount(random) >> random.up_to(12));
        // Outside of the group nothing may be owed.
        let owes = random.up_to(3) == 0 && (group.is_none() || is_grouped);
        let part = random.up_to(ALL.into()) as u32;
        Self {
            decimals,
            price,
            ltv: random.one_of(&[below, below, threshold, any, 0]),
            threshold,
            bonus: draw_bonus(random, threshold),
            fee: random.one_of(&[0, 1_000, part]),
            is_grouped,
            held: if index == 0 || random.up_to(2) > 0 {
                held
            } else {
                0
            },
            owed: if owes { owed } else { 0 },
        }
    }
}

/// Such as reserves have mostly; and any.
fn draw_threshold(random: &mut Random) -> u32 {
    let usual = 7_000 + random.up_to(1_900) as u32;
    let any = 1 + random.up_to(9_998) as u32;
    let edge = random.one_of(&[1, 8_333, 9_999]);
    random.one_of(&[usual, usual, usual, usual, usual, usual, any, edge])
}

/// Such as the pool's configurator lets pass, which takes the threshold times it half up: 8333 · 12001 too.
fn draw_bonus(random: &mut Random, threshold: u32) -> u32 {
    let most = ((10_001 * ALL - ALL / 2 - 1) / threshold).min(65_535);
    let any = ALL + 1 + random.up_to(u64::from(most - ALL - 1)) as u32;
    let usual = 10_050 + random.up_to(950) as u32;
    random
        .one_of(&[usual, usual, usual, 10_001, most, any])
        .min(most)
}

fn draw_price(random: &mut Random) -> u64 {
    let any = (random.word() >> (64 - PRICE_BITS)) >> random.up_to(u64::from(PRICE_BITS) - 1);
    let dollar = 100_000_000 + random.up_to(20);
    let round = 10_u64.pow(random.up_to(14) as u32);
    random
        .one_of(&[any, any, dollar - 10, dollar * 2_500, round, 1])
        .max(1)
}

/// 1 to 20 units; units for some cents up to billions; any.
fn draw_amount(random: &mut Random, size: u64, price: u64, decimals: u32) -> u128 {
    let most = (1_u128 << AMOUNT_BITS) - 1;
    let few = 1 + u128::from(random.up_to(19));
    let any = (random.wide() & most) >> random.up_to(u64::from(AMOUNT_BITS) - 1);
    let worth = u128::from(1 + (random.word() >> (5 + random.up_to(40))));
    let usual = worth.saturating_mul(10_u128.pow(decimals)) / u128::from(price);
    match size {
        0 => random.one_of(&[few, few, few, usual]),
        1 => random.one_of(&[usual, usual, usual, few]),
        _ => random.one_of(&[any, any, usual, few]),
    }
    .clamp(1, most)
}
