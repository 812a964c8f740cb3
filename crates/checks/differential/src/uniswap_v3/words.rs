//! Numbers as a contract takes and gives them.

use revm::primitives::U256;
use tokenomics_fixed_math::U256 as OurU256;
use tokenomics_liquidity_curves::FeeGrowth;

/// The two ticks of a position.
pub type Range = [i32; 2];

pub fn to_theirs(number: OurU256) -> U256 {
    U256::from(number.high()) << 128 | U256::from(number.low())
}

pub fn to_ours(number: U256) -> OurU256 {
    let [high, low] = [number >> 128, number & U256::from(u128::MAX)].map(|half| half.to::<u128>());
    OurU256::new(high, low)
}

/// The fees in Token0 and in Token1.
pub fn both(growth: FeeGrowth) -> [U256; 2] {
    [growth.token0, growth.token1].map(to_theirs)
}

/// In two's complement.
pub fn signed(number: i128) -> U256 {
    let units = U256::from(number.unsigned_abs());
    if number < 0 {
        units.wrapping_neg()
    } else {
        units
    }
}

/// Two ticks, and what comes after them.
pub fn arguments(range: Range, amounts: &[u128]) -> Vec<U256> {
    let ticks = range.map(|tick| signed(tick.into())).into_iter();
    let amounts = amounts.iter().copied().map(U256::from);
    ticks.chain(amounts).collect()
}

/// Whether an amount, or its opposite, has more than 128 bits.
pub fn is_wide(amount: U256) -> bool {
    amount.min(amount.wrapping_neg()) > U256::from(u128::MAX)
}

/// The fees of a liquidity, floored; the largest number for more than that.
pub fn fees(each: U256, liquidity: u128) -> U256 {
    let liquidity = U256::from(liquidity);
    let [high, low] = [each >> 128, each & U256::from(u128::MAX)];
    (high * liquidity).saturating_add((low * liquidity) >> 128)
}
