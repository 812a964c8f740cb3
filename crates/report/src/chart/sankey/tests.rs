//! The laws of the layout, over any flows.

use proptest::prelude::*;
use tokenomics_fixed_math::Amount;

use super::order::{Graph, Side};
use super::place::{Placed, Port, BODY, GAP};
use super::{Ink, Link, Node, Sankey};

const LABEL: i32 = 120;

type Flow = (usize, usize, Amount);

/// Flows between so many nodes, each to a later one.
fn flows(most: u128) -> impl Strategy<Value = (usize, Vec<Flow>)> {
    let flow = (0..40_usize, 0..40_usize, 0..=most);
    (2..14_usize, prop::collection::vec(flow, 0..40)).prop_map(|(nodes, flows)| {
        let flows = flows.into_iter().map(|(from, to, amount)| {
            let from = from % (nodes - 1);
            let to = from + 1 + to % (nodes - 1 - from);
            (from, to, Amount::new(amount))
        });
        (nodes, flows.collect())
    })
}

fn laid(nodes: usize, flows: &[Flow]) -> (Graph, Placed) {
    let mut graph = Graph::new(nodes, flows).unwrap();
    graph.arrange();
    let placed = Placed::new(&graph, |_| LABEL).unwrap();
    (graph, placed)
}

/// The ports of one side of a station, from the top, and their amounts.
fn side(graph: &Graph, placed: &Placed, station: usize, side: Side) -> Vec<(Port, Amount)> {
    let mut all = Vec::new();
    for (edge, [begin, end]) in graph.edges.iter().zip(&placed.ports) {
        match side {
            Side::Out if edge.from == station => all.push((*begin, edge.amount)),
            Side::In if edge.to == station => all.push((*end, edge.amount)),
            _ => {}
        }
    }
    all.sort_by_key(|(port, _)| (port.top, port.bottom));
    all
}

/// Each flow is a chain of edges from the one node to the other, a column each.
fn each_flow_leads_from_its_node_to_its_node(nodes: usize, flows: &[Flow]) {
    let (graph, _) = laid(nodes, flows);
    for (link, (from, to, amount)) in flows.iter().enumerate() {
        let edges: Vec<_> = graph
            .edges
            .iter()
            .filter(|edge| edge.link == link)
            .collect();
        if amount.is_zero() {
            assert!(edges.is_empty());
            continue;
        }
        let station = |index: usize| graph.stations[index];
        assert_eq!(station(edges[0].from).node, Some(*from));
        assert_eq!(station(edges[edges.len() - 1].to).node, Some(*to));
        for edge in &edges {
            assert_eq!(station(edge.from).column + 1, station(edge.to).column);
            assert_eq!(edge.amount, *amount);
        }
        for pair in edges.windows(2) {
            assert_eq!((pair[0].to, station(pair[0].to).node), (pair[1].from, None));
        }
    }
}

/// The ribbons on either side of a node have no gaps and end at the height of their sum, the larger of
/// which is the node's own.
fn heights_sum(nodes: usize, flows: &[Flow]) {
    let (graph, placed) = laid(nodes, flows);
    for (station, one) in graph.stations.iter().enumerate() {
        let sides = [Side::In, Side::Out].map(|way| side(&graph, &placed, station, way));
        let mut deepest = 0;
        let mut largest = Amount::ZERO;
        for side in sides {
            let mut at = 0;
            for (port, _) in &side {
                assert_eq!(port.top, at);
                assert!(port.bottom >= port.top);
                at = port.bottom;
            }
            deepest = deepest.max(at);
            let sum = Amount::try_sum(side.iter().map(|(_, amount)| *amount)).unwrap();
            largest = largest.max(sum);
        }
        assert_eq!((deepest, largest), (placed.heights[station], one.size));
        assert!(deepest <= BODY);
    }
}

/// A larger flow is never drawn lower than a smaller one, and twice as much twice as high, to a unit.
fn heights_are_to_scale(nodes: usize, flows: &[Flow]) {
    let (graph, placed) = laid(nodes, flows);
    let whole = graph.columns.iter().map(|column| {
        let sizes = column.iter().map(|one| graph.stations[*one].size);
        Amount::try_sum(sizes).unwrap()
    });
    let whole = whole.max().unwrap_or_default().get();
    for (edge, ports) in graph.edges.iter().zip(&placed.ports) {
        for port in ports {
            let height = u128::from((port.bottom - port.top).unsigned_abs());
            // In 128 bits as long as amounts are no more than 2^64.
            let exact = edge.amount.get() * u128::from(BODY.unsigned_abs());
            assert!(height * whole < exact + whole && (height + 1) * whole > exact);
        }
    }
}

/// Labels have room: what stands in a column is apart, and nothing is outside of the drawing.
fn nothing_overlaps(nodes: usize, flows: &[Flow]) {
    let (graph, placed) = laid(nodes, flows);
    for column in &graph.columns {
        let mut free = 0;
        for station in column {
            let [top, bottom] = placed.slot(*station);
            let least = if graph.stations[*station].node.is_some() {
                LABEL
            } else {
                2
            };
            assert!(top >= free, "{top} {free}");
            assert!(bottom - top >= least.max(placed.heights[*station]));
            assert!(placed.tops[*station] >= top);
            assert!(placed.tops[*station] + placed.heights[*station] <= bottom);
            free = bottom + GAP;
        }
        assert!(free <= placed.height + GAP);
    }
}

/// The order that is drawn has no more crossings than the one in which nodes are named.
fn no_order_is_worse_than_the_first(nodes: usize, flows: &[Flow]) {
    let mut graph = Graph::new(nodes, flows).unwrap();
    let before = graph.crossings();
    assert_eq!(before, pairs_that_cross(&graph));
    graph.arrange();
    assert!(graph.crossings() <= before);
    assert_eq!(graph.crossings(), pairs_that_cross(&graph));
}

/// The crossings, counted pair by pair.
fn pairs_that_cross(graph: &Graph) -> usize {
    let places = graph.places();
    let column = |edge: usize| graph.stations[graph.edges[edge].from].column;
    let ends = |edge: usize| {
        let edge = graph.edges[edge];
        (places[edge.from], places[edge.to])
    };
    let all = 0..graph.edges.len();
    let pairs = all
        .clone()
        .flat_map(|one| all.clone().map(move |other| (one, other)));
    let crossed = pairs.filter(|(one, other)| {
        let ((from, to), (from_2, to_2)) = (ends(*one), ends(*other));
        column(*one) == column(*other) && from < from_2 && to > to_2
    });
    crossed.count()
}

/// Two ribbons at one side of a station don't cross there: they leave in the order of where they lead.
fn ribbons_leave_in_the_order_of_their_ends(nodes: usize, flows: &[Flow]) {
    let (graph, placed) = laid(nodes, flows);
    let places = graph.places();
    for (one, ports) in graph.edges.iter().zip(&placed.ports) {
        for (other, others) in graph.edges.iter().zip(&placed.ports) {
            if one.from == other.from && places[one.to] < places[other.to] {
                assert!(ports[0].bottom <= others[0].top);
            }
            if one.to == other.to && places[one.from] < places[other.from] {
                assert!(ports[1].bottom <= others[1].top);
            }
        }
    }
}

proptest! {
    #[test]
    fn the_layout_keeps_its_laws((nodes, flows) in flows(1 << 60)) {
        each_flow_leads_from_its_node_to_its_node(nodes, &flows);
        heights_sum(nodes, &flows);
        heights_are_to_scale(nodes, &flows);
        nothing_overlaps(nodes, &flows);
        no_order_is_worse_than_the_first(nodes, &flows);
        ribbons_leave_in_the_order_of_their_ends(nodes, &flows);
    }

    #[test]
    fn the_layout_keeps_its_laws_of_a_few_units((nodes, flows) in flows(20)) {
        heights_sum(nodes, &flows);
        heights_are_to_scale(nodes, &flows);
        nothing_overlaps(nodes, &flows);
    }
}

#[test]
fn the_largest_amount_is_as_high_as_the_drawing_and_more_is_an_error() {
    let all = Amount::MAX;
    let (graph, placed) = laid(2, &[(0, 1, all)]);
    assert_eq!(placed.heights, [BODY, BODY]);
    assert_eq!(placed.height, BODY);
    assert_eq!(graph.columns, [[0], [1]]);
    let one = Amount::new(1);
    Graph::new(3, &[(0, 2, all), (1, 2, one)]).unwrap_err();
    // Two that are apart come to more than a drawing can be made of.
    let graph = Graph::new(4, &[(0, 2, all), (1, 3, one)]).unwrap();
    Placed::new(&graph, |_| LABEL).unwrap_err();
}

#[test]
fn nothing_has_an_empty_drawing() {
    for flows in [&[][..], &[(0, 1, Amount::ZERO)]] {
        let (graph, placed) = laid(3, flows);
        assert!(graph.stations.is_empty() && graph.columns.is_empty());
        assert_eq!(placed.height, 0);
    }
}

/// A stands above B, as do what they lead to, whichever is named first.
#[test]
fn ribbons_do_not_cross_where_they_need_not() {
    let amount = Amount::new(5);
    let (graph, placed) = laid(4, &[(0, 3, amount), (1, 2, amount)]);
    assert_eq!(graph.crossings(), 0);
    assert_eq!(graph.columns, [[0, 1], [3, 2]]);
    assert!(placed.tops[0] < placed.tops[1] && placed.tops[3] < placed.tops[2]);
}

/// A ribbon passes the column between the ends that it has, beside the node there.
#[test]
fn a_long_ribbon_has_a_place_in_each_column() {
    let flows = [(0, 1, 30), (1, 2, 30), (0, 2, 10)];
    let flows = flows.map(|(from, to, amount)| (from, to, Amount::new(amount)));
    let (graph, placed) = laid(3, &flows);
    let middle = &graph.columns[1];
    assert_eq!(middle.len(), 2);
    let passes = middle
        .iter()
        .filter(|one| graph.stations[**one].node.is_none());
    assert_eq!(passes.count(), 1);
    assert_eq!(placed.heights[0], BODY);
    assert_eq!(placed.heights[1], BODY * 3 / 4);
}

#[test]
fn heights_are_rounded_down_and_ports_follow_the_sums() {
    let flows = [(0, 1, 1), (0, 2, 1), (0, 3, 1)];
    let flows = flows.map(|(from, to, amount)| (from, to, Amount::new(amount)));
    let (_, placed) = laid(4, &flows);
    // 1,040 over 3 is 346.67.
    assert_eq!(placed.heights, [1_040, 346, 346, 346]);
    let begins = placed
        .ports
        .iter()
        .map(|[begin, _]| [begin.top, begin.bottom]);
    assert_eq!(
        begins.collect::<Vec<_>>(),
        [[0, 346], [346, 693], [693, 1_040]]
    );
}

/// A node stands where the mean of its neighbours is, however many it has: the one with three, of places 0
/// to 2, above the one with a single one at place 2.
#[test]
fn columns_are_ordered_by_means() {
    let flows = [(0, 4, 1), (1, 4, 1), (2, 4, 1), (2, 3, 1)];
    let flows = flows.map(|(from, to, amount)| (from, to, Amount::new(amount)));
    let (graph, _) = laid(5, &flows);
    let nodes = |column: usize| {
        let stations = graph.columns[column].iter();
        stations
            .map(|one| graph.stations[*one].node.unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!([nodes(0), nodes(1)], [vec![0, 1, 2], vec![4, 3]]);
    assert_eq!(graph.crossings(), 0);
}

#[test]
fn a_diagram_is_drawn_to_the_unit() {
    let node = |label: &str, ink| Node {
        label: label.to_owned(),
        figure: "4".to_owned(),
        ink,
    };
    let sankey = Sankey {
        description: "All".to_owned(),
        nodes: vec![
            node("Fees", Ink::Gray),
            node("Lockers", Ink::Sky),
            node("Treasury", Ink::Green),
        ],
        links: [(1, 3), (2, 1)]
            .map(|(to, amount)| Link {
                from: 0,
                to,
                amount: Amount::new(amount),
                told: format!("{amount} of 4"),
            })
            .to_vec(),
    };
    let page = sankey.draw().unwrap().into_string();
    assert_eq!(page.matches("<svg ").count(), 3);
    let (_, narrow) = page.split_once("<svg class=\"narrow\" ").unwrap();
    // 360 wide: columns 200 apart, and 160 beside the last.
    let wanted = "viewBox=\"0 0 1440 1076\" role=\"img\" aria-label=\"All\"><g class=\"ribbons\">\
        <path class=\"f-sky\" d=\"M40 9C420 9 420 0 800 0L800 780C420 780 420 789 40 789Z\"><title>3 of 4</title></path>\
        <path class=\"f-green\" d=\"M40 789C420 789 420 816 800 816L800 1076C420 1076 420 1049 40 1049Z\"><title>1 of 4</title></path></g>\
        <g class=\"node\"><title>Fees: 4</title><rect x=\"0\" y=\"9\" width=\"40\" height=\"1040\" class=\"f-gray\"></rect>\
        <text y=\"517\"><tspan x=\"60\" dy=\"0\">Fees</tspan><tspan class=\"of\" x=\"60\" dy=\"60\">4</tspan></text></g>";
    assert!(narrow.starts_with(wanted), "{narrow}");
}
