import type { Envelope } from '../envelope.ts';
import { byLines } from './share.ts';

/** `2025-12-31T17:37:40.493035218+01:00 stdout F {…}`: time, stream, `P` for a piece and `F` for the last or only one. */
const LINE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([PF])(?::[A-Z])* ?(.*)$/s;

/** The prefix of Kubernetes container logs. Source: the CRI logging format of Kubernetes' node design documents. */
export const cri = {
  id: 'cri',
  title: 'Kubernetes container lines (CRI)',
  around: 'lines',
  joins: true,
  recognize: byLines((line) => LINE.test(line), 'lines begin with time, stream and P or F, as Kubernetes writes them'),
  unwrap(text) {
    const match = LINE.exec(text);
    if (match === null) return undefined;
    const [, time, stream = '', tag, rest = ''] = match;
    return { text: rest, outer: { time }, piece: { key: stream, last: tag === 'F' } };
  },
} as const satisfies Envelope;
