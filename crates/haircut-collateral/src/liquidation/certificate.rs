//! A liquidation with its certificate.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use core::fmt;

use tokenomics_fixed_math::{Amount, Ratio, Rounding};

use super::pair::place;
use crate::{Debt, Holding};

/// A move of assets between a position and its liquidator.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio};
/// use tokenomics_haircut_collateral::{Action, Certificate, Haircut, Holding, Liquidation};
///
/// let action = Action::Whole { seized: Ratio::new(1, 2)?, repaid: Ratio::ONE };
/// let held = Holding::new(Amount::new(9), Ratio::ONE, Haircut::NONE);
/// let whole = Liquidation::new(action, Certificate::FullCloseRequired);
/// assert_eq!(whole.seized_of(0, &held), Amount::new(4));
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
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
pub enum Action {
    /// One debt is repaid in part or whole, and one holding seized.
    Partial {
        /// The index of the holding.
        holding: u32,
        /// The amount of it that is seized.
        seized: Amount,
        /// The index of the debt.
        debt: u32,
        /// The amount of it that is repaid.
        repaid: Amount,
    },
    /// The same part of all debts is repaid, and the same part of all holdings that have a price is
    /// seized.
    Whole {
        /// The part of each holding, floored.
        seized: Ratio,
        /// The part of each debt, ceiled.
        repaid: Ratio,
    },
}

tokenomics_internals::borsh_variants! {
    [] Action {
        0: Partial { holding, seized, debt, repaid },
        1: Whole { seized, repaid },
    }
}

impl Action {
    /// Returns what a whole close seizes of a holding: nothing without a price, since nobody should get
    /// for nothing what a feed has no price for.
    fn seized_share_of(self, held: &Holding) -> Amount {
        match self {
            Self::Whole { seized, .. } if !held.price().is_zero() => {
                let share = held.amount().mul_ratio(seized, Rounding::Floor);
                share.map_or(held.amount(), |share| share.min(held.amount()))
            }
            _ => Amount::ZERO,
        }
    }

    /// Returns what a whole close repays of a debt.
    pub(super) fn repaid_share_of(self, debt: &Debt) -> Amount {
        match self {
            Self::Whole { repaid, .. } => {
                let share = debt.amount().mul_ratio(repaid, Rounding::Ceil);
                share.map_or(debt.amount(), |share| share.min(debt.amount()))
            }
            Self::Partial { .. } => Amount::ZERO,
        }
    }
}

/// The promise that comes with a liquidation.
///
/// ```
/// use tokenomics_fixed_math::{wad, Amount, Ratio};
/// use tokenomics_haircut_collateral::{
///     Certificate, CloseFactor, Debt, FixedIncentive, Haircut, Holding, Incentive, LiquidationTerms,
///     Portfolio,
/// };
///
/// let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.05"))?);
/// let terms = LiquidationTerms::new(wad!("1.1"), CloseFactor::WHOLE, incentive, Amount::ZERO)?;
/// // 100 against 97: the incentive is more than what is held over what is owed.
/// let haircut = Haircut::from_weights("0.8".parse()?, "0.9".parse()?)?;
/// let held = [Holding::new(Amount::new(100), Ratio::ONE, haircut)];
/// let owed = [Debt::new(Amount::new(97), Ratio::ONE, Haircut::NONE)?];
/// let liquidation = terms.liquidate(&Portfolio::new(&held, &owed), Amount::MAX)?;
/// assert_eq!(liquidation.certificate(), Certificate::FullCloseRequired);
/// assert_eq!(liquidation.repaid_of(0, &owed[0]), Amount::new(97));
/// assert_eq!(liquidation.seized_of(0, &held[0]), Amount::new(100));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
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
pub enum Certificate {
    /// The position's health is higher than before.
    Improves {
        /// The health before, floored.
        health_before: Ratio,
        /// The health after, floored; `None` if nothing is owed any more.
        health_after: Option<Ratio>,
    },
    /// The position is solvent, and no part of it can be liquidated at the incentive with a gain, but for
    /// debts below the dust value: all debts are repaid.
    FullCloseRequired,
    /// The position owes more than it holds: all that has a price is seized, at its value. What is left is
    /// owed until it is written off, as [`Account::write_off`](crate::Account::write_off) does, and told
    /// again by each call until then.
    BadDebt {
        /// The value of what is left of the debts, ceiled, in quote base units.
        amount: Amount,
    },
}

tokenomics_internals::borsh_variants! {
    [] Certificate {
        0: Improves { health_before, health_after: tokenomics_internals::borsh_read::option },
        1: FullCloseRequired,
        2: BadDebt { amount },
    }
}

/// A promise of a liquidation that isn't kept.
///
/// ```
/// use tokenomics_haircut_collateral::{Breach, Error};
///
/// let error = Error::from(Breach::HealthFell);
/// assert_eq!(error.to_string(), "the liquidation isn't certified: health falls");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
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
#[non_exhaustive]
pub enum Breach {
    /// More is seized or repaid than there is, or nothing is repaid.
    Amounts,
    /// The value seized is above that repaid times the incentive, or a whole close pays less than it.
    Incentive,
    /// Health is lower than before.
    HealthFell,
    /// A fall of what is held over what is owed.
    CoverFell,
    /// More is repaid than the target, the close factor and dust allow.
    BeyondTarget,
    /// The position is closed whole though a part would do, or in part though it has to be whole.
    WrongAction,
    /// The certificate tells other figures than those of the action.
    WrongCertificate,
}

tokenomics_internals::borsh_variants! {
    [] Breach {
        0: Amounts,
        1: Incentive,
        2: HealthFell,
        3: CoverFell,
        4: BeyondTarget,
        5: WrongAction,
        6: WrongCertificate,
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Amounts => "its amounts are not those of the position",
            Self::Incentive => "it pays another incentive",
            Self::HealthFell => "health falls",
            Self::CoverFell => "what is held over what is owed falls",
            Self::BeyondTarget => "it repays more than is needed and allowed",
            Self::WrongAction => {
                "it closes whole what it should in part, or in part what it should whole"
            }
            Self::WrongCertificate => "its certificate is of something else",
        })
    }
}

/// A liquidation and its certificate, made by [`LiquidationTerms::liquidate`](crate::LiquidationTerms::liquidate)
/// or by anybody else.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio};
/// use tokenomics_haircut_collateral::{Action, Certificate, Debt, Haircut, Liquidation};
///
/// let (seized, repaid) = (Amount::new(21), Amount::new(20));
/// let action = Action::Partial { holding: 0, seized, debt: 1, repaid };
/// let claimed = Liquidation::new(action, Certificate::FullCloseRequired);
/// let owed = Debt::new(Amount::new(50), Ratio::ONE, Haircut::NONE)?;
/// assert_eq!(claimed.repaid_of(0, &owed), Amount::ZERO);
/// assert_eq!(claimed.repaid_of(1, &owed), repaid);
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
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
pub struct Liquidation {
    action: Action,
    certificate: Certificate,
}

impl Liquidation {
    /// Creates a liquidation of an action and what is claimed of it, which [`Self::verify`] checks.
    #[must_use]
    pub const fn new(action: Action, certificate: Certificate) -> Self {
        Self {
            action,
            certificate,
        }
    }

    /// Returns what is moved.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.action
    }

    /// Returns the certificate.
    #[must_use]
    pub const fn certificate(&self) -> Certificate {
        self.certificate
    }

    /// Returns what is seized of the holding at `index`.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn seized_of(&self, index: usize, held: &Holding) -> Amount {
        match self.action {
            Action::Partial {
                holding, seized, ..
            } if place(holding) == index => seized,
            action => action.seized_share_of(held),
        }
    }

    /// Returns what is repaid of the debt at `index`.
    ///
    /// # Rounding
    /// Ceil.
    #[must_use]
    pub fn repaid_of(&self, index: usize, owed: &Debt) -> Amount {
        match self.action {
            Action::Partial { debt, repaid, .. } if place(debt) == index => repaid,
            action => action.repaid_share_of(owed),
        }
    }
}
