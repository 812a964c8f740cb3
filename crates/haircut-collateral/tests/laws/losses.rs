//! The laws of loss waterfalls.

use tokenomics_fixed_math::Amount;
use tokenomics_haircut_collateral::{Error, LossShares, LossWaterfall};

/// A call on a waterfall of three tranches with three holders each.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct LayerCall {
    pub(crate) kind: u8,
    pub(crate) who: u8,
    pub(crate) amount: u128,
}

const TRANCHES: usize = 3;
const HOLDERS: usize = 3;

/// A waterfall, its holders, and what went in less what went out of each layer.
#[derive(Debug, Clone, PartialEq)]
struct World {
    waterfall: LossWaterfall<TRANCHES>,
    held: [[LossShares; HOLDERS]; TRANCHES],
    insured: u128,
    layers: [u128; TRANCHES],
}

impl World {
    fn new() -> Self {
        Self {
            waterfall: LossWaterfall::new(),
            held: [[LossShares::NONE; HOLDERS]; TRANCHES],
            insured: 0,
            layers: [0; TRANCHES],
        }
    }

    fn amounts(&self) -> [[u128; HOLDERS]; TRANCHES] {
        std::array::from_fn(|tranche| {
            self.held[tranche].map(|held| self.waterfall.amount(tranche, &held).unwrap().get())
        })
    }

    /// Makes a call if it is a valid one; if it isn't, nothing may have changed.
    fn call(&mut self, call: LayerCall) {
        let before = self.clone();
        match self.change(call) {
            Ok(()) => {
                self.check();
                if call.kind % 6 != 5 {
                    self.check_others(&before, call);
                }
            }
            Err(error) => assert_eq!(*self, before, "{error} changed the state"),
        }
    }

    fn change(&mut self, call: LayerCall) -> Result<(), Error> {
        let (tranche, who) = (
            usize::from(call.who) % TRANCHES,
            usize::from(call.who / 16) % HOLDERS,
        );
        let (amount, units) = (Amount::new(call.amount), call.amount);
        let held = &mut self.held[tranche][who];
        match call.kind % 6 {
            0 | 1 => {
                self.waterfall.deposit(tranche, held, amount)?;
                self.layers[tranche] += units;
            }
            2 => {
                let worth = self.waterfall.amount(tranche, held)?.get();
                let part = units % worth.saturating_add(2);
                self.waterfall.withdraw(tranche, held, Amount::new(part))?;
                self.layers[tranche] -= part;
            }
            3 => {
                self.waterfall.insure(amount)?;
                self.insured += units;
            }
            4 => {
                self.waterfall.take_insurance(amount)?;
                self.insured -= units;
            }
            _ => self.lose(units)?,
        }
        Ok(())
    }

    fn lose(&mut self, loss: u128) -> Result<(), Error> {
        let borne = self.waterfall.absorb(Amount::new(loss))?;
        // By the definition: each layer bears what those ahead of it leave, as far as it goes.
        let mut left = loss;
        let insurance = left.min(self.insured);
        left -= insurance;
        self.insured -= insurance;
        assert_eq!(borne.insurance.get(), insurance);
        for (layer, part) in self.layers.iter_mut().zip(borne.tranches) {
            let expected = left.min(*layer);
            assert_eq!(part.get(), expected);
            *layer -= expected;
            left -= expected;
        }
        assert_eq!(borne.uncovered.get(), left);
        let parts = borne.tranches.into_iter().map(Amount::get).sum::<u128>();
        assert_eq!(insurance + parts + left, loss);
        Ok(())
    }

    /// No call of one holder lowers what another's shares are worth.
    fn check_others(&self, before: &Self, call: LayerCall) {
        let caller = (
            usize::from(call.who) % TRANCHES,
            usize::from(call.who / 16) % HOLDERS,
        );
        let (before, after) = (before.amounts(), self.amounts());
        for tranche in 0..TRANCHES {
            for who in (0..HOLDERS).filter(|who| (tranche, *who) != caller) {
                assert!(after[tranche][who] >= before[tranche][who]);
            }
        }
    }

    fn check(&self) {
        assert_eq!(self.waterfall.insurance().get(), self.insured);
        for (tranche, worth) in self.amounts().into_iter().enumerate() {
            let assets = self.waterfall.assets(tranche).unwrap().get();
            assert_eq!(assets, self.layers[tranche]);
            let sum = worth.into_iter().sum::<u128>();
            assert!(sum <= assets && assets - sum <= HOLDERS as u128);
        }
        let restored = LossWaterfall::restore(self.waterfall.state());
        assert_eq!(restored, Ok(self.waterfall));
    }
}

fn played(calls: &[LayerCall]) -> World {
    let mut world = World::new();
    for call in calls.iter().take(64) {
        world.call(*call);
    }
    world
}

/// The parts of each loss sum to it, in the order of the layers, and nothing but calls of its own and
/// losses changes a layer.
pub(crate) fn loss_conserving(calls: &[LayerCall]) {
    played(calls);
}

/// Losses in the other order, or as one of their sum, leave every layer and holder the same.
pub(crate) fn order_independent(calls: &[LayerCall], losses: &[u128]) {
    let world = played(calls);
    let losses = &losses[..losses.len().min(16)];
    let after = |losses: &mut dyn Iterator<Item = u128>| {
        let (mut world, mut uncovered) = (world.clone(), Some(0_u128));
        for loss in losses {
            let borne = world.waterfall.absorb(Amount::new(loss)).unwrap();
            uncovered = uncovered.and_then(|sum| sum.checked_add(borne.uncovered.get()));
        }
        let layers = (0..TRANCHES).map(|tranche| world.waterfall.assets(tranche));
        let layers = layers.collect::<Vec<_>>();
        (
            world.waterfall.insurance(),
            layers,
            world.amounts(),
            uncovered,
        )
    };
    let forth = after(&mut losses.iter().copied());
    assert_eq!(forth, after(&mut losses.iter().rev().copied()));
    let sum = losses
        .iter()
        .try_fold(0_u128, |sum, loss| sum.checked_add(*loss));
    if let Some(sum) = sum {
        assert_eq!(forth, after(&mut std::iter::once(sum)));
    }
}

/// All holders can take what their shares are worth, whoever begins, and leave less than a unit each.
/// Nobody's leaving lowers what another's are worth.
pub(crate) fn last_is_payable(calls: &[LayerCall], first: u8) {
    let mut world = played(calls);
    for tranche in 0..TRANCHES {
        for turn in 0..HOLDERS {
            let who = (usize::from(first) + turn) % HOLDERS;
            let before = world.amounts()[tranche];
            let worth = Amount::new(before[who]);
            let held = &mut world.held[tranche][who];
            world.waterfall.withdraw(tranche, held, worth).unwrap();
            let after = world.amounts()[tranche];
            let others = (0..HOLDERS).filter(|other| *other != who);
            for other in others {
                assert!(after[other] >= before[other]);
            }
            assert!(after[who] <= 1);
        }
        let left = world.waterfall.assets(tranche).unwrap().get();
        assert!(left <= HOLDERS as u128);
    }
}
