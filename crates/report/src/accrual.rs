//! The value that revenue brings to holders.

use tokenomics_engine::{Accrual, Run};
use tokenomics_fixed_math::{Error, Wad};

use crate::revenue::Asset;

/// The value that came to holders in one asset in the months of a window.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Accrued {
    pub(crate) sum: Accrual,
    /// As [`Run::value_accrued`] has it.
    pub(crate) per_token: Option<Wad>,
}

/// Returns the value that came to holders in an asset.
pub(crate) fn accruals(run: &Run<'_>, asset: Asset<'_>) -> Accrued {
    let each = run.months.iter();
    let each = each.filter_map(|month| month.accruals.get(asset.index));
    // Parts of what a run has counted: neither sum is more than can be.
    let sum = each.fold(Accrual::default(), |sum, one| {
        joined(sum, *one).unwrap_or(sum)
    });
    Accrued {
        sum,
        per_token: run.value_accrued(asset.index),
    }
}

fn joined(one: Accrual, other: Accrual) -> Result<Accrual, Error> {
    Ok(Accrual {
        to_lockers: one.to_lockers.checked_add(other.to_lockers)?,
        spent: one.spent.checked_add(other.spent)?,
        burned: one.burned.checked_add(other.burned)?,
    })
}
