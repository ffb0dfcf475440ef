import { AppError } from '../../contract/errors.ts';
import type { PlaceValue, TemplatePlace, TemplatePlaces, TemplateRuleRow } from '../../contract/templates.ts';
import { parsePattern, placeOfPattern } from '../../model/template-rule.ts';
import { findFixedTemplate } from '../passes/endpoints/fixed-template.ts';
import { createInnerOperations } from '../passes/endpoints/inner-operations.ts';
import { createPathTemplates } from '../passes/endpoints/path-templates.ts';
import { splitPath } from '../passes/endpoints/segment.ts';
import { readSpecIndex } from '../passes/endpoints/spec-hosts.ts';
import { readNames } from '../passes/principals/names.ts';
import type { SqlDriver } from '../store/driver.ts';
import { listTemplateRules } from '../store/read/template-rules.ts';

/** Values shown of each place. */
const TOP_VALUES = 20;
/** Different values told apart at one place; what comes later is not counted. */
const MAX_TOLD_APART = 5000;
/** Calls read between two breaths. */
const CALLS_PER_STEP = 4000;

interface EndpointRow {
  readonly id: number;
  readonly method: string;
  readonly template: string;
  /** A call that two sources saw counts once; `sightings` counts it twice. */
  readonly calls: number;
  readonly sightings: number;
}

type Tally = Map<string, { calls: number; as: PlaceValue['as'] }>;
interface Place {
  readonly values: Tally;
  isCut: boolean;
}

/** `{name}` → `{}`: what parameters are called does not make another place. */
const anonymous = (segment: string): string => segment.replaceAll(/\{[^{}]*\}/g, '{}');
const toSegments = (template: string): readonly string[] => (template === '/' ? [] : template.slice(1).split('/'));
const isParameter = (segment: string): boolean => segment.includes('{');

/**
 * The template of an endpoint segment by segment, with the values that were seen at each place among all calls whose templates share what
 * stands before it. Methods and operations with the same template are looked at together.
 * Errors: AppError `not-found` when the case has no such endpoint.
 * Cost: one read of the calls of those endpoints that have a parameter there; the others are counted already.
 */
export async function readPlaces(db: SqlDriver, endpoint: string, breathe: () => Promise<void>): Promise<TemplatePlaces> {
  const asked = db.prepare('SELECT host, template FROM endpoint WHERE key = ?').get<{ host: string; template: string }>(endpoint);
  if (asked === undefined) throw new AppError('not-found', `no endpoint ${endpoint} in this case`);
  const { host, template } = asked;
  const endpoints = db
    .prepare(
      `SELECT e.id, e.method, e.template, e.calls AS sightings, ifnull(s.calls, e.calls) AS calls
       FROM endpoint e LEFT JOIN endpoint_summary s ON s.endpoint_id = e.id WHERE e.host = ? ORDER BY e.id`,
    )
    .all<EndpointRow>(host);
  const own = endpoints.filter((endpoint) => endpoint.template === template);
  const segments = toSegments(template);
  const places = segments.map((): Place => ({ values: new Map(), isCut: false }));
  for (const other of endpoints) await addEndpoint(db, other, segments, places, breathe);
  const rules = listTemplateRules(db).filter((rule) => rule.host === host);
  return {
    host,
    template,
    places: segments.map((segment, at) => toPlace(segment, places[at], rulesAt(rules, segments, at))),
    calls: own.reduce((sum, { calls }) => sum + calls, 0),
    methods: [...new Set(own.map(({ method }) => method))].sort(),
    ...decide(db, host, own, template, rules),
  };
}

async function addEndpoint(
  db: SqlDriver,
  endpoint: EndpointRow,
  segments: readonly string[],
  places: readonly Place[],
  breathe: () => Promise<void>,
): Promise<void> {
  const theirs = toSegments(endpoint.template);
  let shared = 0;
  while (shared < segments.length && anonymous(theirs[shared] ?? '') === anonymous(segments[shared] ?? '/')) shared += 1;
  const upTo = Math.min(shared, segments.length - 1, theirs.length - 1);
  const seen = theirs.slice(0, upTo + 1);
  for (const [at, segment] of seen.entries())
    if (!isParameter(segment) && endpoint.sightings > 0) add(places[at], toPlain(segment), endpoint.calls, 'word');
  if (!seen.some(isParameter)) return;
  const select = db.prepare(
    'SELECT f.call_id AS id, f.same_as IS NULL AS calls, c.path FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.endpoint_id = ? AND f.call_id > ? ORDER BY f.call_id LIMIT ?',
  );
  for (let after = 0; ;) {
    const rows = select.all<{ id: number; calls: number; path: string }>(endpoint.id, after, CALLS_PER_STEP);
    for (const { path, calls } of rows) {
      const values = splitPath(path);
      for (const [at, segment] of seen.entries()) if (isParameter(segment)) add(places[at], values[at] ?? '', calls, 'value');
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    await breathe();
  }
}

const toPlain = (segment: string): string => segment.replaceAll('%7B', '{').replaceAll('%7D', '}');

function add(place: Place | undefined, text: string, calls: number, as: 'word' | 'value'): void {
  if (place === undefined || text === '') return;
  const known = place.values.get(text);
  if (known !== undefined) {
    known.calls += calls;
    if (known.as !== as) known.as = 'both';
  } else if (place.values.size < MAX_TOLD_APART) place.values.set(text, { calls, as });
  else place.isCut = true;
}

function toPlace(segment: string, place: Place | undefined, rules: readonly TemplateRuleRow[]): TemplatePlace {
  const values = [...(place?.values ?? [])]
    .map(([text, counts]): PlaceValue => ({ text, ...counts }))
    .sort((a, b) => b.calls - a.calls || (a.text < b.text ? -1 : 1));
  return { segment, values: values.slice(0, TOP_VALUES), distinct: values.length, isCut: place?.isCut ?? false, rules };
}

/** Rules about values at a place, and about single words there. */
function rulesAt(rules: readonly TemplateRuleRow[], segments: readonly string[], at: number): readonly TemplateRuleRow[] {
  const before = segments.slice(0, at).map(anonymous).join('/');
  return rules.filter(({ kind, pattern }) => {
    const parsed = parsePattern(pattern);
    if (kind === 'pin' || !parsed.ok || parsed.parts.length !== at + 1) return false;
    return placeOfPattern(parsed.parts.slice(0, -1)).slice(1) === before;
  });
}

/** What made the template: asked of one of its paths, as the pass asks. */
function decide(
  db: SqlDriver,
  host: string,
  own: readonly EndpointRow[],
  template: string,
  rules: readonly TemplateRuleRow[],
): Pick<TemplatePlaces, 'decidedBy' | 'pin'> {
  const pin = rules.find((rule) => rule.kind === 'pin' && anonymous(rule.pattern) === anonymous(template));
  const found = pin === undefined ? {} : { pin };
  const seen = own.find(({ sightings }) => sightings > 0);
  const call =
    seen === undefined
      ? undefined
      : db
          .prepare('SELECT c.path, c.tool_id AS tool FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.endpoint_id = ? LIMIT 1')
          .get<{ path: string; tool: number | null }>(seen.id);
  // Only a description lists what nothing called.
  if (seen === undefined || call === undefined) return { decidedBy: 'description', ...found };
  const fixed = findFixedTemplate(readSpecIndex(db), createInnerOperations(db, readNames(db)), { method: seen.method, host, ...call });
  if (fixed !== undefined) return { decidedBy: fixed.by, ...found };
  const templates = createPathTemplates(rules);
  const decidedBy = templates.isPinned(host, call.path) ? 'pin' : templates.isRuled(host, call.path) ? 'rules' : 'learned';
  return { decidedBy, ...found };
}
