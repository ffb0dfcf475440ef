import { AppError } from '../../contract/errors.ts';
import { replayedCalls } from '../privilege/replayed-calls.ts';
import { getPrivilege, listPrivilege } from '../privilege/read.ts';
import { inSlices, type EngineContext, type Some } from './context.ts';

/** Questions about the power of principals and what less of it would have done. */
export function privilegeHandlers({ db, ports }: EngineContext): Some<'privilege.list' | 'privilege.get' | 'privilege.calls'> {
  return {
    'privilege.list': () => listPrivilege(db),
    'privilege.get': ({ principal }) => {
      const detail = getPrivilege(db, principal);
      if (detail === undefined) throw new AppError('not-found', `no policy was written for ${principal}`);
      return detail;
    },
    'privilege.calls': (question, context) =>
      inSlices(ports, context, async (breathe) => {
        const calls = await replayedCalls(db, question, breathe);
        if (calls === undefined) throw new AppError('not-found', `no replay of ${question.control} for ${question.principal}`);
        return calls;
      }),
  };
}
