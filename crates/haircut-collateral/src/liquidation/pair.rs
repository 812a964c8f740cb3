//! The pair of a holding and a debt.

/// The holding and the debt that one liquidation is about, by their indices.
///
/// ```
/// use tokenomics_haircut_collateral::Pair;
///
/// let (first, second) = (Pair { holding: 0, debt: 0 }, Pair { holding: 1, debt: 0 });
/// assert_ne!(first, second);
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
pub struct Pair {
    /// The index of the holding that is seized.
    pub holding: u32,
    /// The index of the debt that is repaid.
    pub debt: u32,
}

impl Pair {
    /// Returns the pair of two indices of a portfolio; `None` beyond 2^32, where a pair has no room for them.
    pub(super) fn of_places(holding: usize, debt: usize) -> Option<Self> {
        let place = |index: usize| u32::try_from(index).ok();
        Some(Self {
            holding: place(holding)?,
            debt: place(debt)?,
        })
    }

    /// Returns the two indices in a portfolio.
    pub(super) fn places(self) -> (usize, usize) {
        (place(self.holding), place(self.debt))
    }
}

/// Returns an index in a portfolio; where it has no room for that, one at which there is nothing.
pub(super) fn place(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}
