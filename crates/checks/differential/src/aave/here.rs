//! The same position here, and faults that the run has to see.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Wad};
use tokenomics_haircut_collateral::{
    Action, Certificate, CloseFactor, Debt, Error, FixedIncentive, Haircut, Holding, Incentive,
    LiquidationTerms, Margin, Pair, Portfolio, Quantity,
};

use super::position::{Asset, Position, Terms, ALL};
use crate::Failure;

/// The health that a liquidation here may restore, which the pool doesn't look at.
pub const TARGET: u32 = 10;

/// A change of what is answered here, by as little as can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Price,
    Threshold,
    Ltv,
    Value,
    Liabilities,
    Credit,
    Verdict,
    Borrow,
    CloseFactor,
    WholeAt,
    Bonus,
    Seized,
    Repaid,
    NeverBadDebt,
}

impl Fault {
    pub const ALL: [Self; 14] = [
        Self::Price,
        Self::Threshold,
        Self::Ltv,
        Self::Value,
        Self::Liabilities,
        Self::Credit,
        Self::Verdict,
        Self::Borrow,
        Self::CloseFactor,
        Self::WholeAt,
        Self::Bonus,
        Self::Seized,
        Self::Repaid,
        Self::NeverBadDebt,
    ];
}

/// What a liquidation here comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Healthy,
    Part {
        seized: u128,
        repaid: u128,
    },
    Close,
    BadDebt,
    NoGain,
    /// The liquidator has too little for a unit of the holding, which costs so much.
    TooLittle {
        least: u128,
    },
}

/// A position here.
pub struct Here<'a> {
    position: &'a Position,
    holdings: Vec<Holding>,
    debts: Vec<Debt>,
    fault: Option<Fault>,
}

impl<'a> Here<'a> {
    /// # Errors
    /// Terms that are none here.
    pub fn new(position: &'a Position, fault: Option<Fault>) -> Result<Self, Failure> {
        let mut here = Self {
            position,
            holdings: Vec::new(),
            debts: Vec::new(),
            fault,
        };
        for (index, asset) in position.assets.iter().enumerate() {
            let terms = position.terms(index);
            if asset.held > 0 {
                let haircut = here.haircut(&terms)?;
                let (held, price) = (Amount::new(asset.held), price(&terms)?);
                here.holdings.push(Holding::new(held, price, haircut));
            }
            if asset.owed > 0 {
                let owed = Amount::new(asset.owed);
                here.debts
                    .push(Debt::new(owed, here.debt_price(&terms)?, Haircut::NONE)?);
            }
        }
        Ok(here)
    }

    fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    /// A unit, with that fault.
    fn one_if(&self, fault: Fault) -> u128 {
        u128::from(self.has(fault))
    }

    fn haircut(&self, terms: &Terms) -> Result<Haircut, Failure> {
        let threshold = u64::from(terms.threshold) + u64::from(self.has(Fault::Threshold));
        let ltv = u64::from(terms.ltv) + u64::from(self.has(Fault::Ltv));
        let (ltv, threshold) = (ltv.min(threshold), threshold);
        let weights = (Fraction::from_bps(ltv)?, Fraction::from_bps(threshold)?);
        Ok(Haircut::from_weights(weights.0, weights.1)?)
    }

    fn debt_price(&self, terms: &Terms) -> Result<Ratio, Failure> {
        let numerator = u128::from(terms.price) + self.one_if(Fault::Price);
        Ok(Ratio::new(numerator, terms.unit.into())?)
    }

    fn portfolio(&self) -> Portfolio<'_> {
        Portfolio::new(&self.holdings, &self.debts)
    }

    /// None above 128 bits, as of the next three.
    pub fn value(&self) -> Option<u128> {
        let value = self.portfolio().value().ok()?;
        value.get().checked_add(self.one_if(Fault::Value))
    }

    pub fn liabilities(&self) -> Option<u128> {
        let liabilities = self.portfolio().liabilities().ok()?.get();
        Some(liabilities.saturating_sub(self.one_if(Fault::Liabilities)))
    }

    pub fn credit(&self, margin: Margin) -> Option<u128> {
        let credit = self.portfolio().credit(margin).ok()?;
        credit.get().checked_add(self.one_if(Fault::Credit))
    }

    pub fn owed(&self, margin: Margin) -> Option<u128> {
        Some(self.portfolio().owed(margin).ok()?.get())
    }

    pub fn is_healthy(&self, margin: Margin) -> bool {
        let mut debts = self.debts.clone();
        if let (true, Some(debt)) = (self.has(Fault::Verdict), debts.first_mut()) {
            *debt = debt.with_amount(Amount::new(debt.amount().get() - 1));
        }
        Portfolio::new(&self.holdings, &debts).is_healthy(margin)
    }

    pub fn health(&self) -> Option<Ratio> {
        self.portfolio().health(Margin::Maintenance)
    }

    /// What may be borrowed on top of an asset, in its base units.
    pub fn max_borrow(&self, index: usize) -> Result<u128, Failure> {
        let price = self.debt_price(&self.position.terms(index))?;
        let most = self
            .portfolio()
            .max_borrow(price, Haircut::NONE, Margin::Initial)?;
        Ok(most.get().saturating_add(self.one_if(Fault::Borrow)))
    }

    /// The same in units of the base currency.
    pub fn headroom(&self) -> Result<u128, Failure> {
        let most = self
            .portfolio()
            .max_borrow(Ratio::ONE, Haircut::NONE, Margin::Initial)?;
        Ok(most.get())
    }

    fn terms(&self, bonus: u32) -> Result<LiquidationTerms, Failure> {
        let part = 5_000 + u64::from(self.has(Fault::CloseFactor));
        let whole_at = 9_500 + self.one_if(Fault::WholeAt);
        let (part, whole_at) = (Fraction::from_bps(part)?, Wad::from_bps(whole_at)?);
        let close_factor = CloseFactor::new(part, whole_at, Amount::ZERO)?;
        let factor = Wad::from_bps(u128::from(bonus) + self.one_if(Fault::Bonus))?;
        let incentive = Incentive::Fixed(FixedIncentive::new(factor)?);
        let target = Wad::from_bps((TARGET * ALL).into())?;
        let dust = Amount::ZERO;
        Ok(LiquidationTerms::new(
            target,
            close_factor,
            incentive,
            dust,
        )?)
    }

    /// Liquidates by a pair of assets, at the bonus of the one that is held. Each result is verified.
    pub fn liquidate(&self, [held, owed]: [usize; 2], cover: u128) -> Result<Outcome, Failure> {
        let terms = self.terms(self.position.terms(held).bonus)?;
        let before = |index: usize, amount: fn(&Asset) -> u128| {
            let before = self.position.assets.iter().take(index);
            let before = before.filter(|asset| amount(asset) > 0).count();
            u32::try_from(before).expect("few assets")
        };
        let pair = Pair {
            holding: before(held, |asset| asset.held),
            debt: before(owed, |asset| asset.owed),
        };
        let portfolio = self.portfolio();
        let liquidation = match terms.liquidate_pair(&portfolio, pair, Amount::new(cover)) {
            Ok(liquidation) => liquidation,
            Err(Error::Healthy) => return Ok(Outcome::Healthy),
            Err(Error::NoGain) => return Ok(Outcome::NoGain),
            Err(Error::OutOfRange {
                what: Quantity::Repaid,
                bound: least,
                ..
            }) => return Ok(Outcome::TooLittle { least }),
            // A bad debt of more than 128 bits.
            Err(Error::Overflow { .. }) => return Ok(Outcome::BadDebt),
            Err(error) => return Err(error.into()),
        };
        liquidation
            .verify(&terms, &portfolio)
            .map_err(|breach| format!("isn't verified: {breach}"))?;
        Ok(match (liquidation.action(), liquidation.certificate()) {
            (Action::Partial { seized, repaid, .. }, _) => Outcome::Part {
                seized: seized.get() + self.one_if(Fault::Seized),
                repaid: repaid.get().saturating_sub(self.one_if(Fault::Repaid)),
            },
            (_, Certificate::BadDebt { .. }) if !self.has(Fault::NeverBadDebt) => Outcome::BadDebt,
            _ => Outcome::Close,
        })
    }
}

fn price(terms: &Terms) -> Result<Ratio, Failure> {
    Ok(Ratio::new(terms.price.into(), terms.unit.into())?)
}
