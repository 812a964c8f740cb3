//! Bytes that stand in files, of which each row is still read and still written.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use parity_scale_codec::DecodeAll;
use scale_info::TypeDef;

use crate::formats::Stored;

const HEAD: &str = "type | borsh | SCALE, if it is other bytes | JSON\n";

/// The file of a crate: rows of a type's name and of one of its values in each format.
pub(crate) struct Page {
    path: String,
    rows: Vec<[String; 4]>,
    known: BTreeSet<&'static str>,
    added: String,
}

impl Page {
    /// Returns the file of a crate.
    pub(crate) fn of(krate: &str) -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/codecs/stored");
        let path = format!("{folder}/{krate}.txt");
        let text = fs::read_to_string(&path).unwrap_or_default();
        let row = |line: &str| {
            let cells: Vec<_> = line.splitn(4, " | ").map(str::to_owned).collect();
            <[String; 4]>::try_from(cells).unwrap()
        };
        Self {
            path,
            rows: text.lines().skip(1).map(row).collect(),
            known: BTreeSet::new(),
            added: String::new(),
        }
    }

    /// Checks the rows of a type: at least one, and one of each variant.
    pub(crate) fn check<T: Stored>(&mut self, name: &'static str, samples: impl Fn() -> Vec<T>) {
        self.known.insert(name);
        let mut seen = BTreeSet::new();
        for [_, borsh, scale, json] in self.rows.iter().filter(|row| row[0] == name) {
            let value = is_read::<T>(borsh, scale, json);
            seen.insert(variant(&value));
        }
        let missing: Vec<_> = variants::<T>().difference(&seen).copied().collect();
        if std::env::var_os("WRITE").is_some() && !missing.is_empty() {
            for value in samples() {
                if missing.contains(&variant(&value)) {
                    writeln!(self.added, "{name} | {}", cells(&value)).unwrap();
                    seen.insert(variant(&value));
                }
            }
        }
        let missing: Vec<_> = variants::<T>().difference(&seen).copied().collect();
        assert!(
            missing.is_empty(),
            "{name} has no row of {missing:?}; WRITE=1 adds it"
        );
    }

    /// Checks that there is no row of another type, and adds what is missing.
    pub(crate) fn end(self) {
        let other = self.rows.iter().find(|row| !self.known.contains(&*row[0]));
        assert_eq!(other, None, "a row of no type");
        if !self.added.is_empty() {
            let old = fs::read_to_string(&self.path).unwrap_or_else(|_| HEAD.to_owned());
            fs::write(&self.path, old + &self.added).unwrap();
        }
    }
}

/// Reads a row in each format, and writes it as it stands there.
fn is_read<T: Stored>(borsh: &str, scale: &str, json: &str) -> T {
    let value: T = borsh::from_slice(&bytes(borsh)).unwrap_or_else(|why| panic!("{borsh}: {why}"));
    let scale = if scale.is_empty() { borsh } else { scale };
    assert_eq!(
        T::decode_all(&mut &*bytes(scale)).as_ref(),
        Ok(&value),
        "{scale}"
    );
    let read: T = serde_json::from_str(json).unwrap_or_else(|why| panic!("{json}: {why}"));
    assert_eq!(read, value, "{json}");
    assert_eq!(borsh::to_vec(&value).unwrap(), bytes(borsh));
    assert_eq!(value.encode(), bytes(scale));
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
    value
}

/// Returns the three cells of a value.
fn cells<T: Stored>(value: &T) -> String {
    let (borsh, scale) = (borsh::to_vec(value).unwrap(), value.encode());
    let other = if borsh == scale {
        String::new()
    } else {
        text(&scale)
    };
    let json = serde_json::to_string(value).unwrap();
    format!("{} | {other} | {json}", text(&borsh))
}

/// Returns the first byte of an enum's value, and 0 of any other.
fn variant<T: Stored>(value: &T) -> u8 {
    match T::type_info().type_def {
        TypeDef::Variant(_) => value.encode()[0],
        _ => 0,
    }
}

/// Returns the first bytes of all variants.
fn variants<T: Stored>() -> BTreeSet<u8> {
    match T::type_info().type_def {
        TypeDef::Variant(of) => of.variants.iter().map(|variant| variant.index).collect(),
        _ => BTreeSet::from([0]),
    }
}

fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    let pairs = digits.map(|pair| std::str::from_utf8(pair).unwrap());
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}
