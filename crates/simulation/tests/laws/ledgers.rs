//! The law of the ledger by itself.

use tokenomics_fixed_math::Amount;
use tokenomics_simulation::{Batch, Ledger};

/// A refused batch changes nothing, and a ledger after any batches, refused ones included, holds what
/// it was opened with and what was issued, of each of two assets.
pub fn ledger_conserves(openings: &[u128], transfers: &[(u8, u8, u128)]) {
    let mut ledger = Ledger::default();
    let assets = ["A", "B"].map(|symbol| ledger.asset(symbol));
    let mut accounts = Vec::new();
    for (index, opening) in openings.iter().enumerate() {
        if let Ok(account) = ledger.open(assets[index % 2], "a", Amount::new(*opening)) {
            accounts.push((account, index % 2));
        }
    }
    if accounts.is_empty() {
        return;
    }
    let mut supplies = assets.map(|asset| ledger.supply(asset));
    for (round, moves) in transfers.chunks(3).enumerate() {
        let account = |at: u8| accounts[usize::from(at) % accounts.len()].0;
        let (mut batch, mut balanced) = (Batch::default(), true);
        // Before the movements, so that a refusal takes it back.
        let (to, _, issued) = moves[0];
        let issued = if round % 2 == 0 { issued } else { 0 };
        batch.issue(account(to), Amount::new(issued));
        for (from, to, amount) in moves {
            batch.take(account(*from), Amount::new(*amount));
            // Now and then a unit more or less is given than was taken.
            let given = match round % 5 {
                3 => amount.saturating_add(1),
                4 => amount.saturating_sub(1),
                _ => *amount,
            };
            batch.give(account(*to), Amount::new(given));
            balanced &= given == *amount;
        }
        let balances = |ledger: &Ledger| {
            accounts
                .iter()
                .map(|(account, _)| ledger.balance(*account))
                .collect::<Vec<_>>()
        };
        let before = balances(&ledger);
        if ledger.apply(&batch).is_err() {
            assert_eq!(before, balances(&ledger), "a refused batch moved something");
        } else {
            assert!(balanced);
            let (_, asset) = accounts[usize::from(to) % accounts.len()];
            supplies[asset] = supplies[asset].checked_add(Amount::new(issued)).unwrap();
        }
        ledger.audit_changes().unwrap();
        ledger.audit().unwrap();
        assert_eq!(assets.map(|asset| ledger.supply(asset)), supplies);
    }
}
