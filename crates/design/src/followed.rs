//! Emissions that follow a signal: what a run steps, as plain data.

use tokenomics_fixed_math::{Amount, Rounding, Timestamp};
use tokenomics_rate_controllers::{Error, Mint, NposInflation, SqrtIssuance, TargetBonded};

use crate::BaselineMinting;

/// An emission that follows a signal, such as how much is at stake.
///
/// It has no closed form, as a run may be fed another signal than the design's. A run mints with the
/// controller up to each change of the signal or of the supply, and begins anew from there.
#[derive(Debug, Clone)]
pub struct Followed {
    /// The controller, as it is when the emission begins, and the path of its signal.
    pub controller: Controller,
    /// The supply when it begins.
    pub supply: Amount,
    /// The time, on its clock, after which what was minted joins the supply. It does so at each
    /// change of the signal, too, from which this time begins anew.
    pub update: Option<u64>,
    /// The time, on its clock, from which on nothing more is minted.
    pub end: Option<u64>,
    /// The amount after which nothing more is minted.
    pub cap: Option<Amount>,
}

impl Followed {
    /// Returns the most that it may ever mint; `None` where that depends on what it follows.
    #[must_use]
    pub fn max(&self) -> Option<Amount> {
        let reserve = match &self.controller {
            Controller::Baseline(follows) => Some(follows.mint.reserve()),
            _ => None,
        };
        self.cap.into_iter().chain(reserve).min()
    }
}

/// The controllers that an emission can follow a signal by.
#[derive(Debug, Clone)]
pub enum Controller {
    /// Issuance by the square root of what is at stake.
    SqrtIssuance(Follows<UnitIssuance>),
    /// An inflation that moves towards a share at stake.
    TargetBonded(Follows<TargetBonded>),
    /// An inflation by the share at stake.
    NposInflation(Follows<NposInflation>),
    /// Minting by the power of a network, beside a baseline.
    Baseline(Box<Follows<BaselineMinting>>),
}

impl Controller {
    /// Returns how often the design's path changes the signal.
    #[must_use]
    pub fn changes(&self) -> usize {
        let stages = match self {
            Self::SqrtIssuance(follows) => follows.path.len(),
            Self::TargetBonded(follows) => follows.path.len(),
            Self::NposInflation(follows) => follows.path.len(),
            Self::Baseline(follows) => follows.path.len(),
        };
        stages.saturating_sub(1)
    }

    /// Returns when, on the emission's clock, it begins.
    #[must_use]
    pub fn start(&self) -> Timestamp {
        match self {
            Self::SqrtIssuance(follows) => follows.mint.last(),
            Self::TargetBonded(follows) => follows.mint.last(),
            Self::NposInflation(follows) => follows.mint.last(),
            Self::Baseline(follows) => follows.mint.last(),
        }
    }
}

/// A controller with the path of its signal.
#[derive(Debug, Clone)]
pub struct Follows<M: Mint> {
    /// The controller, as it is when the emission begins.
    pub mint: M,
    /// The signal, in the order of time and never empty; the first stage begins with the emission.
    pub path: Vec<Stage<M::Signal>>,
}

/// A value from some time on, until that of the next stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage<V> {
    /// The first instant, on the emission's clock.
    pub from: u64,
    /// The value.
    pub value: V,
}

/// An issuance that counts in units of so many base units.
///
/// ```
/// use tokenomics_design::UnitIssuance;
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_rate_controllers::{Mint as _, SqrtIssuance, SqrtIssuanceParams};
///
/// // Ethereum counts in Gwei of 10^9 wei.
/// let issuance = SqrtIssuance::new(SqrtIssuanceParams::ETHEREUM, Timestamp::ZERO)?;
/// let mut mint = UnitIssuance { issuance, unit: 1_000_000_000 };
/// let staked = 16_000_000_000_000_000;
/// let issued = mint.mint(Timestamp::new(1), staked, Amount::ZERO)?;
/// assert_eq!(issued, Amount::new(505 * 16_000_000 * 1_000_000_000));
/// # Ok::<(), tokenomics_rate_controllers::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitIssuance {
    /// The issuance.
    pub issuance: SqrtIssuance,
    /// The base units of one of its units.
    pub unit: u128,
}

impl Mint for UnitIssuance {
    /// The stake, in units. The supply makes no difference.
    type Signal = u64;

    fn last(&self) -> Timestamp {
        self.issuance.last()
    }

    fn mint(&mut self, at: Timestamp, staked: u64, _: Amount) -> Result<Amount, Error> {
        let mut issuance = self.issuance;
        let units = issuance.update(at, staked)?;
        let minted = units.mul_div(self.unit, 1, Rounding::Floor)?;
        self.issuance = issuance;
        Ok(minted)
    }
}

#[cfg(test)]
mod tests {
    use tokenomics_rate_controllers::SqrtIssuanceParams;

    use super::*;

    #[test]
    fn an_issuance_in_units_tells_when_it_was_called_last() {
        let (start, later) = (Timestamp::new(7), Timestamp::new(9));
        let issuance = SqrtIssuance::new(SqrtIssuanceParams::ETHEREUM, start).unwrap();
        let mut mint = UnitIssuance { issuance, unit: 10 };
        assert_eq!(mint.last(), start);
        mint.mint(later, 32_000_000_000, Amount::ZERO).unwrap();
        assert_eq!(mint.last(), later);
    }
}
