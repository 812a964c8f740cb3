//! A pool here, and the positions in it.

use std::collections::BTreeMap;

use revm::primitives::U256;
use tokenomics_fixed_math::Amount;
use tokenomics_liquidity_curves::{
    Concentrated, ConcentratedPosition, Error as Refusal, Tick, TickState,
};

use super::words::{to_theirs, Range};

pub type Ours = Concentrated<BTreeMap<Tick, TickState>>;

#[derive(Debug, Clone)]
pub struct Pool {
    pub ours: Ours,
    pub positions: BTreeMap<Range, ConcentratedPosition>,
}

impl Pool {
    pub fn new(ours: Ours) -> Self {
        let positions = BTreeMap::new();
        Self { ours, positions }
    }

    pub fn tick(&self) -> i32 {
        self.ours.tick().get()
    }

    pub fn price(&self) -> U256 {
        to_theirs(self.ours.sqrt_price().units())
    }

    pub fn owed_to_protocol(&self) -> [u128; 2] {
        let fees = self.ours.protocol_fees();
        [fees.owed0, fees.owed1].map(Amount::get)
    }

    pub fn spacing(&self) -> i32 {
        self.ours.params().tick_spacing()
    }

    /// The position of a range, or a new one.
    pub fn position(&self, range: Range) -> Result<ConcentratedPosition, Refusal> {
        match self.positions.get(&range) {
            Some(position) => Ok(*position),
            None => ConcentratedPosition::new(Tick::new(range[0])?, Tick::new(range[1])?),
        }
    }

    /// How many of the ticks of positions the price has passed since it was at a tick.
    pub fn ticks_since(&self, before: i32) -> u64 {
        let (low, high) = (before.min(self.tick()), before.max(self.tick()));
        let ticks = self.ours.ticks().keys().map(|tick| tick.get());
        ticks.filter(|tick| low < *tick && *tick <= high).count() as u64
    }
}
