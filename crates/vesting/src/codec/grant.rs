//! A grant is read in as the state that [`Grant::resume`] checks.

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::{Error, Grant, Schedule};

/// A grant as it is written, unchecked.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "borsh", derive(borsh::BorshDeserialize))]
#[cfg_attr(feature = "scale", derive(parity_scale_codec::Decode))]
pub(crate) struct RawGrant<S> {
    schedule: S,
    claimed: Amount,
    revoked_at: Option<Timestamp>,
}

#[cfg(feature = "serde")]
impl<S: Schedule + Clone> From<Grant<S>> for RawGrant<S> {
    fn from(grant: Grant<S>) -> Self {
        Self {
            schedule: grant.schedule().clone(),
            claimed: grant.claimed(),
            revoked_at: grant.revoked_at(),
        }
    }
}

impl<S: Schedule> TryFrom<RawGrant<S>> for Grant<S> {
    type Error = Error;

    fn try_from(raw: RawGrant<S>) -> Result<Self, Error> {
        Self::resume(raw.schedule, raw.claimed, raw.revoked_at)
    }
}

#[cfg(feature = "borsh")]
mod with_borsh {
    use borsh::io::{Read, Result, Write};
    use borsh::{BorshDeserialize, BorshSerialize};

    use super::RawGrant;
    use crate::codec::invalid;
    use crate::{Grant, Schedule};

    impl<S: Schedule + BorshSerialize> BorshSerialize for Grant<S> {
        fn serialize<W: Write>(&self, writer: &mut W) -> Result<()> {
            (self.schedule(), self.claimed(), self.revoked_at()).serialize(writer)
        }
    }

    impl<S: Schedule + BorshDeserialize> BorshDeserialize for Grant<S> {
        fn deserialize_reader<R: Read>(reader: &mut R) -> Result<Self> {
            let raw = RawGrant::<S>::deserialize_reader(reader)?;
            raw.try_into().map_err(invalid)
        }
    }
}

#[cfg(feature = "scale")]
mod with_scale {
    use parity_scale_codec::{
        Decode, DecodeWithMemTracking, Encode, EncodeLike, Error, Input, Output,
    };

    use super::RawGrant;
    use crate::codec::message;
    use crate::{Grant, Schedule};

    impl<S: Schedule + Encode> Encode for Grant<S> {
        fn encode_to<T: Output + ?Sized>(&self, output: &mut T) {
            (self.schedule(), self.claimed(), self.revoked_at()).encode_to(output);
        }
    }

    impl<S: Schedule + Decode> Decode for Grant<S> {
        fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
            let raw = RawGrant::<S>::decode(input)?;
            raw.try_into().map_err(|error| message(error).into())
        }
    }

    impl<S: Schedule + Encode> EncodeLike for Grant<S> {}
    impl<S: Schedule + DecodeWithMemTracking> DecodeWithMemTracking for Grant<S> {}
}
