import type { IntakeReview, RaisedLimits, RefusedSource, ReviewedSource } from '../../contract/intake-review.ts';
import type { InspectedSource } from '../../contract/inspection.ts';
import type { CallContext } from '../../contract/methods.ts';
import type { ReadSettings } from '../../model/read-settings.ts';
import { breather } from '../breathe.ts';
import { createIntake } from '../intake/intake.ts';
import type { ByteSource, EnginePorts, ExpandRequest } from '../ports.ts';
import type { SqlDriver } from '../store/driver.ts';
import { caseKey } from '../store/open.ts';
import { declaredSettings, findDeclaredFormats } from './declared.ts';
import { findDuplicate, hashOf } from './find-duplicate.ts';
import { takeSample, type Sample } from './inspect-sample.ts';
import { inspectSample } from './inspect.ts';
import { isBroken } from './peek-source.ts';

/** How much of a source a review reads: a dozen entries of most captures, at a speed that nobody waits for. Units: bytes. */
export const REVIEW_BYTES = 256 * 1024;
/** Sources that a review looks into; those beyond are counted, and recognised when they are read. */
export const MAX_REVIEWED = 2000;
/** Records shown of a source: enough to see whether it is understood. */
const SHOWN_RECORDS = 3;
/** How much of a source's start an import keeps the hash of. Units: bytes. */
const HEAD_BYTES = 64 * 1024;

export interface ReviewRequest {
  readonly paths: readonly ExpandRequest[];
  readonly limits?: RaisedLimits | undefined;
}

/**
 * Tells what an import of paths would take, skip and not understand, from the start of each source. Writes nothing.
 * Cost: the first 256 KiB of each source; whole only those whose size and start are those of another.
 * Errors: AppError `cancelled`.
 */
export async function reviewIntake(
  db: SqlDriver,
  ports: EnginePorts,
  { paths, limits }: ReviewRequest,
  context: CallContext,
): Promise<IntakeReview> {
  const { signal } = context;
  const breathe = breather(ports, signal);
  const declared = declaredSettings(db, await findDeclaredFormats(ports.evidence, paths, signal, breathe));
  const intake = createIntake(ports.crypto, caseKey(db));
  const twins = findTwins(db, ports, breathe);
  const sources: ReviewedSource[] = [];
  const refused: RefusedSource[] = [];
  const notes = new Set<string>();
  let unseen = 0;
  let planned: number | undefined;
  const onPlanned = (all: readonly unknown[]): void => {
    planned = all.length;
  };
  for await (const item of ports.evidence.expand(paths, signal, { look: true, limits, onPlanned })) {
    if (item.kind === 'failure') {
      const { name, code, message, limit } = item;
      refused.push({ name, code, message: intake.maskText(message), ...(limit === undefined ? {} : { limit }) });
      continue;
    }
    for (const note of item.container?.notes ?? []) notes.add(note);
    if (sources.length === MAX_REVIEWED) {
      unseen += 1;
      continue;
    }
    context.progress({
      step: 'Looking at the files',
      done: sources.length,
      unit: 'steps',
      ...(planned === undefined ? {} : { total: planned }),
    });
    await breathe();
    const sample = await takeSample(item.source, REVIEW_BYTES);
    const how = { format: undefined, settings: declared satisfies ReadSettings, signal };
    const sameAs = await twins.find(item.source, sample);
    sources.push({ ...toReviewed(await inspectSample(sample, how, intake)), ...(sameAs === undefined ? {} : { sameAs }) });
  }
  return { sources, unseen, refused, notes: [...notes] };
}

function toReviewed({ name, bytes, format, recognizedBy, why, preview, problem }: InspectedSource): ReviewedSource {
  const times = preview.flatMap(({ call }) => (call?.time === undefined ? [] : [call.zoneKnown]));
  return {
    name,
    ...(bytes === undefined ? {} : { bytes }),
    ...(format === undefined ? {} : { format }),
    recognizedBy,
    why,
    zone: times.length === 0 ? 'none' : times.includes(false) ? 'missing' : 'told',
    preview: preview.slice(0, SHOWN_RECORDS),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Finds sources that hold the same bytes. Lifetime: one review. */
interface Twins {
  find(source: ByteSource, sample: Sample): Promise<ReviewedSource['sameAs']>;
}

function findTwins(db: SqlDriver, ports: EnginePorts, breathe: () => Promise<void>): Twins {
  const { crypto } = ports;
  const known = db.prepare("SELECT 1 FROM source WHERE state = 'complete' AND head_sha256 IN (?, '') LIMIT 1");
  const complete = db.prepare("SELECT 1 FROM source WHERE state = 'complete' AND name = ?");
  const seen = new Map<string, ByteSource[]>();
  const hashes = new Map<ByteSource, string | undefined>();
  const whole = async (source: ByteSource): Promise<string | undefined> => {
    if (!hashes.has(source)) hashes.set(source, await hashOrNothing(source, ports, breathe));
    return hashes.get(source);
  };
  return {
    async find(source, sample) {
      const digest = crypto.sha256();
      digest.update(sample.bytes.subarray(0, HEAD_BYTES));
      const head = digest.hex();
      if (known.get(head) !== undefined) {
        const found = await findDuplicate(source, { db, crypto, breathe });
        if (found !== undefined && complete.get(found.name) !== undefined) return { in: 'case', name: found.name };
      }
      const alike = seen.get(head) ?? [];
      seen.set(head, [...alike, source]);
      for (const other of alike.filter(({ size }) => size === source.size)) {
        const hash = await whole(source);
        if (hash !== undefined && hash === (await whole(other))) return { in: 'files', name: other.name };
      }
      return undefined;
    },
  };
}

/** What cannot be read is the twin of nothing; the import says why. */
async function hashOrNothing(source: ByteSource, { crypto }: EnginePorts, breathe: () => Promise<void>): Promise<string | undefined> {
  try {
    return await hashOf(source, crypto, breathe);
  } catch (thrown) {
    if (isBroken(thrown)) return undefined;
    throw thrown;
  }
}
