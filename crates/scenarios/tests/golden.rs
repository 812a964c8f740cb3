//! Small paths whose every figure is worked by hand, and the crashes that are known by name.

use tokenomics_design::{CollateralPlan, Design, Overrides};
use tokenomics_fixed_math::{
    fraction, wad, Amount, Decimals, Fraction, Ratio, Span, Timestamp, Wad,
};
use tokenomics_haircut_collateral::Haircut;
use tokenomics_scenarios::backtest::{
    backtest, crash, default_terms, depth, judge, listed, seen, Backtest, Case, JudgeError, Judged,
    Liquidators, Listed, Market, Options, Point, PricePath, Rule, RuleFigures, Sale, Setting,
    CRASHES,
};

const HOUR: u64 = 3_600;

/// A path of whole prices, one an hour.
fn hourly(prices: &[u128]) -> PricePath {
    let points = (0..).zip(prices).map(|(hour, price)| Point {
        at: Timestamp::new(hour * HOUR),
        price: Wad::from_integer(*price).unwrap(),
    });
    PricePath::new(points.collect(), 0).unwrap()
}

fn none() -> Decimals {
    Decimals::new(0).unwrap()
}

/// 1,000 held at 27% to open and 25% to stay open; 100,000 can be sold at 1%: X = 9,900,000.
fn walked(path: &PricePath, late: Span) -> Backtest {
    let seen = seen(path, none(), none(), &[]).unwrap();
    let haircut = Haircut::new(fraction!("0.27"), fraction!("0.25")).unwrap();
    let market = depth(Amount::new(100_000), fraction!("0.01")).unwrap();
    let setting = Setting {
        total: Amount::new(1_000),
        liquidators: Liquidators {
            terms: default_terms().unwrap(),
            late,
            market: Market::new(market, Span::from_days(1)).unwrap(),
        },
        listed: None,
    };
    backtest(path, &seen, &vec![haircut; seen.len()], &setting).unwrap()
}

#[test]
fn a_liquidation_by_hand() {
    // Opened at 100: 73,000 borrowed. At 97 the credit is 72,750: seen, and acted on an hour later, at 96,
    // where it is 72,000. To a health of 1.05: (1.05 · 73,000 − 72,000) / (1.05 − 1.05 · 0.75) = 4,650 / 0.2625
    // = 17,714.29, so 17,715 for ⌊17,715 · 1.05 / 96⌋ = 193, which sell for
    // 96 · 193 · 9,900,000 / 9,900,193 = 18,527.6.
    let path = hourly(&[100, 97, 96, 110]);
    let design = &walked(&path, Span::from_hours(1)).rules[0];
    let at_top = &design.at_top;
    // The top is the highest before the lowest, not the 110 after it.
    assert_eq!((at_top.row, at_top.borrowed), (0, Amount::new(73_000)));
    let sale = Sale {
        row: 2,
        seized: Amount::new(193),
        repaid: Amount::new(17_715),
        proceeds: Amount::new(18_527),
        written_off: Amount::ZERO,
    };
    assert_eq!(at_top.sales, [sale]);
    assert_eq!(
        (at_top.left, at_top.open),
        (Amount::new(807), Amount::new(55_285))
    );
    assert_eq!(at_top.bad_debt(), Amount::ZERO);
    assert_eq!(design.mean_credit, fraction!("0.73"));
}

#[test]
fn what_recovers_before_they_come_is_left_alone() {
    let path = hourly(&[100, 97, 98, 99]);
    assert!(walked(&path, Span::from_hours(1)).rules[0]
        .at_top
        .sales
        .is_empty());
    // At once, they act at 97: (76,650 − 72,750) / 0.2625 = 14,857.1, for ⌊14,858 · 1.05 / 97⌋ = 160.
    let at_once = &walked(&path, Span::ZERO).rules[0].at_top;
    assert_eq!(
        (at_once.sales[0].row, at_once.sales[0].seized),
        (1, Amount::new(160))
    );
    assert_eq!(at_once.sales[0].repaid, Amount::new(14_858));
    // Two hours late, they are the first to see it at 97 and find 99.
    assert!(walked(&path, Span::from_hours(2)).rules[0]
        .at_top
        .sales
        .is_empty());
}

#[test]
fn bad_debt_by_hand() {
    // At 60, an hour after 90 was seen, 1,000 sell for 60,000 · 9,900,000 / 9,901,000 = 59,993.9: of 73,000,
    // 13,007 stay, 17.82% ceiled.
    let path = hourly(&[100, 90, 60, 50]);
    let design = &walked(&path, Span::from_hours(1)).rules[0];
    let at_top = &design.at_top;
    assert_eq!(
        (at_top.repaid, at_top.written_off),
        (Amount::new(59_993), Amount::new(13_007))
    );
    assert_eq!(
        (at_top.seized, at_top.open),
        (Amount::new(1_000), Amount::ZERO)
    );
    assert_eq!(design.bad_debt(at_top), fraction!("0.178178082191780822"));
    // Opened at 90: 65,700, seen at 60, and sold at 50: 49,994.9. The share is the largest of the openings.
    assert_eq!(design.worst.row, 1);
    assert_eq!(design.worst.bad_debt(), Amount::new(15_706));
}

#[test]
fn of_equals_the_first_is_told() {
    // Both openings at 100 leave 23,006 of 73,000: seen at 60, sold at 50.
    let design = &walked(&hourly(&[100, 100, 60, 50]), Span::from_hours(1)).rules[0];
    assert_eq!(design.bad_debts[0], design.bad_debts[1]);
    assert_eq!(
        (design.worst.row, design.worst.bad_debt()),
        (0, Amount::new(23_006))
    );
    let flat = hourly(&[100, 50, 100, 50]);
    assert_eq!(
        (flat.worst_day().from, flat.top(), flat.lowest()),
        (0, 0, 1)
    );
    let repeated = Point {
        at: Timestamp::new(7),
        price: wad!("1"),
    };
    assert!(PricePath::new(vec![repeated; 2], 0).is_none());
}

#[test]
fn a_static_rule_is_liquidated_by_its_own_bonus() {
    // As by hand above, for 10% instead of 5%: 73,000 at 96, (76,650 − 72,000) / (1.05 − 1.1 · 0.75) = 20,666.7, so
    // 20,667 for ⌊20,667 · 1.1 / 96⌋ = 236.
    let path = hourly(&[100, 97, 96, 110]);
    let seen = seen(&path, none(), none(), &[]).unwrap();
    let haircut = Haircut::new(fraction!("0.27"), fraction!("0.25")).unwrap();
    let market = depth(Amount::new(100_000), fraction!("0.01")).unwrap();
    let setting = Setting {
        total: Amount::new(1_000),
        liquidators: Liquidators {
            terms: default_terms().unwrap(),
            late: Span::from_hours(1),
            market: Market::new(market, Span::from_days(1)).unwrap(),
        },
        listed: Some(Listed {
            symbol: None,
            haircut,
            bonus: Some(fraction!("0.1")),
        }),
    };
    let walked = backtest(&path, &seen, &[Haircut::FULL; 4], &setting).unwrap();
    let sale = walked.rules[2].at_top.sales[0];
    assert_eq!(
        (sale.repaid, sale.seized),
        (Amount::new(20_667), Amount::new(236))
    );
}

#[test]
fn every_sighting_is_acted_on() {
    // Rows every half an hour, an hour late, a market that takes 5 at a time: seen at rows 1, 2 and 3, and acted on at
    // 3, 4 and 5.
    let points = (0..6).map(|row| Point {
        at: Timestamp::new(row * HOUR / 2),
        price: if row == 0 { wad!("100") } else { wad!("97") },
    });
    let path = PricePath::new(points.collect(), 0).unwrap();
    let seen = seen(&path, none(), none(), &[]).unwrap();
    let haircut = Haircut::new(fraction!("0.27"), fraction!("0.25")).unwrap();
    let market = Market::new(
        depth(Amount::new(100), fraction!("0.5")).unwrap(),
        Span::ZERO,
    )
    .unwrap();
    let setting = Setting {
        total: Amount::new(1_000),
        liquidators: Liquidators {
            terms: default_terms().unwrap(),
            late: Span::from_hours(1),
            market,
        },
        listed: None,
    };
    let walked = backtest(&path, &seen, &[haircut; 6], &setting).unwrap();
    let rows: Vec<_> = walked.rules[0]
        .at_top
        .sales
        .iter()
        .map(|sale| sale.row)
        .collect();
    assert_eq!(rows, [3, 4, 5]);
}

#[test]
fn what_is_open_at_the_end_counts_at_what_its_sale_would_pay() {
    // Nobody has come yet: 1,000 at 60 would bring 59,993 of 73,000.
    let design = &walked(&hourly(&[100, 60]), Span::from_hours(1)).rules[0];
    assert_eq!(
        (design.at_top.open, design.at_top.shortfall),
        (Amount::new(73_000), Amount::new(13_007))
    );
    assert!(design.at_top.sales.is_empty());
}

#[test]
fn rules_stand_beside_each_other() {
    let path = hourly(&[100, 90, 60, 50]);
    let walked = walked(&path, Span::from_hours(1));
    let rules: Vec<_> = walked.rules.iter().map(|rule| rule.rule.clone()).collect();
    assert_eq!(rules, [Rule::Design, Rule::NoHaircut, Rule::NoCredit]);
    // 100,000 borrowed; 60 pays 59,993.
    assert_eq!(walked.rules[1].at_top.written_off, Amount::new(40_007));
    // The fall of the 24 hours after the top is 50%, and passes 27% by 23%.
    assert_eq!(walked.after_top.loss, fraction!("0.5"));
    assert_eq!(
        walked.rules[0].uncovered(walked.after_top),
        fraction!("0.23")
    );
    assert_eq!(
        walked.rules[1].uncovered(walked.after_top),
        fraction!("0.5")
    );
    assert_eq!(walked.rules[2].uncovered(walked.after_top), Fraction::ZERO);
}

#[test]
fn liquidators_do_no_more_than_what_pays() {
    // X = 100 · 0.5 / 0.5 = 100. At 97 the target takes 14,858 for 160, 92.9 a unit: 4 cost ⌈4 · 14,858 / 160⌉ = 372 and
    // sell for 97 · 4 · 100 / 104 = 373, 5 cost 465 and would sell for 461.
    let path = hourly(&[100, 97, 96]);
    let seen = seen(&path, none(), none(), &[]).unwrap();
    let haircut = Haircut::new(fraction!("0.27"), fraction!("0.25")).unwrap();
    let market = Market::new(
        depth(Amount::new(100), fraction!("0.5")).unwrap(),
        Span::ZERO,
    )
    .unwrap();
    let setting = Setting {
        total: Amount::new(1_000),
        liquidators: Liquidators {
            terms: default_terms().unwrap(),
            late: Span::ZERO,
            market,
        },
        listed: None,
    };
    let walked = backtest(&path, &seen, &[haircut; 3], &setting).unwrap();
    let sales = &walked.rules[0].at_top.sales;
    let first = Sale {
        row: 1,
        seized: Amount::new(4),
        repaid: Amount::new(372),
        proceeds: Amount::new(373),
        written_off: Amount::ZERO,
    };
    assert_eq!(sales[0], first);
    for sale in sales {
        assert!(
            sale.proceeds >= sale.repaid && sale.seized <= Amount::new(5),
            "{sale:?}"
        );
    }
}

#[test]
fn a_market_by_hand() {
    // 1,000 at 10%: X = 9,000. 1,000 at a price of 2 pay 2 · 1,000 · 9/10 = 1,800.
    let (at, price) = (Timestamp::new(0), Ratio::from_integer(2));
    let budget = depth(Amount::new(1_000), fraction!("0.1")).unwrap();
    let mut market = Market::new(budget, Span::new(100)).unwrap();
    assert_eq!(market.reserve(), Amount::new(9_000));
    assert_eq!(
        market.sell(at, price, Amount::new(1_000)),
        Ok(Amount::new(1_800))
    );
    // Then, at once: 2 · 9,000² · 1,000 / (10,000 · 11,000) = 1,472.7.
    assert_eq!(
        market.proceeds(at, price, Amount::new(1_000)),
        Ok(Amount::new(1_472))
    );
    // A quarter of the time later three quarters are left, at the end nothing.
    for (later, displaced) in [(25, 750), (99, 10), (100, 0), (1_000, 0)] {
        assert_eq!(
            market.displaced(Timestamp::new(later)),
            Ok(Amount::new(displaced))
        );
    }
    assert_eq!(
        market.proceeds(Timestamp::new(100), price, Amount::new(1_000)),
        Ok(Amount::new(1_800))
    );
    // Two parts, one after the other, pay no more than both at once.
    let mut parts = Market::new(budget, Span::new(100)).unwrap();
    let halves = [500, 500].map(|half| parts.sell(at, price, Amount::new(half)).unwrap().get());
    assert_eq!(halves.iter().sum::<u128>(), 1_799);
}

#[test]
fn a_market_that_recovers_at_once_or_takes_nothing() {
    let budget = depth(Amount::new(1_000), fraction!("0.1")).unwrap();
    let (at, price) = (Timestamp::new(5), Ratio::from_integer(2));
    let mut at_once = Market::new(budget, Span::ZERO).unwrap();
    for _ in 0..2 {
        assert_eq!(
            at_once.sell(at, price, Amount::new(1_000)),
            Ok(Amount::new(1_800))
        );
    }
    let nothing = depth(Amount::ZERO, fraction!("0.1")).unwrap();
    let nothing = Market::new(nothing, Span::ZERO).unwrap();
    assert_eq!(
        nothing.proceeds(at, price, Amount::new(7)),
        Ok(Amount::ZERO)
    );
    let huge = depth(Amount::MAX, fraction!("0.1")).unwrap();
    assert!(Market::new(huge, Span::ZERO).is_err());
}

#[test]
fn a_path_s_places_by_hand() {
    // The lowest is 40; the top before it 90; the worst day from 90 to 40, though 95 to 41 came after it.
    let path = hourly(&[80, 90, 40, 95, 41, 40]);
    assert_eq!((path.top(), path.lowest()), (1, 2));
    let worst = path.worst_day();
    assert_eq!((worst.from, worst.to), (3, 5));
    assert_eq!(worst.loss, fraction!("0.578947368421052632")); // 55/95, ceiled
                                                               // Only rises: the top is the first row, and nothing falls.
    let rises = hourly(&[1, 2, 3]);
    assert_eq!((rises.top(), rises.lowest()), (0, 0));
    assert_eq!(rises.worst_day().loss, Fraction::ZERO);
    // The end of the 24 hours counts, and what comes after doesn't.
    let mut prices = vec![100; 26];
    (prices[24], prices[25]) = (50, 10);
    assert_eq!(hourly(&prices).fall_after(0).to, 24);
    // Where no row lies within them, the next is what is seen.
    let at = |day: u64, price| Point {
        at: Timestamp::new(day * 24 * HOUR),
        price,
    };
    let weekly = PricePath::new(
        vec![at(0, wad!("4")), at(7, wad!("3")), at(14, wad!("1"))],
        0,
    )
    .unwrap();
    assert_eq!(weekly.fall_after(0).loss, fraction!("0.25"));
    assert_eq!(weekly.fall_after(2).loss, Fraction::ZERO);
}

#[test]
fn volatility_by_hand() {
    // 24 returns of ±ln 2 in 24 hours: σ² of a day = 24 · 0.480453…, σ = 3.395717….
    let prices: Vec<u128> = (0..26).map(|hour| 1 + hour % 2).collect();
    let path = hourly(&prices);
    let window = [Span::from_days(1)];
    let seen = |path: &PricePath| seen(path, none(), none(), &window).unwrap();
    let deviations: Vec<Wad> = seen(&path).iter().map(|seen| seen.deviation).collect();
    // Of fewer than 24 returns nothing is told.
    assert!(deviations[..24].iter().all(|deviation| deviation.is_zero()));
    let wanted = wad!("3.395713739404");
    for deviation in &deviations[24..] {
        assert!(deviation.abs_diff(wanted) < wad!("0.00001"), "{deviation}");
    }
    // A price of nothing is as volatile as can be, while its returns are in the window.
    let mut fallen = prices;
    fallen[25] = 0;
    assert_eq!(seen(&hourly(&fallen))[25].deviation, Wad::MAX);
}

fn markets() -> Design {
    let text = include_str!("designs/markets.toml");
    Design::parse("markets.toml", text, Overrides::default()).unwrap()
}

fn judged(name: &str) -> Judged {
    let crash = crash(name).unwrap();
    let case = Case {
        name: name.to_owned(),
        asset: Some(crash.asset.to_owned()),
        quote: Some(crash.quote.to_owned()),
        source: None,
        path: crash.path().unwrap(),
        listed: None,
    };
    judge(
        markets().collateral.as_ref().unwrap(),
        case,
        &Options::default(),
    )
    .unwrap()
}

/// Credit at the top, and bad debt: opened at the top, before the worst day, at the worst row.
fn figures(rule: &RuleFigures, of: &Backtest) -> [String; 4] {
    let share = |outcome| rule.bad_debt(outcome).to_string();
    [
        rule.credits[of.top].to_string(),
        share(&rule.at_top),
        share(&rule.before_worst_day),
        share(&rule.worst),
    ]
}

/// Rows, time and price of the top, loss of the worst day, and the figures of each rule.
fn golden(name: &str, path: (usize, &str, &str, &str), rules: &[[&str; 4]]) {
    let judged = judged(name);
    let (points, all) = (judged.path.points(), &judged.figures);
    let top = points[all.top];
    let at = tokenomics_design::calendar::rfc3339(top.at);
    let (price, loss) = (top.price.to_string(), all.worst_day.loss.to_string());
    assert_eq!(
        (points.len(), at.as_str(), price.as_str(), loss.as_str()),
        path,
        "{name}"
    );
    let told: Vec<_> = all.rules.iter().map(|rule| figures(rule, all)).collect();
    assert_eq!(told, rules, "{name}");
}

#[test]
fn crashes_known_by_name() {
    golden(
        "eth-2020-03",
        (
            1433,
            "2020-02-15T00:00:00Z",
            "286.47",
            "0.474456904491034184",
        ),
        &[
            ["0.7081", "0", "0", "0"],
            [
                "1",
                "0.049469752504625267",
                "0.037251747115228344",
                "0.244378872823841842",
            ],
            [
                "0.805",
                "0.000075684686011492",
                "0.019494501024145662",
                "0.102127373322983752",
            ],
            ["0", "0", "0", "0"],
        ],
    );
    golden(
        "luna-2022-05",
        (
            1009,
            "2022-04-05T11:00:00Z",
            "118.74",
            "0.999955740462069576",
        ),
        &[
            [
                "0.7081",
                "0.000007735675722293",
                "0.314093356035100663",
                "0.966065096299825193",
            ],
            [
                "1",
                "0.036126831733198884",
                "0.527235549260865863",
                "0.979791666666666673",
            ],
            ["0", "0", "0", "0"],
        ],
    );
    golden(
        "steth-2022-06",
        (
            108,
            "2022-04-19T00:00:00Z",
            "3097.314209",
            "0.172169583953329537",
        ),
        &[
            ["0.7081", "0", "0", "0"],
            [
                "1",
                "0.071715064976153991",
                "0.196941184716627226",
                "0.2401477155241792",
            ],
            ["0.785", "0", "0", "0.032035306400228281"],
            ["0", "0", "0", "0"],
        ],
    );
    golden(
        "steth-eth-2022-06",
        (
            108,
            "2022-05-01T00:00:00Z",
            "1.000411569441350943",
            "0.02356387065430514",
        ),
        &[
            ["0.7081", "0", "0", "0"],
            [
                "1",
                "0.033878478145875654",
                "0.037133325863030302",
                "0.057468766335443252",
            ],
            ["0.785", "0", "0", "0"],
            ["0", "0", "0", "0"],
        ],
    );
    golden(
        "usdc-2023-03",
        (
            808,
            "2023-03-09T20:45:00Z",
            "1.00451754941261",
            "0.102944052094049304",
        ),
        &[
            ["0.873", "0", "0", "0"],
            [
                "1",
                "0.038693445943602761",
                "0.031116535740101974",
                "0.103626429123218554",
            ],
            ["0.75", "0", "0", "0"],
            ["0", "0", "0", "0"],
        ],
    );
    assert_eq!(CRASHES.len(), 5);
}

#[test]
fn each_crash_says_whose_it_is() {
    for crash in CRASHES {
        assert_eq!(crash.path().unwrap().gaps(), 0, "{}", crash.name);
        let names = crash.name.split('-').next().unwrap();
        assert!(crash.asset.eq_ignore_ascii_case(names), "{}", crash.name);
    }
    let weth: Listed = listed("eth").unwrap();
    assert_eq!(weth.bonus, Some(fraction!("0.05")));
    assert!(listed("LUNA").is_none() && listed("symbol").is_none() && listed("").is_none());
}

#[test]
fn a_design_without_what_is_asked_for_says_so() {
    let design = markets();
    let plan = design.collateral.as_ref().unwrap();
    let case = |asset: Option<&str>| Case {
        name: "path".to_owned(),
        asset: asset.map(str::to_owned),
        quote: None,
        source: None,
        path: hourly(&[2, 1]),
        listed: None,
    };
    let refused = |plan: &CollateralPlan, asset, options: &Options| {
        judge(plan, case(asset), options).map(drop).unwrap_err()
    };
    let usual = Options::default();
    assert!(matches!(
        refused(plan, Some("DOGE"), &usual),
        JudgeError::NoHolding { .. }
    ));
    assert!(matches!(
        refused(plan, None, &usual),
        JudgeError::ManyHoldings { .. }
    ));
    let wrong = Options {
        depth: Some(("much".to_owned(), fraction!("0.02"))),
        ..Options::default()
    };
    assert!(matches!(
        refused(plan, Some("ETH"), &wrong),
        JudgeError::WrongDepth { .. }
    ));
    let mut bare = plan.clone();
    bare.holdings.truncate(1);
    bare.holdings[0].rules.clear();
    assert!(matches!(
        refused(&bare, None, &usual),
        JudgeError::NoDepth { .. }
    ));
    bare.holdings.clear();
    assert!(matches!(
        refused(&bare, None, &usual),
        JudgeError::NoCollateral
    ));
}
