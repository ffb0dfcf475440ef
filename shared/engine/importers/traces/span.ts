import { guessEpochTime } from '../../../lib/iso-time.ts';
import type { Json } from '../../../lib/json.ts';
import type { DurationMs, EpochMicros } from '../../../model/units.ts';
import { durationMs } from '../../../model/units.ts';

/** Which end of a call a span stands for. `none`: the source does not say. */
export type SpanSide = 'server' | 'client' | 'internal' | 'producer' | 'consumer' | 'none';

/** A span of any tracing system, with the names of OpenTelemetry: nothing interpreted yet. */
export interface Span {
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly parentSpanId: string | undefined;
  readonly name: string | undefined;
  readonly side: SpanSide;
  readonly time: EpochMicros | undefined;
  readonly timeText: string | undefined;
  readonly duration: DurationMs | undefined;
  /** Attributes or tags, as plain values. */
  readonly attributes: ReadonlyMap<string, Json>;
  /** What the span says about its outcome, for the extras. */
  readonly outcome: string | undefined;
  /** Who sent the span. */
  readonly service: string | undefined;
  /** Which release of that service it was, where the source says so. */
  readonly version?: string | undefined;
  /** The network address of who sent it, where the source says so. */
  readonly address?: string | undefined;
}

const HEX = /^[0-9a-f]+$/i;
const BASE64 = /^[A-Za-z0-9+/_-]+={1,2}$/;
const ZEROS = /^0*$/;

/**
 * A trace or span id in lower-case hex. Protobuf's own JSON (Tempo) writes base64 instead; Jaeger leaves leading zeros out.
 * Shape: `bytes` is 16 for traces and 8 for spans; an id of nothing but zeros is absent.
 */
export function toSpanId(value: unknown, bytes: 8 | 16): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  let hex = value;
  // 16 bytes are 24 letters of base64, 8 bytes are 12; both lengths end in padding, which hex never does.
  if (value.length === (bytes === 16 ? 24 : 12) && BASE64.test(value)) hex = hexOfBase64(value);
  if (!HEX.test(hex)) return value.slice(0, 128);
  if (ZEROS.test(hex)) return undefined;
  return hex.toLowerCase().padStart(hex.length <= 16 ? 16 : 32, '0');
}

function hexOfBase64(text: string): string {
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  let hex = '';
  for (let at = 0; at < bytes.length; at += 1) hex += bytes.charCodeAt(at).toString(16).padStart(2, '0');
  return hex;
}

const NANOS_A_MICRO = 1000n;

/** Nanoseconds since 1970 from a text of digits; the double of a number is not exact. */
export const toNanos = (text: string | undefined): bigint | undefined =>
  text !== undefined && /^\d{1,19}$/.test(text) ? BigInt(text) : undefined;

/** Epoch microseconds of nanoseconds; `undefined` for zero, which stands for "not set", and outside 1973–2254. */
export const timeOfNanos = (nanos: bigint | undefined): EpochMicros | undefined =>
  nanos === undefined ? undefined : timeOfMicros(Number(nanos / NANOS_A_MICRO));

/** The time when the number is one of microseconds; `undefined` before 1973, where it would rather be of another unit. */
export function timeOfMicros(micros: number | undefined): EpochMicros | undefined {
  const guess = micros === undefined ? undefined : guessEpochTime(micros);
  return guess?.unit === 'µs' ? guess.time : undefined;
}

/** Milliseconds between two times in ns; `undefined` when the span never ended or ends before it starts. */
export function durationOfNanos(start: bigint | undefined, end: bigint | undefined): DurationMs | undefined {
  if (start === undefined || end === undefined || end === 0n || end < start) return undefined;
  return durationMs(Number(end - start) / 1_000_000);
}

/** `SPAN_KIND_SERVER`, `server`, `SERVER` and 2 are the same. Source: opentelemetry-proto, `Span.SpanKind`. */
export function toSpanSide(value: unknown): SpanSide {
  if (typeof value === 'number') return BY_NUMBER[value] ?? 'none';
  if (typeof value !== 'string') return 'none';
  const name = value.toLowerCase().replace('span_kind_', '');
  return BY_NUMBER.find((side) => side === name) ?? BY_NUMBER[/^\d$/.test(name) ? Number(name) : 0] ?? 'none';
}

const BY_NUMBER: readonly SpanSide[] = ['none', 'internal', 'server', 'client', 'producer', 'consumer'];
