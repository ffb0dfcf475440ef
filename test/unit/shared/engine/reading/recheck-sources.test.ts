import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { EvidencePort, Expanded } from '#shared/engine/ports.ts';
import { recheckSources } from '#shared/engine/reading/recheck-sources.ts';

const hash = (text: string): string => nodeCrypto.sha256Hex(text);

/** Files by name; `undefined` is one that cannot be opened. */
const evidenceOf = (files: Readonly<Record<string, string | undefined>>): EvidencePort => ({
  size: () => Promise.resolve(0),
  async *expand() {
    for (const [name, text] of Object.entries(files)) {
      const item: Expanded =
        text === undefined
          ? { kind: 'failure', name, code: 'unreadable', message: 'gone' }
          : {
              kind: 'source',
              source: {
                name,
                size: text.length,
                async *chunks() {
                  // In two pieces, as large files come.
                  yield await Promise.resolve(Buffer.from(text.slice(0, 1)));
                  yield Buffer.from(text.slice(1));
                },
              },
              container: undefined,
              format: undefined,
            };
      yield await Promise.resolve(item);
    }
  },
});

const SOURCES = ['kept', 'moved', 'changed', 'gone'].map((name) => ({ name: `${name}.log`, sha256: hash(`the ${name} text`) }));

test('a file is the same, moved but the same, changed or gone', async () => {
  const evidence = evidenceOf({
    'kept.log': 'the kept text',
    'elsewhere/moved.log': 'the moved text',
    'changed.log': 'another text',
    'gone.log': undefined,
  });
  const found = await recheckSources({ crypto: nodeCrypto, evidence }, [{ path: '.' }], SOURCES, new AbortController().signal);
  expect(SOURCES.map(({ sha256 }) => found.get(sha256))).toEqual(['same', 'same', 'changed', 'gone']);
});

/** One file whose bytes break off. */
const brokenBy = (code: 'damaged-file' | 'unreadable' | 'cancelled'): EvidencePort => ({
  size: () => Promise.resolve(0),
  async *expand() {
    const source = {
      name: 'kept.log',
      size: 1,
      async *chunks() {
        yield await Promise.resolve(Buffer.from('the kept text'));
        throw new AppError(code, 'it ends here');
      },
    };
    yield await Promise.resolve({ kind: 'source' as const, source, container: undefined, format: undefined });
  },
});

test('bytes that break off stop no report: damage is compared up to where it begins, what cannot be read is not found', async () => {
  const recheck = (code: Parameters<typeof brokenBy>[0]) =>
    recheckSources({ crypto: nodeCrypto, evidence: brokenBy(code) }, [{ path: '.' }], SOURCES.slice(0, 1), new AbortController().signal);
  expect([...(await recheck('damaged-file')).values()]).toEqual(['same']);
  expect([...(await recheck('unreadable')).values()]).toEqual(['gone']);
  await expect(recheck('cancelled')).rejects.toMatchObject({ code: 'cancelled' });
});
