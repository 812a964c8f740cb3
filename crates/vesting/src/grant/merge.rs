//! The merger of two grants.

use tokenomics_fixed_math::{Amount, U256};
use tokenomics_internals::difference;

use super::{Grant, GrantState};
use crate::check::at_most;
use crate::{Error, Quantity, Schedule};

impl<S: Schedule + Clone + PartialEq> Grant<S> {
    /// Merges this grant and another of the same schedule, both of which the caller discards, into
    /// one: the parts that splits have made join again. All parts of a grant are the whole.
    ///
    /// What was funded, claimed, clawed back, slashed and accelerated of it are the sums of theirs.
    /// From then on it is claimed, revoked, paused and so on as one.
    ///
    /// Grants of other schedules stay apart: one that vests as both do would have to hold both.
    ///
    /// # Rounding
    /// Floor of what the two have vested together.
    ///
    /// # Errors
    /// [`Error::Unlike`] unless both have the same schedule, delay, pause and revocation, and so much
    /// of what is left clawed back, slashed and accelerated that both are over at the same time, to a
    /// unit. [`Error::OutOfRange`] where they were funded with more than the schedule's total, or
    /// have vested more than it, and so can't be parts of one; [`Error::Overflow`] where that is above
    /// [`Amount::MAX`].
    ///
    /// # Laws
    /// `merge_undoes_split`: a whole that is split and merged is what it was. `merge_keeps_pace`: from
    /// the later clock of the two on, the merged has vested at most one unit more than the two apart
    /// and at most two less.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, Grant, Linear, Quantity};
    ///
    /// let at = Timestamp::new;
    /// let whole = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// let (mut mine, yours) = whole.split(Amount::new(333))?;
    /// mine.claim(at(60))?;
    ///
    /// let both = mine.merge(&yours)?;
    /// assert_eq!(both.claimed(), Amount::new(199));
    /// assert_eq!(both.claimable_at(at(60)), Amount::new(401));
    ///
    /// // Only one of them was revoked.
    /// mine.revoke(at(60))?;
    /// let what = Quantity::RevocationTime;
    /// assert_eq!(mine.merge(&yours), Err(Error::Unlike { what }));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn merge(&self, other: &Self) -> Result<Self, Error> {
        self.check_alike(other)?;
        let (one, two) = (&self.state, &other.state);
        let clock = one.clock.max(two.clock);
        // With one checkpoint, nothing is rounded: all that a split has made is undone.
        let checkpoint = if one.checkpoint == two.checkpoint {
            one.checkpoint
        } else {
            self.scheduled(self.running_until(clock))
        };
        let owns = [self.own(checkpoint), other.own(checkpoint)];
        let total = self.schedule.total();
        let funded = self.funded().checked_add(other.funded())?;
        at_most(Quantity::Funded, funded.get(), total.get())?;
        self.check_pace(other, owns)?;
        let state = GrantState {
            others: difference(total, funded),
            checkpoint,
            settled: owns[0].checked_add(owns[1])?,
            claimed: one.claimed.checked_add(two.claimed)?,
            clawed_back: one.clawed_back.checked_add(two.clawed_back)?,
            slashed: one.slashed.checked_add(two.slashed)?,
            accelerated: one.accelerated.checked_add(two.accelerated)?,
            clock,
            ..*one
        };
        Self::restore(self.schedule.clone(), state.of_a_whole())
    }

    /// Checks that the two have the same dates.
    fn check_alike(&self, other: &Self) -> Result<(), Error> {
        let (one, two) = (&self.state, &other.state);
        let alike = [
            (Quantity::Schedule, self.schedule == other.schedule),
            (Quantity::Delay, one.delay == two.delay),
            (Quantity::PauseTime, one.paused_at == two.paused_at),
            (Quantity::RevocationTime, one.revoked_at == two.revoked_at),
        ];
        match alike.iter().find(|(_, same)| !same) {
            Some(&(what, _)) => Err(Error::Unlike { what }),
            None => Ok(()),
        }
    }

    /// Checks that the two, of whose own parts so much has vested at a checkpoint, are over at the
    /// same time. Otherwise what one has left would vest in the other's place, and so sooner.
    ///
    /// With u for what has still to vest of what each keeps, below 0 where a slash took what had
    /// vested, and l for what is left of its own part, each is over with the share u / l of what is
    /// left of the schedule. Where one is, the merged has vested at most |u₁l₂ − u₂l₁| / (l₁ + l₂) more
    /// than the two: at most a unit is let pass. What a split makes of one grant is within that. Where
    /// neither has anything to vest, nor has the merged.
    fn check_pace(&self, other: &Self, owns: [Amount; 2]) -> Result<(), Error> {
        let [one, two] = [(self, owns[0]), (other, owns[1])];
        let [one, two] = [one.0.unvested_of(one.1), two.0.unvested_of(two.1)];
        if one.is_over && two.is_over {
            return Ok(());
        }
        let apart = one.apart(&two).ok();
        let left = U256::from(one.left).checked_add(two.left.into())?;
        match apart.filter(|apart| *apart <= left) {
            Some(_) => Ok(()),
            None => Err(Error::Unlike {
                what: Quantity::Cut,
            }),
        }
    }

    /// Returns what has still to vest where `own` of the grant's own part has.
    fn unvested_of(&self, own: Amount) -> Unvested {
        let kept = U256::from(self.kept().get());
        // Two amounts, so the sum fits.
        let vested = U256::from(self.state.accelerated.get()).checked_add(own.get().into());
        let vested = vested.unwrap_or(U256::MAX);
        let units = kept.max(vested).checked_sub(kept.min(vested));
        Unvested {
            units: units.unwrap_or(U256::MAX),
            is_over: kept <= vested,
            left: difference(self.funded(), own).get(),
        }
    }
}

/// The units that a grant has still to vest, or has vested beyond what it keeps, and what is left of
/// its own part of the schedule.
struct Unvested {
    units: U256,
    is_over: bool,
    left: u128,
}

impl Unvested {
    /// Computes |u₁l₂ − u₂l₁|.
    fn apart(&self, other: &Self) -> Result<U256, tokenomics_fixed_math::Error> {
        let one = self.units.checked_mul(other.left)?;
        let two = other.units.checked_mul(self.left)?;
        if self.is_over == other.is_over {
            one.max(two).checked_sub(one.min(two))
        } else {
            one.checked_add(two)
        }
    }
}
