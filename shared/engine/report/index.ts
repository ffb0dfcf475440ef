import { actions } from './sections/actions.ts';
import { audit } from './sections/audit.ts';
import { contents, cover } from './sections/cover.ts';
import { dismissed } from './sections/dismissed.ts';
import { evidence } from './sections/evidence.ts';
import { figures } from './sections/figures.ts';
import { files } from './sections/files.ts';
import { findings } from './sections/findings.ts';
import { glossary } from './sections/glossary.ts';
import { inventory } from './sections/inventory.ts';
import { limits } from './sections/limits.ts';
import { method } from './sections/method.ts';
import { notification } from './sections/notification.ts';
import { rejected } from './sections/rejected.ts';
import { remarks } from './sections/remarks.ts';
import { risks } from './sections/risks.ts';
import { rules } from './sections/rules.ts';
import { scope } from './sections/scope.ts';
import type { Section } from './section.ts';
import { summary } from './sections/summary.ts';
import { timeline } from './sections/timeline.ts';
import { worksWith } from './sections/works-with.ts';

/** The parts of the report in the order of its pages. A new part is one file and one line here. */
export const reportSections: readonly Section[] = [
  cover,
  contents,
  summary,
  scope,
  evidence,
  method,
  findings,
  timeline,
  actions,
  limits,
  inventory,
  files,
  rejected,
  dismissed,
  remarks,
  audit,
  glossary,
  risks,
  notification,
  figures,
  worksWith,
  rules,
];
