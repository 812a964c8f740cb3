//! Positions of 16 holdings: their health, and their liquidation.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Wad};
use tokenomics_haircut_collateral::{
    CloseFactor, Debt, FixedIncentive, Haircut, Holding, Incentive, Liquidation, LiquidationTerms,
    Margin, Portfolio,
};

use crate::random::Random;

/// What these crates are called here.
pub const OURS: &str = "tokenomics-haircut-collateral";

/// Positions of each measurement.
pub const POSITIONS: usize = 64;

/// A position of 16 holdings and 4 debts.
pub struct Position {
    holdings: [Holding; 16],
    debts: [Debt; 4],
}

/// Positions that can be liquidated and are solvent: amounts of up to 90 bits, prices of 18 decimals with
/// static haircuts of 20% and 14%, and debts of 88% to 93% of the value.
pub fn positions() -> Vec<Position> {
    let mut random = Random::new(0x636f_6c6c);
    let percent = |percent| Fraction::from_percent(percent).expect("at most 100");
    let haircut = Haircut::new(percent(20), percent(14)).expect("in order");
    let position = |_| {
        let holdings = [(); 16].map(|()| {
            let amount = Amount::new(random.bits(90).max(1 << 60));
            let price = Wad::from_raw(random.bits(70).max(1 << 50));
            Holding::new(amount, price.into(), haircut)
        });
        let value = Portfolio::new(&holdings, &[])
            .value()
            .expect("it fits")
            .get();
        let owed = value / 400 * (88 + u128::from(random.below(6)));
        let debt = Debt::new(Amount::new(owed), Ratio::from(Wad::ONE), Haircut::NONE);
        let debts = [debt.expect("a price of 1"); 4];
        Position { holdings, debts }
    };
    (0..POSITIONS).map(position).collect()
}

/// A bonus of 3%, to a health of 1.05.
pub fn terms() -> LiquidationTerms {
    let factor = FixedIncentive::new(Wad::from_percent(103).expect("it fits")).expect("in range");
    let target = Wad::from_percent(105).expect("it fits");
    let dust = Amount::new(1_000);
    LiquidationTerms::new(target, CloseFactor::WHOLE, Incentive::Fixed(factor), dust)
        .expect("in range")
}

impl Position {
    /// Returns whether it may stay open.
    pub fn is_healthy(&self) -> bool {
        Portfolio::new(&self.holdings, &self.debts).is_healthy(Margin::Maintenance)
    }

    /// Returns its liquidation.
    pub fn liquidate(&self, terms: &LiquidationTerms) -> Liquidation {
        let portfolio = Portfolio::new(&self.holdings, &self.debts);
        terms
            .liquidate(&portfolio, Amount::MAX)
            .expect("it isn't healthy")
    }

    /// Returns whether a liquidation of it keeps its promises.
    pub fn verify(&self, terms: &LiquidationTerms, liquidation: &Liquidation) -> bool {
        let portfolio = Portfolio::new(&self.holdings, &self.debts);
        liquidation.verify(terms, &portfolio).is_ok()
    }
}
