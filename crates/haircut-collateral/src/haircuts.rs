//! The rules that a haircut is made of: each a pure function from what is observed to the fraction of
//! a value that doesn't count.

mod composition;
mod concentration;
mod confidence;
mod correlation_groups;
mod correlation_offset;
mod depth_budget;
mod liquidity_position;
mod liquidity_range;
mod price_age;
mod price_impact;
mod protection;
mod root;
mod share;
mod square_root_size;
mod time_to_exit;
mod volatility;

pub use composition::Composition;
pub use concentration::{ConcentrationCap, ConcentrationThreshold};
pub use confidence::Confidence;
pub use correlation_groups::{CorrelationGroups, GroupSet};
pub use correlation_offset::{
    Correlation, CorrelationMatrix, CorrelationOffset, CorrelationStress, DiversifiedRisk, Exposure,
};
pub use depth_budget::DepthBudget;
pub use liquidity_position::{liquidity_haircut, LiquidityPosition};
pub use liquidity_range::LiquidityRange;
pub use price_age::PriceAge;
pub use price_impact::{impact_haircut, recoverable_value, Proceeds};
pub use protection::{Payer, PostedMeans, ProtectedHolding, Protection, ProtectionTerms};
pub use square_root_size::SquareRootSize;
pub use time_to_exit::{EarlyExit, PreparedExit, TimeToExit};
pub use volatility::{PreparedVolatility, Volatility};
