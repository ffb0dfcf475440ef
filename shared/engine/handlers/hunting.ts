import { AppError } from '../../contract/errors.ts';
import { parseQuery } from '../../query/parse.ts';
import { detectors } from '../detectors/index.ts';
import { findSimilar } from '../store/read/similar/find-similar.ts';
import { listDetectors } from '../store/read/findings/detector-rows.ts';
import { listSuppressionRows, previewSuppression } from '../store/read/findings/suppressed.ts';
import { inSlices, type EngineContext, type Some } from './context.ts';

type Names = 'calls.similar' | 'detectors.list' | 'suppressions.list' | 'suppressions.preview';

/** What the analyst hunts with: similar calls, detectors, and rules that set findings aside. */
export function huntingHandlers({ db, ports }: EngineContext): Some<Names> {
  return {
    'calls.similar': ({ to, count }, context) => inSlices(ports, context, (breathe) => findSimilar(db, to, count, breathe)),
    'detectors.list': () => listDetectors(db, detectors),
    'suppressions.list': () => listSuppressionRows(db),
    'suppressions.preview': ({ scope, until }) => {
      const parsed = scope.query === undefined ? undefined : parseQuery(scope.query);
      if (parsed?.ok === false) throw new AppError('bad-query', parsed.error.message, { at: parsed.error.at, length: parsed.error.length });
      return previewSuppression(db, { scope, ...(until === undefined ? {} : { until }) });
    },
  };
}
