//! The design that `tokenomics new` writes.

/// A commented design for a token called `name`, which runs as it is.
///
/// ```
/// use tokenomics_design::{starter, Design, Overrides};
///
/// let design = Design::parse("demo.toml", &starter("Demo"), Overrides::default())?;
/// assert_eq!(design.token.symbol, "DEMO");
/// # Ok::<(), tokenomics_design::Invalid>(())
/// ```
#[must_use]
pub fn starter(name: &str) -> String {
    let quoted = toml::Value::String(name.to_owned()).to_string();
    let symbol = toml::Value::String(symbol_of(name)).to_string();
    include_str!("starter.toml")
        .replace("\"@NAME@\"", &quoted)
        .replace("\"@SYMBOL@\"", &symbol)
}

/// A symbol for a name: its letters and digits in upper case, at most six of them.
pub(crate) fn symbol_of(name: &str) -> String {
    let letters = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase);
    let symbol: String = letters.take(6).collect();
    if symbol.is_empty() {
        "TOKEN".to_owned()
    } else {
        symbol
    }
}
