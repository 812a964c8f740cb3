//! What a case answers, folded into one number.

#[cfg(not(any(target_arch = "wasm32", target_arch = "bpf")))]
use std::vec::Vec;

use core::hash::{Hash, Hasher};

use crate::Outcome;

/// A number of 64 bits that any changed bit of what is written changes, the same on every machine: sizes
/// are written as 64 bits, whatever a machine's are.
struct Digest(u64);

impl Digest {
    /// Another word for the same digest always gives another digest, as each step can be undone.
    fn word(&mut self, word: u64) {
        let mixed = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }
}

impl Hasher for Digest {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word.iter_mut()
                .zip(chunk)
                .for_each(|(to, from)| *to = *from);
            self.word(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.word(value.into());
    }

    fn write_u16(&mut self, value: u16) {
        self.word(value.into());
    }

    fn write_u32(&mut self, value: u32) {
        self.word(value.into());
    }

    fn write_u64(&mut self, value: u64) {
        self.word(value);
    }

    fn write_u128(&mut self, value: u128) {
        self.word(value as u64);
        self.word((value >> 64) as u64);
    }

    fn write_usize(&mut self, value: usize) {
        self.word(value as u64);
    }

    fn write_isize(&mut self, value: isize) {
        self.word(value as i64 as u64);
    }
}

/// An error that has a stable number.
pub trait Coded {
    /// Returns the number.
    fn number(&self) -> u16;
}

macro_rules! coded {
    ($($error:ty),* $(,)?) => { $(
        impl Coded for $error {
            fn number(&self) -> u16 {
                self.code()
            }
        }
    )* };
}

coded!(
    tokenomics_fixed_math::Error,
    tokenomics_vesting::Error,
    tokenomics_emission_curves::Error,
    tokenomics_rate_controllers::Error,
    tokenomics_escrow_weighting::Error,
    tokenomics_fee_split::Error,
    tokenomics_haircut_collateral::Error,
    tokenomics_liquidity_curves::Error,
);

/// The answers of one case.
pub struct Answers {
    digest: Digest,
    /// The code of the first error, or 0.
    first: u16,
    /// The functions that were called, and which of them gave a result.
    #[cfg(not(any(target_arch = "wasm32", target_arch = "bpf")))]
    called: Vec<(&'static str, bool)>,
}

impl Answers {
    /// Creates the answers of a case that has called nothing.
    pub fn new() -> Self {
        Self {
            digest: Digest(0xcbf2_9ce4_8422_2325),
            first: 0,
            #[cfg(not(any(target_arch = "wasm32", target_arch = "bpf")))]
            called: Vec::new(),
        }
    }

    /// Adds what a function that can't fail has answered.
    #[inline(always)]
    pub fn is(&mut self, name: &'static str, value: impl Hash) {
        self.count(name, true);
        value.hash(&mut self.digest);
    }

    /// Adds a function's result, its value or the code of its error, and returns the value.
    #[inline(always)]
    pub fn of<T: Hash, E: Coded>(&mut self, name: &'static str, result: Result<T, E>) -> Option<T> {
        let value = self.made(name, result)?;
        value.hash(&mut self.digest);
        Some(value)
    }

    /// Adds whether a constructor has made what it was asked for, or the code of its error: for what can't
    /// be hashed, and is asked for its state later.
    #[inline(always)]
    pub fn made<T, E: Coded>(&mut self, name: &'static str, result: Result<T, E>) -> Option<T> {
        self.count(name, result.is_ok());
        match result {
            Ok(value) => {
                self.digest.word(0);
                Some(value)
            }
            Err(error) => {
                self.refused(error.number());
                None
            }
        }
    }

    #[inline(never)]
    fn refused(&mut self, code: u16) {
        self.digest.word(code.into());
        if self.first == 0 {
            self.first = code;
        }
    }

    #[cfg(not(any(target_arch = "wasm32", target_arch = "bpf")))]
    fn count(&mut self, name: &'static str, is_ok: bool) {
        self.called.push((name, is_ok));
    }

    #[cfg(any(target_arch = "wasm32", target_arch = "bpf"))]
    fn count(&mut self, _: &'static str, _: bool) {}

    /// Returns the functions that were called, and which of them gave a result.
    #[cfg(not(any(target_arch = "wasm32", target_arch = "bpf")))]
    pub fn called(&self) -> &[(&'static str, bool)] {
        &self.called
    }

    /// Returns the outcome: the digest of all answers, and the code of the first error or 0.
    pub fn outcome(&self) -> Outcome {
        Outcome {
            value: self.digest.finish().into(),
            status: self.first.into(),
        }
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self::new()
    }
}
