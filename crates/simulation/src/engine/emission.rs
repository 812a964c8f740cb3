//! Emission: unminted → the holder or the treasury.

use tokenomics_fixed_math::{Amount, Error, Timestamp};

use super::Accounts;
use crate::design::Design;
use crate::ledger::Transfer;

pub(super) fn propose(
    design: &Design,
    to: Timestamp,
    minted: &mut [Amount],
    accounts: &Accounts,
    proposal: &mut Vec<Transfer>,
) -> Result<(), Error> {
    let unminted = &accounts.unminted;
    for ((emission, minted), from) in design.emissions.iter().zip(minted).zip(unminted) {
        let emitted = emission.emitted_at(to);
        let amount = emitted.checked_sub(*minted)?;
        *minted = emitted;
        if !amount.is_zero() {
            proposal.push(Transfer {
                from: *from,
                to: accounts.of(emission.to),
                amount,
            });
        }
    }
    Ok(())
}
