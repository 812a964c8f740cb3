//! The boost of a share of liquidity by escrow weight.

use tokenomics_fixed_math::{Amount, Fraction, Rounding, U256};

/// A boost of liquidity by escrow weight: what counts is min(l, b·l + (1 − b)·L·w/W) for a holder of l
/// of L units of liquidity and of the weight w of W, where b is what counts of liquidity alone.
///
/// l and L are in base units; w and W in any unit, the undivided one of a
/// [`Lock`](crate::Lock::weight_at) as a rule, so that nothing is rounded before. It is a function of
/// the four and keeps nothing: a host that keeps what counted when it last asked, as the source does,
/// counts it until it asks again.
///
/// # Rounding
/// Floor, once, of the exact value: what counts is never more than it should.
///
/// # Laws
/// `boost_bounded`: at least ⌊b·l⌋, at most l, and monotone in l, L and w. `no_gain_by_splitting`: the
/// parts of a holder who splits liquidity and weight over several names count at most what the whole
/// does. (min and the line are both homogeneous and concave, so the value is superadditive, and so is
/// its floor.)
///
/// ```
/// use tokenomics_escrow_weighting::Boost;
/// use tokenomics_fixed_math::{fraction, Amount, U256};
///
/// let boost = Boost::new(fraction!("0.4"));
/// let of = |weight: u128| {
///     let (mine, all) = (Amount::new(1_000), Amount::new(10_000));
///     boost.of(mine, all, U256::from(weight), U256::from(500))
/// };
/// assert_eq!(of(0), Amount::new(400)); // two fifths without a lock
/// assert_eq!(of(25), Amount::new(700)); // 400 and six tenths of a twentieth of 10,000
/// assert_eq!(of(50), Amount::new(1_000)); // all of it with a tenth of the weight
/// assert_eq!(of(500), Amount::new(1_000)); // and never more
/// ```
///
/// # Source
/// Curve's LiquidityGauge (2020), with b = 0.4. There each product is floored, the weights too, and
/// what counts stays as it was until somebody calls `user_checkpoint` or `kick`.
#[cfg_attr(doc, doc(alias("working_balance", "TOKENLESS_PRODUCTION")))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
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
pub struct Boost {
    base: Fraction,
}

impl Boost {
    /// Creates the boost in which `base` of liquidity counts without any weight.
    #[must_use]
    pub const fn new(base: Fraction) -> Self {
        Self { base }
    }

    /// Returns what counts of liquidity without any weight.
    #[must_use]
    pub const fn base(&self) -> Fraction {
        self.base
    }

    /// Returns what counts, in base units, of `liquidity` out of `all_liquidity` for a holder of
    /// `weight` out of `all_weight`. Where nobody has any weight, it is the base alone.
    ///
    /// # Rounding
    /// Floor, once.
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn of(
        &self,
        liquidity: Amount,
        all_liquidity: Amount,
        weight: U256,
        all_weight: U256,
    ) -> Amount {
        let base = U256::product(liquidity.get(), self.base.raw().into());
        let rest = self.base.complement().raw().into();
        let rest = U256::product(all_liquidity.get(), rest);
        let boost = if all_weight.is_zero() {
            Ok(U256::ZERO)
        } else {
            rest.mul_div(weight, all_weight, Rounding::Floor)
        };
        // Both are in 10^−18 of a unit. The floor of the quotient of a floor is that of the quotient.
        let scale = Fraction::SCALE.into();
        let counted = boost.and_then(|boost| {
            let sum = base.checked_add(boost)?;
            sum.checked_div(scale, Rounding::Floor)?.to_u128()
        });
        // What has too many bits is more than any liquidity.
        counted.map_or(liquidity, |counted| Amount::new(counted).min(liquidity))
    }
}
