//! The laws of arbitrage between blocks.

use num_bigint::BigUint;
use tokenomics_fixed_math::{Amount, Fraction, Wad};
use tokenomics_liquidity_curves::{Arbitrage, BlockTimes, Fee};

use super::draw::big;

fn fee([parts, whole]: [u64; 2]) -> Fee {
    let whole = whole.max(1);
    Fee::new(parts % whole, whole).unwrap()
}

fn arbitrage(variance: u128, blocks: u64, fee: Fee, is_constant: bool) -> Arbitrage {
    let times = BlockTimes::ALL[usize::from(is_constant)];
    let variance = Wad::from_raw(variance.max(1));
    Arbitrage::new(variance, blocks.max(1), fee, times).unwrap()
}

/// The share, the profit per unit of value and that of a loss are the real numbers, rounded once: by roots of
/// 400 more bits. With constant times k may be off in its 39th digit.
pub fn arbitrage_is_exact(
    variance: u128,
    blocks: u64,
    parts: [u64; 2],
    loss: u128,
    is_constant: bool,
) {
    let arbitrage = arbitrage(variance, blocks, fee(parts), is_constant);
    let (variance, one) = (arbitrage.variance().raw(), BigUint::from(1_u8) << 400_u32);
    let [up, down] = [arbitrage.fee().numerator(), arbitrage.fee().denominator()].map(big);
    // √(c²·γ²/σ²), with c² = 2 or k²/4.
    let tens = |digits: u32| big(10_u8).pow(digits);
    let square = (&up * &up * arbitrage.blocks() * tens(18)) << 800_u32;
    let per = &down * &down * variance;
    let (root, slack) = if is_constant {
        let k: BigUint = K.parse().unwrap();
        let root = (square * &k * k / (per * 4_u8 * tens(100))).sqrt();
        let slack = &root / tens(38);
        (root, slack)
    } else {
        ((square * 2_u8 / per).sqrt(), BigUint::ZERO)
    };
    let (least, most) = (&one + &root - &slack, &one + root + slack + 1_u8);
    let share = big(arbitrage.share().raw());
    let unit = big(Wad::SCALE) * &one;
    assert!(&share * &least <= unit && (share + 1_u8) * &most > unit);
    let of_loss = arbitrage.profit_of(Amount::new(loss)).get();
    let of_value = arbitrage.profit_rate().raw();
    for (profit, whole, per) in [(of_loss, loss, 1_u8), (of_value, variance, 8)] {
        let whole = big(whole) * &one;
        assert!(big(profit) * &most * per >= whole);
        assert!(profit == 0 || big(profit - 1) * &least * per < whole);
    }
    assert_eq!(arbitrage.loss_rate().raw(), variance.div_ceil(8));
}

/// k = √(2π)/|ζ(½)|, in units of 10^-50.
const K: &str = "171645190226740730366614304444652466930929482742080";

/// No larger fee and no more blocks take more; without a fee it is all of the loss, and the profit isn't more.
pub fn arbitrage_is_monotone(
    variance: u128,
    blocks: [u64; 2],
    fees: [[u64; 2]; 2],
    loss: u128,
    is_constant: bool,
) {
    let loss = Amount::new(loss);
    let [few, many] = [blocks[0].min(blocks[1]), blocks[0].max(blocks[1])];
    let [one, other] = fees.map(fee);
    let is_less = u128::from(one.numerator()) * u128::from(other.denominator())
        <= u128::from(other.numerator()) * u128::from(one.denominator());
    let (low, high) = if is_less { (one, other) } else { (other, one) };
    let least = arbitrage(variance, many, high, is_constant);
    let most = arbitrage(variance, few, low, is_constant);
    assert!(least.share() <= most.share() && least.profit_rate() <= most.profit_rate());
    assert!(least.profit_of(loss) <= most.profit_of(loss) && most.profit_of(loss) <= loss);
    let free = arbitrage(variance, few, Fee::NONE, is_constant);
    assert_eq!((free.share(), free.profit_of(loss)), (Fraction::ONE, loss));
    assert_eq!(free.profit_rate(), free.loss_rate());
}
