/** A scalar that left in an answer or entered in a request. */
export interface ListedValue {
  /** 0 request, 1 response. */
  readonly side: number;
  /** Term of the place: a JSONPath with indices, or a header's name. */
  readonly pointerId: number;
  /** First 52 bits of an HMAC of the text. */
  readonly fingerprint: number;
  /** Estimated entropy of the text. Units: bits. */
  readonly bits: number;
}

/** Bytes of one value: fingerprint 8, pointer 4, bits and side 2; all little-endian. */
const WIDTH = 14;
/** The side stands in the highest bit beside the bits of entropy. */
const RESPONSE = 0x8000;
const MAX_BITS = RESPONSE - 1;

/** Values of one call as the case keeps them: one blob a call, since captures have a hundred values a call. */
export function packValues(values: readonly ListedValue[]): Uint8Array {
  const data = new Uint8Array(values.length * WIDTH);
  const view = new DataView(data.buffer);
  for (const [index, value] of values.entries()) {
    const at = index * WIDTH;
    view.setFloat64(at, value.fingerprint, true);
    view.setUint32(at + 8, value.pointerId, true);
    view.setUint16(at + 12, Math.min(value.bits, MAX_BITS) | (value.side === 1 ? RESPONSE : 0), true);
  }
  return data;
}

/** The values of one call in the order of the evidence. */
export function unpackValues(data: Uint8Array): readonly ListedValue[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const values: ListedValue[] = [];
  for (let at = 0; at + WIDTH <= data.length; at += WIDTH) {
    const last = view.getUint16(at + 12, true);
    values.push({
      side: last >= RESPONSE ? 1 : 0,
      pointerId: view.getUint32(at + 8, true),
      fingerprint: view.getFloat64(at, true),
      bits: last & MAX_BITS,
    });
  }
  return values;
}
