//! Ticks, and the square roots of prices at them.

use core::fmt;

use tokenomics_fixed_math::U256;

use super::SqrtPrice;
use crate::Error;

/// A tick: the price at tick i is 1.0001^i, in base units of Token1 for one of Token0.
///
/// ```
/// use tokenomics_liquidity_curves::{Error, SqrtPrice, Tick};
///
/// let tick = Tick::new(50)?;
/// let price = tick.sqrt_price();
/// assert_eq!(price.to_string(), "79426470787362580746886972461");
/// assert_eq!(price.tick(), tick);
/// assert_eq!(Tick::new(887_273), Err(Error::Tick { value: 887_273, bound: 887_272 }));
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Tick(i32);

impl Tick {
    /// The least tick, at a price of about 2^−128.
    pub const MIN: Self = Self(-887_272);
    /// The tick at a price of 1.
    pub const ZERO: Self = Self(0);
    /// The largest tick, at a price of about 2^128.
    pub const MAX: Self = Self(887_272);

    /// Creates a tick.
    ///
    /// # Errors
    /// [`Error::Tick`] outside of [`Tick::MIN`] to [`Tick::MAX`].
    ///
    /// ```
    /// use tokenomics_liquidity_curves::Tick;
    ///
    /// assert_eq!(Tick::new(-60)?.get(), -60);
    /// assert!(Tick::new(-887_273).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub const fn new(tick: i32) -> Result<Self, Error> {
        let bound = if tick < Self::MIN.0 {
            Self::MIN.0
        } else if tick > Self::MAX.0 {
            Self::MAX.0
        } else {
            return Ok(Self(tick));
        };
        Err(Error::Tick { value: tick, bound })
    }

    /// Creates the tick nearest to an integer.
    pub(crate) fn nearest(tick: i32) -> Self {
        Self(tick.clamp(Self::MIN.0, Self::MAX.0))
    }

    /// Returns the integer.
    #[must_use]
    pub const fn get(self) -> i32 {
        self.0
    }

    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    const fn index(&self) -> i32 {
        self.0
    }

    /// Computes the square root of the price at the tick, as the contract does.
    ///
    /// # Rounding
    /// Each of up to 20 products is floored at 2^−128, and what they come to is ceiled at 2^−96.
    ///
    /// # Source
    /// Uniswap v3 core, TickMath.sol, whose integers the 20 factors are.
    #[doc(alias = "getSqrtRatioAtTick")]
    #[must_use]
    pub fn sqrt_price(self) -> SqrtPrice {
        let ratio = self.inverse_ratio();
        let ratio = match ratio {
            None => U256::new(1, 0),
            Some(ratio) if self.0 > 0 => reciprocal(ratio),
            Some(ratio) => ratio.into(),
        };
        let root = ratio.shr_floor(32);
        let is_cut = ratio.low() & u128::from(u32::MAX) != 0;
        // Below 2^160, so nothing is carried out.
        let low = root.low().wrapping_add(is_cut.into());
        let carry = u128::from(low < root.low());
        SqrtPrice::of_tick(U256::new(root.high().wrapping_add(carry), low))
    }

    /// Returns 1.0001^(−|tick|/2) in units of 2^−128; `None` for 1, which has one bit more.
    ///
    /// From one bit that is set to the next, and no question at the others, which a processor would answer
    /// wrong every other time.
    fn inverse_ratio(self) -> Option<u128> {
        let mut bits = self.0.unsigned_abs();
        let mut ratio = take_factor(&mut bits)?;
        while let Some(factor) = take_factor(&mut bits) {
            ratio = U256::product(ratio, factor).high();
        }
        Some(ratio)
    }
}

/// Returns the factor of the lowest bit that is set, and clears it.
#[inline]
fn take_factor(bits: &mut u32) -> Option<u128> {
    let factor = FACTORS.get(usize::try_from(bits.trailing_zeros()).ok()?);
    *bits &= bits.wrapping_sub(1);
    factor.copied()
}

/// Computes (2^256 − 1) / ratio, floored. A ratio is never 0: the least, of the largest tick, is about
/// 2^64.
fn reciprocal(ratio: u128) -> U256 {
    U256::MAX
        .div_rem(ratio)
        .map_or(U256::ZERO, |(quotient, _)| quotient)
}

tokenomics_internals::checked_codec! {
    Tick::new as RawTick {
        index: i32 = Tick::index,
    }
}

impl fmt::Display for Tick {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// 1.0001^(−2^i/2) in units of 2^−128, to the nearest.
const FACTORS: [u128; 20] = [
    0xfffc_b933_bd6f_ad37_aa2d_162d_1a59_4001,
    0xfff9_7272_373d_4132_59a4_6990_580e_213a,
    0xfff2_e50f_5f65_6932_ef12_357c_f3c7_fdcc,
    0xffe5_caca_7e10_e4e6_1c36_24ea_a094_1cd0,
    0xffcb_9843_d60f_6159_c9db_5883_5c92_6644,
    0xff97_3b41_fa98_c081_472e_6896_dfb2_54c0,
    0xff2e_a164_66c9_6a38_43ec_78b3_26b5_2861,
    0xfe5d_ee04_6a99_a2a8_11c4_61f1_969c_3053,
    0xfcbe_86c7_900a_88ae_dcff_c83b_479a_a3a4,
    0xf987_a725_3ac4_1317_6f2b_074c_f781_5e54,
    0xf339_2b08_22b7_0005_940c_7a39_8e4b_70f3,
    0xe715_9475_a2c2_9b74_43b2_9c7f_a6e8_89d9,
    0xd097_f3bd_fd20_22b8_845a_d8f7_92aa_5825,
    0xa9f7_4646_2d87_0fdf_8a65_dc1f_90e0_61e5,
    0x70d8_69a1_56d2_a1b8_90bb_3df6_2baf_32f7,
    0x31be_135f_97d0_8fd9_8123_1505_542f_cfa6,
    0x09aa_508b_5b7a_84e1_c677_de54_f3e9_9bc9,
    0x005d_6af8_dedb_8119_6699_c329_225e_e604,
    0x0000_2216_e584_f5fa_1ea9_2604_1bed_fe98,
    0x0000_0000_048a_1703_91f7_dc42_444e_8fa2,
];

#[cfg(test)]
mod tests {
    use super::*;
    use tokenomics_fixed_math::Rounding;

    /// √1.0001^−1 is the root of 2^256/1.0001; each next factor is the square of the one before.
    #[test]
    fn the_factors_are_powers_of_the_root_of_1_0001() {
        let square = U256::MAX
            .mul_div(10_000.into(), 10_001.into(), Rounding::Floor)
            .unwrap();
        let root = square.isqrt(Rounding::HalfEven).to_u128().unwrap();
        assert_eq!(root, FACTORS[0]);
        // A factor is off by half a unit, so its square is by one, and a half more.
        for pair in FACTORS.windows(2) {
            let square = U256::product(pair[0], pair[0]).high();
            assert!(square.abs_diff(pair[1]) <= 2);
        }
    }

    #[test]
    fn the_ends_are_those_of_the_contract() {
        for (tick, units) in [
            (-887_272, "4295128739"),
            (-50, "79030349367926598376800521322"),
            (0, "79228162514264337593543950336"),
            (50, "79426470787362580746886972461"),
            (887_272, "1461446703485210103287273052203988822378723970342"),
        ] {
            let price = Tick::new(tick).unwrap().sqrt_price();
            assert_eq!(price.units(), units.parse().unwrap());
        }
    }
}
