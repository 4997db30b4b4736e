"""lxml parses the TEI and the report, and finds the same words under the same labels."""

from lxml import etree, html

import truth

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def between(body, start, end):
    """The text of the paragraphs between two anchors."""
    words, inside = [], False
    for event, node in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            if node.get(XML_ID) == start:
                inside = True
            if node.get(XML_ID) == end:
                return "".join(words)
            if inside and node.text:
                words.append(node.text)
        elif inside and node.tail and node.tag != TEI + "p":
            words.append(node.tail)
    raise AssertionError(f"no anchor {end}")


def squeezed(words):
    return " ".join(words.split())


for name in truth.NAMES:
    file, text, rows = truth.read(name)
    expected = sorted((label, squeezed(words)) for label, _, _, words in rows)

    tree = etree.parse(str(truth.path(name, ".tei.xml")))
    categories = {c.get(XML_ID): c.get("n") for c in tree.iter(TEI + "category")}
    ids = [node.get(XML_ID) for node in tree.iter() if node.get(XML_ID)]
    assert len(ids) == len(set(ids)), "an id occurs twice"
    pointers = [p for node in tree.iter() for a in ("ana", "who", "target", "from", "to") for p in (node.get(a, "").split())]
    assert all(p[1:] in ids for p in pointers if p.startswith("#")), "a pointer leads nowhere"
    body = tree.find(f".//{TEI}body")
    found = []
    for node in body.iter(TEI + "q", TEI + "date", TEI + "seg"):
        found.append((categories[node.get("ana")[1:]], squeezed("".join(node.itertext()))))
    for node in tree.iter(TEI + "span"):
        words = between(body, node.get("from")[1:], node.get("to")[1:])
        found.append((categories[node.get("ana")[1:]], squeezed(words)))
    # Between paragraphs stands what joins no words here and blanks there.
    loose = [(label, words.replace(" ", "")) for label, words in found]
    truth.same(f"{name}, TEI", sorted(loose), sorted((label, words.replace(" ", "")) for label, words in expected))
    sentences = ["".join(s.itertext()) for s in body.iter(TEI + "s")]
    truth.same(f"{name}, TEI sentences", sentences, [text[s : e] for s, e in (s["codePoints"] for s in file["sentences"])])
    if name == "sample":
        speakers = {p.get(XML_ID): p.findtext(TEI + "persName") for p in tree.iter(TEI + "person")}
        who = {speakers[q.get("who")[1:]] for q in body.iter(TEI + "q") if q.get("who")}
        assert who == {"Alexander Eggermont", "Claude Bertrand"}, who
        when = [d.get("when") or d.get("dur-iso") for d in body.iter(TEI + "date")]
        assert when == ["2011-06-28", "2011-06-27", "P3Y"], when

    page = html.parse(str(truth.path(name, ".html"))).getroot()
    assert not page.xpath("//script|//link|//img|//iframe|//object|//@style|//@onclick|//@src|//a[@href]")
    pieces = {}
    for mark in page.xpath("//div[@class='text']//mark"):
        pieces.setdefault((mark.get("data-label"), mark.get("data-annotation")), []).append("".join(mark.itertext()))
    found = sorted((label, "".join(words).replace("\r", "").split()) for (label, _), words in pieces.items())
    expected = sorted((label, words.split()) for label, _, _, words in rows)
    truth.same(
        f"{name}, report",
        [(label, "".join(words)) for label, words in found],
        [(label, "".join(words)) for label, words in expected],
    )
    headings = [h.text for h in page.iter("h2")]
    assert len(headings) == len(set(headings)) and headings
