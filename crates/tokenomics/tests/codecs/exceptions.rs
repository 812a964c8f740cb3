//! The public types that no codec writes, and why.

const VIEW: &str = "borrows what is stored";
const STORE: &str = "is a store of the caller's with a head, and the head is in the matrix";
const MADE: &str = "is made of what is stored, in one call";

/// A crate, a type, and the reason.
pub(crate) const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("fixed_math", "DisplayAmount", "is only printed"),
    ("fixed_math", "Growth", MADE),
    ("fixed_math", "LogisticGrowth", MADE),
    ("vesting", "Aggregate", STORE),
    ("vesting", "Each", "is a function"),
    ("vesting", "Entitlement", VIEW),
    (
        "vesting",
        "NestedSchedule",
        "input would decide how deep it is",
    ),
    ("vesting", "PreparedLinear", MADE),
    ("vesting", "WholeEntitlement", VIEW),
    (
        "emission_curves",
        "AnyCurve",
        "input would decide how deep it is",
    ),
    ("escrow_weighting", "Ballots", STORE),
    ("escrow_weighting", "Delegations", STORE),
    ("escrow_weighting", "Escrow", STORE),
    (
        "escrow_weighting",
        "EscrowState",
        "its own tests draw it by calls",
    ),
    ("escrow_weighting", "Gauges", STORE),
    (
        "escrow_weighting",
        "GaugesInMemory",
        "is for tests and tools",
    ),
    ("escrow_weighting", "History", STORE),
    (
        "escrow_weighting",
        "InMemory",
        "is written as a part of an escrow",
    ),
    (
        "escrow_weighting",
        "LockHistory",
        "its own tests draw it by calls",
    ),
    (
        "escrow_weighting",
        "NamesInMemory",
        "is for tests and tools",
    ),
    ("escrow_weighting", "SlotRing", STORE),
    (
        "fee_split",
        "ClosedEpoch",
        "proves that an epoch is over, which bytes can't",
    ),
    ("fee_split", "Epochs", STORE),
    ("fee_split", "LinearEpochs", STORE),
    (
        "fee_split",
        "Routes",
        "its names are code; its rates and its stream are stored",
    ),
    ("fee_split", "StakePool", STORE),
    ("haircut_collateral", "CorrelationGroups", VIEW),
    ("haircut_collateral", "Exposure", MADE),
    ("haircut_collateral", "Portfolio", VIEW),
    ("haircut_collateral", "PreparedExit", MADE),
    ("haircut_collateral", "PreparedVolatility", MADE),
    ("haircut_collateral", "SoftLiquidation", STORE),
    ("haircut_collateral", "StabilityPool", STORE),
    ("haircut_collateral", "Trades", VIEW),
    ("haircut_collateral", "Treasury", VIEW),
    ("liquidity_curves", "Auction", MADE),
    ("liquidity_curves", "Concentrated", STORE),
    (
        "liquidity_curves",
        "FixedTicks",
        "has no equality; its own tests read it back",
    ),
    ("liquidity_curves", "Part", VIEW),
    ("liquidity_curves", "PrimaryMarketAt", MADE),
    ("liquidity_curves", "Router", VIEW),
    ("liquidity_curves", "StablePair", VIEW),
    ("liquidity_curves", "WeightedPair", MADE),
];
