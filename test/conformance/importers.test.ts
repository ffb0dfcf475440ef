import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/contract/errors.ts';
import { importers } from '#shared/engine/importers/index.ts';
import type { Imported, Importer } from '#shared/engine/importers/importer.ts';
import type { ReadSettings } from '#shared/model/read-settings.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { callsOf, countOf, notesOf, operationsOf, readAll, toBytes } from '../support/read-evidence.ts';

const fixtures = new URL('../fixtures/', import.meta.url);
const MIB = 1024 * 1024;

/** What each format needs to be put to the same questions. */
interface Terms {
  /** The same bytes with one record in the middle that cannot be used; undefined where the file has no such middle. */
  readonly spoil: (text: string) => string | undefined;
  /** How many records that adds to the ledger besides the accepted ones. */
  readonly spoiled: number;
}

const spoilLine = (text: string): string => {
  const lines = text.split('\n');
  lines.splice(Math.floor(lines.length / 2), 0, 'this is no record at all');
  return lines.join('\n');
};
const spoilJson = (text: string): string | undefined => {
  if (text.startsWith('[')) return text.replace(/^\[/, '[ {"request": nonsense}, ');
  return /^\{[^\n]*\}\r?\n/.test(text) ? spoilLine(text) : undefined;
};

const byKind: Record<Importer['records'], Terms> = {
  lines: { spoil: spoilLine, spoiled: 1 },
  json: { spoil: spoilJson, spoiled: 1 },
  document: { spoil: () => undefined, spoiled: 0 },
};

/** Formats whose bad record looks different, or that have none. */
const special: Readonly<Record<string, Terms>> = {
  har: { spoil: (text) => text.replace(/"entries": \[/, '"entries": [ {"request": nonsense}, '), spoiled: 1 },
  // An operation that is no object is not an operation: it adds nothing, and takes nothing away.
  openapi: { spoil: (text) => text.replace(/^( {2}\/orders\/\{id\}:)$/m, '$1\n    put: 12'), spoiled: 0 },
};

/** Files that nothing may claim. */
const foreign: Readonly<Record<string, Uint8Array>> = {
  prose: toBytes('Dear colleague,\nat 10:32 we saw "GET /orders" fail with 500 on host a.example.\nRegards\n'),
  'an application log': toBytes('2026-01-02 10:00:00 INFO  Started in 3.2 s\n2026-01-02 10:00:01 WARN  pool exhausted: 200 of 200\n'),
  'JSON of something else': toBytes('{"name":"x","version":"1.0.0","dependencies":{"react":"19.0.0"}}\n'),
  'a list of numbers': toBytes('[1,2,3]'),
  'a table of something else': toBytes('id,name,price\n1,apple,200\n2,pear,404\n'),
  'a picture': Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]),
  'bytes of every kind': Uint8Array.from({ length: 4096 }, (_, index) => (index * 167 + (index >> 3)) & 0xff),
};

const records = (items: readonly Imported[]): readonly Imported[] =>
  items.filter((item) => item.kind === 'call' || item.kind === 'operation');
const isWarning = (item: Imported): boolean => item.kind === 'issue' && item.severity === 'warning';
const isUtf16 = (bytes: Uint8Array): boolean => bytes[0] === 0xff || bytes[0] === 0xfe;

/** What an analyst says about the fixtures of formats that content alone does not tell. */
const settingsOf: Readonly<Record<string, ReadSettings>> = {
  'log-format': {
    logFormat: '$remote_addr|$remote_user|$msec|$request_method|$host|$request_uri|$status|$bytes_sent|$request_time|$request_id',
  },
  'mapped-json': {
    mapping: {
      name: 'made up',
      requires: ['result'],
      time: { from: ['when'], format: '%Y/%m/%d - %H:%M:%S', kind: 'end' },
      duration: { from: ['spent'], unit: 'go' },
      fields: { method: ['what.verb'], url: ['what.where'], status: ['result'], clientIp: ['who'] },
      requestHeaders: { named: { 'x-api-key': ['key'] } },
    },
  },
};
/** Formats that hold no calls. */
const callless = new Set(['server-config']);

const readThis: typeof readAll = (importer, bytes, options) =>
  readAll(importer, bytes, { settings: settingsOf[importer.id] ?? {}, ...options });

async function readOrRefuse(importer: Importer, bytes: Uint8Array): Promise<readonly Imported[]> {
  try {
    return await readThis(importer, bytes);
  } catch (error) {
    if (error instanceof AppError && error.code === 'damaged-file' && typeof error.details['code'] === 'string') return [];
    throw error;
  }
}

test('ids are unique, in kebab words, and every importer has fixtures with their source', () => {
  const ids = importers.map((importer) => importer.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(readdirSync(new URL(`${id}/`, fixtures))).toContain('SOURCE.md');
  }
});

for (const importer of importers) {
  const folder = new URL(`${importer.id}/`, fixtures);
  for (const file of readdirSync(folder).filter((name) => name !== 'SOURCE.md')) {
    const bytes = new Uint8Array(readFileSync(new URL(file, folder)));
    const text = new TextDecoder().decode(bytes);
    const rules = special[importer.id] ?? byKind[importer.records];

    describe(`${importer.id}: ${file}`, () => {
      test('is found by content under a wrong name, with a reason', () => {
        const choice = recognize(bytes.subarray(0, 64 * 1024), 'holiday.jpg', undefined, settingsOf[importer.id]);
        expect(choice.importer?.id).toBe(importer.id);
        expect(choice.recognizedBy).toBe('content');
        expect(choice.why.length).toBeGreaterThan(10);
      });

      test('gives the same in chunks of 1 byte, 7 bytes and 1 MiB', async () => {
        const whole = await readThis(importer, bytes, { chunkSize: MIB });
        if (!callless.has(importer.id)) expect(records(whole).length).toBeGreaterThan(0);
        expect(await readThis(importer, bytes, { chunkSize: 1 })).toEqual(whole);
        expect(await readThis(importer, bytes, { chunkSize: 7 })).toEqual(whole);
      });

      test('gives the same twice', async () => {
        expect(await readThis(importer, bytes)).toEqual(await readThis(importer, bytes));
      });

      test('says exactly where each record stands', async () => {
        const { layers } = recognize(bytes.subarray(0, 64 * 1024), 'evidence', importer.id);
        for (const item of records(await readThis(importer, bytes))) {
          if (item.kind !== 'call' && item.kind !== 'operation') continue;
          const { start, length } = item.at;
          expect(length).toBeGreaterThan(0);
          expect(start + length).toBeLessThanOrEqual(bytes.length);
          if (isUtf16(bytes)) continue;
          const slice = new TextDecoder().decode(bytes.subarray(start, start + length));
          if (item.kind === 'call' && item.call.rawText !== undefined && layers.length === 0) expect(slice).toBe(item.call.rawText);
          else expect(slice.trim()).not.toBe('');
        }
      });

      test('accounts for every byte: what stands between records is blank, or brackets and commas of a list', async () => {
        const { layers } = recognize(bytes.subarray(0, 64 * 1024), 'evidence', importer.id, settingsOf[importer.id]);
        const isPlain = importer.records !== 'document' && importer.independent && layers.every(({ around }) => around === 'lines');
        if (!isPlain || isUtf16(bytes)) return;
        const items = await readThis(importer, bytes);
        const ranges = items.flatMap((item) => ('at' in item && !isWarning(item) ? [item.at] : []));
        let reach = 0;
        let gaps = '';
        for (const { start, length } of [...ranges].sort((a, b) => a.start - b.start)) {
          if (start > reach) gaps += new TextDecoder().decode(bytes.subarray(reach, start));
          reach = Math.max(reach, start + length);
        }
        gaps += new TextDecoder().decode(bytes.subarray(reach));
        // The frame of a document of events is no record either.
        expect(gaps.replaceAll(/<\?xml[^>]*\?>|<\/?Events>|[\s,[\]\uFEFF]/g, '')).toBe('');
      });

      test('cut short anywhere, it gives the records before the cut and no others, or is refused with a code', async () => {
        const whole = records(await readThis(importer, bytes));
        for (const share of [0.05, 0.3, 0.5, 0.77, 0.95]) {
          const part = records(await readOrRefuse(importer, bytes.subarray(0, Math.floor(bytes.length * share))));
          expect(part.length).toBeLessThanOrEqual(whole.length);
          // The last one may be a line that still reads as a record without its end.
          if (importer.id !== 'openapi') expect(part.slice(0, -1)).toEqual(whole.slice(0, Math.max(0, part.length - 1)));
        }
      });

      test('one bad record in the middle costs only itself', async () => {
        const spoiled = isUtf16(bytes) ? undefined : rules.spoil(text);
        if (spoiled === undefined || spoiled === text) return;
        const before = countOf(await readThis(importer, bytes));
        const after = countOf(await readThis(importer, toBytes(spoiled)));
        expect(after.accepted).toBe(before.accepted);
        expect(after.rejected + after.skipped).toBe(before.rejected + before.skipped + rules.spoiled);
      });

      test('numbers records upwards, each once', async () => {
        const items = await readThis(importer, bytes);
        const numbers = [...callsOf(items), ...operationsOf(items)].map((item) => item.record);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      });
    });
  }

  test(`${importer.id}: an empty file has no records and does not fail`, async () => {
    const items = await readThis(importer, '');
    expect(countOf(items)).toEqual({ accepted: 0, rejected: 0, skipped: 0, warnings: 0 });
  });

  test(`${importer.id}: a file of blanks and line ends has no records`, async () => {
    const items = await readOrRefuse(importer, toBytes('\n\r\n   \n'));
    expect(countOf(items).accepted + countOf(items).rejected).toBe(0);
    expect(notesOf(items).join('')).not.toContain('undefined');
  });

  test.each(Object.entries(foreign))(`${importer.id}: %s is not claimed`, (_, bytes) => {
    expect((importer as Importer).recognize(bytes, 'evidence', {}).strength).toBe('none');
  });
}
