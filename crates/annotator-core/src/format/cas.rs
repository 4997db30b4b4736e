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

use super::Sheet;
use super::template::JSON;

const TEMPLATE: &str = concat!(
    r#"{"%TYPES":{"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence":{"#,
    r#""%NAME":"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence","%SUPER_TYPE":"uima.tcas.Annotation","#,
    r#""id":{"%NAME":"id","%RANGE":"uima.cas.String"}},"de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity":{"#,
    r#""%NAME":"de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity","%SUPER_TYPE":"uima.tcas.Annotation","#,
    r#""value":{"%NAME":"value","%RANGE":"uima.cas.String"},"#,
    r#""identifier":{"%NAME":"identifier","%RANGE":"uima.cas.String"}}},"#,
    "\n",
    r#""%FEATURE_STRUCTURES":["#,
    "\n",
    r#"{"%ID":~+~,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","mimeType":"text/plain","#,
    r#""sofaString":"~release.text~"},"#,
    "\n",
    r#"{"%ID":~+~,"%TYPE":"uima.tcas.DocumentAnnotation","@sofa":1,"begin":0,"end":~release.utf16~,"#,
    r#""%FLAGS":["DocumentAnnotation"],"language":"~release.lang~"}^sentences~,"#,
    "\n",
    r#"{"%ID":~+~,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence","@sofa":1,"#,
    r#""begin":~utf16.0~,"end":~utf16.1~}`^annotations~,"#,
    "\n",
    r#"{"%ID":~+~,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity","@sofa":1,"#,
    r#""begin":~utf16.0~,"end":~utf16.1~,"value":"~label~"}`],"#,
    "\n",
    // All but the text itself, which has the first number.
    r#""%VIEWS":{"_InitialView":{"%SOFA":1,"%MEMBERS":[~-~~+~^sentences~,~+~`^annotations~,~+~`]}}}"#,
);

pub(super) fn export(sheet: &mut Sheet<'_>) -> Vec<u8> {
    sheet.leave_out_orphans();
    sheet.render(TEMPLATE, [JSON, JSON])
}
