/**
 * A 53-bit hash of a text for look-up tables of our own: quick, not secret, the same on every machine. 0 never comes out,
 * so it can mean "none". Never for secrets: those go through the HMAC of the case.
 * Source: the public-domain function "cyrb53" (two 32-bit multiplicative lanes, murmur-style finish).
 */
export function textHash(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  const hash = 4294967296 * (2097151 & low) + (high >>> 0);
  return hash === 0 ? 1 : hash;
}
