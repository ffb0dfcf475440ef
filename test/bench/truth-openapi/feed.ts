import { endpointsPass } from '#shared/engine/passes/endpoints.ts';
import { principalsPass } from '#shared/engine/passes/principals.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';
import { passContext } from '#test/support/seed-calls.ts';

import type { TruthRequest } from './requests.ts';

/** When the log begins, and the distance of its lines. Units: ms. */
const START = Date.UTC(2026, 9, 1);
const GAP = 40;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** One line of Apache's `vhost_combined`. */
export function toLogLine({ host, method, path, status }: Omit<TruthRequest, 'template'>, index: number): string {
  const time = new Date(START + index * GAP);
  const stamp = `${two(time.getUTCDate())}/${MONTHS[time.getUTCMonth()] ?? ''}/${String(time.getUTCFullYear())}:${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} +0000`;
  return `${host}:443 198.51.100.${String(1 + (index % 200))} - - [${stamp}] "${method} ${path} HTTP/1.1" ${String(status)} 512 "-" "client/1.0"`;
}

/** What the product made of requests: for each its template with unnamed parameters, `undefined` for one that it lost. */
export async function templatesOfProduct(requests: readonly TruthRequest[]): Promise<readonly (string | undefined)[]> {
  const db = memoryCase();
  await importText(db, 'access.log', requests.map(toLogLine).join('\n'));
  await principalsPass.run(passContext(db));
  await endpointsPass.run(passContext(db));
  const found = new Array<string | undefined>(requests.length);
  const rows = db
    .prepare(
      'SELECT c.record, e.method, e.template FROM call c JOIN call_fact f ON f.call_id = c.id JOIN endpoint e ON e.id = f.endpoint_id',
    )
    .all<{ record: number; method: string; template: string }>();
  for (const { record, method, template } of rows) found[record - 1] = `${method} ${unnamed(template)}`;
  db.close();
  return found;
}

/** `/users/{userId}/orders/{orderId2}` → `/users/{}/orders/{}`; braces of the evidence come back as such. */
export const unnamed = (template: string): string =>
  template
    .replaceAll(/\{[^}]*\}/g, '{}')
    .replaceAll('%7B', '{')
    .replaceAll('%7D', '}');
