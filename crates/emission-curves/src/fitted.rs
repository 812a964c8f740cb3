//! Any integers, brought into the range that the constructors accept: what the generators build on.
//! Parameters that are in range already stay as they are.

use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};

use crate::table::Table;
use crate::GeometricEpochs;

pub(crate) fn geometric_epochs<E: Table>(
    start: Timestamp,
    length: Span,
    rate: Amount,
    decay: Ratio,
    epochs: u32,
) -> Option<GeometricEpochs<E>> {
    // One epoch of a growing rate; of any other the first is the largest, and bounds the sum.
    let most = if decay > Ratio::ONE { 1 } else { E::max() };
    let epochs = epochs.clamp(1, most.max(1));
    let start = start.min(Timestamp::new(u64::MAX.saturating_sub(epochs.into())));
    let room = Timestamp::MAX.since(start)?.get();
    let length = length.get().clamp(1, room.checked_div(epochs.into())?);
    let time = u128::from(length).checked_mul(epochs.into())?;
    let rate = rate.get().clamp(1, u128::MAX.checked_div(time)?);
    let (length, rate) = (Span::new(length), Amount::new(rate));
    GeometricEpochs::build(start, length, rate, decay, Some(epochs)).ok()
}

#[cfg(feature = "arbitrary")]
mod with_arbitrary {
    use arbitrary::{Arbitrary, Error, Result, Unstructured};

    use crate::table::Table;
    use crate::GeometricEpochs;

    impl<'a, E: Table> Arbitrary<'a> for GeometricEpochs<E> {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (start, length, rate, decay, epochs) = Arbitrary::arbitrary(bytes)?;
            super::geometric_epochs(start, length, rate, decay, epochs)
                .ok_or(Error::IncorrectFormat)
        }
    }
}
