"""cassis loads the CAS with its embedded type system and finds the entities and sentences."""

import re

import cassis

import truth

ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"

for name in truth.NAMES:
    file, text, rows = truth.read(name)
    with open(truth.path(name, ".cas.json"), "rb") as source:
        cas = cassis.load_cas_from_json(source)
    assert cas.sofa_string == text
    found = sorted((e.value, e.begin, e.end, e.get_covered_text()) for e in cas.select(ENTITY))
    truth.same(f"{name}, entities", found, rows)
    sentences = [[s.begin, s.end] for s in cas.select(SENTENCE)]
    truth.same(f"{name}, sentences", sentences, [s["codePoints"] for s in file["sentences"]])
    # Through the other serialisation and back, where XML can hold the text: nothing that cassis cannot hold.
    if not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text):
        again = cassis.load_cas_from_xmi(cas.to_xmi(), typesystem=cas.typesystem)
        assert len(list(again.select(ENTITY))) == len(rows)
