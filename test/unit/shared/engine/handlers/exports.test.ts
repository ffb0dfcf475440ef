import { expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import { AppError } from '#shared/contract/errors.ts';
import { keptAnswers } from '#shared/engine/handlers/kept-answers.ts';
import { exportHandlers } from '#shared/engine/handlers/exports.ts';
import { oneAtATime } from '#shared/engine/jobs/one-at-a-time.ts';
import { searchOver } from '#test/support/call-search.ts';
import { memoryCase } from '#test/support/case.ts';

const context = { signal: new AbortController().signal, progress: () => undefined };

function handlersWritingTo(opened: string[]): {
  readonly handlers: ReturnType<typeof exportHandlers>;
  readonly alone: ReturnType<typeof oneAtATime>;
} {
  const alone = oneAtATime();
  const openOutput = (path: string): ReturnType<ReturnType<typeof nodePorts>['openOutput']> => {
    opened.push(path);
    return {
      write: () => undefined,
      writeBytes: () => undefined,
      commit: () => Promise.resolve({ bytes: 0, sha256: '' }),
      abandon: () => undefined,
    };
  };
  const db = memoryCase();
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
