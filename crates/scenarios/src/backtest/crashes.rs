//! Crashes that are known by name, and static parameters to stand beside a rule.

use tokenomics_design::Invalid;
use tokenomics_fixed_math::Fraction;
use tokenomics_haircut_collateral::Haircut;

use super::{read_path, PricePath};

/// A crash that is known by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crash {
    /// The name by which it is chosen.
    pub name: &'static str,
    /// The asset that falls.
    pub asset: &'static str,
    /// The asset that its price and debts are in.
    pub quote: &'static str,
    /// The column of prices, or the two whose quotient it is.
    column: Option<&'static str>,
    table: &'static str,
    /// The origin of the figures.
    pub source: &'static str,
}

const STETH: &str = include_str!("../../data/steth-2022-06.csv");

/// The crashes that are known by name.
pub const CRASHES: [Crash; 5] = [
    Crash {
        name: "eth-2020-03",
        asset: "ETH",
        quote: "USD",
        column: None,
        table: include_str!("../../data/eth-2020-03.csv"),
        source: "hourly closes of a Binance pair",
    },
    Crash {
        name: "luna-2022-05",
        asset: "LUNA",
        quote: "USD",
        column: None,
        table: include_str!("../../data/luna-2022-05.csv"),
        source: "hourly closes of a Binance pair",
    },
    Crash {
        name: "steth-2022-06",
        asset: "stETH",
        quote: "USD",
        column: Some("steth_usd"),
        table: STETH,
        source: "daily closes of Yahoo",
    },
    Crash {
        name: "steth-eth-2022-06",
        asset: "stETH",
        quote: "ETH",
        column: Some("steth_usd/eth_usd"),
        table: STETH,
        source: "the quotient of two daily closes of Yahoo",
    },
    Crash {
        name: "usdc-2023-03",
        asset: "USDC",
        quote: "USD",
        column: None,
        table: include_str!("../../data/usdc-2023-03.csv"),
        source: "a feed of 15 minutes",
    },
];

/// Returns the crash of a name.
#[must_use]
pub fn crash(name: &str) -> Option<&'static Crash> {
    CRASHES.iter().find(|crash| crash.name == name)
}

impl Crash {
    /// Reads its path.
    ///
    /// # Errors
    /// None, as its table is one.
    pub fn path(&self) -> Result<PricePath, Invalid> {
        read_path(self.name, self.table, self.column)
    }
}

/// Static parameters: a loan-to-value and a threshold, and where they are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The symbol that they are listed under; none where they are given by hand.
    pub symbol: Option<String>,
    /// One less each of loan-to-value and threshold.
    pub haircut: Haircut,
    /// The part that liquidators get on top; the design's terms where it isn't said.
    pub bonus: Option<Fraction>,
}

const AAVE: &str = include_str!("../../data/aave-v3-ethereum-2026-08-22.csv");

/// The symbol under which an asset is listed that goes by another name: what stands for it.
const WRAPPED: [(&str, &str); 3] = [("ETH", "WETH"), ("BTC", "WBTC"), ("stETH", "wstETH")];

/// Returns Aave v3's parameters of an asset on Ethereum as of 22 August 2026; none where it isn't listed.
///
/// ```
/// use tokenomics_fixed_math::fraction;
/// use tokenomics_haircut_collateral::Margin;
/// use tokenomics_scenarios::backtest::listed;
///
/// let ether = listed("ETH").unwrap();
/// assert_eq!(ether.symbol.as_deref(), Some("WETH"));
/// assert_eq!(ether.haircut.weight(Margin::Initial), fraction!("0.805"));
/// assert_eq!(listed("LUNA"), None);
/// ```
#[must_use]
pub fn listed(asset: &str) -> Option<Listed> {
    let wrapped = WRAPPED
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(asset));
    let symbol = wrapped.map_or(asset, |(_, symbol)| symbol);
    let rows = AAVE.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.map(|row| row.split(',').collect::<Vec<_>>())
        .find(|cells| cells[0].eq_ignore_ascii_case(symbol))
        .and_then(|cells| from_cells(&cells))
}

fn from_cells(cells: &[&str]) -> Option<Listed> {
    let [symbol, ltv, threshold, bonus] = cells else {
        return None;
    };
    let fraction = |text: &str| text.parse::<Fraction>().ok();
    Some(Listed {
        symbol: Some((*symbol).to_owned()),
        haircut: Haircut::from_weights(fraction(ltv)?, fraction(threshold)?).ok()?,
        bonus: Some(fraction(bonus)?),
    })
}
