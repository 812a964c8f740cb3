//! The bad debt of an account, and who bears it.

use tokenomics_fixed_math::{Amount, Rounding};

use super::Account;
use crate::check::in_range;
use crate::portfolio::quote_units;
use crate::{Error, Quantity};

/// The bad debt that [`Account::write_off`] has taken off an account, for whoever bears it.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio};
/// use tokenomics_haircut_collateral::{Account, Debt, Haircut};
///
/// let owed = Debt::new(Amount::new(7), Ratio::new(3, 2)?, Haircut::NONE)?;
/// let written_off = Account::<1>::from_entries(&[], &[owed])?.write_off()?;
/// assert_eq!(written_off.value, Amount::new(11)); // of 10.5
/// assert_eq!((written_off.debts, written_off.holdings), ([Amount::new(7)], [Amount::ZERO]));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; value: (Amount), debts: ([Amount; N]), holdings: ([Amount; N]))),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct WrittenOff<const N: usize = 16> {
    /// The value of all debts, in quote base units, ceiled.
    pub value: Amount,
    /// The amounts that were owed, by the index of the debt.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Amount, N>")
    )]
    pub debts: [Amount; N],
    /// The amounts that were left of holdings without a price, by the index of the holding. They
    /// belong to whoever bears the debt.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Amount, N>")
    )]
    pub holdings: [Amount; N],
}

impl<const N: usize> WrittenOff<N> {
    const NOTHING: Self = Self {
        value: Amount::ZERO,
        debts: [Amount::ZERO; N],
        holdings: [Amount::ZERO; N],
    };
}

impl<const N: usize> Account<N> {
    /// Takes a bad debt off the account, and returns it: once, to be borne once, by a
    /// [`LossWaterfall`](crate::LossWaterfall) or whoever else.
    ///
    /// A [liquidation](Self::liquidate) of an insolvent position has seized all that has a price, and told
    /// what is left owed. From then on this takes all debts off, and all that is left of the holdings
    /// too: nobody keeps an asset whose price comes back, while others bear what was borrowed against it. Its
    /// places stay taken. Of an account that owes nothing it takes nothing.
    ///
    /// Anybody who may [`deposit`](Self::deposit) can put a unit in between and so have this refused: liquidate
    /// and write off in one step.
    ///
    /// # Rounding
    /// Ceil, of the value.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] while something of a value is held, which has to be liquidated first;
    /// [`Error::Overflow`] for a debt above [`Amount::MAX`] quote units.
    ///
    /// # Laws
    /// `written_off_once`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount, Ratio};
    /// use tokenomics_haircut_collateral::{
    ///     Account, Certificate, CloseFactor, Debt, Error, FixedIncentive, Haircut, Holding, Incentive,
    ///     LiquidationTerms,
    /// };
    ///
    /// let held = Holding::new(Amount::new(90), Ratio::ONE, Haircut::NONE);
    /// let owed = Debt::new(Amount::new(100), Ratio::ONE, Haircut::NONE)?;
    /// let mut account = Account::<1>::from_entries(&[held], &[owed])?;
    /// assert!(account.write_off().is_err());
    ///
    /// let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.05"))?);
    /// let terms = LiquidationTerms::new(wad!("1"), CloseFactor::WHOLE, incentive, Amount::ZERO)?;
    /// let amount = Amount::new(10);
    /// let told = account.liquidate(&terms, Amount::MAX)?.certificate();
    /// assert_eq!(told, Certificate::BadDebt { amount });
    /// assert_eq!(account.write_off()?.value, amount);
    /// assert_eq!(account.write_off()?.value, Amount::ZERO);
    /// assert_eq!(account.liquidate(&terms, Amount::MAX), Err(Error::Healthy));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("socialize", "bad_debt", "settle", "forgive", "deficit"))]
    pub fn write_off(&mut self) -> Result<WrittenOff<N>, Error> {
        let portfolio = self.portfolio();
        let owed = portfolio.exact_liabilities();
        if owed.is_zero() {
            return Ok(WrittenOff::NOTHING);
        }
        let held = quote_units(portfolio.exact_value(), Rounding::Ceil);
        let held = held.map_or(u128::MAX, Amount::get);
        in_range(Quantity::HeldValue, held, 0, 0)?;
        let mut written_off = WrittenOff {
            value: quote_units(owed, Rounding::Ceil)?,
            ..WrittenOff::NOTHING
        };
        for (amount, debt) in written_off.debts.iter_mut().zip(&mut self.debts) {
            *amount = debt.amount();
            *debt = debt.with_amount(Amount::ZERO);
        }
        for (amount, held) in written_off.holdings.iter_mut().zip(&mut self.holdings) {
            *amount = held.amount();
            *held = held.with_amount(Amount::ZERO);
        }
        Ok(written_off)
    }
}
