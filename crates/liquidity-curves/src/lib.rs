#![doc = include_str!("../README.md")]
// What derives a schema uses what std brings into scope.
#![cfg_attr(not(any(feature = "schemars", feature = "borsh-schema")), no_std)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
// A library that carries money has no reachable panic, so what could panic must be named and
// argued for where it stands.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::expect_used,
        clippy::float_arithmetic,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unwrap_used
    )
)]

#[cfg(feature = "alloc")]
extern crate alloc;

mod amplification;
mod check;
mod concentrated;
mod constant_product;
mod encoded_len;
mod error;
mod fee;
mod gradual_weights;
mod kyle;
mod ladder;
mod leading;
mod liquidity;
mod loss_versus_rebalancing;
mod market;
mod position;
mod primary_market;
mod quantity;
mod resilient_book;
mod router;
mod sell;
mod stable_swap;
mod support;
mod swap;
mod weighted;
mod wide;

pub use amplification::Amplification;
pub use concentrated::{
    Concentrated, ConcentratedParams, ConcentratedPosition, ConcentratedPositionState,
    ConcentratedState, Exact, FeeGrowth, FixedTicks, ProtocolFees, Range, SqrtPrice, SwapStep,
    Tick, TickState, Ticks,
};
pub use constant_product::{ConstantProduct, ConstantProductState};
pub use error::Error;
pub use fee::Fee;
pub use gradual_weights::GradualWeights;
pub use kyle::{Auction, Kyle};
pub use ladder::{Ladder, LadderState, Level};
pub use liquidity::Liquidity;
pub use loss_versus_rebalancing::{Arbitrage, BlockTimes};
pub use market::Market;
pub use position::{Part, Position};
pub use primary_market::{
    Minted, PrimaryMarket, PrimaryMarketAt, PrimaryMarketParams, PrimaryMarketState, Redeemed,
    Redemption, Ticket,
};
pub use quantity::Quantity;
pub use resilient_book::{
    ContinuousSchedule, Impact, OptimalSchedule, ResilientBook, ResilientBookState,
};
pub use router::{Route, Router};
pub use sell::Sell;
pub use stable_swap::{StablePair, StableSwap, StableSwapState};
#[cfg(feature = "proptest")]
pub use support::proptest as strategies;
pub use swap::Swap;
pub use weighted::{Weighted, WeightedPair, WeightedState};
