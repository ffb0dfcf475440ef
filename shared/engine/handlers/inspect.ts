import { breather } from '../breathe.ts';
import { importers } from '../importers/index.ts';
import { createIntake } from '../intake/intake.ts';
import { declaredSettings } from '../jobs/declared.ts';
import { createSampler } from '../jobs/inspect-sample.ts';
import { inspectSample, toFormatRow } from '../jobs/inspect.ts';
import { checkKnowledge } from '../jobs/knowledge.ts';
import { reviewIntake } from '../jobs/review-intake.ts';
import { readZone } from '../jobs/zone.ts';
import { caseKey } from '../store/open.ts';
import type { EngineContext, Some } from './context.ts';

/** What sources would become, before they are read or read again. */
export function inspectHandlers({
  db,
  ports,
}: EngineContext): Some<'evidence.inspect' | 'evidence.review' | 'knowledge.check' | 'formats.list'> {
  const sampler = createSampler(ports.evidence);
  return {
    'knowledge.check': ({ kind, name = '', text }) => checkKnowledge({ kind, name, text }),
    'formats.list': () => importers.map(toFormatRow),
    // Not in turn: as `evidence.inspect`.
    'evidence.review': (request, context) => reviewIntake(db, ports, request, context),
    // Not in turn: it writes nothing, and an import that runs must not hold it up.
    'evidence.inspect': async ({ paths, source }, { signal }) => {
      const given = db.prepare('SELECT given_name FROM source WHERE name = ?').get<{ given_name: string }>(source ?? '')?.given_name;
      const name = given === undefined || given === '' ? source : given;
      const [{ format, settings, zone } = { format: undefined, settings: undefined, zone: undefined }] = paths;
      const read = zone === undefined ? undefined : readZone(zone);
      const declared = declaredSettings(db, []);
      const intake = createIntake(ports.crypto, caseKey(db));
      const breathe = breather(ports, signal);
      const found = [];
      for (const sample of await sampler.take(
        paths.map(({ path, name: as }) => ({ path, name: as })),
        name,
        signal,
      )) {
        await breathe();
        found.push(await inspectSample(sample, { format, settings: { ...declared, ...settings }, zone: read, signal }, intake));
      }
      return found;
    },
  };
}
