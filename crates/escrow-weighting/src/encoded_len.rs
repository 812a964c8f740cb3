//! The encoded length of each type that has a largest size, for an account that is made before its value.

use tokenomics_fixed_math::{
    encoded_len, Amount, EncodedLen, Fraction, PackedError, Span, Timestamp, Wad, U256,
};
use tokenomics_internals::{Head, Wrapping256};

use crate::{
    Boost, Checkpoint, Choice, Closed, Conviction, Cooldown, Cooling, Delegated, Error, EscrowHead,
    Exit, ExitPenalty, GaugeKey, GaugeVote, GaugesHead, Growth, HistoryHead, Landrush, LengthTable,
    Line, Listing, Lock, LockKind, NamedHead, Power, Quantity, RingHead, RingSlot, RingState,
    Shares, SlotRing, Support, Tally, Terms, TermsParams,
};

encoded_len! {
    struct [G: EncodedLen, const N: usize] GaugeVote<G, N>: Lock, Shares<G, N>;
    struct [K: EncodedLen, const N: usize] Delegated<K, N>: K, Lock, Shares<K, N>, Option<Timestamp>;
    struct [K: EncodedLen, const N: usize] Shares<K, N>: [Option<(K, Fraction)>; N];
    struct [] Boost: Fraction;
    struct [] Checkpoint: Timestamp, Line;
    struct [] Closed: Timestamp;
    struct [] Conviction: Fraction;
    struct [] Cooldown: Span, Span;
    struct [] Cooling: Amount, Timestamp, Timestamp;
    struct [] EscrowHead: Terms, Timestamp, Amount, Amount;
    struct [] Exit: Amount, Amount;
    struct [] GaugesHead: Timestamp, u32, Option<u32>;
    struct [] Growth: Wad, Wad, Timestamp, Span, Option<Timestamp>;
    struct [] HistoryHead: Head, u32;
    struct [] Landrush: Timestamp, Wad;
    struct [] Line: Wrapping256, Wrapping256;
    struct [] Listing: Timestamp, Option<Timestamp>, u32, Option<u32>;
    struct [] Lock: Amount, LockKind;
    struct [] NamedHead: Amount, HistoryHead;
    struct [] Power: Lock, Timestamp, Option<Timestamp>;
    struct [] RingHead: Span, Timestamp, u64, Line, Amount, Amount;
    struct [] Support: Amount, Amount, u64, Timestamp;
    struct [] Tally: Closed, U256, U256, U256;
    struct [] Terms: Span, Span, Span, Wad;
    struct [] TermsParams: Span, Span, Span, Wad;
    struct [const N: usize] LengthTable<N>: [(Span, Wad); N];
    struct [const N: usize] RingState<N>: Span, Timestamp, u64, Line, [(Line, Amount); N], Amount, Amount;
    struct [const N: usize] SlotRing<[RingSlot; N]>: RingState<N>;
    enum [G: EncodedLen] GaugeKey<G>: (), (G);
    enum [] Choice: ();
    enum [] Error: (Quantity, u128, u128), (Quantity, Timestamp, Span), (Timestamp, Timestamp), (Timestamp, Amount, Amount), (Option<Timestamp>, Option<Timestamp>), (), (Timestamp), (Timestamp, Timestamp, Timestamp), (u32), (u32, u128), (PackedError);
    enum [] ExitPenalty: (Fraction), (Span, Fraction);
    enum [] LockKind: (u128, Timestamp), (u128, Option<Timestamp>), (u128, u128, Timestamp, Timestamp, Option<Timestamp>);
}
