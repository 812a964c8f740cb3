//! haircut-collateral
