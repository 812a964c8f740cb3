//! Each difference by a position of its own, and that nothing else passes: of plain numbers instead of the
//! pool, which each run shows to answer the same.

mod named;

use super::here::Fault;
use super::model::{Account, Taken};
use super::position::Position;
use super::tally::{Difference as D, Tally};
use super::{judge, Question, There};
use crate::draw::Random;
use crate::Failure;
use revm::primitives::ruint::aliases::U512;

/// Plain numbers, but for one that is off.
struct Plain<'a> {
    position: &'a Position,
    account: Account,
    off: Option<Off>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Off {
    Collateral,
    Debt,
    Available,
    Threshold,
    Ltv,
    Health,
    Borrow,
    Seized,
    Repaid,
    Refusal,
}

impl There for Plain<'_> {
    fn account(&mut self) -> Result<Account, Failure> {
        let mut account = self.account;
        let number = match self.off {
            Some(Off::Collateral) => &mut account.collateral,
            Some(Off::Debt) => &mut account.debt,
            Some(Off::Available) => &mut account.available,
            Some(Off::Threshold) => &mut account.threshold,
            Some(Off::Ltv) => &mut account.ltv,
            Some(Off::Health) => &mut account.health,
            _ => return Ok(account),
        };
        *number += U512::from(1);
        Ok(account)
    }

    fn borrows(&mut self, index: usize, amount: u128) -> Result<bool, Failure> {
        let most = self.account.most_borrowed(&self.position.terms(index));
        let more = U512::from(u8::from(self.off == Some(Off::Borrow)));
        Ok(U512::from(amount) <= most + more)
    }

    fn liquidates(&mut self, pair: [usize; 2], cover: u128) -> Result<Taken, Failure> {
        let taken = self.account.liquidate(self.position, pair, cover);
        Ok(match self.off {
            Some(Off::Seized) => taken.map(|(seized, repaid)| (seized + 1, repaid)),
            Some(Off::Repaid) => taken.map(|(seized, repaid)| (seized, repaid - 1)),
            Some(Off::Refusal) => taken.or(Ok((1, 1))),
            _ => taken,
        })
    }
}

fn judged(
    position: &Position,
    question: &Question,
    (fault, off): (Option<Fault>, Option<Off>),
    tally: &mut Tally,
) -> Result<(), Failure> {
    let account = Account::of(position);
    let mut plain = Plain {
        position,
        account,
        off,
    };
    judge(&mut plain, position, question, fault, tally)
}

/// So many drawn positions.
fn drawn(count: u64, wrong: (Option<Fault>, Option<Off>)) -> Result<Tally, Failure> {
    let (mut random, mut tally) = (Random::new(1), Tally::default());
    for _ in 0..count {
        let position = Position::draw(&mut random);
        let question = Question::draw(&position, &mut random);
        judged(&position, &question, wrong, &mut tally)
            .map_err(|why| format!("{question:?} of {position:?}: {why}"))?;
    }
    Ok(tally)
}

#[test]
fn every_difference_is_drawn() {
    let tally = drawn(6_000, (None, None)).unwrap();
    assert_eq!(tally.seen(), D::ALL);
}

#[test]
fn a_fault_here_is_seen() {
    for fault in Fault::ALL {
        assert!(drawn(600, (Some(fault), None)).is_err(), "{fault:?}");
    }
}

#[test]
fn a_number_that_is_off_there_is_seen() {
    let all = [
        Off::Collateral,
        Off::Debt,
        Off::Available,
        Off::Threshold,
        Off::Ltv,
        Off::Health,
        Off::Borrow,
        Off::Seized,
        Off::Repaid,
        Off::Refusal,
    ];
    for off in all {
        assert!(drawn(600, (None, Some(off))).is_err(), "{off:?}");
    }
}
