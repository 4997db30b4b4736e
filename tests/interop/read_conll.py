"""NLTK's reader opens the columns; the tags, joined, cover the words of the annotations."""

import nltk.data
from nltk.corpus.reader import ConllCorpusReader

import truth

# NLTK opens nothing outside its own folders.
nltk.data.path.append(str(truth.FOLDER.resolve()))

for name in truth.NAMES:
    file, text, rows = truth.read(name)
    path = truth.path(name, ".conll")
    width = {len(line.split(" ")) for line in path.read_text(encoding="utf-8").splitlines() if line}
    assert len(width) == 1, width
    columns = width.pop() - 3
    for column in range(columns):
        kinds = ["words", "pos", "ignore"] + ["ignore"] * column + ["chunk"] + ["ignore"] * (columns - column - 1)
        reader = ConllCorpusReader(str(truth.FOLDER.resolve()), path.name, columntypes=kinds, encoding="utf-8")
        words, tags, previous = [], [], "O"
        for sentence in reader.iob_sents():
            previous = "O"
            for word, _, tag in sentence:
                assert tag == "O" or tag[:2] in ("B-", "I-"), tag
                assert tag[:2] != "I-" or previous[2:] == tag[2:], f"{previous} before {tag}: not IOB2"
                previous = tag
                words.append(word)
                tags.append(tag)
        assert "".join(words) == "".join(text.split()), "the words are not the text"
    begun = sum(line.split(" ")[3:].count("O") < columns for line in path.read_text(encoding="utf-8").splitlines() if line)
    assert begun >= len({row[1] for row in rows})
    print(f"  {name}: {columns} columns of tags, {begun} words with a label")
