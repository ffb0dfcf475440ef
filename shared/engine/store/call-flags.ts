/** Bits of `call.flags`. */
export const callFlag = {
  requestBody: 1,
  responseBody: 2,
  /** Any credential came with the call. */
  authenticated: 4,
  /** The request text was not a request; `path` holds it whole. */
  malformed: 8,
  /** The time carried no zone. */
  zoneAssumed: 16,
  /** The detail names an initiator URL. */
  initiator: 32,
  /** The response named a redirect target. */
  redirect: 64,
  /** No HTTP request: `path` begins with the name of an operation of the host's API. */
  operation: 128,
  /** The record has no status, and says beside it that the caller got what was asked for. */
  given: 256,
  /** The same, that the caller was not allowed to. */
  denied: 512,
  /** The same, that the call failed for another reason. */
  failed: 1024,
} as const;
