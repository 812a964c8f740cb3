//! The quantities that an error can be about.

tokenomics_fixed_math::quantities! {
    "a parameter, a size or a part of a pool's state.";
    AmountIn = "the amount to sell",
    AmountOut = "the amount to buy",
    Deposit = "the amount to add",
    FeeDenominator = "the denominator of a fee",
    FeeNumerator = "the numerator of a fee",
    LevelAmount = "the amount of a level",
    LevelPrice = "the price of a level in ticks",
    Levels = "the number of levels",
    Price = "the price",
    ProtocolParts = "the parts of a fee of which one is the protocol's",
    Reserve = "the reserve of a token",
    Shares = "the number of shares",
    Tick = "the price of a tick",
    TickLiquidity = "the liquidity at a tick",
    Token = "the index of a token",
    Tokens = "the number of tokens",
    Weight = "the weight of a token in 1e-18",
    WeightSum = "the sum of the weights in 1e-18",
}
