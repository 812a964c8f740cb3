//! What tells most, each with its figure: of the stake pool, and of the vault and the rates here.

use std::error::Error;

use spl_stake_pool::state::FeeType;
use tokenomics_fee_split::{
    ChangeRules, DelayedRates, PendingPayout, ReferralChain, Vault, VaultTerms,
};
use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp};

use crate::peer::{millionths, Peer};

type Failure = Box<dyn Error>;

const AT: Timestamp = Timestamp::ZERO;

/// A figure there and here, and what it is of.
#[derive(Debug, PartialEq, Eq)]
pub struct Case {
    pub of: &'static str,
    pub there: u64,
    pub here: u128,
}

fn units(amount: u64) -> Amount {
    Amount::new(amount.into())
}

/// A pool there and a vault here of so much, put in by one holder, with a fee of gains in percent.
fn pair(amount: u64, percent: u64) -> Result<(Peer, Vault, u128), Failure> {
    let mut peer = Peer::new(0);
    peer.pool.epoch_fee = millionths(percent * 10_000);
    peer.deposit(amount).ok_or("no deposit")?;
    let terms = VaultTerms {
        performance_fee: Fraction::from_percent(percent)?,
        ..VaultTerms::PLAIN
    };
    let mut vault = Vault::new(terms, AT)?;
    let shares = vault.deposit(units(amount), AT)?;
    Ok((peer, vault, shares))
}

/// Declares a gain in both, and returns the tokens that are the manager's there.
fn gain(peer: &mut Peer, vault: &mut Vault, amount: u64) -> Result<u64, Failure> {
    vault.recognise_gain(units(amount), AT)?;
    Ok(peer
        .update(peer.pool.total_lamports + amount)
        .ok_or("no update")?)
}

/// What the manager's shares are worth, there and here.
fn managers(peer: &Peer, vault: &mut Vault, tokens: u64) -> Result<(u64, u128), Failure> {
    let there = peer.pool.calc_lamports_withdraw_amount(tokens);
    let shares = vault.collect_fees(AT)?.performance;
    let here = vault.preview_redeem(shares, AT).map_or(0, Amount::get);
    Ok((there.ok_or("no amount")?, here))
}

/// The first holder of one unit has 10,000 sent there before another deposits 20,000.
pub fn donated() -> Result<Case, Failure> {
    let (mut peer, mut vault, _) = pair(1, 0)?;
    gain(&mut peer, &mut vault, 10_000)?;
    let there = peer.deposit(20_000).ok_or("no deposit")?.user;
    let there = peer.withdraw(there).ok_or("no withdrawal")?.paid;
    let shares = vault.deposit(units(20_000), AT)?;
    let here = vault.redeem(shares, AT)?.get();
    let of = "left of 20,000 that are deposited after the one token of the pool gained 10,000";
    Ok(Case { of, there, here })
}

/// A gain of a unit in each of a thousand epochs, at a fee of 1%.
pub fn small_gains() -> Result<Case, Failure> {
    let (mut peer, mut vault, _) = pair(1_000_000, 1)?;
    let mut tokens = 0;
    for _ in 0..1_000 {
        tokens += gain(&mut peer, &mut vault, 1)?;
    }
    let (there, here) = managers(&peer, &mut vault, tokens)?;
    let of = "the manager's of 1,000 gains of one unit at a fee of 1%, of which 10 are due";
    Ok(Case { of, there, here })
}

/// A tenth is lost and made up for, at a fee of 10%.
pub fn recovered() -> Result<Case, Failure> {
    let (mut peer, mut vault, _) = pair(1_000_000, 10)?;
    peer.update(900_000).ok_or("no update")?;
    vault.recognise_loss(units(100_000), AT)?;
    let tokens = gain(&mut peer, &mut vault, 100_000)?;
    let (there, here) = managers(&peer, &mut vault, tokens)?;
    let of =
        "the manager's of 1,000,000 of which a tenth was lost and made up for, at a fee of 10%";
    Ok(Case { of, there, here })
}

/// A token is worth 10,000, and of each gain of 100,000 a fee of 5% is half a token.
pub fn dear_tokens() -> Result<Case, Failure> {
    let (mut peer, mut vault, _) = pair(1_000, 0)?;
    gain(&mut peer, &mut vault, 9_999_000)?;
    peer.pool.epoch_fee = millionths(50_000);
    let mut state = vault.state();
    state.terms.performance_fee = Fraction::from_percent(5)?;
    vault = Vault::restore(state)?;
    let mut tokens = 0;
    for _ in 0..100 {
        tokens += gain(&mut peer, &mut vault, 100_000)?;
    }
    let (there, here) = managers(&peer, &mut vault, tokens)?;
    let of = "the manager's of 100 gains of 100,000 at a fee of 5%, half a token each, with what it gains itself";
    Ok(Case { of, there, here })
}

/// All is lost, and somebody deposits again.
pub fn all_is_lost() -> Result<Case, Failure> {
    let (mut peer, mut vault, _) = pair(1_000, 0)?;
    peer.update(0).ok_or("no update")?;
    vault.recognise_loss(units(1_000), AT)?;
    let tokens = peer.deposit(1_000).ok_or("no deposit")?.user;
    let there = peer.withdraw(tokens).ok_or("no withdrawal")?.paid;
    let shares = vault.deposit(units(1_000), AT)?;
    let here = vault.redeem(shares, AT)?.get();
    let of = "left of 1,000 that are deposited after the 1,000 of others were lost";
    Ok(Case { of, there, here })
}

/// A gain while nobody has shares: here refused.
pub fn nobodys() -> Result<Case, Failure> {
    let mut peer = Peer::new(0);
    peer.pool.epoch_fee = millionths(10_000);
    let there = peer.update(1_000).ok_or("no update")?;
    let mut vault = Vault::new(VaultTerms::PLAIN, AT)?;
    let here = vault.recognise_gain(units(1_000), AT);
    let here = here.map_or(0, |gain| gain.fee_shares);
    let of = "the manager's of 1,000 that come while nobody has a token, at a fee of 1%";
    Ok(Case { of, there, here })
}

/// A thousand deposits whose fee is one token, a fifth of it the referrer's.
pub fn referred() -> Result<Case, Failure> {
    let mut peer = Peer::new(1_000);
    peer.pool.sol_deposit_fee = millionths(1_000);
    peer.pool.sol_referral_fee = 20;
    let chain = ReferralChain::new([Fraction::from_percent(20)?])?;
    let (mut there, mut payout) = (0, PendingPayout::new());
    for _ in 0..1_000 {
        let deposit = peer.deposit(1_000).ok_or("no deposit")?;
        there += deposit.referrer;
        let fee = deposit.referrer + deposit.manager;
        payout.credit(chain.split(units(fee), 1).parts[0])?;
    }
    let here = payout.pay(Amount::ZERO).get();
    let of = "the referrer's fifth of 1,000 fees of one token, of which 200 are due";
    Ok(Case { of, there, here })
}

/// A fee of deposits is raised from nothing to 99.9% in the instant before a deposit.
pub fn at_once() -> Result<Case, Failure> {
    let mut peer = Peer::new(1_000);
    peer.set_fee(&FeeType::SolDeposit(millionths(999_000)));
    let there = peer.deposit(1_000_000).ok_or("no deposit")?.user;
    let max_step = Fraction::ONE;
    let delay = Span::new(2);
    let rules = ChangeRules { delay, max_step };
    let mut rates = DelayedRates::new([Fraction::ZERO, Fraction::ONE], rules, AT)?;
    let all = Fraction::from_bps(9_990)?;
    rates.announce([all, Fraction::ONE.checked_sub(all)?], AT)?;
    let [fee, _] = rates.rates_at(AT)?;
    let kept = Fraction::ONE.checked_sub(fee)?;
    let here = units(1_000_000).mul_fraction(kept, tokenomics_fixed_math::Rounding::Floor);
    let here = here.get();
    let of = "the depositor's of 1,000,000 tokens, right after the fee of deposits is set to 99.9%";
    Ok(Case { of, there, here })
}

/// A fee is changed, and nobody updates the pool for ten epochs.
pub fn late() -> Result<Case, Failure> {
    let mut peer = Peer::new(1_000);
    peer.set_fee(&FeeType::Epoch(millionths(10_000)));
    peer.epoch = 10;
    while peer.pool.epoch_fee != millionths(10_000) {
        peer.epoch += 1;
        peer.update(1_000).ok_or("no update")?;
    }
    let max_step = Fraction::ONE;
    let delay = Span::new(2);
    let rules = ChangeRules { delay, max_step };
    let mut rates = DelayedRates::new([Fraction::ZERO, Fraction::ONE], rules, AT)?;
    let fee = Fraction::from_percent(1)?;
    let here = rates.announce([fee, Fraction::ONE.checked_sub(fee)?], AT)?;
    let (there, here) = (peer.epoch, here.get().into());
    let of = "the epoch from which a change of epoch 0 is in force, if nobody calls until epoch 11";
    Ok(Case { of, there, here })
}

type Measure = fn() -> Result<Case, Failure>;

/// Every case, with the figures that it is known to have.
pub const KNOWN: [(Measure, u64, u128); 9] = [
    (donated, 15_000, 19_999),
    (small_gains, 1_000, 9),
    (recovered, 9_999, 0),
    (dear_tokens, 0, 678_901),
    (all_is_lost, 500, 1_000),
    (nobodys, 1_000, 0),
    (referred, 0, 200),
    (at_once, 1_000, 1_000_000),
    (late, 12, 2),
];

/// Prints every case.
///
/// # Errors
/// One whose figures aren't those that are known.
pub fn measure() -> Result<(), Failure> {
    for (measure, there, here) in KNOWN {
        let case = measure()?;
        if (case.there, case.here) != (there, here) {
            return Err(format!("{case:?}, known as {there} there, {here} here").into());
        }
        println!("{}: {there} there, {here} here", case.of);
    }
    Ok(())
}
