import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Bench, BenchContext, Figure } from './bench.ts';
import { ROOT } from './places.ts';
import { ratioFigure, ratioOf } from './ratio.ts';
import { importRun } from './truth-agents/feed.ts';
import { countFound, KNOWN_RUNS } from './truth-agents/runs.ts';

/** The corpus: where `SPOOR_CORPUS` says, else the copy among the fixtures. */
const corpusFolder = (): string => process.env['SPOOR_CORPUS'] ?? join(ROOT, 'test/fixtures/corpus');

async function run(context: BenchContext): Promise<readonly Figure[]> {
  const folder = corpusFolder();
  const known = KNOWN_RUNS.filter(({ file }) => existsSync(join(folder, file)));
  for (const { file } of KNOWN_RUNS.filter((each) => !known.includes(each))) context.say(`not run: ${file} is not in ${folder}`);
  if (known.length === 0) return [];
  const sums = { records: 0, records0: 0, models: 0, models0: 0, tools: 0, tools0: 0, methods: 0, methods0: 0, callers: 0 };
  for (const truth of known) {
    const seen = await importRun(join(folder, truth.file));
    const methods = Object.entries(truth.methods).flatMap(([method, count]) => Array.from({ length: count }, () => method));
    sums.records += Math.min(seen.records, truth.records);
    sums.records0 += truth.records;
    sums.models += countFound(truth.models, seen.models);
    sums.models0 += truth.models.length;
    sums.tools += countFound(truth.tools, seen.tools);
    sums.tools0 += truth.tools.length;
    sums.methods += countFound(methods, seen.methods);
    sums.methods0 += methods.length;
    const isRight = seen.principals.includes('agent') === truth.isAgent;
    if (isRight) sums.callers += 1;
    context.say(
      `${truth.file}: ${String(seen.records)} of ${String(truth.records)} records; models ${seen.models.join(' ') || 'none'}; tools ${seen.tools.join(' ') || 'none'}; ` +
        `callers ${seen.principals.join(', ')}, ${isRight ? 'right' : `WRONG: the caller is ${truth.isAgent ? 'an agent' : 'an inspector'}`}`,
    );
  }
  context.say('edges from a model to the tool that it asked for: not measured, no published file holds both');
  const figure = (id: string, part: number, whole: number, what: string): readonly Figure[] =>
    ratioFigure(`agent-runs.${id}`, ratioOf(part, whole), `${what} (${String(part)} of ${String(whole)})`);
  return [
    ...figure('records', sums.records, sums.records0, 'records that became calls'),
    ...figure('model-calls', sums.models, sums.models0, 'requests to a model known as such, with their model'),
    ...figure('tool-calls', sums.tools, sums.tools0, 'tool calls known as such, with their tool'),
    ...figure('methods', sums.methods, sums.methods0, 'messages of MCP whose method is known'),
    ...figure('callers', sums.callers, known.length, 'files whose caller is rightly an agent or none'),
  ];
}

/** Calls of agents that other people published. */
export const agentRunsBench: Bench = {
  id: 'agent-runs',
  question: 'Are the model calls, tool calls and callers of published agent logs known for what they are?',
  run,
};
