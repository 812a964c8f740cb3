//! The instants at which given shares of all that will ever exist first circulate.

use tokenomics_fixed_math::{Amount, Error, Rounding, Timestamp};

use crate::record::{EventKind, Log};

/// The shares that are looked for, in hundredths.
const PERCENTS: [u8; 2] = [50, 90];

/// The shares that have not been reached yet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Watch {
    open: Vec<Mark>,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    percent: u8,
    amount: Amount,
}

impl Watch {
    /// Creates the marks for a maximum, if there is one.
    pub(crate) fn new(max: Option<Amount>) -> Self {
        let mark = |percent: u8| {
            let all = max.filter(|all| !all.is_zero())?;
            let amount = all.mul_div(percent.into(), 100, Rounding::Ceil).ok()?;
            Some(Mark { percent, amount })
        };
        Self {
            open: PERCENTS.into_iter().filter_map(mark).collect(),
        }
    }

    /// Returns the least amount that has not been reached yet.
    pub(crate) fn next(&self) -> Option<Amount> {
        self.open.iter().map(|mark| mark.amount).min()
    }

    /// Writes down the marks that were reached by `last`, at the latest `at`, when `circulating` does.
    /// After `since` it has only risen, and `falls_short` returns by how much it was less at an earlier
    /// time.
    pub(crate) fn look<E: From<Error>>(
        &mut self,
        [since, at, last]: [Timestamp; 3],
        circulating: Amount,
        falls_short: impl Fn(Timestamp) -> Result<Amount, E>,
        log: &mut Log,
    ) -> Result<(), E> {
        let mut looked = Ok(());
        self.open.retain(|mark| {
            let Ok(spare) = circulating.checked_sub(mark.amount) else {
                return true;
            };
            let holds = |at| falls_short(at).map(|short| short <= spare);
            match earliest(since, at, holds) {
                Ok(first) if first <= last => {
                    let percent = mark.percent;
                    log.write(first, EventKind::Circulating { percent });
                    return false;
                }
                Ok(_) => {}
                Err(error) => looked = Err(error),
            }
            true
        });
        looked
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
