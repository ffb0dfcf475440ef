import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { useSession } from '#renderer/state/session.ts';
import { describeProgress, ImportPanel } from '#renderer/views/start/import-panel.tsx';

test('progress is told with its numbers and their unit', () => {
  const bytes = describeProgress('importing', { step: 'Reading gw.ndjson', done: 1.46e9, total: 2.31e9, unit: 'bytes' });
  expect(bytes).toBe('Reading gw.ndjson: 1.46 GB of 2.31 GB');
  expect(describeProgress('importing', { step: 'Linking calls', done: 12_000, unit: 'records' })).toBe(
    'Linking calls: 12\u2009000 records',
  );
});

test('before the first number the panel says what it is at', () => {
  expect(describeProgress('uploading', undefined)).toBe('Handing the files over');
  expect(describeProgress('importing', undefined)).toBe('Looking at the files');
});

test('a hostile file name is drawn with its escapes, as text', () => {
  useSession.setState({ tasks: [] });
  const markup = renderToStaticMarkup(
    <ImportPanel run={{ kind: 'running', task: 1, names: ['<img src=x>\u202Egpj.exe'], stage: 'importing' }} />,
  );
  expect(markup).toContain('&lt;img src=x&gt;');
  expect(markup).toContain('\\u{202E}');
  expect(markup).not.toContain('\u202E<');
});
