//! The quantities that an error can be about.

tokenomics_fixed_math::quantities! {
    "a parameter of a curve.";
    BaselinePower = "the baseline's power",
    BaselineFactor = "the numerator of the baseline's factor",
    End = "the end",
    Period = "the period",
    YearLength = "the length of a year",
    YearsToTerminalRate = "the number of years until the terminal rate",
    EpochLength = "the length of an epoch",
    InitialRate = "the initial rate",
    EpochCount = "the number of epochs",
    StartSupply = "the supply at the start",
    BlockTime = "the block time",
    TimeToHeight = "the time to a height",
    PhaseStart = "the start of a phase",
    PhaseCount = "the number of phases",
    PointCount = "the number of points",
    PointTime = "the time of a point",
    EmittedAtFirst = "the amount emitted by the first point",
    EmittedByPoint = "the amount emitted by a point",
    HalfLife = "the half-life",
    Decay = "the numerator of the decay",
    ContinuousRate = "the continuous rate",
    RateFloor = "the floor of the rate",
}
