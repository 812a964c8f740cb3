//! Loans against collateral: one token is deposited, another is borrowed, and health is checked after.

use borsh::{BorshDeserialize, BorshSerialize};
use pinocchio::error::ProgramError;
use pinocchio::{AccountView, Address, ProgramResult};
use tokenomics_fixed_math::{Amount, EncodedLen, Fraction, Ratio};
use tokenomics_haircut_collateral::{Account, Debt, Error, Haircut, Holding};

use crate::purse::{transfer, vault};
use crate::refused;
use crate::state::{authorised, fresh, is, key, load, signed, store, Key, State};

const PRICED: usize = Ratio::ENCODED_LEN + 2 * Fraction::ENCODED_LEN;

/// The prices of the two tokens, in one unit of account, and how far each may move.
///
/// Its authority sets them: in a program of one's own, what reads an oracle, its age and its confidence.
#[derive(BorshSerialize, BorshDeserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prices {
    pub collateral: Ratio,
    pub haircut: Haircut,
    pub debt: Ratio,
    pub add_on: Haircut,
}

/// A market, who sets its prices, and the vaults of its two tokens.
#[derive(BorshSerialize, BorshDeserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarketAccount {
    pub authority: Key,
    pub collateral: Key,
    pub reserve: Key,
    pub prices: Prices,
}

impl State for MarketAccount {
    const KIND: u8 = 7;
    const LEN: usize = 3 * 32 + 2 * PRICED;
}

/// What a borrower has deposited and owes, at the prices of the last call.
#[derive(BorshSerialize, BorshDeserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoanAccount {
    pub owner: Key,
    pub market: Key,
    pub account: Account<1>,
}

impl State for LoanAccount {
    const KIND: u8 = 8;
    // A byte tells whether there is an entry, a holding and a debt, each of an amount at a price.
    const LEN: usize = 2 * 32 + 2 * (1 + Amount::ENCODED_LEN + PRICED);
}

/// Makes a market. Accounts: its authority, who signs; the market, just made; the vault of collateral;
/// the vault that is borrowed from.
///
/// # Errors
/// The code of [`Debt::new`]'s for a price of 0; those of [`state`](crate::state).
pub fn create(program: &Address, accounts: &[AccountView], prices: Prices) -> ProgramResult {
    let [authority, market, collateral, reserve, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    signed(authority)?;
    fresh(market, program)?;
    empty(&prices)?;
    let state = MarketAccount {
        authority: key(authority),
        collateral: vault(program, collateral, market)?,
        reserve: vault(program, reserve, market)?,
        prices,
    };
    store(market, &state)
}

/// Sets the prices. Accounts: the authority, who signs; the market.
///
/// # Errors
/// As [`create`].
pub fn price(program: &Address, accounts: &[AccountView], prices: Prices) -> ProgramResult {
    let [authority, market, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let mut state: MarketAccount = load(market, program)?;
    authorised(authority, &state.authority)?;
    empty(&prices)?;
    state.prices = prices;
    store(market, &state)
}

/// Makes an empty loan. Accounts: the owner, who signs; the market; the loan, just made.
///
/// # Errors
/// Those of [`state`](crate::state).
pub fn open(program: &Address, accounts: &[AccountView]) -> ProgramResult {
    let [owner, market, loan, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    signed(owner)?;
    fresh(loan, program)?;
    let of_market: MarketAccount = load(market, program)?;
    let state = LoanAccount {
        owner: key(owner),
        market: key(market),
        account: empty(&of_market.prices)?,
    };
    store(loan, &state)
}

/// Deposits collateral. Accounts: the owner, who signs; their purse; the market; the loan; the vault of
/// collateral.
///
/// # Errors
/// The code of [`Account::deposit`]'s; those of [`state`](crate::state) and [`purse`](crate::purse).
pub fn deposit(program: &Address, accounts: &[AccountView], amount: u64) -> ProgramResult {
    let [owner, purse, market, loan, into, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let (of_market, mut state) = both(program, market, loan)?;
    authorised(owner, &state.owner)?;
    is(into, &of_market.collateral)?;
    state
        .account
        .deposit(0, amount.into())
        .map_err(refused!())?;
    transfer(program, purse, into, owner, amount)?;
    store(loan, &state)
}

/// Borrows as long as the collateral covers it. Accounts: the owner, who signs; the market; the loan; the
/// vault that is borrowed from; a purse, whoever's.
///
/// # Errors
/// The code of [`Account::borrow`]'s; those of [`state`](crate::state) and [`purse`](crate::purse).
pub fn borrow(program: &Address, accounts: &[AccountView], amount: u64) -> ProgramResult {
    let [owner, market, loan, from, purse, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let (of_market, mut state) = both(program, market, loan)?;
    authorised(owner, &state.owner)?;
    is(from, &of_market.reserve)?;
    state.account.borrow(0, amount.into()).map_err(refused!())?;
    transfer(program, from, purse, market, amount)?;
    store(loan, &state)
}

/// Succeeds while a loan may not be liquidated. Accounts: the market; the loan.
///
/// # Errors
/// The code of [`Error::Unhealthy`] otherwise; those of [`state`](crate::state).
pub fn check(program: &Address, accounts: &[AccountView]) -> ProgramResult {
    let [market, loan, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let (_, state) = both(program, market, loan)?;
    if state.account.portfolio().is_liquidatable() {
        return Err(ProgramError::Custom(Error::Unhealthy.code().into()));
    }
    Ok(())
}

/// Returns an account of an entry each, of nothing, at these prices.
fn empty(prices: &Prices) -> Result<Account<1>, ProgramError> {
    let held = Holding::new(Amount::ZERO, prices.collateral, prices.haircut);
    let debt = Debt::new(Amount::ZERO, prices.debt, prices.add_on).map_err(refused!())?;
    Account::from_entries(&[held], &[debt]).map_err(refused!())
}

/// Reads a market and a loan in it, at its prices.
fn both(
    program: &Address,
    market: &AccountView,
    loan: &AccountView,
) -> Result<(MarketAccount, LoanAccount), ProgramError> {
    let mut state: LoanAccount = load(loan, program)?;
    is(market, &state.market)?;
    let of_market: MarketAccount = load(market, program)?;
    let Prices {
        collateral,
        haircut,
        debt,
        add_on,
    } = of_market.prices;
    let account = &mut state.account;
    let priced = account.reprice_holding(0, collateral, haircut);
    priced.map_err(refused!())?;
    account.reprice_debt(0, debt, add_on).map_err(refused!())?;
    Ok((of_market, state))
}
