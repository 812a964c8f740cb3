//! In what the GaugeController and the gauges differ, and how much was compared.

use std::fmt;

use super::super::tally::Tally as Locks;

/// All in which the contract differs from the gauges here.
#[derive(Debug, Clone, Copy)]
pub enum Difference {
    /// The slope of a vote is floored by the longest lock and again by its share.
    Floored,
    /// So much that the vote weighs nothing.
    Dust,
    /// A vote stays at what the lock was when it was cast.
    Stale,
    /// A vote in the second in which a week begins counts from the next one on.
    Late,
    /// What is voted for a gauge that is removed here goes on to count there, which has no removal.
    Removed,
    /// It takes a vote for such a gauge.
    Taken,
    /// It reads 0 in a week up to which nobody brought it.
    Unwritten,
    /// It refuses a vote of a lock that ends by the next week.
    Soon,
    /// It refuses a second vote for a gauge within ten days.
    Often,
    /// It counts as used what a lock that is over voted, or what is voted for a gauge that is removed.
    Used,
    /// Its relative weights sum to less than one.
    Short,
}

const DIFFERENCES: usize = 11;

/// How much was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub locks: Locks,
    pub controllers: u64,
    pub operations: u64,
    /// Votes that both take.
    pub votes: u64,
    /// Changes of a lock that its votes follow here.
    pub moved: u64,
    /// Votes and gauges that both refuse.
    pub refused: u64,
    /// Weights of a gauge in a week.
    pub weights: u64,
    /// Totals of all gauges in a week.
    pub totals: u64,
    /// Relative weights of one gauge, and weeks of which they were all read.
    pub relative: u64,
    /// Those that both sides say alike but for what floored slopes lack.
    pub near: u64,
    pub weeks: u64,
    /// Powers that a user has voted with.
    pub powers: u64,
    /// The most units of an amount that a vote lacks there, and the most that the relative weights of one
    /// week lack of one.
    pub lacks: u128,
    pub short: u64,
    /// By the place of the difference in its enum.
    differences: [u64; DIFFERENCES],
}

impl Tally {
    pub fn note(&mut self, difference: Difference) {
        self.differences[difference as usize] += 1;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [floored, dust, stale, late, removed, taken, unwritten, soon, often, used, short] =
            self.differences;
        write!(
            f,
            "GaugeController: {} controllers, {} operations: {} votes by both, {} refused by both, {} changes \
             of a lock that votes follow here; {} weights and {} totals, of which votes lack what slopes are \
             floored by in {floored}, at most {} units of the amount, and all that dust weighs in {dust}, \
             stay at the old lock in {stale}, count a week late in {late}, and for a gauge that is removed in \
             {removed}; ",
            self.controllers,
            self.operations,
            self.votes,
            self.refused,
            self.moved,
            self.weights,
            self.totals,
            self.lacks,
        )?;
        write!(
            f,
            "{} relative weights, in {} of them the same but for what slopes lack: in {} weeks they sum here \
             to one, and there in {short} to less, by at most {} units of 10^-18; {unwritten} readings are 0 \
             there as nobody wrote them; {} powers of voters; only there {soon} votes of locks that end by \
             the next week, {often} within ten days and {used} of power used by what is over are refused, and \
             {taken} for removed gauges taken",
            self.relative, self.near, self.weeks, self.short, self.powers,
        )
    }
}
