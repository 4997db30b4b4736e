//! One W3C Web Annotation, written and read: what `w3c` and `recogito` share. Reads what others make of the model
//! too: a single annotation, an array, a page, a collection with its first page, and the answers of the Hypothesis
//! service. Leaves out bodies and targets that are not about a text.

use super::fit::{self, IN_CODE_POINTS, IN_UTF16, Loose, Manner, fit, label_of};
use super::names::{percent, unpercent};
use super::template::{JSON, PERCENT};
use super::value::Value;
use super::{FormatError, Sheet, Warning, ends_in, invalid, kind_of, member, text_in, value_of, warn};
use crate::annotation::{Attributes, Provenance, Quote, Stamp, Timestamp};
use crate::document::{Document, Release};
use crate::label::LabelSet;
use crate::session::Import;

/// The value of `conformsTo` on a position selector that counts UTF-16 code units.
pub(super) const UTF16_UNIT: &str = "urn:release-annotator:offsets:utf-16";

const ANNOTATION_IRI: &str = "urn:release-annotator:annotation:";
const RELEASE_IRI: &str = "urn:release-annotator:release:";
const RULE_IRI: &str = "urn:release-annotator:rule:";
const SOURCE_IRI: &str = "urn:release-annotator:source:";
const UUID_IRI: &str = "urn:uuid:";
const GENERATOR: &str = "release-annotator";

/// The unit of a TextPositionSelector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Positions {
    CodePoints,
    Utf16,
}

/// An IRI for a release: it holds the id and the fingerprint, so that a file for another release is known.
pub(super) fn release_iri(release: &Release) -> String {
    [&percented(RELEASE_IRI, &release.id), ":", release.sha256()].concat()
}

const TEMPLATE: &str = concat!(
    r#"^page~{"@context":"http://www.w3.org/ns/anno.jsonld","#,
    "\n",
    r#""id":"~page~:page","type":"AnnotationPage","#,
    "\n",
    r#""partOf":{"id":"~page~:annotations","type":"AnnotationCollection",^release.title~"label":"~release.title~",`"#,
    r#""total":~count~},"#,
    "\n",
    r#""startIndex":0,"items":`[^,annotations~"#,
    "\n",
    r#"{"@context":"http://www.w3.org/ns/anno.jsonld","id":"~iri~","type":"Annotation","motivation":"~purpose~","#,
    r#"^creator~"creator":{"type":"Person","name":"~creator~"},`"created":"~created~","modified":"~modified~","#,
    r#""generator":{"type":"Software","name":"~generator~"},"#,
    r#"^?provenance.rule~"via":"urn:release-annotator:rule:~=provenance.rule~",`"#,
    r#"^?provenance.from~"via":"urn:release-annotator:source:~=provenance.from~",`"#,
    r#""body":[{"type":"TextualBody","purpose":"~purpose~","value":"~label~"}"#,
    r#"^note~,{"type":"TextualBody","purpose":"commenting","value":"~note~"}`"#,
    // A named value bears its name as `label` (`rdfs:label` in the context), which survives JSON-LD.
    r#"^*attributes~,{"type":"TextualBody","purpose":"describing","label":"~key~","value":"~value~"}`],"#,
    r#""target":{"source":"~source~","selector":[{"type":"TextQuoteSelector","exact":"~exact~","#,
    r#""prefix":"~prefix~","suffix":"~suffix~"}^?ends~,{"type":"TextPositionSelector","#,
    r#""start":~ends.0~,"end":~ends.1~^counts~,"conformsTo":"~counts~"`}`]}}`]^page~}`"#,
);

/// Writes all annotations: as a page in code points, as an array in UTF-16 code units.
pub(super) fn write(sheet: &mut Sheet<'_>, positions: Positions) -> Vec<u8> {
    let release = sheet.document.release();
    let iri = release_iri(release);
    let source = if is_web_iri(&release.source) { &release.source } else { &iri };
    sheet.file.set("source", source.as_str().into());
    // A label is a class in the sense of the model; Recogito and Annotorious show tags.
    let (purpose, unit) = match positions {
        Positions::CodePoints => {
            sheet.file.set("page", iri.into());
            ("classifying", "codePoints")
        }
        Positions::Utf16 => {
            sheet.file.set("counts", UTF16_UNIT.into());
            ("tagging", "utf16")
        }
    };
    sheet.file.set("purpose", purpose.into());
    sheet.file.set("count", sheet.document.annotation_count().into());
    sheet.each("annotations", &mut |_, value| {
        value.set("iri", annotation_iri(text_in(value, "id")).into());
        value.set("ends", value[unit].clone());
    });
    sheet.render(TEMPLATE, [JSON, PERCENT])
}

/// Ids are IRIs (3.1): a UUID as `urn:uuid:`, a web address as it is, anything else wrapped.
fn annotation_iri(id: &str) -> String {
    if is_uuid(id) {
        [UUID_IRI, id].concat()
    } else if is_web_iri(id) {
        id.to_owned()
    } else {
        percented(ANNOTATION_IRI, id)
    }
}

fn percented(prefix: &str, name: &str) -> String {
    let mut iri = prefix.as_bytes().to_vec();
    percent(&mut iri, name);
    String::from_utf8(iri).unwrap_or_default()
}

fn annotation_id(iri: &str) -> String {
    match (iri.strip_prefix(UUID_IRI), iri.strip_prefix(ANNOTATION_IRI)) {
        (Some(uuid), _) if is_uuid(uuid) => uuid.to_owned(),
        (_, Some(wrapped)) => unpercent(wrapped).unwrap_or_else(|| iri.to_owned()),
        _ => iri.to_owned(),
    }
}

fn is_uuid(id: &str) -> bool {
    id.len() == 36 && uuid::Uuid::try_parse(id).is_ok()
}

/// Whether a string can stand as an `http` IRI as it is (RFC 3986, 2; without the rarer forms).
fn is_web_iri(iri: &str) -> bool {
    let rest = iri.strip_prefix("https://").or_else(|| iri.strip_prefix("http://"));
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~/?#@!$&'()*+,;=%".contains(&b);
    rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphanumeric())
            && rest.bytes().all(allowed)
            && rest.matches('#').count() < 2
            && unpercent(rest).is_some()
    })
}

/// Reads annotations for the open document.
///
/// # Errors
///
/// [`FormatError`] if there are none to be found, or they are all about another release.
pub(super) fn read(
    content: &[u8],
    document: &Document,
    stamp: &Stamp,
    replace: bool,
    from: &'static str,
    positions: Positions,
) -> Result<(Import, Vec<Warning>), FormatError> {
    let file = value_of(content)?;
    let release = document.release();
    let part = &file["partOf"];
    let mut title = text_in(part, "label");
    if title.is_empty() {
        title = text_in(&file, "label");
    }
    check_release(text_in(part, "id"), title, release)?;
    // A page of ours for this very text knows which annotations have no place in it.
    let known_text = text_in(part, "id").starts_with(&release_iri(release));
    let (path, entries) = entries_of(&file).ok_or_else(|| {
        let found = file["type"].as_str().unwrap_or_else(|| kind_of(&file));
        invalid("a Web Annotation, an array of them, or \"items\": […]", found)
    })?;
    let mut warnings = Vec::new();
    let mut found = Vec::with_capacity(entries.len());
    let mut elsewhere = None;
    for (index, entry) in entries.iter().enumerate() {
        let place = member(path, index);
        match read_annotation(entry, place.clone(), document, positions, from) {
            Ok((mut loose, source)) => {
                loose.orphan = known_text;
                check_release(&source, title, release)?;
                if !source.is_empty() && !about(&source, release) {
                    elsewhere = Some(source);
                }
                found.push(loose);
            }
            Err(message) => warn(&mut warnings, &place, message),
        }
    }
    let nowhere = |loose: &Loose| !loose.quote.exact.is_empty() && !loose.stands_in(document);
    if let Some(source) = elsewhere.filter(|_| found.iter().all(nowhere)) {
        let file = if title.is_empty() { source } else { title.to_owned() };
        return Err(FormatError::OtherRelease { file, open: release.title.clone() });
    }
    let known = LabelSet::new(Vec::new());
    let other_unit = Some(if positions == Positions::Utf16 { IN_CODE_POINTS } else { IN_UTF16 });
    let manner = Manner { from, other_unit, known: &known, replace };
    Ok((fit(found, document, stamp, &manner, &mut warnings), warnings))
}

/// Refuses what names a release of ours that is not the open one.
fn check_release(iri: &str, title: &str, open: &Release) -> Result<(), FormatError> {
    let Some((id, rest)) = iri.strip_prefix(RELEASE_IRI).and_then(|iri| iri.split_once(':')) else { return Ok(()) };
    let sha256 = rest.split(':').next().unwrap_or_default();
    let id = unpercent(id).unwrap_or_default();
    if id == open.id || sha256.eq_ignore_ascii_case(open.sha256()) {
        return Ok(());
    }
    let file = if title.is_empty() { id } else { title.to_owned() };
    Err(FormatError::OtherRelease { file, open: open.title.clone() })
}

/// Whether a target's source is the open release, as far as its address says.
fn about(source: &str, open: &Release) -> bool {
    let bare = |iri: &str| iri.split('#').next().unwrap_or_default().to_owned();
    source.starts_with(RELEASE_IRI) || (!open.source.is_empty() && bare(source).ends_with(&bare(&open.source)))
}

/// The annotations of a file and what they are called in it.
fn entries_of(file: &Value) -> Option<(&'static str, &[Value])> {
    let lists = [("annotations", file), ("first.items", &file["first"]["items"])];
    let named = ["items", "rows", "@graph"].map(|name| (name, &file[name]));
    for (name, list) in lists.into_iter().chain(named) {
        if let Some(list) = list.as_array() {
            return Some((name, list));
        }
    }
    let single = !file["target"].is_null() || !file["body"].is_null();
    single.then(|| ("annotations", std::slice::from_ref(file)))
}

/// One annotation and the source of its target. The error says why it is left out.
fn read_annotation(
    entry: &Value,
    place: String,
    document: &Document,
    positions: Positions,
    from: &str,
) -> Result<(Loose, String), &'static str> {
    if !entry.is_object() {
        return Err("expected an annotation; left out");
    }
    let mut loose = Loose::new(place, String::new());
    if let Some(id) = first(&entry["id"]).as_str() {
        loose.id = annotation_id(id);
        loose.place.clone_from(&loose.id);
    }
    let date = |keys: [&str; 2]| keys.iter().find_map(|key| Timestamp::parse(first(&entry[*key]).as_str()?));
    loose.created = date(["created", "dcterms:created"]);
    loose.modified = date(["modified", "updated"]);
    loose.creator = agent(first(&entry["creator"])).or_else(|| agent(&entry["user"])).unwrap_or_default();
    let ours = agent(first(&entry["generator"])).is_some_and(|name| name.starts_with(GENERATOR));
    let via = first(&entry["via"]).as_str().unwrap_or_default();
    loose.provenance = match (via.strip_prefix(RULE_IRI), via.strip_prefix(SOURCE_IRI)) {
        (Some(rule), _) => unpercent(rule).map(Provenance::Suggested),
        (_, Some(source)) => unpercent(source).map(Provenance::Imported),
        _ => Some(if ours { Provenance::Manual } else { Provenance::Imported(from.to_owned()) }),
    };
    read_bodies(entry, &mut loose, document.labels());

    let mut source = entry["uri"].as_str().unwrap_or_default().to_owned();
    let mut selected = false;
    for target in each(&entry["target"]) {
        if let Some(named) = target["source"].as_str().or(target["source"]["id"].as_str()).or(target.as_str()) {
            source = named.to_owned();
        }
        for selector in each(&target["selector"]) {
            selected |= read_selector(selector, &mut loose, document, positions);
        }
        if selected {
            break;
        }
    }
    if !selected {
        return Err("expected a TextQuoteSelector or a TextPositionSelector, found none; left out");
    }
    Ok((loose, source))
}

fn read_selector(selector: &Value, loose: &mut Loose, document: &Document, positions: Positions) -> bool {
    let is = |name: &str| each(&selector["type"]).iter().any(|kind| kind == name);
    let text = |key: &str| text_in(selector, key).to_owned();
    let inner = each(&selector["refinedBy"]).iter().any(|finer| read_selector(finer, loose, document, positions));
    if inner {
        return true;
    }
    if is("TextQuoteSelector") && !text_in(selector, "exact").trim().is_empty() {
        loose.quote = Quote { exact: text("exact"), prefix: text("prefix"), suffix: text("suffix") };
        return true;
    }
    if is("TextPositionSelector")
        && let Some(ends) = ends_in(selector, ["start", "end"])
    {
        loose.placed = true;
        loose.spans = [fit::char_ends(document.text(), ends), fit::utf16_ends(document.text(), ends)];
        let named = selector["conformsTo"].as_str().map(|unit| unit == UTF16_UNIT);
        if named.unwrap_or(positions == Positions::Utf16) {
            loose.spans.swap(0, 1);
        }
        return true;
    }
    false
}

/// The label, the remark and the named values. Tags behind the one that is the label become the value `tags`.
fn read_bodies(entry: &Value, loose: &mut Loose, labels: &LabelSet) {
    let mut tags: Vec<String> = Vec::new();
    let mut notes: Vec<&str> = Vec::new();
    let mut values = Attributes::new();
    for body in each(&entry["body"]) {
        let value = body["value"].as_str().or(body["source"].as_str()).or(body.as_str()).or(body["id"].as_str());
        let Some(value) = value else { continue };
        // A body without a purpose is there for what the annotation is for (3.3.5).
        match first(&body["purpose"]).as_str().or(first(&entry["motivation"]).as_str()) {
            Some("tagging" | "classifying") => tags.push(value.to_owned()),
            Some("describing") if body["label"].as_str().is_some() => {
                values.insert(body["label"].as_str().unwrap_or_default().to_owned(), value.to_owned());
            }
            _ if body["type"] == "TextualBody" || body["purpose"] == "commenting" => notes.push(value),
            _ => {
                values.insert("body".to_owned(), value.to_owned());
            }
        }
    }
    notes.extend(entry["bodyValue"].as_str());
    notes.extend(entry["text"].as_str().filter(|text| !text.is_empty()));
    tags.extend(each(&entry["tags"]).iter().filter_map(Value::as_str).map(str::to_owned));
    let known = tags.iter().position(|tag| labels.find(&label_of(labels, tag)).is_some());
    loose.label = match (known, tags.is_empty()) {
        (Some(at), _) => label_of(labels, &tags.remove(at)),
        (None, false) => tags.remove(0),
        // A highlight or a remark without a tag is called after what it is for (3.3.5).
        (None, true) => first(&entry["motivation"]).as_str().unwrap_or("highlighting").to_owned(),
    };
    if !tags.is_empty() {
        values.insert("tags".to_owned(), tags.join(", "));
    }
    loose.note = notes.join("\n");
    loose.attributes = values;
}

/// A value, or what an array of values holds; nothing for nothing.
#[inline(never)]
fn each(value: &Value) -> &[Value] {
    match value {
        Value::Null => &[],
        Value::Array(values) => values,
        value => std::slice::from_ref(value),
    }
}

/// A value, or the first of an array.
fn first(value: &Value) -> &Value {
    value.as_array().and_then(|list| list.first()).unwrap_or(value)
}

/// The name of a person or program, or what else identifies it.
fn agent(agent: &Value) -> Option<String> {
    let name = ["name", "nickname", "nick", "id"].iter().find_map(|key| first(&agent[*key]).as_str());
    name.or(agent.as_str()).map(str::to_owned)
}
