import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { SeverityMark, SeverityShape } from '#renderer/widgets/severity-mark.tsx';

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

// High and medium are a ΔE of 3 to 7 apart to protan and deutan eyes, critical and high to tritan ones: colour cannot carry them.
test('every severity has a shape of its own, because some eyes cannot part their colours', () => {
  const shapes = SEVERITIES.map((severity) => / d="([^"]+)"/.exec(renderToStaticMarkup(<SeverityShape severity={severity} />))?.[1]);
  expect(shapes).not.toContain(undefined);
  expect(new Set(shapes).size).toBe(5);
});

test('without its word in sight a severity is named to a screen reader', () => {
  for (const severity of SEVERITIES)
    expect(renderToStaticMarkup(<SeverityMark severity={severity} word={false} />)).toContain(
      `aria-label="${severity[0]?.toUpperCase() ?? ''}${severity.slice(1)} severity"`,
    );
});
