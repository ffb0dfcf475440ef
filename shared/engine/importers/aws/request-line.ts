import { parseRequestLine } from '../../../lib/request-line.ts';
import type { RequestLine } from '../../../lib/request-line.ts';

/** What load balancers write for a request that they could not read: `- http://host:80- `. */
const UNREADABLE = /^- (https?):\/\/([^\s/]+?):(\d{1,5})-\s*$/;

/** Reads a load balancer's request; of one that it could not read only the address is known. */
export function readRequestLine(request: string): RequestLine {
  const unreadable = UNREADABLE.exec(request);
  if (unreadable === null) return parseRequestLine(request);
  return { scheme: unreadable[1], host: unreadable[2], port: Number(unreadable[3]) };
}
