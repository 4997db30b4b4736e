"""Label Studio's own converter opens the task with the labelling configuration that fits."""

import json
import tempfile

from label_studio_sdk.converter import Converter

import truth

for name in truth.NAMES:
    _, text, rows = truth.read(name)
    task, config = truth.path(name, ".label-studio.json"), truth.path(name, ".label-studio.xml")
    converter = Converter(config=str(config), project_dir=None)
    with tempfile.TemporaryDirectory() as folder:
        converter.convert(str(task), folder, "JSON_MIN", is_dir=False)
        [record] = json.load(open(f"{folder}/result.json", encoding="utf-8"))
        assert record["text"] == text
        found = [(region["labels"][0], region["start"], region["end"], region["text"]) for region in record.get("label", [])]
        truth.same(f"{name}, JSON_MIN", sorted(found), rows)
        assert all(text[start:end] == words for _, start, end, words in found)
        if name == "sample":
            converter.convert(str(task), folder, "CONLL2003", is_dir=False)
            assert open(f"{folder}/result.conll", encoding="utf-8").read().count("B-") > 0
    [task] = json.loads(task.read_text(encoding="utf-8"))
    for prediction in task["predictions"]:
        for region in prediction["result"]:
            value = region["value"]
            assert text[value["start"] : value["end"]] == value["text"]
