import { actions } from './sections/actions.ts';
import { contents, cover } from './sections/cover.ts';
import { dismissed } from './sections/dismissed.ts';
import { evidence } from './sections/evidence.ts';
import { findings } from './sections/findings.ts';
import { glossary } from './sections/glossary.ts';
import { inventory } from './sections/inventory.ts';
import { leastPrivilege } from './sections/least-privilege.ts';
import { limits } from './sections/limits.ts';
import { method } from './sections/method.ts';
import { rejected } from './sections/rejected.ts';
import { revocation } from './sections/revocation.ts';
import { scope } from './sections/scope.ts';
import type { Section } from './section.ts';
import { summary } from './sections/summary.ts';
import { timeline } from './sections/timeline.ts';

/** The parts of the report in the order of its pages. A new part is one file and one line here. */
export const reportSections: readonly Section[] = [
  cover,
  summary,
  contents,
  scope,
  evidence,
  method,
  findings,
  timeline,
  actions,
  leastPrivilege,
  revocation,
  limits,
  inventory,
  rejected,
  dismissed,
  glossary,
];
