import { AppError } from '../../contract/errors.ts';
import type { Paper } from '../../model/cover.ts';
import type { ReportState } from '../../contract/report-settings.ts';
import { conclusions } from '../conclusions.ts';
import { detectors } from '../detectors/index.ts';
import { listIncidents } from '../incidents/list-incidents.ts';
import { rulesVersion } from '../jobs/analyze-job.ts';
import { passes } from '../passes/index.ts';
import { listLeastPrivilege } from '../privilege/read.ts';
import { labelSections } from '../report/html/document.ts';
import { reportSections } from '../report/index.ts';
import type { Printing } from '../report/printing.ts';
import type { ReportView } from '../report/section.ts';
import { jsonSha256 } from '../report/write-json.ts';
import { bumpReview, setMeta } from '../store/meta.ts';
import { GENESIS, lastEntry } from '../store/audit/entry.ts';
import { listReviewLog } from '../store/read/review/review-log.ts';
import { getReportSettings, getSignOff, REPORT_SETTINGS, SIGN_OFF } from '../store/read/report/report-settings.ts';
import { readKnownAs } from '../store/read/revocation/known-as.ts';
import { createReportView } from '../store/read/report/report-view.ts';
import type { EngineContext, Some } from './context.ts';

/** The open case as the report sees it, every name in it. */
export const wholeView = ({ db, ports }: Pick<EngineContext, 'db' | 'ports'>): ReportView =>
  createReportView(db, {
    version: ports.version,
    rules: ports.crypto.sha256Hex(rulesVersion()).slice(0, 12),
    detectors,
    incidents: listIncidents,
    passes: [...passes, ...conclusions],
    leastPrivilege: listLeastPrivilege(db),
    knownAs: (record) => readKnownAs(db, ports.codec, record),
  });

/** What holds for one file that is written, and not for the case. */
interface OfThisFile {
  readonly paper: Paper | undefined;
  readonly recheck: Printing['recheck'] | undefined;
}

/**
 * How the report of the open case is printed; a sign-off counts only while the case gives the `report.json` that was signed.
 * Cost: writing `report.json` to a hash, where somebody signed.
 */
export function printingOf(
  { db, ports }: EngineContext,
  profile: Printing['profile'],
  whole: ReportView,
  { paper, recheck }: OfThisFile,
): Printing {
  const signed = getSignOff(db);
  const plain = {
    profile,
    settings: { ...getReportSettings(db), ...(paper === undefined ? {} : { paper }) },
    log: [],
    ...(recheck === undefined ? {} : { recheck }),
  };
  if (signed === undefined) return plain;
  const holds = signed.reportSha256 === jsonSha256(whole, ports.crypto);
  return holds ? { ...plain, signOff: signed, log: listReviewLog(db) } : plain;
}

function stateOf(context: EngineContext): ReportState {
  const { db, ports } = context;
  const signed = getSignOff(db);
  const state = {
    settings: getReportSettings(db),
    sections: labelSections(reportSections).map(({ section: { id, title }, label }) => ({ id, label, title })),
  };
  if (signed === undefined) return { ...state, signatureHolds: false };
  return { ...state, signOff: signed, signatureHolds: signed.reportSha256 === jsonSha256(wholeView({ db, ports }), ports.crypto) };
}

/** What the analyst says about the printed report: its cover, its parts, and that they stand by it. */
export function reportHandlers(context: EngineContext): Some<'report.state' | 'report.set' | 'report.sign' | 'report.unsign'> {
  const { db, ports, alone, onReview } = context;
  const changed = (): { readonly changed: true } => {
    onReview(bumpReview(db));
    return { changed: true };
  };
  return {
    'report.state': () => stateOf(context),
    'report.set': ({ settings }) =>
      alone(() => {
        const known = new Set(reportSections.map(({ id }) => id));
        const stranger = settings.omitted.find((id) => !known.has(id));
        if (stranger !== undefined) throw new AppError('bad-params', `the report has no section ${stranger}`);
        setMeta(db, REPORT_SETTINGS, JSON.stringify(settings));
        return changed();
      }),
    'report.sign': ({ name, role }) =>
      alone(() => {
        const reportSha256 = jsonSha256(wholeView(context), ports.crypto);
        const chainHead = lastEntry(db)?.hash ?? GENESIS;
        setMeta(db, SIGN_OFF, JSON.stringify({ name, role, time: ports.now(), reportSha256, chainHead }));
        return changed();
      }),
    'report.unsign': () =>
      alone(() => {
        setMeta(db, SIGN_OFF, '');
        return changed();
      }),
  };
}
