//! Fees per unit of liquidity, as counters that go round.

use tokenomics_fixed_math::{Amount, Rounding, U256};

use crate::{Error, Sell};

/// Fees per unit of liquidity that have been gathered in both tokens, in units of 2^−128.
///
/// Counters of 256 bits that begin again at 0 above the largest: only differences mean something, and
/// they are taken around the end too.
///
/// ```
/// use tokenomics_fixed_math::{Amount, U256};
/// use tokenomics_liquidity_curves::FeeGrowth;
///
/// let before = FeeGrowth { token0: U256::MAX, token1: U256::ZERO };
/// let after = FeeGrowth { token0: U256::ONE, token1: U256::new(3, 0) };
/// assert_eq!(after.since(before).token0, U256::from(2));
/// ```
#[cfg_attr(doc, doc(alias = "feeGrowthGlobal0X128"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct FeeGrowth {
    /// The fees in Token0.
    pub token0: U256,
    /// The fees in Token1.
    pub token1: U256,
}

impl FeeGrowth {
    /// Returns what was gathered since an earlier state, around the end of the counters too.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self {
            token0: wrapping_sub(self.token0, earlier.token0),
            token1: wrapping_sub(self.token1, earlier.token1),
        }
    }

    /// Adds a fee in the token sold to what a liquidity has gathered, floored. Without liquidity there is
    /// nobody to gather it, and there is no fee.
    pub(super) fn gather(&mut self, sell: Sell, fee: Amount, liquidity: u128) -> Result<(), Error> {
        if liquidity == 0 {
            return Ok(());
        }
        let each = U256::new(fee.get(), 0).checked_div(liquidity, Rounding::Floor)?;
        match sell {
            Sell::Token0 => self.token0 = wrapping_add(self.token0, each),
            Sell::Token1 => self.token1 = wrapping_add(self.token1, each),
        }
        Ok(())
    }

    /// Returns the share of a liquidity in both tokens, floored.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn of(self, liquidity: u128) -> Result<[Amount; 2], Error> {
        let token0 = share(self.token0, liquidity)?;
        Ok([token0, share(self.token1, liquidity)?])
    }
}

#[cfg_attr(target_arch = "bpf", inline(always))]
fn share(each: U256, liquidity: u128) -> Result<Amount, Error> {
    let unit = U256::new(1, 0);
    let share = each.mul_div(liquidity.into(), unit, Rounding::Floor)?;
    Ok(Amount::new(share.to_u128()?))
}

fn wrapping_add(a: U256, b: U256) -> U256 {
    let (low, carry) = a.low().overflowing_add(b.low());
    let high = a.high().wrapping_add(b.high()).wrapping_add(carry.into());
    U256::new(high, low)
}

fn wrapping_sub(a: U256, b: U256) -> U256 {
    let (low, borrow) = a.low().overflowing_sub(b.low());
    let high = a.high().wrapping_sub(b.high());
    U256::new(high.wrapping_sub(borrow.into()), low)
}
