//! The serde support of arrays of any length, as tuples: serde has no such arrays.

use core::fmt;

use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{SerializeTuple, Serializer};

pub(crate) fn serialize<S: Serializer, const N: usize>(
    weights: &[u64; N],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut tuple = serializer.serialize_tuple(N)?;
    for weight in weights {
        tuple.serialize_element(weight)?;
    }
    tuple.end()
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>, const N: usize>(
    deserializer: D,
) -> Result<[u64; N], D::Error> {
    deserializer.deserialize_tuple(N, Elements)
}

struct Elements<const N: usize>;

impl<'de, const N: usize> Visitor<'de> for Elements<N> {
    type Value = [u64; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{N} weights")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<[u64; N], A::Error> {
        let mut weights = [0; N];
        for (given, weight) in weights.iter_mut().enumerate() {
            let next = elements.next_element()?;
            *weight = next.ok_or_else(|| A::Error::invalid_length(given, &self))?;
        }
        Ok(weights)
    }
}
