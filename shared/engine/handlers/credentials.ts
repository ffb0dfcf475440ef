import { AppError } from '../../contract/errors.ts';
import { getCredentialDossier } from '../store/read/credentials/dossier.ts';
import { readCredentialOverview } from '../store/read/credentials/overview.ts';
import type { EngineContext, Some } from './context.ts';

/** Questions about credentials: all of them with what they prove, and one in full. */
export function credentialHandlers({ db }: EngineContext): Some<'credentials.overview' | 'credentials.get'> {
  return {
    'credentials.overview': () => readCredentialOverview(db),
    'credentials.get': ({ id }) => {
      const dossier = getCredentialDossier(db, id);
      if (dossier === undefined) throw new AppError('not-found', `no credential ${id} in this case`);
      return dossier;
    },
  };
}
