import { parseBaseline } from '../../contract/baseline-file.ts';
import { AppError } from '../../contract/errors.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { BaselineFile } from '../../model/baseline-file.ts';
import { forgetChoice, keepImported } from '../passes/baseline/chosen.ts';
import { bumpRevision, getMeta } from '../store/meta.ts';
import { breather } from '../breathe.ts';
import { readPortableOrder } from '../detectors/sequences/portable-order.ts';
import { readBaselineContent, readBaselineState } from '../store/read/baseline.ts';
import type { EngineContext, Some } from './context.ts';

/** Baselines that travel from case to case. */
export function baselineHandlers({
  db,
  ports,
  onRevision,
  alone,
}: EngineContext): Some<'baseline.get' | 'baseline.export' | 'baseline.import' | 'baseline.forget'> {
  const hash = (text: string): string => ports.crypto.sha256Hex(text);
  return {
    'baseline.get': () => readBaselineState(db),
    'baseline.export': async (_, { signal }) => {
      const told = readBaselineContent(db);
      if (told === undefined)
        throw new AppError('not-found', 'this case has no baseline: it was not analysed, or its evidence spans less than six hours');
      const order = await readPortableOrder(db, breather(ports, signal));
      const content = { title: getMeta(db, 'title') ?? '', ...told, ...(order === undefined ? {} : { order }) };
      const file: BaselineFile = { schema: 'spoor-baseline/3', sha256: hash(canonicalJson(content)), content };
      return { text: `${canonicalJson(file)}\n`, sha256: file.sha256, from: content.from, to: content.to, pairs: content.pairs.length };
    },
    'baseline.import': ({ text }) =>
      alone(() => {
        const file = parseBaseline(text, hash);
        if (typeof file === 'string') throw new AppError('bad-params', `this is no baseline of Spoor: ${file}`);
        keepImported(db, file);
        onRevision(bumpRevision(db));
        const { from, to, pairs } = file.content;
        return { sha256: file.sha256, from, to, pairs: pairs.length };
      }),
    'baseline.forget': ({ what }) =>
      alone(() => {
        forgetChoice(db, what);
        onRevision(bumpRevision(db));
        return null;
      }),
  };
}
