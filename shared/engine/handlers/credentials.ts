import { AppError } from '../../contract/errors.ts';
import { getCredentialDossier } from '../store/read/credentials/dossier.ts';
import type { EngineContext, Some } from './context.ts';

/** Questions about credentials: all of them with what they prove, and one in full. */
export function credentialHandlers({ db, answers }: EngineContext): Some<'credentials.overview' | 'credentials.get'> {
  return {
    'credentials.overview': () => answers.credentials(),
    'credentials.get': ({ id }) => {
      const dossier = getCredentialDossier(db, id, answers.audiences());
      if (dossier === undefined) throw new AppError('not-found', `no credential ${id} in this case`);
      return dossier;
    },
  };
}
