import type { Progress } from '../../contract/methods.ts';
import type { ByteSource } from '../ports.ts';

/** Shortest time between two reports of bytes read: what a person can follow, and no load on the line. Units: ms. */
const REPORT_PAUSE = 100;

/** Counts what an import has done and reports it. Lifetime: one import. */
export interface ImportMeter {
  /** A container is hashed or unpacked, before any source is read. */
  readonly prepare: (name: string, bytes: number) => void;
  /**
   * What will be read, once it is known. Where some sizes are not, the bytes on disk are a guess until more was read; where none is, nothing is
   * promised: a log of 46 MB in a gzip of 9 would stand at 100 % from its first fifth on.
   */
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
  let total: number | undefined = onDisk;
  let before = 0;
  let name = '';
  let size: number | undefined;
  let bytes = 0;
  let accepted = 0;
  let rejected = 0;
  let reported: number | undefined;

  const say = (more: { readonly done?: boolean; readonly paused?: boolean } = {}): void => {
    reported = clock();
    const done = before + bytes;
    if (total !== undefined && done > total) total = undefined;
    report({
      step: name,
      done,
      ...(total === undefined ? {} : { total }),
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
      const known = sources.flatMap(({ size: each }) => each ?? []);
      const sum = known.reduce((all, each) => all + each, 0);
      total = known.length === sources.length ? sum : known.length === 0 ? undefined : Math.max(sum, onDisk);
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
