import type { CodecPort } from '../../ports.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { defineQueryFunctions } from '../../store/query-functions.ts';
import { detectors } from '../index.ts';
import { ask, toolsOf } from './ask.ts';
import type { FromAsker, ToAsker } from './second-asker.ts';

/** The side of the thread: answers one question after the other. `db` may be read only, but for temporary tables. */
export function serveAsker(
  db: SqlDriver,
  codec: CodecPort,
  line: { readonly onMessage: (listener: (message: ToAsker) => void) => void; readonly post: (message: FromAsker) => void },
): void {
  defineQueryFunctions(db, codec);
  const tools = toolsOf(db, codec);
  const answer = async (id: string): Promise<FromAsker> => {
    const detector = detectors.find((each) => each.id === id);
    if (detector === undefined) return { detector: id };
    try {
      // Nobody waits for this thread between two questions, and a cancel ends it as a whole.
      return { detector: id, outcome: await ask(detector, db, () => Promise.resolve(), tools) };
    } catch {
      return { detector: id };
    }
  };
  line.onMessage(({ detector }) => {
    void answer(detector).then(line.post);
  });
}
