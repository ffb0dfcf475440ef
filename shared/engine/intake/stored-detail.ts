import type { ImportedBody, ImportedCall } from '../../model/call.ts';
import type { StoredBody, StoredDetail } from './masking/masked-call.ts';
import { markHeadersOnly } from './mcp-headers.ts';
import { readHeaderFields } from './trace-fields.ts';

const toBody = (body: ImportedBody | undefined): StoredBody | undefined =>
  body === undefined ? undefined : { text: body.text, mime: body.mime, bytes: body.bytes, note: body.note };

/** The detail of a call that was read again from a text that is masked already. */
export function toDetail(call: ImportedCall, raw: string): StoredDetail {
  const fields = readHeaderFields(call);
  return {
    requestHeaders: call.requestHeaders,
    responseHeaders: call.responseHeaders,
    requestBody: toBody(call.requestBody),
    responseBody: toBody(call.responseBody),
    timeText: call.timeText,
    timings: call.timings,
    extras: markHeadersOnly(call.extras, call, fields.mcp),
    initiatorUrl: call.initiatorUrl,
    redirectUrl: fields.redirectUrl,
    forwardedFor: fields.forwardedFor,
    raw,
  };
}
