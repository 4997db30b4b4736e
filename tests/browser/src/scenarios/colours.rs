//! The colours of labels as the browser paints them: what is written on them can be read, and they are told apart, also
//! by colour-blind eyes.

use browser_tests::{Outcome, Page, json};

use super::looks::contrasts;
use super::support::*;

/// Labels with every colour of the palette, on the sample: each on a sentence, with two others inside.
async fn with_all_colours(page: &mut Page, scheme: &str) -> Outcome {
    page.emulate(&[("prefers-color-scheme", scheme)]).await?;
    page.open_ready(DEMO).await?;
    let js =
        "el.labels = ['objective', 'quote', 'dates', 'l3', 'l4', 'l5', 'l6', 'l7', 'l8'].map(id => ({ id, name: id }));
        await el.clear();
        for (const [index, { id }] of el.labels.entries()) {
            await el.labelSentence(index + 1, id);
            const [start, end] = el.sentences[index + 1].utf16;
            await el.annotate({ utf16: [start + 2, end - 2] }, el.labels[(index + 1) % 9].id);
            await el.annotate({ utf16: [start + 5, end - 5] }, el.labels[(index + 4) % 9].id);
        }
        return el.annotations.length";
    assert_eq!(page.exec_async(js, vec![]).await?, 27);
    page.wait_until("return $('[data-do=order]') !== null").await?;
    page.click("[data-do=order]").await?;
    page.wait_until("return $$('.card .name').length === 27").await
}

pub(crate) async fn words_are_read_on_every_tint_that_a_label_can_have(page: &mut Page) -> Outcome {
    let elements = "mark, .suggestion, [part~=sentence], .card .name, .card .passage, .card .note, .label";
    for scheme in ["light", "dark"] {
        with_all_colours(page, scheme).await?;
        page.exec_async("await el.suggest(); await new Promise(go => setTimeout(go, 200))", vec![]).await?;
        let found = page.eval(&contrasts(4.5, elements)).await?;
        assert!(found[0].as_u64() > Some(100), "{found}");
        assert_eq!(found[1], json!([]), "{scheme}");
        // Current, hovered, and each of the three open in turn, with its card beside.
        for index in 1..=9 {
            for _ in 0..3 {
                choose(page, index).await?;
                page.exec_async("await new Promise(go => setTimeout(go, 50))", vec![]).await?;
                let found = page.eval(&contrasts(4.5, elements)).await?;
                assert_eq!(found[1], json!([]), "{scheme}, sentence {index}");
            }
            page.keys("ArrowRight Shift+ArrowRight Shift+ArrowRight").await?;
            page.wait_until("return $('.chosen') !== null").await?;
            let found = page.eval(&contrasts(4.5, "mark, .chosen, .label")).await?;
            assert_eq!(found[1], json!([]), "{scheme}, words of {index} chosen");
            page.keys("Escape").await?;
        }
    }
    Ok(())
}

/// Labels take these lines in turn (`draw_label_colors`).
const LINES: usize = 5;

pub(crate) async fn labels_are_told_apart_by_colour_blind_eyes(page: &mut Page) -> Outcome {
    assert!(formulas_hold());
    let js = "const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        return el.labels.map((_, index) => {
            const button = $(`.labels .label-${index} .swatch`);
            context.fillStyle = getComputedStyle(button).borderColor;
            context.fillRect(0, 0, 1, 1);
            return [[...context.getImageData(0, 0, 1, 1).data].slice(0, 3), getComputedStyle($(`mark.label-${index}`)).textDecorationStyle];
        })";
    for scheme in ["light", "dark"] {
        with_all_colours(page, scheme).await?;
        let painted = page.eval(js).await?;
        let labels: Vec<([f64; 3], String)> = painted
            .as_array()
            .ok_or("labels")?
            .iter()
            .map(|label| {
                let part = |at: usize| label[0][at].as_f64().unwrap_or_default();
                ([part(0), part(1), part(2)], label[1].as_str().unwrap_or_default().to_owned())
            })
            .collect();
        assert_eq!(labels.len(), 9);
        for (eyes, matrix) in EYES {
            let seen: Vec<_> = labels.iter().map(|(colour, _)| lab(seen_by(matrix, *colour))).collect();
            for first in 0..9 {
                for second in first + 1..9 {
                    let apart = delta_e(seen[first], seen[second]);
                    let same_line = labels[first].1 == labels[second].1;
                    assert_eq!(same_line, first % LINES == second % LINES, "five kinds of lines");
                    // Where the line is the same the colour alone has to do; else it has a second sign beside it.
                    let least = if same_line { 14.0 } else { 4.0 };
                    assert!(apart >= least, "{scheme}, {eyes}: {first} and {second} are {apart:.1} apart");
                }
            }
        }
    }
    Ok(())
}

type Matrix = [[f64; 3]; 3];

/// What eyes that lack one kind of cones see, on linear light (Machado, Oliveira and Fernandes 2009, severity 1.0).
const EYES: [(&str, Matrix); 4] = [
    ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

/// sRGB to CIE XYZ (IEC 61966-2-1).
const XYZ: Matrix =
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];

/// The white of D65.
const WHITE: [f64; 3] = [0.95047, 1.0, 1.08883];

fn times(matrix: Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
}

/// Linear light of a colour in 8 bits, as those eyes see it.
fn seen_by(eyes: Matrix, colour: [f64; 3]) -> [f64; 3] {
    let linear =
        colour.map(|it| it / 255.0).map(|it| if it <= 0.04045 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) });
    times(eyes, linear).map(|it| it.clamp(0.0, 1.0))
}

/// CIE L*a*b* of linear light.
fn lab(linear: [f64; 3]) -> [f64; 3] {
    let [x, y, z] = times(XYZ, linear);
    let f = |value: f64, white: f64| {
        let it = value / white;
        if it > 216.0 / 24389.0 { it.cbrt() } else { (24389.0 / 27.0 * it + 16.0) / 116.0 }
    };
    let [x, y, z] = [f(x, WHITE[0]), f(y, WHITE[1]), f(z, WHITE[2])];
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The difference of two colours, CIEDE2000 (ISO/CIE 11664-6).
fn delta_e(first: [f64; 3], second: [f64; 3]) -> f64 {
    let ([l1, a1, b1], [l2, a2, b2]) = (first, second);
    let seventh = |chroma: f64| (chroma.powi(7) / (chroma.powi(7) + 25f64.powi(7))).sqrt();
    let stretch = 1.0 + 0.5 * (1.0 - seventh((a1.hypot(b1) + a2.hypot(b2)) / 2.0));
    let (a1, a2) = (a1 * stretch, a2 * stretch);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let turn = match h2 - h1 {
        _ if c1 * c2 == 0.0 => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    };
    let (light, chroma) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let mean = match h1 + h2 {
        sum if c1 * c2 == 0.0 => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => (sum + 360.0) / 2.0,
        sum => (sum - 360.0) / 2.0,
    };
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(mean - 30.0) + 0.24 * cos(2.0 * mean) + 0.32 * cos(3.0 * mean + 6.0)
        - 0.20 * cos(4.0 * mean - 63.0);
    let far = (light - 50.0).powi(2);
    let dl = (l2 - l1) / (1.0 + 0.015 * far / (20.0 + far).sqrt());
    let dc = (c2 - c1) / (1.0 + 0.045 * chroma);
    let dh = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() / (1.0 + 0.015 * chroma * t);
    let around = 30.0 * (-((mean - 275.0) / 25.0).powi(2)).exp();
    let rotation = -(2.0 * around).to_radians().sin() * 2.0 * seventh(chroma);
    (dl * dl + dc * dc + dh * dh + rotation * dc * dh).sqrt()
}

/// Pairs that were published to test the formula (Sharma, Wu and Dalal 2005, table 1).
fn formulas_hold() -> bool {
    [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
        ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
    ]
    .iter()
    .all(|(first, second, apart)| (delta_e(*first, *second) - apart).abs() < 1e-4)
}
