//! When what circulates first reaches given amounts.

use tokenomics_fixed_math::{Amount, Error, Timestamp};

/// Marks for what circulates, and when each was first reached.
#[derive(Debug, Clone, Default)]
pub(crate) struct Watch {
    marks: Vec<(Amount, Option<Timestamp>)>,
}

impl Watch {
    pub(crate) fn new(targets: impl IntoIterator<Item = Amount>) -> Self {
        let marks = targets.into_iter().map(|target| (target, None));
        Self {
            marks: marks.collect(),
        }
    }

    /// Returns when each mark was first reached, in the order in which they were given.
    pub(crate) fn reached(&self) -> impl Iterator<Item = Option<Timestamp>> + '_ {
        self.marks.iter().map(|(_, reached)| *reached)
    }

    /// Returns the least mark that has not been reached yet.
    pub(crate) fn next(&self) -> Option<Amount> {
        let open = self.marks.iter().filter(|(_, reached)| reached.is_none());
        open.map(|(target, _)| *target).min()
    }

    /// Notes the marks that were reached by `last`, at the latest `at`, when `circulating` does. After
    /// `since` it has only risen, and `falls_short` returns by how much it was less at an earlier time.
    pub(crate) fn look<E: From<Error>>(
        &mut self,
        [since, at, last]: [Timestamp; 3],
        circulating: Amount,
        falls_short: impl Fn(Timestamp) -> Result<Amount, E>,
    ) -> Result<(), E> {
        for (target, reached) in &mut self.marks {
            if reached.is_some() || *target > circulating {
                continue;
            }
            let spare = circulating.checked_sub(*target)?;
            let holds = |at| falls_short(at).map(|short| short <= spare);
            let first = earliest(since, at, holds)?;
            *reached = Some(first).filter(|first| *first <= last);
        }
        Ok(())
    }
}

/// Returns the first instant from `from` on at which something holds that holds at `to`, and from
/// then on.
pub(crate) fn earliest<E>(
    from: Timestamp,
    to: Timestamp,
    holds: impl Fn(Timestamp) -> Result<bool, E>,
) -> Result<Timestamp, E> {
    let (mut low, mut high) = (from.get(), to.get());
    while low < high {
        let middle = u64::midpoint(low, high);
        if holds(Timestamp::new(middle))? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(Timestamp::new(high))
}
