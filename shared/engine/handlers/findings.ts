import { AppError } from '../../contract/errors.ts';
import { listCredentials } from '../store/read/credentials.ts';
import { listEndpoints } from '../store/read/endpoints.ts';
import { getFinding, listFindings } from '../store/read/findings/findings.ts';
import type { EngineContext, Some } from './context.ts';

/** What the analysis found out. */
export function findingHandlers({
  db,
  answers,
}: EngineContext): Some<'findings.list' | 'findings.get' | 'principals.list' | 'credentials.list' | 'endpoints.list'> {
  return {
    'findings.list': () => listFindings(db),
    'findings.get': ({ id }) => {
      const finding = getFinding(db, id);
      if (finding === undefined) throw new AppError('not-found', `no finding ${id} in this case`);
      return finding;
    },
    'principals.list': () => answers.principals(),
    'credentials.list': () => listCredentials(db),
    'endpoints.list': () => listEndpoints(db),
  };
}
