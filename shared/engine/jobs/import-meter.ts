import type { Progress } from '../../contract/methods.ts';
import type { ByteSource } from '../ports.ts';

/** Shortest time between two reports of bytes read: what a person can follow, and no load on the line. Units: ms. */
const REPORT_PAUSE = 100;

/** Counts what an import has done and reports it. Lifetime: one import. */
export interface ImportMeter {
  /** A container is hashed or unpacked, before any source is read. */
  readonly prepare: (name: string, bytes: number) => void;
  /** What will be read, once it is known; where a size is not, the bytes on disk are a better guess than none. */
  readonly expect: (sources: readonly Pick<ByteSource, 'size'>[]) => void;
  /** A source is passed over that an earlier attempt has read. */
  skip(source: ByteSource): void;
  /** A source is looked at now. */
  begin(source: ByteSource): void;
  /** Bytes of the source read so far. */
  readonly read: (bytes: number) => void;
  /** Records of the source that were stored. */
  count(accepted: number, rejected: number): void;
  /** The source is done. */
  end(): void;
  /** The import is held, or goes on: the last report once more, marked or not. */
  readonly hold: (held: boolean) => void;
  /** The same source; reading it for a hash is reported as life, too. */
  watch(source: ByteSource): ByteSource;
}

/** A meter for an import of `total` bytes on disk; unpacked ones may be more. */
export function importMeter(report: (progress: Progress) => void, clock: () => number, onDisk: number): ImportMeter {
  let total = onDisk;
  let before = 0;
  let name = '';
  let size: number | undefined;
  let bytes = 0;
  let accepted = 0;
  let rejected = 0;
  let reported: number | undefined;

  const say = (more: { readonly done?: boolean; readonly paused?: boolean } = {}): void => {
    reported = clock();
    report({
      step: name,
      done: before + bytes,
      total: Math.max(total, before + bytes),
      unit: 'bytes',
      source: { name, bytes, ...(size === undefined ? {} : { total: size }), accepted, rejected, done: more.done === true },
      ...(more.paused === true ? { paused: true } : {}),
    });
  };
  const sayNowAndThen = (): void => {
    if (reported === undefined || clock() - reported >= REPORT_PAUSE) say();
  };

  return {
    prepare(container, read) {
      if (reported !== undefined && clock() - reported < REPORT_PAUSE) return;
      reported = clock();
      report({ step: `looking into ${container}`, done: read, unit: 'bytes' });
    },
    expect(sources) {
      const known = sources.reduce((sum, source) => sum + (source.size ?? 0), 0);
      total = sources.every((source) => source.size !== undefined) ? known : Math.max(known, onDisk);
    },
    skip(source) {
      before += source.size ?? 0;
    },
    begin(source) {
      ({ name, size } = source);
      bytes = 0;
      accepted = 0;
      rejected = 0;
      say();
    },
    read(now) {
      bytes = now;
      sayNowAndThen();
    },
    count(moreAccepted, moreRejected) {
      accepted += moreAccepted;
      rejected += moreRejected;
      sayNowAndThen();
    },
    end() {
      say({ done: true });
      before += bytes;
      bytes = 0;
    },
    hold(held) {
      say(held ? { paused: true } : {});
    },
    watch: (source) => ({
      ...source,
      async *chunks() {
        for await (const chunk of source.chunks()) {
          sayNowAndThen();
          yield chunk;
        }
      },
    }),
  };
}
