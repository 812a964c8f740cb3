//! One step of a swap, at one liquidity.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::{mul_div, Amount, Rounding, U256};

use super::amounts::{amount0, amount1, price_after_amount0, price_after_amount1, reaches0};
use crate::{Error, Fee, Quantity, Sell};

/// The amount that a swap fixes.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::Exact;
///
/// assert_ne!(Exact::In(Amount::new(1)), Exact::Out(Amount::new(1)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
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
pub enum Exact {
    /// The amount to be handed in, the fee with it.
    In(Amount),
    /// The amount to be paid out.
    Out(Amount),
}

tokenomics_internals::borsh_variants! {
    [] Exact {
        0: In(amount),
        1: Out(amount),
    }
}

/// A step of a swap toward a price, within one liquidity.
///
/// ```
/// use tokenomics_fixed_math::{Amount, U256};
/// use tokenomics_liquidity_curves::{Exact, Fee, Sell, SwapStep};
///
/// let (one, ten) = (U256::from(1 << 96), U256::from(10 << 96));
/// let fee = Fee::new(600, 1_000_000)?;
/// let all = Exact::In(Amount::new(1_000_000));
/// let step = SwapStep::new(one, ten, 2_000_000, all, fee)?;
/// assert_eq!(step.amount_in, Amount::new(999_400));
/// assert_eq!(step.fee, Amount::new(600));
/// assert_eq!(step.amount_out, Amount::new(666_399));
/// assert!(SwapStep::new(U256::ZERO, ten, 2_000_000, all, fee).is_err());
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
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
pub struct SwapStep {
    /// The square root of the price after the step, in units of 2^−96.
    pub sqrt_price: U256,
    /// The amount of the token sold, without the fee.
    pub amount_in: Amount,
    /// The amount of the token bought.
    pub amount_out: Amount,
    /// The fee, in the token sold.
    pub fee: Amount,
}

impl SwapStep {
    /// Computes a step from one price toward another, as far as `exact` goes. Prices are square roots in
    /// units of 2^−96; Token0 is sold if the target isn't above.
    ///
    /// # Rounding
    /// What is paid out is floored; what is handed in and the fee are ceiled, and the price moves no
    /// further than they pay for. A sale that ends short of the target is taken whole: what the price
    /// doesn't move for is the fee's.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a price of 0; [`Error::Overflow`] for an amount of more than 128 bits.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, U256};
    /// use tokenomics_liquidity_curves::{Exact, Fee, SwapStep};
    ///
    /// // Half of the liquidity in Token0 takes the root of the price from 2 to 1.
    /// let (one, two) = (U256::from(1 << 96), U256::from(2 << 96));
    /// let step = |sold| SwapStep::new(two, one, 1_000, Exact::In(Amount::new(sold)), Fee::NONE);
    /// assert_eq!(step(600)?.sqrt_price, one);
    /// assert_eq!((step(600)?.amount_in, step(600)?.amount_out), (Amount::new(500), Amount::new(1_000)));
    /// assert!(SwapStep::new(U256::ZERO, one, 1_000, Exact::In(Amount::MAX), Fee::NONE).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    ///
    /// # Source
    /// Uniswap v3 core, SwapMath.sol, to the unit.
    #[doc(alias = "computeSwapStep")]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(
        current: U256,
        target: U256,
        liquidity: u128,
        exact: Exact,
        fee: Fee,
    ) -> Result<Self, Error> {
        step(&[current, target], &(liquidity, exact, fee))
    }
}

/// Computes the step, with what is asked behind references: on chain no call takes it by value.
#[cfg_attr(not(target_arch = "bpf"), inline(always))]
fn step(
    &[current, target]: &[U256; 2],
    &(liquidity, exact, fee): &(u128, Exact, Fee),
) -> Result<SwapStep, Error> {
    for price in [current, target] {
        if price.is_zero() {
            let (what, value, bound) = (Quantity::Price, 0, 1);
            return Err(Error::OutOfRange { what, value, bound });
        }
    }
    let sell = if current >= target {
        Sell::Token0
    } else {
        Sell::Token1
    };
    let along = Along { sell, liquidity };
    match exact {
        Exact::In(amount) => along.sale(current, target, amount.get(), fee),
        Exact::Out(amount) => along.purchase(current, target, amount.get(), fee),
    }
}

/// The curve of a liquidity, in one direction.
#[derive(Clone, Copy)]
struct Along {
    sell: Sell,
    liquidity: u128,
}

impl Along {
    fn sale(self, current: U256, target: U256, amount: u128, fee: Fee) -> Result<SwapStep, Error> {
        let [kept, whole] = [fee.kept(), fee.denominator()].map(u128::from);
        let left = mul_div(amount, kept, whole, Rounding::Floor)?;
        if self.pays_to(left, current, target)? {
            return self.reached(current, target, fee);
        }
        let next = match self.sell {
            Sell::Token0 => price_after_amount0(current, self.liquidity, left, true),
            Sell::Token1 => price_after_amount1(current, self.liquidity, left, true),
        }?;
        // Short of the target, as what is left is less than the real number that takes it there.
        let amount_in = self.amount_in(current, next)?.to_u128()?;
        Ok(SwapStep {
            sqrt_price: next,
            amount_in: Amount::new(amount_in),
            amount_out: Amount::new(self.amount_out(current, next)?.to_u128()?),
            fee: Amount::new(amount).checked_sub(Amount::new(amount_in))?,
        })
    }

    /// A sale that takes the price to the target.
    fn reached(self, current: U256, target: U256, fee: Fee) -> Result<SwapStep, Error> {
        let amount_in = self.amount_in(current, target)?.to_u128()?;
        Ok(SwapStep {
            sqrt_price: target,
            amount_in: Amount::new(amount_in),
            amount_out: Amount::new(self.amount_out(current, target)?.to_u128()?),
            fee: fee_on(amount_in, fee)?,
        })
    }

    fn purchase(
        self,
        current: U256,
        target: U256,
        amount: u128,
        fee: Fee,
    ) -> Result<SwapStep, Error> {
        let next = if self.buys_to(amount, current, target)? {
            target
        } else {
            self.price_after_purchase(current, amount)?
        };
        let amount_in = self.amount_in(current, next)?.to_u128()?;
        let out = self.amount_out(current, next)?;
        // The price is rounded on, so it may pay for a unit more than was asked for.
        let amount_out = out.min(amount.into()).to_u128()?;
        Ok(SwapStep {
            sqrt_price: next,
            amount_in: Amount::new(amount_in),
            amount_out: Amount::new(amount_out),
            fee: fee_on(amount_in, fee)?,
        })
    }

    fn price_after_purchase(self, current: U256, amount: u128) -> Result<U256, Error> {
        match self.sell {
            Sell::Token0 => price_after_amount1(current, self.liquidity, amount, false),
            Sell::Token1 => price_after_amount0(current, self.liquidity, amount, false),
        }
    }

    /// Returns whether an amount is enough to sell up to a price.
    fn pays_to(self, amount: u128, current: U256, target: U256) -> Result<bool, Error> {
        match self.sell {
            Sell::Token0 => reaches0(amount, target, current, self.liquidity, Rounding::Ceil),
            Sell::Token1 => Ok(U256::from(amount) >= self.amount_in(current, target)?),
        }
    }

    /// Returns whether an amount is at least what can be bought up to a price.
    fn buys_to(self, amount: u128, current: U256, target: U256) -> Result<bool, Error> {
        match self.sell {
            Sell::Token0 => Ok(U256::from(amount) >= self.amount_out(current, target)?),
            Sell::Token1 => reaches0(amount, current, target, self.liquidity, Rounding::Floor),
        }
    }

    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn amount_in(self, current: U256, next: U256) -> Result<U256, Error> {
        match self.sell {
            Sell::Token0 => amount0(next, current, self.liquidity, Rounding::Ceil),
            Sell::Token1 => amount1(current, next, self.liquidity, Rounding::Ceil),
        }
    }

    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn amount_out(self, current: U256, next: U256) -> Result<U256, Error> {
        match self.sell {
            Sell::Token0 => amount1(next, current, self.liquidity, Rounding::Floor),
            Sell::Token1 => amount0(current, next, self.liquidity, Rounding::Floor),
        }
    }
}

/// Computes the fee that is taken beside an amount.
fn fee_on(amount_in: u128, fee: Fee) -> Result<Amount, Error> {
    let [part, kept] = [fee.numerator(), fee.kept()].map(u128::from);
    let fee = mul_div(amount_in, part, kept, Rounding::Ceil)?;
    Ok(Amount::new(fee))
}
