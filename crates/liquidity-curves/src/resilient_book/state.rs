//! The impact that trades leave, and the state that a book is stored as.

use tokenomics_fixed_math::{Amount, Growth, Ratio, Timestamp, U256};

use super::ResilientBook;
use crate::check::in_range;
use crate::{Error, Quantity, Sell};

/// The impact of trades on a price, as the amount of Token0 that would have the same at once: of purchases,
/// above the price without it, or of sales, below. One of both is 0.
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
pub struct Impact {
    /// The amount bought.
    pub bought: Amount,
    /// The amount sold.
    pub sold: Amount,
}

impl Impact {
    /// No impact.
    pub const NONE: Self = Self {
        bought: Amount::ZERO,
        sold: Amount::ZERO,
    };

    /// Returns the impact after another trade.
    pub(super) fn after(self, sell: Sell, amount: Amount) -> Result<Self, Error> {
        let (against, with) = sell.ordered(self.bought, self.sold);
        let (against, with) = if amount <= against {
            (against.checked_sub(amount)?, with)
        } else {
            let rest = amount.checked_sub(against)?;
            (Amount::ZERO, with.checked_add(rest)?)
        };
        let (bought, sold) = sell.ordered(against, with);
        Ok(Self { bought, sold })
    }

    /// Returns its square.
    pub(super) fn square(self) -> U256 {
        let size = self.bought.max(self.sold).get();
        U256::product(size, size)
    }
}

/// The state of a [`ResilientBook`], as a host keeps it in its own storage.
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
pub struct ResilientBookState {
    /// The price without an impact, in Token1 per Token0.
    pub price: Ratio,
    /// The depth, in units of Token0 per unit of the price.
    pub depth: Ratio,
    /// The resilience per unit of time.
    pub resilience: Ratio,
    /// The impact after the last trade.
    pub impact: Impact,
    /// The time of the last trade.
    pub last: Timestamp,
}

impl ResilientBook {
    /// Restores a book from its state.
    ///
    /// # Errors
    /// Those of [`ResilientBook::new`]; [`Error::OutOfRange`] for an impact of purchases and of sales at once,
    /// and for one that takes the price below 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// use tokenomics_liquidity_curves::{Impact, ResilientBook, ResilientBookState, Sell};
    ///
    /// let (one, start) = (Ratio::ONE, Timestamp::new(0));
    /// let mut book = ResilientBook::new(one, Ratio::from_integer(1_000), one, start)?;
    /// book.execute(Sell::Token0, Amount::new(10), start)?;
    /// assert_eq!(ResilientBook::restore(book.state())?, book);
    /// let (bought, sold) = (Amount::new(1), Amount::new(1));
    /// let both = ResilientBookState { impact: Impact { bought, sold }, ..book.state() };
    /// assert!(ResilientBook::restore(both).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn restore(state: ResilientBookState) -> Result<Self, Error> {
        let ResilientBookState {
            price,
            depth,
            resilience,
            impact,
            last,
        } = state;
        in_range(Quantity::Price, price.numerator(), 1, u128::MAX)?;
        in_range(Quantity::Depth, depth.numerator(), 1, u128::MAX)?;
        Growth::continuous(resilience)?;
        let Impact { bought, sold } = impact;
        in_range(Quantity::Impact, bought.min(sold).get(), 0, 0)?;
        let book = Self {
            price,
            depth,
            resilience,
            impact,
            last,
        };
        in_range(Quantity::Impact, sold.get(), 0, book.most_sold())?;
        Ok(book)
    }

    /// Returns the state, to be stored.
    #[must_use]
    pub const fn state(&self) -> ResilientBookState {
        ResilientBookState {
            price: self.price,
            depth: self.depth,
            resilience: self.resilience,
            impact: self.impact,
            last: self.last,
        }
    }

    /// Returns the price without an impact.
    #[must_use]
    pub const fn price(&self) -> Ratio {
        self.price
    }

    /// Returns the depth, in units of Token0 per unit of the price.
    #[must_use]
    pub const fn depth(&self) -> Ratio {
        self.depth
    }

    /// Returns the resilience per unit of time.
    #[must_use]
    pub const fn resilience(&self) -> Ratio {
        self.resilience
    }

    /// Returns the impact after the last trade.
    #[must_use]
    pub const fn impact(&self) -> Impact {
        self.impact
    }

    /// Returns the time of the last trade.
    #[must_use]
    pub const fn last(&self) -> Timestamp {
        self.last
    }
}

tokenomics_internals::checked_codec! {
    ResilientBook::restore(ResilientBookState) as RawResilientBook {
        price: Ratio = ResilientBook::price,
        depth: Ratio = ResilientBook::depth,
        resilience: Ratio = ResilientBook::resilience,
        impact: Impact = ResilientBook::impact,
        last: Timestamp = ResilientBook::last,
    }
}
