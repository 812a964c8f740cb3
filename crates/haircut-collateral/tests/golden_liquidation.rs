//! Incentives, auctions and close factors of deployed markets.

use tokenomics_fixed_math::{fraction, wad, Amount, Fraction, Ratio, Span, Wad};
use tokenomics_haircut_collateral::{
    Action, CloseFactor, Debt, Decay, DutchAuction, Error, FixedIncentive, Haircut,
    HealthIncentive, Holding, Incentive, LiquidationTerms, Pair, Portfolio, ThresholdIncentive,
};

fn held(amount: u128, weight: &str) -> Holding {
    let weight: Fraction = weight.parse().unwrap();
    let haircut = Haircut::from_weights(weight, weight).unwrap();
    Holding::new(Amount::new(amount), Ratio::ONE, haircut)
}

fn owed(amount: u128) -> Debt {
    Debt::new(Amount::new(amount), Ratio::ONE, Haircut::NONE).unwrap()
}

fn fixed(factor: Wad) -> Incentive {
    Incentive::Fixed(FixedIncentive::new(factor).unwrap())
}

/// Morpho Blue's documentation: 1.04384 at 86%, 1.01678 at 94.5%; 1.15 at 56.522% and below.
#[test]
fn the_incentive_of_a_morpho_market() {
    let morpho = ThresholdIncentive::new(fraction!("0.3"), wad!("1.15")).unwrap();
    let rounded = |threshold: Fraction| {
        let factor = morpho.factor(threshold);
        (factor.raw() + 5_000_000_000_000) / 10_000_000_000_000
    };
    assert_eq!(rounded(fraction!("0.86")), 104_384);
    assert_eq!(rounded(fraction!("0.945")), 101_678);
    assert_eq!(morpho.factor(fraction!("0.56521")), wad!("1.15"));
    assert_eq!(
        morpho.factor(fraction!("0.565217391304347826")),
        wad!("1.15")
    );
    assert!(morpho.factor(fraction!("0.56523")) < wad!("1.15"));
    assert_eq!(morpho.factor(Fraction::ONE), Wad::ONE);
}

/// Aave v4, `LiquidationLogic.calculateLiquidationBonus`, by its formula in basis points: a largest bonus
/// of 110%, of which 20% is paid at a health of 1, and all at 0.9.
#[test]
fn the_incentive_of_an_aave_v4_reserve() {
    let by = HealthIncentive::new(wad!("1.02"), wad!("1.1"), wad!("0.9")).unwrap();
    for (health, bonus) in [
        (100, 10_200),
        (99, 10_280),
        (95, 10_600),
        (91, 10_920),
        (90, 11_000),
        (50, 11_000),
        (120, 10_200),
    ] {
        let factor = by.factor(Ratio::new(health, 100).unwrap());
        assert_eq!(factor, Wad::from_bps(bonus).unwrap(), "{health}");
    }
    // A third of a unit of 1e-18 of health is ceiled, and so the bonus floored.
    let third = by.factor(Ratio::new(94 * 3 + 1, 300).unwrap());
    assert_eq!(third, wad!("1.065333333333333332"));
}

/// Maker, dss `abacus.t.sol` and its formulas: a line of 3,600 s, a cut of 1% each 90 s, and 0.99 a second.
#[test]
fn the_price_of_a_maker_auction() {
    let price = |start, decay, elapsed| {
        let auction = DutchAuction::new(start, decay).unwrap();
        auction.price_at(Span::new(elapsed))
    };
    let line = Decay::Linear(Span::new(3_600));
    assert_eq!(price(wad!("1.3"), line, 0), wad!("1.3"));
    assert_eq!(price(wad!("1.2"), line, 1_800), wad!("0.6"));
    assert_eq!(price(wad!("1.2"), line, 3_600), Wad::ZERO);
    assert_eq!(price(wad!("1.2"), line, u64::MAX), Wad::ZERO);

    let steps = Decay::Steps {
        factor: fraction!("0.99"),
        step: Span::new(90),
    };
    assert_eq!(price(wad!("1.2"), steps, 89), wad!("1.2"));
    assert_eq!(price(wad!("1.2"), steps, 90), wad!("1.188"));
    assert_eq!(price(wad!("1.2"), steps, 180), wad!("1.17612"));
    // 1.2 · 0.99^10 = 1.085258490010565388012…; the power is ceiled, and the product
    assert_eq!(price(wad!("1.2"), steps, 900), wad!("1.085258490010565390"));
    let each_second = Decay::Exponential(fraction!("0.99"));
    assert_eq!(
        price(wad!("1.2"), each_second, 10),
        price(wad!("1.2"), steps, 900)
    );
}

/// At the start whoever takes it pays a fifth more than the value; at half the time, 1 / 0.6.
#[test]
fn what_an_auction_pays() {
    let auction = DutchAuction::new(wad!("1.2"), Decay::Linear(Span::new(3_600))).unwrap();
    assert_eq!(
        auction.factor_at(Span::new(0)),
        wad!("0.833333333333333333")
    );
    assert_eq!(auction.factor_at(Span::new(600)), wad!("1"));
    assert_eq!(
        auction.factor_at(Span::new(1_800)),
        wad!("1.666666666666666666")
    );
    assert_eq!(auction.factor_at(Span::new(3_600)), wad!("8"));
}

/// An auction of a position of 130 against 100: once the price asks for less than 100 / 130 of the value,
/// all of it goes for what is owed.
#[test]
fn an_auction_that_nobody_takes_ends_in_a_close_of_the_whole() {
    let auction = DutchAuction::new(wad!("1.2"), Decay::Linear(Span::new(1_200))).unwrap();
    let (held, owed) = ([held(13_000, "0.7")], [owed(10_000)]);
    let portfolio = Portfolio::new(&held, &owed);
    let at = |elapsed| {
        let elapsed = Span::new(elapsed);
        let incentive = Incentive::Auction { auction, elapsed };
        let terms = LiquidationTerms::new(Wad::ONE, CloseFactor::WHOLE, incentive, Amount::ZERO);
        terms
            .unwrap()
            .liquidate(&portfolio, Amount::MAX)
            .unwrap()
            .action()
    };
    // (10,000 − 9,100) / (1 − 0.7 · factor)
    let part = |elapsed| match at(elapsed) {
        Action::Partial { repaid, seized, .. } => (repaid.get(), seized.get()),
        whole @ Action::Whole { .. } => panic!("{whole:?}"),
    };
    assert_eq!(part(0), (2_160, 1_799)); // at 0.8333…, floored
    assert_eq!(part(200), (3_000, 3_000));
    assert_eq!(part(400), (7_200, 9_000));
    let (seized, repaid) = (Ratio::ONE, Ratio::ONE);
    assert_eq!(at(800), Action::Whole { seized, repaid });
}

/// Aave v3: half of a debt at a health above 0.95, all of it at 0.95 and where it is small.
#[test]
fn the_close_factor_of_aave_v3() {
    let close_factor =
        CloseFactor::new(fraction!("0.5"), wad!("0.95"), Amount::new(2_000)).unwrap();
    // At a target of 10 as good as all is needed: (10 · debt − credit) / (10 − 0.84).
    let terms =
        LiquidationTerms::new(wad!("10"), close_factor, fixed(wad!("1.05")), Amount::ZERO).unwrap();
    let repaid = |held_amount, owed_amount| {
        let (held, owed) = ([held(held_amount, "0.8")], [owed(owed_amount)]);
        let done = terms
            .liquidate(&Portfolio::new(&held, &owed), Amount::MAX)
            .unwrap();
        done.repaid_of(0, &owed[0]).get()
    };
    assert_eq!(repaid(11_876, 10_000), 5_000); // 0.95008
    assert_eq!(repaid(11_875, 10_000), 9_880); // 0.95
    assert_eq!(repaid(12_499, 10_001), 5_001); // ceiled
    assert_eq!(repaid(2_487, 1_999), 1_966); // 0.995, but small
    assert_eq!(repaid(2_499, 2_001), 1_001);
}

/// Aave v4's size to a target: (target · debt − credit) / (target − factor · weight).
#[test]
fn a_debt_is_repaid_until_health_is_at_the_target() {
    let terms = LiquidationTerms::new(
        wad!("1.05"),
        CloseFactor::WHOLE,
        fixed(wad!("1.1")),
        Amount::ZERO,
    );
    let (held, owed) = ([held(1_000_000, "0.8")], [owed(810_000)]);
    let portfolio = Portfolio::new(&held, &owed);
    let done = terms.unwrap().liquidate(&portfolio, Amount::MAX).unwrap();
    // (850,500 − 800,000) / (1.05 − 0.88) = 297,058.82…; times 1.1, floored
    let (repaid, seized) = (Amount::new(297_059), Amount::new(326_764));
    let (holding, debt) = (0, 0);
    assert_eq!(
        done.action(),
        Action::Partial {
            holding,
            seized,
            debt,
            repaid
        }
    );
}

/// The largest debt, and of the holdings whose seizing raises health the largest.
#[test]
fn the_pair_that_the_rule_chooses() {
    let terms = LiquidationTerms::new(
        wad!("1"),
        CloseFactor::WHOLE,
        fixed(wad!("1.1")),
        Amount::ZERO,
    )
    .unwrap();
    let pair = |held: &[Holding], owed: &[Debt]| match terms
        .liquidate(&Portfolio::new(held, owed), Amount::MAX)
        .unwrap()
        .action()
    {
        Action::Partial { holding, debt, .. } => (holding, debt),
        whole @ Action::Whole { .. } => panic!("{whole:?}"),
    };
    let debts = [owed(100), owed(500), owed(500)];
    assert_eq!(
        pair(&[held(1, "0"), held(700, "0.5"), held(700, "0.6")], &debts),
        (1, 1)
    );
    // At a weight of 0.95 and a factor of 1.1 health falls.
    assert_eq!(
        pair(&[held(800, "0.95"), held(500, "0.5")], &[owed(1_100)]),
        (1, 0)
    );
}

/// What is left of a debt below the dust goes with it; and where that is too much, what is left of the
/// holding.
#[test]
fn no_dust_is_left_where_that_can_be() {
    // (amount held, its weight, other debts): what the position is short of is 100, then 219.5.
    let size = |dust, (amount, weight, others): (u128, &str, u128), at_most| {
        let incentive = fixed(wad!("1.05"));
        let terms =
            LiquidationTerms::new(Wad::ONE, CloseFactor::WHOLE, incentive, Amount::new(dust));
        let (held, owed) = (
            [held(amount, weight), held(10_000, "0.5")],
            [owed(700), owed(others)],
        );
        let (portfolio, pair) = (
            Portfolio::new(&held, &owed),
            Pair {
                holding: 0,
                debt: 0,
            },
        );
        let terms = terms.unwrap();
        let done = terms.liquidate_pair(&portfolio, pair, Amount::new(at_most));
        let sizes = done.map(|done| {
            done.verify(&terms, &portfolio).unwrap();
            (
                done.repaid_of(0, &owed[0]).get(),
                done.seized_of(0, &held[0]).get(),
            )
        });
        sizes.map_err(|error| error.to_string())
    };
    // 100 / (1 − 0.84) = 625 of 700, which leaves 75.
    let near = (750, "0.8", 5_000);
    assert_eq!(size(75, near, u128::MAX), Ok((625, 656)));
    assert_eq!(size(76, near, u128::MAX), Ok((700, 735)));
    // With less at hand, less is repaid: 76 are left, or the dust value of the holding's 750.
    assert_eq!(size(76, near, 699), Ok((624, 655)));
    assert_eq!(size(600, near, 699), Ok((100, 105)));
    assert_eq!(size(649, near, 699), Ok((51, 53)));
    assert_eq!(size(699, near, 699), Ok((1, 1)));
    let refused = Err("the amount repaid is 699, below 700".into());
    assert_eq!(size(700, near, 699), refused);
    assert_eq!(size(700, near, 700), Ok((700, 735)));
    // 219.5 / (1 − 0.525) = 462.1 leaves 5 of the holding: 491 / 1.05 = 467.6 takes all.
    let half = (491, "0.5", 4_765);
    assert_eq!(size(5, half, u128::MAX), Ok((463, 486)));
    assert_eq!(size(6, half, u128::MAX), Ok((468, 491)));
    assert_eq!(size(6, half, 467), Ok((462, 485)));
}

/// A limit that would leave dust is cut to units that leave the dust value, in each asset's own.
#[test]
fn a_limit_is_cut_to_whole_units() {
    let terms = |dust| {
        let (incentive, dust) = (fixed(wad!("1.05")), Amount::new(dust));
        LiquidationTerms::new(Wad::ONE, CloseFactor::WHOLE, incentive, dust).unwrap()
    };
    let first = Pair {
        holding: 0,
        debt: 0,
    };
    // Of 5, one may be repaid, which buys nothing at 100 a unit.
    let half = held(0, "0.5").haircut();
    let dear = [Holding::new(Amount::new(8), Ratio::from_integer(100), half)];
    let debts = [owed(700)];
    let portfolio = Portfolio::new(&dear, &debts);
    let refused = terms(699).liquidate_pair(&portfolio, first, Amount::new(5));
    assert!(matches!(refused, Err(Error::OutOfRange { bound: 700, .. })));
    // Without dust, a unit costs 100/1.05.
    let pays = |limit| terms(0).liquidate_pair(&portfolio, first, Amount::new(limit));
    assert!(matches!(
        pays(95),
        Err(Error::OutOfRange {
            value: 95,
            bound: 96,
            ..
        })
    ));
    let unit = pays(96).unwrap();
    let size = (unit.repaid_of(0, &debts[0]), unit.seized_of(0, &dear[0]));
    assert_eq!(size, (Amount::new(96), Amount::new(1)));
    let debts = [owed(700), owed(4_765)];
    let cut = |dust, amount, price| {
        let holding = Holding::new(Amount::new(amount), Ratio::new(price, 10).unwrap(), half);
        let held = [holding, held(10_000, "0.5")];
        let portfolio = Portfolio::new(&held, &debts);
        let done = terms(dust).liquidate_pair(&portfolio, first, Amount::new(467));
        let done = done.unwrap();
        let (repaid, seized) = (done.repaid_of(0, &debts[0]), done.seized_of(0, &held[0]));
        (repaid.get(), seized.get())
    };
    // 462 buy 4,851 tenths, which would leave 59 of 4,910 and not 60, worth 6.
    assert_eq!(cut(6, 4_910, 1), (462, 4_850));
    // 24 at 0.3 are worth 7, and 23 aren't.
    assert_eq!(cut(7, 1_637, 3), (461, 1_637 - 24));
}

/// An incentive of just what is held over what is owed can be paid, and one that is larger can't.
#[test]
fn the_largest_incentive_is_what_is_held_over_what_is_owed() {
    let (held, debts) = ([held(50, "0.5"), held(55, "0.9")], [owed(100)]);
    let portfolio = Portfolio::new(&held, &debts);
    let of = |factor| {
        let terms =
            LiquidationTerms::new(Wad::ONE, CloseFactor::WHOLE, fixed(factor), Amount::ZERO);
        let done = terms.unwrap().liquidate(&portfolio, Amount::MAX).unwrap();
        matches!(done.action(), Action::Partial { holding: 0, .. })
    };
    assert!(of(wad!("1.05")));
    assert!(!of(wad!("1.050000000000000001")));
}
