//! Prices and haircuts by how sure a feed is.

use tokenomics_fixed_math::{Fraction, Rounding, Wad, U256};

use super::share::share_up;
use crate::{Error, Quantity};

/// A number of confidence intervals of a price that are held against the borrower.
///
/// A feed reports a price and how far off it may be, one in the unit of the other. What is held is
/// counted at the price less k intervals, what is owed at the price and k intervals.
///
/// # Laws
/// `monotone_in_confidence`: a wider interval or a larger multiple never raises the price of what is
/// held or lowers that of what is owed, nor gives a smaller haircut; a higher price never has a larger
/// haircut. The haircut counts no more than the price does.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad};
/// use tokenomics_haircut_collateral::Confidence;
///
/// let confidence = Confidence::new(wad!("2"));
/// assert_eq!(confidence.held_price(wad!("100"), wad!("1.5")), wad!("97"));
/// assert_eq!(confidence.owed_price(wad!("100"), wad!("1.5"))?, wad!("103"));
/// assert_eq!(confidence.haircut(wad!("100"), wad!("1.5")), fraction!("0.03"));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// marginfi v2: price ∓ 2.12 times Pyth's interval, clamped at 5% and refused above 10%. Here neither is
/// a step: the haircut grows until nothing is left.
#[cfg_attr(doc, doc(alias("conf", "oracle", "pyth")))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
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
pub struct Confidence {
    multiple: Wad,
}

impl Confidence {
    /// Creates the rule that counts so many intervals.
    #[must_use]
    pub const fn new(multiple: Wad) -> Self {
        Self { multiple }
    }

    /// Returns the number of intervals.
    #[must_use]
    pub const fn multiple(&self) -> Wad {
        self.multiple
    }

    /// Computes the price of what is held: price − k·interval, at least 0.
    ///
    /// # Rounding
    /// Floor, the exact number rounded once.
    #[must_use]
    pub fn held_price(&self, price: Wad, interval: Wad) -> Wad {
        let less = self.multiple.mul(interval, Rounding::Ceil);
        less.and_then(|less| price.checked_sub(less))
            .unwrap_or(Wad::ZERO)
    }

    /// Computes the price of what is owed: price + k·interval.
    ///
    /// # Rounding
    /// Ceil, the exact number rounded once.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Wad::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{wad, Wad};
    /// # use tokenomics_haircut_collateral::Confidence;
    /// let confidence = Confidence::new(wad!("2.12"));
    /// assert_eq!(confidence.owed_price(wad!("100"), wad!("1"))?, wad!("102.12"));
    /// assert!(confidence.owed_price(Wad::MAX, wad!("1")).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn owed_price(&self, price: Wad, interval: Wad) -> Result<Wad, Error> {
        let more = self.multiple.mul(interval, Rounding::Ceil)?;
        Ok(price.checked_add(more)?)
    }

    /// Computes the haircut of what is held, k·interval/price, at most 1: the same as the price of what
    /// is held, for a value that is already taken at the price. At a price of 0 it is 1.
    ///
    /// # Rounding
    /// Ceil, the exact number rounded once.
    #[must_use]
    pub fn haircut(&self, price: Wad, interval: Wad) -> Fraction {
        let (part, whole) = self.parts(price, interval);
        share_up(part, whole)
    }

    /// Computes the add-on of what is owed, k·interval/price: the same as the price of what is owed, for
    /// a value that is already taken at the price.
    ///
    /// # Rounding
    /// Ceil, the exact number rounded once.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] where more intervals than the price are held against it, and at a price of
    /// 0: an add-on is at most 1.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad};
    /// # use tokenomics_haircut_collateral::Confidence;
    /// let confidence = Confidence::new(wad!("2.12"));
    /// assert_eq!(confidence.add_on(wad!("100"), wad!("1"))?, fraction!("0.0212"));
    /// assert!(confidence.add_on(wad!("2"), wad!("1")).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn add_on(&self, price: Wad, interval: Wad) -> Result<Fraction, Error> {
        let (part, whole) = self.parts(price, interval);
        if price.is_zero() || part > whole {
            return Err(Error::OutOfRange {
                what: Quantity::Interval,
                value: interval.raw(),
                bound: self.widest(price),
            });
        }
        Ok(share_up(part, whole))
    }

    /// Returns k·interval and the price, both in 1e-36.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn parts(&self, price: Wad, interval: Wad) -> (U256, U256) {
        (
            U256::product(self.multiple.raw(), interval.raw()),
            U256::product(price.raw(), Wad::SCALE),
        )
    }

    /// Returns the widest interval of which k are no more than the price, in 1e-18.
    fn widest(&self, price: Wad) -> u128 {
        let widest = price.div(self.multiple, Rounding::Floor);
        widest.map_or(u128::MAX, Wad::raw)
    }
}
