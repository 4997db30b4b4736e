// Recogito's own W3CTextFormat parses every annotation; its positions are those of a JavaScript string.

import { readFileSync, readdirSync } from 'node:fs';
import { W3CTextFormat } from '@recogito/text-annotator';

const folder = process.argv[2];
for (const name of readdirSync(folder).flatMap((file) => file.match(/^(\w+)\.json$/)?.[1] ?? [])) {
  const file = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
  const text = file.release.text;
  const rows = file.annotations.filter((a) => a.utf16).map((a) => [a.label, ...a.utf16, a.exact].join('|')).sort();
  const { parse } = W3CTextFormat('urn:test');
  const found = JSON.parse(readFileSync(`${folder}/${name}.recogito.json`, 'utf8')).map((annotation) => {
    const { parsed, error } = parse(annotation);
    if (error) throw error;
    const [{ quote, start, end }] = parsed.target.selector;
    if (text.slice(start, end) !== quote) throw Error(`${start}..${end} is ${text.slice(start, end)}, not ${quote}`);
    const label = parsed.bodies.find((body) => body.purpose === 'tagging').value;
    return [label, start, end, quote].join('|');
  });
  if (JSON.stringify(found.sort()) !== JSON.stringify(rows)) {
    throw Error(`${name}: found ${JSON.stringify(found)}, expected ${JSON.stringify(rows)}`);
  }
  console.log(`  ${name}, annotations: ${rows.length} alike`);
}
