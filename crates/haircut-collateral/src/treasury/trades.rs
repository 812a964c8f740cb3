//! The trades that bring a treasury to its targets.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use core::iter::Zip;
use core::slice::Iter;

use tokenomics_fixed_math::{Amount, Fraction, Rounding};

use super::TreasuryAsset;
use crate::check::in_range;
use crate::{Error, Quantity};

/// A trade of one asset, in quote base units.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_haircut_collateral::Trade;
///
/// let sale = Trade::Sell(Amount::new(5));
/// assert_ne!(sale, Trade::Buy(Amount::new(5)));
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
pub enum Trade {
    /// A sale of so much.
    Sell(Amount),
    /// A purchase of so much, or nothing.
    Buy(Amount),
}

tokenomics_internals::borsh_variants! {
    [] Trade {
        0: Sell(amount),
        1: Buy(amount),
    }
}

/// The trades that bring a treasury to its targets, in the order of its assets.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount, Fraction};
/// use tokenomics_haircut_collateral::{Treasury, TreasuryAsset};
///
/// let assets = [TreasuryAsset::new(Amount::new(5), Fraction::ZERO); 2];
/// let targets = [fraction!("0.2"), fraction!("0.8")];
/// assert_eq!(Treasury::new(&assets).trades(&targets)?.count(), 2);
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Trades<'a, 'b> {
    pairs: Zip<Iter<'a, TreasuryAsset>, Iter<'b, Fraction>>,
    value: Amount,
    // The targets so far: the sum of their fractions, and the part of the value that it is, floored.
    fraction: Fraction,
    reached: Amount,
}

impl<'a, 'b> Trades<'a, 'b> {
    pub(super) fn new(
        assets: &'a [TreasuryAsset],
        targets: &'b [Fraction],
        value: Amount,
    ) -> Result<Self, Error> {
        let count = |len: usize| u128::try_from(len).unwrap_or(u128::MAX);
        let (have, want) = (count(targets.len()), count(assets.len()));
        in_range(Quantity::TargetCount, have, want, want)?;
        // A slice has fewer than 2^63 fractions below 2^60.
        let sum = targets.iter().fold(0_u128, |sum, target| {
            sum.saturating_add(target.raw().into())
        });
        let one = u128::from(Fraction::SCALE);
        in_range(Quantity::TargetSum, sum, one, one)?;
        Ok(Self {
            pairs: assets.iter().zip(targets),
            value,
            fraction: Fraction::ZERO,
            reached: Amount::ZERO,
        })
    }
}

impl Iterator for Trades<'_, '_> {
    type Item = Trade;

    fn next(&mut self) -> Option<Trade> {
        let (asset, target) = self.pairs.next()?;
        // The targets sum to 1, and what is reached never falls, so neither fails.
        self.fraction = self.fraction.checked_add(*target).ok()?;
        let reached = self.value.mul_fraction(self.fraction, Rounding::Floor);
        let wanted = reached.checked_sub(self.reached).ok()?;
        self.reached = reached;
        let difference = wanted.abs_diff(asset.value);
        Some(if wanted < asset.value {
            Trade::Sell(difference)
        } else {
            Trade::Buy(difference)
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.pairs.size_hint()
    }
}

impl ExactSizeIterator for Trades<'_, '_> {}
