import type { Envelope } from '../envelope.ts';
import { byLines } from './share.ts';

/** Lists of objects, one in each record of another layer: an export that a program printed into a container's log. */
export const lineList = {
  id: 'line-list',
  title: 'JSON lists, one a line',
  around: 'json',
  joins: false,
  list: [],
  recognize: byLines((line) => /^\s*\[\s*\{/.test(line), 'records are lists of objects'),
  unwrap: () => undefined,
} as const satisfies Envelope;
