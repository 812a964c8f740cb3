//! Each known difference alone, that the run meets all of them, and that nothing else is taken for one.

use crate::peer::{millionths, Peer};
use crate::rates::{Kind, Rates};
use crate::shares::Shares;
use crate::tally::{Difference, Tally};

/// A pool of 1,001 lamports and tokens, a fee of gains in millionths, and the vault beside it.
fn pool(epoch_fee: u64) -> (Peer, Shares, Tally) {
    let (mut peer, mut tally) = (Peer::new(1), Tally::default());
    peer.pool.epoch_fee = millionths(epoch_fee);
    let mut shares = Shares::new().unwrap();
    shares.deposits(&mut peer, 1_000, &mut tally).unwrap();
    (peer, shares, tally)
}

/// That a difference was met, once, and no other.
fn alone(tally: &Tally, difference: Difference) {
    for other in Difference::ALL {
        assert_eq!(tally.of(other), u64::from(other == difference), "{other:?}");
    }
}

/// A withdrawal fee in millionths.
fn withdrawal_fee(millionth: u64) -> (Peer, Rates, Tally) {
    let mut peer = Peer::new(1);
    peer.pool.sol_withdrawal_fee = millionths(millionth);
    let rates = Rates::new(Kind::Withdrawal, &peer).unwrap();
    (peer, rates, Tally::default())
}

#[test]
fn sums_of_more_than_64_bits_are_refused_there() {
    let (mut peer, mut shares, mut tally) = pool(0);
    let most = u64::MAX - 1_001;
    shares.deposits(&mut peer, most + 1, &mut tally).unwrap();
    alone(&tally, Difference::Narrow);
    shares.deposits(&mut peer, most, &mut tally).unwrap();
    alone(&tally, Difference::Narrow);
    shares.gains(&mut peer, 1, &mut tally).unwrap();
    assert_eq!(tally.of(Difference::Narrow), 2);
}

#[test]
fn a_fee_of_a_gain_is_ceiled_there() {
    let (mut peer, mut shares, mut tally) = pool(10_000);
    shares.gains(&mut peer, 100, &mut tally).unwrap();
    shares.gains(&mut peer, 101, &mut tally).unwrap();
    alone(&tally, Difference::Ceiled);
    assert_eq!(tally.overpaid, 1);
}

#[test]
fn what_makes_up_for_a_loss_pays_a_fee_there() {
    let (mut peer, mut shares, mut tally) = pool(100_000);
    shares.loses(&mut peer, 100, &mut tally).unwrap();
    shares.gains(&mut peer, 100, &mut tally).unwrap();
    alone(&tally, Difference::Recovered);
    assert_eq!(tally.recovered, 10);
}

#[test]
fn a_gain_of_nobody_is_taken_there() {
    let (mut peer, mut tally) = (Peer::new(1), Tally::default());
    let mut shares = Shares::new().unwrap();
    shares.gains(&mut peer, 5, &mut tally).unwrap();
    alone(&tally, Difference::Nobodys);
}

#[test]
fn a_referrers_part_is_floored_there() {
    let (mut peer, mut shares, mut tally) = pool(0);
    peer.pool.sol_deposit_fee = millionths(1_000);
    peer.pool.sol_referral_fee = 20;
    shares.deposits(&mut peer, 5_000, &mut tally).unwrap();
    shares.deposits(&mut peer, 4_000, &mut tally).unwrap();
    alone(&tally, Difference::Floored);
}

#[test]
fn a_fee_is_lowered_by_any_step_there() {
    let (mut peer, mut rates, mut tally) = withdrawal_fee(50_000);
    rates.announce(&mut peer, 45_000, &mut tally).unwrap();
    rates.announce(&mut peer, 44_999, &mut tally).unwrap();
    alone(&tally, Difference::Lowered);
}

#[test]
fn a_fee_is_raised_by_a_half_of_itself_there() {
    for (old, most) in [(0, 1_500), (2_000, 3_000)] {
        let (mut peer, mut rates, mut tally) = withdrawal_fee(old);
        rates.announce(&mut peer, most, &mut tally).unwrap();
        rates.announce(&mut peer, most + 1, &mut tally).unwrap();
        alone(&tally, Difference::Halved);
    }
}

#[test]
fn a_change_waits_for_updates_there() {
    let (mut peer, mut rates, mut tally) = withdrawal_fee(0);
    rates.announce(&mut peer, 1_500, &mut tally).unwrap();
    for epoch in 2..5 {
        peer.epoch = epoch;
        peer.update(1).unwrap();
        rates.check(&peer, &mut tally).unwrap();
        alone(&tally, Difference::Late);
    }
    assert_eq!(peer.pool.sol_withdrawal_fee, millionths(1_500));
}

#[test]
fn nothing_else_is_taken_for_a_difference() {
    let (peer, shares, mut tally) = pool(10_000);
    for change in [1_i64, -1, 500] {
        let (mut other, mut shares) = (peer.clone(), shares);
        other.pool.total_lamports = peer.pool.total_lamports.wrapping_add_signed(change);
        shares.deposits(&mut other, 7, &mut tally).unwrap_err();
        let (mut other, mut shares) = (peer.clone(), shares);
        other.pool.pool_token_supply = peer.pool.pool_token_supply.wrapping_add_signed(change);
        shares.withdraws(&mut other, 1_000, &mut tally).unwrap_err();
    }
    let (mut peer, mut rates, mut tally) = withdrawal_fee(1_000);
    peer.pool.sol_withdrawal_fee = millionths(1_001);
    rates.check(&peer, &mut tally).unwrap_err();
}

#[test]
fn every_difference_is_met() {
    let tally = crate::compare(20_000).unwrap();
    for difference in Difference::ALL {
        assert!(tally.of(difference) > 0, "{difference:?}");
    }
}

#[test]
fn the_cases_have_their_figures() {
    crate::cases::measure().unwrap();
}
