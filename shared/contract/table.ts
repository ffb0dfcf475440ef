import { z } from 'zod';
import { method, type Client, type Handlers } from './methods.ts';
import type { ImportSummary, CredentialJson, EndpointJson, FindingJson, PrincipalJson } from './report-json.ts';
import type {
  Activity,
  CallDetail,
  CallRow,
  CaseInfo,
  ChainDetail,
  ChainRow,
  EdgeDetail,
  FieldValue,
  FindingDetail,
  IssueRow,
  Overview,
  Page,
  SourceRow,
} from './rows.ts';

const nothing = z.object({}).strict();
const ref = z.string().min(1).max(4096);
const query = z.string().max(8192);
const page = { from: z.number().int().min(0), count: z.number().int().min(1).max(1000) };
const sorting = z
  .object({ field: z.enum(['time', 'status', 'durationMs', 'resBytes', 'reqBytes', 'method', 'host', 'path']), descending: z.boolean() })
  .strict();

/** Every question and order that the engine takes. One row here and one handler add a method. */
export const engineMethods = {
  'case.info': method<CaseInfo>()('read', nothing),
  'case.overview': method<Overview>()('read', nothing),
  'case.rename': method<CaseInfo>()('write', z.object({ title: z.string().max(200) }).strict()),
  'case.import': method<ImportSummary>()(
    'job',
    z
      .object({
        paths: z.array(z.object({ path: z.string(), name: z.string().optional(), format: z.string().optional() }).strict()).min(1),
        zone: z.string().optional(),
        resume: z.boolean().optional(),
      })
      .strict(),
    'host',
  ),
  'case.analyze': method<{ readonly findings: number; readonly chains: number; readonly ran: readonly string[] }>()(
    'job',
    z.object({ only: z.array(z.string()).optional() }).strict(),
  ),
  'sources.list': method<readonly SourceRow[]>()('read', nothing),
  'issues.page': method<Page<IssueRow>>()(
    'read',
    z.object({ ...page, source: z.string().optional(), severity: z.enum(['reject', 'skip', 'warning']).optional() }).strict(),
  ),
  'calls.page': method<Page<CallRow>>()('read', z.object({ ...page, query, sort: sorting.optional() }).strict()),
  /** Where a call stands in a sorted query, from 0; left out when the query does not hold it. */
  'calls.position': method<{ readonly index?: number }>()('read', z.object({ ref, query, sort: sorting.optional() }).strict()),
  'calls.activity': method<Activity>()('read', z.object({ query, bins: z.number().int().min(1).max(2000) }).strict()),
  'calls.values': method<readonly FieldValue[]>()(
    'read',
    z.object({ field: z.string(), query, startsWith: z.string().max(200), count: z.number().int().min(1).max(200) }).strict(),
  ),
  'calls.get': method<CallDetail>()('read', z.object({ ref }).strict()),
  'chains.page': method<Page<ChainRow>>()('read', z.object({ ...page, query }).strict()),
  'chains.get': method<ChainDetail>()('read', z.object({ id: z.string(), limit: z.number().int().min(1).max(100_000) }).strict()),
  'chains.edge': method<EdgeDetail>()('read', z.object({ from: ref, to: ref }).strict()),
  'findings.list': method<readonly FindingJson[]>()('read', nothing),
  'findings.get': method<FindingDetail>()('read', z.object({ id: z.string() }).strict()),
  'principals.list': method<readonly PrincipalJson[]>()('read', nothing),
  'credentials.list': method<readonly CredentialJson[]>()('read', nothing),
  'endpoints.list': method<readonly EndpointJson[]>()('read', nothing),
  'report.write': method<{ readonly bytes: number; readonly sha256: string }>()(
    'export',
    z.object({ format: z.enum(['html', 'json', 'csv']), path: z.string() }).strict(),
    'host',
  ),
  'query.write': method<{ readonly rows: number }>()(
    'export',
    z.object({ query, format: z.enum(['ndjson', 'csv']), path: z.string(), limit: z.number().int().min(1).optional() }).strict(),
    'host',
  ),
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

/** What the host does that is not analysis: cases on disk, files, windows. Same machinery, answered by the supervisor. */
export const hostMethods = {
  'host.info': method<HostInfo>()('host', nothing),
  'host.cases': method<readonly RecentCase[]>()('host', nothing),
  /** Which case this window has open, if any. */
  'host.current': method<{ readonly case?: RecentCase }>()('host', nothing),
  'host.newCase': method<RecentCase>()('host', z.object({ title: z.string().max(200) }).strict()),
  'host.openCase': method<RecentCase>()('host', z.object({ id: z.string() }).strict()),
  'host.openSample': method<RecentCase>()('host', nothing),
  'host.closeCase': method<{ readonly closed: boolean }>()('host', nothing),
  /** Electron only: a file dialog; elsewhere the page has its own and uploads. */
  'host.pickFiles': method<readonly FileRef[]>()('host', nothing),
  /** Imports into the open case, or into a new one named after the first file; then analyses. */
  'host.import': method<{ readonly case: RecentCase; readonly summary: ImportSummary }>()(
    'host',
    z.object({ files: z.array(z.string()).min(1).max(100_000) }).strict(),
  ),
  'host.export': method<Exported>()('host', z.object({ format: z.enum(['html', 'pdf', 'json', 'csv']) }).strict()),
  /** The report as a page of its own, for a sandboxed frame. */
  'host.preview': method<{ readonly url: string }>()('host', nothing),
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
