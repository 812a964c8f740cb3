//! Figures of the closed forms, from papers, each with its source.

use tokenomics_fixed_math::{fraction, wad, Amount, Ratio, Rounding, Span, Timestamp, Wad};
use tokenomics_liquidity_curves::{
    Arbitrage, Auction, BlockTimes, ContinuousSchedule, Error, Fee, Kyle, OptimalSchedule, Range,
    ResilientBook, Sell, SqrtPrice,
};

/// A ratio with so many digits, half up.
fn digits(ratio: Result<Ratio, Error>, digits: u32) -> u128 {
    let ratio = ratio.unwrap();
    let wad = Wad::from_ratio(ratio.numerator(), ratio.denominator(), Rounding::Floor).unwrap();
    rounded(wad.raw(), digits)
}

fn rounded(raw: u128, digits: u32) -> u128 {
    let unit = 10_u128.pow(18 - digits);
    (raw + unit / 2) / unit
}

fn standard() -> Kyle {
    Kyle::new(Ratio::ONE, Amount::new(1)).unwrap()
}

/// Kyle (1985), theorem 2, with Σ₀ = σᵤ² = T = 1: by the difference equations in floats of 60 digits.
#[test]
fn kyles_auctions_are_those_of_his_difference_equations() {
    let figures = |auction: &Auction| {
        let variance = rounded(auction.variance_left().raw().into(), 10);
        (variance, digits(auction.lambda(), 10))
    };
    let [first, last] = standard().auctions().unwrap();
    assert_eq!(figures(&first), (6_920_214_716, 6_528_824_618));
    assert_eq!(figures(&last), (3_460_107_358, 5_882_267_724));
    assert_eq!(digits(first.beta(), 10), 9_434_424_921);
    assert_eq!(digits(last.beta(), 9), 1_700_024_628);
    let four = standard().auctions::<4>().unwrap();
    let expected = [
        (8_221_356_469, 7_647_970_318),
        (6_374_990_277, 7_567_578_578),
        (4_411_630_153, 7_372_075_318),
        (2_205_815_077, 6_642_010_353),
    ];
    for (auction, (variance, lambda)) in four.iter().zip(expected) {
        // To the tenth digit, of figures that were cut or rounded there.
        let (left, moved) = figures(auction);
        assert!(left.abs_diff(variance) <= 1 && moved.abs_diff(lambda) <= 1);
    }
}

/// With many auctions λ comes to σ₀/σᵤ and the profit to σ₀σᵤ, as in Kyle's theorem 3.
#[test]
fn many_auctions_come_to_the_continuous_one() {
    let flow = Amount::new(1_000_000_000_000);
    let market = Kyle::new(Ratio::ONE, flow).unwrap();
    let auction = market.auction(1, 1_024).unwrap();
    let moved = digits(auction.impact(flow), 6);
    assert!((996_000..1_000_000).contains(&moved), "{moved}");
    let all = market.auctions::<64>().unwrap();
    let profits = all.iter().map(|auction| auction.expected_profit().unwrap());
    let profit = Amount::try_sum(profits).unwrap();
    assert!(profit.get() > 900_000_000_000 && profit < flow);
}

/// Milionis, Moallemi, Roughgarden, Zhang (2022): 2/(2 − √(a/p) − √(p/b)), in 14 digits.
#[test]
fn a_range_loses_as_often_as_it_is_concentrated() {
    let factors = [
        ((1, 2), (2, 1), 34_142_135_623_731),
        ((4, 5), (5, 4), 94_721_359_549_996),
        ((9, 10), (10, 9), 194_868_329_805_051),
        ((99, 100), (100, 99), 1_994_987_437_106_620),
    ];
    for (low, high, factor) in factors {
        let root = |(up, down)| SqrtPrice::from_price(Ratio::new(up, down).unwrap()).unwrap();
        let range = Range::new(root(low), root(high), Amount::new(1)).unwrap();
        let times = range.concentration_at(SqrtPrice::ONE).unwrap();
        let times = rounded(times.raw(), 13);
        assert!(times.abs_diff(factor) <= 1, "{times} {factor}");
    }
}

/// Milionis, Moallemi, Roughgarden (2023), for 5% a day: the share of blocks with a trade, in parts of a million
/// to four digits, at fees of 1, 5, 10, 30 and 100 basis points and blocks of 10 minutes, 2 minutes, 12 seconds,
/// 2 seconds and 50 milliseconds.
#[test]
fn trades_are_as_rare_as_the_paper_has_them() {
    let table = [
        (144, [967_200, 854_900, 746_600, 495_500, 227_600]),
        (720, [929_500, 724_900, 568_500, 305_200, 116_400]),
        (7_200, [806_500, 454_500, 294_100, 122_000, 40_000]),
        (43_200, [629_800, 253_800, 145_400, 53_660, 16_730]),
        (1_728_000, [212_000, 51_050, 26_190, 8_886, 2_682]),
    ];
    for (blocks, shares) in table {
        for (bps, expected) in [1, 5, 10, 30, 100].into_iter().zip(shares) {
            let fee = Fee::new(bps, 10_000).unwrap();
            let poisson = BlockTimes::Poisson;
            let arbitrage = Arbitrage::new(wad!("0.0025"), blocks, fee, poisson).unwrap();
            let unit = match expected {
                100_000.. => 100,
                10_000.. => 10,
                _ => 1,
            };
            let share = rounded(arbitrage.share().raw().into(), 9) + unit * 500;
            assert_eq!(share / 1_000 / unit * unit, expected, "{blocks} {bps}");
        }
    }
    // A root that is whole makes the share exact.
    let fee = Fee::new(100, 10_000).unwrap();
    let arbitrage = Arbitrage::new(wad!("0.0025"), 7_200, fee, BlockTimes::Poisson).unwrap();
    assert_eq!(arbitrage.share(), fraction!("0.04"));
    assert_eq!(arbitrage.profit_of(Amount::new(100)), Amount::new(4));
    // 0.38109756 basis points a day.
    let fee = Fee::new(30, 10_000).unwrap();
    let arbitrage = Arbitrage::new(wad!("0.0025"), 7_200, fee, BlockTimes::Poisson).unwrap();
    assert_eq!(rounded(arbitrage.profit_rate().raw(), 12), 38_109_756);
}

/// Nezlobin, Tassy (2025): σ²/(2 + k·γ/σ) of a dollar gamma in each block, at 5% a day, 12 seconds and 30 basis
/// points; 15 digits, by floats of 60.
#[test]
fn constant_blocks_are_arbitraged_as_often_as_the_paper_has_it() {
    let fee = Fee::new(30, 10_000).unwrap();
    let arbitrage = Arbitrage::new(wad!("0.0025"), 7_200, fee, BlockTimes::Constant).unwrap();
    // Of a dollar gamma of 7,200·10^30, half of the variance in all blocks.
    let loss = Amount::new(9 * 10_u128.pow(30));
    let a_block = arbitrage.profit_of(loss).get() / (7_200 * 7_200);
    assert_eq!((a_block + 50_000_000) / 100_000_000, 323_335_898_667_667);
}

/// Obizhaeva, Wang (2005) and Alfonsi, Fruth, Schied (2010): 100,000 in 11 trades, ρT = 20, here in units of
/// 10^-12.
#[test]
fn a_schedule_is_that_of_the_papers() {
    let (amount, rate) = (
        Amount::new(10_u128.pow(17)),
        Ratio::new(20, 10_000).unwrap(),
    );
    let schedule = OptimalSchedule::new(amount, rate, Span::new(10_000), 10).unwrap();
    let trades: Vec<u128> = schedule.trades().map(Amount::get).collect();
    for end in [trades[0], trades[10]] {
        assert!(end.abs_diff(10_222_876_651_256_000) < 1_000, "{end}");
    }
    for between in &trades[1..10] {
        assert!(between.abs_diff(8_839_360_744_165_330) < 10, "{between}");
    }
    assert_eq!(trades.iter().sum::<u128>(), amount.get());
    let schedule = ContinuousSchedule::new(amount, rate, Span::new(10_000));
    assert_eq!(schedule.block().get(), 4_545_454_545_454_545);
    // 90,909.0909… in the whole time.
    let whole = Ratio::from_integer(10_000);
    let rate = schedule
        .rate()
        .unwrap()
        .reduced()
        .checked_mul(whole)
        .unwrap();
    assert_eq!(
        rate.numerator() / rate.denominator(),
        90_909_090_909_090_909
    );
}

/// What the schedule costs is what its trades are charged, where a trade each second loses e^-2 of its impact.
#[test]
fn a_schedule_costs_what_the_book_charges() {
    let amount = Amount::new(10_u128.pow(15));
    let (depth, rate) = (Ratio::from_integer(1_000_000), Ratio::from_integer(2));
    let schedule = OptimalSchedule::new(amount, rate, Span::new(10), 10).unwrap();
    let mut book = ResilientBook::new(Ratio::ONE, depth, rate, Timestamp::ZERO).unwrap();
    let mut paid = 0;
    for (number, trade) in (0..).zip(schedule.trades()) {
        let at = Timestamp::new(schedule.time_of(number).unwrap().get());
        paid += book
            .execute(Sell::Token1, trade, at)
            .unwrap()
            .amount_in
            .get();
    }
    let cost = paid - amount.get();
    let said = schedule.cost(depth).unwrap().get();
    assert!(cost.abs_diff(said) < 10_u128.pow(10), "{cost} {said}");
    assert_eq!(said / 10_u128.pow(18), 58_031);
}

/// What is known of a = e^(−ρT/N) is rounded up: 10^37 units in 100,001 trades at ρT = 1 and a depth of 10^36, by
/// floats of 80 digits.
#[test]
fn a_large_schedule_is_said_to_cost_no_less_than_it_does() {
    let amount = Amount::new(10_u128.pow(37));
    let rate = Ratio::new(1, 1_000).unwrap();
    let schedule = OptimalSchedule::new(amount, rate, Span::new(1_000), 100_000).unwrap();
    let said = schedule.cost(Ratio::from_integer(10_u128.pow(36)));
    let above = said.unwrap().get() - 33_333_333_333_425_925_925_925_257_201_646_095_474;
    assert!((1..40_000).contains(&above), "{above}");
}

/// X²/(2q) · (1 + a)/((N − 1)(1 − a) + 2): a book so deep that a unit costs 5·10^−37 charges one, and one of a
/// millionth of a unit at least 250,000 for what takes a pause, and half a million at once.
#[test]
fn a_schedule_of_one_unit_is_said_to_cost_no_less_than_it_does() {
    let (unit, rate) = (Amount::new(1), Ratio::ONE);
    let at_once = OptimalSchedule::new(unit, rate, Span::ZERO, 1).unwrap();
    let deep = Ratio::from_integer(10_u128.pow(36));
    assert_eq!(at_once.cost(deep), Ok(unit));
    let shallow = Ratio::new(1, 1_000_000).unwrap();
    assert_eq!(at_once.cost(shallow), Ok(Amount::new(500_000)));
    let later = OptimalSchedule::new(unit, rate, Span::new(60), 1).unwrap();
    assert!(later.cost(shallow).unwrap() >= Amount::new(250_000));
}
