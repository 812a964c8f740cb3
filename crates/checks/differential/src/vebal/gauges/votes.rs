//! What a user votes for, as either side keeps it.

use revm::primitives::U256;
use tokenomics_escrow_weighting::{Error as Refusal, GaugeVote, Lock, Shares};
use tokenomics_fixed_math::Timestamp;

use super::super::YEAR;

/// As many gauges as one user may name here; there, any.
pub const SEATS: usize = 12;
/// All power that a user has, in basis points.
pub const WHOLE: u64 = 10_000;
/// A basis point in 10^−18.
const POINT: u64 = 100_000_000_000_000;

pub type Vote = GaugeVote<u64, SEATS>;

/// A vote for one gauge as the contract keeps it: with the lock as it was when the vote was cast.
#[derive(Debug, Clone, Copy)]
pub struct Cast {
    pub at: u64,
    pub gauge: u64,
    pub bps: u64,
    pub lock: Lock,
}

impl Cast {
    /// Floored twice: of the amount by the longest lock, and of the share.
    pub fn slope(&self) -> u128 {
        self.lock.amount().get() / u128::from(YEAR) * u128::from(self.bps) / u128::from(WHOLE)
    }

    pub fn end(&self) -> u64 {
        end_of(self.lock)
    }

    pub fn weight_at(&self, week: u64) -> u128 {
        self.slope() * u128::from(self.end().saturating_sub(week))
    }

    /// How many units of the amount its slope lacks of a part of it: less than
    /// (1 + bps / 10,000) · MAXTIME + 1, and never less than none.
    ///
    /// # Errors
    /// A part that isn't within that.
    pub fn lacks(&self, part: u128) -> Result<u128, String> {
        let lacks = part.checked_sub(self.slope() * u128::from(YEAR));
        let within = lacks.filter(|lacks| lacks * u128::from(WHOLE) < self.bound());
        within.ok_or_else(|| format!("{part} here, of {self:?} there"))
    }

    /// What it lacks is below this, in units of the amount and basis points.
    pub fn bound(&self) -> u128 {
        u128::from(WHOLE + self.bps) * u128::from(YEAR) + u128::from(WHOLE)
    }
}

/// The votes of one user through time.
#[derive(Default)]
pub struct Voter {
    here: Vec<(u64, Option<Vote>)>,
    there: Vec<Cast>,
}

impl Voter {
    pub fn hold(&mut self, now: u64, vote: Option<Vote>) {
        self.here.push((now, vote));
    }

    pub fn cast(&mut self, cast: Cast) {
        self.there.push(cast);
    }

    /// The vote here as it was at a time.
    pub fn held_at(&self, at: u64) -> Option<Vote> {
        let mut versions = self.here.iter().rev();
        versions.find(|version| version.0 <= at)?.1
    }

    /// What counts there for a gauge in a week: the last that was cast before it.
    pub fn cast_before(&self, gauge: u64, week: u64) -> Option<Cast> {
        let mut casts = self.there.iter().rev();
        casts
            .find(|cast| cast.gauge == gauge && cast.at < week)
            .copied()
    }

    pub fn last_cast(&self, gauge: u64) -> Option<Cast> {
        self.cast_before(gauge, u64::MAX)
    }

    /// The last of all.
    pub fn latest(&self) -> Option<Cast> {
        self.there.last().copied()
    }

    /// Whether a vote for a gauge was cast in the very second in which a week begins.
    pub fn is_late(&self, gauge: u64, week: u64) -> bool {
        let is = |cast: &Cast| cast.gauge == gauge && cast.at == week;
        self.there.iter().any(is)
    }

    /// The basis points that count there as used.
    pub fn used(&self, gauges: u64) -> u64 {
        let last = (0..gauges).filter_map(|gauge| self.last_cast(gauge));
        last.map(|cast| cast.bps).sum()
    }

    /// Those that are voted here.
    pub fn voted(&self) -> u64 {
        let held = self.held_at(u64::MAX);
        held.map_or(0, |vote| points(&vote).map(|(_, bps)| bps).sum())
    }
}

pub fn end_of(lock: Lock) -> u64 {
    lock.end().map_or(0, Timestamp::get)
}

fn points(vote: &Vote) -> impl Iterator<Item = (u64, u64)> + '_ {
    let points = vote.on.iter();
    points.map(|(gauge, share)| (*gauge, share.raw() / POINT))
}

/// The shares of a vote, but for one gauge another.
pub fn shares_with(
    held: Option<&Vote>,
    gauge: u64,
    bps: u64,
) -> Result<Shares<u64, SEATS>, Refusal> {
    let others = held.into_iter().flat_map(points);
    let others = others.filter(|&(other, _)| other != gauge);
    let all: Vec<_> = others.chain((bps > 0).then_some((gauge, bps))).collect();
    Shares::from_bps(&all)
}

/// Checks that a vote's parts sum to the amount, and that none is a whole unit off what its share is.
pub fn check_parts(vote: &Vote) -> Result<(), String> {
    let amount = vote.lock.amount().get();
    let (parts, rest) = vote.on.split(vote.lock.amount());
    let whole = U256::from(WHOLE);
    let mut sum = rest.get();
    for ((_, bps), part) in points(vote).zip(parts) {
        sum += part.get();
        let exact = U256::from(amount) * U256::from(bps);
        if (U256::from(part.get()) * whole).abs_diff(exact) >= whole {
            return Err(format!("a part of {part} for {bps} of {amount}"));
        }
    }
    match sum == amount {
        true => Ok(()),
        false => Err(format!("parts of {sum} in all, of {amount}")),
    }
}

/// The part of a lock's amount that is for a gauge.
pub fn part_for(vote: &Vote, gauge: u64) -> u128 {
    let (parts, _) = vote.on.split(vote.lock.amount());
    let mut parts = vote.on.iter().zip(parts);
    let part = parts.find(|((name, _), _)| **name == gauge);
    part.map_or(0, |(_, part)| part.get())
}
