//! The audits against faults that no batch can make, and the state that a refused batch leaves.

use super::*;

impl Ledger {
    /// Adds a unit that came from nowhere, as no batch can.
    pub(crate) fn misplace(&mut self, account: Account) {
        let held = self.balance(account);
        self.write(account, sum(held, Amount::new(1)).unwrap());
    }
}

fn two_accounts() -> (Ledger, [Account; 2]) {
    let mut ledger = Ledger::default();
    let asset = ledger.asset("A");
    let accounts = [10, 0].map(|held| ledger.open(asset, "a", Amount::new(held)).unwrap());
    (ledger, accounts)
}

fn imbalance(sum: u128) -> LedgerError {
    LedgerError::Imbalance {
        asset: "A".to_owned(),
        sum: Amount::new(sum),
        supply: Amount::new(10),
    }
}

/// No batch can do this: an audit must find what only a fault of this program could do.
#[test]
fn both_audits_find_one_unit_too_many_or_too_few() {
    for held in [11, 9] {
        let (mut ledger, [one, _]) = two_accounts();
        assert_eq!(ledger.audit(), Ok(()));
        ledger.write(one, Amount::new(held));
        assert_eq!(ledger.audit(), Err(imbalance(held)));
        assert_eq!(ledger.audit_changes(), Err(imbalance(held)));
    }
    let (mut ledger, _) = two_accounts();
    ledger.accounts[0].balance = Amount::MAX;
    ledger.accounts[1].balance = Amount::new(1);
    assert_eq!(ledger.audit(), Err(LedgerError::TooMuch));
}

#[test]
fn an_audit_of_changes_sees_each_change_once() {
    let (mut ledger, [one, other]) = two_accounts();
    let mut batch = Batch::default();
    batch.transfer(one, other, Amount::new(4));
    ledger.apply(&batch).unwrap();
    ledger.apply(&batch).unwrap();
    assert_eq!(ledger.changed.len(), 2);
    assert_eq!(ledger.audit_changes(), Ok(()));
    assert!(ledger.changed.is_empty());
    ledger.write(other, Amount::new(9));
    assert_eq!(ledger.audit_changes(), Err(imbalance(11)));
}

#[test]
fn a_batch_is_empty_until_something_moves() {
    let (_, [one, other]) = two_accounts();
    let mut batch = Batch::default();
    batch.transfer(one, other, Amount::ZERO);
    assert!(batch.is_empty());
    batch.transfer(one, other, Amount::new(1));
    assert!(!batch.is_empty());
    batch.clear();
    assert!(batch.is_empty());
}

#[test]
fn a_batch_that_is_not_balanced_is_refused_and_changes_nothing() {
    let (mut ledger, [one, other]) = two_accounts();
    let mut generous = Batch::default();
    generous.take(one, Amount::new(3));
    generous.give(other, Amount::new(4));
    let refused = ledger.apply(&generous);
    assert!(matches!(refused, Err(LedgerError::Unfunded { .. })));
    let mut greedy = Batch::default();
    greedy.take(one, Amount::new(3));
    greedy.give(other, Amount::new(2));
    let refused = ledger.apply(&greedy);
    assert!(matches!(refused, Err(LedgerError::Unallocated { left, .. }) if left.get() == 1));
    let held = [one, other].map(|account| ledger.balance(account).get());
    assert_eq!(held, [10, 0]);
    assert_eq!(ledger.audit_changes(), Ok(()));
}

#[test]
fn what_is_issued_is_audited_and_taken_back_with_its_batch() {
    let (mut ledger, [one, other]) = two_accounts();
    let mut batch = Batch::default();
    batch.issue(other, Amount::new(5));
    ledger.apply(&batch).unwrap();
    let held = [one, other].map(|account| ledger.balance(account).get());
    assert_eq!(held, [10, 5]);
    assert_eq!(ledger.audit_changes(), Ok(()));
    // The issue comes first, and a later movement refuses all.
    batch.transfer(one, other, Amount::new(11));
    assert!(matches!(
        ledger.apply(&batch),
        Err(LedgerError::Short { .. })
    ));
    let mut too_much = Batch::default();
    too_much.issue(other, Amount::new(1));
    too_much.issue(one, Amount::new(u128::MAX - 15));
    assert_eq!(ledger.apply(&too_much), Err(LedgerError::TooMuch));
    let held = [one, other].map(|account| ledger.balance(account).get());
    assert_eq!(held, [10, 5]);
    assert_eq!(ledger.supply(Asset(0)), Amount::new(15));
    assert_eq!(ledger.audit_changes(), Ok(()));
    // A unit that the supply has and no account, or the other way around.
    ledger.assets[0].supply = Amount::new(16);
    assert!(ledger.audit().is_err() && ledger.audit_changes().is_err());
    ledger.assets[0].supply = Amount::new(15);
    ledger.write(one, Amount::new(11));
    assert!(ledger.audit_changes().is_err());
}
