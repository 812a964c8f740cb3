//! What generators draw is valid, and both ends are drawn.
#![cfg(all(feature = "arbitrary", feature = "proptest"))]

use arbitrary::{Arbitrary, Unstructured};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tokenomics_haircut_collateral::{strategies, Band, BandGrid, BandPosition};

#[test]
fn any_bytes_make_valid_bands() {
    for byte in [0, 1, 0x7f, 0xff] {
        let bytes = [byte; 256];
        let mut bytes = Unstructured::new(&bytes);
        let drawn = <(Band, BandGrid, BandPosition<4>)>::arbitrary(&mut bytes);
        let (band, grid, position) = drawn.unwrap();
        let restored = Band::restore(band.collateral(), band.proceeds(), band.shares());
        assert_eq!(restored, Ok(band));
        let restored = BandGrid::new(grid.base(), grid.amplification(), grid.count());
        assert_eq!(restored, Ok(grid));
        assert_eq!(BandPosition::restore(position.state()), Ok(position));
    }
}

#[test]
fn both_endpoints_of_bands_are_drawn() {
    let mut runner = TestRunner::deterministic();
    let mut seen = [false; 8];
    for _ in 0..2_000 {
        let all = (
            strategies::band(),
            strategies::band_grid(),
            strategies::band_position::<4>(),
        );
        let (band, grid, position) = all.new_tree(&mut runner).unwrap().current();
        seen[0] |= band == Band::EMPTY;
        seen[1] |= band.collateral().is_zero() && !band.proceeds().is_zero();
        seen[2] |= !band.collateral().is_zero() && band.proceeds().is_zero();
        seen[3] |= grid.amplification() == 2;
        seen[4] |= grid.amplification() == 10_000;
        seen[5] |= grid.count() == 1;
        seen[6] |= position.count() == 1;
        seen[7] |= position.count() == 4;
    }
    assert_eq!(seen, [true; 8]);
}
