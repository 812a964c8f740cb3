//! The laws of haircuts by what is known of an asset.

use std::cmp::Ordering;

use tokenomics_fixed_math::{Fraction, Rounding, Span, Wad};
use tokenomics_haircut_collateral::{
    Confidence, EarlyExit, Haircut, PriceAge, TimeToExit, Volatility,
};

use super::{fraction, more, times, Digits};

const SCALE: u64 = Fraction::SCALE;

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
    fn rule(self) -> Volatility {
        let (multiple, period) = (Wad::from_raw(self.multiple), Span::new(self.period.max(1)));
        Volatility::new(multiple, period, fraction(self.floor)).unwrap()
    }

    fn cut(self) -> Fraction {
        self.rule()
            .haircut(Wad::from_raw(self.volatility), Span::new(self.horizon))
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

/// A rule over one horizon, and one beside one exit, cut as the rule itself; with an exit that is the smaller
/// of both ways, each discounted.
pub(crate) fn prepared_is_the_same(returns: Returns, locked: Locked) {
    let (horizon, volatility) = (
        Span::new(returns.horizon),
        Wad::from_raw(returns.volatility),
    );
    assert_eq!(
        returns.rule().over(horizon).haircut(volatility),
        returns.cut()
    );
    let (rule, exit, left) = (locked.rule(), locked.exit(), Span::new(locked.left));
    let wait = rule.haircut(exit.wait, None);
    let early = Haircut::uniform(exit.penalty).and(Haircut::uniform(wait));
    let late = Haircut::uniform(rule.haircut(left, None));
    let open = rule.haircut(left, Some(exit));
    assert_eq!(Haircut::uniform(open), early.or_better(late));
    assert_eq!(rule.with_early_exit(exit).haircut(left), open);
}
