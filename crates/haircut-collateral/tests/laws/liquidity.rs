//! The laws of haircuts of liquidity.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, Wad, U256};
use tokenomics_haircut_collateral::{liquidity_haircut, LiquidityPosition, LiquidityRange};

use super::{fraction, more};

const SCALE: u64 = Fraction::SCALE;

/// Liquidity over a range, at a price.
#[derive(Debug, Clone, Copy, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Liquidity {
    pub(crate) lower: [u128; 2],
    pub(crate) upper: Option<[u128; 2]>,
    pub(crate) price: [u128; 2],
    /// In 1e-18.
    pub(crate) fall: u64,
    /// In 1e-18.
    pub(crate) variance: u128,
}

impl Liquidity {
    fn range(self) -> LiquidityRange {
        let ratio = |[numerator, denominator]: [u128; 2]| {
            Ratio::new(numerator, denominator.max(1)).unwrap()
        };
        let (lower, upper) = (ratio(self.lower), self.upper.map(ratio));
        match upper {
            Some(upper) if upper < lower => LiquidityRange::new(upper, Some(lower)).unwrap(),
            Some(upper) if upper == lower => LiquidityRange::new(lower, None).unwrap(),
            _ => LiquidityRange::new(lower, upper).unwrap(),
        }
    }

    fn price(self) -> Ratio {
        Ratio::new(self.price[0], self.price[1].max(1)).unwrap()
    }

    fn cut(self) -> Fraction {
        let variance = Wad::from_raw(self.variance);
        self.range()
            .haircut(self.price(), fraction(self.fall), variance)
    }
}

/// A larger fall or variance never gives a smaller haircut, which is at least the loss versus
/// rebalancing, and without variance at least the fall of a price of a constant product.
pub(crate) fn monotone_in_stress(liquidity: Liquidity, by: Liquidity) {
    let cut = liquidity.cut();
    let worse = Liquidity {
        fall: more(liquidity.fall, by.fall).raw(),
        variance: liquidity.variance.saturating_add(by.variance),
        ..liquidity
    };
    assert!(cut <= worse.cut(), "{liquidity:?} {worse:?}");
    // By so little that the price's root is the same, or a unit lower.
    for bits in [8, 16, 32] {
        let little = |number: u64| number % (1 << bits);
        let worse = Liquidity {
            fall: more(liquidity.fall, little(by.fall)).raw(),
            ..liquidity
        };
        assert!(cut <= worse.cut(), "{liquidity:?} {worse:?}");
    }
    let variance = Wad::from_raw(liquidity.variance);
    let loss = liquidity
        .range()
        .loss_versus_rebalancing(liquidity.price(), variance);
    assert!(cut >= loss);

    // (1 − h)² ≤ 1 − fall of a constant product.
    let pool = LiquidityRange::FULL;
    let fall = fraction(liquidity.fall);
    let cut = pool.haircut(liquidity.price(), fall, Wad::ZERO);
    let (kept, scale) = (u128::from(cut.complement().raw()), u128::from(SCALE));
    assert!(kept * kept <= u128::from(fall.complement().raw()) * scale);
}

/// Liquidity of a constant product, as a position in whole units.
struct Pool {
    liquidity: u64,
}

impl LiquidityPosition for Pool {
    fn value_at(&self, price: Ratio) -> Option<Amount> {
        // √(4·L²·p).
        let square = U256::product(self.liquidity.into(), self.liquidity.into());
        let square = square.checked_mul(4).ok()?;
        let (numerator, denominator) = (price.numerator(), price.denominator());
        let square = square.mul_div(numerator.into(), denominator.into(), Rounding::Floor);
        square
            .ok()?
            .isqrt(Rounding::Floor)
            .to_u128()
            .ok()
            .map(Amount::new)
    }

    fn loss_versus_rebalancing_at(&self, price: Ratio, variance: Wad) -> Option<Amount> {
        let above = self.value_at(price)?.get().checked_add(1)?;
        let loss = Amount::new(above).mul_div(variance.raw(), 8 * Wad::SCALE, Rounding::Ceil);
        loss.ok()
    }
}

/// A larger fall or variance never gives liquidity in whole units a smaller haircut, nor one below that of
/// the real numbers.
pub(crate) fn monotone_in_stress_of_a_position(liquidity: u64, of: Liquidity, by: Liquidity) {
    let pool = Pool { liquidity };
    let cut = |fall: u64, variance: u128| {
        let variance = Wad::from_raw(variance);
        liquidity_haircut(&pool, of.price(), fraction(fall), variance)
    };
    let better = cut(of.fall, of.variance);
    let worse = cut(
        more(of.fall, by.fall).raw(),
        of.variance.saturating_add(by.variance),
    );
    assert!(better <= worse, "{liquidity} {of:?} {by:?}");
    // (1 − h)² ≤ 1 − fall, which no loss covers for.
    let still = cut(of.fall, 0);
    let (kept, scale) = (u128::from(still.complement().raw()), u128::from(SCALE));
    assert!(kept * kept <= u128::from(fraction(of.fall).complement().raw()) * scale);
    // Where there is enough of it the parts of a unit are few.
    let price = Ratio::new(
        u128::from(liquidity).max(1),
        u128::from(liquidity / 2).max(1),
    )
    .unwrap();
    let deep = Pool {
        liquidity: liquidity | 1 << 63,
    };
    let variance = Wad::from_raw(of.variance);
    let exact = LiquidityRange::FULL.haircut(price, fraction(of.fall), variance);
    let found = liquidity_haircut(&deep, price, fraction(of.fall), variance);
    assert!(
        found.raw().abs_diff(exact.raw()) <= 10,
        "{liquidity} {of:?}"
    );
}

/// Prices so small that their roots have few digits never make a smaller haircut than the same prices with
/// all digits, up to what those leave.
pub(crate) fn against_the_borrower_of_liquidity(prices: [u16; 3], fall: u64, variance: u64) {
    let [lower, upper, price] = prices.map(|price| u128::from(price % 1_024) + 1);
    let at = |denominator| Liquidity {
        lower: [lower, denominator],
        upper: Some([upper, denominator]),
        price: [price, denominator],
        fall,
        variance: variance.into(),
    };
    let (exact, small) = (at(1).cut().raw(), at(1 << 100).cut().raw());
    assert!(
        small.saturating_add(1_000) >= exact,
        "{prices:?} {fall} {variance}"
    );
    let loss = |of: Liquidity| {
        let variance = Wad::from_raw(of.variance);
        of.range().loss_versus_rebalancing(of.price(), variance)
    };
    let (exact, small) = (loss(at(1)).raw(), loss(at(1 << 100)).raw());
    assert!(
        small.saturating_add(1_000) >= exact,
        "{prices:?} {variance}"
    );
}
