//! Figures of the rules of haircuts, from deployed programs, regulators and papers, each with its source.

use tokenomics_fixed_math::{
    fraction, wad, Amount, Decimals, Fraction, Ratio, Rounding, Span, Wad,
};
use tokenomics_haircut_collateral::{
    impact_haircut, recoverable_value, Composition, ConcentrationCap, ConcentrationThreshold,
    Confidence, CorrelationGroups, DepthBudget, EarlyExit, GroupSet, Haircut, LiquidityRange,
    Margin, PriceAge, SquareRootSize, TimeToExit, Volatility,
};

fn raw(cut: Fraction) -> u64 {
    cut.raw()
}

/// The margin tests of Drift protocol v2: 1,000 tokens at imf_factor 0.01 and 0.1,
/// initial liability weight 1.1, and a maintenance one that the test leaves at 0. Weights in 1/10,000.
#[test]
fn drifts_weights_of_a_thousand_tokens() {
    let nine = Decimals::new(9).unwrap();
    let size = Amount::from_tokens(1_000, nine).unwrap();
    let tenths = 100_000_000_000_000;
    for (factor, asset, liability) in [("0.01", 8_357, 11_962), ("0.1", 2_642, 40_422)] {
        let rule = SquareRootSize::new(factor.parse().unwrap(), nine);
        assert_eq!(rule.haircut(size).complement().raw() / tenths, asset);
        let weight = rule.liability_weight(size, wad!("1.1")).raw();
        assert_eq!(weight / u128::from(tenths), liability);
    }
    let rule = SquareRootSize::new(fraction!("0.1"), nine);
    let maintenance = rule.liability_weight(size, Wad::ZERO).raw();
    assert_eq!(maintenance / u128::from(tenths), 31_622);
    // An asset's own weight stands where it is the smaller, as Drift's minimum has it.
    let own = Haircut::uniform(fraction!("0.2"));
    let both = Composition::Worst.compose([own, Haircut::uniform(rule.haircut(Amount::new(1)))]);
    assert_eq!(both, own);
}

/// By that formula 100,000 tokens count for 26.4%, and a hundred times 1,000 for 83.6%; a budget of the
/// asset gives a hundred accounts what it gives one.
#[test]
fn splitting_evades_a_haircut_by_account_and_no_budget() {
    let rule = SquareRootSize::new(fraction!("0.01"), Decimals::ZERO);
    let weight =
        |tokens| rule.haircut(Amount::new(tokens)).complement().raw() / 1_000_000_000_000_000;
    assert_eq!((weight(100_000), weight(1_000)), (264, 835));

    let budget = DepthBudget::new(Amount::new(1_000), fraction!("0.02")).unwrap();
    let cut = budget.haircut(Amount::new(100_000));
    let credit = |tokens| Amount::new(tokens).mul_fraction(cut.complement(), Rounding::Floor);
    assert_eq!(credit(100_000), Amount::new(32_885)); // 49,000 · 100,000 / 149,000
    assert!(credit(1_000).get() * 100 <= 32_885);
}

/// 12 CFR 1240.39 and Basel CRE22: 25% at ten days is 35.36% at twenty and 17.68% at five.
#[test]
fn basels_haircuts_by_the_root_of_time() {
    let rule = Volatility::new(Wad::ONE, Span::from_days(10), Fraction::ZERO).unwrap();
    let at = |days| raw(rule.haircut(wad!("0.25"), Span::from_days(days)));
    assert_eq!(at(10), 250_000_000_000_000_000);
    assert_eq!(at(20), 353_553_390_593_273_763);
    assert_eq!(at(5), 176_776_695_296_636_882);
    assert_eq!(at(160), 1_000_000_000_000_000_000);
}

/// Ether before March 2020: 30 days of hourly returns at 2.33 deviations came to 12.2% for a day, and
/// the worst day of the next four lost 47.4%.
#[test]
fn the_root_of_time_alone_is_not_enough() {
    let rule = |floor| Volatility::new(wad!("2.33"), Span::from_hours(1), floor).unwrap();
    let sigma = wad!("0.010688");
    let day = Span::from_hours(24);
    let alone = rule(Fraction::ZERO).haircut(sigma, day);
    assert!(alone > fraction!("0.1219") && alone < fraction!("0.1221"));
    assert_eq!(
        rule(fraction!("0.474")).haircut(sigma, day),
        fraction!("0.474")
    );
}

/// ISDA SIMM: CR = max(1, (|Σ s|/T)^½).
#[test]
fn the_concentration_factor_of_simm() {
    let threshold = ConcentrationThreshold::new(Amount::new(3_300)).unwrap();
    let factor = |total| threshold.factor(Amount::new(total)).raw();
    assert_eq!(factor(0), Wad::SCALE);
    assert_eq!(factor(3_300), Wad::SCALE);
    assert_eq!(factor(9_900), 1_732_050_807_568_877_294);
    assert_eq!(factor(33_000), 3_162_277_660_168_379_332);
    let cut = |total| raw(threshold.haircut(fraction!("0.15"), Amount::new(total)));
    assert_eq!(cut(9_900), 259_807_621_135_331_595);
    assert_eq!(cut(330_000), 1_000_000_000_000_000_000);
}

/// By marginfi v2's formula 40 million of deposits at a limit of 25 million have 62.5% of their weight.
#[test]
fn a_weight_times_the_limit_over_the_deposits() {
    let cap = ConcentrationCap::new(Amount::new(25_000_000));
    let own = Haircut::from_weights(fraction!("0.8"), fraction!("0.9")).unwrap();
    // There as here it counts for new positions alone.
    let all = own.and(Haircut::initial_only(cap.haircut(Amount::new(40_000_000))));
    assert_eq!(all.weight(Margin::Initial), fraction!("0.5"));
    assert_eq!(all.weight(Margin::Maintenance), fraction!("0.9"));
}

/// marginfi v2 counts 2.12 of Pyth's intervals; the price, 152.37 ± 0.11, is chosen here.
#[test]
fn prices_off_by_their_confidence() {
    let rule = Confidence::new(wad!("2.12"));
    let (price, interval) = (wad!("152.37"), wad!("0.11"));
    assert_eq!(rule.held_price(price, interval), wad!("152.1368"));
    assert_eq!(rule.owed_price(price, interval), Ok(wad!("152.6032")));
    assert_eq!(raw(rule.haircut(price, interval)), 1_530_485_003_609_635);
    assert_eq!(rule.haircut(price, wad!("71.9")), Fraction::ONE);
}

/// Venus: a feed of LUNA that was paused at $0.107 counted fully for hours, and 11.2 million dollars were
/// borrowed on it.
#[test]
fn a_paused_feed_counts_for_nothing() {
    let rule = PriceAge::new(Span::from_mins(10), Span::from_mins(60)).unwrap();
    assert_eq!(rule.haircut(Span::from_mins(35)), fraction!("0.5"));
    assert_eq!(rule.haircut(Span::from_hours(3)), Fraction::ONE);
    assert_eq!(rule.haircut(Span::MAX), Fraction::ONE);
}

/// Inverse: of a pool of 432 INV and 46 ETH, 300 ETH bought 374.417 INV at a fee of 0.3%, and each INV
/// was then marked at 6 ETH. In milliunits.
#[test]
fn a_pushed_mark_is_not_credit() {
    let swap = |reserves: [u128; 2], amount: u128| {
        let paid = amount * 997;
        reserves[1] * paid / (reserves[0] * 1_000 + paid)
    };
    let (inv, eth) = (432_000_u128, 46_000_u128);
    let bought = swap([eth, inv], 300_000);
    assert_eq!(bought, 374_416); // of 374,416.69

    let after = [inv - bought, eth + 300_000];
    let pool = |amount: Amount| Some(Amount::new(swap(after, amount.get())));
    let mark = Ratio::new(after[1], after[0]).unwrap();
    let held = Amount::new(1_746_000);
    // The mark says 10,491 ETH, and the pool holds 346.
    let marked = held.mul_ratio(mark, Rounding::Floor).unwrap();
    assert_eq!(marked.get() / 1_000, 10_491);
    let value = recoverable_value(&pool, mark, held);
    assert_eq!(value.get() / 1_000, 334);
    let counted = marked.mul_fraction(
        impact_haircut(&pool, mark, held).complement(),
        Rounding::Floor,
    );
    assert!(counted <= value && value.get() - counted.get() <= 1);
}

/// 2/(2 − √(lower/p) − √(p/upper)) of a concentrated position: to 14 digits those of the closed form.
#[test]
fn the_factor_of_a_range_on_loss_versus_rebalancing() {
    let factor = |lower: [u128; 2]| {
        let lower = Ratio::new(lower[0], lower[1]).unwrap();
        let range = LiquidityRange::new(lower, lower.recip().ok()).unwrap();
        // σ²t of 0.008 takes a thousandth of a constant product.
        range
            .loss_versus_rebalancing(Ratio::ONE, wad!("0.008"))
            .raw()
    };
    for (lower, expected) in [
        ([1, 2], 3_414_213_562_373_u64),
        ([4, 5], 9_472_135_954_999),
        ([9, 10], 19_486_832_980_505),
        ([99, 100], 199_498_743_710_661),
    ] {
        let found = factor(lower);
        assert!(
            found.abs_diff(expected * 1_000) <= 1_000,
            "{found} {expected}"
        );
    }
    // σ of 5% a day: 3.125 basis points a day.
    let day = LiquidityRange::FULL.loss_versus_rebalancing(Ratio::ONE, wad!("0.0025"));
    assert_eq!(day, fraction!("0.0003125"));
}

/// V of a range before and after a fall, and the loss, in decimals of 60 digits.
#[test]
fn liquidity_at_its_worst_price() {
    let ratio = |text: &str| Ratio::from(text.parse::<Wad>().unwrap());
    for (price, lower, upper, fall, variance, expected) in [
        (
            "1",
            "0.5",
            Some("2"),
            "0.1",
            "0",
            54_495_501_653_538_880_u64,
        ),
        (
            "1",
            "0.5",
            Some("2"),
            "0.6",
            "0.01",
            521_425_054_478_347_360,
        ),
        (
            "1",
            "0.9",
            Some("1.1"),
            "0.05",
            "0.0025",
            36_717_941_399_152_122,
        ),
        ("3", "0.5", Some("2"), "0.2", "0.01", 5_000_000_000_000_000),
        ("3", "0.5", Some("2"), "0.5", "0.01", 40_898_384_862_245_413),
        (
            "0.3",
            "0.5",
            Some("2"),
            "0.2",
            "0.01",
            205_000_000_000_000_001,
        ),
        ("1", "0", Some("2"), "0.2", "0.01", 55_862_511_081_264_904),
        ("1", "0", None, "0.2", "0.01", 106_822_809_000_084_122),
        ("1", "0.5", None, "0.2", "0.01", 165_246_143_216_870_335),
    ] {
        let range = LiquidityRange::new(ratio(lower), upper.map(ratio)).unwrap();
        let (fall, variance) = (fall.parse().unwrap(), variance.parse().unwrap());
        let cut = raw(range.haircut(ratio(price), fall, variance));
        assert!(cut >= expected && cut <= expected + 20, "{cut} {expected}");
    }
}

/// e^(−0.1·4), and a quarter lost with a wait of three months at 10%, in decimals of 60 digits.
#[test]
fn the_value_of_a_lock() {
    let year = Span::from_days(360);
    let rule = TimeToExit::new(wad!("0.1"), year).unwrap();
    let four = Span::from_days(1_440);
    assert_eq!(raw(rule.haircut(four, None)), 329_679_953_964_360_700);
    let exit = EarlyExit {
        penalty: fraction!("0.25"),
        wait: Span::from_days(90),
    };
    assert_eq!(raw(rule.haircut(four, Some(exit))), 268_517_565_978_750_499);
    assert_eq!(
        rule.haircut(Span::from_days(30), Some(exit)),
        rule.haircut(Span::from_days(30), None)
    );
    // What no time can be written for is worth nothing.
    let steep = TimeToExit::new(Wad::MAX, Span::new(1)).unwrap();
    assert_eq!(steep.haircut(Span::MAX, None), Fraction::ONE);
    assert_eq!(steep.haircut(Span::new(1), None), Fraction::ONE);
    assert_eq!(steep.haircut(Span::ZERO, None), Fraction::ZERO);
}

/// As Aave v3's efficiency mode has it, with weights chosen here: 93% and 95% while all is ether, 77.5% and
/// 80% for staked ether otherwise.
#[test]
fn a_position_of_one_group() {
    let ether = [Haircut::from_weights(fraction!("0.93"), fraction!("0.95")).unwrap()];
    let groups = CorrelationGroups::new(&ether);
    let own = Haircut::from_weights(fraction!("0.775"), fraction!("0.8")).unwrap();
    let all = |sets: &[u32]| GroupSet::common(sets.iter().copied().map(GroupSet::of));
    assert_eq!(groups.haircut(own, all(&[0, 0])), ether[0]);
    assert_eq!(groups.haircut(own, all(&[0, 1])), own);
    // A group without a row, and one beyond all.
    assert_eq!(groups.haircut(own, all(&[1, 1])), own);
    assert_eq!(groups.haircut(own, all(&[64])), own);
    assert!(!GroupSet::ALL.contains(64) && GroupSet::ALL.contains(63));
}
