//! A distribution by epochs beside plain loops in exact arithmetic.

use num_bigint::BigUint;
use tokenomics_fee_split::{
    ClosedEpoch, EpochCursor, EpochPayment, EpochPot, EpochReading, EpochTerms, Epochs, Error,
    ZeroWeight,
};
use tokenomics_fixed_math::{Amount, Timestamp, U256};

use super::epochs_kept::{big, parts, weight, EpochCall, EpochShape, Held, History, Kept, HOLDERS};

/// What the model knows of an entry.
#[derive(Debug, Clone)]
struct Known {
    epoch: u64,
    pot: BigUint,
    left: BigUint,
}

/// A distribution under test, its holders, and what they should have by plain loops and exact
/// arithmetic.
#[derive(Clone)]
pub struct World {
    pub epochs: Epochs<Kept<EpochPot>>,
    pub histories: [History; HOLDERS],
    pub cursors: [EpochCursor; HOLDERS],
    pub claimed: [u128; HOLDERS],
    pub now: u64,
    known: Vec<Known>,
    owed: [BigUint; HOLDERS],
    read: u32,
    swept: u32,
    waiting: BigUint,
    unallocated: BigUint,
    expired: BigUint,
    funded: u128,
}

impl World {
    pub fn new(shape: EpochShape, capacity: u32) -> Self {
        let entries = Vec::new();
        Self {
            epochs: Epochs::new(shape.terms(), Kept { entries, capacity }),
            histories: Default::default(),
            cursors: [EpochCursor::new(); HOLDERS],
            claimed: [0; HOLDERS],
            now: shape.start,
            known: Vec::new(),
            owed: Default::default(),
            read: 0,
            swept: 0,
            waiting: BigUint::default(),
            unallocated: BigUint::default(),
            expired: BigUint::default(),
            funded: 0,
        }
    }

    fn terms(&self) -> EpochTerms {
        self.epochs.state().terms
    }

    /// The end of an epoch, with as many bits as it takes.
    fn end(&self, epoch: u64) -> BigUint {
        let terms = self.terms();
        (BigUint::from(epoch) + 1_u8) * terms.length().get() + terms.start().get()
    }

    fn is_over(&self, epoch: u64) -> bool {
        self.end(epoch) <= self.now.into()
    }

    fn is_expired(&self, epoch: u64) -> bool {
        let within = self.terms().claim_within();
        within.is_some_and(|within| self.end(epoch) + within.get() <= self.now.into())
    }

    /// The instant at which an epoch that is over is read.
    fn read_at(&self, epoch: u64) -> Timestamp {
        let terms = self.terms();
        let end = self.end(epoch);
        let at = match terms.reading() {
            EpochReading::First => end - terms.length().get(),
            EpochReading::Last => end - 1_u8,
        };
        Timestamp::new(at.try_into().unwrap())
    }

    fn total(&self, at: Timestamp) -> U256 {
        total(&self.histories, at)
    }

    /// Makes a call, and checks what it returns.
    pub fn call(&mut self, call: EpochCall) {
        self.now = self.now.saturating_add(call.gap);
        let who = usize::from(call.who) % HOLDERS;
        let limit = u32::from(call.limit % 5);
        match call.what % 16 {
            0..=3 => self.fund(call.amount),
            4..=6 => self.lock(who, call.amount),
            7 => self.transfer(who, call.amount),
            8 => self.merge(who, (who + 1) % HOLDERS),
            9..=11 => self.claim(who, limit),
            12 => self.close(limit),
            13 => self.sweep(limit),
            14 => self.take_unallocated(),
            _ => self.backdate(who),
        }
    }

    pub fn fund(&mut self, amount: u128) {
        let before = self.epochs.clone();
        let funded = self
            .epochs
            .fund(Amount::new(amount), Timestamp::new(self.now));
        let state = before.state();
        let since = self.now - state.terms.start().get();
        let epoch = since / state.terms.length().get();
        let is_new = self.known.last().is_none_or(|last| last.epoch != epoch);
        let opens = amount > 0 || self.waiting > BigUint::default();
        let capacity = self.epochs.entries().capacity;
        if self.funded.checked_add(amount).is_none() {
            assert!(matches!(funded, Err(Error::Overflow { .. })));
        } else if opens && is_new && state.entries == capacity {
            assert_eq!(funded, Err(Error::Full { capacity }));
        } else {
            funded.unwrap();
            self.funded += amount;
            if opens && is_new {
                let (pot, left) = Default::default();
                self.known.push(Known { epoch, pot, left });
            }
            if let Some(last) = self.known.last_mut().filter(|_| opens) {
                last.pot += parts(Amount::new(amount));
            }
            return;
        }
        assert!(self.epochs == before, "an error changed something");
    }

    /// A lock from now on, of a length that the amount says too.
    fn lock(&mut self, who: usize, amount: u128) {
        let length = self.terms().length().get();
        let lengths = u64::try_from(amount % 7).unwrap() + 1;
        let end = self.now.saturating_add(length.saturating_mul(lengths));
        let (from, until) = (self.now, u64::MAX);
        self.histories[who].push(Held {
            from,
            until,
            amount,
            end,
        });
    }

    /// The last lock that a holder has goes to the next one: what it weighed until now stays.
    fn transfer(&mut self, who: usize, amount: u128) {
        let now = self.now;
        let Some(held) = self.histories[who]
            .last_mut()
            .filter(|held| held.until > now)
        else {
            return;
        };
        held.until = now;
        let part = amount.min(held.amount);
        let (end, whole, until) = (held.end, held.amount, u64::MAX);
        let from = now;
        let of = |amount| Held {
            from,
            until,
            amount,
            end,
        };
        self.histories[who].push(of(whole - part));
        self.histories[(who + 1) % HOLDERS].push(of(part));
    }

    /// One holder becomes a part of another, with its history, when both have claimed all there is.
    fn merge(&mut self, who: usize, into: usize) {
        self.claim_all(who);
        self.claim_all(into);
        let merged = self.cursors[into].merged_with(self.cursors[who]);
        self.cursors[into] = merged.unwrap();
        let owed = core::mem::take(&mut self.owed[who]);
        self.owed[into] += owed;
        let history = core::mem::take(&mut self.histories[who]);
        self.histories[into].extend(history);
        self.claimed[into] = self.claimed[into].wrapping_add(self.claimed[who]);
        self.claimed[who] = 0;
        self.cursors[who] = self.epochs.cursor_since(Timestamp::new(self.now)).unwrap();
    }

    pub fn claim_all(&mut self, who: usize) {
        while self.due(who) {
            self.claim(who, 4);
        }
        self.claim(who, 1);
    }

    /// The first entry that a holder can still claim.
    fn first(&self, who: usize) -> u32 {
        let expired = self
            .known
            .iter()
            .filter(|known| self.is_expired(known.epoch));
        let expired = u32::try_from(expired.count()).unwrap();
        expired.max(self.cursors[who].next())
    }

    fn due(&self, who: usize) -> bool {
        let next = self.known.get(self.first(who) as usize);
        next.is_some_and(|known| self.is_over(known.epoch))
    }

    pub fn try_claim(&mut self, who: usize, limit: u32) -> Result<EpochPayment, Error> {
        let (histories, now) = (&self.histories, Timestamp::new(self.now));
        let is_over = |epoch: ClosedEpoch| assert!(epoch.at() < now);
        let of_all = |epoch: ClosedEpoch| {
            is_over(epoch);
            total(histories, epoch.at())
        };
        let own = |epoch: ClosedEpoch| {
            is_over(epoch);
            weight(&histories[who], epoch.at())
        };
        let (epochs, cursor) = (&mut self.epochs, &mut self.cursors[who]);
        let claimable = epochs.claimable(cursor, &(of_all, own), now, limit);
        let claimed = epochs.claim(cursor, &(of_all, own), now, limit);
        assert_eq!(claimable, claimed);
        claimed
    }

    pub fn claim(&mut self, who: usize, limit: u32) {
        let (first, read) = (self.first(who), self.read);
        let due = self.due(who);
        let payment = self.try_claim(who, limit).unwrap();
        let next = self.cursors[who].next();
        self.catch_up();
        for index in first..next {
            let known = &self.known[index as usize];
            assert!(self.is_over(known.epoch) && index < self.read);
            let at = self.read_at(known.epoch);
            let total = big(self.total(at));
            if total > BigUint::default() {
                let share = &known.pot * big(weight(&self.histories[who], at)) / total;
                self.known[index as usize].left -= &share;
                self.owed[who] += share;
            }
        }
        let amount = u128::try_from(&self.owed[who] >> 128).unwrap();
        self.owed[who] -= parts(Amount::new(amount));
        assert_eq!(payment.amount.get(), amount);
        assert_eq!(big(self.cursors[who].owed()), self.owed[who]);
        assert_eq!(payment.is_done, !self.due(who));
        self.claimed[who] = self.claimed[who].wrapping_add(amount);
        // The entries that were read or claimed, each once.
        let both = next.max(self.read) - first.max(read).min(next.max(self.read));
        let apart = (next - first) + (self.read - read);
        assert!(both.min(apart) <= limit && (apart > 0) == (due && limit > 0));
    }

    /// Reads the totals that the distribution has read.
    fn catch_up(&mut self) {
        let state = self.epochs.state();
        for index in self.read..state.read {
            let epoch = self.known[index as usize].epoch;
            assert!(self.is_over(epoch), "epoch {epoch} was read in it");
            let pot = &self.known[index as usize].pot + core::mem::take(&mut self.waiting);
            let known = |pot: &BigUint| Known {
                epoch,
                pot: pot.clone(),
                left: pot.clone(),
            };
            let is_weighed = !self.total(self.read_at(epoch)).is_zero();
            self.known[index as usize] = known(if is_weighed { &pot } else { &self.waiting });
            match self.terms().zero_weight() {
                _ if is_weighed => {}
                ZeroWeight::Hold => self.waiting = pot,
                ZeroWeight::Sink => self.unallocated += pot,
            }
        }
        self.read = state.read;
    }

    pub fn close(&mut self, limit: u32) {
        let (histories, read) = (&self.histories, self.read);
        let total = |epoch: ClosedEpoch| total(histories, epoch.at());
        let is_done = self.epochs.close(total, Timestamp::new(self.now), limit);
        self.catch_up();
        assert!(self.read - read <= limit);
        let next = self.known.get(self.read as usize);
        assert_eq!(
            is_done,
            Ok(!next.is_some_and(|next| self.is_over(next.epoch)))
        );
        assert!(is_done == Ok(true) || self.read - read == limit);
    }

    fn sweep(&mut self, limit: u32) {
        let (histories, before) = (&self.histories, self.epochs.state());
        let total = |epoch: ClosedEpoch| total(histories, epoch.at());
        let swept = self
            .epochs
            .sweep(total, Timestamp::new(self.now), limit)
            .unwrap();
        self.catch_up();
        let state = self.epochs.state();
        let had = &self.expired >> 128;
        for index in self.swept..state.swept {
            assert!(self.is_expired(self.known[index as usize].epoch));
            self.expired += core::mem::take(&mut self.known[index as usize].left);
        }
        self.swept = state.swept;
        assert_eq!(
            BigUint::from(swept.amount.get()),
            (&self.expired >> 128) - had
        );
        let next = self.known.get(self.swept as usize);
        assert_eq!(
            swept.is_done,
            !next.is_some_and(|next| self.is_expired(next.epoch))
        );
        let steps = (state.swept - before.swept) + (state.read - before.read);
        assert!(steps <= limit && (swept.is_done || steps == limit));
    }

    fn take_unallocated(&mut self) {
        let taken = self.epochs.take_unallocated();
        assert_eq!(parts(taken), self.unallocated);
        self.unallocated = BigUint::default();
        self.funded -= taken.get();
    }

    /// Any call that is dated before the last one is refused, and changes nothing.
    fn backdate(&mut self, who: usize) {
        let last = self.epochs.state().clock;
        let Some(at) = last.get().checked_sub(1).map(Timestamp::new) else {
            return;
        };
        let (before, cursor) = (self.epochs.clone(), self.cursors[who]);
        let (one, early) = (|_: ClosedEpoch| U256::ONE, Error::Backdated { at, last });
        let epochs = &mut self.epochs;
        assert_eq!(epochs.fund(Amount::new(1), at), Err(early));
        assert_eq!(epochs.close(one, at, 9), Err(early));
        assert_eq!(epochs.sweep(one, at, 9), Err(early));
        let claimed = epochs.claim(&mut self.cursors[who], &(one, one), at, 9);
        assert_eq!(claimed, Err(early));
        assert!(self.epochs == before && self.cursors[who] == cursor);
    }

    /// The equation, to the last 2^-128 of a unit, and each part beside the model.
    pub fn check(&self) {
        let state = self.epochs.state();
        let owed = self.cursors.iter().map(|cursor| big(cursor.owed()));
        assert_eq!(big(state.owed), owed.sum());
        assert_eq!(state.funded.get(), self.funded);
        assert_eq!(parts(state.waiting), self.waiting);
        assert_eq!(parts(state.unallocated), self.unallocated);
        assert_eq!(
            parts(state.expired) + state.expired_rest.get(),
            self.expired
        );
        let of_entries = self.check_entries();
        let gone = [state.paid, state.expired, state.unallocated, state.waiting];
        let gone: BigUint = gone.into_iter().map(parts).sum();
        let sum = gone + big(state.owed) + state.expired_rest.get() + of_entries;
        assert_eq!(sum, parts(state.funded));
        // What is stored is what goes on.
        let entries = self.epochs.entries().clone();
        assert!(Epochs::restore(state, entries) == Ok(self.epochs.clone()));
    }

    /// What the entries hold.
    fn check_entries(&self) -> BigUint {
        let state = self.epochs.state();
        let entries = &self.epochs.entries().entries;
        assert_eq!((entries.len(), state.read), (self.known.len(), self.read));
        let mut sum = BigUint::default();
        for (index, (entry, known)) in (0..).zip(entries.iter().zip(&self.known)) {
            assert_eq!(entry.epoch(), known.epoch);
            assert_eq!(parts(entry.pot()), known.pot);
            if index >= state.swept {
                assert_eq!(big(entry.left()), known.left);
                sum += if index < state.read {
                    &known.left
                } else {
                    &known.pot
                };
            }
        }
        sum
    }
}

/// The weight of all holders.
fn total(histories: &[History], at: Timestamp) -> U256 {
    let weights = histories.iter().map(|history| weight(history, at));
    weights.fold(U256::ZERO, |sum, one| sum.checked_add(one).unwrap())
}
