import { durationText } from '../../lib/duration.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { missingCallers, missingTimes, rareness, readSignals, whatOf, type ReadSignal } from './signals/read-signals.ts';
import { countOf, plural, sizeOf } from './spoken.ts';

/** Pages in a row that make a harvest. */
const MIN_PAGES = 20;
/** A list whose entries are personal; below it a harvest is a note. */
const SENSITIVE = 2;
/** A walk that begins beyond this page goes on with something. */
const FIRST_PAGES = 1;

/** Programs of the estate make exports; an agent, a person or a stranger that does so for the first time took more than a task needs. */
const isUnusual = (signal: ReadSignal): boolean => signal.number('earlierWalksOfCaller') === 0 && signal.number('firstPage') <= FIRST_PAGES;

function toDraft(db: SqlDriver, signal: ReadSignal): FindingDraft {
  const { principal, endpoint } = signal;
  const walked = signal.number('pages');
  const others = signal.number('otherWalks');
  const hasSensitive = endpoint.sensitivity >= SENSITIVE;
  return {
    subject: `${principal.key} ${endpoint.key} ${String(signal.start)}`,
    title: `${principal.label} read ${plural(walked, 'page')} of ${endpoint.method} ${endpoint.template} one after the other in ${durationText(signal.number('seconds'))}, ${sizeOf(signal.number('bytes'))} in all`,
    severity: {
      base: 'low',
      steps: [
        ...(isUnusual(signal) && hasSensitive
          ? [{ by: 1, why: 'no program of the estate, never done before, and the list holds personal data' }]
          : []),
        ...(isUnusual(signal) && hasSensitive && endpoint.sensitivity >= 3 ? [{ by: 1, why: 'data of the most sensitive class' }] : []),
      ],
    },
    confidence: 'observed',
    score: Math.min(1, 0.3 + walked / 500),
    principals: [principal.id],
    ...whatOf(db, signal.calls),
    crossedAt: signal.calls[Math.min(signal.calls.length, MIN_PAGES) - 1],
    observed: {
      pages: walked,
      seconds: signal.number('seconds'),
      bytes: signal.number('bytes'),
      ...(signal.is('byCursor') ? { byCursor: true } : { firstPage: signal.number('firstPage'), lastPage: signal.number('lastPage') }),
    },
    expected: {
      earlierWalksOfCaller: signal.number('earlierWalksOfCaller'),
      othersMostPages: signal.number('othersMostPages'),
      otherWalks: others,
      rarityAmongWalks: rareness(signal.p),
    },
    benignTested: [
      {
        explanation: 'an export or synchronisation that belongs to the work of a program',
        result: `not supported: the principal is no service${signal.number('earlierWalksOfCaller') === 0 ? ' and never did it before' : ''}`,
      },
      {
        explanation: 'everybody leafs this far',
        result:
          others === 0
            ? 'not supported: nobody else walks through this list'
            : `${signal.number('othersMostPages') >= walked ? 'supported in part' : 'not supported'}: others come to ${countOf(signal.number('othersMostPages'))} pages`,
      },
    ],
    remediation: [
      `Limit how far one principal may leaf through ${endpoint.method} ${endpoint.template} in an hour.`,
      'Give programs that need all of it an export of their own, with a scope of its own.',
    ],
  };
}

/** Flags callers that walk through the pages of a list to its end. */
export const paginationHarvest: Detector = {
  id: 'pagination-harvest',
  version: 1,
  title: 'Walk through all pages',
  question: 'Did anyone read a list page by page to its end?',
  about: {
    catches: 'A list that is read page by page to its end, with the largest page size.',
    inputs: ['calls with page numbers, offsets or cursors'],
    falsePositives: ['an export by a button', 'accounts of data warehouses'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['signals'],
  reads: ['time', 'caller'],
  maps: {
    owaspApi: ['API6:2023'],
    owaspLlm: ['LLM02:2025'],
    owaspAgentic: ['ASI02'],
    attack: ['T1119', 'T1213'],
    atlas: ['AML.T0085.001'],
    cwe: ['CWE-770'],
  },
  settings: [
    { name: 'minPages', value: MIN_PAGES, why: 'people give up long before the twentieth page' },
    { name: 'pause', value: '10 min', why: 'a longer pause begins another walk' },
    { name: 'sensitive', value: 'S2', why: 'a public list may be read to its end; below this class it stays a note' },
    { name: 'firstPages', value: FIRST_PAGES, why: 'who begins further on goes on with something' },
  ],
  async run(db, breathe) {
    const reason = missingTimes(db) ?? missingCallers(db) ?? missingQueries(db);
    if (reason !== undefined) return { kind: 'not-evaluable', reason };
    const findings: FindingDraft[] = [];
    for (const signal of readSignals(db, 'pages')) {
      // A program of the estate that makes an export does its work.
      if (signal.principal.kind !== 'service') findings.push(toDraft(db, signal));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
};

/** Why pages cannot be told; undefined when queries are in the evidence. */
function missingQueries(db: SqlDriver): string | undefined {
  return db.prepare("SELECT 1 FROM call WHERE query IS NOT NULL AND query <> '' LIMIT 1").get() === undefined
    ? 'no call shows its query, so pages cannot be told'
    : undefined;
}
