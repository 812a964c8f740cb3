//! Liquidation: who pays what of an unhealthy position, what for, and the certificate of it.

mod auction;
mod certificate;
mod close_factor;
mod incentive;
mod pair;
mod sizing;
mod standing;
mod verify;
mod whole;

use core::cmp::Reverse;

use tokenomics_fixed_math::{Amount, Wad};

pub use self::auction::{Decay, DutchAuction};
pub use self::certificate::{Action, Breach, Certificate, Liquidation};
pub use self::close_factor::CloseFactor;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
pub(crate) use self::incentive::MOST_FACTOR;
pub use self::incentive::{FixedIncentive, HealthIncentive, Incentive, ThresholdIncentive};
pub use self::pair::Pair;
use self::sizing::Sizing;
use self::standing::Standing;
use crate::check::in_range;
use crate::portfolio::SCALE;
use crate::wide::{product, Wide};
use crate::{Debt, Error, Holding, Margin, Portfolio, Quantity};

/// The largest health that a liquidation restores: 10.
pub(crate) const MOST_TARGET: u128 = 10 * Wad::SCALE;

/// The terms of liquidation: how much of a position, and at what incentive.
///
/// A position that owes more than it holds is closed whole, at once, without an incentive: what isn't
/// covered is the bad debt, whatever dust or unpriced asset is left in it. Otherwise a debt is repaid
/// and a holding seized until health is at the target, within the close factor. Where that can't raise
/// health, or the incentive is more than what is held over what is owed, the position is closed whole.
///
/// The pair, where the caller doesn't choose it: the debt of the largest value, and of the holdings that
/// can be seized for it with a gain of health, that of the largest value; of equals the first. Where no
/// holding can, the largest other debt for which one can takes its place, if it is worth the dust value.
/// So dust never stands in the way, and no position is closed whole where a part of any size would do.
///
/// # Laws
/// `certified_liquidation`: each result passes [`Liquidation::verify`]. Health never falls, what is held
/// over what is owed never falls, so a solvent position never leaves a bad debt; nothing is repaid beyond
/// the target by more than a unit, but for dust; the value seized is at most that repaid times the
/// incentive.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Amount, Ratio};
/// use tokenomics_haircut_collateral::{
///     Action, Certificate, CloseFactor, Debt, FixedIncentive, Haircut, Holding, Incentive,
///     LiquidationTerms, Portfolio,
/// };
///
/// let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.05"))?);
/// let terms = LiquidationTerms::new(wad!("1.1"), CloseFactor::WHOLE, incentive, Amount::new(100))?;
///
/// // 10,000 at a weight of 0.8 against 8,200: a health of 0.976.
/// let haircut = Haircut::new(fraction!("0.25"), fraction!("0.2"))?;
/// let held = [Holding::new(Amount::new(10_000), Ratio::ONE, haircut)];
/// let owed = [Debt::new(Amount::new(8_200), Ratio::ONE, Haircut::NONE)?];
/// let portfolio = Portfolio::new(&held, &owed);
///
/// let liquidation = terms.liquidate(&portfolio, Amount::MAX)?;
/// // (1.1 · 8,200 − 8,000) / (1.1 − 1.05 · 0.8) = 3,923.08
/// let (repaid, seized) = (Amount::new(3_924), Amount::new(4_120));
/// assert_eq!(liquidation.action(), Action::Partial { holding: 0, seized, debt: 0, repaid });
/// assert!(matches!(liquidation.certificate(), Certificate::Improves { .. }));
/// liquidation.verify(&terms, &portfolio)?;
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LiquidationTerms {
    // From 1 to 10.
    target: Wad,
    close_factor: CloseFactor,
    incentive: Incentive,
    dust: Amount,
}

impl LiquidationTerms {
    /// Creates terms that restore a health of `target`, and leave no debt and no holding of a value
    /// below `dust` quote units where both can be avoided.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless the target is from 1 to 10.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{wad, Amount};
    /// # use tokenomics_haircut_collateral::{CloseFactor, FixedIncentive, Incentive, LiquidationTerms};
    /// let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.05"))?);
    /// let terms = |target| LiquidationTerms::new(target, CloseFactor::WHOLE, incentive, Amount::ZERO);
    /// assert!(terms(wad!("1.25")).is_ok());
    /// assert!(terms(wad!("0.99")).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(
        target: Wad,
        close_factor: CloseFactor,
        incentive: Incentive,
        dust: Amount,
    ) -> Result<Self, Error> {
        in_range(
            Quantity::TargetHealth,
            target.raw(),
            Wad::SCALE,
            MOST_TARGET,
        )?;
        Ok(Self {
            target,
            close_factor,
            incentive,
            dust,
        })
    }

    /// Returns the health that a liquidation restores.
    #[must_use]
    pub const fn target(&self) -> Wad {
        self.target
    }

    /// Returns the part of a debt that one liquidation may repay.
    #[must_use]
    pub const fn close_factor(&self) -> CloseFactor {
        self.close_factor
    }

    /// Returns the incentive.
    #[must_use]
    pub const fn incentive(&self) -> Incentive {
        self.incentive
    }

    /// Returns the value, in quote base units, below which nothing shall be left.
    #[must_use]
    pub const fn dust(&self) -> Amount {
        self.dust
    }

    /// Returns the terms with another incentive, such as that of an auction at another time.
    #[must_use]
    pub const fn with_incentive(self, incentive: Incentive) -> Self {
        Self { incentive, ..self }
    }

    /// Liquidates a position by the pair that the rule chooses, repaying at most `at_most` base units of
    /// the debt.
    ///
    /// A position that must be closed whole is, whatever `at_most` says. Where so little leaves dust of the
    /// debt or of the holding that more wouldn't, less is repaid, so that the dust value is left of both.
    ///
    /// # Rounding
    /// What is repaid is ceiled, what is seized floored.
    ///
    /// # Errors
    /// [`Error::Healthy`] if it may not be liquidated; [`Error::OutOfRange`] for an `at_most` of 0, one that
    /// doesn't pay for a unit of the holding, or of which no part leaves the dust value, with the least that
    /// passes; [`Error::Overflow`] for a bad debt above [`Amount::MAX`]; [`Error::NoGain`] if so little can't
    /// raise health while more can, which happens only to values that are cut at 1e-36.
    ///
    /// # Laws
    /// `certified_liquidation`, `limits_leave_no_dust`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount, Ratio};
    /// use tokenomics_haircut_collateral::{
    ///     Certificate, CloseFactor, Debt, Error, FixedIncentive, Haircut, Holding, Incentive,
    ///     LiquidationTerms, Portfolio,
    /// };
    ///
    /// let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.05"))?);
    /// let terms = LiquidationTerms::new(wad!("1"), CloseFactor::WHOLE, incentive, Amount::ZERO)?;
    /// let held = [Holding::new(Amount::new(90), Ratio::ONE, Haircut::NONE)];
    /// let owed = |amount| Debt::new(Amount::new(amount), Ratio::ONE, Haircut::NONE);
    ///
    /// let covered = [owed(90)?];
    /// let healthy = terms.liquidate(&Portfolio::new(&held, &covered), Amount::MAX);
    /// assert_eq!(healthy, Err(Error::Healthy));
    ///
    /// let uncovered = [owed(100)?];
    /// let closed = terms.liquidate(&Portfolio::new(&held, &uncovered), Amount::MAX)?;
    /// assert_eq!(closed.certificate(), Certificate::BadDebt { amount: Amount::new(10) });
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("liquidationCall", "absorb", "seize"))]
    pub fn liquidate(
        &self,
        portfolio: &Portfolio<'_>,
        at_most: Amount,
    ) -> Result<Liquidation, Error> {
        let before = Standing::of(portfolio)?;
        if !before.is_solvent() {
            return self.write_off(portfolio, &before);
        }
        match self.select(portfolio, &before) {
            Some(pair) => self.of_pair(portfolio, &before, pair, at_most),
            None => Ok(self.close(portfolio, &before)),
        }
    }

    /// Liquidates a position by a pair that the caller chooses, as [`Self::liquidate`] does.
    ///
    /// # Rounding
    /// What is repaid is ceiled, what is seized floored.
    ///
    /// # Errors
    /// As [`Self::liquidate`]; [`Error::NoSuchHolding`] and [`Error::NoSuchDebt`] for an index that there
    /// isn't, and [`Error::NoGain`] if seizing that holding for that debt can't raise health while
    /// the pair of the rule can.
    ///
    /// # Laws
    /// `certified_liquidation`, `limits_leave_no_dust`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Amount, Ratio};
    /// # use tokenomics_haircut_collateral::{
    /// #     Action, CloseFactor, Debt, Error, FixedIncentive, Haircut, Holding, Incentive,
    /// #     LiquidationTerms, Pair, Portfolio,
    /// # };
    /// let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.05"))?);
    /// let terms = LiquidationTerms::new(wad!("1"), CloseFactor::WHOLE, incentive, Amount::ZERO)?;
    /// let held = |haircut| Holding::new(Amount::new(100), Ratio::ONE, haircut);
    /// let held = [held(Haircut::NONE), held(Haircut::uniform(fraction!("0.2")))];
    /// let owed = [Debt::new(Amount::new(185), Ratio::ONE, Haircut::NONE)?];
    /// let portfolio = Portfolio::new(&held, &owed);
    /// let of = |holding| terms.liquidate_pair(&portfolio, Pair { holding, debt: 0 }, Amount::new(20));
    /// // 1.05 of credit for each unit that is repaid, or 0.84.
    /// assert_eq!(of(0), Err(Error::NoGain));
    /// let (seized, repaid) = (Amount::new(21), Amount::new(20));
    /// assert_eq!(of(1)?.action(), Action::Partial { holding: 1, seized, debt: 0, repaid });
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn liquidate_pair(
        &self,
        portfolio: &Portfolio<'_>,
        pair: Pair,
        at_most: Amount,
    ) -> Result<Liquidation, Error> {
        let before = Standing::of(portfolio)?;
        let (holding, debt) = pair.places();
        let (held, debt) = (portfolio.holding(holding)?, portfolio.debt(debt)?);
        if !before.is_solvent() {
            return self.write_off(portfolio, &before);
        }
        if self.factor_of(held, debt, &before).is_some() {
            return self.of_pair(portfolio, &before, pair, at_most);
        }
        self.close_unless_part(portfolio, &before)
    }

    /// Returns the pair that the rule chooses; `None` if the position must be closed whole.
    fn select(&self, portfolio: &Portfolio<'_>, before: &Standing) -> Option<Pair> {
        let debts = || (0..portfolio.debts().len()).zip(portfolio.debts());
        // Of equals the first, so an index counts the less the larger it is.
        let size = |(index, debt): &(usize, &Debt)| (debt.value(), Reverse(*index));
        let first = debts().max_by_key(size)?;
        self.select_for(portfolio, before, first).or_else(|| {
            let dust = Wide::from_u128(self.dust.get()).within(SCALE);
            let payable = debts().filter(|other| {
                other.1.value() >= dust && self.select_for(portfolio, before, *other).is_some()
            });
            self.select_for(portfolio, before, payable.max_by_key(size)?)
        })
    }

    /// Returns the pair of a debt and the largest holding that can be seized for it with a gain.
    fn select_for(
        &self,
        portfolio: &Portfolio<'_>,
        before: &Standing,
        (index, debt): (usize, &Debt),
    ) -> Option<Pair> {
        let holdings = (0..portfolio.holdings().len()).zip(portfolio.holdings());
        let (holding, _) = holdings
            .filter(|(_, held)| self.factor_of(held, debt, before).is_some())
            .max_by_key(|(index, held)| (held.value(), Reverse(*index)))?;
        Pair::of_places(holding, index)
    }

    /// Returns the factor at which a holding can be seized for a debt; `None` if that isn't covered by
    /// what is held over what is owed, or doesn't raise health, or there is nothing to seize or repay.
    fn factor_of(&self, held: &Holding, debt: &Debt, before: &Standing) -> Option<Wad> {
        if held.amount().is_zero() || held.price().is_zero() || debt.amount().is_zero() {
            return None;
        }
        let weight = held.haircut().weight(Margin::Maintenance);
        let factor = self.incentive.factor(weight, before.health);
        let cover = before.cover;
        if product(factor.raw(), cover.denominator()) > product(Wad::SCALE, cover.numerator()) {
            return None;
        }
        // Seizing takes factor · weight of credit for each unit of debt that goes, which is of a weight
        // of its own: health rises if their quotient is below it. A factor is at most 8 and a weight
        // at most 2, so each product is below 2^124.
        let lost = factor.raw().wrapping_mul(weight.raw().into());
        let gained = Wad::SCALE.wrapping_mul(debt.weight(Margin::Maintenance).into());
        let (credit, owed) = (before.health.numerator(), before.health.denominator());
        (product(lost, owed) < product(gained, credit)).then_some(factor)
    }

    /// Liquidates by a pair with a gain of health.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn of_pair(
        &self,
        portfolio: &Portfolio<'_>,
        before: &Standing,
        pair: Pair,
        at_most: Amount,
    ) -> Result<Liquidation, Error> {
        in_range(Quantity::Repaid, at_most.get(), 1, u128::MAX)?;
        match self.part(portfolio, before, pair, at_most)? {
            Some(part) => Ok(part),
            None => self.close_unless_part(portfolio, before),
        }
    }

    /// Returns the liquidation by a pair; `None` where no size of it leaves health and cover no lower.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if at most that leaves dust.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn part(
        &self,
        portfolio: &Portfolio<'_>,
        before: &Standing,
        pair: Pair,
        at_most: Amount,
    ) -> Result<Option<Liquidation>, Error> {
        let (holding, debt) = pair.places();
        let (held, debt) = (portfolio.holding(holding)?, portfolio.debt(debt)?);
        let Some(factor) = self.factor_of(held, debt, before) else {
            return Ok(None);
        };
        let sizing = Sizing {
            terms: self,
            held,
            debt,
            factor,
            at_most,
        };
        let Some((repaid, seized, after)) = sizing.of(before)? else {
            return Ok(None);
        };
        let action = Action::Partial {
            holding: pair.holding,
            seized,
            debt: pair.debt,
            repaid,
        };
        Ok(Some(Liquidation::new(action, after.improves(before))))
    }
}

tokenomics_internals::checked_codec! {
    LiquidationTerms::new as RawLiquidationTerms {
        target: Wad = LiquidationTerms::target,
        close_factor: CloseFactor = LiquidationTerms::close_factor,
        incentive: Incentive = LiquidationTerms::incentive,
        dust: Amount = LiquidationTerms::dust,
    }
}
