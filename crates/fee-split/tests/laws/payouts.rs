//! The laws of payouts that wait and of referral chains, beside exact integers in 1e-18.

use num_bigint::BigUint;
use tokenomics_fee_split::{ExactAmount, PendingPayout, ReferralChain};
use tokenomics_fixed_math::{Amount, Fraction};

pub const LEVELS: usize = 4;

/// A credit of a share of an amount, and a payout for a minimum.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Credit {
    pub amount: u128,
    pub share: u64,
    pub minimum: u128,
}

fn fraction(raw: u64) -> Fraction {
    Fraction::from_raw(raw % (Fraction::SCALE + 1)).unwrap()
}

/// In 1e-18 of a unit.
fn exact(amount: ExactAmount) -> BigUint {
    BigUint::from(amount.whole().get()) * Fraction::SCALE + amount.fraction().raw()
}

/// What was credited is paid or owed, to the last 1e-18; a payout is nothing or at least the minimum, and
/// what stays owed is a fraction or below the minimum.
pub fn payouts_accumulate(credits: &[Credit]) {
    let (mut payout, mut credited) = (PendingPayout::new(), BigUint::from(0_u8));
    let mut paid = BigUint::from(0_u8);
    for credit in credits {
        let share = fraction(credit.share);
        let amount = ExactAmount::share_of(Amount::new(credit.amount), share);
        let of = BigUint::from(credit.amount) * share.raw();
        assert_eq!(exact(amount), of);
        let before = payout;
        if payout.credit(amount).is_ok() {
            credited += of;
        } else {
            assert_eq!(payout, before, "an error changed the state");
            assert!((exact(before.owed()) + of) / Fraction::SCALE > u128::MAX.into());
        }
        let minimum = Amount::new(credit.minimum);
        let pays = payout.pay(minimum);
        assert!(pays.is_zero() || pays >= minimum);
        let left = payout.owed().whole();
        assert!(left.is_zero() || left < minimum);
        paid += BigUint::from(pays.get()) * Fraction::SCALE;
        assert_eq!(&paid + exact(payout.owed()), credited);
        assert_eq!(PendingPayout::restore(payout.owed()), payout);
    }
}

/// Parts and rest sum to the fee without a rounding, each level's part is its share of it, and so are the
/// sums of many fees.
pub fn referrals_are_exact(raw: [u64; LEVELS], referrers: u8, fees: &[u128]) {
    let mut most = Fraction::SCALE;
    let mut left = Fraction::SCALE;
    let shares = raw.map(|raw| {
        most = raw % (most.min(left) + 1);
        left -= most;
        fraction(most)
    });
    let chain = ReferralChain::new(shares).unwrap();
    let referrers = usize::from(referrers) % (LEVELS + 2);
    for &fee in fees {
        let split = chain.split(Amount::new(fee), referrers);
        let parts = split.parts.iter().map(|&part| exact(part));
        let sum = parts.clone().sum::<BigUint>() + exact(split.rest);
        assert_eq!(sum, BigUint::from(fee) * Fraction::SCALE);
        for (level, (part, share)) in parts.zip(shares).enumerate() {
            let share = if level < referrers { share.raw() } else { 0 };
            assert_eq!(part, BigUint::from(fee) * share);
        }
    }
    let (mut many, mut sum) = (PendingPayout::new(), 0_u128);
    let room = u128::MAX / fees.len().max(1) as u128;
    for fee in fees.iter().map(|fee| fee % room.max(1)) {
        sum += fee;
        many.credit(chain.split(Amount::new(fee), 1).parts[0])
            .unwrap();
    }
    let one = chain.split(Amount::new(sum), 1).parts[0];
    assert_eq!(many.owed(), one);
}
