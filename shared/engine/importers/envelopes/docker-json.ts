import { isJsonObject } from '../../../lib/json.ts';
import type { Envelope } from '../envelope.ts';
import { haveKeys } from './share.ts';

/** Lines of Docker's json-file driver: `{"log":"…\n","stream":"stdout","time":"…"}`; a line without `\n` goes on in the next, cut at 16 KiB. */
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
    const last = log.endsWith('\n');
    return {
      text: last ? log.slice(0, -1) : log,
      outer: { time: typeof time === 'string' ? time : undefined },
      piece: { key: typeof stream === 'string' ? stream : '', last },
    };
  },
} as const satisfies Envelope;
