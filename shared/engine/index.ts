import type { EngineHandlers } from '../contract/table.ts';
import { baselineHandlers } from './handlers/baselines.ts';
import { boardHandlers } from './handlers/board.ts';
import { withAudit } from './handlers/audited.ts';
import { caseHandlers } from './handlers/cases.ts';
import { custodyHandlers } from './handlers/custody.ts';
import { callHandlers } from './handlers/calls.ts';
import { chainHandlers } from './handlers/chains.ts';
import { exportHandlers } from './handlers/exports.ts';
import { reportHandlers } from './handlers/report.ts';
import { findingHandlers } from './handlers/findings.ts';
import { credentialHandlers } from './handlers/credentials.ts';
import { graphHandlers } from './handlers/graph.ts';
import { huntingHandlers } from './handlers/hunting.ts';
import { identityHandlers } from './handlers/identities.ts';
import { inventoryHandlers } from './handlers/inventory.ts';
import { inspectHandlers } from './handlers/inspect.ts';
import { messageHandlers } from './handlers/messages.ts';
import { privilegeHandlers } from './handlers/privilege.ts';
import { reviewHandlers } from './handlers/review.ts';
import { revocationHandlers } from './handlers/revocation.ts';
import { sideHandlers } from './handlers/sides.ts';
import { sourceHandlers } from './handlers/sources.ts';
import { templateHandlers } from './handlers/templates.ts';
import type { EngineContext } from './handlers/context.ts';
import { keptAnswers } from './handlers/kept-answers.ts';
import { withSafeNames } from './intake/safe-names.ts';
import { oneAtATime } from './jobs/one-at-a-time.ts';
import type { EnginePorts } from './ports.ts';
import { callSearch } from './store/columns/call-search.ts';
import type { SqlDriver } from './store/driver.ts';
import { defineQueryFunctions } from './store/query-functions.ts';

/** All handlers over one open case. `onRevision` hears of each change that a screen should notice, `onReview` of the analyst's own. */
export function createEngine(
  db: SqlDriver,
  given: EnginePorts,
  onRevision: (revision: number) => void,
  onReview: (revision: number) => void = () => undefined,
): EngineHandlers {
  const ports = { ...given, evidence: withSafeNames(given.evidence, given.crypto) };
  defineQueryFunctions(db, ports.codec);
  const context: EngineContext = {
    db,
    ports,
    search: callSearch(db, ports),
    answers: keptAnswers(db),
    onRevision,
    onReview,
    alone: oneAtATime(),
  };
  const handlers = {
    ...caseHandlers(context),
    ...boardHandlers(context),
    ...sourceHandlers(context),
    ...inspectHandlers(context),
    ...callHandlers(context),
    ...messageHandlers(context),
    ...chainHandlers(context),
    ...graphHandlers(context),
    ...sideHandlers(context),
    ...findingHandlers(context),
    ...credentialHandlers(context),
    ...inventoryHandlers(context),
    ...privilegeHandlers(context),
    ...templateHandlers(context),
    ...identityHandlers(context),
    ...huntingHandlers(context),
    ...reviewHandlers(context),
    ...revocationHandlers(context),
    ...exportHandlers(context),
    ...reportHandlers(context),
    ...baselineHandlers(context),
    ...custodyHandlers(context),
  };
  return withAudit(handlers, context);
}
