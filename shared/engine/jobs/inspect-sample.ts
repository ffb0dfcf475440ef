import { AppError } from '../../contract/errors.ts';
import type { ByteSource, EvidencePort, ExpandRequest } from '../ports.ts';
import { isBroken } from './peek-source.ts';

/** How much of a source an inspection reads: some thousand log lines, or the first entries of a capture. Units: bytes. */
export const SAMPLE_BYTES = 1024 * 1024;

/** Sources that one inspection looks at; a bundle of more is imported and looked at afterwards. */
export const MAX_SOURCES = 200;

/** How much of the end of a longer source is looked at: its last bracket, and line ends after it. Units: bytes. */
const END_BYTES = 64;

/** The start of a source, kept while an analyst tries settings on it. */
export interface Sample {
  readonly name: string;
  /** Units: bytes; left out when it is not known. */
  readonly size: number | undefined;
  readonly bytes: Uint8Array;
  /** True when the source goes on after the sample. */
  readonly isCut: boolean;
  /** The last bytes of a source that goes on after the sample, where they can be had without reading it all. */
  readonly end?: Uint8Array;
  /** Why the bytes broke off, if they did. */
  readonly failure: string | undefined;
}

/** Takes the start of a source. Units: bytes. Errors: AppError `cancelled`; bytes that break off end the sample. */
export async function takeSample(source: ByteSource, most: number): Promise<Sample> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let failure: string | undefined;
  let isCut = false;
  let end: Uint8Array | undefined;
  try {
    for await (const chunk of source.chunks()) {
      if (length === most) {
        isCut ||= chunk.length > 0;
        if (isCut) break;
      }
      const part = chunk.subarray(0, most - length);
      chunks.push(part);
      length += part.length;
      isCut = part.length < chunk.length;
      if (isCut) break;
    }
    if (isCut) end = await source.last?.(END_BYTES);
  } catch (thrown) {
    if (!isBroken(thrown) || !(thrown instanceof AppError)) throw thrown;
    failure = thrown.message;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { name: source.name, size: source.size, bytes, isCut, failure, ...(end === undefined ? {} : { end }) };
}

/** Takes samples, and keeps the last ones: to unpack an archive anew at every change of a setting would take seconds each time. */
interface Sampler {
  /** Shape: only the source of that name, if one is given. Errors: AppError `cancelled`. */
  take(paths: readonly ExpandRequest[], name: string | undefined, signal: AbortSignal): Promise<readonly Sample[]>;
}

/** Nothing taken yet. Cost: keeps at most one source's sample; those of several are not kept. */
export function createSampler(evidence: EvidencePort): Sampler {
  let kept: { readonly key: string; readonly samples: readonly Sample[] } | undefined;
  return {
    async take(paths, name, signal) {
      const key = JSON.stringify([paths.map(({ path }) => path), name]);
      if (kept?.key === key) return kept.samples;
      const samples: Sample[] = [];
      for await (const item of evidence.expand(paths, signal, { only: (each) => name === undefined || each === name })) {
        if (item.kind === 'failure') continue;
        if (name !== undefined && item.source.name !== name) continue;
        samples.push(await takeSample(item.source, SAMPLE_BYTES));
        if (samples.length === MAX_SOURCES) break;
      }
      if (samples.length === 1) kept = { key, samples };
      return samples;
    },
  };
}
