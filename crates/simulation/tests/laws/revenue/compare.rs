//! What a walk of revenue has come to, beside a row.

use tokenomics_fixed_math::{Amount, Rounding};
use tokenomics_simulation::{Design, FeeAsset, FeePlan, FlowPoint, RouteKind, Row};

use super::plain::fallen;
use super::{Revenue, SCALE};

impl Revenue {
    pub fn waiting_for_lockers(&self, plan: &FeePlan) -> u128 {
        let kept = plan.routes.iter().zip(&self.kept);
        let in_token = kept.filter(|(route, _)| plan.assets[route.asset] == FeeAsset::Token);
        let waiting = in_token.map(|(_, kept)| {
            let held = kept.pool.outstanding().get() + kept.pool.unallocated().get();
            held + kept.pot + kept.missed.waits()
        });
        waiting.sum()
    }

    /// What buffers keep of the token, and waterfalls have not paid out.
    pub fn reserves(&self, plan: &FeePlan) -> u128 {
        let kept = plan.routes.iter().zip(&self.kept);
        let in_token = kept.filter(|(route, _)| plan.assets[route.asset] == FeeAsset::Token);
        let reserves = in_token.map(|(route, kept)| match &route.kind {
            RouteKind::Buffer { target, .. } => kept.came.min(target.get()),
            RouteKind::Waterfall { tiers, then } => {
                let paid = fallen(tiers, then, kept.came);
                kept.came - paid.iter().map(|(_, part)| part).sum::<u128>()
            }
            _ => 0,
        });
        reserves.sum()
    }

    /// Compares what revenue has come to.
    pub fn compare(&self, design: &Design, row: &Row, place: &str) {
        let units = |amounts: &[Amount]| amounts.iter().map(|a| a.get()).collect::<Vec<_>>();
        for (held, figures) in self.vaults.iter().zip(&row.vaults) {
            let state = held.vault.settled_at(row.time).unwrap().state();
            let fees = state.management_shares.get() + state.performance_shares.get();
            assert_eq!(figures.assets.get(), held.held, "{place}");
            assert_eq!(figures.shares, state.shares.get() + fees, "{place}");
            let price = held.vault.price(row.time).unwrap();
            let first = 10_u128.pow(state.terms.decimals_offset.into());
            let price = Amount::new(price.numerator()).mul_div(
                first * SCALE,
                price.denominator(),
                Rounding::Floor,
            );
            assert_eq!(
                figures.price.raw(),
                price.map_or(u128::MAX, Amount::get),
                "{place}"
            );
        }
        let Some(plan) = &design.fees else {
            return;
        };
        let programmes = design.escrow.as_ref();
        let flows = plan.flows(programmes.map_or(0, |plan| plan.programmes.len()));
        let sum_of = |is_of: &dyn Fn(FlowPoint, FlowPoint) -> bool| {
            let flows = self
                .flows
                .iter()
                .filter(|((from, to), _)| is_of(*from, *to));
            flows.map(|(_, amount)| amount).sum::<u128>()
        };
        let walked = flows
            .iter()
            .map(|flow| self.flows.get(&(flow.from, flow.to)));
        let walked: Vec<u128> = walked.map(|sum| sum.copied().unwrap_or(0)).collect();
        assert_eq!(walked, units(&row.flows), "{place}");
        let streams = (0..plan.streams.len()).map(FlowPoint::Stream);
        let revenue: Vec<u128> = streams.map(|it| sum_of(&|from, _| from == it)).collect();
        assert_eq!(revenue, units(&row.revenue), "{place}");
        let received: Vec<u128> = self.kept.iter().map(|kept| kept.came).collect();
        assert_eq!(received, units(&row.received), "{place}");
        let lockers = plan.routes.iter().zip(&self.kept);
        let lockers = lockers.filter(|(route, _)| matches!(route.kind, RouteKind::Lockers { .. }));
        let waits: Vec<u128> = lockers
            .map(|(_, kept)| kept.pool.unallocated().get() + kept.missed.waits())
            .collect();
        assert_eq!(waits, units(&row.unallocated), "{place}");
        let accrued = row.accruals.iter();
        let accrued = accrued.map(|it| [it.to_lockers, it.spent, it.burned].map(Amount::get));
        assert_eq!(accrued.collect::<Vec<_>>(), self.accrued, "{place}");
        assert_eq!(
            row.totals.rewards.get(),
            self.waiting_for_lockers(plan),
            "{place}"
        );
        assert_eq!(row.totals.reserves.get(), self.reserves(plan), "{place}");
    }
}
