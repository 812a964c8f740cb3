//! The quantities that an error can be about.

tokenomics_fixed_math::quantities! {
    "a parameter, a size or a part of a pool's state.";
    AmountIn = "the amount to sell",
    AmountOut = "the amount to buy",
    Amplification = "the amplification in hundredths",
    Balance = "the balance of a coin",
    Coin = "the index of a coin",
    Coins = "the number of coins",
    Deposit = "the amount to add",
    FeeDenominator = "the denominator of a fee",
    FeeNumerator = "the numerator of a fee",
    Invariant = "the invariant that is left",
    OtherCoin = "the index of the other coin",
    Price = "the price",
    Rate = "the rate of a coin in 1e-18",
    Reserve = "the reserve of a token",
    Shares = "the number of shares",
    Steps = "the number of steps to a root",
}
