//! The names of what an error can be about.

/// Declares the enum `Quantity` of a crate: what its errors can be about, each with its name in a
/// sentence. `$about` ends the summary of the enum.
#[doc(hidden)]
#[macro_export]
macro_rules! quantities {
    ($about:literal; $($quantity:ident = $name:literal,)+) => {
        // In a module, for the one lint that the derived codec needs.
        #[cfg_attr(
            feature = "scale",
            allow(
                clippy::as_conversions,
                reason = "the derived codec's, of a variant's number, which is below 256"
            )
        )]
        mod named {
            #[doc = concat!("A quantity that an error can name: ", $about)]
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            #[cfg_attr(
                feature = "serde",
                derive(serde::Serialize, serde::Deserialize),
                serde(rename_all = "snake_case")
            )]
            #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
            #[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
            #[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
            #[cfg_attr(
                feature = "scale",
                derive(
                    parity_scale_codec::Encode,
                    parity_scale_codec::Decode,
                    parity_scale_codec::DecodeWithMemTracking,
                    parity_scale_codec::MaxEncodedLen,
                    scale_info::TypeInfo
                ),
                scale_info(crate = $crate::scale_metadata)
            )]
            #[non_exhaustive]
            pub enum Quantity {
                $(#[doc = concat!("Stands for ", $name, ".")] $quantity,)+
            }

            impl Quantity {
                /// Returns the name in a sentence, such as: the elasticity.
                #[must_use]
                pub const fn name(self) -> &'static str {
                    match self {
                        $(Self::$quantity => $name,)+
                    }
                }
            }

            // The derive would format a text about a number that is none.
            #[cfg(feature = "borsh")]
            impl borsh::BorshDeserialize for Quantity {
                fn deserialize_reader<R: borsh::io::Read>(
                    reader: &mut R,
                ) -> borsh::io::Result<Self> {
                    const ALL: &[Quantity] = &[$(Quantity::$quantity),+];
                    let number = <u8 as borsh::BorshDeserialize>::deserialize_reader(reader)?;
                    let quantity = ALL.get(usize::from(number)).copied();
                    quantity.ok_or_else(|| {
                        let text = "the number of no quantity";
                        borsh::io::Error::new(borsh::io::ErrorKind::InvalidData, text)
                    })
                }
            }

            // The derive of cw-schema reads no documentation that is put together.
            #[cfg(feature = "cosmwasm")]
            impl ::cw_schema::Schemaifier for Quantity {
                fn visit_schema(
                    visitor: &mut ::cw_schema::SchemaVisitor,
                ) -> ::cw_schema::DefinitionReference {
                    $crate::schemaifier::names::<Self>(visitor)
                }
            }

            impl $crate::EncodedLen for Quantity {
                const ENCODED_LEN: usize = 1;
            }

            impl ::core::fmt::Display for Quantity {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.write_str(self.name())
                }
            }
        }

        pub use named::Quantity;
    };
}

quantities! {
    "an argument, or what a number is made from.";
    Fraction = "a fraction in 1e-18",
    FractionInBps = "a fraction in basis points",
    FractionInPercent = "a fraction in percent",
    FractionNumerator = "the numerator of a fraction",
    Integer = "an integer with 18 decimals",
    Percent = "a percentage with 18 decimals",
    Bps = "basis points with 18 decimals",
    Decimals = "the number of decimals",
    Tokens = "a number of whole tokens",
    RationalExponent = "the exponent of a power of a ratio",
    Rounding = "the index of a rounding",
    RootDegree = "the degree of a root",
    Radicand = "the number that a root is taken of",
    LogarithmArgument = "the number that a logarithm is taken of",
    LogarithmArgumentRaw = "the number that a logarithm is taken of, in 1e-18,",
    LogarithmSummand = "the number that 1 is added to for a logarithm",
    ExponentOfE = "the exponent of e",
    ExponentOf2 = "the exponent of 2",
    PowerBase = "the base of a power that is not whole",
    ShrinkingBase = "the numerator of a ratio that is raised, which is at most 1,",
    PassedShare = "the numerator of the share that has passed, which is at most 1,",
    ContinuousRate = "a continuous rate",
    StartSupply = "the supply at the start",
    Steepness = "the steepness in 1e-18",
    SignedInteger = "the value of a signed integer",
    SecondsInNanos = "a number of seconds to count in nanoseconds",
}
