//! The liquidation of an account.

use tokenomics_fixed_math::Amount;

use super::Account;
use crate::{Error, Liquidation, LiquidationTerms, Pair};

impl<const N: usize> Account<N> {
    /// Liquidates the position, takes from it what is seized and repaid, and returns both.
    ///
    /// A bad debt stays owed: [`write_off`](Self::write_off) takes it off in the step in which somebody bears
    /// it. Until then each call tells it again.
    ///
    /// # Rounding
    /// As [`LiquidationTerms::liquidate`]: what is repaid is ceiled, what is seized floored.
    ///
    /// # Errors
    /// As [`LiquidationTerms::liquidate`].
    ///
    /// # Laws
    /// `certified_liquidation`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Amount, Ratio};
    /// use tokenomics_haircut_collateral::{
    ///     Account, CloseFactor, Debt, Error, FixedIncentive, Haircut, Holding, Incentive,
    ///     LiquidationTerms,
    /// };
    ///
    /// let haircut = Haircut::new(fraction!("0.2"), fraction!("0.1"))?;
    /// let mut account = Account::<2>::new();
    /// let coin = Holding::new(Amount::new(1_000), Ratio::ONE, haircut);
    /// let coin = account.add_holding(coin)?;
    /// account.add_debt(Debt::new(Amount::new(800), Ratio::ONE, Haircut::NONE)?)?;
    /// let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.02"))?);
    /// let terms = LiquidationTerms::new(wad!("1"), CloseFactor::WHOLE, incentive, Amount::ZERO)?;
    /// assert_eq!(account.liquidate(&terms, Amount::MAX), Err(Error::Healthy));
    ///
    /// account.reprice_holding(coin, Ratio::new(88, 100)?, haircut)?;
    /// account.liquidate(&terms, Amount::MAX)?;
    /// assert!(!account.portfolio().is_liquidatable());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn liquidate(
        &mut self,
        terms: &LiquidationTerms,
        at_most: Amount,
    ) -> Result<Liquidation, Error> {
        self.settle(terms.liquidate(&self.portfolio(), at_most)?)
    }

    /// Liquidates the position by a pair that the liquidator chooses, as [`liquidate`](Self::liquidate) does.
    ///
    /// # Rounding
    /// As [`liquidate`](Self::liquidate).
    ///
    /// # Errors
    /// As [`LiquidationTerms::liquidate_pair`].
    ///
    /// # Laws
    /// `certified_liquidation`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Amount, Ratio};
    /// # use tokenomics_haircut_collateral::{
    /// #     Account, CloseFactor, Debt, FixedIncentive, Haircut, Holding, Incentive, LiquidationTerms, Pair,
    /// # };
    /// let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.05"))?);
    /// let terms = LiquidationTerms::new(wad!("1"), CloseFactor::WHOLE, incentive, Amount::ZERO)?;
    /// let held = |haircut| Holding::new(Amount::new(100), Ratio::ONE, haircut);
    /// let held = [held(Haircut::NONE), held(Haircut::uniform(fraction!("0.2")))];
    /// let owed = [Debt::new(Amount::new(185), Ratio::ONE, Haircut::NONE)?];
    /// let mut account = Account::<2>::from_entries(&held, &owed)?;
    /// let of = |holding| Pair { holding, debt: 0 };
    /// assert!(account.liquidate_pair(&terms, of(0), Amount::new(20)).is_err());
    /// account.liquidate_pair(&terms, of(1), Amount::new(20))?;
    /// assert_eq!(account.holdings()[1].amount(), Amount::new(79));
    /// assert_eq!(account.debts()[0].amount(), Amount::new(165));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn liquidate_pair(
        &mut self,
        terms: &LiquidationTerms,
        pair: Pair,
        at_most: Amount,
    ) -> Result<Liquidation, Error> {
        self.settle(terms.liquidate_pair(&self.portfolio(), pair, at_most)?)
    }

    /// Takes what is seized and repaid off the position.
    fn settle(&mut self, liquidation: Liquidation) -> Result<Liquidation, Error> {
        let mut next = *self;
        for (index, held) in (0..self.holdings_len).zip(self.holdings()) {
            let left = held
                .amount()
                .checked_sub(liquidation.seized_of(index, held))?;
            next.set_holding(index, held.with_amount(left))?;
        }
        for (index, debt) in (0..self.debts_len).zip(self.debts()) {
            let left = debt
                .amount()
                .checked_sub(liquidation.repaid_of(index, debt))?;
            next.set_debt(index, debt.with_amount(left))?;
        }
        *self = next;
        Ok(liquidation)
    }
}
