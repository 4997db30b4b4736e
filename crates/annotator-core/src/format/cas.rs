//! UIMA CAS in JSON 0.4 with its type system, as INCEpTION imports it and cassis reads it: sentences, and annotations
//! as named entities.
//!
//! # Loses
//! Ids, notes, attributes, people, times, provenance, names of the labels (the id is the entity's `value`), and
//! annotations without a place (each named in a warning). Not read back.
//!
//! # Offsets
//! UTF-16 code units, as Java counts.
//!
//! # Reference
//! UIMA JSON CAS 0.4.0; DKPro Core type system (`Sentence`, `NamedEntity`), built into INCEpTION.

use super::emit::Json;
use super::{Export, FormatError, Written, left_out_orphans, placed};
use crate::text::Span;

const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
const ENTITY: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";

pub(super) fn export(export: &Export<'_>) -> Result<Written, FormatError> {
    let document = export.document;
    let release = document.release();
    let mut json = Json::default();
    json.open('{').key("%TYPES").open('{');
    for (name, features) in [(SENTENCE, &["id"][..]), (ENTITY, &["value", "identifier"])] {
        json.key(name).open('{').pair("%NAME", name).pair("%SUPER_TYPE", "uima.tcas.Annotation");
        for feature in features {
            json.key(feature).open('{').pair("%NAME", feature).pair("%RANGE", "uima.cas.String").close('}');
        }
        json.close('}');
    }
    json.close('}').line().key("%FEATURE_STRUCTURES").open('[');
    json.line().open('{').count("%ID", 1).pair("%TYPE", "uima.cas.Sofa").count("sofaNum", 1);
    json.pair("sofaID", "_InitialView").pair("mimeType", "text/plain").pair("sofaString", &release.text).close('}');
    let mut members = 1;
    let mut structure = |json: &mut Json, kind: &str, span: Span| {
        let ends = release.text.utf16_span(span).ok_or_else(|| FormatError::Inconsistent(kind.to_owned()));
        ends.map(|[begin, end]| {
            members += 1;
            json.line().open('{').count("%ID", members).pair("%TYPE", kind).count("@sofa", 1);
            json.count("begin", begin.0).count("end", end.0);
        })
    };
    structure(&mut json, "uima.tcas.DocumentAnnotation", release.text.span())?;
    json.key("%FLAGS").open('[').text("DocumentAnnotation").close(']').pair("language", &release.lang).close('}');
    for sentence in document.sentences() {
        structure(&mut json, SENTENCE, sentence.span)?;
        json.close('}');
    }
    for (span, annotation) in placed(document) {
        structure(&mut json, ENTITY, span)?;
        json.pair("value", &annotation.label).close('}');
    }
    json.close(']').line().key("%VIEWS").open('{').key("_InitialView").open('{').count("%SOFA", 1);
    json.key("%MEMBERS").open('[');
    (2..=members).for_each(|id| {
        json.number(id);
    });
    json.close(']').close('}').close('}').close('}');
    Ok(Written { bytes: json.finish(), warnings: left_out_orphans(document) })
}
