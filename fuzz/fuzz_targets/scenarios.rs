//! The laws of `tokenomics-scenarios`.
#![no_main]

#[path = "../../crates/scenarios/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |rows: Vec<_>, numbers| backtest_conserves(&rows, numbers),
    |rows: Vec<_>, numbers| backtest_is_replayed(&rows, numbers),
    |rows: Vec<_>, cut| backtest_sees_no_future(&rows, cut),
    |text: String, column: String| hostile_prices(&text, &column),
}
