"""doccano's own way: the file in text mode, a line at a time, triples of start, end and label."""

import json

import truth


def unix(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


for name in truth.NAMES:
    _, text, rows = truth.read(name)
    with open(truth.path(name, ".doccano.jsonl"), encoding="utf-8") as source:
        [entry] = [json.loads(line) for line in source]
    assert entry["text"] == unix(text)
    found = sorted((label, entry["text"][start:end]) for start, end, label in entry["label"])
    truth.same(f"{name}, labels", found, sorted((label, unix(words)) for label, *_, words in rows))
