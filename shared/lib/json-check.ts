import type { Json } from './json.ts';
import { textCodes } from './text-codes.ts';

/** What a JSON text contains that its parsed value no longer shows. */
export interface JsonShape {
  /** Levels of brackets. */
  readonly depth: number;
  /** Members of all objects together, repeated ones counted each time. */
  readonly members: number;
  /** The first whole number that a double does not hold exactly, as it was written. */
  readonly inexact: string | undefined;
}

/** From this many digits on a whole number may not fit a double: 2^53 has sixteen. */
const SUSPECT_DIGITS = 16;
/** Digits of the largest double; a longer number is Infinity, and to compare it digit by digit takes the square of its length. */
const MOST_DIGITS = 309;

/**
 * Looks over a JSON text once, without recursion. Cost: about 1 ns a character; meant to run before `JSON.parse`.
 * Shape: `bytes` is the text in UTF-8 where the caller has it; it is made otherwise.
 */
export function inspectJson(text: string, bytes?: Uint8Array): JsonShape {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  let digits = 0;
  let inexact: string | undefined;
  const { codes, length } = bytes === undefined ? textCodes(text) : { codes: bytes, length: bytes.length };
  for (let at = 0; at < length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 0x22) {
      at += 1;
      for (let inner = codes[at]; at < length && inner !== 0x22; inner = codes[at]) at += inner === 0x5c ? 2 : 1;
      digits = 0;
    } else if (code >= 0x30 && code <= 0x39) {
      digits += 1;
      if (digits >= SUSPECT_DIGITS && inexact === undefined) inexact = inexactAt(codes, at, digits);
    } else {
      // A fraction's digits are not counted: printing and reading a double gives the same double.
      digits = code === 0x2e ? Number.NEGATIVE_INFINITY : 0;
      if (code === 0x7b || code === 0x5b) {
        depth += 1;
        if (depth > deepest) deepest = depth;
      } else if (code === 0x7d || code === 0x5d) depth -= 1;
      else if (code === 0x3a) members += 1;
    }
  }
  return { depth: deepest, members, inexact };
}

function inexactAt(codes: Uint8Array, last: number, digits: number): string | undefined {
  const next = codes[last + 1] ?? 0;
  if ((next >= 0x30 && next <= 0x39) || next === 0x2e) return undefined; // the number goes on, or has a fraction
  const written = new TextDecoder().decode(codes.subarray(last - digits + 1, last + 1));
  const value = Number(written);
  return digits <= MOST_DIGITS && Number.isFinite(value) && BigInt(written) === BigInt(value) ? undefined : written;
}

/** Members of all objects in a parsed value together; fewer than `inspectJson` counted means that a key stood twice. */
export function countMembers(value: Json): number {
  let count = 0;
  const open: Json[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    if (Array.isArray(next)) {
      for (const item of next as readonly Json[]) if (typeof item === 'object' && item !== null) open.push(item);
      continue;
    }
    for (const item of Object.values(next)) {
      count += 1;
      if (typeof item === 'object' && item !== null) open.push(item);
    }
  }
  return count;
}
