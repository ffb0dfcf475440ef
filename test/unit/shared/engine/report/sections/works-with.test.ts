import { expect, test } from 'vitest';
import { exportFormats } from '#shared/engine/report/exports/index.ts';
import { plainPrinting } from '#shared/engine/report/printing.ts';
import { worksWith } from '#shared/engine/report/sections/works-with.ts';
import { sampleReportView } from '#test/support/report-view.ts';

test('every export stands beside the programs that it is for, and nothing that is no export', () => {
  const [, table] = worksWith.build({ ...sampleReportView(), printing: plainPrinting, jsonSha256: '' });
  if (table?.kind !== 'table') throw new Error('no table');
  const out = table.rows
    .filter(([, way]) => way?.some((inline) => 'text' in inline && inline.text === 'out') === true)
    .flatMap(([, , formats]) => (formats ?? []).flatMap((inline) => (inline.kind === 'code' ? [inline.text] : [])));
  expect(out.toSorted()).toEqual(['pdf', ...exportFormats.map(({ id }) => id)].toSorted());
});
