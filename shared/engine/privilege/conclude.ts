import { privilegeTables } from '../store/migrations/0007-privilege.ts';
import type { Pass } from '../passes/pass.ts';
import { bulkInsert } from '../store/bulk-insert.ts';
import type { SqlDriver } from '../store/driver.ts';
import { isOpen } from '../store/read/findings/open-finding.ts';
import { assessPrincipal, type Assessment, type OperationCount } from './assess.ts';
import { readCaseFacts } from './case-facts.ts';
import { coverCache } from './reach.ts';
import { listSubjects } from './subjects.ts';

interface Done {
  readonly principal: number;
  readonly assessment: Assessment;
  readonly operations: readonly OperationCount[];
}

/** Learns the smallest policy of every agent and service and replays the log over it. Reads findings, so it comes after the detectors. */
export const leastPrivilege: Pass = {
  id: 'least-privilege',
  version: 2,
  title: 'Least privilege',
  needs: ['principals', 'endpoints', 'baseline'],
  fills: privilegeTables,
  inputs: dismissedIncidents,
  async run({ db, breathe, progress }) {
    const facts = readCaseFacts(db);
    const { subjects, left } = listSubjects(db, facts.incidents);
    const covers = coverCache();
    const done: Done[] = [];
    for (const [index, { id }] of subjects.entries()) {
      done.push({ principal: id, ...(await assessPrincipal(db, id, facts, covers, breathe)) });
      progress(index + 1, subjects.length);
    }
    db.transaction(() => {
      db.exec('DELETE FROM privilege_operation; DELETE FROM privilege');
      const rows = bulkInsert(db, 'privilege', ['principal_id', 'rank', 'data']);
      for (const [index, { principal, assessment }] of done.entries()) rows.add(principal, index + 1, JSON.stringify(assessment));
      rows.flush();
      const operations = bulkInsert(db, 'privilege_operation', [
        'principal_id', 'endpoint_id', 'permitted', 'training', 'legitimate', 'incident', 'other',
      ]); // prettier-ignore
      for (const { principal, operations: counted } of done)
        for (const { endpoint, permitted, calls } of counted)
          operations.add(principal, endpoint, permitted ? 1 : 0, calls.training, calls.legitimate, calls.incident, calls.other);
      operations.flush();
    });
    return methodSentence(done, left);
  },
};

/** The incidents that the analyst dismissed or suppressed: their calls are ordinary work again. */
function dismissedIncidents(db: SqlDriver): string {
  const rows = db
    .prepare(`SELECT fi.key FROM finding fi WHERE fi.family = 'incident' AND NOT ${isOpen(db, 'fi')} ORDER BY fi.key`)
    .all<{ key: string }>();
  return rows.map(({ key }) => key).join(' ');
}

function methodSentence(done: readonly Done[], left: number): string {
  const many = (count: number): string => count.toLocaleString('en-US');
  const held = done.filter(({ assessment }) => assessment.holdOut).length;
  return (
    `Smallest policies for ${many(done.length)} agents, services and principals of incidents, from answered calls outside incidents: ` +
    `${many(held)} learnt in the baseline window and tried on later calls, ${many(done.length - held)} with too few calls there, learnt from and tried on all of theirs. ` +
    `Principals told by network and User-Agent only have none${left === 0 ? '' : `, nor have ${many(left)} more principals with fewer calls`}.`
  );
}
