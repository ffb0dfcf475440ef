import type { MachineLinkJson } from '../../../../contract/report-json.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';

interface Row {
  readonly principal: string;
  readonly label: string;
  readonly service: string | null;
  readonly credential: string | null;
  readonly calls: number;
  readonly failed: number;
  readonly first_seen: number | null;
  readonly last_seen: number | null;
}

/** Links that a report and a screen hold: a gateway of many keys makes one a key and host. */
const MAX_LINKS = 20_000;

/** Calls between programs, by caller, host and credential, the busiest first. */
export const listMachineLinks = (db: SqlDriver): readonly MachineLinkJson[] =>
  db
    .prepare(
      `SELECT p.key AS principal, p.label, t.value AS service, u.key AS credential, m.calls, m.failed, m.first_seen, m.last_seen
         FROM machine_link m JOIN principal p ON p.id = m.principal_id LEFT JOIN term t ON t.id = m.service_id
         LEFT JOIN credential_use u ON u.credential_id = m.credential_id
        ORDER BY m.calls DESC, p.key, t.value, u.key LIMIT ${String(MAX_LINKS)}`,
    )
    .all<Row>()
    .map(({ principal, label, service, credential, calls, failed, first_seen: first, last_seen: last }) => ({
      principal,
      label,
      ...(service === null ? {} : { service }),
      ...(credential === null ? {} : { credential }),
      calls,
      failed,
      ...(first === null ? {} : { firstSeen: printTime(epochMicros(first)) }),
      ...(last === null ? {} : { lastSeen: printTime(epochMicros(last)) }),
    }));
