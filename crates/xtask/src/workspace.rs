//! The packages of the workspace.

/// The crates that programs on chain embed: no std, rustc 1.84. Package, folder under crates/.
pub(crate) const LIBRARIES: [(&str, &str); 7] = [
    ("tokenomics-fixed-math", "fixed-math"),
    ("tokenomics-vesting", "vesting"),
    ("tokenomics-emission-curves", "emission-curves"),
    ("tokenomics-escrow-weighting", "escrow-weighting"),
    ("tokenomics-fee-split", "fee-split"),
    ("tokenomics-haircut-collateral", "haircut-collateral"),
    ("tokenomics", "tokenomics"),
];
