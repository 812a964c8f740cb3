//! The state that a ladder is stored as.

use tokenomics_fixed_math::{Ratio, Rounding};

use super::{levels, Ladder, Level};
use crate::check::in_range;
use crate::{Error, Fee, Quantity};

/// The state of a [`Ladder`], as a host keeps it in its own storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; tick: (Ratio), bids: ([Level; N]), asks: ([Level; N]), fee: (Fee))),
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
pub struct LadderState<const N: usize> {
    /// The price of a tick.
    pub tick: Ratio,
    /// The bids, from the highest price down; of levels that aren't there, price and amount are 0.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Level, N>")
    )]
    pub bids: [Level; N],
    /// The asks, from the lowest price up.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Level, N>")
    )]
    pub asks: [Level; N],
    /// The fee.
    pub fee: Fee,
}

impl<const N: usize> Ladder<N> {
    /// Restores a ladder from its state.
    ///
    /// # Errors
    /// Those of [`Ladder::new`]; [`Error::OutOfRange`] for a level after one that isn't there.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Ladder, LadderState, Level};
    ///
    /// let bid = Level { price: 3, amount: Amount::new(5) };
    /// let book = Ladder::<2>::new(Ratio::ONE, &[bid], &[], Fee::NONE)?;
    /// assert_eq!(Ladder::restore(book.state())?, book);
    /// let crossed = LadderState { asks: book.state().bids, ..book.state() };
    /// assert!(Ladder::restore(crossed).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn restore(state: LadderState<N>) -> Result<Self, Error> {
        let LadderState {
            tick,
            bids,
            asks,
            fee,
        } = state;
        in_range(Quantity::TickSize, tick.numerator(), 1, u128::MAX)?;
        let best = levels::check(&bids, true, 1 << 64)?;
        levels::check(&asks, false, best.unwrap_or(0).into())?;
        let ladder = Self {
            tick,
            bids,
            asks,
            fee,
        };
        for side in [&bids, &asks] {
            ladder.worth(levels::worth(side, u128::MAX)?, Rounding::Ceil)?;
            for level in side {
                tick.checked_mul(Ratio::from_integer(level.price.into()))?;
            }
        }
        Ok(ladder)
    }

    /// Returns the state, to be stored.
    #[must_use]
    pub const fn state(&self) -> LadderState<N> {
        LadderState {
            tick: self.tick,
            bids: self.bids,
            asks: self.asks,
            fee: self.fee,
        }
    }
}

/// The state, unchecked.
#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; tick: (Ratio), bids: ([Level; N]), asks: ([Level; N]), fee: (Fee))),
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
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("RawLadder", "Ladder"))
)]
pub(crate) struct RawLadder<const N: usize> {
    tick: Ratio,
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Level, N>")
    )]
    bids: [Level; N],
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Level, N>")
    )]
    asks: [Level; N],
    fee: Fee,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> From<&Ladder<N>> for RawLadder<N> {
    fn from(ladder: &Ladder<N>) -> Self {
        let LadderState {
            tick,
            bids,
            asks,
            fee,
        } = ladder.state();
        Self {
            tick,
            bids,
            asks,
            fee,
        }
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> TryFrom<RawLadder<N>> for Ladder<N> {
    type Error = Error;

    fn try_from(raw: RawLadder<N>) -> Result<Self, Error> {
        Self::restore(LadderState {
            tick: raw.tick,
            bids: raw.bids,
            asks: raw.asks,
            fee: raw.fee,
        })
    }
}

tokenomics_internals::checked_codec! {
    [const N: usize] Ladder<N> as RawLadder<N>: MaxEncodedLen
}
