//! The quantities that an error can be about.

tokenomics_fixed_math::quantities! {
    "a parameter, a size or a part of a pool's state.";
    AmountIn = "the amount to sell",
    AmountOut = "the amount to buy",
    Deposit = "the amount to add",
    FeeDenominator = "the denominator of a fee",
    FeeNumerator = "the numerator of a fee",
    Price = "the price",
    Reserve = "the reserve of a token",
    Shares = "the number of shares",
    TickLiquidity = "the liquidity at a tick",
}
