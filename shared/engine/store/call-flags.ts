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
} as const;
