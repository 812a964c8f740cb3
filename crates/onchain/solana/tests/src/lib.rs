//! Holds tests alone.
