//! escrow-weighting
