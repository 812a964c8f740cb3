//! Dutch auctions: a price of the collateral that falls with time until somebody takes it.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::{mul_div, Fraction, Rounding, Span, Wad};

use super::incentive::MOST_FACTOR;
use crate::check::in_range;
use crate::{Error, Quantity};

/// The fall of an auction's price with the time since it began.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Span};
/// use tokenomics_haircut_collateral::{Decay, DutchAuction};
///
/// let of = |decay| DutchAuction::new(wad!("2"), decay);
/// let (factor, step) = (fraction!("0.5"), Span::new(60));
/// assert_eq!(of(Decay::Linear(step))?.price_at(Span::new(59)), wad!("0.033333333333333334"));
/// assert_eq!(of(Decay::Exponential(factor))?.price_at(Span::new(2)), wad!("0.5"));
/// assert_eq!(of(Decay::Steps { factor, step })?.price_at(Span::new(59)), wad!("2"));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", deny_unknown_fields)
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
pub enum Decay {
    /// In a line to 0 after this time: 1 − t / span (Maker's `LinearDecrease`).
    Linear(Span),
    /// A fall by this factor each unit of time: factor^t (Maker's `ExponentialDecrease`).
    Exponential(Fraction),
    /// A fall by a factor each time that a number of units has passed: factor^⌊t / step⌋ (Maker's
    /// `StairstepExponentialDecrease`).
    Steps {
        /// The factor of each step.
        factor: Fraction,
        /// The time between two.
        step: Span,
    },
}

tokenomics_internals::borsh_variants! {
    [] Decay {
        0: Linear(time),
        1: Exponential(rate),
        2: Steps { factor, step },
    }
}

/// An auction that asks for `start` times the oracle's price at first, and less and less afterwards.
///
/// What it pays for a unit of value repaid is one over the price it asks for: below 1 at first, so that
/// whoever takes it then pays a premium.
///
/// # Laws
/// `monotone`: the factor never falls with time.
///
/// ```
/// use tokenomics_fixed_math::{wad, Span};
/// use tokenomics_haircut_collateral::{Decay, DutchAuction};
///
/// let auction = DutchAuction::new(wad!("1.2"), Decay::Linear(Span::new(3_600)))?;
/// assert_eq!(auction.price_at(Span::new(0)), wad!("1.2"));
/// assert_eq!(auction.price_at(Span::new(900)), wad!("0.9"));
/// assert_eq!(auction.factor_at(Span::new(900)), wad!("1.111111111111111111"));
/// assert_eq!(auction.price_at(Span::new(3_600)), wad!("0"));
/// assert!(DutchAuction::new(wad!("1.2"), Decay::Linear(Span::new(0))).is_err());
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Maker, dss `abaci.sol`, with `buf` as the start. Its powers round each product half up; here the exact
/// power is rounded once.
#[doc(alias("clipper", "abacus", "liquidation_2"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DutchAuction {
    start: Wad,
    decay: Decay,
}

impl DutchAuction {
    /// Creates an auction that starts at `start` times the oracle's price.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless the start is from 1 to 8 and the time of a line or a step is at
    /// least 1.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Span};
    /// # use tokenomics_haircut_collateral::{Decay, DutchAuction};
    /// let (factor, step) = (fraction!("0.99"), Span::new(90));
    /// assert!(DutchAuction::new(wad!("1.2"), Decay::Steps { factor, step }).is_ok());
    /// assert!(DutchAuction::new(wad!("0.9"), Decay::Exponential(factor)).is_err());
    /// ```
    pub fn new(start: Wad, decay: Decay) -> Result<Self, Error> {
        in_range(Quantity::AuctionStart, start.raw(), Wad::SCALE, MOST_FACTOR)?;
        match decay {
            Decay::Linear(span) | Decay::Steps { step: span, .. } => {
                in_range(Quantity::AuctionSpan, span.get().into(), 1, u128::MAX)?;
            }
            Decay::Exponential(_) => {}
        }
        Ok(Self { start, decay })
    }

    /// Returns the price at the start, over the oracle's price.
    #[must_use]
    pub const fn start(&self) -> Wad {
        self.start
    }

    /// Returns how the price falls.
    #[must_use]
    pub const fn decay(&self) -> Decay {
        self.decay
    }

    /// Returns the price that is asked for after a time, over the oracle's price.
    ///
    /// # Rounding
    /// Ceil: a line once, a power and its product once each.
    #[must_use]
    pub fn price_at(&self, elapsed: Span) -> Wad {
        let elapsed = elapsed.get();
        let power = |factor: Fraction, exponent| {
            let left = factor.powi(exponent, Rounding::Ceil);
            self.start.mul_fraction(left, Rounding::Ceil)
        };
        match self.decay {
            Decay::Linear(span) => {
                let left = u128::from(span.get().saturating_sub(elapsed));
                let price = mul_div(self.start.raw(), left, span.get().into(), Rounding::Ceil);
                // A span is at least 1, and what is left at most that.
                price.map_or(self.start, Wad::from_raw)
            }
            Decay::Exponential(factor) => power(factor, elapsed),
            // A step is at least 1.
            Decay::Steps { factor, step } => {
                power(factor, elapsed.checked_div(step.get()).unwrap_or(0))
            }
        }
    }

    /// Returns the value that it pays for a unit of value: one over the price, and at most 8.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn factor_at(&self, elapsed: Span) -> Wad {
        let most = Wad::from_raw(MOST_FACTOR);
        let factor = self.price_at(elapsed).recip(Rounding::Floor);
        // A price of 0 pays without a bound.
        factor.map_or(most, |factor| factor.min(most))
    }
}

tokenomics_internals::checked_codec! {
    DutchAuction::new as RawDutchAuction {
        start: Wad = DutchAuction::start,
        decay: Decay = DutchAuction::decay,
    }
}
