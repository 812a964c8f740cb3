//! What a value looks like as JSON, beside the schemas that say so.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use cw_schema::{EnumValue, Node, NodeType, Schemaifier, StructProperty, StructType};
use regex_lite::Regex;
use schemars::JsonSchema;
use serde_json::{Map, Value};

/// The schema that schemars makes.
pub(crate) struct Json(Value);

impl Json {
    pub(crate) fn of<T: JsonSchema>() -> Self {
        let root = schemars::schema_for!(T);
        Self(serde_json::to_value(root).unwrap())
    }

    /// Whether the schema has the value; `None` if so, else what it doesn't.
    pub(crate) fn refuses(&self, value: &Value) -> Option<String> {
        self.refused(&self.0, value)
    }

    fn refused(&self, schema: &Value, value: &Value) -> Option<String> {
        let Value::Object(schema) = schema else {
            return (schema != &Value::Bool(true)).then(|| format!("{value} by {schema}"));
        };
        let parts = schema.iter().map(|(key, rule)| match key.as_str() {
            "$ref" => self.refused(self.found(rule.as_str().unwrap()), value),
            "allOf" => rule
                .as_array()
                .unwrap()
                .iter()
                .find_map(|of| self.refused(of, value)),
            "anyOf" | "oneOf" => {
                let fit = rule.as_array().unwrap().iter();
                let fit = fit.filter(|of| self.refused(of, value).is_none()).count();
                (fit != 1).then(|| format!("{fit} of {rule} fit {value}"))
            }
            "items" | "properties" | "additionalProperties" => self.parts(schema, key, value),
            _ => obeys(key, rule, value).err(),
        });
        parts.flatten().next()
    }

    fn found(&self, path: &str) -> &Value {
        self.0.pointer(path.strip_prefix('#').unwrap()).unwrap()
    }

    fn parts(&self, schema: &Map<String, Value>, key: &str, value: &Value) -> Option<String> {
        let rule = &schema[key];
        match (key, value) {
            ("items", Value::Array(values)) => match rule {
                Value::Array(rules) => {
                    let mut both = rules.iter().zip(values);
                    both.find_map(|(rule, value)| self.refused(rule, value))
                }
                _ => values.iter().find_map(|value| self.refused(rule, value)),
            },
            ("properties", Value::Object(map)) => map.iter().find_map(|(name, value)| {
                let rule = rule.get(name)?;
                self.refused(rule, value)
            }),
            ("additionalProperties", Value::Object(map)) => {
                assert_eq!(rule, &Value::Bool(false));
                let known = |name: &String| {
                    let properties = schema.get("properties");
                    properties.is_some_and(|known| known.get(name).is_some())
                };
                map.keys().find(|name| !known(name)).cloned()
            }
            _ => None,
        }
    }
}

/// Whether a value obeys a rule that has no schemas in it. A rule of another type than the value's says
/// nothing of it.
fn obeys(key: &str, rule: &Value, value: &Value) -> Result<(), String> {
    let length = value.as_array().map(|list| list.len() as u64);
    let obeys = match key {
        "type" => match rule {
            Value::Array(types) => types.iter().any(|it| is(it.as_str().unwrap(), value)),
            _ => is(rule.as_str().unwrap(), value),
        },
        "pattern" => {
            let pattern = Regex::new(rule.as_str().unwrap()).unwrap();
            value.as_str().is_none_or(|text| pattern.is_match(text))
        }
        "enum" => rule.as_array().unwrap().contains(value),
        "minimum" => value.as_f64().is_none_or(|it| it >= rule.as_f64().unwrap()),
        "maximum" => value.as_f64().is_none_or(|it| it <= rule.as_f64().unwrap()),
        "minItems" => length.is_none_or(|it| it >= rule.as_u64().unwrap()),
        "maxItems" => length.is_none_or(|it| it <= rule.as_u64().unwrap()),
        "required" => {
            let names = rule.as_array().unwrap().iter();
            let mut names = names.map(|name| name.as_str().unwrap());
            !value.is_object() || names.all(|name| value.get(name).is_some())
        }
        "$schema" | "title" | "description" | "format" | "definitions" | "default" => true,
        other => panic!("{other} is a rule that this test doesn't know"),
    };
    obeys
        .then_some(())
        .ok_or_else(|| format!("{value}: {key} {rule}"))
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("{other} is a type that this test doesn't know"),
    }
}

/// The types that hold arrays of the caller's, which cw-schema doesn't know: it describes those of a `Vec`.
const OF_ARRAYS: [&str; 3] = [
    "PriceTerms<[(Ratio, Fraction); 1]>",
    "StepEpochs<[Point; 2]>",
    "Phases<[Phase<Constant>; 1]>",
];

fn is_of_arrays(name: &str) -> bool {
    let plain = |name: &str| name.replace(' ', "");
    OF_ARRAYS.iter().any(|it| plain(it) == plain(name))
}

/// A type, which cw-schema may describe.
pub(crate) struct Probe<T>(PhantomData<T>);

impl<T> Probe<T> {
    pub(crate) const NEW: Self = Self(PhantomData);
}

/// The schema of a type that has one.
pub(crate) trait Described {
    fn nodes(&self, name: &str) -> Option<Nodes>;
}

impl<T: Schemaifier> Described for Probe<T> {
    fn nodes(&self, name: &str) -> Option<Nodes> {
        assert!(!is_of_arrays(name), "{name} is no exception");
        Some(Nodes::of::<T>())
    }
}

/// No schema, of one of the exceptions.
pub(crate) trait Undescribed {
    fn nodes(&self, name: &str) -> Option<Nodes>;
}

impl<T> Undescribed for &Probe<T> {
    fn nodes(&self, name: &str) -> Option<Nodes> {
        assert!(is_of_arrays(name), "cw-schema describes no {name}");
        None
    }
}

/// The schema that cw-schema makes.
pub(crate) struct Nodes {
    root: usize,
    nodes: Vec<Node>,
}

impl Nodes {
    pub(crate) fn of<T: Schemaifier>() -> Self {
        let cw_schema::Schema::V1(schema) = cw_schema::schema_of::<T>() else {
            panic!("another version");
        };
        Self {
            root: schema.root,
            nodes: schema.definitions,
        }
    }

    /// Whether the schema has the value.
    pub(crate) fn has(&self, value: &Value) -> bool {
        self.node_has(self.root, value)
    }

    fn node_has(&self, node: usize, value: &Value) -> bool {
        match &self.nodes[node].value {
            NodeType::Integer {
                precision: ..=32, ..
            } => value.is_number(),
            NodeType::Integer { precision: 64, .. } if value.is_number() => true,
            NodeType::Integer { .. }
            | NodeType::Decimal { .. }
            | NodeType::Timestamp
            | NodeType::String => value.is_string(),
            NodeType::Boolean => value.is_boolean(),
            NodeType::Optional { inner } => value.is_null() || self.node_has(*inner, value),
            NodeType::Boxed { inner } => self.node_has(*inner, value),
            NodeType::Array { items } => {
                let list = value.as_array().unwrap();
                list.iter().all(|value| self.node_has(*items, value))
            }
            NodeType::Tuple { items } => self.all_have(items, value),
            NodeType::Struct(StructType::Named { properties }) => {
                self.fields_have(properties.iter(), value)
            }
            NodeType::Struct(StructType::Tuple { items }) => self.tuple_has(items, value),
            NodeType::Struct(StructType::Unit) | NodeType::Unit => value.is_null(),
            NodeType::Enum { cases, .. } => match value {
                Value::String(name) => matches!(cases[name.as_str()].value, EnumValue::Unit),
                _ => {
                    let (name, inner) = value.as_object().unwrap().iter().next().unwrap();
                    match &cases[name.as_str()].value {
                        EnumValue::Named { properties } => {
                            self.fields_have(properties.iter(), inner)
                        }
                        EnumValue::Tuple { items } => self.tuple_has(items, inner),
                        EnumValue::Unit => false,
                    }
                }
            },
            other => panic!("{other:?}"),
        }
    }

    /// A tuple of one is what it holds.
    fn tuple_has(&self, items: &[usize], value: &Value) -> bool {
        match items {
            [one] => self.node_has(*one, value),
            more => self.all_have(more, value),
        }
    }

    fn all_have(&self, items: &[usize], value: &Value) -> bool {
        let list = value.as_array().unwrap();
        let both = items.iter().zip(list);
        items.len() == list.len()
            && both
                .into_iter()
                .all(|(it, value)| self.node_has(*it, value))
    }

    fn fields_have<'a, N: AsRef<str> + 'a>(
        &self,
        fields: impl Iterator<Item = (&'a N, &'a StructProperty)>,
        value: &Value,
    ) -> bool {
        let map = value.as_object().unwrap();
        let (mut names, mut all) = (BTreeSet::new(), true);
        for (name, field) in fields {
            names.insert(name.as_ref());
            let value = map.get(name.as_ref());
            all &= value.is_some_and(|value| self.node_has(field.value, value));
        }
        all && names.len() == map.len()
    }
}

#[test]
fn schemas_refuse_what_serde_does_not_write() {
    use tokenomics::vesting::Linear;
    use tokenomics::{Amount, Fraction, SignedWad};

    let amounts = Json::of::<Amount>();
    for text in ["0", "20", "340282366920938463463374607431768211455"] {
        assert_eq!(amounts.refuses(&text.into()), None);
    }
    for other in ["", "00", "-1", "1.5", "1e3"] {
        assert!(amounts.refuses(&other.into()).is_some(), "{other}");
    }
    assert!(amounts.refuses(&7.into()).is_some());
    let fractions = Json::of::<Fraction>();
    assert!(fractions.refuses(&"1.5".into()).is_some() && fractions.refuses(&"2".into()).is_some());
    let wads = Json::of::<SignedWad>();
    assert!(wads.refuses(&"-0.25".into()).is_none() && wads.refuses(&"-0".into()).is_some());

    let linear = |json: &str| {
        let value = serde_json::from_str(json).unwrap();
        Json::of::<Linear>().refuses(&value).is_none() && Nodes::of::<Linear>().has(&value)
    };
    assert!(linear(r#"{"start":"1","end":"2","total":"3"}"#));
    assert!(!linear(r#"{"start":"1","end":"2","total":"3","more":"4"}"#));
    assert!(!linear(r#"{"start":"1","end":"2"}"#));
    assert!(!linear(r#"{"start":"1","end":"2","total":3}"#));
}
