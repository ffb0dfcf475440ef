import { listSides } from '../store/read/two-sides/list-sides.ts';
import { inSlices, type EngineContext, type Some } from './context.ts';

/** Questions about captures and the logs of the other side. */
export const sideHandlers = ({ db, ports }: EngineContext): Some<'sides.list'> => ({
  'sides.list': (_params, context) => inSlices(ports, context, (breathe) => listSides(db, ports.codec, breathe)),
});
