'use strict';
// Structured-clone values over a JSON pipe; the same source runs in Node and in the page.
function makeCodec() {
  const b64 = (u8) => {
    if (typeof Buffer !== 'undefined') return Buffer.from(u8.buffer, u8.byteOffset, u8.byteLength).toString('base64');
    let s = '';
    for (let i = 0; i < u8.length; i += 32768) s += String.fromCharCode.apply(null, u8.subarray(i, i + 32768));
    return btoa(s);
  };
  const un64 = (s) =>
    typeof Buffer !== 'undefined' ? new Uint8Array(Buffer.from(s, 'base64')) : Uint8Array.from(atob(s), (c) => c.charCodeAt(0));
  const enc = (v, seen) => {
    if (v === undefined) return { $: 'u' };
    if (typeof v === 'bigint') return { $: 'b', v: String(v) };
    if (typeof v === 'number') return Number.isFinite(v) && !Object.is(v, -0) ? v : { $: 'n', v: Object.is(v, -0) ? '-0' : String(v) };
    if (v === null || typeof v !== 'object') return v;
    if (seen.has(v)) return { $: 'r', i: seen.get(v) };
    seen.set(v, seen.size);
    if (Array.isArray(v)) return { $: 'l', v: v.map((x) => enc(x, seen)) };
    if (v instanceof Date) return { $: 'd', v: +v };
    if (v instanceof RegExp) return { $: 'x', s: v.source, f: v.flags };
    if (v instanceof Error) return { $: 'e', n: v.name, m: v.message, s: v.stack };
    if (v instanceof Map) return { $: 'm', v: [...v].map(([k, x]) => [enc(k, seen), enc(x, seen)]) };
    if (v instanceof Set) return { $: 's', v: [...v].map((x) => enc(x, seen)) };
    if (v instanceof ArrayBuffer) return { $: 'a', v: b64(new Uint8Array(v)) };
    if (ArrayBuffer.isView(v))
      return {
        $: 't',
        k: v.constructor.name === 'Buffer' ? 'Uint8Array' : v.constructor.name,
        v: b64(new Uint8Array(v.buffer, v.byteOffset, v.byteLength)),
      };
    return { $: 'o', v: Object.entries(v).map(([k, x]) => [k, enc(x, seen)]) };
  };
  const dec = (v, refs) => {
    if (v === null || typeof v !== 'object') return v;
    const keep = (x) => {
      refs.push(x);
      return x;
    };
    switch (v.$) {
      case 'u':
        return undefined;
      case 'b':
        return BigInt(v.v);
      case 'n':
        return Number(v.v);
      case 'r':
        return refs[v.i];
      case 'd':
        return keep(new Date(v.v));
      case 'x':
        return keep(new RegExp(v.s, v.f));
      case 'e': {
        const C = { TypeError, RangeError, SyntaxError, ReferenceError }[v.n] ?? Error;
        const e = keep(new C(v.m));
        e.stack = v.s;
        return e;
      }
      case 'm': {
        const m = keep(new Map());
        for (const [k, x] of v.v) m.set(dec(k, refs), dec(x, refs));
        return m;
      }
      case 's': {
        const s = keep(new Set());
        for (const x of v.v) s.add(dec(x, refs));
        return s;
      }
      case 'a':
        return keep(un64(v.v).buffer);
      case 't': {
        const u = un64(v.v);
        return keep(v.k === 'Uint8Array' ? u : v.k === 'DataView' ? new DataView(u.buffer) : new globalThis[v.k](u.buffer));
      }
      case 'l': {
        const a = keep([]);
        for (const x of v.v) a.push(dec(x, refs));
        return a;
      }
      default: {
        const o = keep({});
        for (const [k, x] of v.v) o[k] = dec(x, refs);
        return o;
      }
    }
  };
  return { enc: (v) => enc(structuredClone(v), new Map()), dec: (v) => dec(v, []) };
}
module.exports = { makeCodec };
