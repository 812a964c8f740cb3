//! Locks and gauges as they are walked: each lock by itself, with its age and its end, by the tables of
//! docs/design-file.md.

use tokenomics_fixed_math::{Amount, Rounding, U256};
use tokenomics_simulation::{Design, Destination, EscrowPlan, Gauge, LockProgramme, LockWeight};

use super::oracle::is_due;

const SCALE: u128 = 1_000_000_000_000_000_000;

/// What was locked in an instant.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    amount: u128,
    since: u64,
    end: Option<u64>,
}

impl Held {
    fn has_ended(&self, at: u64) -> bool {
        self.end.is_some_and(|end| end <= at)
    }

    /// What it weighs, in 10^−18 of a base unit times a second of the longest lock's `max`.
    fn weight_at(&self, weight: LockWeight, max: u64, at: u64) -> u128 {
        let max = u128::from(max);
        let unit = match weight {
            _ if self.has_ended(at) => 0,
            LockWeight::Decaying { multiplier, .. } => {
                multiplier.raw() * u128::from(self.end.unwrap() - at)
            }
            LockWeight::Constant { multiplier, .. } | LockWeight::Permanent { multiplier } => {
                multiplier.raw() * max
            }
            LockWeight::Growing { from, to, over, .. } => {
                // What a token gains each second is floored, once.
                let gain = (to.raw() - from.raw()) * max / u128::from(over.get());
                let age = (at - self.since).min(over.get());
                from.raw() * max + gain * u128::from(age)
            }
        };
        self.amount * unit
    }
}

/// All locks by programme, and what gauges have got and will get.
#[derive(Debug, Clone, Default)]
pub struct Votes {
    locks: Vec<Vec<Held>>,
    pub votes: Vec<u128>,
    pub total: u128,
    /// What the gauges weigh now.
    pub relative: Vec<u64>,
    pub got: Vec<u128>,
    /// Of each emission: what gauges got, what waits for the end of an epoch, and what they weigh in it.
    pub directed: Vec<u128>,
    pub waiting: Vec<u128>,
    /// What was minted in an epoch for which no gauge had votes.
    pub unvoted: Vec<u128>,
    epochs: Vec<Vec<u64>>,
}

impl Votes {
    pub fn new(design: &Design) -> Self {
        let programmes = design
            .escrow
            .as_ref()
            .map_or(0, |plan| plan.programmes.len());
        let (gauges, emissions) = (design.gauges.len(), design.emissions.len());
        Self {
            locks: vec![Vec::new(); programmes],
            votes: vec![0; programmes],
            got: vec![0; gauges],
            directed: vec![0; emissions],
            waiting: vec![0; emissions],
            unvoted: vec![0; emissions],
            epochs: vec![vec![0; gauges]; emissions],
            ..Self::default()
        }
    }

    pub fn has_locks(&self) -> bool {
        self.locks.iter().any(|locks| !locks.is_empty())
    }

    /// The programmes under which something is locked.
    pub fn kinds(&self) -> usize {
        self.locks.iter().filter(|locks| !locks.is_empty()).count()
    }

    pub fn locked(&self) -> Vec<u128> {
        let sum = |locks: &Vec<Held>| locks.iter().map(|lock| lock.amount).sum();
        self.locks.iter().map(sum).collect()
    }

    pub fn all_locked(&self) -> u128 {
        self.locked().into_iter().sum()
    }

    /// Ends what has ended, and locks what is missing; whether either was due.
    pub fn lock(&mut self, plan: &EscrowPlan, at: u64, free: &mut u128, in_vaults: u128) -> bool {
        let held = *free + self.all_locked() + in_vaults;
        let mut eventful = false;
        for locks in &mut self.locks {
            let ended = locks.iter().filter(|lock| lock.has_ended(at));
            let ended: Vec<u128> = ended.map(|lock| lock.amount).collect();
            eventful |= !ended.is_empty();
            *free += ended.iter().sum::<u128>();
            locks.retain(|lock| !lock.has_ended(at));
        }
        for (programme, locks) in plan.programmes.iter().zip(&mut self.locks) {
            if is_due(programme.every, programme.start, at, 0) {
                eventful = true;
                let end = end_for(plan, programme, at);
                if programme.renew {
                    locks
                        .iter_mut()
                        .for_each(|lock| lock.end = lock.end.max(end));
                }
                let target = Amount::new(held).mul_fraction(programme.share, Rounding::Floor);
                let locked: u128 = locks.iter().map(|lock| lock.amount).sum();
                let amount = target.get().saturating_sub(locked).min(*free);
                if amount > 0 {
                    *free -= amount;
                    locks.push(Held {
                        amount,
                        since: at,
                        end,
                    });
                }
            }
        }
        eventful
    }

    /// The undivided votes under each programme.
    fn undivided(&self, plan: &EscrowPlan, at: u64) -> Vec<u128> {
        let max = plan.terms.max().get();
        let each = plan.programmes.iter().zip(&self.locks);
        let each = each.map(|(programme, locks)| {
            let weights = locks
                .iter()
                .map(|lock| lock.weight_at(programme.weight, max, at));
            weights.sum()
        });
        each.collect()
    }

    /// What each programme has of what lockers are paid: its votes of the second before, all halved until
    /// they have 96 bits together, and something if it has locks; where it is alone, that is all.
    pub fn shares_before(&self, design: &Design, at: u64) -> Vec<u128> {
        let Some(plan) = &design.escrow else {
            return Vec::new();
        };
        let least = self.locks.iter().map(|locks| u128::from(!locks.is_empty()));
        let least: Vec<u128> = least.collect();
        if least.len() == 1 {
            return least;
        }
        let mut weights = self.undivided(plan, at - 1);
        let (sum, mut halvings) = (weights.iter().sum::<u128>(), 0);
        while (sum >> halvings) >> 96 != 0 {
            halvings += 1;
        }
        for (weight, least) in weights.iter_mut().zip(least) {
            *weight = (*weight >> halvings).max(least);
        }
        weights
    }

    /// Weighs what is locked, and what of it is for which gauge.
    pub fn weigh(&mut self, design: &Design, at: u64) {
        let Some(plan) = &design.escrow else {
            return;
        };
        let unit = u128::from(plan.terms.max().get()) * SCALE;
        let undivided = self.undivided(plan, at);
        self.votes = undivided.iter().map(|votes| votes / unit).collect();
        self.total = undivided.iter().sum::<u128>() / unit;
        self.relative = relative(&design.gauges, &undivided);
    }

    /// Gives gauges what was minted in an epoch that is over, and weighs them for the next: by the votes of
    /// the last second before. Whether one was over or began.
    pub fn direct(&mut self, design: &Design, at: u64, to: [&mut u128; 2]) -> bool {
        let [free, treasury] = to;
        let Some(plan) = &design.escrow else {
            return false;
        };
        let mut eventful = false;
        for (index, emission) in design.emissions.iter().enumerate() {
            let is_over = |length| is_due(length, emission.start, at, 0);
            if !emission.gauges.is_some_and(is_over) {
                continue;
            }
            eventful = true;
            let minted = std::mem::take(&mut self.waiting[index]);
            let weights = &self.epochs[index];
            if weights.iter().any(|weight| *weight > 0) {
                let parts = by_largest_remainders(minted, weights);
                self.got
                    .iter_mut()
                    .zip(parts)
                    .for_each(|(got, part)| *got += part);
                self.directed[index] += minted;
                *free += minted;
            } else {
                self.unvoted[index] += minted;
                match emission.to {
                    Destination::Treasury => *treasury += minted,
                    Destination::Circulating => *free += minted,
                }
            }
            let before = self.undivided(plan, at - 1);
            self.epochs[index] = relative(&design.gauges, &before);
        }
        eventful
    }
}

/// When a lock made now ends: on a multiple of the granule.
fn end_for(plan: &EscrowPlan, programme: &LockProgramme, at: u64) -> Option<u64> {
    let granule = plan.terms.granule().get();
    let duration = programme.weight.duration()?;
    Some((at + duration.get()) / granule * granule)
}

/// What each gauge has of the votes for any, in 10^−18: each boundary between two of them is floored.
fn relative(gauges: &[Gauge], undivided: &[u128]) -> Vec<u64> {
    let floor = |a: u128, b: u128, by: u128| {
        let quotient = U256::product(a, b).checked_div(by, Rounding::Floor);
        quotient.unwrap().to_u128().unwrap()
    };
    let votes = |gauge: &Gauge| {
        let each = undivided.iter().zip(&gauge.votes);
        each.map(|(votes, share)| floor(*votes, share.raw().into(), SCALE))
            .sum()
    };
    let votes: Vec<u128> = gauges.iter().map(votes).collect();
    let all: u128 = votes.iter().sum();
    let boundary = |upto: usize| match all {
        0 => 0,
        all => floor(votes[..upto].iter().sum(), SCALE, all) as u64,
    };
    (0..gauges.len())
        .map(|gauge| boundary(gauge + 1) - boundary(gauge))
        .collect()
}

/// Hamilton's apportionment: floors, and a unit more for the largest remainders, the first of equals.
fn by_largest_remainders(amount: u128, weights: &[u64]) -> Vec<u128> {
    let exact = weights.iter().map(|weight| amount * u128::from(*weight));
    let exact: Vec<u128> = exact.collect();
    let mut parts: Vec<u128> = exact.iter().map(|part| part / SCALE).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|place| std::cmp::Reverse(exact[*place] % SCALE));
    let left = amount - parts.iter().sum::<u128>();
    for place in order.into_iter().take(usize::try_from(left).unwrap()) {
        parts[place] += 1;
    }
    parts
}
