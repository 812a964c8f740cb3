use tokenomics_fixed_math::*;
use tokenomics_haircut_collateral::*;
use tokenomics_scenarios::backtest::*;
fn main() {
    for c in CRASHES {
        let path = c.path().unwrap();
        let d = Decimals::new(18).unwrap();
        let s = seen(&path, d, d, &[Span::from_days(30)]).unwrap();
        let (i, m) = if c.asset == "USDC" {
            (fraction!("0.10"), fraction!("0.08"))
        } else {
            (fraction!("0.27"), fraction!("0.25"))
        };
        let total = Amount::from_tokens(20_000, d).unwrap();
        let dep = DepthBudget::new(total, fraction!("0.03")).unwrap();
        let st = Haircut::new(i, m).unwrap();
        let vol = Volatility::new(wad!("2.33"), Span::from_days(1), Fraction::ZERO).unwrap();
        let h: Vec<Haircut> = s
            .iter()
            .map(|x| {
                let h = st.or_worse(Haircut::initial_only(
                    vol.haircut(x.deviation, Span::from_days(1)),
                ));
                h.and(Haircut::initial_only(dep.haircut(total)))
            })
            .collect();
        let set = Setting {
            total,
            liquidators: Liquidators {
                terms: default_terms().unwrap(),
                late: Span::from_hours(1),
                market: Market::new(dep, Span::from_days(1)).unwrap(),
            },
            listed: listed(c.asset),
        };
        let t = std::time::Instant::now();
        let b = backtest(&path, &s, &h, &set).unwrap();
        println!(
            "{} rows {} gaps {} top {} {} low {} after {} worst {} from {} {:?}",
            c.name,
            s.len(),
            path.gaps(),
            b.top,
            path.points()[b.top].price,
            path.points()[b.lowest].price,
            b.after_top.loss,
            b.worst_day.loss,
            b.worst_day.from,
            t.elapsed()
        );
        for r in &b.rules {
            println!("  {:?}: top {} unc {} | day credit {} | bad top {} day {} worst {} at {} | mean {} | sales {} {}", match &r.rule {Rule::Static(_)=>"static", Rule::Design=>"design", Rule::NoHaircut=>"none", Rule::NoCredit=>"nocredit"}, r.credits[b.top], r.uncovered(b.after_top), r.credits[b.worst_day.from], r.bad_debt(&r.at_top), r.bad_debt(&r.before_worst_day), r.bad_debt(&r.worst), r.worst.row, r.mean_credit, r.at_top.sales.len(), r.worst.sales.len());
        }
    }
}
