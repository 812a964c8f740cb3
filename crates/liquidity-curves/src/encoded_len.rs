//! The encoded length of each type that has a largest size, for an account that is made before its value.

use tokenomics_fixed_math::{
    encoded_len, Amount, Fraction, PackedError, Ratio, Span, Timestamp, Wad, U256,
};

use crate::{
    Amplification, Arbitrage, BlockTimes, ConcentratedParams, ConcentratedPosition,
    ConcentratedPositionState, ConcentratedState, ConstantProduct, ConstantProductState,
    ContinuousSchedule, Error, Exact, Fee, FeeGrowth, FixedTicks, GradualWeights, Impact, Kyle,
    Ladder, LadderState, Level, Liquidity, Minted, OptimalSchedule, PrimaryMarket,
    PrimaryMarketParams, PrimaryMarketState, ProtocolFees, Quantity, Range, Redeemed, Redemption,
    ResilientBook, ResilientBookState, Route, Sell, SqrtPrice, StableSwap, StableSwapState, Swap,
    SwapStep, Tick, TickState, Ticket, Weighted, WeightedState,
};

encoded_len! {
    struct [] Amplification: u32;
    struct [] Arbitrage: Wad, u64, Fee, BlockTimes;
    struct [] ConcentratedParams: Fee, i32;
    struct [] ConcentratedPosition: Tick, Tick, Amount, FeeGrowth, Amount, Amount;
    struct [] ConcentratedPositionState: Tick, Tick, Amount, FeeGrowth, Amount, Amount;
    struct [] ConcentratedState: ConcentratedParams, SqrtPrice, Tick, Amount, FeeGrowth, ProtocolFees;
    struct [] ConstantProduct: Amount, Amount, Amount, Fee;
    struct [] ConstantProductState: Amount, Amount, Amount, Fee;
    struct [] ContinuousSchedule: Amount, Ratio, Span;
    struct [] Fee: u64, u64;
    struct [] FeeGrowth: U256, U256;
    struct [] Impact: Amount, Amount;
    struct [] Kyle: Ratio, Amount;
    struct [] Level: u64, Amount;
    struct [] Minted: Amount, Amount, Amount;
    struct [] OptimalSchedule: Amount, Ratio, Span, u32;
    struct [] PrimaryMarket: PrimaryMarketState;
    struct [] PrimaryMarketParams: Ratio, Ratio, Ratio, Fee, Fee, Span, Amount, Amount;
    struct [] PrimaryMarketState: PrimaryMarketParams, Timestamp, Timestamp, Amount, Amount, Amount, Amount, Amount, Amount, Amount;
    struct [] ProtocolFees: u8, u8, Amount, Amount;
    struct [] Range: SqrtPrice, SqrtPrice, Amount;
    struct [] Redeemed: Amount, Amount, Amount;
    struct [] Redemption: Ticket, Redeemed;
    struct [] ResilientBook: Ratio, Ratio, Ratio, Impact, Timestamp;
    struct [] ResilientBookState: Ratio, Ratio, Ratio, Impact, Timestamp;
    struct [] SqrtPrice: U256;
    struct [] Swap: Amount, Amount, Amount;
    struct [] SwapStep: U256, Amount, Amount, Amount;
    struct [] Tick: i32;
    struct [] TickState: u128, i128, FeeGrowth;
    struct [] Ticket: Amount, Amount;
    struct [const N: usize] FixedTicks<N>: [(Tick, TickState); N], u32;
    struct [const N: usize] GradualWeights<N>: Timestamp, Timestamp, [Fraction; N], [Fraction; N];
    struct [const N: usize] Ladder<N>: Ratio, [Level; N], [Level; N], Fee;
    struct [const N: usize] LadderState<N>: Ratio, [Level; N], [Level; N], Fee;
    struct [const N: usize] Liquidity<N>: [Amount; N], [Amount; N], Amount;
    struct [const N: usize] Route<N>: [Swap; N], Amount, Amount;
    struct [const N: usize] StableSwap<N>: [Amount; N], [Amount; N], Amplification, Fee, Amount;
    struct [const N: usize] StableSwapState<N>: [Amount; N], [u128; N], Amplification, Fee, Amount;
    struct [const N: usize] Weighted<N>: [Amount; N], [Fraction; N], Amount, Fee;
    struct [const N: usize] WeightedState<N>: [Amount; N], [Fraction; N], Amount, Fee;
    enum [] BlockTimes: ();
    enum [] Error: (Quantity, u128, u128), (Timestamp, Timestamp), (Quantity, Ratio, Quantity), (u32), (u32, u128), (i32, i32), (U256, Tick), (PackedError);
    enum [] Exact: (Amount);
    enum [] Sell: ();
}
