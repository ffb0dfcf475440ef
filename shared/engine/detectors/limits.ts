import type { Limit } from '../../model/limit.ts';
import { MAX_LOOKED_UP } from './bola-enumeration.ts';
import { MAX_READ } from './cors-misconfig.ts';
import { MAX_ERRORS } from './error-leak.ts';
import { MAX_RULE_EVIDENCE } from './rules/evidence.ts';
import { MAX_REQUESTS } from './mass-assignment.ts';
import { MAX_LOOKED_UP as MAX_REACH } from './credentials/sensitive-calls.ts';
import { MAX_USES as MAX_STRAY_USES } from './credentials/strays.ts';
import { MAX_NETWORKS, MAX_USES } from './credentials/switches.ts';
import { MAX_FOLLOWED } from './injection-then-action.ts';
import { MAX_ANSWERS } from './injection/texts-read.ts';
import { MAX_DETAILS as MAX_PAYLOADS } from './probes/payload-hits.ts';
import { MAX_BODIES as MAX_TARGETS } from './ssrf-pattern.ts';
import { MAX_REQUESTS as MAX_GRAPHQL } from './graphql-abuse.ts';
import { MAX_COMPARED } from './mcp-header-mismatch.ts';
import { MAX_UNDER } from './mcp-tool-poisoning.ts';
import { MAX_AFTER } from './mcp-tool-rugpull.ts';
import { MAX_LISTS } from './mcp/definitions.ts';
import { MAX_TOLD } from './mcp/model-lists.ts';
import { MAX_ARGUMENTS } from './mcp/passed-on.ts';
import { MAX_LOOKS, MAX_MATCHES } from './sigma/match.ts';
import { MAX_ORDERED } from './identity/header-orders.ts';
import { MAX_CALLS } from './flow/run-calls.ts';

/** Limits of detectors. */
export const detectorLimits: readonly Limit[] = [
  {
    area: 'Analysis',
    what: 'Calls that a finding of a rule names',
    value: MAX_RULE_EVIDENCE,
    unit: 'count',
    why: 'A rule that fits more is too wide to be evidence; the finding says how many there are',
    where: 'shared/engine/detectors/rules/evidence.ts',
    name: 'MAX_RULE_EVIDENCE',
  },
  {
    area: 'Analysis',
    what: 'Ids of a walk whose origin is looked up',
    value: MAX_LOOKED_UP,
    unit: 'count',
    why: 'The share is steady long before',
    where: 'shared/engine/detectors/bola-enumeration.ts',
    name: 'MAX_LOOKED_UP',
  },
  {
    area: 'Analysis',
    what: 'Calls to one outside host that are looked at',
    value: MAX_CALLS,
    unit: 'count',
    why: 'A host that gets more is part of the daily work',
    where: 'shared/engine/detectors/flow/run-calls.ts',
    name: 'MAX_CALLS',
  },
  {
    area: 'Analysis',
    what: 'Calls of one endpoint read for origins',
    value: MAX_READ,
    unit: 'count',
    why: 'A server answers origins in one way',
    where: 'shared/engine/detectors/cors-misconfig.ts',
    name: 'MAX_READ',
  },
  {
    area: 'Analysis',
    what: 'Error answers searched for internals',
    value: MAX_ERRORS,
    unit: 'count',
    why: 'A load test must not hold up the analysis',
    where: 'shared/engine/detectors/error-leak.ts',
    name: 'MAX_ERRORS',
  },
  {
    area: 'Analysis',
    what: 'Requests searched for privileged fields',
    value: MAX_REQUESTS,
    unit: 'count',
    why: 'A minute of reading at most',
    where: 'shared/engine/detectors/mass-assignment.ts',
    name: 'MAX_REQUESTS',
  },
  {
    area: 'Analysis',
    what: 'Uses of a credential that are compared for a change of place',
    value: MAX_USES,
    unit: 'count',
    why: 'The first twenty thousand show its places',
    where: 'shared/engine/detectors/credentials/switches.ts',
    name: 'MAX_USES',
  },
  {
    area: 'Analysis',
    what: 'Uses of a principal that are compared for a second place',
    value: MAX_STRAY_USES,
    unit: 'count',
    why: 'The first twenty thousand show where it is at home; the report says of how many there were more',
    where: 'shared/engine/detectors/credentials/strays.ts',
    name: 'MAX_USES',
  },
  {
    area: 'Analysis',
    what: 'Networks from which a credential is handed out by design',
    value: MAX_NETWORKS,
    unit: 'count',
    why: 'A key that so many use has no place that it could leave',
    where: 'shared/engine/detectors/credentials/switches.ts',
    name: 'MAX_NETWORKS',
  },
  {
    area: 'Analysis',
    what: 'Calls of a misused credential whose reach is looked up',
    value: MAX_REACH,
    unit: 'count',
    why: 'What the first thousands reached is what the rest reach',
    where: 'shared/engine/detectors/credentials/sensitive-calls.ts',
    name: 'MAX_LOOKED_UP',
  },
  {
    area: 'Analysis',
    what: 'Answers searched for orders to models',
    value: MAX_ANSWERS,
    unit: 'count',
    why: 'A minute of reading at most, those to agents first',
    where: 'shared/engine/detectors/injection/texts-read.ts',
    name: 'MAX_ANSWERS',
  },
  {
    area: 'Analysis',
    what: 'Hostile texts of which it is asked what was done after them',
    value: MAX_FOLLOWED,
    unit: 'count',
    why: 'Who floods a case has shown what it is',
    where: 'shared/engine/detectors/injection-then-action.ts',
    name: 'MAX_FOLLOWED',
  },
  {
    area: 'Analysis',
    what: 'Bodies of requests searched for commands, and as many calls without one for their headers',
    value: MAX_PAYLOADS,
    unit: 'count',
    why: 'A minute of reading at most',
    where: 'shared/engine/detectors/probes/payload-hits.ts',
    name: 'MAX_DETAILS',
  },
  {
    area: 'Analysis',
    what: 'Bodies of requests searched for inner addresses',
    value: MAX_TARGETS,
    unit: 'count',
    why: 'A minute of reading at most',
    where: 'shared/engine/detectors/ssrf-pattern.ts',
    name: 'MAX_BODIES',
  },
  {
    area: 'Analysis',
    what: 'GraphQL requests whose documents are read',
    value: MAX_GRAPHQL,
    unit: 'count',
    why: 'Seconds of reading',
    where: 'shared/engine/detectors/graphql-abuse.ts',
    name: 'MAX_REQUESTS',
  },
  {
    area: 'Analysis',
    what: 'Lists of tools that are read',
    value: MAX_LISTS,
    unit: 'count',
    why: 'Agents ask at the begin of each session, and most answers are alike',
    where: 'shared/engine/detectors/mcp/definitions.ts',
    name: 'MAX_LISTS',
  },
  {
    area: 'Analysis',
    what: 'Requests to models that are read for the tools they name',
    value: MAX_TOLD,
    unit: 'count',
    why: 'Seconds of reading, and most name what the one before did',
    where: 'shared/engine/detectors/mcp/model-lists.ts',
    name: 'MAX_TOLD',
  },
  {
    area: 'Analysis',
    what: 'Calls of tools outside whose arguments are read',
    value: MAX_ARGUMENTS,
    unit: 'count',
    why: 'Seconds of reading',
    where: 'shared/engine/detectors/mcp/passed-on.ts',
    name: 'MAX_ARGUMENTS',
  },
  {
    area: 'Analysis',
    what: 'MCP requests whose headers and bodies are compared',
    value: MAX_COMPARED,
    unit: 'count',
    why: 'Seconds of reading',
    where: 'shared/engine/detectors/mcp-header-mismatch.ts',
    name: 'MAX_COMPARED',
  },
  {
    area: 'Analysis',
    what: 'Calls under orders in tool descriptions that a finding names',
    value: MAX_UNDER,
    unit: 'count',
    why: 'The finding says how many there are',
    where: 'shared/engine/detectors/mcp-tool-poisoning.ts',
    name: 'MAX_UNDER',
  },
  {
    area: 'Analysis',
    what: 'Calls after a change of tools that a finding names',
    value: MAX_AFTER,
    unit: 'count',
    why: 'The finding says how many there are',
    where: 'shared/engine/detectors/mcp-tool-rugpull.ts',
    name: 'MAX_AFTER',
  },
  {
    area: 'Analysis',
    what: 'Calls after which a Sigma rule is stopped',
    value: MAX_MATCHES,
    unit: 'count',
    why: 'What fits more describes the traffic',
    where: 'shared/engine/detectors/sigma/match.ts',
    name: 'MAX_MATCHES',
  },
  {
    area: 'Analysis',
    what: 'Calls that all Sigma rules look at together',
    value: MAX_LOOKS,
    unit: 'count',
    why: 'A hundred rules on a million calls; the rules after it are not run',
    where: 'shared/engine/detectors/sigma/match.ts',
    name: 'MAX_LOOKS',
  },
  {
    area: 'Analysis',
    what: 'Captured requests of which the order of headers is read',
    value: MAX_ORDERED,
    unit: 'count',
    why: 'Seconds of reading',
    where: 'shared/engine/detectors/identity/header-orders.ts',
    name: 'MAX_ORDERED',
  },
];
