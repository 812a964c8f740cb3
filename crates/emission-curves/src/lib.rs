//! emission-curves
