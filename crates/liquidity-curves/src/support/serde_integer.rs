//! The serde support of integers of more than 64 bits, as amounts are written: as text in formats for people.

use core::fmt::{self, Display};
use core::marker::PhantomData;
use core::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

pub(crate) fn serialize<T, S>(number: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    T: Display + Serialize,
    S: Serializer,
{
    if serializer.is_human_readable() {
        return serializer.collect_str(number);
    }
    number.serialize(serializer)
}

pub(crate) fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr + Deserialize<'de>,
    D: Deserializer<'de>,
{
    if deserializer.is_human_readable() {
        return deserializer.deserialize_str(Text(PhantomData));
    }
    T::deserialize(deserializer)
}

struct Text<T>(PhantomData<T>);

impl<T: FromStr> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer as text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        let number = text.parse();
        number.map_err(|_| E::invalid_value(serde::de::Unexpected::Str(text), &self))
    }
}
