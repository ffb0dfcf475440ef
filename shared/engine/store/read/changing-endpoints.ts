import { changesThings } from '../../../model/endpoint-words.ts';
import type { SqlDriver } from '../driver.ts';

/** Row ids of the endpoints whose calls change something: JSON-RPC, GraphQL and gRPC send their reads as a POST, too. */
export const changingEndpoints = (db: SqlDriver): ReadonlySet<number> =>
  new Set(
    db
      .prepare('SELECT id, key FROM endpoint')
      .all<{ id: number; key: string }>()
      .flatMap(({ id, key }) => (changesThings(key) ? [id] : [])),
  );
