//! The schemas of an integer that wraps: those of one that doesn't.

use tokenomics_fixed_math::U256;

use crate::Wrapping256;

impl schemars::JsonSchema for Wrapping256 {
    fn schema_name() -> std::string::String {
        U256::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        U256::schema_id()
    }

    fn json_schema(schemas: &mut schemars::gen::SchemaGenerator) -> schemars::schema::Schema {
        U256::json_schema(schemas)
    }
}

#[cfg(feature = "cosmwasm")]
impl cw_schema::Schemaifier for Wrapping256 {
    fn visit_schema(visitor: &mut cw_schema::SchemaVisitor) -> cw_schema::DefinitionReference {
        U256::visit_schema(visitor)
    }
}
