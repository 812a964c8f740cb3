//! The laws of haircuts by what is known of an asset.

use std::cmp::Ordering;

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, Span, Wad, U256};
use tokenomics_haircut_collateral::{
    liquidity_haircut, Confidence, EarlyExit, LiquidityPosition, LiquidityRange, PriceAge,
    TimeToExit, Volatility,
};

use super::{fraction, times, Digits};

const SCALE: u64 = Fraction::SCALE;

fn more(from: u64, by: u64) -> Fraction {
    let raw = fraction(from).raw().saturating_add(by);
    Fraction::from_raw(raw.min(SCALE)).unwrap()
}

/// The ages of a price.
#[derive(Debug, Clone, Copy, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Age {
    pub(crate) fresh: u64,
    /// From fresh to stale.
    pub(crate) width: u64,
    pub(crate) age: u64,
}

impl Age {
    fn rule(self) -> PriceAge {
        let fresh = self.fresh.min(u64::MAX - 1);
        let stale = fresh.saturating_add(self.width.max(1));
        PriceAge::new(Span::new(fresh), Span::new(stale)).unwrap()
    }
}

/// An older price, or earlier bounds, never have a smaller haircut; it is the exact line, ceiled.
pub(crate) fn monotone_in_age(age: Age, by: Age) {
    let rule = age.rule();
    let cut = rule.haircut(Span::new(age.age));
    let older = age.age.saturating_add(by.age);
    assert!(cut <= rule.haircut(Span::new(older)));
    let (fresh, stale) = (rule.fresh().get(), rule.stale().get());
    let stricter = PriceAge::new(
        Span::new(fresh.saturating_sub(by.fresh)),
        Span::new(stale.saturating_sub(by.width).max(fresh + 1)),
    );
    assert!(cut <= stricter.unwrap().haircut(Span::new(age.age)));

    let (late, all) = (age.age.saturating_sub(fresh), stale - fresh);
    let raw = u128::from(cut.raw());
    let (exact, all) = (
        u128::from(late.min(all)) * u128::from(SCALE),
        u128::from(all),
    );
    assert!(raw * all >= exact && (raw == 0 || (raw - 1) * all < exact));
}

/// What a feed reports, all in 1e-18.
#[derive(Debug, Clone, Copy, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Report {
    pub(crate) price: u128,
    pub(crate) interval: u128,
    pub(crate) multiple: u128,
}

impl Report {
    fn rule(self) -> Confidence {
        Confidence::new(Wad::from_raw(self.multiple))
    }

    fn numbers(self) -> [Wad; 2] {
        [self.price, self.interval].map(Wad::from_raw)
    }

    fn cut(self) -> Fraction {
        let [price, interval] = self.numbers();
        self.rule().haircut(price, interval)
    }
}

/// A wider interval, more of them or a lower price never raise what is held, nor lower what is owed; each
/// is the exact number rounded against the borrower.
pub(crate) fn monotone_in_confidence(report: Report, by: Report) {
    let worse = Report {
        price: report.price.saturating_sub(by.price),
        interval: report.interval.saturating_add(by.interval),
        multiple: report.multiple.saturating_add(by.multiple),
    };
    assert!(report.cut() <= worse.cut());
    let held = |of: Report, price| of.rule().held_price(Wad::from_raw(price), of.numbers()[1]);
    let owed = |of: Report, price| of.rule().owed_price(Wad::from_raw(price), of.numbers()[1]);
    assert!(held(worse, report.price) <= held(report, report.price));
    assert!(held(report, worse.price) <= held(report, report.price));
    if let Ok(most) = owed(worse, report.price) {
        assert!(owed(report, report.price).unwrap() <= most);
    }
    of_a_report(report);
}

fn of_a_report(report: Report) {
    let scale = u128::from(SCALE);
    let Report {
        price,
        interval,
        multiple,
    } = report;
    let less = times(&[multiple, interval]);
    let [at, width] = report.numbers();
    let held = report.rule().held_price(at, width).raw();
    // price − held ≥ k·interval > price − held − 1, unless nothing is left.
    let cut = times(&[price - held, scale]);
    assert!(held == 0 || less.compare(&cut) != Ordering::Greater);
    if held < price {
        let nearer = times(&[price - held - 1, scale]);
        assert_eq!(nearer.compare(&less), Ordering::Less);
    }
    if let Ok(owed) = report.rule().owed_price(at, width) {
        let more = owed.raw() - price;
        assert_ne!(less.compare(&times(&[more, scale])), Ordering::Greater);
        assert!(more == 0 || times(&[more - 1, scale]).compare(&less) == Ordering::Less);
    }
    // The haircut is k·interval/price, ceiled, and the add-on the same.
    let part = u128::from(report.cut().raw());
    let exact = less.times(&Digits::of(scale));
    if part < scale {
        assert_ne!(
            exact.compare(&times(&[price, scale, part])),
            Ordering::Greater
        );
    }
    if price > 0 && part > 0 {
        assert_eq!(
            times(&[price, scale, part - 1]).compare(&exact),
            Ordering::Less
        );
    }
    match report.rule().add_on(at, width) {
        Ok(add_on) => assert_eq!(add_on, report.cut()),
        Err(_) => assert!(part == scale),
    }
}

/// What a haircut by volatility is made of.
#[derive(Debug, Clone, Copy, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Returns {
    /// In 1e-18.
    pub(crate) multiple: u128,
    pub(crate) period: u64,
    /// In 1e-18.
    pub(crate) floor: u64,
    /// In 1e-18.
    pub(crate) volatility: u128,
    pub(crate) horizon: u64,
}

impl Returns {
    fn cut(self) -> Fraction {
        let (multiple, period) = (Wad::from_raw(self.multiple), Span::new(self.period.max(1)));
        let rule = Volatility::new(multiple, period, fraction(self.floor)).unwrap();
        rule.haircut(Wad::from_raw(self.volatility), Span::new(self.horizon))
    }
}

/// More volatility, time, deviations or floor never give a smaller haircut, which is never below the
/// floor, nor below the real number.
pub(crate) fn monotone_in_volatility(returns: Returns, by: Returns) {
    let worse = Returns {
        multiple: returns.multiple.saturating_add(by.multiple),
        period: returns.period.max(1).saturating_sub(by.period).max(1),
        floor: more(returns.floor, by.floor).raw(),
        volatility: returns.volatility.saturating_add(by.volatility),
        horizon: returns.horizon.saturating_add(by.horizon),
    };
    let cut = returns.cut();
    assert!(cut <= worse.cut());
    assert!(cut >= fraction(returns.floor));
    // h²·period·1e36 ≥ (multiple·σ)²·horizon, and a little less isn't.
    let scale = u128::from(SCALE);
    let Returns {
        multiple,
        volatility,
        ..
    } = returns;
    let deviations = [multiple, multiple, volatility, volatility];
    let exact = times(&deviations).times(&Digits::of(returns.horizon.into()));
    let square = |cut: u128| times(&[cut, cut, returns.period.max(1).into(), scale, scale]);
    let raw = u128::from(cut.raw());
    if cut < Fraction::ONE {
        assert_ne!(exact.compare(&square(raw)), Ordering::Greater);
    }
    let product = Wad::from_raw(multiple).mul(Wad::from_raw(volatility), Rounding::Ceil);
    let slack = product.map_or(u128::MAX, |product| product.raw() / scale + 2);
    if cut > fraction(returns.floor) && slack < raw {
        assert_eq!(square(raw - slack).compare(&exact), Ordering::Less);
    }
}

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

/// What can't be sold for a while, and the way out.
#[derive(Debug, Clone, Copy, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Locked {
    /// In 1e-18.
    pub(crate) rate: u128,
    pub(crate) year: u64,
    pub(crate) left: u64,
    /// In 1e-18.
    pub(crate) penalty: u64,
    pub(crate) wait: u64,
}

impl Locked {
    fn rule(self) -> TimeToExit {
        TimeToExit::new(Wad::from_raw(self.rate), Span::new(self.year.max(1))).unwrap()
    }

    fn exit(self) -> EarlyExit {
        let (penalty, wait) = (fraction(self.penalty), Span::new(self.wait));
        EarlyExit { penalty, wait }
    }
}

/// A longer lock or wait, a higher rate or penalty, or a closed exit never give a smaller haircut; times
/// that follow each other discount as their sum.
pub(crate) fn monotone_in_time_to_exit(locked: Locked, by: Locked) {
    let worse = Locked {
        rate: locked.rate.saturating_add(by.rate),
        year: locked.year.max(1).saturating_sub(by.year).max(1),
        left: locked.left.saturating_add(by.left),
        penalty: more(locked.penalty, by.penalty).raw(),
        wait: locked.wait.saturating_add(by.wait),
    };
    let cut = |of: Locked, exit| of.rule().haircut(Span::new(of.left), exit);
    let (closed, open) = (cut(locked, None), cut(locked, Some(locked.exit())));
    assert!(open <= closed);
    assert!(closed <= cut(worse, None));
    assert!(open <= cut(worse, Some(worse.exit())));
    // No exit is free of its penalty, or of its wait.
    if open < closed {
        let wait = locked.rule().haircut(Span::new(locked.wait), None);
        let weights = [fraction(locked.penalty), wait].map(|cut| cut.complement().raw().into());
        let counted = u128::from(open.complement().raw()) * u128::from(SCALE);
        let [exit, wait]: [u128; 2] = weights;
        assert!(counted <= exit * wait);
    }

    if let Some(both) = locked.left.checked_add(locked.wait) {
        let rule = locked.rule();
        let [first, second, sum] =
            [locked.left, locked.wait, both].map(|time| rule.haircut(Span::new(time), None));
        let product = first.complement().mul(second.complement(), Rounding::Floor);
        let apart = sum.complement().raw().abs_diff(product.raw());
        assert!(apart <= 6, "{locked:?}");
    }
}
