//! Small charts, drawn.

use super::data::Size;
use super::{Across, Chart, Ink, Layer, Shape, Unit};

const SMALL: Size = Size {
    class: "small",
    width: 200,
    height: 100,
    points: 10,
    notes: 4,
    dates: 3,
};

fn layer(label: &str, ink: Ink, shape: Shape, values: &[f64]) -> Layer {
    Layer {
        label: label.to_owned(),
        ink,
        shape,
        values: values.to_vec(),
    }
}

/// The count of a basket at two falls of prices, against a debt of 12.
fn bars() -> Chart {
    Chart {
        description: "Bars".to_owned(),
        across: Across::Percent,
        places: vec![-5.0, 5.0],
        end: 15.0,
        unit: Unit::Tokens,
        top: Some(25.0),
        layers: vec![
            layer("Low", Ink::Blue, Shape::Bar, &[10.0, 0.0]),
            layer("High", Ink::Green, Shape::Bar, &[5.0, 20.0]),
            layer("Owed", Ink::Dark, Shape::Line, &[12.0, 12.0]),
        ],
    }
}

/// Two areas over three days.
fn areas() -> Chart {
    Chart {
        description: "Areas".to_owned(),
        across: Across::Time,
        places: vec![0.0, 86_400.0, 172_800.0],
        end: 172_800.0,
        unit: Unit::Percent,
        top: None,
        layers: vec![
            layer("Below", Ink::Blue, Shape::Area, &[10.0, 20.0, 30.0]),
            layer("Above", Ink::Green, Shape::Area, &[5.0, 0.0, 20.0]),
        ],
    }
}

/// The marks of a drawing and, apart from them, its hover notes; without what is the same of all.
fn drawn(chart: &Chart) -> (Vec<String>, Vec<String>) {
    let svg = chart.draw_at(SMALL).unwrap().into_string();
    let mut svg = svg.replace("fill=\"none\" ", "").replace('"', "");
    for same in [
        " stroke-width=4",
        " font-size=50",
        " dy=0.5ex text-anchor=end",
        " dy=0.76em text-anchor=middle",
    ] {
        svg = svg.replace(same, "");
    }
    let (marks, notes) = svg
        .split_once("<g class=notes transform=scale(4)>")
        .unwrap();
    let elements = |text: &str, parted: &str| -> Vec<String> {
        let parts = text.split(parted).skip(1);
        parts.map(str::trim_end).map(str::to_owned).collect()
    };
    let marks = elements(marks, "<").into_iter();
    let marks = marks.filter(|mark| !mark.starts_with('/'));
    let marks = marks.map(|mark| mark.trim_end_matches("/>").trim_end().to_owned());
    (marks.skip(1).collect(), elements(notes, "<g class=strip>"))
}

// A drawing of 200 by 100 is 800 by 400 pixels. Its plane has 32 above it, 64 to its right, 104 below
// it and, to its left, 48 and 28 for each letter of the widest label.

#[test]
fn bars_stand_on_each_other_and_lines_before_them() {
    let (marks, notes) = drawn(&bars());
    assert_eq!(
        marks,
        [
            "rect x=141 y=190 width=240 height=105 class=f-blue",
            "rect x=141 y=138 width=240 height=52 class=f-green",
            "rect x=457 y=85 width=240 height=210 class=f-green",
            "polyline class=s-dark stroke-width=9 points=104,169 419,169 735,169",
            "line class=s-grid x1=104 y1=295 x2=735 y2=295",
            "line class=s-grid x1=104 y1=243 x2=735 y2=243",
            "line class=s-grid x1=104 y1=190 x2=735 y2=190",
            "line class=s-grid x1=104 y1=138 x2=735 y2=138",
            "line class=s-grid x1=104 y1=85 x2=735 y2=85",
            "line class=s-grid x1=104 y1=32 x2=735 y2=32",
            "text x=56 y=295 class=f-text>0",
            "text x=56 y=243 class=f-text>5",
            "text x=56 y=190 class=f-text>10",
            "text x=56 y=138 class=f-text>15",
            "text x=56 y=85 class=f-text>20",
            "text x=56 y=32 class=f-text>25",
            "polyline class=s-axis points=104,296 735,296",
            "text x=261 y=336 class=f-text>0%",
            "polyline class=s-axis points=261,296 261,316",
            "text x=577 y=336 class=f-text>10%",
            "polyline class=s-axis points=577,296 577,316",
        ]
    );
    // A note is to the right of its place where there is room for it, and else to the left.
    assert_eq!(
        notes[0],
        "<rect x=26 y=8 width=79 height=66></rect><g><path d=M65 8V74></path>\
         <rect x=75 y=8 width=89 height=78 rx=4></rect><text y=24>\
         <tspan class=head x=83>prices −0%</tspan>\
         <tspan x=83 dy=17 class=f-dark>■ </tspan><tspan>Owed 12</tspan>\
         <tspan x=83 dy=17 class=f-green>■ </tspan><tspan>High 5</tspan>\
         <tspan x=83 dy=17 class=f-blue>■ </tspan><tspan>Low 10</tspan></text></g></g>"
    );
    let left = "<rect x=105 y=8 width=79 height=66></rect><g><path d=M144 8V74></path>\
                <rect x=38 y=8 width=96 height=61 rx=4></rect><text y=24>\
                <tspan class=head x=46>prices −10%</tspan>";
    assert!(notes[1].starts_with(left), "{}", notes[1]);
    assert_eq!(notes.len(), 2);
}

#[test]
fn a_note_without_room_on_either_side_begins_at_the_left_edge() {
    let mut chart = bars();
    chart.layers[0].label = "Lowest credit".to_owned();
    // Of 145, it would reach from 75 to 220.
    let (_, notes) = drawn(&chart);
    let note = "<path d=M65 8V74></path><rect x=0 y=8 width=145 height=78 rx=4>";
    assert!(notes[0].contains(note), "{}", notes[0]);
}

#[test]
fn areas_lie_on_each_other_and_are_parted() {
    let (marks, notes) = drawn(&areas());
    assert_eq!(
        marks,
        [
            "polygon class=f-blue points=132,245 433,194 735,144 735,295 433,295 132,295",
            "polyline class=s-surface stroke-width=3 points=132,245 433,194 735,144",
            "polygon class=f-green points=132,220 433,194 735,43 735,144 433,194 132,245",
            "polyline class=s-surface stroke-width=3 points=132,220 433,194 735,43",
            "line class=s-grid x1=132 y1=295 x2=735 y2=295",
            "line class=s-grid x1=132 y1=194 x2=735 y2=194",
            "line class=s-grid x1=132 y1=93 x2=735 y2=93",
            "text x=84 y=295 class=f-text>0",
            "text x=84 y=194 class=f-text>20%",
            "text x=84 y=93 class=f-text>40%",
            "polyline class=s-axis points=132,296 735,296",
            "text x=132 y=336 class=f-text>1 Jan",
            "polyline class=s-axis points=132,296 132,316",
            "text x=735 y=336 class=f-text>3 Jan",
            "polyline class=s-axis points=735,296 735,316",
        ]
    );
    // Of two points after the first there are two strips, though four are asked for; what is nothing
    // is not told, and a note that fits nowhere begins at the left edge.
    assert_eq!(
        notes[0],
        "<rect x=33 y=8 width=75 height=66></rect><g><path d=M108 8V74></path>\
         <rect x=0 y=8 width=110 height=44 rx=4></rect><text y=24>\
         <tspan class=head x=8>2\u{a0}Jan\u{a0}1970</tspan>\
         <tspan x=8 dy=17 class=f-blue>■ </tspan><tspan>Below 20.0%</tspan></text></g></g>"
    );
    assert!(notes[1].starts_with("<rect x=108 y=8 width=76 height=66></rect><g><path d=M184 8V74>"));
    assert_eq!(notes.len(), 2);
}

#[test]
fn a_single_point_stands_at_the_left() {
    let mut chart = areas();
    chart.places.truncate(1);
    chart
        .layers
        .iter_mut()
        .for_each(|layer| layer.values.truncate(1));
    chart.end = 0.0;
    let (marks, notes) = drawn(&chart);
    assert_eq!(
        marks[1],
        "polyline class=s-surface stroke-width=3 points=132,127"
    );
    assert!(notes[0].starts_with("<rect x=33 y=8 width=1 height=66></rect><g><path d=M33 8V74>"));
}

#[test]
fn narrow_drawings_have_no_notes_and_one_layer_no_legend() {
    let mut chart = bars();
    let page = chart.draw().unwrap().into_string();
    assert_eq!(page.matches("<svg ").count(), 3);
    assert_eq!(page.matches("<g class=\"notes\"").count(), 2);
    let legend = "<ul class=\"legend\"><li><span class=\"key b-blue\"></span>Low</li>\
                  <li><span class=\"key b-green\"></span>High</li>\
                  <li><span class=\"key b-dark line\"></span>Owed</li></ul>";
    assert!(page.starts_with(legend), "{page}");
    chart.layers.truncate(1);
    assert!(!chart.draw().unwrap().into_string().contains("legend"));
}

#[test]
fn many_bars_have_no_gaps() {
    let of = |count: u32| Chart {
        places: (0..count).map(f64::from).collect(),
        end: f64::from(count),
        layers: vec![layer(
            "All",
            Ink::Blue,
            Shape::Bar,
            &vec![1.0; count as usize],
        )],
        ..bars()
    };
    // 631 pixels for 130 bars: gaps of an eighth on either side leave 3 or 4 of each 5.
    let (marks, _) = drawn(&of(130));
    assert_eq!(marks[1], "rect x=109 y=285 width=4 height=10 class=f-blue");
    let (marks, _) = drawn(&of(131));
    assert_eq!(marks[1], "rect x=108 y=285 width=5 height=10 class=f-blue");
}
