//! The numbers that a curve is made of, and which one it is.

/// A curve of any numbers: what it takes of them is made valid.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Shape {
    pub kind: Kind,
    pub start: u64,
    pub length: u64,
    /// A rate, a reserve, a supply or a ceiling.
    pub rate: u128,
    pub numerator: u128,
    pub denominator: u128,
    /// Of epochs, of points, or of parts of the length.
    pub count: u8,
}

/// A simple curve, and what is made of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kind {
    pub simple: Simple,
    pub combined: Combined,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Simple {
    GeometricEpochs,
    Constant,
    LinearRate,
    StepEpochs,
    Geometric,
    Compounding,
    Logistic,
    Disinflation,
    Continuous,
    HalfLife,
    PerUnit,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Combined {
    Alone,
    Capped,
    Phases,
    Tail,
    PerBlock,
}

impl Simple {
    pub const ALL: [Self; 11] = [
        Self::GeometricEpochs,
        Self::Constant,
        Self::LinearRate,
        Self::StepEpochs,
        Self::Geometric,
        Self::Compounding,
        Self::Logistic,
        Self::Disinflation,
        Self::Continuous,
        Self::HalfLife,
        Self::PerUnit,
    ];

    /// The one so many after it.
    pub fn after(self, by: usize) -> Self {
        Self::ALL[(self as usize + by) % Self::ALL.len()]
    }
}

impl Combined {
    pub const ALL: [Self; 5] = [
        Self::Alone,
        Self::Capped,
        Self::Phases,
        Self::Tail,
        Self::PerBlock,
    ];
}

impl Kind {
    /// One of them, of any number.
    pub fn of(number: u8) -> Self {
        let (combined, simple) = (
            usize::from(number) / Simple::ALL.len(),
            usize::from(number) % Simple::ALL.len(),
        );
        Self {
            simple: Simple::ALL[simple],
            combined: Combined::ALL[combined % Combined::ALL.len()],
        }
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Kind {
    fn arbitrary(bytes: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u8::arbitrary(bytes).map(Self::of)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        u8::size_hint(depth)
    }
}

impl Shape {
    /// The simple curve of its numbers.
    pub fn alone(self, simple: Simple) -> Self {
        let combined = Combined::Alone;
        Self {
            kind: Kind { simple, combined },
            ..self
        }
    }
}
