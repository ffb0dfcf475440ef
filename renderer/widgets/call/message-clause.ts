import { printPattern } from '#shared/query/print.ts';

type Side = 'request' | 'response';

const PREFIX: Readonly<Record<Side, string>> = { request: 'req', response: 'res' };
/** Names that the query language can write behind a dot. */
const WRITABLE = /^[\w.-]+$/;

/** `res.header.content-type:"text/html"`, or nothing for a name that the query language cannot write. */
export const headerClause = (side: Side, name: string, value: string): string | undefined =>
  WRITABLE.test(name) ? `${PREFIX[side]}.header.${name.toLowerCase()}:${printPattern([value], false)}` : undefined;

/** `req.body.user.id:42`; the same field of any item where the body holds arrays. */
export const bodyClause = (side: Side, path: string, value: string): string | undefined =>
  WRITABLE.test(path) && value !== '' ? `${PREFIX[side]}.body.${path}:${printPattern([value], false)}` : undefined;
