//! A gate that opens when enough milestones are reached.

use tokenomics_fixed_math::{Amount, Rounding};

use crate::check::{at_most, in_range};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::FromSeed;
use crate::{Error, Quantity};

/// A gate that opens when enough of some milestones are reached. A milestone that is reached stays
/// reached, in whatever order they come.
///
/// It holds back claims, not vesting: hand its limit to
/// [`Grant::claim_within`](crate::Grant::claim_within).
///
/// # Laws
/// `reached_stays_reached`: no call lowers a limit. `a_gate_only_holds_back`: what is claimed
/// within a limit is at most it, and at most what has vested.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Grant, Linear, Milestones};
///
/// let at = Timestamp::new;
/// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(900))?);
///
/// // Two of mainnet, audit and listing.
/// let mut milestones = Milestones::new(2, 3)?;
/// milestones.reach(1)?;
/// assert_eq!(grant.claim_within(at(50), milestones.limit(grant.funded()))?, Amount::ZERO);
/// milestones.reach(0)?;
/// assert_eq!(grant.claim_within(at(50), milestones.limit(grant.funded()))?, Amount::new(450));
///
/// // A third for each of three.
/// let mut milestones = Milestones::new(3, 3)?;
/// milestones.reach(2)?;
/// assert_eq!(milestones.graded_limit(grant.funded()), Amount::new(300));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
///
/// # Source
/// The Open Cap Format's vesting conditions with the trigger `VESTING_EVENT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "RawMilestones")
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct Milestones {
    // 1 ≤ needed ≤ of ≤ 128.
    needed: u8,
    of: u8,
    // A bit for each, and none beyond `of`.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    reached: u128,
}

impl Milestones {
    /// The largest number of milestones of one gate.
    pub const MAX: u8 = 128;

    /// Creates a gate that opens when `needed` of `of` milestones are reached; none is yet.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless 1 ≤ needed ≤ of ≤ [`MAX`](Self::MAX).
    ///
    /// ```
    /// use tokenomics_vesting::{Error, Milestones};
    ///
    /// assert!(!Milestones::new(2, 3)?.is_open());
    /// let more = Milestones::new(4, 3);
    /// assert!(matches!(more, Err(Error::OutOfRange { value: 4, bound: 3, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn new(needed: u8, of: u8) -> Result<Self, Error> {
        Self::restore(needed, of, 0)
    }

    /// Restores a gate that was kept elsewhere, from what [`needed`](Self::needed),
    /// [`of`](Self::of) and [`reached`](Self::reached) returned.
    ///
    /// # Errors
    /// [`Error::OutOfRange`], as [`new`](Self::new), and for a bit set beyond `of`.
    ///
    /// ```
    /// use tokenomics_vesting::{Error, Milestones};
    ///
    /// let gate = Milestones::restore(2, 3, 0b101)?;
    /// assert_eq!((gate.count(), gate.is_open()), (2, true));
    ///
    /// let fourth = Milestones::restore(2, 3, 0b1000);
    /// assert!(matches!(fourth, Err(Error::OutOfRange { value: 0b1000, bound: 0b111, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn restore(needed: u8, of: u8, reached: u128) -> Result<Self, Error> {
        in_range(Quantity::Milestones, of.into(), 1, Self::MAX.into())?;
        in_range(Quantity::MilestonesNeeded, needed.into(), 1, of.into())?;
        // 128 − of lies in 0..=127, so the shift is in range.
        let all = u128::MAX.wrapping_shr(u32::from(Self::MAX.saturating_sub(of)));
        at_most(Quantity::MilestonesReached, reached, all)?;
        Ok(Self {
            needed,
            of,
            reached,
        })
    }

    /// Returns how many milestones open the gate.
    #[must_use]
    pub const fn needed(&self) -> u8 {
        self.needed
    }

    /// Returns how many milestones there are.
    #[must_use]
    pub const fn of(&self) -> u8 {
        self.of
    }

    /// Returns which milestones are reached, as a bit each, the lowest for milestone 0.
    #[must_use]
    pub const fn reached(&self) -> u128 {
        self.reached
    }

    /// Marks milestone `index`, counted from 0, as reached, and returns whether it wasn't before.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an index that there is not.
    ///
    /// ```
    /// use tokenomics_vesting::{Error, Milestones};
    ///
    /// let mut gate = Milestones::new(2, 3)?;
    /// assert!(gate.reach(1)?);
    /// assert!(!gate.reach(1)?); // once more changes nothing
    /// assert!(gate.reach(0)? && gate.is_open());
    ///
    /// assert!(matches!(gate.reach(3), Err(Error::OutOfRange { value: 3, bound: 2, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn reach(&mut self, index: u8) -> Result<bool, Error> {
        // `of` is at least 1.
        at_most(
            Quantity::Milestone,
            index.into(),
            self.of.saturating_sub(1).into(),
        )?;
        let bit = 1_u128.wrapping_shl(index.into());
        let is_new = self.reached & bit == 0;
        self.reached |= bit;
        Ok(is_new)
    }

    /// Returns how many milestones are reached.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.reached.count_ones()
    }

    /// Returns whether enough milestones are reached.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.count() >= self.needed.into()
    }

    /// Returns how much of `total` may be claimed in all: nothing, and all of it once enough
    /// milestones are reached.
    #[must_use]
    pub fn limit(&self, total: Amount) -> Amount {
        if self.is_open() {
            total
        } else {
            Amount::ZERO
        }
    }

    /// Returns how much of `total` may be claimed in all if each milestone up to the number needed
    /// frees an equal part: ⌊total · min(count, needed) / needed⌋.
    ///
    /// # Rounding
    /// Floor, of the parts so far and not of a part.
    #[must_use]
    pub fn graded_limit(&self, total: Amount) -> Amount {
        let counted = self.count().min(self.needed.into());
        // At most the total, as counted ≤ needed, which isn't 0.
        total
            .mul_div(counted.into(), self.needed.into(), Rounding::Floor)
            .unwrap_or(total)
    }
}

tokenomics_internals::checked_codec! {
    Milestones::restore as RawMilestones {
        needed: u8,
        of: u8,
        #[cfg_attr(feature = "serde", serde(with = "tokenomics_fixed_math::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        reached: u128,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Milestones {
    type Seed = (u8, u8, u128);

    fn from_seed((needed, of, reached): Self::Seed) -> Option<Self> {
        let of = of.clamp(1, Self::MAX);
        // 128 − of lies in 0..=127, so the shift is in range.
        let all = u128::MAX.wrapping_shr(u32::from(Self::MAX.saturating_sub(of)));
        Self::restore(needed.clamp(1, of), of, reached & all).ok()
    }
}
