import { isJsonObject } from '../../../lib/json.ts';
import type { Envelope } from '../envelope.ts';
import { haveKeys } from './share.ts';

/** Docker cuts at 16 KiB; a shorter text without a line end lost it to a shipper and is whole. Units: bytes. */
const CUT_AT = 16_000;

const isCut = (log: string): boolean => !log.endsWith('\n') && log.length * 3 >= CUT_AT && new TextEncoder().encode(log).length >= CUT_AT;

/** Lines of Docker's json-file driver: `{"log":"…\n","stream":"stdout","time":"…"}`; one of 16 KiB without `\n` goes on in the next. */
export const dockerJson = {
  id: 'docker-json',
  title: 'Docker container lines (json-file)',
  around: 'json',
  joins: true,
  recognize: (head) =>
    haveKeys(head, ['log', 'stream', 'time']) ? 'JSON lines with log, stream and time, as Docker writes them' : undefined,
  unwrap(_text, value) {
    if (!isJsonObject(value)) return undefined;
    const { log, stream, time } = value;
    if (typeof log !== 'string') return undefined;
    return {
      text: log.endsWith('\n') ? log.slice(0, -1) : log,
      outer: { time: typeof time === 'string' ? time : undefined },
      piece: { key: typeof stream === 'string' ? stream : '', last: !isCut(log) },
    };
  },
} as const satisfies Envelope;
