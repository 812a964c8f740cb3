//! Plain numbers in, plain numbers out.

use core::cmp::Ordering;
use core::fmt::{self, Write};
use core::hash::{Hash, Hasher};

use tokenomics_fixed_math::{
    Amount, Decimals, Fraction, Ratio, Rounding, SignedWad, Span, Timestamp, TimestampNanos, Wad,
    U256,
};

/// What every export returns: whether there is a result, and it.
#[repr(C)]
pub struct Outcome {
    status: u32,
    words: [u128; 4],
}

/// What can be written as an outcome.
pub trait Numbers {
    fn numbers(self) -> Outcome;
}

fn outcome(words: [u128; 4]) -> Outcome {
    Outcome { status: 0, words }
}

macro_rules! numbers {
    ($($type:ty: $value:ident => $words:expr;)*) => {
        $(impl Numbers for $type {
            fn numbers(self) -> Outcome {
                let $value = self;
                outcome($words)
            }
        })*
    };
}

numbers! {
    u128: n => [n, 0, 0, 0];
    u64: n => [n.into(), 0, 0, 0];
    u32: n => [n.into(), 0, 0, 0];
    u8: n => [n.into(), 0, 0, 0];
    i128: n => [n as u128, 0, 0, 0];
    bool: b => [b.into(), 0, 0, 0];
    Ordering: o => [o as u128, 0, 0, 0];
    Amount: a => [a.get(), 0, 0, 0];
    Wad: w => [w.raw(), 0, 0, 0];
    SignedWad: w => [w.raw() as u128, 0, 0, 0];
    Fraction: f => [f.raw().into(), 0, 0, 0];
    Ratio: r => [r.numerator(), r.denominator(), 0, 0];
    Timestamp: t => [t.get().into(), 0, 0, 0];
    TimestampNanos: t => [t.get().into(), 0, 0, 0];
    Span: s => [s.get().into(), 0, 0, 0];
    Decimals: d => [d.get().into(), 0, 0, 0];
    U256: u => [u.high(), u.low(), 0, 0];
    (U256, U256): pair => [pair.0.high(), pair.0.low(), pair.1.high(), pair.1.low()];
    (U256, u128): pair => [pair.0.high(), pair.0.low(), pair.1, 0];
    &str: text => [text.as_ptr() as usize as u128, text.len() as u128, 0, 0];
}

impl<T: Numbers> Numbers for Option<T> {
    fn numbers(self) -> Outcome {
        self.ok_or(()).numbers()
    }
}

/// An error is written out too, so that all of it must be made.
impl<T: Numbers, E> Numbers for Result<T, E> {
    fn numbers(self) -> Outcome {
        match self {
            Ok(value) => value.numbers(),
            Err(error) => {
                core::hint::black_box(&error);
                Outcome {
                    status: 1,
                    words: [0; 4],
                }
            }
        }
    }
}

/// One of the four.
pub fn rounding(index: u32) -> Rounding {
    match index {
        0 => Rounding::Floor,
        1 => Rounding::Ceil,
        2 => Rounding::HalfEven,
        _ => Rounding::HalfUp,
    }
}

pub fn wad(raw: u128) -> Wad {
    Wad::from_raw(raw)
}

pub fn signed(raw: i128) -> SignedWad {
    SignedWad::from_raw(raw)
}

/// 0 for what isn't one.
pub fn fraction(raw: u64) -> Fraction {
    Fraction::from_raw(raw).unwrap_or_default()
}

/// 0 for what isn't one.
pub fn ratio(numerator: u128, denominator: u128) -> Ratio {
    Ratio::new(numerator, denominator).unwrap_or(Ratio::from(Wad::ZERO))
}

/// None for what isn't a count of them.
pub fn decimals(count: u8) -> Decimals {
    match Decimals::new(count) {
        Ok(decimals) => decimals,
        Err(_) => DECIMALS,
    }
}

const DECIMALS: Decimals = match Decimals::new(0) {
    Ok(decimals) => decimals,
    Err(_) => panic!("0 is one"),
};

/// The text at an address.
pub fn text(at: *const u8, bytes: usize) -> &'static str {
    // A host that calls this says where its text is. No one calls it: it is only compiled.
    unsafe { core::str::from_utf8_unchecked(core::slice::from_raw_parts(at, bytes)) }
}

/// Where numbers are written as text.
struct Paper {
    bytes: [u8; 128],
    used: usize,
}

impl Write for Paper {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            *self.bytes.get_mut(self.used).ok_or(fmt::Error)? = byte;
            self.used = self.used.wrapping_add(1);
        }
        Ok(())
    }
}

/// Writes a value as text.
pub fn written(value: impl fmt::Display) -> Result<u32, fmt::Error> {
    let mut paper = Paper {
        bytes: [0; 128],
        used: 0,
    };
    write!(paper, "{value}")?;
    core::hint::black_box(&paper.bytes);
    Ok(paper.used as u32)
}

/// Adds what it is fed.
#[derive(Default)]
pub struct Sum(u64);

impl Hasher for Sum {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_add((*byte).into());
        }
    }
}

/// The hash of a value.
pub fn hashed(value: impl Hash) -> u64 {
    let mut sum = Sum::default();
    value.hash(&mut sum);
    sum.finish()
}

/// `"path" (parameters) => result;` for each export.
macro_rules! export {
    ($($path:literal ($($name:ident: $type:ty),* $(,)?) => $result:expr;)*) => {
        $(const _: () = {
            #[export_name = $path]
            extern "C" fn export($($name: $type),*) -> $crate::abi::Outcome {
                $crate::abi::Numbers::numbers($result)
            }
        };)*
    };
}
pub(crate) use export;
