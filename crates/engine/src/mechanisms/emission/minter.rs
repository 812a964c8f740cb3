//! The state of an emission's source: closed forms of time, and controllers that are stepped.
//!
//! A controller that is called late mints what it would have been called for in time. So between two
//! events, at which its signal or its supply changes, one call of a copy tells what it has minted by
//! any instant, and the controller itself goes on only at events.

use std::fmt::Debug;

use tokenomics_design::{Controller, Followed, Follows, Phases, Source, Stage};
use tokenomics_emission_curves::{AnyCurve, Curve as _};
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_rate_controllers::{Error, Mint};

/// A source of new tokens, on its emission's clock.
#[derive(Debug)]
pub(super) enum Minter<'d> {
    Curve(&'d AnyCurve),
    Stepped(Box<dyn Stepped + 'd>),
}

/// A source that has events.
pub(super) trait Stepped: Debug {
    /// Returns what it has minted by a time that is not before its last event, nor after the next.
    fn minted_by(&self, at: u64) -> Result<Amount, Error>;

    /// Returns the time of its next event.
    fn next(&self) -> Option<u64>;

    /// Goes on through its next event; an error leaves it as it was.
    fn step(&mut self) -> Result<(), Error>;
}

impl<'d> Minter<'d> {
    pub(super) fn new(source: &'d Source) -> Self {
        let stepped: Box<dyn Stepped> = match source {
            Source::Followed(followed) => match &followed.controller {
                Controller::SqrtIssuance(follows) => Follower::boxed(followed, follows),
                Controller::TargetBonded(follows) => Follower::boxed(followed, follows),
                Controller::NposInflation(follows) => Follower::boxed(followed, follows),
                Controller::Baseline(follows) => Follower::boxed(followed, follows),
            },
            Source::Phases(phases) => Box::new(Sequence::new(phases)),
            Source::Curve(curve) => return Self::Curve(curve),
        };
        Self::Stepped(stepped)
    }

    /// Returns what it has minted by a time that is not before its last event, nor after the next.
    #[inline]
    pub(super) fn minted_by(&self, at: u64) -> Result<Amount, Error> {
        match self {
            Self::Curve(curve) => Ok(curve.emitted_at(Timestamp::new(at))),
            Self::Stepped(source) => source.minted_by(at),
        }
    }

    /// Returns the time of its next event.
    pub(super) fn next(&self) -> Option<u64> {
        match self {
            Self::Curve(_) => None,
            Self::Stepped(source) => source.next(),
        }
    }

    /// Goes on through its next event.
    pub(super) fn step(&mut self) -> Result<(), Error> {
        match self {
            Self::Curve(_) => Ok(()),
            Self::Stepped(source) => source.step(),
        }
    }
}

/// A controller as it is since the last change of its signal or its supply.
#[derive(Debug)]
struct Follower<'d, M: Mint> {
    followed: &'d Followed,
    path: &'d [Stage<M::Signal>],
    /// The stage of the path that is in force.
    stage: usize,
    mint: M,
    /// The supply by which it mints, and what it had minted when it last changed.
    supply: Amount,
    minted: Amount,
}

impl<'d, M: Mint<Signal: Debug> + Debug + 'd> Follower<'d, M> {
    fn boxed(followed: &'d Followed, follows: &'d Follows<M>) -> Box<dyn Stepped + 'd> {
        Box::new(Self {
            followed,
            path: &follows.path,
            stage: 0,
            mint: follows.mint.clone(),
            supply: followed.supply,
            minted: Amount::ZERO,
        })
    }

    /// Returns the signal that is in force since the last event. A world that feeds another one than
    /// the design's path does so here, and calls [`Stepped::step`] before it changes.
    fn signal(&self) -> Option<M::Signal> {
        self.path.get(self.stage).map(|stage| stage.value)
    }

    /// Returns when the path changes the signal next.
    fn change(&self) -> Option<u64> {
        self.path.get(self.stage + 1).map(|stage| stage.from)
    }

    /// Returns the controller at a later time, and what it has minted since the last event.
    fn later(&self, at: u64) -> Result<(M, Amount), Error> {
        let mut mint = self.mint.clone();
        let at = Timestamp::new(self.followed.end.map_or(at, |end| end.min(at)));
        let signal = self.signal().filter(|_| at > mint.last());
        let newly = match signal {
            Some(signal) => mint.mint(at, signal, self.supply)?,
            None => Amount::ZERO,
        };
        Ok((mint, newly))
    }

    /// Returns whether nothing more is minted, whatever it follows.
    fn is_full(&self) -> bool {
        self.followed.cap.is_some_and(|cap| cap <= self.minted)
    }
}

impl<'d, M: Mint<Signal: Debug> + Debug + 'd> Stepped for Follower<'d, M> {
    fn minted_by(&self, at: u64) -> Result<Amount, Error> {
        let newly = self.later(at).map(|(_, newly)| newly);
        capped(self.minted, newly, self.followed.cap)
    }

    fn next(&self) -> Option<u64> {
        let join = self
            .followed
            .update
            .and_then(|update| self.mint.last().get().checked_add(update));
        let next = self.change().into_iter().chain(join).min()?;
        let ends = self.followed.end.is_some_and(|end| end <= next);
        (!ends && !self.is_full()).then_some(next)
    }

    fn step(&mut self) -> Result<(), Error> {
        let Some(at) = self.next() else {
            return Ok(());
        };
        let minted = self.minted_by(at)?;
        if self.followed.cap == Some(minted) {
            self.minted = minted;
            return Ok(());
        }
        let (mint, newly) = self.later(at)?;
        let supply = self.supply.checked_add(newly)?;
        (self.mint, self.supply, self.minted) = (mint, supply, minted);
        if self.change() == Some(at) {
            self.stage += 1;
        }
        Ok(())
    }
}

/// Returns what was minted before and since, up to a cap: more than the largest amount is more than that.
fn capped(
    before: Amount,
    since: Result<Amount, Error>,
    cap: Option<Amount>,
) -> Result<Amount, Error> {
    let minted = since.and_then(|since| Ok(before.checked_add(since)?));
    match (minted, cap) {
        (Ok(minted), Some(cap)) => Ok(minted.min(cap)),
        (Err(Error::Overflow { .. }), Some(cap)) => Ok(cap),
        (minted, _) => minted,
    }
}

/// Sources that take over from each other.
#[derive(Debug)]
struct Sequence<'d> {
    phases: &'d Phases,
    /// The phase that is in force, and what those before it have minted.
    phase: usize,
    current: Option<Minter<'d>>,
    before: Amount,
}

impl<'d> Sequence<'d> {
    fn new(phases: &'d Phases) -> Self {
        Self {
            phases,
            phase: 0,
            current: phases.stages.first().map(|first| Minter::new(&first.value)),
            before: Amount::ZERO,
        }
    }

    /// Returns the phase that takes over next.
    fn following(&self) -> Option<&'d Stage<Source>> {
        self.phases.stages.get(self.phase + 1)
    }
}

impl Stepped for Sequence<'_> {
    fn minted_by(&self, at: u64) -> Result<Amount, Error> {
        let Some(current) = &self.current else {
            return Ok(self.before);
        };
        capped(self.before, current.minted_by(at), self.phases.cap)
    }

    fn next(&self) -> Option<u64> {
        let within = self.current.as_ref().and_then(Minter::next);
        let following = self.following().map(|phase| phase.from);
        within.into_iter().chain(following).min()
    }

    fn step(&mut self) -> Result<(), Error> {
        let next = self.next();
        match self.following() {
            Some(phase) if next == Some(phase.from) => {
                self.before = self.minted_by(phase.from)?;
                self.current = Some(Minter::new(&phase.value));
                self.phase += 1;
                Ok(())
            }
            _ => self.current.as_mut().map_or(Ok(()), Minter::step),
        }
    }
}
