//! Figures of vaults: of OpenZeppelin's ERC4626 with virtual shares, and of an example worked by hand.

use tokenomics_fee_split::{Vault, VaultTerms};
use tokenomics_fixed_math::{Amount, Fraction, Ratio, Span, Timestamp};

const NOW: Timestamp = Timestamp::ZERO;
const TOKEN: u128 = 1_000_000_000_000_000_000;

/// The loss of who deposits 9,999 tokens after a unit and a donation of 10,000 tokens, and the bound on it.
fn lost(decimals_offset: u8) -> (u128, u128) {
    let terms = VaultTerms {
        decimals_offset,
        ..VaultTerms::PLAIN
    };
    let mut vault = Vault::new(terms, NOW).unwrap();
    vault.deposit(Amount::new(1), NOW).unwrap();
    vault
        .recognise_gain(Amount::new(10_000 * TOKEN), NOW)
        .unwrap();
    let bound = vault.deposit_loss_bound(vault.assets()).unwrap();
    let shares = vault.deposit(Amount::new(9_999 * TOKEN), NOW).unwrap();
    let back = vault.redeem(shares, NOW).unwrap();
    (9_999 * TOKEN - back.get(), bound.get())
}

/// Measured on OpenZeppelin's ERC4626: a third at an offset of 0, 0.02% at an offset of 3.
#[test]
fn a_donation_takes_from_the_next_depositor_what_the_offset_allows() {
    let parts = |lost: u128| lost / (9_999 * TOKEN / 1_000_000);
    let (plain, bound) = lost(0);
    assert_eq!(
        (plain, parts(plain)),
        (3_332_666_666_666_666_666_666, 333_299)
    );
    assert_eq!(bound, 10_000 * TOKEN + 2);
    let (offset, bound) = lost(3);
    assert_eq!((offset, parts(offset)), (2_000_500_125_031_257_814, 200));
    assert_eq!(bound, 10 * TOKEN + 1);
    let (six, bound) = lost(6);
    assert_eq!(parts(six), 0);
    assert_eq!(bound, TOKEN / 100 + 1);
}

/// What the donation costs who makes it is more than what it takes from who comes next.
#[test]
fn a_donation_costs_its_donor_more_than_it_takes() {
    for decimals_offset in [0, 3, 6] {
        let terms = VaultTerms {
            decimals_offset,
            ..VaultTerms::PLAIN
        };
        let mut vault = Vault::new(terms, NOW).unwrap();
        let shares = vault.deposit(Amount::new(1), NOW).unwrap();
        let donation = Amount::new(10_000 * TOKEN);
        vault.recognise_gain(donation, NOW).unwrap();
        vault.deposit(Amount::new(9_999 * TOKEN), NOW).unwrap();
        let back = vault.redeem(shares, NOW).unwrap();
        let cost = donation.checked_sub(back).unwrap();
        let (taken, _) = lost(decimals_offset);
        assert!(cost.get() > taken, "{cost} for {taken}");
    }
}

/// The example of docs/mechanisms/fee-split.md.
#[test]
fn the_example_worked_by_hand() {
    let at = Timestamp::new;
    let terms = VaultTerms {
        decimals_offset: 0,
        performance_fee: Fraction::from_percent(20).unwrap(),
        management_fee: Fraction::from_percent(10).unwrap(),
        fee_period: Span::new(100),
        withdrawal_delay: Span::new(10),
    };
    let mut vault = Vault::new(terms, at(0)).unwrap();
    assert_eq!(vault.deposit(Amount::new(999), at(0)), Ok(999));
    let price = |vault: &Vault, time| vault.price(at(time)).unwrap();
    assert_eq!(price(&vault, 0), Ratio::ONE);
    // A tenth of a period: 9.99 shares.
    assert_eq!(price(&vault, 10), Ratio::new(1_000, 1_009).unwrap());
    // 1,109 is 100 above the mark of 1 a share; a fifth of that is 20 units, and 18.54 shares.
    let gain = vault.recognise_gain(Amount::new(109), at(10)).unwrap();
    assert_eq!(
        (gain.fee, gain.to_shares),
        (Amount::new(20), Amount::new(89))
    );
    assert_eq!(gain.fee_shares, 18);
    // 18 shares cost 19.43 units, rounded up: none is pending.
    assert_eq!(price(&vault, 10), Ratio::new(1_109, 1_027).unwrap());
    assert_eq!(vault.state().pending_fee, Amount::ZERO);
    // 333 shares are worth 359.59.
    let mut withdrawal = vault.request_withdrawal(333, at(10)).unwrap();
    assert_eq!(withdrawal.claims(), Amount::new(359));
    assert_eq!(
        (vault.assets(), vault.queued().unwrap()),
        (Amount::new(749), Amount::new(359))
    );
    // Of 277 lost of 1,108 the queue bears 89.75.
    let loss = vault.recognise_loss(Amount::new(277), at(10)).unwrap();
    assert_eq!(
        (loss.of_queue, loss.of_shares),
        (Amount::new(89), Amount::new(188))
    );
    assert_eq!(vault.claim(&mut withdrawal, at(20)), Ok(Amount::new(270)));
}
