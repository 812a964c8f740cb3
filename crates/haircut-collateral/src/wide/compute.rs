//! The products and divisions that a position costs, counted. docs/mechanisms/haircut-collateral.md states
//! them.

extern crate std;

use core::cell::Cell;
use std::vec::Vec;

use tokenomics_fixed_math::{wad, Amount, Fraction, Ratio};

use crate::{
    Action, CloseFactor, Debt, FixedIncentive, Haircut, Holding, Incentive, LiquidationTerms,
    Margin, Portfolio,
};

std::thread_local! {
    static COUNT: Cell<[u32; 2]> = const { Cell::new([0; 2]) };
}

pub(super) fn count_product() {
    let [products, divisions] = COUNT.get();
    COUNT.set([products + 1, divisions]);
}

pub(super) fn count_division() {
    let [products, divisions] = COUNT.get();
    COUNT.set([products, divisions + 1]);
}

/// The products of 128 by 128 bits, and the divisions of 256 by 128, of a call.
fn counted<T>(call: impl FnOnce() -> T) -> [u32; 2] {
    COUNT.set([0; 2]);
    let _ = call();
    COUNT.get()
}

/// Prices of 18 decimals, of whole units, and over a prime.
fn prices() -> [Ratio; 3] {
    let price = |numerator, denominator| Ratio::new(numerator, denominator).unwrap();
    [
        price(1_234_567_890_123_456_789, 1_000_000_000_000_000_000),
        price(3, 1),
        price(8_642_097_531, 7_000_000_001),
    ]
}

/// So many holdings and debts, liquidatable and solvent.
fn position(holdings: u32, debts: u32, price: Ratio) -> (Vec<Holding>, Vec<Debt>) {
    let haircut = Haircut::uniform(Fraction::from_percent(14).unwrap());
    let unit = 10_u128.pow(24);
    let held =
        (0..holdings).map(|at| Holding::new(Amount::new(unit + u128::from(at)), price, haircut));
    let owed = unit * u128::from(holdings) * 90 / 100 / u128::from(debts.max(1));
    let owed = (0..debts).map(|at| {
        let owed = Amount::new(owed + u128::from(at));
        Debt::new(owed, price, Haircut::NONE).unwrap()
    });
    (held.collect(), owed.collect())
}

fn terms() -> LiquidationTerms {
    let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.03")).unwrap());
    LiquidationTerms::new(wad!("1.05"), CloseFactor::WHOLE, incentive, Amount::ZERO).unwrap()
}

fn of_position(holdings: u32, debts: u32, price: Ratio) -> [[u32; 2]; 4] {
    let (held, owed) = position(holdings, debts, price);
    let (portfolio, terms) = (Portfolio::new(&held, &owed), terms());
    let done = terms.liquidate(&portfolio, Amount::MAX).unwrap();
    assert!(matches!(done.action(), Action::Partial { .. }));
    [
        counted(|| portfolio.is_healthy(Margin::Initial)),
        counted(|| portfolio.credit(Margin::Initial)),
        counted(|| terms.liquidate(&portfolio, Amount::MAX)),
        counted(|| done.verify(&terms, &portfolio)),
    ]
}

/// The products that weigh an entry at each of the prices, of which one more where amount times price is above
/// 128 bits, and those that a liquidation and its check take beside.
const WEIGHED: [(u32, [u32; 2]); 3] = [(3, [137, 127]), (2, [130, 128]), (2, [130, 128])];

/// Of each entry: products to weigh it once, and 2 divisions at a price that sums are cut at.
#[test]
fn the_compute_of_health_and_credit_is_what_the_page_states() {
    for ((price, cut), (weighed, _)) in prices().into_iter().zip([0, 0, 2]).zip(WEIGHED) {
        for holdings in 1..=16 {
            for debts in 1..=4 {
                let [health, credit, ..] = of_position(holdings, debts, price);
                let entries = holdings + debts;
                assert_eq!(health, [weighed * entries, cut * entries]);
                // The sum is divided once, by 1e36.
                assert_eq!(credit, [weighed * holdings, cut * holdings + 2]);
            }
        }
    }
}

/// A liquidation weighs each entry three times, and compares each holding with the debt that is repaid.
#[test]
fn the_compute_of_a_liquidation_is_what_the_page_states() {
    for ((price, cut), (weighed, [fixed, checked])) in
        prices().into_iter().zip([0, 0, 2]).zip(WEIGHED)
    {
        for holdings in 2..=16 {
            for debts in 1..=4 {
                let [.., liquidate, verify] = of_position(holdings, debts, price);
                let entries = holdings + debts;
                // 12 fewer where a holding or a debt is used up, of which no dust can be left.
                let most = fixed + (4 + 3 * weighed) * holdings + 3 * weighed * debts;
                let fewer = most - liquidate[0];
                assert!(fewer == 0 || fewer == 12, "{fewer}");
                assert!(liquidate[1] <= 37 + 3 * cut * entries, "{liquidate:?}");
                assert_eq!(verify[0], checked + 4 * weighed * entries);
                assert!(verify[1] <= 21 + 4 * cut * entries, "{verify:?}");
            }
        }
    }
}
