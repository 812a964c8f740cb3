//! Liquidations here and there.

use revm::primitives::ruint::aliases::U512;

use super::account::verdict;
use super::here::{Here, Outcome, TARGET};
use super::model::{Account, Refusal, Taken, WHOLE_AT};
use super::position::{Position, Terms, ALL, ONE};
use super::tally::{Difference as D, Tally};
use super::There;
use crate::Failure;

fn number(number: impl Into<u128>) -> U512 {
    U512::from(number.into())
}

/// A liquidation of a position, by a pair of its assets.
struct Case<'a> {
    position: &'a Position,
    account: &'a Account,
    pair: [usize; 2],
    /// The amounts held and owed, and their terms.
    held: u128,
    owed: u128,
    for_held: Terms,
    for_owed: Terms,
}

/// Compares the liquidation by a pair that repays no more than so much.
pub fn judge(
    here: &Here<'_>,
    position: &Position,
    account: &Account,
    (pair, cover): ([usize; 2], u128),
    there: &mut dyn There,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let case = Case::new(position, account, pair);
    let taken = case.ask(there, cover)?;
    let outcome = here.liquidate(pair, cover)?;
    if (outcome == Outcome::Healthy) != (case.credit() >= case.wanted()) {
        return Err(format!("{outcome:?} here").into());
    }
    match (outcome, taken) {
        (Outcome::Healthy, Err(Refusal::Healthy)) => tally.healthy += 1,
        // Only one of them refuses: the verdicts differ, which is noted.
        (Outcome::Healthy, _) | (_, Err(Refusal::Healthy)) => (),
        (Outcome::BadDebt, _) => {
            tally.note(taken.map_or(D::NothingWhole, |_| D::Insolvent));
            case.must(position.value() < position.debt(), "a bad debt here")?;
        }
        (Outcome::Close, Err(_)) => {
            tally.note(D::NothingWhole);
            case.has_no_gain()?;
        }
        // Neither liquidates by this pair.
        (Outcome::NoGain, Err(_)) => {
            tally.neither += 1;
            case.has_no_gain()?;
        }
        (Outcome::Close | Outcome::NoGain, Ok(taken)) => case.without_gain(taken, tally)?,
        (Outcome::TooLittle { least }, taken) => {
            case.is_too_little(cover, least)?;
            let Ok((seized, _)) = taken else {
                tally.neither += 1;
                return Ok(());
            };
            tally.note(D::SeizesMore);
            case.must(seized == 1, &format!("{seized} there for {cover}"))?;
        }
        (Outcome::Part { seized, repaid }, _) => {
            let size = (seized, repaid);
            let is_same = case.most_repaid(tally)? && case.repaid(size, cover, taken, tally)?;
            case.seized(size, there, is_same, tally)?;
        }
    }
    Ok(())
}

impl<'a> Case<'a> {
    fn new(position: &'a Position, account: &'a Account, pair: [usize; 2]) -> Self {
        let [held, owed] = pair;
        Self {
            position,
            account,
            pair,
            held: position.assets[held].held,
            owed: position.assets[owed].owed,
            for_held: position.terms(held),
            for_owed: position.terms(owed),
        }
    }
}

impl Case<'_> {
    fn must(&self, is_so: bool, what: &str) -> Result<(), Failure> {
        match is_so {
            true => Ok(()),
            false => Err(format!("{what}, of {:?} at {:?}", self.pair, self.account).into()),
        }
    }

    /// Asks the pool, whose answer is to be that of plain numbers.
    fn ask(&self, there: &mut dyn There, cover: u128) -> Result<Taken, Failure> {
        let taken = there.liquidates(self.pair, cover)?;
        let model = self.account.liquidate(self.position, self.pair, cover);
        let what = || format!("{taken:?} there for {cover}, in plain numbers {model:?}");
        self.must(taken == model, &what())?;
        Ok(taken)
    }

    /// In 10^-22 units of the base currency, as the next.
    fn credit(&self) -> U512 {
        self.position.credit(|terms| terms.threshold)
    }

    fn wanted(&self) -> U512 {
        self.position.debt() * number(ALL)
    }

    fn bonus(&self) -> U512 {
        number(self.for_held.bonus)
    }

    /// Checks that health, or what is held over what is owed, can't rise.
    fn has_no_gain(&self) -> Result<(), Failure> {
        let (value, debt) = (self.position.value(), self.position.debt());
        let credit = self.credit();
        let weight = number(self.for_held.threshold);
        // Both quotients are cut to 127 bits here.
        let reaches = |above: U512, below: U512| {
            let parts = U512::from(1) << 100;
            above * parts >= below * (parts - U512::from(1))
        };
        let parts = number(ALL);
        let health = reaches(self.bonus() * weight * debt, credit * parts);
        let cover = reaches(self.bonus() * debt, value * parts);
        self.must(value >= debt && (health || cover), "no gain here")
    }

    /// Checks that a unit of the holding costs so much, and that there is less.
    fn is_too_little(&self, cover: u128, least: u128) -> Result<(), Failure> {
        let one = self.for_held.unit_value() * number(ALL);
        let pays = |repaid| self.for_owed.value(repaid) * self.bonus() >= one;
        let is_least = pays(least) && !pays(least - 1);
        self.must(
            is_least && cover < least,
            &format!("{least}, above {cover}"),
        )
    }

    /// Counts what such a liquidation there leaves lower.
    fn without_gain(
        &self,
        (seized, repaid): (u128, u128),
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        self.has_no_gain()?;
        tally.note(D::NoGain);
        let (value, debt) = (self.position.value(), self.position.debt());
        let (credit, wanted) = (self.credit(), self.wanted());
        let (weight, parts) = (number(self.for_held.threshold), number(ALL));
        let gone = self.for_held.value(seized);
        let paid = self.for_owed.value(repaid);
        let health_fell = (credit - gone * weight) * wanted < credit * (wanted - paid * parts);
        let cover_fell = (value - gone) * debt < value * (debt - paid);
        tally.health_fell += u64::from(health_fell);
        tally.cover_fell += u64::from(cover_fell);
        tally.neither_fell += u64::from(!health_fell && !cover_fell);
        tally.bad_debts += u64::from(value - gone < debt - paid);
        Ok(())
    }

    /// Compares how much of the debt may be repaid, and returns whether it is the same.
    fn most_repaid(&self, tally: &mut Tally) -> Result<bool, Failure> {
        let parts = self.wanted() * number(WHOLE_AT);
        let is_half = self.credit() * number(ONE) > parts;
        let is_half_there = self.account.health > number(WHOLE_AT);
        let differences = [D::HalfThere, D::WholeThere];
        let said = [is_half, is_half_there];
        verdict(
            self.position,
            self.account,
            WHOLE_AT,
            said,
            differences,
            tally,
        )?;
        Ok(is_half == is_half_there)
    }

    /// What is repaid here, unless the holding is worth less, and the least that reaches the target.
    fn expected(&self, cover: u128) -> (u128, U512) {
        let most = self.account.most_repaid(self.owed).min(cover);
        let square = number(ALL) * number(ALL);
        let target = number(TARGET) * square;
        // Both in 10^-26 units of the base currency.
        let short = target * self.position.debt() - self.credit() * number(ALL);
        let gain = target - self.bonus() * number(self.for_held.threshold);
        let needed = short.div_ceil(gain * self.for_owed.unit_value());
        (most, needed.max(U512::from(1)))
    }

    /// Compares what is repaid, and returns whether it is the same.
    fn repaid(
        &self,
        (seized, repaid): (u128, u128),
        cover: u128,
        taken: Taken,
        tally: &mut Tally,
    ) -> Result<bool, Failure> {
        let (most, needed) = self.expected(cover);
        let is_needed = number(repaid) == needed;
        let what = |why: &str| format!("{seized} for {repaid} here, {taken:?} there: {why}");
        let Ok((all, there)) = taken else {
            return Ok(false);
        };
        let limit = needed.min(number(most));
        // All that may be repaid, or what all of the holding costs.
        let is_limit = number(repaid) == limit || (seized == self.held && number(repaid) < limit);
        self.must(is_limit, &what("another limit here"))?;
        match there.cmp(&repaid) {
            std::cmp::Ordering::Equal => return Ok(true),
            std::cmp::Ordering::Less => {
                tally.note(D::RestForLess);
                let is_rest = all == self.held && repaid - there <= 2;
                self.must(is_rest, &what("less there"))?;
            }
            std::cmp::Ordering::Greater if is_needed => tally.note(D::NoTarget),
            std::cmp::Ordering::Greater => {
                tally.note(D::Overpaid);
                let two = number(2_u8);
                let more = number(there - repaid) * self.for_owed.unit_value();
                let most = (two * self.bonus() + number(ALL)) * self.for_held.unit_value();
                let is_near = more * two * self.bonus() < most;
                self.must(is_near && seized == self.held, &what("more there"))?;
            }
        }
        Ok(false)
    }

    /// Compares what is seized for as much as is repaid here.
    fn seized(
        &self,
        (seized, repaid): (u128, u128),
        there: &mut dyn There,
        is_same: bool,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        if repaid > self.account.most_repaid(self.owed) {
            return Ok(());
        }
        let taken = self.ask(there, repaid)?;
        let what = |why: &str| format!("{seized} for {repaid} here, {taken:?} there: {why}");
        let Ok((other, paid)) = taken else {
            tally.note(D::Nothing);
            let is_little = number(seized) * number(ALL) <= self.bonus();
            return self.must(is_little || repaid == 1, &what("refused"));
        };
        tally.parts += 1;
        tally.parts_same += u64::from(is_same && other == seized && paid == repaid);
        let is_rest = paid == repaid || (other == self.held && paid < repaid && repaid - paid <= 2);
        self.must(is_rest, &what("paid"))?;
        match other.cmp(&seized) {
            std::cmp::Ordering::Equal => Ok(()),
            std::cmp::Ordering::Greater => {
                tally.note(D::SeizesMore);
                self.must(other - seized == 1, &what("more"))
            }
            std::cmp::Ordering::Less => {
                tally.note(D::SeizesLess);
                let less = number(2_u8) * number(seized - other) * number(ALL);
                let most = number(2_u8) * self.bonus() + number(ALL);
                self.must(less < most, &what("less"))
            }
        }
    }
}
