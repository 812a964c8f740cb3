//! Tables of correlations, and the law of those that returns can have.

use tokenomics_haircut_collateral::{
    Correlation, CorrelationMatrix, CorrelationOffset, CorrelationStress, Error,
};

use super::fraction;

const ONE: i16 = Correlation::SCALE;

/// A table of correlations and the bounds of its offset.
#[derive(Debug, Clone, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Table {
    /// As they are, signs alone, or the products of loadings.
    pub(crate) kind: u8,
    /// Of which there is one for each asset but the first, or one for each pair.
    pub(crate) numbers: Vec<i16>,
    pub(crate) assets: u8,
    /// In 1e-18.
    pub(crate) to_one: u64,
    /// In 1e-18.
    pub(crate) to_zero: u64,
    /// In 1e-18.
    pub(crate) most_offset: u64,
}

impl Table {
    pub(super) fn assets(&self) -> usize {
        usize::from(self.assets) % 6 + 1
    }

    pub(super) fn number(&self, at: usize) -> i16 {
        self.numbers.get(at).copied().unwrap_or(0) % (ONE + 1)
    }

    /// What stands under the diagonal, before it is made a table that returns can have.
    fn below(&self) -> Vec<i16> {
        let pairs = (0..self.assets()).flat_map(|row| (0..row).map(move |column| (row, column)));
        let sign = |at| if self.number(at) < 0 { -1 } else { 1 };
        let entry = |(at, (row, column))| match self.kind % 3 {
            0 => self.number(at),
            1 => sign(row) * sign(column) * ONE,
            _ => {
                let loadings = i32::from(self.number(row)) * i32::from(self.number(column));
                (loadings / i32::from(ONE)) as i16
            }
        };
        pairs.enumerate().map(entry).collect()
    }

    /// The table, or the nearest of its halves that returns can have.
    fn matrix(&self) -> CorrelationMatrix {
        let mut below = self.below();
        // Of 14 bits and a sign.
        for _ in 0..16 {
            match CorrelationMatrix::new(self.assets(), &correlations(&below)) {
                Ok(matrix) => return matrix,
                Err(Error::Indefinite { .. }) => below.iter_mut().for_each(|entry| *entry /= 2),
                Err(other) => panic!("{other}"),
            }
        }
        panic!("the identity is refused");
    }

    pub(super) fn rule(&self) -> CorrelationOffset {
        self.rule_of(self.matrix())
    }

    pub(super) fn rule_of(&self, matrix: CorrelationMatrix) -> CorrelationOffset {
        let (to_one, to_zero) = (fraction(self.to_one), fraction(self.to_zero));
        let stress = CorrelationStress { to_one, to_zero };
        CorrelationOffset::new(matrix, stress, fraction(self.most_offset))
    }
}

pub(super) fn correlations(below: &[i16]) -> Vec<Correlation> {
    let of = |bps: &i16| Correlation::from_bps(*bps).unwrap();
    below.iter().map(of).collect()
}

/// A table is refused exactly where one of its principal minors is negative.
pub(crate) fn semidefinite(table: &Table) {
    let (assets, below) = (table.assets().min(5), table.below());
    let below = &below[..assets * (assets - 1) / 2];
    let entry = |one: usize, other: usize| match (one.max(other), one.min(other)) {
        (row, column) if row == column => i128::from(ONE),
        (row, column) => i128::from(below[row * (row - 1) / 2 + column]),
    };
    let negative = |subset: &u32| {
        let chosen: Vec<_> = (0..assets).filter(|at| subset >> at & 1 == 1).collect();
        determinant(&chosen, &chosen, &entry) < 0
    };
    let indefinite = (1..1 << assets).any(|subset: u32| negative(&subset));
    match CorrelationMatrix::new(assets, &correlations(below)) {
        Ok(matrix) => {
            assert!(!indefinite, "{below:?}");
            let kept: Vec<_> = matrix.below().iter().map(|rho| rho.bps()).collect();
            assert_eq!(kept, below);
        }
        Err(Error::Indefinite { asset }) => {
            let asset = usize::try_from(asset).unwrap();
            assert!(indefinite, "{below:?}");
            // Those before it are a table of their own.
            let before = &correlations(below)[..asset * (asset - 1) / 2];
            assert!(CorrelationMatrix::new(asset, before).is_ok());
        }
        Err(other) => panic!("{other}"),
    }
}

/// By the first row.
fn determinant(rows: &[usize], columns: &[usize], entry: &dyn Fn(usize, usize) -> i128) -> i128 {
    let Some((first, rest)) = rows.split_first() else {
        return 1;
    };
    let term = |at: usize| {
        let others: Vec<_> = columns
            .iter()
            .copied()
            .filter(|c| *c != columns[at])
            .collect();
        let minor = entry(*first, columns[at]) * determinant(rest, &others, entry);
        if at % 2 == 0 {
            minor
        } else {
            -minor
        }
    };
    (0..columns.len()).map(term).sum()
}
