import { toClause } from './edit.ts';

const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/?#\s]*@)?(\[[^\]\s]+\]|[^:/?#\s]+)(?::(\d{1,5}))?([^?#\s]*)(?:\?[^#\s]*)?(?:#\S*)?$/i;
const REQUEST_LINE = /^([A-Z]{3,10})\s+(\/[^?#\s]*)(?:\?\S*)?\s+HTTP\/[\d.]+$/;

/**
 * The query that a pasted piece of evidence stands for: an address becomes its host and path, the first line of a request its method
 * and path. `undefined` for anything else, which is a query as it is.
 * Example: `https://api.test/v1/orders/7?x=1` is `host:api.test and path:/v1/orders/7`.
 */
export function fromPasted(text: string): string | undefined {
  const pasted = text.trim();
  const [, host, port, path] = ADDRESS.exec(pasted) ?? [];
  if (host !== undefined) {
    const clauses = [
      toClause('host', host),
      ...(port === undefined ? [] : [toClause('port', Number(port))]),
      ...(path === undefined || path === '' ? [] : [toClause('path', path)]),
    ];
    return clauses.join(' and ');
  }
  const [, method, target] = REQUEST_LINE.exec(pasted) ?? [];
  return method === undefined || target === undefined ? undefined : `${toClause('method', method)} and ${toClause('path', target)}`;
}
