import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toForest, toRows, UNFOLDED } from '#renderer/charts/graph/chain-tree.ts';
import { UNTOUCHED } from '#renderer/charts/graph/groups.ts';
import { toGraph } from '#renderer/charts/graph/model.ts';
import { graphPicture } from '#renderer/charts/graph/picture.ts';
import { lightTokens } from '#renderer/charts/light-tokens.ts';
import { nodeBoxes } from '#renderer/charts/graph/node-box.ts';
import type { Picture } from '#renderer/charts/picture-frame.ts';
import { placeNew, planPlacement } from '#renderer/charts/graph/placement.ts';
import { layoutGraph } from '#shared/graph/sugiyama-layout.ts';
import { waterfallPicture } from '#renderer/charts/time/waterfall-picture.ts';
import { chainFromText } from '#test/support/chain-from-text.ts';

const token = lightTokens(readFileSync(resolve(import.meta.dirname, '../../../../../resources/styles/tokens.css'), 'utf8'));
const given = chainFromText(`
  a GET /users/{user}
  b POST /out 500 host=<script>alert(1)</script>
  a -value-> b`);
const calls = given.calls.map((call) => ({ ...call, path: '/users/alice@example.com', principalLabel: 'alice@example.com' }));
const words = { title: 'Graph of a chain of 2 calls', lines: ['2 calls', 'A & B "quoted" \u202e'] };

function graph(): Picture {
  const model = toGraph(calls, given.edges, UNTOUCHED);
  const boxes = nodeBoxes(model);
  const plan = planPlacement(undefined, model, boxes);
  if (plan === undefined) throw new Error('nothing to place');
  const placed = placeNew(undefined, plan, layoutGraph(plan.input, true), model, boxes);
  return graphPicture({ model, boxes, placed }, words, token);
}
const waterfall = (): Picture => waterfallPicture(toRows(toForest(calls, given.edges), UNFOLDED), calls, words, token);

describe.each([
  ['graph', graph],
  ['waterfall', waterfall],
])('the %s as a file', (_, draw) => {
  const { text, width, height } = draw();

  test('is one SVG with its size and words, and asks for nothing from elsewhere', () => {
    expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(text).toContain(`width="${String(width)}" height="${String(height)}"`);
    expect(text).toContain('<title>Graph of a chain of 2 calls</title>');
    expect(text.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<image|@import|<script|<foreignObject|var\(/);
  });

  test('shows captured text as text, unseen characters too', () => {
    expect(text).toContain('&lt;script&gt;');
    expect(text).toContain('A &amp; B &quot;quoted&quot; \\u{202E}');
  });

  test('leaves out who called and what stands in paths', () => {
    expect(text).toContain('/users/{user}');
    expect(text).not.toContain('alice');
  });
});
