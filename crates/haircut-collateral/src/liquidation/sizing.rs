//! The size of a liquidation by one holding and one debt.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Wad};

use super::standing::{Standing, Sums};
use super::LiquidationTerms;
use crate::check::in_range;
use crate::portfolio::SCALE;
use crate::wide::Wide;
use crate::{Debt, Error, Holding, Margin, Quantity};

/// All that the size depends on, but for the sums of the position.
pub(super) struct Sizing<'a> {
    pub(super) terms: &'a LiquidationTerms,
    pub(super) held: &'a Holding,
    pub(super) debt: &'a Debt,
    /// The value seized for a unit of value repaid.
    pub(super) factor: Wad,
    pub(super) at_most: Amount,
}

/// An amount repaid, and an amount seized for it.
type Size = (Amount, Amount);

impl Sizing<'_> {
    /// Returns what is repaid, what is seized, and the sums afterwards; `None` if no size leaves them no
    /// worse, which an exact price never does.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if the liquidator has too little for a unit of the holding, or for a size that
    /// leaves no dust.
    pub(super) fn of(&self, before: &Standing) -> Result<Option<(Amount, Amount, Sums)>, Error> {
        let size = self.within_limits(before);
        let at_most = size.0;
        if at_most > self.at_most {
            // What a unit's cost is too little for, too, is told instead.
            Sizing { at_most, ..*self }.of(before)?;
            let least = at_most.get();
            in_range(Quantity::Repaid, self.at_most.get(), least, u128::MAX)?;
        }
        let (whole, (repaid, seized)) = match self.without_dust(size) {
            // A limit of one's own is no reason to leave dust.
            Some(whole) if whole.0 > self.at_most => (None, self.above_dust(size, whole.0)?),
            whole => (whole, size),
        };
        // Prices that sums are cut at can leave a holding worth less by 1e-36 than what was seized.
        let one_less = seized
            .checked_sub(Amount::new(1))
            .map(|less| (repaid, less));
        let sizes = [whole, Some((repaid, seized)), one_less.ok()];
        let sound = sizes.into_iter().flatten().find_map(|(repaid, seized)| {
            let after = self.after(before, repaid, seized)?;
            let sound = after.is_no_worse_than(before).is_ok();
            sound.then_some((repaid, seized, after))
        });
        Ok(sound)
    }

    /// Returns the size that reaches the target, or less where there isn't as much or may not be; or that of
    /// a unit of the holding, whoever can pay for it.
    fn within_limits(&self, before: &Standing) -> Size {
        let most = self
            .terms
            .close_factor
            .most(self.held, self.debt, before.health);
        let most = most.min(self.at_most);
        let size = self.for_repaid(self.needed(before).min(most));
        if !size.1.is_zero() {
            return size;
        }
        // Nobody pays for nothing: as much as a whole unit of the holding costs, if so much is owed.
        let one = Amount::new(1);
        match self.price_of(one) {
            Some(cost) if cost <= self.debt.amount() => (cost, one),
            _ => size,
        }
    }

    /// Returns the least amount that reaches the target, if the holding is large enough.
    fn needed(&self, before: &Standing) -> Amount {
        let target = self.terms.target.raw();
        // Both products are below 2^512: a target is below 2^64.
        let wanted = before.owed.within(target);
        let short = wanted.checked_sub(before.credit.within(Wad::SCALE));
        // A unit of value that is repaid takes `target · weight` from what is wanted, and what is seized
        // for it `factor · weight` from the credit: less, as health rises and the target is above it.
        let (gained, lost) = (
            self.debt.weight(Margin::Maintenance),
            self.held.weight(Margin::Maintenance),
        );
        let gained = target.wrapping_mul(gained.into());
        let gain = gained.saturating_sub(self.factor.raw().wrapping_mul(lost));
        let price = self.debt.price();
        let divide = [gain, price.numerator(), Wad::SCALE];
        let needed =
            short
                .unwrap_or(Wide::ZERO)
                .scaled([price.denominator()], divide, Rounding::Ceil);
        // Not liquidatable without being short of something: at least a unit.
        needed.map_or(Amount::MAX, Amount::new).max(Amount::new(1))
    }

    /// Returns what is repaid and seized if so much is repaid, or all of the holding costs.
    fn for_repaid(&self, repaid: Amount) -> Size {
        let (price, owed) = (self.held.price(), self.debt.price());
        let multiply = [owed.numerator(), price.denominator(), self.factor.raw()];
        let divide = [owed.denominator(), price.numerator(), Wad::SCALE];
        let value = Wide::from_u128(repaid.get());
        let seized = value
            .scaled(multiply, divide, Rounding::Floor)
            .map(Amount::new);
        let all = self.held.amount();
        match seized {
            Some(seized) if seized < all => (repaid, seized),
            // At most as much as would have bought more than there is.
            _ => (
                self.price_of(all).map_or(repaid, |cost| cost.min(repaid)),
                all,
            ),
        }
    }

    /// Returns what must be repaid for so much of the holding.
    fn price_of(&self, seized: Amount) -> Option<Amount> {
        let (price, owed) = (self.held.price(), self.debt.price());
        let multiply = [price.numerator(), owed.denominator(), Wad::SCALE];
        let divide = [price.denominator(), owed.numerator(), self.factor.raw()];
        let value = Wide::from_u128(seized.get());
        value
            .scaled(multiply, divide, Rounding::Ceil)
            .map(Amount::new)
    }

    /// Returns a size that leaves no debt, or no holding, if this one leaves dust of it, whatever the
    /// liquidator has.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn without_dust(&self, (repaid, seized): Size) -> Option<Size> {
        let dust = Wide::from_u128(self.terms.dust.get()).within(SCALE);
        let left = self.debt.amount().checked_sub(repaid).ok()?;
        if !left.is_zero() && self.debt.with_amount(left).value() < dust {
            let (all, seized) = self.for_repaid(self.debt.amount());
            if all == self.debt.amount() {
                return Some((all, seized));
            }
        }
        let left = self.held.amount().checked_sub(seized).ok()?;
        if left.is_zero() || self.held.with_amount(left).value() >= dust {
            return None;
        }
        let cost = self.price_of(self.held.amount())?;
        (cost <= self.debt.amount()).then_some((cost, self.held.amount()))
    }

    /// Returns the largest size up to this one that leaves the dust value, or more, of the debt and of the
    /// holding.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if there is none: then no less than `whole` has to be repaid.
    fn above_dust(&self, (repaid, _): Size, whole: Amount) -> Result<Size, Error> {
        let (debt, held) = (self.debt, self.held);
        let repayable = self.without_units_of_dust(debt.amount(), debt.price());
        let (mut repaid, mut seized) = self.for_repaid(repaid.min(repayable));
        if self.without_dust((repaid, seized)).is_some() {
            // It is the holding of which dust would be left, and of which more would leave none.
            let seizable = self.without_units_of_dust(held.amount(), held.price());
            repaid = repaid.min(self.price_of(seizable).unwrap_or(Amount::MAX));
            seized = self.for_repaid(repaid).1.min(seizable);
        }
        if repaid.is_zero() || seized.is_zero() {
            let least = whole.get();
            in_range(Quantity::Repaid, self.at_most.get(), least, u128::MAX)?;
        }
        Ok((repaid, seized))
    }

    /// Returns an amount less the units of it that are worth the dust value, ceiled.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn without_units_of_dust(&self, amount: Amount, price: Ratio) -> Amount {
        let dust = Wide::from_u128(self.terms.dust.get());
        let (multiply, divide) = ([price.denominator()], [price.numerator()]);
        let units = dust.scaled(multiply, divide, Rounding::Ceil);
        let units = units.map_or(Amount::MAX, Amount::new);
        amount.checked_sub(units).unwrap_or(Amount::ZERO)
    }

    /// Returns the sums after this.
    fn after(&self, before: &Standing, repaid: Amount, seized: Amount) -> Option<Sums> {
        let held = self
            .held
            .with_amount(self.held.amount().checked_sub(seized).ok()?);
        let debt = self
            .debt
            .with_amount(self.debt.amount().checked_sub(repaid).ok()?);
        let replaced = |sum: Wide, old: Wide, new: Wide| Some(sum.checked_sub(old)?.plus(new));
        let margin = Margin::Maintenance;
        Some(Sums {
            value: replaced(before.value, self.held.value(), held.value())?,
            credit: replaced(before.credit, self.held.credit(margin), held.credit(margin))?,
            liabilities: replaced(before.liabilities, self.debt.value(), debt.value())?,
            owed: replaced(before.owed, self.debt.owed(margin), debt.owed(margin))?,
        })
    }
}
