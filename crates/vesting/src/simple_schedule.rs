//! The schedules that are made of no other: the one list of their kinds.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

mod calendar;
mod cliff;
mod exponential;
mod graded;
mod linear;
mod logistic;
mod lump_linear;
mod piecewise;
mod power;
mod step;
mod tranches;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

#[cfg(feature = "alloc")]
use tokenomics_fixed_math::Fraction;
use tokenomics_fixed_math::{Amount, Timestamp};

pub use self::calendar::{Calendar, CalendarParams};
pub use self::cliff::Cliff;
pub use self::exponential::Exponential;
pub use self::graded::Graded;
pub use self::linear::Linear;
pub use self::logistic::Logistic;
pub use self::lump_linear::LumpLinear;
pub use self::piecewise::Piecewise;
pub use self::power::Power;
pub use self::step::{Step, StepParams};
pub use self::tranches::Tranches;
#[cfg(feature = "alloc")]
use crate::Point;
use crate::{Error, MaybePieces, Pieces, Resize, Schedule};

/// Declares [`SimpleSchedule`] and what goes by its kinds. Of each kind it says the number, which
/// the binary formats write and which stays, whichever features are on; the type; the name of its
/// strategy; whether it is in [`Pieces`] or a curve; and whether it can have another total.
macro_rules! kinds {
    ($(#[$attribute:meta])* pub enum SimpleSchedule { $(
        $(#[doc = $doc:literal])+ $(#[cfg($when:meta)])?
        $number:literal: $kind:ident($type:ty), $name:ident, $pieces:ident, $total:ident;
    )+ }) => {
        $(#[$attribute])*
        pub enum SimpleSchedule {
            $(
                $(#[doc = $doc])+ $(#[cfg($when)])?
                #[cfg_attr(feature = "scale", codec(index = $number))]
                $kind($type) = $number,
            )+
        }

        impl SimpleSchedule {
            fn get(&self) -> &dyn Schedule {
                match self {
                    $($(#[cfg($when)])? Self::$kind(schedule) => schedule,)+
                }
            }
        }

        impl MaybePieces for SimpleSchedule {
            fn visit_pieces(&self, then: &mut dyn FnMut(&dyn Pieces)) {
                match self {
                    $($(#[cfg($when)])? Self::$kind(schedule) => {
                        kinds!(@visit $pieces, then, schedule)
                    })+
                }
            }
        }

        /// Returns [`Error::NotResizable`] for a list of amounts: a [`Scale`](crate::Scale) of it
        /// has another total.
        impl Resize for SimpleSchedule {
            fn with_total(&self, total: Amount) -> Result<Self, Error> {
                match self {
                    $($(#[cfg($when)])? Self::$kind(schedule) => {
                        kinds!(@resize $total, schedule, total)
                    })+
                }
            }
        }

        $(
            $(#[cfg($when)])?
            impl From<$type> for SimpleSchedule {
                fn from(schedule: $type) -> Self {
                    Self::$kind(schedule)
                }
            }
        )+

        tokenomics_internals::borsh_variants! {
            [] SimpleSchedule {
                $($(#[cfg($when)])? $number: $kind(kind),)+
            }
        }

        #[cfg(feature = "arbitrary")]
        crate::support::arbitrary::simple_schedules! {
            $($(#[cfg($when)])? $number: $type, $name;)+
        }

        #[cfg(feature = "proptest")]
        crate::support::proptest::simple_schedules! {
            $($(#[cfg($when)])? $number: $type, $name;)+
        }
    };
    (@visit pieces, $then:ident, $schedule:ident) => { $then($schedule) };
    (@visit curve, $then:ident, $schedule:ident) => {{ let _ = $schedule; }};
    (@resize resizable, $schedule:ident, $total:ident) => { Ok($schedule.with_total($total)?.into()) };
    (@resize fixed, $schedule:ident, $total:ident) => {{
        let _ = ($schedule, $total);
        Err(Error::NotResizable)
    }};
}

kinds! {
    /// Any schedule of this crate that is made of no other, as one type: for lists of mixed schedules,
    /// and for files, which name the kind.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Cliff, Linear, Schedule, SimpleSchedule};
    ///
    /// let (start, end) = (Timestamp::new(0), Timestamp::new(100));
    /// let list: [SimpleSchedule; 2] = [
    ///     Cliff::new(start, Amount::new(50)).into(),
    ///     Linear::new(start, end, Amount::new(500))?.into(),
    /// ];
    /// let vested = list.map(|part| part.vested_at(Timestamp::new(10)).get());
    /// assert_eq!(vested, [50, 50]);
    /// # Ok::<(), tokenomics_vesting::Error>(())
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
    #[non_exhaustive]
    #[repr(u8)]
    pub enum SimpleSchedule {
        /// A lump at one time.
        0: Cliff(Cliff), cliff, pieces, resizable;
        /// A straight line from a start to an end.
        1: Linear(Linear), linear, pieces, resizable;
        /// Equal instalments at a fixed period.
        2: Step(Step), step, pieces, resizable;
        /// A lump at the cliff, and the rest evenly.
        3: LumpLinear(LumpLinear), lump_linear, pieces, resizable;
        /// A list of amounts, each at its time.
        #[cfg(feature = "alloc")]
        4: Tranches(Tranches<Vec<Point>>), tranches, pieces, fixed;
        /// A list of shares of a total, each at its time.
        #[cfg(feature = "alloc")]
        5: Graded(Graded<Vec<Point<Fraction>>>), graded, pieces, resizable;
        /// Straight lines through points.
        #[cfg(feature = "alloc")]
        6: Piecewise(Piecewise<Vec<Point>>), piecewise, pieces, fixed;
        /// Instalments on a day of the month.
        7: Calendar(Calendar), calendar, pieces, resizable;
        /// A power of the share of time that has passed.
        8: Power(Power), power, curve, resizable;
        /// An exponential of the share of time that has passed.
        9: Exponential(Exponential), exponential, curve, resizable;
        /// An S-curve over the time that has passed.
        10: Logistic(Logistic), logistic, curve, resizable;
    }
}

impl Schedule for SimpleSchedule {
    fn total(&self) -> Amount {
        self.get().total()
    }

    fn start(&self) -> Timestamp {
        self.get().start()
    }

    fn end(&self) -> Timestamp {
        self.get().end()
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        self.get().vested_at(at)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        self.get().time_of(amount)
    }
}
