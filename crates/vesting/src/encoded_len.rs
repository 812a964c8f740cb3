//! The encoded length of each type that has a largest size, for an account that is made before its value.

use tokenomics_fixed_math::{
    encoded_len, Amount, EncodedLen, Fraction, PackedError, Ratio, SignedWad, Span, Timestamp, Wad,
    U256,
};
use tokenomics_internals::Head;

use crate::{
    AggregateHead, Allocation, Bracket, Calendar, CalendarParams, Cliff, Cumulative, Date, Error,
    Exponential, Gate, Grant, GrantState, Linear, Logistic, LumpLinear, Milestones, Min,
    Observation, Piece, Point, Power, PriceGate, PriceTerms, Quantity, Scale, Shift, SlashFrom,
    Step, StepParams, Sum, Truncate,
};

encoded_len! {
    struct [A: EncodedLen, B: EncodedLen] Min<A, B>: A, B;
    struct [A: EncodedLen, B: EncodedLen] Sum<A, B>: A, B;
    struct [L: EncodedLen] PriceTerms<L>: L, Span, Span, Fraction, Option<(Timestamp, Fraction)>;
    struct [S: EncodedLen] Gate<S>: S, Timestamp;
    struct [S: EncodedLen] Grant<S>: S, GrantState;
    struct [S: EncodedLen] Scale<S>: S, Amount;
    struct [S: EncodedLen] Shift<S>: S, Span, bool;
    struct [S: EncodedLen] Truncate<S>: S, Timestamp;
    struct [V: EncodedLen] Point<V>: Timestamp, V;
    struct [] AggregateHead: Head, Amount;
    struct [] Bracket: Amount, Amount;
    struct [] Calendar: Timestamp, u16, u8, u32, Amount, Allocation;
    struct [] CalendarParams: Timestamp, u16, u8, u32, Amount, Allocation;
    struct [] Cliff: Timestamp, Amount;
    struct [] Cumulative: U256, Timestamp;
    struct [] Date: u16, u8, u8;
    struct [] Exponential: Timestamp, Timestamp, SignedWad, Amount;
    struct [] GrantState: Amount, Amount, Amount, Amount, Amount, Amount, Amount, Span, Option<Timestamp>, Option<Timestamp>, Timestamp;
    struct [] Linear: Timestamp, Timestamp, Amount;
    struct [] Logistic: Timestamp, Timestamp, Wad, Amount;
    struct [] LumpLinear: Timestamp, Timestamp, Amount, Amount;
    struct [] Milestones: u8, u8, u128;
    struct [] Observation: Ratio, Timestamp, Span;
    struct [] Power: Timestamp, Timestamp, Wad, Amount;
    struct [] PriceGate: Fraction;
    struct [] Step: Timestamp, Span, u32, Amount, Allocation;
    struct [] StepParams: Timestamp, Span, u32, Amount, Allocation;
    enum [] Allocation: ();
    enum [] Error: (Timestamp, Timestamp), (Quantity, u128, u128), (Timestamp), (), (Quantity), (u32), (Amount, Amount, Timestamp), (u32, u128), (PackedError);
    enum [] Piece: (Timestamp, Amount), (Linear, i128, Timestamp, Timestamp);
    enum [] SlashFrom: ();
}
