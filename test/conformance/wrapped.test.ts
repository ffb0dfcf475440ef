import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AppError } from '#shared/contract/errors.ts';
import { importers } from '#shared/engine/importers/index.ts';
import type { Imported, Importer } from '#shared/engine/importers/importer.ts';
import { readChosen, recognize } from '#shared/engine/importers/recognize.ts';
import { countOf, issuesOf, readContext, sourceOf, toBytes } from '../support/read-evidence.ts';

/** Layers that a container runtime or a log daemon puts around every line of whatever a program prints. */
const wrappers: Readonly<Record<string, (line: string) => string>> = {
  'docker json-file': (line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2025-12-31T17:37:40.493035218Z' }),
  CRI: (line) => `2025-12-31T17:37:40.493035218+01:00 stdout F ${line}`,
  compose: (line) => `gateway-1  | ${line}`,
  'RFC 3164 syslog': (line) => `Jan  2 10:00:00 web-1 gateway[28]: ${line}`,
};

/** Formats that only what the analyst says tells: nothing recognises them inside of an envelope either. */
const told = new Set(['log-format', 'mapped-json']);

const fixtures = new URL('../fixtures/', import.meta.url);

async function readAs(bytes: Uint8Array): Promise<{ importer: Importer | undefined; calls: number; issues: number }> {
  const choice = recognize(bytes.subarray(0, 64 * 1024), 'evidence');
  const { importer, layers, settings } = choice;
  if (importer === undefined) return { importer, calls: 0, issues: 0 };
  const items: Imported[] = [];
  try {
    for await (const batch of readChosen({ importer, layers }, sourceOf(bytes), readContext({ settings }))) items.push(...batch);
  } catch (error) {
    // A refusal is said in the ledger like an issue.
    if (!(error instanceof AppError) || error.code !== 'damaged-file') throw error;
    return { importer, calls: countOf(items).accepted, issues: 1 };
  }
  return { importer, calls: countOf(items).accepted, issues: issuesOf(items).length };
}

for (const importer of importers as readonly Importer[]) {
  if (told.has(importer.id)) continue;
  const folder = new URL(`${importer.id}/`, fixtures);
  for (const file of readdirSync(folder).filter((name) => name !== 'SOURCE.md')) {
    const bytes = new Uint8Array(readFileSync(new URL(file, folder)));
    if (bytes[0] === 0xff || bytes[0] === 0xfe) continue;
    const lines = new TextDecoder()
      .decode(bytes)
      .replace(/\r?\n$/, '')
      .split(/\r?\n/);
    test.each(Object.entries(wrappers))(`${importer.id}: ${file} inside of %s is read, or it is said that it is not`, async (_, wrap) => {
      const plain = await readAs(bytes);
      const wrapped = await readAs(toBytes(lines.map((line) => `${wrap(line)}\n`).join('')));
      if (wrapped.importer === undefined) return;
      expect(wrapped.calls + wrapped.issues).toBeGreaterThan(0);
      const isOneALine = importer.records === 'lines' || lines.every((line) => /^\{.*\}$/.test(line));
      if (isOneALine) expect(wrapped.calls).toBe(plain.calls);
    });
  }
}
