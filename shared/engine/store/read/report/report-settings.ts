import { reportSettings, signOff, type ReportSettings, type SignOff } from '../../../../contract/report-settings.ts';
import type { SqlDriver } from '../../driver.ts';
import { getMeta } from '../../meta.ts';

/** The value of a key, as a case that somebody else may have made holds it; undefined when it is not as we write it. */
function readMeta<T>(
  db: SqlDriver,
  key: string,
  schema: { safeParse: (value: unknown) => { readonly data?: T | undefined } },
): T | undefined {
  const text = getMeta(db, key);
  if (text === undefined || text === '') return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    // A case of another hand: what cannot be read was not said.
    return undefined;
  }
}

/** Where the case keeps them. */
export const REPORT_SETTINGS = 'report settings';
export const SIGN_OFF = 'report sign-off';

/** What the analyst chose for the printed report; nothing when nothing was. */
export const getReportSettings = (db: SqlDriver): ReportSettings =>
  readMeta(db, REPORT_SETTINGS, reportSettings) ?? { audience: '', omitted: [] };

/** Who signed, and what; undefined when nobody did. Whether it still holds is for the caller to see. */
export const getSignOff = (db: SqlDriver): SignOff | undefined => readMeta(db, SIGN_OFF, signOff);
