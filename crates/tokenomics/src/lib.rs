//! tokenomics
