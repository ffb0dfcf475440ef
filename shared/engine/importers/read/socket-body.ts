import type { ImportedBody } from '../../../model/call.ts';

/** What a WebSocket carried in one direction, one message a line; `undefined` for a message that is no text. */
export function toSocketText(messages: readonly (string | undefined)[]): ImportedBody | undefined {
  if (messages.length === 0) return undefined;
  const texts = messages.filter((message) => message !== undefined);
  const left = messages.length - texts.length;
  const note = `${String(messages.length)} WebSocket ${messages.length === 1 ? 'message' : 'messages'}${left === 0 ? '' : `, ${String(left)} of them binary and not kept`}`;
  return { text: texts.length === 0 ? undefined : texts.join('\n'), mime: undefined, encoding: 'text', bytes: undefined, note };
}
