//! The curves that are made of no other: the one list of their kinds.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::{
    Compounding, Constant, Curve, Disinflation, Exponential, Geometric, LinearRate, Logistic,
};
#[cfg(feature = "alloc")]
use crate::{Epoch, GeometricEpochs, Point, StepEpochs};

/// Declares [`SimpleCurve`] and what goes by its kinds. Of each kind it says the number, which the
/// binary formats write and which stays, whichever features are on; the type; and the name of its
/// strategy.
macro_rules! kinds {
    ($(#[$attribute:meta])* pub enum SimpleCurve { $(
        $(#[doc = $doc:literal])+ $(#[cfg($when:meta)])?
        $number:literal: $kind:ident($type:ty), $name:ident;
    )+ }) => {
        $(#[$attribute])*
        pub enum SimpleCurve {
            $(
                $(#[doc = $doc])+ $(#[cfg($when)])?
                #[cfg_attr(feature = "scale", codec(index = $number))]
                $kind($type) = $number,
            )+
        }

        impl SimpleCurve {
            pub(crate) fn get(&self) -> &dyn Curve {
                match self {
                    $($(#[cfg($when)])? Self::$kind(curve) => curve,)+
                }
            }
        }

        $(
            $(#[cfg($when)])?
            impl From<$type> for SimpleCurve {
                fn from(curve: $type) -> Self {
                    Self::$kind(curve)
                }
            }
        )+

        tokenomics_internals::borsh_variants! {
            [] SimpleCurve {
                $($(#[cfg($when)])? $number: $kind(kind),)+
            }
        }

        #[cfg(feature = "arbitrary")]
        crate::support::arbitrary::simple_curves! {
            $($(#[cfg($when)])? $number: $type, $name;)+
        }

        #[cfg(feature = "proptest")]
        crate::support::proptest::simple_curves! {
            $($(#[cfg($when)])? $number: $type, $name;)+
        }
    };
}

kinds! {
    /// Any curve of this crate that is made of no other, as one type: for lists of mixed curves, and
    /// for files, which name the kind.
    ///
    /// ```
    /// use tokenomics_emission_curves::{Constant, Curve, LinearRate, Phase, Phases, SimpleCurve};
    /// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    ///
    /// // A ramp to 10 a second, and then as many in every second.
    /// let (start, full, end) = (Timestamp::ZERO, Timestamp::new(100), Timestamp::new(200));
    /// let ten = Ratio::from_integer(10);
    /// let list: [Phase<SimpleCurve>; 2] = [
    ///     Phase::new(start, LinearRate::new(start, full, Ratio::ZERO, ten)?.into()),
    ///     Phase::new(full, Constant::new(full, end, ten)?.into()),
    /// ];
    /// assert_eq!(Phases::new(list)?.cap(), Amount::new(1_500));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[cfg_attr(
        feature = "serde",
        derive(serde::Serialize, serde::Deserialize),
        serde(rename_all = "snake_case")
    )]
    #[cfg_attr(
        feature = "cosmwasm",
        derive(cw_schema::Schemaifier),
        schemaifier(mute_warnings)
    )]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(
        feature = "borsh",
        derive(borsh::BorshSerialize),
        borsh(use_discriminant = true)
    )]
    #[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
    #[cfg_attr(
        feature = "scale",
        derive(
            parity_scale_codec::Encode,
            parity_scale_codec::Decode,
            parity_scale_codec::DecodeWithMemTracking,
            scale_info::TypeInfo
        ),
        scale_info(crate = tokenomics_fixed_math::scale_metadata)
    )]
    #[allow(
        clippy::large_enum_variant,
        reason = "a disinflation holds a supply a year, and without an allocator there is no box for it"
    )]
    #[non_exhaustive]
    #[repr(u8)]
    pub enum SimpleCurve {
        /// One rate from a start to an end.
        0: Constant(Constant), constant;
        /// A rate along a line.
        1: LinearRate(LinearRate), linear_rate;
        /// A list of points, with a constant rate between two.
        #[cfg(feature = "alloc")]
        2: StepEpochs(StepEpochs<Vec<Point>>), step_epochs;
        /// The same part of what is left in each unit of the clock.
        3: Exponential(Exponential), exponential;
        /// A fixed part of what the last epoch emitted.
        4: Geometric(Geometric), geometric;
        /// Epochs whose rates are rounded as deployed contracts do.
        #[cfg(feature = "alloc")]
        5: GeometricEpochs(GeometricEpochs<Vec<Epoch>>), geometric_epochs;
        /// The same part of the supply in every period.
        6: Compounding(Compounding), compounding;
        /// An inflation that falls every year, to a terminal rate.
        7: Disinflation(Disinflation), disinflation;
        /// An S-curve towards a ceiling.
        8: Logistic(Logistic), logistic;
    }
}

impl Curve for SimpleCurve {
    fn cap(&self) -> Amount {
        self.get().cap()
    }

    fn start(&self) -> Timestamp {
        self.get().start()
    }

    fn end(&self) -> Timestamp {
        self.get().end()
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        self.get().emitted_at(at)
    }

    fn emitted_between(&self, from: Timestamp, to: Timestamp) -> Amount {
        self.get().emitted_between(from, to)
    }

    fn remaining_after(&self, at: Timestamp) -> Amount {
        self.get().remaining_after(at)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        self.get().time_of(amount)
    }

    fn rate_at(&self, at: Timestamp) -> Amount {
        self.get().rate_at(at)
    }
}
