//! The parameters of a grant and of its gates.

use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp};

#[cfg(feature = "borsh")]
use super::invalid;
#[cfg(any(feature = "borsh", feature = "scale"))]
use super::message;
use super::read;
use crate::price_gate::Levels;
use crate::{Entitlement, Error, Grant, GrantState, Milestones, Part, PriceTerms, Schedule};

read! {
    Grant<S: Schedule> as RawGrant by restore {
        schedule: S,
        state: GrantState,
    }
    Entitlement<S: Schedule> as RawEntitlement {
        schedule: S,
        delay: Span,
        accelerated: Amount,
        cut: Amount,
    }
    Part<S: Schedule> as RawPart {
        whole: S,
        first: Amount,
        is_second: bool,
    }
    PriceTerms<L: Levels> as RawPriceTerms {
        levels: L,
        max_age: Span,
        min_window: Span,
        floor: Fraction,
        expiry: Option<(Timestamp, Fraction)>,
    }
    Milestones as RawMilestones by restore {
        needed: u8,
        of: u8,
        reached: u128,
    }
}
