import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ByteCount, DurationText, TimeText } from '#renderer/widgets/numbers.tsx';

/** Markup with what is muted in brackets and no other tags. */
const shown = (markup: string): string => markup.replaceAll(/<span class="unit">([^<]*)<\/span>/g, '[$1]').replaceAll(/<[^>]+>/g, '');

test.each([
  [940, '940 [ms]'],
  [252_000, '4 [m] 12 [s]'],
  [59_960, '1 [m]'],
])('%i ms are drawn with muted units', (ms, text) => {
  expect(shown(renderToStaticMarkup(<DurationText ms={ms} />))).toBe(text);
});

test('bytes have a muted unit and the exact count in the tooltip', () => {
  const markup = renderToStaticMarkup(<ByteCount value={12_440_218} />);
  expect(shown(markup)).toBe('12.4 [MB]');
  expect(markup).toContain('title="12\u2009440\u2009218 bytes"');
});

test('a time is drawn without its zone, which its tooltip names; none at all is said', () => {
  const markup = renderToStaticMarkup(<TimeText time="2026-03-02T22:14:07.113000Z" />);
  expect(shown(markup)).toBe('2026-03-02 22:14:07.113');
  expect(markup).toContain('(UTC)');
  expect(shown(renderToStaticMarkup(<TimeText time={undefined} />))).toBe('time unknown');
});
