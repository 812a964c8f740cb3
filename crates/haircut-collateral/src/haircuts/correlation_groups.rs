//! Groups of assets that move together, with haircuts of their own.

use crate::Haircut;

/// The groups that an asset is in, of 64 that there may be: bit i stands for group i.
///
/// ```
/// use tokenomics_haircut_collateral::GroupSet;
///
/// let (ether, staked, dollar) = (GroupSet::of(0), GroupSet::of(0), GroupSet::of(1));
/// assert_eq!(GroupSet::common([ether, staked]), GroupSet::of(0));
/// assert_eq!(GroupSet::common([ether, staked, dollar]), GroupSet::NONE);
/// // A dollar that ether backs may be in both.
/// let both = GroupSet::from_bits(0b11);
/// assert_eq!(GroupSet::common([ether, both]), GroupSet::of(0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(transparent)
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
pub struct GroupSet(
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    u64,
);

impl GroupSet {
    /// No group.
    pub const NONE: Self = Self(0);
    /// All 64 groups.
    pub const ALL: Self = Self(u64::MAX);

    /// Creates the set of the groups whose bits are set.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Creates the set of one group; that of none from 64 on.
    #[must_use]
    pub const fn of(group: u32) -> Self {
        match 1_u64.checked_shl(group) {
            Some(bit) => Self(bit),
            None => Self::NONE,
        }
    }

    /// Returns the bits.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Returns `true` if the group is in the set.
    #[must_use]
    pub const fn contains(self, group: u32) -> bool {
        self.0 & Self::of(group).0 != 0
    }

    /// Returns the groups that are in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns the groups that all assets of a position are in, those held and those owed; all groups
    /// for a position without any.
    #[must_use]
    pub fn common(assets: impl IntoIterator<Item = Self>) -> Self {
        assets.into_iter().fold(Self::ALL, Self::and)
    }
}

/// A table of the haircuts that count while all of a position is of one group: assets that move
/// together leave less of a gap between what is held and what is owed.
///
/// A group never worsens an asset's own haircut, so an asset of no group that comes into a position
/// never raises the credit of the others. It replaces the static haircut alone: what comes from the
/// price's age, from size or from impact is composed with the result.
///
/// # Laws
/// `group_is_declared`: in no common group the asset's own haircut stands; each common group less
/// never gives a smaller haircut, and none gives a larger one than the asset's own.
///
/// ```
/// use tokenomics_fixed_math::fraction;
/// use tokenomics_haircut_collateral::{CorrelationGroups, GroupSet, Haircut};
///
/// let (ether, staked) = (GroupSet::of(0), GroupSet::of(0));
/// let table = [Haircut::from_weights(fraction!("0.93"), fraction!("0.95"))?];
/// let groups = CorrelationGroups::new(&table);
///
/// let own = Haircut::from_weights(fraction!("0.75"), fraction!("0.79"))?;
/// assert_eq!(groups.haircut(own, GroupSet::common([staked, ether])), table[0]);
/// let dollar = GroupSet::NONE;
/// assert_eq!(groups.haircut(own, GroupSet::common([staked, ether, dollar])), own);
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Aave v3's efficiency mode, Kamino's elevation groups and marginfi's e-mode. There a position opts
/// in; here it is in each group that all of it is of.
#[doc(alias("emode", "e_mode", "elevation_group", "efficiency_mode"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CorrelationGroups<'a> {
    haircuts: &'a [Haircut],
}

impl<'a> CorrelationGroups<'a> {
    /// Creates the table of the haircuts of group 0, 1 and so on; those from 64 on are never used.
    #[must_use]
    pub const fn new(haircuts: &'a [Haircut]) -> Self {
        Self { haircuts }
    }

    /// Returns the haircuts, by the number of the group.
    #[must_use]
    pub const fn haircuts(&self) -> &'a [Haircut] {
        self.haircuts
    }

    /// Returns the haircut of an asset with one of its own in a position whose assets have `common`
    /// groups: for each margin the smallest of its own and those of the groups. The same holds for the
    /// add-on of a debt.
    #[must_use]
    pub fn haircut(&self, own: Haircut, common: GroupSet) -> Haircut {
        let groups = (0..u64::BITS).zip(self.haircuts);
        groups
            .filter(|(group, _)| common.contains(*group))
            .fold(own, |best, (_, haircut)| best.or_better(*haircut))
    }
}
