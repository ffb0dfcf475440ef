import { toAppError } from '../../../contract/errors.ts';
import type { CodecPort } from '../../ports.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { getDetail } from '../../store/read/calls/details.ts';
import type { Detector, DetectorOutcome, DetectorTools } from '../detector.ts';

/** What detectors may use beside SQL; without a codec nothing of bodies is told. */
export const toolsOf = (db: SqlDriver, codec: CodecPort | undefined): DetectorTools => ({
  detail: (call) => (codec === undefined ? {} : getDetail(db, codec, call)),
});

/**
 * What a detector finds. One that fails by a fault of ours is not evaluable, and says so: the evidence that it fails on, which an attacker may
 * have written, must not silence the others. What stops the whole run, a cancel or a full disk, is passed on.
 */
export async function ask(detector: Detector, db: SqlDriver, breathe: () => Promise<void>, tools: DetectorTools): Promise<DetectorOutcome> {
  try {
    return await detector.run(db, breathe, tools);
  } catch (thrown) {
    const { code, message } = toAppError(thrown);
    if (code !== 'internal') throw thrown;
    return { kind: 'not-evaluable', reason: `this detector failed by a fault of Spoor, not of the evidence: ${message.slice(0, 200)}` };
  }
}
