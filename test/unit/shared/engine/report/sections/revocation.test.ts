import { expect, test } from 'vitest';
import type { Block, Cell } from '#shared/engine/report/blocks.ts';
import { revocationBlocks } from '#shared/engine/report/sections/revocation.ts';
import { sampleReportView } from '#test/support/report-view.ts';

const textOf = (cell: Cell): string => cell.map((inline) => ('text' in inline ? inline.text : '')).join('');
const stepsUnder = (blocks: readonly Block[], heading: string): readonly string[] => {
  const at = blocks.findIndex((block) => block.kind === 'heading' && block.text === heading);
  const next = blocks[at + 1];
  return at >= 0 && next?.kind === 'list' ? next.items.map(textOf) : [];
};
const STOP = 'First: stop the agent that was led astray';

test('an agent that a text led astray is stopped before the keys: its run, its keys, its tool, the receiver, the text', () => {
  const view = sampleReportView();
  const [finding, ...others] = view.json.findings;
  if (finding === undefined) throw new Error('no finding');
  const sign = { cause: 'misled', speaks: 'for', strength: 'proof', text: '', finding: finding.id } as const;
  const misled = {
    ...finding,
    observed: { receiver: ['paste.evil.test'] },
    rootCause: { kind: 'misled' as const, why: '', signs: [sign] },
  };
  const steps = stepsUnder(revocationBlocks({ ...view, json: { ...view.json, findings: [misled, ...others] } }), STOP);
  expect(steps).toEqual([
    'End the run of support-bot, and every session that it holds; a run that goes on keeps what it has read.',
    'Revoke what it calls with: jwt-1.',
    'Take from it, until a person confirms each use: POST paste.evil.test/api/drop.',
    'Refuse at the way out of the estate: paste.evil.test.',
    'Take the text out of where others find it: record E1#120.',
  ]);
});

test('where no agent was led astray the plan has no such step', () => {
  expect(stepsUnder(revocationBlocks(sampleReportView()), STOP)).toEqual([]);
});
