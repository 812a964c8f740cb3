//! Faults that others had, and the states in which vaults go wrong.

use tokenomics_fee_split::{Error, Quantity, Vault, VaultState, VaultTerms, Withdrawal};
use tokenomics_fixed_math::{Amount, Fraction, Ratio, Span, Timestamp};

const NOW: Timestamp = Timestamp::ZERO;

fn units(units: u128) -> Amount {
    Amount::new(units)
}

fn vault(decimals_offset: u8) -> Vault {
    let terms = VaultTerms {
        decimals_offset,
        ..VaultTerms::PLAIN
    };
    Vault::new(terms, NOW).unwrap()
}

fn refused(what: Quantity, value: u128, bound: u128) -> Error {
    Error::OutOfRange { what, value, bound }
}

/// In a vault without virtual shares the second depositor gets none for what isn't worth one, and loses
/// all of it. Here the deposit is refused.
#[test]
fn a_deposit_that_is_not_worth_a_share_is_not_taken() {
    let mut vault = vault(0);
    vault.deposit(units(1), NOW).unwrap();
    vault.recognise_gain(units(20_000), NOW).unwrap();
    let before = vault;
    let nothing = vault.deposit(units(10_000), NOW);
    assert_eq!(nothing, Err(refused(Quantity::Shares, 0, 1)));
    assert_eq!(vault, before);
}

/// All redeemed: what rounding left is nobody's, and the next one begins at its price and with its mark.
#[test]
fn all_redeemed() {
    let terms = VaultTerms {
        decimals_offset: 0,
        performance_fee: Fraction::from_percent(50).unwrap(),
        ..VaultTerms::PLAIN
    };
    let mut vault = Vault::new(terms, NOW).unwrap();
    vault.deposit(units(10), NOW).unwrap();
    vault.recognise_loss(units(6), NOW).unwrap();
    assert_eq!(vault.redeem(10, NOW), Ok(units(4))); // of 4.55
    assert_eq!((vault.assets(), vault.shares()), (units(0), 0));
    assert_eq!(vault.price(NOW), Ok(Ratio::ONE));
    assert_eq!(vault.max_redeem(10, NOW), Ok(0));
    assert_eq!(
        vault.recognise_gain(units(1), NOW),
        Err(refused(Quantity::Shares, 0, 1))
    );

    // A unit is left behind by who redeems at a price of 11/10, and the mark is that of the next one.
    vault.deposit(units(9), NOW).unwrap();
    let gain = vault.recognise_gain(units(2), NOW).unwrap();
    assert_eq!((gain.fee, gain.fee_shares), (units(1), 0));
    assert_eq!(vault.redeem(9, NOW), Ok(units(9))); // of 9.9
    assert_eq!(
        (vault.assets(), vault.state().pending_fee),
        (units(1), units(1))
    );
    let price = vault.price(NOW).unwrap();
    assert_eq!(
        (price, vault.state().high_water_mark),
        (Ratio::from_integer(2), price)
    );
    vault.deposit(units(10), NOW).unwrap();
    assert_eq!(vault.shares(), 5);
    // Half of the gain is the fee, and none of what was there before.
    assert_eq!(vault.recognise_gain(units(10), NOW).unwrap().fee, units(5));
}

/// All slashed: shares keep a price above 0, so that the next deposit has one too; who held shares before
/// has a part of the virtual unit only.
#[test]
fn all_slashed() {
    let mut vault = vault(0);
    vault.deposit(units(99), NOW).unwrap();
    let mut withdrawal = vault.request_withdrawal(50, NOW).unwrap();
    let loss = vault.recognise_loss(units(99), NOW).unwrap();
    assert_eq!((loss.of_queue, loss.of_shares), (units(50), units(49)));
    assert_eq!(vault.price(NOW), Ratio::new(1, 50).map_err(Error::from));
    assert_eq!(vault.redeem(49, NOW), Err(refused(Quantity::Assets, 0, 1)));
    assert_eq!(vault.max_redeem(49, NOW), Ok(0));

    // The withdrawal is of an era that is over: it neither is paid nor dilutes the next one.
    assert_eq!((vault.state().era, vault.queued()), (1, Amount::ZERO));
    assert_eq!(vault.worth(&withdrawal), Ok(Amount::ZERO));
    let shares = vault.deposit(units(10), NOW).unwrap();
    assert_eq!(shares, 500);
    let mut next = vault.request_withdrawal(shares / 2, NOW).unwrap();
    assert_eq!((next.era(), next.claims()), (1, units(5)));
    assert_eq!(vault.claim(&mut withdrawal, NOW), Ok(Amount::ZERO));
    assert_eq!(vault.claim(&mut next, NOW), Ok(units(5)));
    assert_eq!(vault.redeem(shares / 2, NOW), Ok(units(5)));
    // An era can't be one that has not begun, nor can the last one end.
    let ahead = Withdrawal::restore(units(1), 2, NOW);
    assert_eq!(vault.worth(&ahead), Err(refused(Quantity::Era, 2, 1)));
    let last = VaultState {
        claims: units(1),
        era: u64::MAX,
        ..vault.state()
    };
    let mut vault = Vault::restore(last).unwrap();
    let most = vault.total_assets();
    assert!(vault.recognise_loss(most, NOW).is_err());
}

/// In a pool of claims whose payments are rounded down, the last one out gets what the others left.
#[test]
fn the_last_one_out_gets_no_more_than_the_first() {
    let mut vault = vault(0);
    vault.deposit(units(1_000), NOW).unwrap();
    let mut all: Vec<Withdrawal> = (0..100)
        .map(|_| vault.request_withdrawal(10, NOW).unwrap())
        .collect();
    vault.recognise_loss(units(51), NOW).unwrap();
    for withdrawal in &mut all {
        assert_eq!(vault.claim(withdrawal, NOW), Ok(units(9))); // of 9.49
    }
    // The halves are the shares', or nobody's where there are none.
    assert_eq!((vault.assets(), vault.queued()), (units(49), Amount::ZERO));
}

/// Losses of a unit each, rounded up, would all be the queue's; rounded down, all the shares'.
#[test]
fn many_small_losses_are_borne_alike() {
    let mut vault = vault(0);
    let shares = vault.deposit(units(2_000), NOW).unwrap();
    vault.request_withdrawal(shares / 2, NOW).unwrap();
    for _ in 0..1_000 {
        vault.recognise_loss(units(1), NOW).unwrap();
    }
    assert_eq!((vault.assets(), vault.queued()), (units(500), units(500)));
}

/// A fee that is rounded down at each call is never paid where calls are frequent.
#[test]
fn frequent_calls_take_nothing_from_the_manager() {
    let terms = VaultTerms {
        decimals_offset: 0,
        performance_fee: Fraction::from_percent(10).unwrap(),
        management_fee: Fraction::from_percent(1).unwrap(),
        fee_period: Span::new(1_000),
        ..VaultTerms::PLAIN
    };
    let mut vault = Vault::new(terms, NOW).unwrap();
    vault.deposit(units(100), NOW).unwrap();
    let mut fees = 0;
    for second in 1..=1_000 {
        let gain = vault.recognise_gain(units(1), Timestamp::new(second));
        fees += gain.unwrap().fee.get();
    }
    // One share for the time, and a tenth of what isn't needed to make up for it: 9.9 units.
    assert_eq!(vault.state().management_shares, units(1));
    assert_eq!(fees, 99);
}

/// A price that rounding has raised isn't a gain: no manager is paid for it by who comes next.
#[test]
fn what_rounding_leaves_pays_no_fee() {
    let terms = VaultTerms {
        decimals_offset: 0,
        performance_fee: Fraction::from_percent(50).unwrap(),
        ..VaultTerms::PLAIN
    };
    let mut vault = Vault::new(terms, NOW).unwrap();
    vault.deposit(units(1), NOW).unwrap();
    assert_eq!(vault.recognise_gain(units(2), NOW).unwrap().fee, units(1));
    // Two shares' worth less a unit makes one share, and so does a unit that is withdrawn burn one.
    for _ in 0..20 {
        let almost_two = vault.preview_mint(2, NOW).unwrap().get() - 1;
        assert_eq!(vault.deposit(units(almost_two), NOW), Ok(1));
        assert_eq!(vault.withdraw(units(1), NOW), Ok(1));
    }
    assert!(vault.price(NOW).unwrap() > Ratio::from_integer(100_000));
    assert_eq!(vault.recognise_gain(units(7), NOW).unwrap().fee, units(3));
}

/// No vault comes to a time from which on it refuses all calls: the fee stops where shares can't be
/// counted, and who has some can leave.
#[test]
fn a_fee_of_any_time_locks_nobody_in() {
    let terms = VaultTerms {
        management_fee: Fraction::ONE,
        fee_period: Span::new(1),
        decimals_offset: 18,
        ..VaultTerms::PLAIN
    };
    let mut vault = Vault::new(terms, NOW).unwrap();
    vault.deposit(units(10_u128.pow(20)), NOW).unwrap();
    let late = Timestamp::MAX;
    let state = vault.settled_at(late).unwrap().state();
    let shares = state.management_shares.get() + state.shares.get();
    assert_eq!(shares, u128::MAX - 10_u128.pow(18));
    assert_eq!(vault.max_deposit(late), Ok(Amount::ZERO));
    assert_eq!(vault.max_mint(late), Ok(0));
    let paid = vault.redeem(vault.shares(), late).unwrap();
    assert_eq!(paid, units(29_387_358_770_557_187_699)); // the rest is the manager's
    let fees = vault.collect_fees(late).unwrap();
    assert!(vault.redeem(fees.management, late).is_ok());
}

/// Terms with a delay: nobody leaves before it, by whatever call.
#[test]
fn with_a_delay_nobody_leaves_at_once() {
    let terms = VaultTerms {
        withdrawal_delay: Span::new(5),
        ..VaultTerms::PLAIN
    };
    let mut vault = Vault::new(terms, NOW).unwrap();
    let shares = vault.deposit(units(10), NOW).unwrap();
    let at_once = vault.redeem(shares, NOW);
    assert_eq!(at_once, Err(refused(Quantity::Shares, shares, 0)));
    assert_eq!(
        vault.withdraw(units(10), NOW),
        Err(refused(Quantity::Assets, 10, 0))
    );
    assert_eq!(vault.max_withdraw(shares, NOW), Ok(Amount::ZERO));
    assert_eq!(vault.max_redeem(shares, NOW), Ok(0));
    assert!(vault.request_withdrawal(shares, Timestamp::MAX).is_err());
    assert!(vault.request_withdrawal(shares, NOW).is_ok());
}

/// Errors are of 48 bytes and tell what they are about.
#[test]
fn errors_tell_the_quantity() {
    assert!(size_of::<Error>() <= 48);
    let at = Timestamp::new;
    let mut vault = vault(0);
    vault.deposit(units(9), at(7)).unwrap();
    let back = vault.deposit(units(9), at(6)).unwrap_err();
    assert_eq!(
        back,
        Error::Backdated {
            at: at(6),
            last: at(7)
        }
    );
    assert_eq!(
        back.to_string(),
        "6 is before 7, up to which all is settled already"
    );
    let more = vault.recognise_loss(units(10), at(7)).unwrap_err();
    assert_eq!(more.to_string(), "the loss is 10, above 9");
    let claims = Withdrawal::restore(units(1), 0, at(7));
    let foreign = vault.worth(&claims).unwrap_err();
    assert_eq!(foreign.to_string(), "the number of claims is 1, above 0");
}

/// The manager's shares aren't a holder's before he has collected them.
#[test]
fn nobody_redeems_the_shares_of_a_fee() {
    let terms = VaultTerms {
        decimals_offset: 0,
        performance_fee: Fraction::from_percent(50).unwrap(),
        ..VaultTerms::PLAIN
    };
    let mut vault = Vault::new(terms, NOW).unwrap();
    vault.deposit(units(100), NOW).unwrap();
    let gain = vault.recognise_gain(units(100), NOW).unwrap();
    assert_eq!(gain.fee_shares, 33); // 50 at a price of 151/101
    let more = vault.redeem(101, NOW);
    assert_eq!(more, Err(refused(Quantity::Shares, 101, 100)));
    vault.collect_fees(NOW).unwrap();
    assert_eq!(vault.redeem(133, NOW), Ok(units(199))); // 133 of 134 parts of 201
}

/// Where there is room for a few units only, and a share costs more, nothing can be deposited.
#[test]
fn room_that_is_not_worth_a_share_is_none() {
    let mut vault = vault(0);
    vault.deposit(units(1), NOW).unwrap();
    vault.recognise_gain(units(u128::MAX - 12), NOW).unwrap();
    assert_eq!(vault.max_deposit(NOW), Ok(Amount::ZERO));
    assert_eq!(vault.max_mint(NOW), Ok(0));
    assert!(vault.recognise_gain(units(11), NOW).is_err());
    assert!(vault.recognise_gain(units(10), NOW).is_ok());
}

/// What isn't worth a share can't go back; it stays queued, and can be claimed.
#[test]
fn a_withdrawal_that_is_not_worth_a_share_is_not_cancelled() {
    let mut vault = vault(0);
    vault.deposit(units(2), NOW).unwrap();
    let mut withdrawal = vault.request_withdrawal(1, NOW).unwrap();
    vault.recognise_gain(units(10), NOW).unwrap(); // to a price of 6
    let refused_cancel = vault.cancel(&mut withdrawal, NOW);
    assert_eq!(refused_cancel, Err(refused(Quantity::Shares, 0, 1)));
    assert_eq!(withdrawal.claims(), units(1));
    assert_eq!(vault.claim(&mut withdrawal, NOW), Ok(units(1)));
}
