//! Figures from deployed markets and a regulator's table.

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Ratio, Wad};
use tokenomics_haircut_collateral::{unit_price, Debt, Error, Haircut, Holding, Margin, Portfolio};

/// Aave v3 on Ethereum: symbol, decimals, loan-to-value, liquidation threshold.
/// From the live reserves of 2026-08-22 (th3nolo/aave-v3-data at 71685a9).
const RESERVES: [(&str, u8, &str, &str); 6] = [
    ("WETH", 18, "0.805", "0.83"),
    ("WBTC", 8, "0.73", "0.78"),
    ("USDC", 6, "0.75", "0.78"),
    ("AAVE", 18, "0.69", "0.76"),
    ("CRV", 18, "0", "0.41"),
    ("PT-sUSDE-5FEB2026", 18, "0.0005", "0.001"),
];

const USD: u8 = 18;

fn price(per_token: &str, decimals: u8) -> Ratio {
    let (asset, quote) = (
        Decimals::new(decimals).unwrap(),
        Decimals::new(USD).unwrap(),
    );
    unit_price(per_token.parse().unwrap(), asset, quote).unwrap()
}

fn holding(symbol: &str, amount: &str, per_token: &str) -> Holding {
    let (_, decimals, ltv, threshold) = RESERVES.into_iter().find(|r| r.0 == symbol).unwrap();
    Holding::new(
        Amount::parse_decimal(amount, Decimals::new(decimals).unwrap()).unwrap(),
        price(per_token, decimals),
        Haircut::from_weights(ltv.parse().unwrap(), threshold.parse().unwrap()).unwrap(),
    )
}

fn portfolio(ether_price: &str) -> [Holding; 5] {
    [
        holding("WETH", "10", ether_price),
        holding("WBTC", "0.5", "60000"),
        holding("USDC", "20000", "1"),
        holding("CRV", "10000", "0.25"),
        holding("PT-sUSDE-5FEB2026", "1000", "0.98"),
    ]
}

fn usdc(amount: &str) -> Amount {
    Amount::parse_decimal(amount, Decimals::new(6).unwrap()).unwrap()
}

fn usdc_debt(amount: &str) -> Debt {
    let usdc_price = price("1", 6);
    Debt::new(usdc(amount), usdc_price, Haircut::NONE).unwrap()
}

fn dollars(amount: &str) -> Result<Amount, Error> {
    Ok(Amount::parse_decimal(amount, Decimals::new(USD).unwrap()).unwrap())
}

#[test]
fn a_portfolio_at_the_weights_of_aave_v3() {
    let held = portfolio("2500");
    let portfolio = Portfolio::new(&held, &[]);
    // 25,000 + 30,000 + 20,000 + 2,500 + 980
    assert_eq!(portfolio.value(), dollars("78480"));
    // 20,125 + 21,900 + 15,000 + 0 + 0.49
    assert_eq!(portfolio.credit(Margin::Initial), dollars("57025.49"));
    // 20,750 + 23,400 + 15,600 + 1,025 + 0.98
    assert_eq!(portfolio.credit(Margin::Maintenance), dollars("60775.98"));

    let most = portfolio.max_borrow(price("1", 6), Haircut::NONE, Margin::Initial);
    assert_eq!(most, Ok(usdc("57025.49")));
}

#[test]
fn the_price_at_which_that_portfolio_can_be_liquidated() {
    let owed = [usdc_debt("57025.49")];
    // (57,025.49 − 40,025.98) / (10 · 0.83) = 2,048.13373493975903614457…
    let last = portfolio("2048.133734939759036145");
    let first = portfolio("2048.133734939759036144");
    assert!(Portfolio::new(&last, &owed).is_healthy(Margin::Maintenance));
    let lowest =
        Portfolio::new(&portfolio("2500"), &owed).liquidation_price(0, Margin::Maintenance);
    assert_eq!(lowest, Ok(Some(last[0].price())));
    assert!(!Portfolio::new(&first, &owed).is_healthy(Margin::Maintenance));
}

#[test]
fn what_may_leave_that_portfolio() {
    let (held, owed) = (portfolio("2500"), [usdc_debt("40000")]);
    let portfolio = Portfolio::new(&held, &owed);
    // 17,025.49 of credit is free: 17,025.49 / (2,500 · 0.805) = 8.45987080745341614906… WETH
    let ether = portfolio.max_withdraw(0, Margin::Initial).unwrap();
    assert_eq!(ether.get(), 8_459_870_807_453_416_149);
    // 17,025.49 / (60,000 · 0.73) = 0.38870981735… WBTC
    let bitcoin = portfolio.max_withdraw(1, Margin::Initial).unwrap();
    assert_eq!(bitcoin.get(), 38_870_981);
    // CRV has no loan-to-value, so all of it may leave.
    let crv = portfolio.max_withdraw(3, Margin::Initial).unwrap();
    assert_eq!(crv, held[3].amount());
}

#[test]
fn a_unit_price_is_exact() {
    let price = |per_token: &str, asset, quote| {
        let decimals = |digits| Decimals::new(digits).unwrap();
        unit_price(per_token.parse().unwrap(), decimals(asset), decimals(quote))
    };
    // 1e-18 · 10^6 / 10^18, which 18 decimals have no digit for.
    let least = price("0.000000000000000001", 18, 6).unwrap();
    assert_eq!(least, Ratio::new(1, 10_u128.pow(30)).unwrap());
    let million = price("1.5", 6, 18).unwrap();
    assert_eq!(million, Ratio::from_integer(1_500_000_000_000));
    assert_eq!(million.denominator(), Wad::SCALE);
    assert!(price("1", 0, 38).is_ok());
    assert!(price("4", 0, 38).is_err());
}

/// 12 CFR 1240.39, table 1: a main-index equity is cut by 15%, another listed one by 25%, at a
/// holding period of ten days; 25% scaled to five days by √t is 17.68%, to twenty 35.36%.
#[test]
fn a_repo_at_the_standard_supervisory_haircuts() {
    let share = |percent: &str, value: u128| {
        let cut: Fraction = percent.parse().unwrap();
        Holding::new(
            Amount::new(value),
            Ratio::ONE,
            Haircut::new(cut, cut).unwrap(),
        )
    };
    for (cut, covered) in [
        ("0.15", 850_000),
        ("0.25", 750_000),
        ("0.1768", 823_200),
        ("0.3536", 646_400),
    ] {
        let held = [share(cut, 1_000_000)];
        let credit = Portfolio::new(&held, &[]).credit(Margin::Maintenance);
        assert_eq!(credit, Ok(Amount::new(covered)));
    }
}

/// The way Mango v4 and Drift weigh both sides: an asset at 0.8 and 0.9, a liability at 1.2 and 1.1.
#[test]
fn a_liability_weight_is_an_add_on() {
    let bps = |bps| Fraction::from_bps(bps).unwrap();
    let tenth = Haircut::new(bps(2_000), bps(1_000)).unwrap();
    let held = [Holding::new(Amount::new(1_000), Ratio::ONE, tenth)];
    let owed = [Debt::new(Amount::new(500), Ratio::ONE, tenth).unwrap()];
    let portfolio = Portfolio::new(&held, &owed);
    assert_eq!(portfolio.owed(Margin::Initial), Ok(Amount::new(600)));
    assert_eq!(portfolio.owed(Margin::Maintenance), Ok(Amount::new(550)));
    // (800 − 600) / 1.2 and (900 − 550) / 1.1
    let more = |margin| portfolio.max_borrow(Ratio::ONE, tenth, margin);
    assert_eq!(more(Margin::Initial), Ok(Amount::new(166)));
    assert_eq!(more(Margin::Maintenance), Ok(Amount::new(318)));
}
