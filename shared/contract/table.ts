import { z } from 'zod';
import type { Limit } from '../model/limit.ts';
import { KNOWLEDGE_KINDS, MAX_KNOWLEDGE } from '../model/knowledge/kinds.ts';
import type { CaseBoard } from './board.ts';
import { callMethods } from './call-methods.ts';
import { chainMethods } from './chain-methods.ts';
import { taskbarProgress } from './taskbar.ts';
import type { CaseOutcome } from './triage.ts';
import type { Outcome } from '../model/outcome.ts';
import { MAX_PASSPHRASE } from '../model/passphrase.ts';
import type { CaseCheck } from './custody.ts';
import type { CredentialDossier, CredentialOverview } from './credentials.ts';
import type { PrincipalList } from './identities.ts';
import type { ExportFormatRow } from './export-format.ts';
import { graphMethods } from './graph-methods.ts';
import type { FormatRow, InspectedSource, KnowledgeCheck } from './inspection.ts';
import { evidenceMethods } from './evidence-methods.ts';
import { raisedLimits, sourceChoices, type HostReview } from './intake-review.ts';
import type { Comparison, InventoryState, WeekOfGrowth } from './compare.ts';
import type { EndpointDetail, Inventory, SpecCoverage } from './inventory.ts';
import { MAX_PAGE, nothing, page, query, ref } from './method-words.ts';
import { method, type Client, type Handlers } from './methods.ts';
import { PROFILES } from './profile.ts';
import { ofOneReport, reportSettings, type ReportState } from './report-settings.ts';
import { MAX_COVER_TEXT } from '../model/cover.ts';
import type { PrivilegeDetail, PrivilegeRow, ReplayCalls } from './privilege.ts';
import { readChoice } from './read-choice.ts';
import type { RevocationDetail, RevocationPlan } from './revocation.ts';
import { analysisChoice, baselineMethods } from './baseline-methods.ts';
import { huntingMethods } from './hunting-methods.ts';
import { reviewMethods } from './review-methods.ts';
import type { ImportSummary, CredentialJson, EndpointJson, FindingJson, KpisJson, MachineLinkJson, PrincipalJson } from './report-json.ts';
import type {
  Activity,
  CallDetail,
  CallPage,
  CaseInfo,
  Coverage,
  Facet,
  FieldValue,
  FindingDetail,
  IssueCount,
  IssueRow,
  KnowledgeRow,
  Overview,
  Page,
  SourceRow,
} from './rows.ts';

/** What an analysis came to. `baseline`: which window tells what is usual, and why, in one sentence. */
export interface AnalysisResult {
  readonly findings: number;
  readonly chains: number;
  readonly ran: readonly string[];
  readonly baseline: string;
  /** What a second look came to, or why there is none; left out where none was asked for. */
  readonly secondLook?: string;
  /** What became of the case's lists of principals, a sentence each. */
  readonly lists: readonly string[];
}

/** Whether a new one is long enough is said where its key is made. */
const passphrase = z.string().min(1).max(MAX_PASSPHRASE);
const severity = z.enum(['reject', 'skip', 'warning']);
/** Which issues are meant; those of withdrawn sources only when such a source is named. */
const issueFilter = { source: ref.optional(), severity: severity.optional(), code: z.string().max(100).optional() };
const knowledgeKind = z.enum(KNOWLEDGE_KINDS);
const knowledgeText = z.string().max(MAX_KNOWLEDGE);
/** From the first moment to just before the second. Units: epoch µs. */
const timeWindow = z
  .object({ from: z.number().int().min(0), to: z.number().int().min(0) })
  .strict()
  .refine(({ from, to }) => from < to, 'a window ends after it begins');
const sorting = z
  .object({ field: z.enum(['time', 'status', 'durationMs', 'resBytes', 'reqBytes', 'method', 'host', 'path']), descending: z.boolean() })
  .strict();

/** Every question and order that the engine takes. One row here and one handler add a method. */
export const engineMethods = {
  'case.info': method<CaseInfo>()('read', nothing),
  'case.overview': method<Overview>()('read', nothing),
  /** What a board asks: its questions with numbers, the outcome, and how far the work is. */
  'case.board': method<CaseBoard>()('read', nothing),
  /** What the analyst says that the incident came to; empty when nothing. */
  'case.outcome': method<Partial<CaseOutcome>>()('read', nothing),
  /** Looks at every page of the file and at every hash of the audit log. `anchor`: a head of the log that was kept elsewhere. */
  'case.verify': method<CaseCheck>()(
    'read',
    z
      .object({
        anchor: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
      })
      .strict(),
  ),
  'case.rename': method<CaseInfo>()('write', z.object({ title: z.string().max(200) }).strict()),
  ...evidenceMethods,
  'case.analyze': method<AnalysisResult>()('job', analysisChoice),
  ...baselineMethods,
  'sources.list': method<readonly SourceRow[]>()('read', nothing),
  /** Takes what a source brought out of the case and keeps its row, ledger and hash; the analysis is out of date then. */
  'sources.withdraw': method<{ readonly withdrawn: readonly string[]; readonly calls: number }>()(
    'job',
    z.object({ sources: z.array(ref).min(1) }).strict(),
  ),
  /** When each source has calls, on one axis for all: a gap of one source is seen beside the others. */
  'sources.coverage': method<Coverage>()('read', z.object({ bins: z.number().int().min(1).max(2000) }).strict()),
  'issues.page': method<Page<IssueRow>>()('read', z.object({ ...page, ...issueFilter }).strict()),
  /** How often each reason stands, by source. */
  'issues.codes': method<readonly IssueCount[]>()('read', z.object({ source: ref.optional() }).strict()),
  /** Knowledge that is not evidence: later imports read with it, or the analysis compares with it. */
  'knowledge.list': method<readonly KnowledgeRow[]>()('read', nothing),
  /** Adds what a file says, or replaces what stands under the same name; what the analysis uses makes its results out of date. */
  'knowledge.add': method<readonly KnowledgeRow[]>()(
    'write',
    z.object({ kind: knowledgeKind, name: z.string().min(1).max(200), text: knowledgeText }).strict(),
  ),
  /** Says whether a text can be added, without adding it. */
  'knowledge.check': method<KnowledgeCheck>()(
    'read',
    z.object({ kind: knowledgeKind, name: z.string().max(200).optional(), text: knowledgeText }).strict(),
  ),
  /** Every format that a source can be told to be of. */
  'formats.list': method<readonly FormatRow[]>()('read', nothing),
  'knowledge.remove': method<{ readonly removed: boolean }>()(
    'write',
    z.object({ kind: knowledgeKind, name: z.string().min(1).max(200) }).strict(),
  ),
  /** The first rows do not wait for the count: it is in the answer when it is known, and `calls.count` gives it in any case. */
  'calls.page': method<CallPage>()('read', z.object({ ...page, query, sort: sorting.optional() }).strict()),
  /** How many calls fit. */
  'calls.count': method<{ readonly total: number }>()('read', z.object({ query }).strict()),
  /** Where a call stands in a sorted query, from 0; left out when the query does not hold it. */
  'calls.position': method<{ readonly index?: number }>()('read', z.object({ ref, query, sort: sorting.optional() }).strict()),
  /** The next call of a sorted query that fits a further condition, after `ref` or before it; left out when there is none. */
  'calls.step': method<{ readonly ref?: string; readonly index?: number }>()(
    'read',
    z.object({ ref: ref.optional(), query, sort: sorting.optional(), clause: query, by: z.union([z.literal(1), z.literal(-1)]) }).strict(),
  ),
  'calls.activity': method<Activity>()('read', z.object({ query, bins: z.number().int().min(1).max(2000) }).strict()),
  'calls.values': method<readonly FieldValue[]>()(
    'read',
    z.object({ field: z.string(), query, startsWith: z.string().max(200), count: z.number().int().min(1).max(200) }).strict(),
  ),
  /**
   * Counts the values of some fields among the calls that fit, beside their counts in the whole case: of each field the `top` values
   * of the case and the `top` of those that fit, so at most twice as many. `within`: of one field only values that contain a text.
   * A screen may ask for every field at once.
   */
  'calls.facets': method<readonly Facet[]>()(
    'read',
    z
      .object({
        query,
        fields: z.array(z.string().max(100)).min(1).max(32),
        top: z.number().int().min(1).max(50),
        within: z
          .object({ field: z.string().max(100), contains: z.string().max(200) })
          .strict()
          .optional(),
      })
      .strict(),
  ),
  ...callMethods,
  'calls.get': method<CallDetail>()('read', z.object({ ref }).strict()),
  ...chainMethods,
  ...graphMethods,
  ...huntingMethods,
  'findings.list': method<readonly FindingJson[]>()('read', nothing),
  'findings.get': method<FindingDetail>()('read', z.object({ id: z.string() }).strict()),
  'principals.list': method<readonly PrincipalJson[]>()('read', nothing),
  /** Principals as Identities lists them; `words` narrows, `principal` is in the answer whatever its place. */
  'identities.principals': method<PrincipalList>()('read', z.object({ words: z.string().max(500), principal: ref.optional() }).strict()),
  'identities.kpis': method<KpisJson>()('read', nothing),
  /** Who calls which service with which credential, programs only, the busiest first. */
  'identities.links': method<readonly MachineLinkJson[]>()('read', nothing),
  'credentials.list': method<readonly CredentialJson[]>()('read', nothing),
  'credentials.overview': method<CredentialOverview>()('read', nothing),
  'credentials.get': method<CredentialDossier>()('read', z.object({ id: ref }).strict()),
  'endpoints.list': method<readonly EndpointJson[]>()('read', nothing),
  /** Endpoints as the Inventory lists them; `words` narrows a list that is too large to be sent whole. */
  'endpoints.inventory': method<Inventory>()('read', z.object({ words: z.string().max(200) }).strict()),
  'endpoints.get': method<EndpointDetail>()('read', z.object({ id: ref }).strict()),
  /** What was called of every API description. */
  'endpoints.coverage': method<readonly SpecCoverage[]>()('read', nothing),
  /** Agents, services and callers of incidents, each with how much of its power it used and what its smallest policy would have done. */
  'privilege.list': method<readonly PrivilegeRow[]>()('read', nothing),
  'privilege.get': method<PrivilegeDetail>()('read', z.object({ principal: ref }).strict()),
  /** The calls behind a number of the control table, in order of time: those that the control would have blocked, or all that it was tried on. */
  'privilege.calls': method<ReplayCalls>()(
    'read',
    z
      .object({
        principal: ref,
        control: z.string().max(100),
        side: z.enum(['incident', 'legitimate']),
        verdict: z.enum(['block', 'unknown', 'all']),
        count: z.number().int().min(1).max(MAX_PAGE),
      })
      .strict(),
  ),
  /** Which credentials to revoke, in which order, and why. */
  'revocation.plan': method<RevocationPlan>()('read', nothing),
  'revocation.get': method<RevocationDetail>()('read', z.object({ credential: z.string().min(1).max(100) }).strict()),
  /** Endpoints, callers and agents by week, and which of them are new in it. */
  'inventory.growth': method<readonly WeekOfGrowth[]>()('read', nothing),
  /** What changed between two windows of the case. */
  'inventory.compare': method<Comparison>()('read', z.object({ before: timeWindow, after: timeWindow }).strict()),
  /** All that a comparison with another case takes of this one. */
  'inventory.state': method<InventoryState>()('read', nothing, 'host'),
  ...reviewMethods,
  /** What was chosen for the printed report, its parts, and who signed. */
  'report.state': method<ReportState>()('read', nothing),
  'report.set': method<{ readonly changed: true }>()('write', z.object({ settings: reportSettings }).strict()),
  /** Signs the report of the case as it is now; takes the place of an earlier sign-off. */
  'report.sign': method<{ readonly changed: true }>()(
    'write',
    z.object({ name: z.string().min(1).max(MAX_COVER_TEXT), role: z.string().max(MAX_COVER_TEXT) }).strict(),
  ),
  'report.unsign': method<{ readonly changed: true }>()('write', nothing),
  /** The exports that there are, in the order of the Report screen; a PDF is printed by the host. */
  'report.formats': method<readonly ExportFormatRow[]>()('read', nothing),
  /** Writes an export. `query` narrows down the calls of those that list calls. Errors: `leak` when it would hold what may not leave the case. */
  'report.write': method<{ readonly bytes: number; readonly sha256: string }>()(
    'export',
    z
      .object({
        format: z.string(),
        path: z.string(),
        query: query.optional(),
        profile: z.enum(PROFILES).optional(),
        /** Several files become a zip whatever `path` ends in; else they do when it ends in `.zip`. */
        zipped: z.boolean().optional(),
        ...ofOneReport,
      })
      .strict(),
    'host',
  ),
  /** Searches the text layer of a printed report, page by page, and what stands beside its pages, as exports are searched. Errors: `leak`. */
  'report.check': method<{ readonly checked: true }>()(
    'export',
    z.object({ pages: z.array(z.string()), around: z.array(z.string()), profile: z.enum(PROFILES).optional() }).strict(),
    'host',
  ),
  'query.write': method<{ readonly rows: number }>()(
    'export',
    z.object({ query, format: z.enum(['ndjson', 'csv', 'har']), path: z.string(), limit: z.number().int().min(1).optional() }).strict(),
    'host',
  ),
  /** Writes a consistent copy of the case to a place where nothing is yet. */
  'case.copy': method<{ readonly copied: true }>()('export', z.object({ path: z.string() }).strict(), 'host'),
  /** Records that were not used, one JSON object a line. */
  'issues.write': method<{ readonly rows: number }>()('export', z.object({ ...issueFilter, path: z.string() }).strict(), 'host'),
};

/** A file that the analyst picked or dropped: the page holds the name and a token, never a path. */
export interface FileRef {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
}

export interface RecentCase {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly bytes: number;
  readonly modified: string;
  /** Why the case can only be read: another Spoor has it open, nothing can be written where it lies, or it is a redacted copy. Absent when it can be written. */
  readonly readOnly?: 'in-use' | 'read-only' | 'shared';
  /** It opens with its passphrase only; its title is known only while it is open. */
  readonly encrypted?: true;
  /** What its analyst said that the incident came to, as this machine last saw it. */
  readonly outcome?: Outcome;
}

export interface HostInfo {
  readonly shell: 'electron' | 'browser';
  readonly version: string;
  /** Why this is not Electron; absent in Electron. */
  readonly why?: string;
  readonly pdf: boolean;
  readonly platform: string;
}

/** What an export left: a file saved on disk, or a token to download it with. */
export type Exported =
  | { readonly kind: 'saved'; readonly name: string; readonly bytes: number; readonly sha256: string }
  | { readonly kind: 'download'; readonly name: string; readonly url: string; readonly bytes: number; readonly sha256: string }
  | { readonly kind: 'cancelled' };

/** What an import that a window asked for became. */
export interface Imported {
  readonly case: RecentCase;
  readonly summary: ImportSummary;
}

/** What the host does that is not analysis: cases on disk, files, windows. Same machinery, answered by the supervisor. */
export const hostMethods = {
  'host.info': method<HostInfo>()('host', nothing),
  /** Shows how far background work is beside the app's icon; where there is no taskbar of our own, nothing happens. */
  'host.showProgress': method<null>()('host', taskbarProgress),
  /** Every limit of the engine and its host, as they are enforced. */
  'host.limits': method<readonly Limit[]>()('host', nothing),
  'host.cases': method<readonly RecentCase[]>()('host', nothing),
  /** Which case this window has open, if any, and the file of one that was named outside of it and waits for its passphrase. */
  'host.current': method<{ readonly case?: RecentCase; readonly waiting?: string }>()('host', nothing),
  'host.newCase': method<RecentCase>()('host', z.object({ title: z.string().max(200), passphrase: passphrase.optional() }).strict()),
  /** Opens a case; one that another Spoor has open or that lies on read-only media opens for reading only. An encrypted one: else `passphrase-needed`. */
  'host.openCase': method<RecentCase>()('host', z.object({ id: z.string(), passphrase: passphrase.optional() }).strict()),
  /** Opens the case that waits for its passphrase. */
  'host.openWaiting': method<RecentCase>()('host', z.object({ passphrase }).strict()),
  /** Keeps the key of another case for comparisons, until the open case is closed. Whether it is the right one shows there. */
  'host.unlock': method<{ readonly unlocked: string }>()('host', z.object({ id: z.string(), passphrase }).strict()),
  /** Encrypts the open case, gives it another passphrase or none, and opens it again. `passphrase`: the one that it has. */
  'host.setPassphrase': method<RecentCase>()(
    'host',
    z.object({ deed: z.enum(['set', 'change', 'remove']), passphrase: passphrase.optional(), next: passphrase.optional() }).strict(),
  ),
  /** Copies the open case among those of this machine and opens the copy, which can be written. */
  'host.copyCase': method<RecentCase>()('host', nothing),
  'host.openSample': method<RecentCase>()('host', nothing),
  'host.closeCase': method<{ readonly closed: boolean }>()('host', nothing),
  /** Electron only: a file dialog; elsewhere the page has its own and uploads. */
  'host.pickFiles': method<readonly FileRef[]>()('host', nothing),
  /** Imports into the open case, or into a new one named after the first file; then analyses. */
  'host.import': method<Imported>()(
    'host',
    z
      .object({
        files: z.array(z.string()).min(1).max(100_000),
        /** How single files are read, by their token. */
        how: z.record(z.string(), readChoice).optional(),
        zone: z.string().max(50).optional(),
        replace: z.boolean().optional(),
        /** Of the case that is made for them, where none is open. */
        title: z.string().max(200).optional(),
        /** Makes that case an encrypted one. */
        passphrase: passphrase.optional(),
        sources: sourceChoices.optional(),
        limits: raisedLimits.optional(),
      })
      .strict(),
  ),
  /** What files would bring, before any case is made or changed. */
  'host.review': method<HostReview>()(
    'host',
    z.object({ files: z.array(z.string()).min(1).max(100_000), limits: raisedLimits.optional() }).strict(),
  ),
  /** Lets go of files that are not imported after all; copies of them that were made for the import are deleted. */
  'host.release': method<{ readonly released: number }>()('host', z.object({ files: z.array(z.string()).max(100_000) }).strict()),
  /**
   * Withdraws a source and reads it anew, as said; then analyses. `files`: where it is, when the case was opened after its import:
   * else `unavailable`.
   */
  'host.reread': method<Imported>()('host', readChoice.extend({ source: ref, files: z.array(z.string()).min(1).max(100_000).optional() })),
  /**
   * Tells how a source of the case would be read, or files that are not in it yet. `files` with `source`: where it is, when the case was
   * opened after its import: else `unavailable`.
   */
  'host.inspect': method<readonly InspectedSource[]>()(
    'host',
    readChoice.extend({ source: ref.optional(), files: z.array(z.string()).min(1).max(100_000).optional() }),
  ),
  /** Saves the records that were not used as NDJSON. */
  'host.exportIssues': method<Exported>()('host', z.object(issueFilter).strict()),
  /** `query` narrows down the calls of exports that list calls. */
  'host.export': method<Exported>()(
    'host',
    z.object({ format: z.string(), profile: z.enum(PROFILES).optional(), query: query.optional() }).strict(),
  ),
  /** What changed from another case of this machine to the open one. The other is opened for reading, and closed again. */
  'host.compareCase': method<Comparison>()('host', z.object({ id: z.string() }).strict()),
  /** The report as a page of its own, for a sandboxed frame. */
  'host.preview': method<{ readonly url: string }>()('host', z.object({ profile: z.enum(PROFILES).optional() }).strict()),
};

export const allMethods = { ...engineMethods, ...hostMethods };

export type EngineMethods = typeof engineMethods;
export type HostMethods = typeof hostMethods;
export type EngineHandlers = Handlers<EngineMethods>;
export type HostHandlers = Handlers<HostMethods>;
/** What a window may use. */
export type SpoorClient = Client<EngineMethods & HostMethods>;
/** What the host itself uses towards the engine. */
export type EngineClient = Client<EngineMethods>;
