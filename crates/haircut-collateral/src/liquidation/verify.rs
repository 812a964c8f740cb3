//! The check of a liquidation, which knows nothing of how it was made.

use tokenomics_fixed_math::{Amount, Rounding, Wad};

use super::pair::place;
use super::standing::{Standing, Sums};
use super::{Action, Breach, Certificate, Liquidation, LiquidationTerms};
use crate::portfolio::{quote_units, SCALE};
use crate::wide::Wide;
use crate::{Debt, Error, Holding, Margin, Portfolio};

impl Liquidation {
    /// Verifies the action and its certificate for a position before it, whoever made them.
    ///
    /// All sums are made anew from the position and the amounts that are moved.
    ///
    /// # Errors
    /// [`Error::Healthy`] for a position that may not be liquidated, [`Error::NoSuchHolding`] and
    /// [`Error::NoSuchDebt`], [`Error::Uncertified`] with the first promise that isn't kept.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount, Ratio};
    /// use tokenomics_haircut_collateral::{
    ///     Action, Breach, CloseFactor, Debt, Error, FixedIncentive, Haircut, Holding, Incentive,
    ///     Liquidation, LiquidationTerms, Portfolio,
    /// };
    ///
    /// let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.05"))?);
    /// let terms = LiquidationTerms::new(wad!("1.1"), CloseFactor::WHOLE, incentive, Amount::ZERO)?;
    /// let haircut = Haircut::from_weights("0.75".parse()?, "0.8".parse()?)?;
    /// let held = [Holding::new(Amount::new(1_000), Ratio::ONE, haircut)];
    /// let owed = [Debt::new(Amount::new(820), Ratio::ONE, Haircut::NONE)?];
    /// let portfolio = Portfolio::new(&held, &owed);
    ///
    /// let sound = terms.liquidate(&portfolio, Amount::new(100))?;
    /// assert_eq!(sound.verify(&terms, &portfolio), Ok(()));
    ///
    /// // 106 seized for 100, at 5%.
    /// let (seized, repaid) = (Amount::new(106), Amount::new(100));
    /// let greedy = Action::Partial { holding: 0, seized, debt: 0, repaid };
    /// let greedy = Liquidation::new(greedy, sound.certificate());
    /// let refused = greedy.verify(&terms, &portfolio);
    /// assert_eq!(refused, Err(Error::Uncertified { breach: Breach::Incentive }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn verify(&self, terms: &LiquidationTerms, portfolio: &Portfolio<'_>) -> Result<(), Error> {
        let before = Standing::of(portfolio)?;
        let after = self.sums_after(portfolio)?;
        match (self.action(), before.is_solvent()) {
            (Action::Partial { holding, debt, .. }, true) => {
                let (held, debt) = (
                    portfolio.holding(place(holding))?,
                    portfolio.debt(place(debt))?,
                );
                self.verify_partial(terms, held, debt, &before, &after)?;
            }
            (Action::Whole { .. }, true) => self.verify_close(terms, portfolio, &before, &after)?,
            (Action::Whole { .. }, false) => {
                return self.verify_write_off(portfolio, &before, &after);
            }
            (Action::Partial { .. }, false) => return Err(Breach::WrongAction.into()),
        }
        Ok(after.is_no_worse_than(&before)?)
    }

    /// Returns the sums of what the position holds and owes afterwards.
    fn sums_after(&self, portfolio: &Portfolio<'_>) -> Result<Sums, Error> {
        let (none, margin) = (Wide::ZERO, Margin::Maintenance);
        let mut sums = Sums {
            value: none,
            credit: none,
            liabilities: none,
            owed: none,
        };
        for (index, held) in (0..portfolio.holdings().len()).zip(portfolio.holdings()) {
            let left = held.amount().checked_sub(self.seized_of(index, held));
            let left = held.with_amount(left.map_err(|_| Breach::Amounts)?);
            sums.value = sums.value.plus(left.value());
            sums.credit = sums.credit.plus(left.credit(margin));
        }
        for (index, debt) in (0..portfolio.debts().len()).zip(portfolio.debts()) {
            let left = debt.amount().checked_sub(self.repaid_of(index, debt));
            let left = debt.with_amount(left.map_err(|_| Breach::Amounts)?);
            sums.liabilities = sums.liabilities.plus(left.value());
            sums.owed = sums.owed.plus(left.owed(margin));
        }
        Ok(sums)
    }

    fn verify_partial(
        &self,
        terms: &LiquidationTerms,
        held: &Holding,
        debt: &Debt,
        before: &Standing,
        after: &Sums,
    ) -> Result<(), Breach> {
        let Action::Partial { seized, repaid, .. } = self.action() else {
            return Err(Breach::WrongAction);
        };
        if repaid.is_zero() {
            return Err(Breach::Amounts);
        }
        let factor = terms
            .factor_of(held, debt, before)
            .ok_or(Breach::WrongAction)?;
        if !is_paid_for(held, debt, seized, repaid, factor) {
            return Err(Breach::Incentive);
        }
        is_asked_for(terms, (held, seized), (debt, repaid), before, factor)?;
        self.claims(after.improves(before))
    }

    fn verify_close(
        &self,
        terms: &LiquidationTerms,
        portfolio: &Portfolio<'_>,
        before: &Standing,
        after: &Sums,
    ) -> Result<(), Breach> {
        // A part would do, and has a size: prices that sums are cut at may leave none.
        if terms.has_part(portfolio, before) {
            return Err(Breach::WrongAction);
        }
        if !after.liabilities.is_zero() {
            return Err(Breach::Amounts);
        }
        let due = terms.closing_share(portfolio, before);
        // Cut at 1e-36 each, what is left may be worth less by so much for each holding.
        let left = after.value.plus(entries(portfolio.holdings().len()));
        let seized = before.value.checked_sub(left).unwrap_or(Wide::ZERO);
        let (denominator, numerator) = (due.denominator(), due.numerator());
        let of = |share| Wide::from_u128(share);
        if Wide::cmp_products(seized, of(denominator), before.value, of(numerator)).is_gt() {
            return Err(Breach::Incentive);
        }
        self.claims(Certificate::FullCloseRequired)
    }

    /// Checks a position that owes more than it holds: all that has a price goes, at its value or above.
    fn verify_write_off(
        &self,
        portfolio: &Portfolio<'_>,
        before: &Standing,
        after: &Sums,
    ) -> Result<(), Error> {
        if !after.value.is_zero() {
            return Err(Breach::Amounts.into());
        }
        // Cut at 1e-36 each, what is repaid may be worth less by so much for each debt.
        let left_at_most = before.liabilities.plus(entries(portfolio.debts().len()));
        if after.liabilities.plus(before.value) > left_at_most {
            return Err(Breach::Incentive.into());
        }
        let amount = quote_units(after.liabilities, Rounding::Ceil)?;
        Ok(self.claims(Certificate::BadDebt { amount })?)
    }

    fn claims(&self, certificate: Certificate) -> Result<(), Breach> {
        if self.certificate() == certificate {
            Ok(())
        } else {
            Err(Breach::WrongCertificate)
        }
    }
}

/// Returns whether the value seized is at most that repaid times the factor, exactly.
fn is_paid_for(held: &Holding, debt: &Debt, seized: Amount, repaid: Amount, factor: Wad) -> bool {
    let (price, owed) = (held.price(), debt.price());
    // Four factors of 128 bits each: below 2^512.
    let product = |amount: Amount, by: [u128; 3]| {
        let amount = Wide::from_u128(amount.get());
        by.into_iter().fold(amount, Wide::within)
    };
    product(seized, [price.numerator(), owed.denominator(), Wad::SCALE])
        <= product(
            repaid,
            [owed.numerator(), price.denominator(), factor.raw()],
        )
}

/// Checks that no more is repaid than the target, the close factor and dust ask for.
fn is_asked_for(
    terms: &LiquidationTerms,
    (held, seized): (&Holding, Amount),
    (debt, repaid): (&Debt, Amount),
    before: &Standing,
    factor: Wad,
) -> Result<(), Breach> {
    // Dust is a reason for what leaves nothing of the debt or of the holding, and for nothing else.
    let uses_up = repaid == debt.amount() || seized == held.amount();
    let dust = if uses_up { terms.dust } else { Amount::ZERO };
    let slack = slack(dust, held, debt, factor);
    let allowed = terms.close_factor.most(held, debt, before.health);
    let beyond = repaid.checked_sub(allowed).unwrap_or(Amount::ZERO);
    if debt.with_amount(beyond).value() > slack {
        return Err(Breach::BeyondTarget);
    }
    let needless = debt.with_amount(repaid).value().checked_sub(slack);
    if needless.is_some_and(|value| passes_target(terms, held, debt, before, value)) {
        return Err(Breach::BeyondTarget);
    }
    Ok(())
}

/// Returns the value that may be repaid beyond what the target and the close factor ask for: two units of
/// the debt, and what dust and one unit of the holding cost.
fn slack(dust: Amount, held: &Holding, debt: &Debt, factor: Wad) -> Wide {
    let dust = Wide::from_u128(dust.get()).within(SCALE);
    let unit = held.with_amount(Amount::new(1)).value();
    let cost = dust.plus(unit).within(Wad::SCALE);
    let cost = cost.divided(factor.raw().min(Wad::SCALE), Rounding::Ceil);
    // The value of a unit is cut at 1e-36, and so is what is repaid.
    cost.plus(debt.with_amount(Amount::new(2)).value())
        .plus(Wide::from_u128(2))
}

/// Returns whether repaying a value takes health beyond the target: value · (T·g − f·w) > T·D − C.
fn passes_target(
    terms: &LiquidationTerms,
    held: &Holding,
    debt: &Debt,
    before: &Standing,
    value: Wide,
) -> bool {
    let Some(factor) = terms.factor_of(held, debt, before) else {
        return true;
    };
    let (margin, target) = (Margin::Maintenance, terms.target.raw());
    // Below 2^126 and 2^123, and positive: health rises, and the target is above it.
    let gained = target.wrapping_mul(debt.weight(margin).into());
    let gain = gained.saturating_sub(factor.raw().wrapping_mul(held.weight(margin)));
    // In 1e-54; a value of one debt is below 2^377, so its product fits.
    let wanted = before.owed.within(target);
    let short = wanted.checked_sub(before.credit.within(Wad::SCALE));
    value.within(gain).divided(Wad::SCALE, Rounding::Floor) > short.unwrap_or(Wide::ZERO)
}

/// Returns a number of entries.
fn entries(len: usize) -> Wide {
    Wide::from_u128(u128::try_from(len).unwrap_or(u128::MAX))
}
