//! vesting
