import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { describeProgress, ImportRunning } from '#renderer/frame/import-band.tsx';
import { EMPTY_LOG } from '#renderer/state/import-log.ts';
import { useSession } from '#renderer/state/session.ts';

test('progress is told with its numbers and their unit', () => {
  const bytes = describeProgress({ step: 'Handing the files over', done: 1.46e9, total: 2.31e9, unit: 'bytes' });
  expect(bytes).toBe('Handing the files over: 1.46 GB of 2.31 GB');
  expect(describeProgress({ step: 'Linking calls', done: 12_000, unit: 'records' })).toBe('Linking calls: 12\u2009000 records');
});

test('while a source is read only the numbers stand there: its name has a line of its own', () => {
  const source = { name: 'gw.log', bytes: 1, accepted: 0, rejected: 0, done: false };
  expect(describeProgress({ step: 'gw.log', done: 1e6, total: 2e6, unit: 'bytes', source })).toBe('1 MB of 2 MB');
});

test('before the first number the band says what it is at', () => {
  expect(describeProgress(undefined)).toBe('Looking at the files');
});

test('a hostile file name is drawn with its escapes, as text', () => {
  useSession.setState({ tasks: [] });
  const markup = renderToStaticMarkup(
    <ImportRunning run={{ kind: 'running', task: 1, names: ['<img src=x>\u202Egpj.exe'], log: EMPTY_LOG }} />,
  );
  expect(markup).toContain('&lt;img src=x&gt;');
  expect(markup).toContain('\\u{202E}');
  expect(markup).not.toContain('\u202E<');
});
