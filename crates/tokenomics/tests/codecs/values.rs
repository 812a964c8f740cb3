//! Values of a type, by where they come from.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use arbitrary::{Arbitrary, Unstructured};
use scale_info::TypeDef;

use crate::formats::{comes_back, is_as_long_as_said, Fixed, Stored};
use crate::schemas::{Json, Nodes};

/// Values of a type, of which there may be thousands.
pub(crate) struct Values<T> {
    all: Box<dyn Iterator<Item = T>>,
    /// The check of a value of a type that has a largest size.
    check: fn(&T),
}

impl<T: Stored> Values<T> {
    /// Checks that the first of them are read as they were written.
    pub(crate) fn come_back(self) {
        let mut count = 0_u32;
        for value in self.all.take(1_000) {
            (self.check)(&value);
            comes_back(&value);
            count += 1;
        }
        let name = std::any::type_name::<T>();
        assert!(count > 0, "no value of {name}");
    }

    /// Checks that the first of them are as the schemas say.
    pub(crate) fn fit(self, nodes: Option<Nodes>) {
        let json = Json::of::<T>();
        for value in self.all.take(300) {
            let tree = serde_json::to_value(&value).unwrap();
            assert_eq!(json.refuses(&tree), None, "{value:?}");
            assert!(
                nodes.as_ref().is_none_or(|nodes| nodes.has(&tree)),
                "{value:?}"
            );
        }
    }

    /// Returns the value of each variant whose bytes differ most from each other, and the shortest where
    /// something is left out of it.
    pub(crate) fn samples(self) -> Vec<T> {
        let is_enum = matches!(T::type_info().type_def, TypeDef::Variant(_));
        let mut groups = BTreeMap::<_, Vec<(Vec<u8>, T)>>::new();
        for value in self.all {
            let bytes = value.encode();
            let variant = bytes.first().copied().filter(|_| is_enum);
            groups.entry(variant).or_default().push((bytes, value));
        }
        groups.into_values().flat_map(most_and_least).collect()
    }
}

/// Returns the value whose bytes differ most, and the shortest if it is shorter.
fn most_and_least<T>(mut values: Vec<(Vec<u8>, T)>) -> Vec<T> {
    values.sort_by_cached_key(|(bytes, _)| {
        let differing: BTreeSet<_> = bytes.iter().collect();
        (bytes.len() <= 400, differing.len(), Reverse(bytes.len()))
    });
    let (longest, most) = values.pop().unwrap();
    let least = values
        .into_iter()
        .min_by_key(|(bytes, _)| bytes.len())
        .filter(|(bytes, _)| bytes.len() < longest.len());
    [most]
        .into_iter()
        .chain(least.map(|(_, least)| least))
        .collect()
}

/// Integers one after the other, from a linear congruential generator.
fn random(mut seed: u64) -> impl FnMut() -> u64 {
    move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005);
        seed = seed.wrapping_add(1_442_695_040_888_963_407);
        seed >> 33
    }
}

/// Strings of bytes: any, some in which all are alike, and some with few that aren't 0.
fn strings(length: usize) -> impl Iterator<Item = Vec<u8>> {
    let mut next = random(7);
    let alike = (0..=255).map(move |byte| vec![byte; length]);
    let others = (0..4_000).map(move |round| {
        let few = [1, 2, 4, 16][round % 4];
        let mut byte = || match next() % few {
            0 => u8::try_from(next() % 256).unwrap(),
            _ => 0,
        };
        (0..length).map(|_| byte()).collect()
    });
    alike.chain(others)
}

/// Returns values that are read from any bytes, of a type that has a largest size.
pub(crate) fn read<T: Fixed>() -> Values<T> {
    let longest = T::max_encoded_len();
    let values = strings(longest).filter_map(|bytes| T::decode(&mut &*bytes).ok());
    fixed(values)
}

/// Returns values that the type's generator draws.
pub(crate) fn drawn<T: Fixed + for<'a> Arbitrary<'a>>() -> Values<T> {
    fixed(generated::<T>())
}

/// Returns the same of a type that has no largest size.
pub(crate) fn drawn_list<T: Stored + for<'a> Arbitrary<'a>>() -> Values<T> {
    Values {
        all: Box::new(generated::<T>()),
        check: |_| (),
    }
}

/// Returns values that are given.
pub(crate) fn given<T: Fixed>(values: Vec<T>) -> Values<T> {
    fixed(values.into_iter())
}

fn fixed<T: Fixed>(values: impl Iterator<Item = T> + 'static) -> Values<T> {
    Values {
        all: Box::new(values),
        check: is_as_long_as_said,
    }
}

fn generated<T: for<'a> Arbitrary<'a>>() -> impl Iterator<Item = T> {
    let from = |bytes: Vec<u8>| T::arbitrary(&mut Unstructured::new(&bytes)).ok();
    strings(512).step_by(4).filter_map(from)
}
