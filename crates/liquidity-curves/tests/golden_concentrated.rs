//! Swaps of Uniswap v3 to the unit: those of its own test suite, and the steps of its SwapMath.

use std::path::Path;

use tokenomics_fixed_math::{Amount, Ratio, Rounding, U256};
use tokenomics_liquidity_curves::{
    Concentrated, ConcentratedParams, ConcentratedPosition, Error, Exact, Fee, FixedTicks,
    Position, Range, Sell, SqrtPrice, Swap, SwapStep, Tick,
};

type Pool = Concentrated<FixedTicks<6>>;

/// A swap of the contract's tests, as in the columns of data/uniswap_v3_swaps.csv.
struct Case {
    fee: u64,
    spacing: i32,
    start: U256,
    positions: Vec<(i32, i32, u128)>,
    sell: Sell,
    /// Below 0 it is what is paid out; what is beyond 128 bits stands for as much as it takes.
    specified: String,
    limit: U256,
    /// What the pool is handed of both tokens, less what it pays, its tick and its price; nothing where
    /// the contract refuses.
    after: Option<[String; 4]>,
}

impl Case {
    fn run(&self) -> (Result<Swap, Error>, Pool) {
        let fee = Fee::new(self.fee, 1_000_000).unwrap();
        let params = ConcentratedParams::new(fee, self.spacing).unwrap();
        let start = SqrtPrice::new(self.start).unwrap();
        let mut pool = Concentrated::new(params, start, FixedTicks::new()).unwrap();
        for &(lower, upper, liquidity) in &self.positions {
            let [lower, upper] = [lower, upper].map(|tick| Tick::new(tick).unwrap());
            let mut position = ConcentratedPosition::new(lower, upper).unwrap();
            pool.add_liquidity(&mut position, Amount::new(liquidity))
                .unwrap();
        }
        let amount = |text: &str| Amount::new(text.parse().unwrap_or(u128::MAX));
        let exact = match self.specified.strip_prefix('-') {
            Some(out) => Exact::Out(amount(out)),
            None => Exact::In(amount(&self.specified)),
        };
        let limit = SqrtPrice::new(self.limit).unwrap();
        (pool.swap(self.sell, exact, limit), pool)
    }

    fn check(&self) {
        let (swap, pool) = self.run();
        let Some(after) = &self.after else {
            assert!(matches!(swap, Err(Error::SqrtPrice { .. })), "{swap:?}");
            return;
        };
        let swap = swap.unwrap();
        let signs = match self.sell {
            Sell::Token0 => [format!("{}", swap.amount_in), minus(swap.amount_out)],
            Sell::Token1 => [minus(swap.amount_out), format!("{}", swap.amount_in)],
        };
        let [moved0, moved1] = signs;
        let (tick, price) = (pool.tick().to_string(), pool.sqrt_price().to_string());
        assert_eq!(&[moved0, moved1, tick, price], after);
    }
}

fn minus(amount: Amount) -> String {
    match amount.is_zero() {
        true => "0".to_owned(),
        false => format!("-{amount}"),
    }
}

fn wide(text: &str) -> U256 {
    text.parse().unwrap()
}

fn sell(is_token0: bool) -> Sell {
    Sell::BOTH[usize::from(!is_token0)]
}

/// Of each pool a sale, a purchase, a swap to a price, and some that are refused.
#[test]
fn swaps_are_those_of_the_contract() {
    let rows = include_str!("data/uniswap_v3_swaps.csv").lines().skip(1);
    for row in rows {
        let cells: Vec<&str> = row.split(',').collect();
        let positions = cells[3].split(' ').map(|position| {
            let parts: Vec<&str> = position.split(':').collect();
            let tick = |at: usize| parts[at].parse().unwrap();
            (tick(0), tick(1), parts[2].parse().unwrap())
        });
        let after = [7, 8, 9, 10].map(|at| cells[at].to_owned());
        let case = Case {
            fee: cells[0].parse().unwrap(),
            spacing: cells[1].parse().unwrap(),
            start: wide(cells[2]),
            positions: positions.collect(),
            sell: sell(cells[4] == "0"),
            specified: cells[5].to_owned(),
            limit: wide(cells[6]),
            after: Some(after).filter(|_| !cells[7].is_empty()),
        };
        case.check();
    }
}

/// All that stand beside the checkout.
#[test]
fn all_swaps_are_those_of_the_contract() {
    let path = "../../../shared/data/uniswap_v3/pool_swaps.json";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let Ok(text) = std::fs::read_to_string(path) else {
        return;
    };
    let cases: serde_json::Value = serde_json::from_str(&text).unwrap();
    for case in cases.as_array().unwrap() {
        let text = |key: &str| case[key].as_str().unwrap().to_owned();
        let positions = case["positions"].as_array().unwrap().iter();
        let tick = |value: &serde_json::Value| i32::try_from(value.as_i64().unwrap()).unwrap();
        let positions = positions.map(|position| {
            let liquidity = position[2].as_str().unwrap().parse().unwrap();
            (tick(&position[0]), tick(&position[1]), liquidity)
        });
        let after = case
            .get("tick")
            .map(|at| [text("d0"), text("d1"), at.to_string(), text("sqrtP")]);
        let case = Case {
            fee: case["fee"].as_u64().unwrap(),
            spacing: tick(&case["spacing"]),
            start: wide(&text("start")),
            positions: positions.collect(),
            sell: sell(case["zero_for_one"].as_bool().unwrap()),
            specified: text("specified"),
            limit: wide(&text("limit")),
            after,
        };
        case.check();
    }
}

/// What a sale of 1e18 at 500 pips leaves to a liquidity of 2e18, as the contract counts it: floored in each
/// of the walk's steps, and floored again for the position.
#[test]
fn fees_are_counted_as_by_the_contract() {
    let params = ConcentratedParams::UNISWAP_V3_005;
    let mut pool: Pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::new()).unwrap();
    let ends = [-887_270, 887_270].map(|tick| Tick::new(tick).unwrap());
    let mut position = ConcentratedPosition::new(ends[0], ends[1]).unwrap();
    let liquidity = Amount::new(2 * ETHER);
    let added = pool.add_liquidity(&mut position, liquidity).unwrap();
    assert_eq!(added.amounts, [liquidity; 2]);
    let all = Exact::In(Amount::new(ETHER));
    let least = SqrtPrice::new(U256::from(4_295_128_740)).unwrap();
    pool.swap(Sell::Token0, all, least).unwrap();
    let growth = pool.fee_growth();
    assert_eq!(growth.token0, wide("85070591730234956148210572796405514"));
    assert_eq!(growth.token1, U256::ZERO);
    pool.remove_liquidity(&mut position, Amount::ZERO).unwrap();
    assert_eq!(position.owed0(), Amount::new(500_000_000_000_001));
    assert!(position.owed1().is_zero());
}

fn step(prices: [U256; 2], liquidity: u128, exact: Exact, pips: u64) -> SwapStep {
    let fee = Fee::new(pips, 1_000_000).unwrap();
    SwapStep::new(prices[0], prices[1], liquidity, exact, fee).unwrap()
}

fn moved(step: &SwapStep) -> [u128; 3] {
    [step.amount_in, step.fee, step.amount_out].map(Amount::get)
}

/// √(n/d) in units of 2^−96.
fn root(n: u128, d: u128) -> U256 {
    let square = U256::new(n << 64, 0);
    let square = square.checked_div(d, Rounding::Floor).unwrap();
    square.isqrt(Rounding::Floor)
}

const ETHER: u128 = 1_000_000_000_000_000_000;

/// Uniswap v3 core, test/SwapMath.spec.ts.
#[test]
fn steps_are_those_of_the_contract() {
    let ether = Amount::new(ETHER);
    let (one, near, ten) = (root(1, 1), root(101, 100), root(10, 1));
    let to_target = step([one, near], 2 * ETHER, Exact::In(ether), 600);
    assert_eq!(to_target.sqrt_price, near);
    let amounts = [
        9_975_124_224_178_055,
        5_988_667_735_148,
        9_925_619_580_021_728,
    ];
    assert_eq!(moved(&to_target), amounts);
    let out = step([one, near], 2 * ETHER, Exact::Out(ether), 600);
    assert_eq!(moved(&out), amounts);

    let short = step([one, ten], 2 * ETHER, Exact::In(ether), 600);
    let amounts = [
        999_400_000_000_000_000,
        600_000_000_000_000,
        666_399_946_655_997_866,
    ];
    assert_eq!(moved(&short), amounts);
    let out = step([one, root(100, 1)], 2 * ETHER, Exact::Out(ether), 600);
    let amounts = [2_000_000_000_000_000_000, 1_200_720_432_259_356, ETHER];
    assert_eq!(moved(&out), amounts);
}

#[test]
fn steps_of_a_unit_are_those_of_the_contract() {
    let prices = [
        "417332158212080721273783715441582",
        "1452870262520218020823638996",
    ]
    .map(wide);
    let liquidity = 159_344_665_391_607_089_467_575_320_103;
    let one = step(prices, liquidity, Exact::Out(Amount::new(1)), 1);
    assert_eq!(moved(&one), [1, 1, 1]);
    assert_eq!(one.sqrt_price, wide("417332158212080721273783715441581"));

    // Prices below those of all ticks.
    let all = Exact::In(Amount::new(3_915_081_100_057_732_413_702_495_386_755_767));
    let paid = step([2, 1].map(U256::from), 1, all, 1);
    let amounts = [
        39_614_081_257_132_168_796_771_975_168,
        39_614_120_871_253_040_049_813,
        0,
    ];
    assert_eq!(moved(&paid), amounts);
    assert_eq!(paid.sqrt_price, U256::ONE);

    // All of it is the fee.
    let prices = [2_413, 79_887_613_182_836_312].map(U256::from);
    let liquidity = 1_985_041_575_832_132_834_610_021_537_970;
    let fee = step(prices, liquidity, Exact::In(Amount::new(10)), 1_872);
    assert_eq!(moved(&fee), [0, 10, 0]);
    assert_eq!(fee.sqrt_price, prices[0]);
}

/// Loss versus rebalancing of a range at a price of 1, beside that of the full range: of value alike it
/// is 2/(2 − √low − 1/√high) as much.
#[test]
fn a_narrow_range_loses_more_by_its_factor() {
    let factors = [
        ((1, 2), (2, 1), 3.414_213_562_373_1),
        ((4, 5), (5, 4), 9.472_135_954_999_58),
        ((9, 10), (10, 9), 19.486_832_980_505_1),
        ((99, 100), (100, 99), 199.498_743_710_661),
    ];
    for ((n, d), (m, e), factor) in factors {
        let [low, high] = [root(n, d), root(m, e)].map(|root| SqrtPrice::new(root).unwrap());
        let range = Range::new(low, high, Amount::new(ETHER << 20)).unwrap();
        let value = range.value_at(Ratio::ONE).unwrap().get();
        let gamma = range.gamma_at(Ratio::ONE).unwrap().get();
        let ratio = 4.0 * gamma as f64 / value as f64;
        assert!((ratio / factor - 1.0).abs() < 1e-13, "{ratio} {factor}");
    }
}

/// Where an amount times the price has more than 256 bits the contract divides before it adds. The figures are
/// those of its formula in integers without a limit.
#[test]
fn a_product_of_more_than_256_bits_is_divided_first() {
    let price = wide("1427247692705959881058285969449495137370400945");
    let amount = 85_070_591_730_234_615_865_843_651_857_942_052_941;
    let liquidity = 1_180_591_620_717_411_291_079;
    let sale = step(
        [price, U256::ONE],
        liquidity,
        Exact::In(Amount::new(amount)),
        0,
    );
    assert_eq!(sale.sqrt_price, U256::from(1_099_511_627_776));
    let amount_in = 85_070_591_730_234_614_976_292_653_459_721_617_409;
    let amount_out = 21_267_647_932_558_653_744_073_163_364_930_404_366;
    assert_eq!(moved(&sale), [amount_in, amount - amount_in, amount_out]);
}

/// From a price of 1 to 4, 20 of liquidity have just 10 of Token0.
#[test]
fn one_less_than_what_there_is_does_not_reach_the_target() {
    let prices = [root(1, 1), root(4, 1)];
    for (amount, is_reached) in [(9, false), (10, true), (11, true)] {
        let bought = step(prices, 20, Exact::Out(Amount::new(amount)), 0);
        assert_eq!(bought.sqrt_price == prices[1], is_reached);
        assert_eq!(bought.amount_out, Amount::new(amount.min(10)));
    }
    // And 20 of Token1 pay for it.
    for (amount, is_reached) in [(19, false), (20, true), (21, true)] {
        let sold = step(prices, 20, Exact::In(Amount::new(amount)), 0);
        assert_eq!(sold.sqrt_price == prices[1], is_reached);
    }
    let back = [prices[1], prices[0]];
    for (amount, is_reached) in [(9, false), (10, true), (11, true)] {
        let sold = step(back, 20, Exact::In(Amount::new(amount)), 0);
        assert_eq!(sold.sqrt_price == back[1], is_reached);
    }
}

/// Uniswap v3 periphery, LiquidityAmounts.spec.ts: 100 of Token0 and 200 of Token1 between 10/11 and 11/10.
#[test]
fn liquidity_for_amounts_is_the_peripherys() {
    let root = |numerator, denominator| {
        SqrtPrice::from_price(Ratio::new(numerator, denominator).unwrap()).unwrap()
    };
    let range = Range::new(root(100, 110), root(110, 100), Amount::ZERO).unwrap();
    let [most0, most1] = [100, 200].map(Amount::new);
    for (price, liquidity) in [
        (root(1, 1), 2_148),
        (root(99, 100), 1_938),
        (root(111, 100), 2_097),
    ] {
        let most = range.liquidity_for(price, most0, most1);
        assert_eq!(most, Amount::new(liquidity));
    }
    // Below the range Token0 alone counts, and from its end on Token1.
    let below = range.liquidity_for(root(100, 110), most0, Amount::ZERO);
    assert_eq!(below, range.liquidity_for(root(99, 110), most0, most1));
    let above = range.liquidity_for(root(110, 100), Amount::ZERO, most1);
    assert_eq!(above, Amount::new(2_097));
}
