import { AppError } from '../../contract/errors.ts';
import { getCredentialDossier } from '../store/read/credentials/dossier.ts';
import { listRungUses } from '../store/read/credentials/rung-uses.ts';
import type { EngineContext, Some } from './context.ts';

/** Questions about credentials: all of them with what they prove, and one in full. */
export function credentialHandlers({
  db,
  answers,
}: EngineContext): Some<'credentials.overview' | 'credentials.get' | 'credentials.behind'> {
  return {
    'credentials.overview': () => answers.credentials(),
    'credentials.behind': ({ of, rung, answer }) => listRungUses(db, of, rung, answer, answers.audiences()),
    'credentials.get': ({ id }) => {
      const dossier = getCredentialDossier(db, id, answers.audiences());
      if (dossier === undefined) throw new AppError('not-found', `no credential ${id} in this case`);
      return dossier;
    },
  };
}
