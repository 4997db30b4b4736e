"""PyLD expands the page: what JSON-LD keeps must hold labels, notes, attributes and both selectors."""

import json
import pathlib

from pyld import jsonld

import truth

CONTEXT = json.loads((pathlib.Path(__file__).parent / "anno.jsonld").read_text(encoding="utf-8"))
OA = "http://www.w3.org/ns/oa#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def load(url, _options):
    assert url == "http://www.w3.org/ns/anno.jsonld", url
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


jsonld.set_document_loader(load)
for name in truth.NAMES:
    file, text, rows = truth.read(name)
    page = json.loads(truth.path(name, ".w3c.jsonld").read_text(encoding="utf-8"))
    [graph] = jsonld.expand(page)
    items = graph["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    found, notes, attributes = [], [], []
    for item in items:
        assert "://" in item["@id"] or item["@id"].startswith("urn:"), item["@id"]
        [target] = item[OA + "hasTarget"]
        selectors = {s["@type"][0].removeprefix(OA): s for s in target[OA + "hasSelector"]}
        exact = selectors["TextQuoteSelector"][OA + "exact"][0]["@value"]
        label = None
        for body in item[OA + "hasBody"]:
            purpose = body[OA + "hasPurpose"][0]["@id"].removeprefix(OA)
            value = body[RDF][0]["@value"]
            if purpose == "classifying":
                label = value
            elif purpose == "commenting":
                notes.append(value)
            else:
                attributes.append((body[LABEL][0]["@value"], value))
        place = selectors.get("TextPositionSelector")
        if place:
            start, end = (place[OA + key][0]["@value"] for key in ("start", "end"))
            assert text[start:end] == exact
            found.append((label, start, end, exact))
    truth.same(f"{name}, annotations", sorted(found), rows)
    truth.same(f"{name}, notes", sorted(notes), sorted(a["note"] for a in file["annotations"] if a["note"]))
    given = sorted(pair for a in file["annotations"] for pair in a["attributes"].items())
    truth.same(f"{name}, attributes", sorted(attributes), given)
