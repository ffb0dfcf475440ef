import { expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import { AppError } from '#shared/contract/errors.ts';
import { keptAnswers } from '#shared/engine/handlers/kept-answers.ts';
import { exportHandlers } from '#shared/engine/handlers/exports.ts';
import { oneAtATime } from '#shared/engine/jobs/one-at-a-time.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { importText } from '#test/support/import-text.ts';
import { searchOver } from '#test/support/call-search.ts';
import { memoryCase } from '#test/support/case.ts';

const context = { signal: new AbortController().signal, progress: () => undefined };

function handlersWritingTo(
  opened: string[],
  { db = memoryCase(), wrote = () => undefined }: { readonly db?: SqlDriver; readonly wrote?: (text: string) => void } = {},
): {
  readonly handlers: ReturnType<typeof exportHandlers>;
  readonly alone: ReturnType<typeof oneAtATime>;
} {
  const alone = oneAtATime();
  const openOutput = (path: string): ReturnType<ReturnType<typeof nodePorts>['openOutput']> => {
    opened.push(path);
    return {
      write: wrote,
      writeBytes: () => undefined,
      commit: () => Promise.resolve({ bytes: 0, sha256: '' }),
      abandon: () => undefined,
    };
  };
  return {
    alone,
    handlers: exportHandlers({
      db,
      ports: { ...nodePorts('test'), openOutput },
      search: searchOver(db),
      answers: keptAnswers(db),
      onRevision: () => undefined,
      onReview: () => undefined,
      alone,
    }),
  };
}

test('a report and a list of calls wait for the job that is running, whose result is half written', async () => {
  const opened: string[] = [];
  const { handlers, alone } = handlersWritingTo(opened);
  let finish = (): void => undefined;
  const running = alone(
    () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  );
  const report = handlers['report.write']({ format: 'json', path: 'report.json' }, context);
  const calls = handlers['query.write']({ query: '*', format: 'ndjson', path: 'calls.ndjson' }, context);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(opened).toEqual([]);
  finish();
  await Promise.all([running, report, calls]);
  expect(opened).toEqual(['report.json', 'calls.ndjson']);
});

test('a query that cannot be read opens no file', async () => {
  const opened: string[] = [];
  const { handlers } = handlersWritingTo(opened);
  await expect(handlers['query.write']({ query: 'status:', format: 'csv', path: 'x' }, context)).rejects.toBeInstanceOf(AppError);
  expect(opened).toEqual([]);
});

const SECRET = 'q7ZtR2kLm9Xw4Vb8Np3Yc6Hd1Jf5';
/** One call shows a key by the name of its header, the next one in its path, where nothing gives it away. */
const SHOWN_TWICE = JSON.stringify({
  log: {
    version: '1.2',
    entries: ['/orders', `/files/${SECRET}/list`].map((path, at) => ({
      startedDateTime: `2026-01-01T10:00:0${String(at)}Z`,
      time: 5,
      request: { method: 'GET', url: `https://api.acme.test${path}`, httpVersion: 'HTTP/1.1', headers: at === 0 ? [{ name: 'X-Api-Key', value: SECRET }] : [] },
      response: { status: 200, statusText: '', httpVersion: 'HTTP/1.1', headers: [], content: { size: 2, mimeType: 'application/json', text: '{}' } },
    })),
  },
}); // prettier-ignore

test.each(['csv', 'ndjson', 'har'] as const)(
  'a credential that stands in a path, too, is masked there in %s, and the export goes on',
  async (format) => {
    const db = memoryCase();
    await importText(db, 'a.har', SHOWN_TWICE);
    const texts: string[] = [];
    const { handlers } = handlersWritingTo([], { db, wrote: (text) => void texts.push(text) });
    expect(await handlers['query.write']({ query: '*', format, path: 'calls' }, context)).toEqual({ rows: 2 });
    expect(texts.join('')).toContain('/files/‹api-key›/list');
    expect(texts.join('')).not.toContain(SECRET);
  },
);

test('a report, too', async () => {
  const db = memoryCase();
  await importText(db, 'a.har', SHOWN_TWICE);
  const texts: string[] = [];
  const { handlers } = handlersWritingTo([], { db, wrote: (text) => void texts.push(text) });
  await handlers['report.write']({ format: 'timeline', path: 'calls' }, context);
  expect(texts.join('')).toContain('/files/‹api-key›/list');
  expect(texts.join('')).not.toContain(SECRET);
});
