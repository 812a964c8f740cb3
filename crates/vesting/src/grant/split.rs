//! The split of a grant in two.

use tokenomics_fixed_math::{Amount, Rounding};
use tokenomics_internals::difference;

use super::{Grant, GrantState};
use crate::check::at_most;
use crate::{Error, Quantity, Schedule};

impl<S: Schedule + Clone> Grant<S> {
    /// Splits this grant, which the caller discards, into two: the first keeps `amount`, the second
    /// the rest of what this one keeps.
    ///
    /// Both are of this one's type and schedule. What was funded, claimed, clawed back, slashed and
    /// accelerated is divided in proportion, as is what has vested by the grant's clock, the time of
    /// the last call. From then on each vests its part of what is left of the schedule. Each is
    /// claimed, revoked, paused and so on without the other. A part of a grant that is paused is
    /// paused.
    ///
    /// # Rounding
    /// Ceil for the first of what was claimed, accelerated and has vested by the clock, Floor of what
    /// was funded; the second has the rest. Later, Floor for each of what has vested.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than is kept.
    ///
    /// # Laws
    /// `split_loses_nothing`: the counters of the two sum to this one's. So does what has vested by
    /// the clock; later the two together have vested as much or less, by one unit at most, or by two
    /// if this one is a part itself; in the end it is all.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Grant, Linear};
    ///
    /// let at = Timestamp::new;
    /// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// grant.claim(at(30))?;
    /// let (mine, mut yours) = grant.split(Amount::new(333))?;
    /// assert_eq!((mine.claimed(), yours.claimed()), (Amount::new(100), Amount::new(200)));
    /// assert_eq!(mine.claimable_at(at(50)), Amount::new(66));
    /// assert_eq!(yours.revoke(at(50))?, Amount::new(334));
    /// assert_eq!(mine.unvested_at(at(50)), Amount::new(167));
    ///
    /// // A part is split as the whole was, and the type stays.
    /// let (_, rest): (Grant<Linear>, Grant<Linear>) = mine.split(Amount::new(300))?;
    /// assert_eq!(rest.kept(), Amount::new(33));
    /// assert!(rest.split(Amount::new(34)).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn split(&self, amount: Amount) -> Result<(Self, Self), Error> {
        at_most(Quantity::FirstPart, amount.get(), self.kept().get())?;
        let whole = &self.state;
        let checkpoint = self.scheduled(self.running_until(whole.clock));
        let own = self.own(checkpoint);
        let first = self.first_part(amount, checkpoint, own);
        let funded = difference(self.schedule.total(), first.others);
        let second = GrantState {
            others: whole.others.checked_add(funded)?,
            settled: difference(own, first.settled),
            claimed: difference(whole.claimed, first.claimed),
            clawed_back: difference(whole.clawed_back, first.clawed_back),
            slashed: difference(whole.slashed, first.slashed),
            accelerated: difference(whole.accelerated, first.accelerated),
            ..first
        };
        let part = |state: GrantState| Self {
            schedule: self.schedule.clone(),
            state: state.of_a_whole(),
        };
        Ok((part(first), part(second)))
    }

    /// Returns the state of the part that keeps `amount`, where `own` of this grant's own part has
    /// vested with the `checkpoint` of the schedule.
    ///
    /// It lies so that no part's claimed is above its vested, nor its vested above its kept, unless
    /// all has vested: what has vested, claimed and accelerated are all ceiled here and so all
    /// floored in the second part, and the larger stays the larger.
    fn first_part(&self, amount: Amount, checkpoint: Amount, own: Amount) -> GrantState {
        let (whole, kept) = (&self.state, self.kept());
        // Of nothing kept, nothing is the first part's.
        let share = |of: Amount, rounding| {
            let share = of.mul_div(amount.get(), kept.get(), rounding);
            share.unwrap_or(Amount::ZERO)
        };
        // At least the amount, as at least what is kept was funded; and so in the second part.
        let funded = share(self.funded(), Rounding::Floor);
        let cut = difference(funded, amount);
        let clawed_back = whole.clawed_back;
        let clawed_back = clawed_back.mul_div(cut.get(), self.cut().get(), Rounding::Floor);
        let clawed_back = clawed_back.unwrap_or(Amount::ZERO);
        // Of the vested, what was accelerated, which is more than kept after a slash, and what is due.
        let hastened = whole.accelerated;
        let due = own.min(difference(kept, hastened));
        let vested = share(
            hastened.checked_add(due).unwrap_or(hastened),
            Rounding::Ceil,
        );
        let settled = difference(vested, share(hastened, Rounding::Ceil));
        // What has vested and was slashed vests nothing more, and is divided so that it all sums.
        let beyond = difference(own, due).min(difference(funded, settled));
        GrantState {
            others: difference(self.schedule.total(), funded),
            checkpoint,
            settled: settled.checked_add(beyond).unwrap_or(funded),
            claimed: share(whole.claimed, Rounding::Ceil),
            clawed_back,
            slashed: difference(cut, clawed_back),
            accelerated: share(whole.accelerated, Rounding::Ceil).min(funded),
            ..*whole
        }
    }
}
