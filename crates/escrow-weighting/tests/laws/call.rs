//! The changes that the laws make, from plain numbers.

use tokenomics_escrow_weighting::{Terms, TermsParams};
use tokenomics_fixed_math::{Span, Timestamp, Wad};

/// The longest lock, what its end is a multiple of, the shortest lock, and the largest multiplier.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct RawTerms {
    pub max: u64,
    pub granule: u64,
    pub min: u64,
    pub most: u128,
}

/// One change.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Call {
    pub kind: Kind,
    pub who: u8,
    /// How long after the last one.
    pub gap: u64,
    pub amount: u128,
    /// Until when or for how long.
    pub time: u64,
    /// Which kind of lock.
    pub shape: u8,
    /// A multiplier, a rate or a part.
    pub rate: u64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Create,
    /// Creates a lock where there is none, and increases one that there is.
    Deposit,
    Increase,
    Extend,
    Convert,
    MakePermanent,
    EndPermanence,
    Split,
    Merge,
    Exit,
    Withdraw,
    StartCooldown,
    WithdrawCooled,
    Relock,
    /// What must be refused.
    Forge,
    /// Nothing but the time that passes.
    Wait,
}

impl Kind {
    /// One of those that change something or try to, of any number.
    pub fn of(number: u8) -> Self {
        const ALL: [Kind; 16] = [
            Kind::Create,
            Kind::Create,
            Kind::Deposit,
            Kind::Increase,
            Kind::Extend,
            Kind::Convert,
            Kind::MakePermanent,
            Kind::EndPermanence,
            Kind::Split,
            Kind::Merge,
            Kind::Exit,
            Kind::Withdraw,
            Kind::StartCooldown,
            Kind::WithdrawCooled,
            Kind::Relock,
            Kind::Forge,
        ];
        ALL[usize::from(number) % ALL.len()]
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

pub fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

pub fn terms(raw: RawTerms) -> Terms {
    let max = raw.max.max(1);
    let bound = u128::MAX / u128::from(max);
    let granule = raw.granule.clamp(1, max);
    Terms::from_params(TermsParams {
        max: Span::new(max),
        granule: Span::new(granule),
        min: Span::new(raw.min.clamp(1, max - granule + 1)),
        most: Wad::from_raw(raw.most.min(bound)),
    })
    .unwrap()
}
