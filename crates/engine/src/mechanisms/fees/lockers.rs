//! Revenue for lockers: to each programme by its weight, in rounds.
//!
//! A round is what is distributed at once: the payment of a period, or what came in an epoch. It goes to
//! those who had weight strictly before its end. What comes while nobody has waits, is spread over later
//! rounds, or passes on to another route.

use tokenomics_design::{Period, WithoutLockers};
use tokenomics_fee_split::{Position, RewardPool, RewardStream, ZeroShares};
use tokenomics_fixed_math::{Amount, Timestamp};

use crate::error::Cause;
use crate::record::Silence;

/// The state of one route to lockers.
#[derive(Debug, Clone)]
pub(crate) struct Lockers {
    pub(super) without: WithoutLockers,
    pool: RewardPool,
    /// One for each programme.
    positions: Vec<Position>,
    backlog: Backlog,
    /// The stretches without lockers that are over, and the one that isn't.
    silence: Silence,
    open: Silence,
    epochs: Option<Epochs>,
}

/// The epochs of a route: the last begins where the one before it ends.
#[derive(Debug, Clone, Copy)]
struct Epochs {
    length: Period,
    genesis: Timestamp,
    ended: u64,
    next: Timestamp,
    /// The amount that has come in the one that runs.
    pot: Amount,
}

/// The payments of rounds without lockers, to be spread over as many with lockers.
#[derive(Debug, Clone, Copy)]
struct Backlog {
    /// Its clock counts the rounds with lockers.
    stream: RewardStream,
    /// The number of rounds over which it is still spread.
    rounds: u64,
    amount: Amount,
}

/// The outcome of a round.
#[derive(Debug, Default)]
pub(super) struct Paid {
    /// The claims of each programme.
    pub(super) claims: Vec<Amount>,
    /// The amount that passes on, of one period.
    pub(super) passed: Amount,
}

impl Lockers {
    pub(super) fn new(
        (every, without): (Option<Period>, WithoutLockers),
        genesis: Timestamp,
        programmes: usize,
    ) -> Self {
        let epochs = every.map(|length| Epochs {
            length,
            genesis,
            ended: 0,
            next: length.after(genesis, 1).unwrap_or(Timestamp::MAX),
            pot: Amount::ZERO,
        });
        Self {
            without,
            pool: RewardPool::new(),
            positions: vec![Position::new(); programmes],
            backlog: Backlog {
                stream: RewardStream::new(Timestamp::ZERO),
                rounds: 0,
                amount: Amount::ZERO,
            },
            silence: Silence::default(),
            open: Silence::default(),
            epochs,
        }
    }

    /// Returns whether it pays by epochs.
    pub(super) fn has_epochs(&self) -> bool {
        self.epochs.is_some()
    }

    /// Returns the end of the epoch that runs.
    pub(super) fn next(&self) -> Timestamp {
        self.epochs.map_or(Timestamp::MAX, |epochs| epochs.next)
    }

    /// Adds to the epoch that runs.
    pub(super) fn keep(&mut self, amount: Amount) -> Result<(), Cause> {
        if let Some(epochs) = &mut self.epochs {
            epochs.pot = epochs.pot.checked_add(amount)?;
        }
        Ok(())
    }

    /// Ends the epoch that runs, and returns what has come in it.
    pub(super) fn end_epoch(&mut self) -> Amount {
        let Some(epochs) = &mut self.epochs else {
            return Amount::ZERO;
        };
        epochs.ended = epochs.ended.saturating_add(1);
        let next = epochs.ended.saturating_add(1);
        let next = epochs.length.after(epochs.genesis, next);
        epochs.next = next.unwrap_or(Timestamp::MAX);
        std::mem::take(&mut epochs.pot)
    }

    /// Distributes so many payments of `amount`, of which the first comes at `at`, among programmes that
    /// have these shares.
    pub(super) fn pay(
        &mut self,
        at: Timestamp,
        (amount, times): (Amount, u64),
        shares: &[u128],
    ) -> Result<Paid, Cause> {
        self.set_shares(shares)?;
        let mut paid = Paid::default();
        let is_silent = self.pool.total_shares() == 0;
        if is_silent {
            self.open.count(at, times, several(amount, times)?)?;
        } else {
            let open = std::mem::take(&mut self.open);
            self.silence.join(open, Some(at))?;
        }
        match self.without {
            WithoutLockers::Pass(_) if is_silent => {
                paid.passed = self.pool.fund_with(amount, ZeroShares::Sink)?;
                return Ok(paid);
            }
            WithoutLockers::Extend if is_silent => {
                self.backlog.add(amount)?;
                return Ok(paid);
            }
            _ => {}
        }
        let due = self
            .backlog
            .release()?
            .checked_add(several(amount, times)?)?;
        if due.is_zero() && self.pool.unallocated().is_zero() {
            return Ok(paid);
        }
        self.pool.fund(due)?;
        if !is_silent {
            let claims = self.positions.iter_mut().map(|one| self.pool.claim(one));
            paid.claims = claims.collect::<Result<_, _>>()?;
        }
        Ok(paid)
    }

    fn set_shares(&mut self, shares: &[u128]) -> Result<(), Cause> {
        for (position, shares) in self.positions.iter_mut().zip(shares) {
            if position.shares() != *shares {
                // Shares have few bits, so that some of the old and some of the new can be summed.
                self.pool.set_shares(position, *shares)?;
            }
        }
        Ok(())
    }

    /// Returns what came while nobody had weight, and waits.
    pub(crate) fn unallocated(&self) -> Result<Amount, Cause> {
        Ok(self.pool.unallocated().checked_add(self.backlog.amount)?)
    }

    /// Returns what came while nobody had weight, and doesn't wait.
    pub(super) fn silence(&self) -> Result<Silence, Cause> {
        let mut silence = self.silence;
        if matches!(self.without, WithoutLockers::Pass(_)) {
            silence.join(self.open, None)?;
        }
        Ok(silence)
    }

    /// Returns all that has come and isn't paid.
    pub(super) fn waiting(&self) -> Result<Amount, Cause> {
        let pot = self.epochs.map_or(Amount::ZERO, |epochs| epochs.pot);
        let held = self.pool.outstanding().checked_add(pot)?;
        Ok(held.checked_add(self.unallocated()?)?)
    }

    #[cfg(test)]
    pub(super) fn miscount(&mut self) {
        self.pool.fund(Amount::new(1)).unwrap();
    }
}

impl Backlog {
    /// Adds the payment of a round without lockers; one of nothing is none.
    fn add(&mut self, amount: Amount) -> Result<(), Cause> {
        if amount.is_zero() {
            return Ok(());
        }
        self.rounds = self.rounds.saturating_add(1);
        let now = self.stream.last();
        let end = Timestamp::new(now.get().saturating_add(self.rounds));
        self.stream.top_up(amount, now, end)?;
        self.amount = self.amount.checked_add(amount)?;
        Ok(())
    }

    /// Returns what a round with lockers is paid of it.
    fn release(&mut self) -> Result<Amount, Cause> {
        if self.rounds == 0 {
            return Ok(Amount::ZERO);
        }
        let now = self.stream.last().get().saturating_add(1);
        let released = self.stream.release(Timestamp::new(now))?;
        self.amount = self.amount.checked_sub(released)?;
        self.rounds = self.rounds.saturating_sub(1);
        Ok(released)
    }
}

/// Computes so many times an amount.
pub(super) fn several(amount: Amount, times: u64) -> Result<Amount, Cause> {
    let floor = tokenomics_fixed_math::Rounding::Floor;
    Ok(match times {
        1 => amount,
        _ => amount.mul_div(times.into(), 1, floor)?,
    })
}
