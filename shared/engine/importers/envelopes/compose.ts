import type { Envelope } from '../envelope.ts';
import { byLines } from './share.ts';

/** `caddy-1  | {…}`, in colours on a terminal; with `--timestamps` a time in nanoseconds follows. */
const LINE = /^(?:\u001B\[[\d;]*m)*([A-Za-z0-9][\w.-]{0,127}) +\| ?(?:\u001B\[[\d;]*m)* ?(?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z) )?/;

/** What `docker compose logs` prints: the service's name in front of every line. Source: Docker documentation, "docker compose logs". */
export const compose = {
  id: 'compose',
  title: 'lines of docker compose',
  around: 'lines',
  joins: false,
  recognize: byLines((line) => LINE.test(line), 'lines begin with a service and |, as docker compose prints them'),
  unwrap(text) {
    const match = LINE.exec(text);
    return match === null ? undefined : { text: text.slice(match[0].length), outer: { program: match[1], time: match[2] } };
  },
} as const satisfies Envelope;
