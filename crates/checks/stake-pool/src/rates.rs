//! Fees that change with a delay: FutureEpoch beside DelayedRates, whose clock counts epochs.

use std::error::Error;

use spl_stake_pool::state::{Fee, FeeType, FutureEpoch};
use tokenomics_fee_split::{AnnouncedRates, ChangeRules, DelayedRates, DelayedRatesState};
use tokenomics_fixed_math::{fraction, Fraction, Span, Timestamp};

use crate::peer::{millionths, Peer};
use crate::shares::fraction;
use crate::tally::{Difference, Tally};

type Failure = Box<dyn Error>;

/// A change there is in force at the second update after it, and none is in an epoch twice.
const DELAY: Span = Span::new(2);

/// The fees there that change with a delay.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Of gains, by any step.
    Epoch,
    /// Of withdrawals, raised by half a point at most.
    Withdrawal,
}

impl Kind {
    fn rules(self) -> ChangeRules {
        let max_step = match self {
            Self::Epoch => Fraction::ONE,
            Self::Withdrawal => fraction!("0.005"),
        };
        let delay = DELAY;
        ChangeRules { delay, max_step }
    }

    fn there(self, peer: &Peer) -> (Fee, FutureEpoch<Fee>) {
        let pool = &peer.pool;
        match self {
            Self::Epoch => (pool.epoch_fee, pool.next_epoch_fee),
            Self::Withdrawal => (pool.sol_withdrawal_fee, pool.next_sol_withdrawal_fee),
        }
    }

    fn change(self, fee: Fee) -> FeeType {
        match self {
            Self::Epoch => FeeType::Epoch(fee),
            Self::Withdrawal => FeeType::SolWithdrawal(fee),
        }
    }
}

/// The fee and what is left beside it.
fn pair(fee: Fee) -> Result<[Fraction; 2], Failure> {
    let rate = fraction(fee)?;
    Ok([rate, Fraction::ONE.checked_sub(rate)?])
}

/// One fee, here.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    kind: Kind,
    here: DelayedRates<2>,
}

impl Rates {
    pub fn new(kind: Kind, peer: &Peer) -> Result<Self, Failure> {
        let (fee, _) = kind.there(peer);
        let at = Timestamp::new(peer.epoch);
        let here = DelayedRates::new(pair(fee)?, kind.rules(), at)?;
        Ok(Self { kind, here })
    }

    /// Announces a fee of so many millionths in both.
    pub fn announce(
        &mut self,
        peer: &mut Peer,
        numerator: u64,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        // No fee can be changed there before the epoch's update.
        let _ = peer.update(peer.pool.total_lamports);
        self.check(peer, tally)?;
        let fee = millionths(numerator);
        let (old, _) = self.kind.there(peer);
        let (mut here, mut there) = (self.here, peer.clone());
        let at = Timestamp::new(peer.epoch);
        let is_here = pair(fee).is_ok_and(|rates| here.announce(rates, at).is_ok());
        let is_there = there.set_fee(&self.kind.change(fee));
        match (is_here, is_there) {
            (true, true) => {
                (self.here, *peer) = (here, there);
                tally.rates += 1;
            }
            (false, false) => tally.refused += 1,
            (true, false) if is_beyond_a_half(old, fee) => tally.note(Difference::Halved),
            (false, true) if fee.numerator < old.numerator => tally.note(Difference::Lowered),
            _ => return Err(format!("{old} to {fee}: here {is_here}, there {is_there}").into()),
        }
        Ok(())
    }

    /// Checks that the same fee is in force, once the epoch had its update.
    pub fn check(&mut self, peer: &Peer, tally: &mut Tally) -> Result<(), Failure> {
        if peer.pool.last_update_epoch < peer.epoch {
            return Ok(());
        }
        let (fee, next) = self.kind.there(peer);
        let at = Timestamp::new(peer.epoch);
        if self.here.rates_at(at)? == pair(fee)? {
            tally.rates += 1;
            return Ok(());
        }
        let (coming, epochs) = match next {
            FutureEpoch::One(coming) => (coming, 1),
            FutureEpoch::Two(coming) => (coming, 2),
            FutureEpoch::None => return Err(format!("{fee} in force there").into()),
        };
        if self.here.rates_at(at)? != pair(coming)? {
            return Err(format!("{fee} in force there, and {coming} to come").into());
        }
        tally.note(Difference::Late);
        let effective = Timestamp::new(peer.epoch + epochs);
        self.here = DelayedRates::restore(DelayedRatesState {
            rules: self.kind.rules(),
            rates: pair(fee)?,
            announced: Some(AnnouncedRates {
                rates: pair(coming)?,
                effective,
            }),
            last: at,
        })?;
        Ok(())
    }
}

/// Whether a fee is raised by more than a half of what it was, or of a thousandth if it was nothing.
fn is_beyond_a_half(old: Fee, new: Fee) -> bool {
    let old = if old.numerator == 0 {
        1_000
    } else {
        old.numerator
    };
    new.numerator > old && 2 * new.numerator > 3 * old
}
