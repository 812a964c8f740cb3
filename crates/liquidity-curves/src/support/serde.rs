//! The serde support of arrays of any length, as tuples: serde has no such arrays.

use core::fmt;

use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{SerializeTuple, Serializer};
use tokenomics_fixed_math::Amount;

pub(crate) fn serialize<S: Serializer, const N: usize>(
    amounts: &[Amount; N],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut tuple = serializer.serialize_tuple(N)?;
    for amount in amounts {
        tuple.serialize_element(amount)?;
    }
    tuple.end()
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>, const N: usize>(
    deserializer: D,
) -> Result<[Amount; N], D::Error> {
    deserializer.deserialize_tuple(N, Elements)
}

struct Elements<const N: usize>;

impl<'de, const N: usize> Visitor<'de> for Elements<N> {
    type Value = [Amount; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{N} amounts")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<[Amount; N], A::Error> {
        let mut amounts = [Amount::ZERO; N];
        for (given, amount) in amounts.iter_mut().enumerate() {
            let next = elements.next_element()?;
            *amount = next.ok_or_else(|| A::Error::invalid_length(given, &self))?;
        }
        Ok(amounts)
    }
}
