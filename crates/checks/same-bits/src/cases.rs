//! The file of cases: drawn by a generator of its own, so that it is the same for ever, and not committed,
//! as it holds 20 MB that don't compress; the hash of its text is held instead.

use std::fmt::Write;

use crate::answers::Answers;
use crate::mechanisms::{call, mechanisms, CASE_BYTES};
use crate::numbers::COUNT;
use crate::Outcome;

/// The hash of the file of cases.
pub const CASES: u64 = 0x1bc4_0730_dcd2_5a75;

/// The hash of every outcome. It changes when the cases do, or when an answer does.
pub const OUTCOMES: u64 = 0xa428_fa56_7255_f726;

/// How often each mechanism is called.
pub const EACH: usize = 1_000;

/// The one that takes as long as all others together, and how often it is called.
const RARE: (&str, usize) = ("disinflation", 100);

/// One case.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The place of its mechanism.
    pub mechanism: u32,
    /// Its numbers.
    pub numbers: [u128; COUNT],
}

impl Case {
    /// Returns this machine's answers.
    pub fn here(&self) -> Answers {
        call(self.mechanism, &self.numbers)
    }

    /// Returns this machine's outcome.
    pub fn outcome(&self) -> Outcome {
        self.here().outcome()
    }

    /// Returns the name of its mechanism.
    pub fn name(&self) -> &'static str {
        mechanisms()
            .nth(self.mechanism as usize)
            .expect("a mechanism")
            .0
    }

    /// Writes it as other machines read it.
    pub fn write(&self, to: &mut Vec<u8>) {
        let start = to.len();
        to.extend(self.mechanism.to_le_bytes());
        self.numbers
            .iter()
            .for_each(|number| to.extend(number.to_le_bytes()));
        assert_eq!(to.len() - start, CASE_BYTES);
    }
}

/// Writes the file: a case a line, the name of its mechanism and its numbers.
pub fn written() -> String {
    let mut text = String::new();
    for (name, _) in mechanisms() {
        let mut draws = Draws::named(name);
        let count = if *name == RARE.0 { RARE.1 } else { EACH };
        for _ in 0..count {
            text.push_str(name);
            for number in draws.numbers() {
                write!(text, ",{number}").expect("a text grows");
            }
            text.push('\n');
        }
    }
    text
}

/// Reads the file.
pub fn read(text: &str) -> Vec<Case> {
    let names: Vec<_> = mechanisms().map(|(name, _)| *name).collect();
    let place = |name: &str| names.iter().position(|it| *it == name);
    let case = |line: &str| {
        let mut parts = line.split(',');
        let mechanism = parts.next().and_then(place).expect("a mechanism");
        let numbers: Vec<u128> = parts
            .map(|text| text.parse().expect("an integer"))
            .collect();
        Case {
            mechanism: u32::try_from(mechanism).expect("few mechanisms"),
            numbers: numbers.try_into().expect("16 numbers"),
        }
    };
    text.lines().map(case).collect()
}

/// What all numbers of a case are drawn from.
#[derive(Debug, Clone, Copy)]
enum Size {
    /// From 1 to 20.
    Tiny,
    /// Up to 64 bits, of any length.
    Ordinary,
    /// A power of two or of ten, or a unit beside it.
    Boundary,
    /// A few units below the largest number, or anything.
    Top,
}

/// The numbers of one mechanism's cases, by SplitMix64.
struct Draws(u64);

impl Draws {
    /// Begins at the mechanism's name, so that another mechanism changes no cases but its own.
    fn named(name: &str) -> Self {
        Self(crate::inputs::fnv(name.bytes()))
    }

    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    fn below(&mut self, count: u64) -> u64 {
        self.word() % count
    }

    fn size(&mut self) -> Size {
        match self.below(10) {
            0..=3 => Size::Tiny,
            4..=7 => Size::Ordinary,
            8 => Size::Boundary,
            _ => Size::Top,
        }
    }

    fn numbers(&mut self) -> [u128; COUNT] {
        let (size, is_mixed) = (self.size(), self.below(4) == 0);
        core::array::from_fn(|_| {
            let size = if is_mixed { self.size() } else { size };
            self.number(size)
        })
    }

    fn number(&mut self, size: Size) -> u128 {
        match size {
            Size::Tiny => (1 + self.below(20)).into(),
            Size::Ordinary => {
                let length = 1 + self.below(64);
                (self.word() >> (64 - length)).into()
            }
            Size::Boundary => {
                let exponent = self.below(38) as u32;
                let power = match self.below(2) {
                    0 => 1 << (3 * exponent),
                    _ => 10_u128.pow(exponent),
                };
                power + u128::from(self.below(3)) - 1
            }
            Size::Top => match self.below(4) {
                0 => (u128::from(self.word()) << 64) | u128::from(self.word()),
                1 => self.word().into(),
                _ => u128::MAX - u128::from(self.below(20)),
            },
        }
    }
}
