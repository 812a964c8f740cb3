//! What an emission mints, tick by tick: a controller is called in each, with the signal and the supply
//! that were in force during it.

use tokenomics_emission_curves::Curve as _;
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_rate_controllers::Mint;
use tokenomics_simulation::{Controller, Emission, Followed, Follows, Source};

/// A source as it is after so many ticks.
#[derive(Debug, Clone)]
pub enum Ticks {
    Curve(Source),
    Followed(Box<FollowedTicks>),
    Phases {
        phases: Vec<(u64, Ticks)>,
        left: u128,
    },
}

#[derive(Debug, Clone)]
pub struct FollowedTicks {
    followed: Followed,
    /// What was minted and has not joined the supply.
    outside: u128,
    /// The last tick at which the signal or the supply changed.
    since: u64,
    left: u128,
}

impl Ticks {
    pub fn new(emission: &Emission) -> Self {
        Self::of(&emission.source)
    }

    fn of(source: &Source) -> Self {
        let left = |cap: Option<Amount>| cap.map_or(u128::MAX, Amount::get);
        match source {
            Source::Curve(_) => Self::Curve(source.clone()),
            Source::Followed(followed) => Self::Followed(Box::new(FollowedTicks {
                followed: followed.clone(),
                outside: 0,
                since: followed.controller.start().get(),
                left: left(followed.cap),
            })),
            Source::Phases(phases) => {
                let stages = phases.stages.iter();
                Self::Phases {
                    phases: stages.map(|it| (it.from, Self::of(&it.value))).collect(),
                    left: left(phases.cap),
                }
            }
        }
    }

    /// What is minted in a second: that of a tick, if it ends one.
    pub fn second(&mut self, emission: &Emission, at: u64) -> u128 {
        let passed = at.saturating_sub(emission.start.get());
        if passed == 0 || !passed.is_multiple_of(emission.tick) {
            return 0;
        }
        self.tick(passed / emission.tick)
    }

    fn tick(&mut self, now: u64) -> u128 {
        match self {
            Self::Curve(Source::Curve(curve)) => {
                let by = |at| curve.emitted_at(Timestamp::new(at)).get();
                by(now) - by(now - 1)
            }
            Self::Curve(other) => panic!("{other:?} is no curve"),
            Self::Followed(followed) => followed.tick(now),
            Self::Phases { phases, left } => {
                let begun = phases.iter_mut().rev().find(|(from, _)| *from < now);
                let minted = begun.map_or(0, |(_, phase)| phase.tick(now)).min(*left);
                *left -= minted;
                minted
            }
        }
    }
}

impl FollowedTicks {
    fn tick(&mut self, now: u64) -> u128 {
        let ended = self.followed.end.is_some_and(|end| now > end);
        if ended || now <= self.followed.controller.start().get() {
            return 0;
        }
        let supply = self.followed.supply;
        let (minted, changes) = match &mut self.followed.controller {
            Controller::SqrtIssuance(follows) => call(follows, now, supply),
            Controller::TargetBonded(follows) => call(follows, now, supply),
            Controller::NposInflation(follows) => call(follows, now, supply),
            Controller::Baseline(follows) => call(follows, now, supply),
        };
        self.outside += minted;
        let update = self.followed.update;
        if changes || update.is_some_and(|update| now - self.since == update) {
            let joined = std::mem::take(&mut self.outside);
            self.followed.supply = Amount::new(supply.get() + joined);
            self.since = now;
        }
        let minted = minted.min(self.left);
        self.left -= minted;
        minted
    }
}

/// What a controller mints in a tick, and whether its signal changes at the end of it.
fn call<M: Mint>(follows: &mut Follows<M>, now: u64, supply: Amount) -> (u128, bool) {
    let in_force = follows.path.iter().rev().find(|stage| stage.from < now);
    let signal = in_force.unwrap().value;
    let minted = follows.mint.mint(Timestamp::new(now), signal, supply);
    let changes = follows.path.iter().any(|stage| stage.from == now);
    (minted.unwrap().get(), changes)
}
