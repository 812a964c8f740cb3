//! Payers of protections, and what they have posted.

use tokenomics_fixed_math::{Amount, Fraction, Rounding};

use crate::wide::Wide;

/// An asset that a payer has posted for those whom it protects: its value, the haircut that it has by
/// itself, and how much of the protected asset's fall it shares.
///
/// What is promised and not posted is no means.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount};
/// use tokenomics_haircut_collateral::PostedMeans;
///
/// // A staked form of the asset, of which a tenth is lost in its sale.
/// let staked = PostedMeans { value: Amount::new(1_000), haircut: fraction!("0.1"), joint: fraction!("1") };
/// assert_eq!(staked.recoverable(fraction!("0.5")), Amount::new(450));
/// assert_eq!(staked.recoverable(fraction!("1")), Amount::ZERO);
/// let dollars = PostedMeans { joint: fraction!("0"), ..staked };
/// assert_eq!(dollars.recoverable(fraction!("1")), Amount::new(900));
/// ```
#[cfg_attr(doc, doc(alias("wrong_way_risk", "reserve")))]
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
pub struct PostedMeans {
    /// The value at present, in quote units.
    pub value: Amount,
    /// The fraction of it that is lost by itself.
    pub haircut: Fraction,
    /// The fraction of the protected asset's fall that it falls by too: 1 for the same asset, or one that
    /// stands and falls with it, 0 for one that has nothing to do with it.
    pub joint: Fraction,
}

impl PostedMeans {
    /// Computes what is left of it when the protected asset has fallen by a fraction:
    /// value · (1 − haircut) · (1 − joint·fall).
    ///
    /// # Rounding
    /// Floor, the exact number rounded once.
    #[must_use]
    pub fn recoverable(&self, fall: Fraction) -> Amount {
        let scale = u128::from(Fraction::SCALE);
        let weight = self.haircut.complement().raw();
        // Both products are at most 1e36.
        let lost = u128::from(self.joint.raw()).wrapping_mul(fall.raw().into());
        let rest = scale.wrapping_mul(scale).saturating_sub(lost);
        let value = Wide::from_u128(self.value.get()).within(weight.into());
        let left = value.scaled([rest], [scale.wrapping_mul(scale), scale], Rounding::Floor);
        // At most the value.
        left.map_or(Amount::ZERO, Amount::new)
    }
}

/// The payer of protections, in the state in which what it protects has fallen: what it then has, and what
/// all whom it protects claim of that.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_haircut_collateral::Payer;
///
/// let payer = Payer::new(Amount::new(300), Amount::new(400));
/// assert_eq!(payer.room(), Amount::ZERO);
/// assert_eq!(payer.recovery(Amount::new(100)), Amount::new(75));
/// assert_eq!(Payer::new(Amount::new(300), Amount::new(100)).room(), Amount::new(200));
/// ```
#[cfg_attr(doc, doc(alias("insurer", "writer", "underwriter")))]
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
pub struct Payer {
    means: Amount,
    claims: Amount,
}

impl Payer {
    /// Creates the payer of the sum of what is [recoverable](PostedMeans::recoverable) of all that it has
    /// posted, and of the [claims](crate::Protection::claim) of all protections that haven't ended, in quote
    /// units and in the same state.
    #[must_use]
    pub const fn new(means: Amount, claims: Amount) -> Self {
        Self { means, claims }
    }

    /// Returns what the payer has in that state.
    #[must_use]
    pub const fn means(&self) -> Amount {
        self.means
    }

    /// Returns what all claim in that state.
    #[must_use]
    pub const fn claims(&self) -> Amount {
        self.claims
    }

    /// Returns the largest further claim that can be paid as fully as those before it. A payer that writes
    /// no more leaves nobody with less than before.
    #[must_use]
    pub fn room(&self) -> Amount {
        let room = self.means.checked_sub(self.claims);
        room.unwrap_or(Amount::ZERO)
    }

    /// Computes what one of the claims recovers: all of it, or its share of the means.
    ///
    /// # Rounding
    /// Floor, so that all of them together are at most the means.
    ///
    /// # Laws
    /// `protection_bounded`.
    #[must_use]
    pub fn recovery(&self, claim: Amount) -> Amount {
        let scale = u128::from(Fraction::SCALE);
        let exact = Wide::from_u128(claim.get()).within(scale).within(scale);
        let recovered = self
            .recovered(exact)
            .scaled([], [scale, scale], Rounding::Floor);
        // At most the claim.
        recovered.map_or(Amount::ZERO, Amount::new)
    }

    /// Returns what a claim recovers, both in 1e-36 quote units; the claim is below 2^377.
    pub(super) fn recovered(&self, claim: Wide) -> Wide {
        let scale = u128::from(Fraction::SCALE);
        let units = claim.scaled([], [scale, scale], Rounding::Ceil);
        // A claim that wasn't counted among all is no less than the claims.
        let claims = self.claims.get().max(units.unwrap_or(u128::MAX));
        let means = Wide::from_u128(self.means.get())
            .within(scale)
            .within(scale);
        if self.means.get() >= claims {
            return claim.min(means);
        }
        // Above the means, the claims aren't 0; the product is below 2^505.
        let share = claim
            .within(self.means.get())
            .divided(claims, Rounding::Floor);
        share.min(means)
    }
}
