//! The pallet in a runtime of its own, beside the same types run on the host.

mod costs;
mod counted;
mod events;
mod host;
mod hostile;
mod random;
mod refusals;
mod runtime;
