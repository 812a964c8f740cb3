//! The names of what an error can be about.

use core::fmt;

/// Declares the quantities, each with its name in a sentence.
macro_rules! quantities {
    ($($quantity:ident = $name:literal,)+) => {
        /// A parameter, a part of a state or an input of a controller, as an
        /// [`Error`](crate::Error) names it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Quantity {
            $(#[doc = concat!("Stands for ", $name, ".")] $quantity,)+
        }

        impl Quantity {
            /// Returns the name in a sentence.
            ///
            /// ```
            /// use tokenomics_rate_controllers::Quantity;
            ///
            /// assert_eq!(Quantity::Elasticity.name(), "the elasticity");
            /// ```
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$quantity => $name,)+
                }
            }
        }
    };
}

quantities! {
    Elasticity = "the elasticity",
    StepDenominator = "the denominator of a step",
    LeastFee = "the least fee",
    LargestFee = "the largest fee",
    Fee = "the fee",
    GasLimit = "the gas limit",
    GasUsed = "the gas used",
    UpdateFraction = "the update fraction",
    LargestExcess = "the largest excess",
    FeeOfLargestExcess = "the fee of the largest excess",
    Excess = "the excess",
    Block = "the block",
    LargestUse = "the largest use",
    Goal = "the goal",
    InflationChange = "the change of inflation",
    LeastInflation = "the least inflation",
    LargestInflation = "the largest inflation",
    Inflation = "the inflation",
    Carried = "the carried remainder",
    Ideal = "the ideal",
    Falloff = "the falloff",
    Year = "the length of a year",
    Increment = "the increment",
    Factor = "the factor",
    Optimum = "the optimum",
    BaseRate = "the base rate",
    Slope1 = "the slope up to the optimum",
    Slope2 = "the slope beyond the optimum",
    Accrued = "the accrued interest",
    AccruedBefore = "the interest accrued when the debt began",
    Target = "the target",
    Steepness = "the steepness",
    Speed = "the speed",
    LeastRate = "the least rate",
    LargestRate = "the largest rate",
    RateAtTarget = "the rate at the target",
    RateLogarithm = "the rate's logarithm",
    Setpoint = "the setpoint",
    LargestError = "the largest error",
    DeadBand = "the dead band",
    ProportionalGain = "the proportional gain",
    IntegralGain = "the integral gain",
    DerivativeGain = "the derivative gain",
    Windup = "the windup",
    FilterTime = "the filter's time",
    Bias = "the bias",
    LeastOutput = "the least output",
    LargestOutput = "the largest output",
    LeastOutputOffset = "the offset of the least output from -10^12",
    Slew = "the slew limit",
    Integral = "the integral",
    FilteredError = "the filtered error",
    Output = "the output",
    OutputOffset = "the offset of the output from -10^12",
    Period = "the period",
    Lag = "the lag",
    LowerEnd = "the lower end",
    UpperEnd = "the upper end",
    Growth = "the growth",
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
