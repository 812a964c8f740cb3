//! The laws of accounts.

use tokenomics_fixed_math::{Amount, Ratio};
use tokenomics_haircut_collateral::{
    Account, Certificate, Debt, Error, Haircut, Holding, LiquidationTerms, Margin, Portfolio,
    WrittenOff,
};

use super::{after, debts, holdings, pairs, terms_of, Entry, Terms};

const PLACES: usize = 4;

/// No change of an account but a new price, a liquidation or a write-off leaves it unhealthy, and one that
/// is refused changes nothing. It is restored as it was.
pub(crate) fn checked_after(held: &[Entry], owed: &[Entry], changes: &[(u8, u8, u64)]) {
    let mut account = Account::<PLACES>::new();
    let room = |result: Result<usize, Error>, len: usize| match result {
        Ok(index) => assert_eq!(index, len),
        Err(error) => assert!(matches!(
            error,
            Error::Full { capacity: 4 } | Error::Unhealthy
        )),
    };
    for held in holdings(held) {
        let len = account.holdings().len();
        room(account.add_holding(held), len);
    }
    for debt in debts(owed) {
        let len = account.debts().len();
        room(account.add_debt(debt), len);
    }
    assert!(account.portfolio().is_healthy(Margin::Initial));
    for change in changes.iter().copied() {
        let before = account;
        let result = changed(&mut account, change);
        assert!(account.portfolio().is_healthy(Margin::Initial));
        if result.is_err() {
            assert_eq!(account, before);
        }
        assert_eq!(Account::restore(account.state()), Ok(account));
        let entries = Account::from_entries(account.holdings(), account.debts());
        assert_eq!(entries, Ok(account));
    }
}

fn changed(
    account: &mut Account<PLACES>,
    (kind, index, amount): (u8, u8, u64),
) -> Result<(), Error> {
    let (index, amount) = (usize::from(index % 5), Amount::new(amount.into()));
    let before = *account;
    match kind % 8 {
        0 => account.deposit(index, amount),
        1 => account.withdraw(index, amount),
        2 => account.borrow(index, amount),
        3 => account.repay(index, amount),
        4 => account.exchange((index, amount), (usize::from(kind / 8) % 4, amount)),
        5 => account.remove_holding(index).map(|held| {
            assert_eq!(held, before.holdings()[index]);
        }),
        6 => account.remove_debt(index).map(|debt| {
            assert_eq!(debt, before.debts()[index]);
        }),
        // What is healthy and owes something holds something of a value.
        _ => account.write_off().map(|written_off| {
            assert_eq!(written_off.value, Amount::ZERO);
            assert_eq!(*account, before);
        }),
    }
}

fn some(entries: &[Entry]) -> &[Entry] {
    &entries[..entries.len().min(PLACES - 1)]
}

/// An empty entry that is removed leaves the account that never had it, whatever else it has, and
/// takes no part in a liquidation until then. One that isn't empty stays.
pub(crate) fn places_are_given_back(held: &[Entry], owed: &[Entry], terms: Terms, places: [u8; 2]) {
    let (held, owed) = (holdings(some(held)), debts(some(owed)));
    let never = Account::<PLACES>::from_entries(&held, &owed).unwrap();
    let at = usize::from(places[0]) % (held.len() + 1);
    let owed_at = usize::from(places[1]) % (owed.len() + 1);
    let empty = Holding::new(Amount::ZERO, Ratio::MAX, Haircut::NONE);
    let settled = Debt::new(Amount::ZERO, Ratio::MAX, Haircut::FULL).unwrap();
    let (mut held, mut owed) = (held, owed);
    held.insert(at, empty);
    owed.insert(owed_at, settled);

    let mut account = Account::<PLACES>::from_entries(&held, &owed).unwrap();
    let removed = |account: &mut Account<PLACES>| {
        assert_eq!(account.remove_holding(at), Ok(empty));
        assert_eq!(account.remove_debt(owed_at), Ok(settled));
        for index in 0..PLACES {
            let before = *account;
            let held = account.holdings().get(index).copied();
            if held.is_none_or(|held| !held.amount().is_zero()) {
                assert!(account.remove_holding(index).is_err());
            }
            let debt = account.debts().get(index).copied();
            if debt.is_none_or(|debt| !debt.amount().is_zero()) {
                assert!(account.remove_debt(index).is_err());
            }
            assert_eq!(*account, before);
        }
    };
    liquidates_alike(account, never, &terms_of(terms), removed);
    removed(&mut account);
    assert_eq!(account, never);
    assert_eq!(account.add_holding(empty), Ok(never.holdings().len()));
}

/// With the empty entries and without, the same is seized and repaid.
fn liquidates_alike(
    mut account: Account<PLACES>,
    mut never: Account<PLACES>,
    terms: &LiquidationTerms,
    removed: impl Fn(&mut Account<PLACES>),
) {
    let [with, without] =
        [&mut account, &mut never].map(|account| account.liquidate(terms, Amount::MAX));
    assert_eq!(
        with.map(|done| done.certificate()),
        without.map(|done| done.certificate())
    );
    removed(&mut account);
    assert_eq!(account, never);
}

/// A bad debt is told by each liquidation until it is written off, and then by none: the value that is
/// written off is the one that was told, and the amounts are all that was left. Nothing else is ever
/// written off, and nothing that could be seized is given away.
pub(crate) fn written_off_once(held: &[Entry], owed: &[Entry], terms: Terms) {
    let terms = terms_of(terms);
    let (held, owed) = (holdings(some(held)), debts(some(owed)));
    let mut account = Account::<PLACES>::from_entries(&held, &owed).unwrap();
    let has_no_value = |account: &Account<PLACES>| {
        let whole = |held: &Holding| Holding::new(held.amount(), held.price(), Haircut::NONE);
        let whole: Vec<_> = account.holdings().iter().map(whole).collect();
        let one = Debt::new(Amount::new(1), least_price(), Haircut::NONE).unwrap();
        // Less than what anything owed is worth: 1e-36 at least.
        !Portfolio::new(&whole, &[one]).is_solvent()
    };
    for _ in 0..=2 * PLACES {
        let before = account;
        pairs_settle_as_told(before, &terms);
        let owes = account.debts().iter().any(|debt| !debt.amount().is_zero());
        match account.write_off() {
            Ok(written_off) if owes => {
                assert!(has_no_value(&before));
                takes_all_that_is_left(&written_off, &before, &account);
            }
            Ok(written_off) => {
                assert_eq!(written_off.value, Amount::ZERO);
                assert_eq!(account, before);
            }
            Err(error) => {
                assert!(!has_no_value(&before) || matches!(error, Error::Overflow { .. }));
                assert_eq!(account, before);
            }
        }
        account = before;
        match account.liquidate(&terms, Amount::MAX) {
            Ok(done) => {
                if let Certificate::BadDebt { amount } = done.certificate() {
                    return told_once(account, amount, &terms);
                }
            }
            Err(_) => return,
        }
    }
}

/// Each pair takes from an account what the terms say of its position, or nothing.
fn pairs_settle_as_told(account: Account<PLACES>, terms: &LiquidationTerms) {
    let (held, owed) = (account.holdings(), account.debts());
    for pair in pairs(held, owed) {
        let mut settled = account;
        let told = terms.liquidate_pair(&account.portfolio(), pair, Amount::MAX);
        let done = settled.liquidate_pair(terms, pair, Amount::MAX);
        assert_eq!(done, told);
        let expected = done.map_or(account, |done| {
            let (held, owed) = after(&done, held, owed);
            Account::from_entries(&held, &owed).unwrap()
        });
        assert_eq!(settled, expected);
    }
}

fn least_price() -> Ratio {
    Ratio::new(1, u128::MAX).unwrap()
}

fn told_once(mut account: Account<PLACES>, amount: Amount, terms: &LiquidationTerms) {
    let before = account;
    if !account.portfolio().is_solvent() {
        // Told again, of the same.
        let again = account.liquidate(terms, Amount::MAX).unwrap().certificate();
        assert_eq!(again, Certificate::BadDebt { amount });
    }
    assert_eq!(account, before);
    let written_off = account.write_off().unwrap();
    assert_eq!(written_off.value, amount);
    if before.debts().iter().all(|debt| debt.amount().is_zero()) {
        // What was short was less than a unit of the debt: nothing is owed, and nothing taken.
        assert!(written_off.holdings.iter().all(|amount| amount.is_zero()));
        assert_eq!(account, before);
        return;
    }
    takes_all_that_is_left(&written_off, &before, &account);
    let after = account;
    assert_eq!(account.write_off().unwrap().value, Amount::ZERO);
    assert_eq!(account.liquidate(terms, Amount::MAX), Err(Error::Healthy));
    assert_eq!(account, after);
}

fn takes_all_that_is_left(
    written_off: &WrittenOff<PLACES>,
    before: &Account<PLACES>,
    after: &Account<PLACES>,
) {
    let of = |index: usize, amounts: &[Amount]| amounts.get(index).copied().unwrap_or(Amount::ZERO);
    let held: Vec<_> = before.holdings().iter().map(Holding::amount).collect();
    let owed: Vec<_> = before.debts().iter().map(Debt::amount).collect();
    for index in 0..PLACES {
        assert_eq!(written_off.holdings[index], of(index, &held));
        assert_eq!(written_off.debts[index], of(index, &owed));
    }
    assert_eq!(before.portfolio().liabilities(), Ok(written_off.value));
    let kept = |held: &Holding| held.with_amount(Amount::ZERO);
    let held: Vec<_> = before.holdings().iter().map(kept).collect();
    assert_eq!(after.holdings(), held);
    assert_eq!(after.debts().len(), owed.len());
    assert!(after.debts().iter().all(|debt| debt.amount().is_zero()));
}
