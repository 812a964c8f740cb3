//! The folder of a run: old or new, whatever happens to the run.
// Signals, owners and mounts are those of Unix.
#![cfg(unix)]

mod faults;
mod folder;
mod killed;
mod places;
mod shared;
