//! Any curve as one owned type.

use alloc::boxed::Box;
use alloc::vec::Vec;

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::{Capped, Curve, PerBlock, Phase, Phases, SimpleCurve, Tail};

/// Declares [`AnyCurve`] and what goes by its kinds.
macro_rules! kinds {
    ($(#[$attribute:meta])* pub enum AnyCurve {
        $(#[doc = $alone:literal])+
        Simple,
        $($(#[doc = $doc:literal])+ $kind:ident($type:ty),)+
    }) => {
        $(#[$attribute])*
        pub enum AnyCurve {
            $(#[doc = $alone])+
            Simple(Box<SimpleCurve>),
            $($(#[doc = $doc])+ $kind(Box<$type>),)+
        }

        impl AnyCurve {
            fn get(&self) -> &dyn Curve {
                match self {
                    Self::Simple(curve) => curve.get(),
                    $(Self::$kind(curve) => curve.as_ref(),)+
                }
            }
        }

        impl<T: Into<SimpleCurve>> From<T> for AnyCurve {
            fn from(curve: T) -> Self {
                Self::Simple(Box::new(curve.into()))
            }
        }

        $(
            impl From<$type> for AnyCurve {
                fn from(curve: $type) -> Self {
                    Self::$kind(Box::new(curve))
                }
            }
        )+
    };
}

kinds! {
    /// A curve of any kind, combined as often as one likes: an owned tree of curves, as files and
    /// tools have them.
    ///
    /// It isn't read from bytes, so that no input decides how deep it is; a [`SimpleCurve`] is, and so
    /// is what is made of one, whose type says how deep it is.
    ///
    /// ```
    /// use tokenomics_emission_curves::{AnyCurve, Capped, Constant, Curve, Phase, Phases};
    /// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    ///
    /// let at = Timestamp::new;
    /// let rate = |rate| Constant::new(at(0), at(1_000), Ratio::from_integer(rate));
    /// let capped = AnyCurve::from(Capped::new(AnyCurve::from(rate(3)?), Amount::new(250)));
    /// let list = vec![Phase::new(at(0), capped), Phase::new(at(100), rate(1)?.into())];
    /// let curve = AnyCurve::from(Phases::new(list)?);
    /// assert_eq!(curve.emitted_at(at(90)), Amount::new(250));
    /// assert_eq!(curve.time_of(Amount::new(260)), Some(at(110)));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum AnyCurve {
        /// A curve that is made of no other.
        Simple,
        /// A curve up to a cap.
        Capped(Capped<AnyCurve>),
        /// A curve with a floor under its rate.
        Tail(Tail<AnyCurve>),
        /// A curve of block heights, on the clock of time.
        PerBlock(PerBlock<AnyCurve>),
        /// A sequence of curves.
        Phases(Phases<Vec<Phase<AnyCurve>>>),
    }
}

impl Curve for AnyCurve {
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
