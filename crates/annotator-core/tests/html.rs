//! The text of HTML releases: what a reader would copy, whatever the page.

use annotator_core::html::{article_text, declared_charset, is_html};
use proptest::prelude::*;

#[track_caller]
fn gives(html: &str, text: &str) {
    assert_eq!(article_text(html), text, "{html}");
}

#[test]
fn paragraphs_headings_and_list_items_are_paragraphs() {
    gives("<h1>Titre</h1><p>Un.<p>Deux.<ul><li>a<li>b</ul>", "Titre\n\nUn.\n\nDeux.\n\na\n\nb");
    gives("<div>Un<div>deux</div>trois</div>", "Un\n\ndeux\n\ntrois");
    gives(
        "<blockquote><p>« Oui »</blockquote><figure><img src=x><figcaption>Photo</figcaption></figure>",
        "« Oui »\n\nPhoto",
    );
    gives("<p>Un.</p><p>&nbsp;</p><div><br></div><p>Deux.</p>", "Un.\n\nDeux.");
    gives("texte nu", "texte nu");
    gives("", "");
}

#[test]
fn white_space_is_collapsed_and_no_break_spaces_are_kept() {
    gives("<p>\n  Un \t <b> mot </b>\r\n de&nbsp;&nbsp;plus\u{202f}! </p>", "Un mot de\u{a0}\u{a0}plus\u{202f}!");
    gives("<p>Un<b> mot</b><i> </i> fin", "Un mot fin");
}

#[test]
fn br_is_a_line_break() {
    gives("<p>Un <br> deux<br/>trois</p>", "Un\ndeux\ntrois");
    gives("Un<br><br>Deux</br>Trois", "Un\n\nDeux\nTrois");
}

#[test]
fn pre_is_kept() {
    gives("<p>a</p><pre>\n  b   c\r\n\td &lt;e&gt;\n</pre><p>f  g", "a\n\n  b   c\n\td <e>\n\nf g");
}

#[test]
fn cells_of_a_row_are_separated_by_tabs() {
    gives("<table><tr><th>An<th>CA<tr><td>2021<td> 31 </table>fin", "An\tCA\n\n2021\t31\n\nfin");
}

#[test]
fn references_are_decoded() {
    gives("l&rsquo;&oelig;uvre &agrave; 3&#160;&euro; &#8211; &#x2026; &hellip;", "l’œuvre à 3\u{a0}€ – … …");
    gives("R&D, AT&T &amp; &copy &eacutet&eacute; &notit; &amp;lt;", "R&D, AT&T & © été ¬it; &lt;");
    gives("&#146;&#x80;&#0;&#xD800;&#99999999999;&#;&#x;&inconnu;&", "’€\u{fffd}\u{fffd}\u{fffd}&#;&#x;&inconnu;&");
}

#[test]
fn scripts_styles_templates_and_comments_are_dropped() {
    gives("a<script>if (1 < 2) document.write('<p>x</p>')</script>b", "ab");
    gives("a<style>p > b { } </styles> x</style  >b<SCRIPT>x</sCript>c", "abc");
    gives("a<template><p>x</p></template>b<!-- <p>x --><!--> c <!-- x --!> d <!DOCTYPE html><?php x ?>e", "ab c d e");
    gives("<title>T</title><noscript><p>x</noscript><textarea><p>x</textarea><p>b", "b");
    gives("a<svg><text>x</text></svg>b<svg/>c<svg><g/></svg>d", "abcd");
    gives("a<script>x", "a");
    gives("a<!-- x", "a");
}

#[test]
fn nothing_is_taken_out_of_what_a_script_writes() {
    gives("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "<script>alert(1)</script>");
    gives("<p title='<p>x</p>' data-a=\"&gt;\">y</p>", "y");
}

#[test]
fn menus_and_hidden_elements_are_dropped_and_what_is_never_closed_stays() {
    gives("<nav><ul><li>Menu</ul></nav><p>a</p>", "a");
    gives("<p>a <span hidden>x<span>y</span></span> b</p><div hidden=until-found>c</div>", "a b\n\nc");
    gives("<p hidden>x<p>b", "b");
    gives("<p>a<nav>Menu<p>b", "a\n\nMenu\n\nb");
    gives("<div hidden><p>x</p></div>a", "a");
}

#[test]
fn the_article_is_taken_where_the_page_names_it() {
    gives("<header>Site</header><article><h1>T</h1><p>Un.</article><footer>©</footer>", "T\n\nUn.");
    gives(
        "<div>Menu</div><main><p>Un texte assez long.<article>Autre</article></main><footer>©</footer>",
        "Un texte assez long.\n\nAutre",
    );
    gives("<main></main><p>a", "a");
}

#[test]
fn any_garbage_is_taken() {
    gives("a < b > c <3 <> </> </ d>e", "a < b > c <3 <> e");
    gives("a<p", "a");
    gives("a<p title=\"x", "a");
    gives("</p></article></div>a<b><i></b></i>", "a");
    gives("a\0b", "ab");
    gives("é<é>è", "é<é>è");
    gives("a</", "a</");
}

#[test]
fn html_is_recognised_by_its_start() {
    for html in ["<!DOCTYPE html>\n<p>", "\u{feff} <html>", "<p>a", "<!-- a -->", "<DIV class=a>"] {
        assert!(is_html(html), "{html}");
    }
    for text in ["", "Un texte <p>", "<plan", "<", "<3", "« a »", "<pé>"] {
        assert!(!is_html(text), "{text}");
    }
}

#[test]
fn the_charset_of_a_page_is_read_from_its_meta_element() {
    assert_eq!(declared_charset(b"<html><META Charset='iso-8859-1'>"), Some("iso-8859-1"));
    let old = b"<meta name=a><meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">";
    assert_eq!(declared_charset(old), Some("windows-1252"));
    assert_eq!(declared_charset(b"<meta charset=utf-16le>"), Some("utf-8"));
    assert_eq!(declared_charset(b"<meta charset"), None);
    assert_eq!(declared_charset(b"<p>charset=utf-8 <meta charset=\xff>"), None);
}

#[test]
fn time_is_linear_in_the_length() {
    for part in [
        "<",
        "<a ",
        "<!--",
        "<!-- --",
        "<script>",
        "</script>",
        "&",
        "&#",
        "<nav>",
        "<p hidden>",
        "<pre>",
        "<br>",
        "<svg></svg>",
        "&amp",
        "<article>",
        "<td>",
        "<p hidden>a</p>",
        "a<span hidden>b</span>",
    ] {
        let time = |n: usize| {
            let page = part.repeat(n);
            (0..3)
                .map(|_| {
                    let begun = std::time::Instant::now();
                    std::hint::black_box(article_text(&page));
                    begun.elapsed().as_secs_f64()
                })
                .fold(f64::MAX, f64::min)
        };
        // Sixteen times the text takes sixteen times as long; a quadratic rule would take 256 times.
        let (short, long) = (time(4_000), time(64_000));
        assert!(long < 90.0 * short + 0.005, "{part}: {short} s, then {long} s");
    }
}

proptest! {
    #[test]
    fn no_page_is_refused(
        page in "([a-z é\n<>/!&;#'\"=-]|<p>|</p>|<script>|</script>|<!--|-->|&amp;|<pre>|<nav>|</nav>|<b hidden>|</b>|\\PC){0,60}"
    ) {
        let text = article_text(&page);
        prop_assert!(text.trim_matches('\n') == text);
        prop_assert!(!text.contains('\0'));
        is_html(&page);
        declared_charset(page.as_bytes());
    }

    #[test]
    fn text_without_markup_comes_through_with_its_white_space_collapsed(text in "[a-zéà .\n\t]{0,80}") {
        prop_assert_eq!(article_text(&text), text.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
    }
}
