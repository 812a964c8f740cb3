//! Forms in which serde writes arrays of any length, and integers that people read.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeTuple, Serializer};

/// An array of any length, as a tuple.
pub mod array {
    use super::*;

    /// Writes it.
    ///
    /// # Errors
    /// Those of the format.
    pub fn serialize<T: Serialize, S: Serializer, const N: usize>(
        entries: &[T; N],
        out: S,
    ) -> Result<S::Ok, S::Error> {
        let mut tuple = out.serialize_tuple(N)?;
        for entry in entries {
            tuple.serialize_element(entry)?;
        }
        tuple.end()
    }

    /// Reads it.
    ///
    /// # Errors
    /// Those of the format, and for another number of entries.
    pub fn deserialize<'de, T, D, const N: usize>(input: D) -> Result<[T; N], D::Error>
    where
        T: Deserialize<'de> + Default,
        D: Deserializer<'de>,
    {
        input.deserialize_tuple(N, Entries(PhantomData))
    }
}

/// An array of integers, each as a text in formats for people.
pub mod integers {
    use tokenomics_fixed_math::Timestamp;

    use super::*;

    /// Writes it.
    ///
    /// # Errors
    /// Those of the format.
    pub fn serialize<S: Serializer, const N: usize>(
        entries: &[u64; N],
        out: S,
    ) -> Result<S::Ok, S::Error> {
        array::serialize(&entries.map(Timestamp::new), out)
    }

    /// Reads it.
    ///
    /// # Errors
    /// Those of the format, and for another number of entries.
    pub fn deserialize<'de, D, const N: usize>(input: D) -> Result<[u64; N], D::Error>
    where
        D: Deserializer<'de>,
    {
        array::deserialize::<Timestamp, D, N>(input).map(|entries| entries.map(Timestamp::get))
    }
}

/// An array of integers of 128 bits, each as a text in formats for people.
pub mod wide_integers {
    use tokenomics_fixed_math::Amount;

    use super::*;

    /// Writes it.
    ///
    /// # Errors
    /// Those of the format.
    pub fn serialize<S: Serializer, const N: usize>(
        entries: &[u128; N],
        out: S,
    ) -> Result<S::Ok, S::Error> {
        array::serialize(&entries.map(Amount::new), out)
    }

    /// Reads it.
    ///
    /// # Errors
    /// Those of the format, and for another number of entries.
    pub fn deserialize<'de, D, const N: usize>(input: D) -> Result<[u128; N], D::Error>
    where
        D: Deserializer<'de>,
    {
        array::deserialize::<Amount, D, N>(input).map(|entries| entries.map(Amount::get))
    }
}

struct Entries<T, const N: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + Default, const N: usize> Visitor<'de> for Entries<T, N> {
    type Value = [T; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{N} numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut given: A) -> Result<[T; N], A::Error> {
        let mut entries = core::array::from_fn(|_| T::default());
        for (number, entry) in entries.iter_mut().enumerate() {
            let next = given.next_element()?;
            *entry = next.ok_or_else(|| A::Error::invalid_length(number, &self))?;
        }
        Ok(entries)
    }
}
