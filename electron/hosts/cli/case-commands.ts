import { basename } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import { parseMapping } from '#shared/contract/mapping.ts';
import { ANALYSIS_KINDS, KNOWLEDGE_KINDS, KNOWLEDGE_WORDS, type KnowledgeKind } from '#shared/model/knowledge/kinds.ts';
import type { Arguments } from './arguments.ts';
import { exitCode, need } from './commands.ts';
import { sayTable } from './print.ts';
import { sayJson, sayLine } from './terminal.ts';
import { readSmallFile, withCase } from './session.ts';

/** `spoor withdraw CASE NAME…`: takes what sources brought out of the case; rows, ledgers and hashes stay. */
export async function withdrawCommand(args: Arguments): Promise<number> {
  const [casePath, ...names] = args.positionals;
  if (names.length === 0) throw new AppError('bad-params', 'no source to withdraw was named; see spoor --help');
  return withCase(need(casePath, 'the case file'), { args, mode: 'write' }, async (session) => {
    const { withdrawn, calls } = await session.engine.call('sources.withdraw', { sources: names }, { signal: session.context.signal });
    if (args.json) sayJson({ withdrawn, calls });
    else
      sayLine(
        `Withdrew ${withdrawn.join(', ')}: ${String(calls)} calls are out of the case. spoor analyze brings the findings up to date.`,
      );
    return exitCode.done;
  });
}

const isKnowledge = (kind: string): kind is KnowledgeKind => (KNOWLEDGE_KINDS as readonly string[]).includes(kind);

/** The name that knowledge bears in the case: a mapping's own, else that of its file. */
function nameOf(kind: KnowledgeKind, path: string, text: string): string {
  if (kind !== 'mapping') return basename(path);
  const mapping = parseMapping(text);
  if (typeof mapping === 'string') throw new AppError('bad-params', `${path}: ${mapping}`);
  return mapping.name;
}

/**
 * `spoor add CASE [--as KIND FILE… | --remove NAME]`: knowledge that is no evidence, to read later imports with or to compare calls
 * with; without a file it is listed.
 */
export async function addCommand(args: Arguments): Promise<number> {
  const [casePath, ...files] = args.positionals;
  const isChange = files.length > 0 || args.remove !== undefined;
  const kinds = KNOWLEDGE_KINDS.join(', ');
  const kind = isChange ? need(args.as, `--as, one of ${kinds}`) : 'mapping';
  if (!isKnowledge(kind)) throw new AppError('bad-params', `this version adds ${kinds}, not ${kind}`);
  const texts = files.map((path) => {
    const text = readSmallFile(path);
    return { kind, name: nameOf(kind, path, text), text };
  });
  const mode = isChange ? 'create' : 'read';
  return withCase(need(casePath, 'the case file'), { args, mode }, async (session) => {
    for (const knowledge of texts) {
      const { problem } = await session.engine.call('knowledge.check', knowledge);
      if (problem !== undefined) throw new AppError('bad-params', `${knowledge.name} is no ${KNOWLEDGE_WORDS[kind]}: ${problem}`);
      await session.engine.call('knowledge.add', knowledge);
    }
    if (args.remove !== undefined) {
      const { removed } = await session.engine.call('knowledge.remove', { kind, name: args.remove });
      if (!removed) throw new AppError('not-found', `no ${kind} ${args.remove} in this case`);
    }
    const rows = await session.engine.call('knowledge.list', {});
    if (args.json) sayJson(rows);
    else {
      sayTable(
        ['kind', 'name', 'it says', 'SHA-256'],
        rows.map((row) => [row.kind, row.name, row.says, row.sha256]),
      );
      if (isChange && ANALYSIS_KINDS.has(kind)) sayLine('spoor analyze brings the results up to date with it.');
      if (kind === 'jwks' && files.length > 0)
        sayLine('Signatures are checked while tokens are read: what was read before needs spoor import --replace.');
    }
    return exitCode.done;
  });
}
