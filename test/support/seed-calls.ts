import { createIntake } from '#shared/engine/intake/intake.ts';
import type { PassContext } from '#shared/engine/passes/pass.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { createEncoder } from '#shared/engine/reading/encode.ts';
import { newReaderNames } from '#shared/engine/reading/reader-names.ts';
import { firstIndices } from '#shared/engine/store/migrations/0001-first.ts';
import { createRawWriter } from '#shared/engine/store/write.ts';
import type { Header, ImportedCall, ImportedOperation } from '#shared/model/call.ts';
import { epochMicros } from '#shared/model/units.ts';
import { fixedCrypto, testCodec } from './case.ts';

/** Key of the cases that these helpers fill. */
const testKey = new Uint8Array(32).fill(5);

/** A call from `00:01.5 GET api.test/orders/7?x=1 200` and whatever else it shall have. */
export function callOf(line: string, rest: Partial<ImportedCall> = {}): ImportedCall {
  const [clock = '', method = '', url = '', status = '200'] = line.trim().split(/\s+/);
  const [minutes = '0', seconds = '0'] = clock.split(':');
  const slash = url.indexOf('/');
  const [path = '', query] = url.slice(slash).split('?');
  return {
    time: epochMicros(1_790_812_800_000_000 + Math.round((Number(minutes) * 60 + Number(seconds)) * 1e6)),
    timeKind: 'start',
    zoneKnown: true,
    method,
    host: url.slice(0, slash) || undefined,
    path,
    query,
    status: Number(status),
    ...rest,
  };
}

/** An unsigned-looking but well-formed JWT with these claims. */
function jwtOf(claims: object, algorithm = 'RS256'): string {
  const part = (value: object): string => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${part({ alg: algorithm, typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJlLW9mLW5vYm9keS0xMjM0NTY3ODkw`;
}

/** `Authorization: Bearer …` with these claims. */
export const bearer = (claims: object): readonly Header[] => [['authorization', `Bearer ${jwtOf(claims)}`]];

/** Masks calls and writes them into the case as one source. */
export function seedCalls(db: SqlDriver, calls: readonly ImportedCall[], name = 'test.log'): void {
  const writer = createRawWriter(db);
  const encoder = createEncoder(createIntake(fixedCrypto, testKey), testCodec);
  db.transaction(() => {
    const sourceId = writer.beginSource({
      name,
      container: undefined,
      format: 'test',
      recognizedBy: 'content',
      evidence: 'made by a test',
    });
    for (const [index, call] of calls.entries()) encoder.add({ kind: 'call', record: index + 1, at: { start: index, length: 1 }, call });
    writer.addCalls(sourceId, encoder.take(), newReaderNames(), 0);
  });
  db.exec(firstIndices);
}

/** Writes an API description into the case. Operations are `GET /users/{id}` with whatever else they shall have. */
export function seedSpecification(
  db: SqlDriver,
  servers: readonly string[],
  operations: readonly (readonly [line: string, rest?: Partial<ImportedOperation>])[],
): void {
  const writer = createRawWriter(db);
  db.transaction(() => {
    const sourceId = writer.beginSource({
      name: `spec-${servers.join()}.yaml`,
      container: undefined,
      format: 'openapi',
      recognizedBy: 'content',
      evidence: 'made by a test',
    });
    writer.addInventory(sourceId, {
      kind: 'specification',
      specification: { title: 'Test', version: '1', dialect: 'openapi 3.0', servers },
    });
    for (const [index, [line, rest]] of operations.entries()) {
      const [method = '', path = ''] = line.split(' ');
      const plain = { deprecated: false, tags: [], security: [], secured: false, requestFields: [], responseFields: [] };
      const operation = { method, path, ...plain, ...rest };
      writer.addInventory(sourceId, { kind: 'operation', record: index + 1, at: { start: 0, length: 1 }, operation });
    }
    writer.flush();
  });
}

/** What a pass is handed, without pauses. */
export const passContext = (db: SqlDriver): PassContext => ({
  db,
  crypto: fixedCrypto,
  codec: testCodec,
  caseKey: testKey,
  signal: new AbortController().signal,
  progress: () => undefined,
  breathe: () => Promise.resolve(),
});
