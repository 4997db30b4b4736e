"""spaCy makes a document of the text, and a span of every annotation; Prodigy's tokens give the text back."""

import json

import spacy
from spacy.tokens import Doc

import truth

for name in truth.NAMES:
    _, text, rows = truth.read(name)
    [line] = truth.path(name, ".spacy.jsonl").read_text(encoding="utf-8").splitlines()
    task = json.loads(line)
    assert task["text"] == text
    trimmed = []
    for label, start, end, words in rows:
        start += len(words) - len(words.lstrip())
        trimmed.append((label, start, start + len(words.strip()), words.strip()))
    written = sorted((s["label"], s["start"], s["end"], text[s["start"] : s["end"]]) for s in task["spans"])
    truth.same(f"{name}, spans", written, sorted(trimmed))

    # Our tokens make a document that is the text, and every span that names tokens is made of them.
    vocabulary = spacy.blank("fr").vocab
    doc = Doc(vocabulary, [t["text"] for t in task["tokens"]], [t["ws"] for t in task["tokens"]])
    assert doc.text == text, "the tokens do not give the text"
    for span in task["spans"]:
        by_place = doc.char_span(span["start"], span["end"], label=span["label"])
        if "token_start" in span:
            assert by_place is not None and by_place.start == span["token_start"], span
            assert by_place.end == span["token_end"] + 1 and by_place.label_ == span["label"]
        else:
            assert by_place is None, "a span that lies on tokens does not say so"

    # With spaCy's own tokens.
    doc = spacy.blank("fr")(text)
    strict = expanded = 0
    for span in task["spans"]:
        strict += doc.char_span(span["start"], span["end"], label=span["label"]) is not None
        wide = doc.char_span(span["start"], span["end"], label=span["label"], alignment_mode="expand")
        assert wide is not None and text[span["start"] : span["end"]] in wide.text
        expanded += 1
    print(f"  {name}, spaCy's own tokens: {strict} of {expanded} spans lie on them, the others are widened")
