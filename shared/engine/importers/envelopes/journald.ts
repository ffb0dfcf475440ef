import { isJsonObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import type { Envelope } from '../envelope.ts';
import { haveKeys } from './share.ts';

/**
 * What `journalctl -o json` writes: an object per message, with `__REALTIME_TIMESTAMP` in microseconds since 1970.
 * Source: systemd, "Journal JSON Format": a message that is no UTF-8 is a list of bytes.
 */
export const journald = {
  id: 'journald',
  title: 'journal entries of systemd (JSON)',
  around: 'json',
  joins: false,
  recognize: (head) =>
    haveKeys(head, ['MESSAGE', '__REALTIME_TIMESTAMP'])
      ? 'JSON lines with MESSAGE and __REALTIME_TIMESTAMP, as journalctl writes them'
      : undefined,
  unwrap(_text, value) {
    if (!isJsonObject(value)) return undefined;
    const message = toMessage(value['MESSAGE']);
    if (message === undefined) return undefined;
    return {
      text: message,
      outer: {
        time: toText(value['__REALTIME_TIMESTAMP']),
        host: toText(value['_HOSTNAME']),
        program: toText(value['SYSLOG_IDENTIFIER']) ?? toText(value['_COMM']),
      },
    };
  },
} as const satisfies Envelope;

const toText = (value: Json | undefined): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function toMessage(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return undefined;
  const bytes = value.filter((byte): byte is number => typeof byte === 'number');
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}
