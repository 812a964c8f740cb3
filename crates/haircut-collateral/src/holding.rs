//! Assets that are held as collateral.

use tokenomics_fixed_math::{Amount, Ratio, Rounding};

use crate::wide::{Wide, FULL};
use crate::{Haircut, Margin};

/// An asset that is held as collateral.
///
/// `amount` is in the asset's base units; `price` is in quote base units for one base unit of the
/// asset (see [`unit_price`](crate::unit_price)). A price of 0 is allowed: the holding counts for
/// nothing.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Fraction, Ratio};
/// use tokenomics_haircut_collateral::{Haircut, Holding, Margin, Portfolio};
///
/// // 1,000 units at 3 each, of which a fifth doesn't count for borrowing.
/// let haircut = Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?;
/// let held = Holding::new(Amount::new(1_000), Ratio::from_integer(3), haircut);
/// assert_eq!(Portfolio::new(&[held], &[]).credit(Margin::Initial)?, Amount::new(2_400));
///
/// let unpriced = Holding::new(Amount::new(1_000), Ratio::ZERO, haircut);
/// assert_eq!(Portfolio::new(&[unpriced], &[]).credit(Margin::Initial)?, Amount::ZERO);
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
pub struct Holding {
    amount: Amount,
    price: Ratio,
    haircut: Haircut,
}

impl Holding {
    /// Creates a holding of `amount` of an asset at `price`, of which `haircut` doesn't count.
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub const fn new(amount: Amount, price: Ratio, haircut: Haircut) -> Self {
        Self {
            amount,
            price,
            haircut,
        }
    }

    /// Returns the amount of the asset, in its base units.
    #[must_use]
    pub const fn amount(&self) -> Amount {
        self.amount
    }

    /// Returns the price, in quote base units for one base unit of the asset.
    #[must_use]
    pub const fn price(&self) -> Ratio {
        self.price
    }

    /// Returns the haircut: the part of its value that doesn't count.
    #[must_use]
    pub const fn haircut(&self) -> Haircut {
        self.haircut
    }

    /// Returns the holding with another amount of the same asset.
    #[must_use]
    pub const fn with_amount(self, amount: Amount) -> Self {
        Self { amount, ..self }
    }

    /// Returns 1 − haircut, in 1e-18.
    pub(crate) fn weight(&self, margin: Margin) -> u128 {
        self.haircut.weight(margin).raw().into()
    }

    /// Returns its value at 1 − haircut, in 1e-36 quote units.
    pub(crate) fn credit(&self, margin: Margin) -> Wide {
        self.weighted(self.haircut.weight(margin).raw())
    }

    /// Returns its value, in 1e-36 quote units.
    pub(crate) fn value(&self) -> Wide {
        self.weighted(FULL)
    }

    /// Returns its value at a weight, in 1e-36 quote units.
    pub(crate) fn weighted(&self, weight: u64) -> Wide {
        Wide::term(self.amount.get(), self.price, weight, Rounding::Floor)
    }
}
