import type { Envelope } from '../envelope.ts';
import { byLines } from './share.ts';

/** `[pod/orders-7d9f/nginx] …`; with `--timestamps` a time follows. */
const LINE =
  /^\[(?:pod\/)?([a-z0-9][a-z0-9.-]{0,252})\/([a-z0-9][a-z0-9-]{0,62})\] (?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) )?/;

/** What `kubectl logs --prefix` prints: pod and container in front of every line. Source: Kubernetes documentation, "kubectl logs". */
export const kubectl = {
  id: 'kubectl',
  title: 'lines of kubectl logs --prefix',
  around: 'lines',
  joins: false,
  recognize: byLines((line) => LINE.test(line), 'lines begin with [pod/…/container], as kubectl prints them'),
  unwrap(text) {
    const match = LINE.exec(text);
    return match === null ? undefined : { text: text.slice(match[0].length), outer: { host: match[1], program: match[2], time: match[3] } };
  },
} as const satisfies Envelope;
