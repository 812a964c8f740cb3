//! The protocol's share of the fees.

use tokenomics_fixed_math::{mul_div, Amount, Rounding};

use super::{Concentrated, Ticks};
use crate::check::in_range;
use crate::{Error, Quantity, Sell};

/// The protocol's share of a [`Concentrated`] pool's fees, and what it is owed.
///
/// ```
/// use tokenomics_liquidity_curves::ProtocolFees;
///
/// assert!(ProtocolFees::default().owed0.is_zero());
/// ```
#[cfg_attr(doc, doc(alias = "feeProtocol"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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
pub struct ProtocolFees {
    /// One part in so many of each fee in Token0, from 4 to 10; 0 for none.
    pub parts0: u8,
    /// One part in so many of each fee in Token1, from 4 to 10; 0 for none.
    pub parts1: u8,
    /// The amount of Token0 that is owed to the protocol.
    pub owed0: Amount,
    /// The amount of Token1 that is owed to the protocol.
    pub owed1: Amount,
}

impl ProtocolFees {
    /// Checks the parts.
    pub(super) fn checked(self) -> Result<Self, Error> {
        for parts in [self.parts0, self.parts1].map(u128::from) {
            if parts != 0 {
                in_range(Quantity::ProtocolParts, parts, 4, 10)?;
            }
        }
        Ok(self)
    }

    /// Takes the share of a fee in the token sold, floored, and returns what is left.
    pub(super) fn take(&mut self, sell: Sell, fee: Amount) -> Result<Amount, Error> {
        let (parts, owed) = match sell {
            Sell::Token0 => (self.parts0, &mut self.owed0),
            Sell::Token1 => (self.parts1, &mut self.owed1),
        };
        if parts == 0 {
            return Ok(fee);
        }
        let share = Amount::new(mul_div(fee.get(), 1, parts.into(), Rounding::Floor)?);
        *owed = owed.checked_add(share)?;
        Ok(fee.checked_sub(share)?)
    }
}

impl<T: Ticks> Concentrated<T> {
    /// Returns the protocol's share of the fees, and what it is owed.
    #[must_use]
    pub const fn protocol_fees(&self) -> ProtocolFees {
        self.now.protocol
    }

    /// Sets the protocol's share: of each fee in Token0 one part in `parts0`, and in Token1 one in `parts1`;
    /// 0 for none.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for parts other than 0 and 4 to 10.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{
    ///     Concentrated, ConcentratedParams, ConcentratedPosition, FixedTicks, Sell, SqrtPrice, Tick,
    /// };
    ///
    /// let params = ConcentratedParams::UNISWAP_V3_030;
    /// let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<2>::new())?;
    /// pool.set_protocol_fee(4, 0)?;
    /// assert!(pool.set_protocol_fee(3, 0).is_err());
    ///
    /// let mut position = ConcentratedPosition::new(Tick::new(-600)?, Tick::new(600)?)?;
    /// pool.add_liquidity(&mut position, Amount::new(1_000_000_000))?;
    /// let swap = pool.swap_exact_in(Sell::Token0, Amount::new(1_001_000))?;
    /// assert_eq!(swap.fee, Amount::new(3_003));
    /// assert_eq!(pool.protocol_fees().owed0, Amount::new(750));
    /// let (paid0, _) = pool.collect_protocol_fees(Amount::MAX, Amount::MAX);
    /// assert_eq!(paid0, Amount::new(750));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn set_protocol_fee(&mut self, parts0: u8, parts1: u8) -> Result<(), Error> {
        let protocol = ProtocolFees {
            parts0,
            parts1,
            ..self.now.protocol
        };
        self.now.protocol = protocol.checked()?;
        Ok(())
    }

    /// Takes out what the protocol is owed, up to these amounts of Token0 and of Token1, and returns what
    /// was taken. The contract keeps a unit of each back, which saves it gas.
    #[must_use = "what was taken is to be paid"]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn collect_protocol_fees(&mut self, most0: Amount, most1: Amount) -> (Amount, Amount) {
        let protocol = &mut self.now.protocol;
        (
            super::take(&mut protocol.owed0, most0),
            super::take(&mut protocol.owed1, most1),
        )
    }
}
