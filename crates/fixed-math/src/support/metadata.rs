//! The description of types in a chain's metadata, as `scale_info` has it but for the paths: those are the
//! public ones, of the crate and the type, and not those of the private modules in between.
//!
//! For `#[scale_info(crate = …)]` at what derives its description.

pub use scale_info::{build, meta_type, prelude, Type, TypeInfo, TypeParameter};

/// A constructor of public paths.
#[derive(Debug)]
pub struct Path;

impl Path {
    /// Returns the path of a type that the crate of the module exports.
    #[must_use]
    #[allow(clippy::new_ret_no_self, reason = "derived code calls this name")]
    pub fn new(name: &'static str, module: &'static str) -> scale_info::Path {
        Self::new_with_replace(name, module, &[])
    }

    /// Returns the path of a type that the crate of the module exports, by the name that the list has
    /// for it.
    #[must_use]
    pub fn new_with_replace(
        name: &'static str,
        module: &'static str,
        names: &[(&'static str, &'static str)],
    ) -> scale_info::Path {
        let exporting = module.split("::").next().unwrap_or(module);
        scale_info::Path::new_with_replace(name, exporting, names)
    }
}
