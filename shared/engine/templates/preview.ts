import type { TemplateMove, TemplatePreview, RuleDraft, RuleName, TemplateRuleRow } from '../../contract/templates.ts';
import { createRecent } from '../intake/recent.ts';
import { printEndpoint } from '../../model/inner-operation.ts';
import { findFixedTemplate } from '../passes/endpoints/fixed-template.ts';
import { createInnerOperations } from '../passes/endpoints/inner-operations.ts';
import { createPathTemplates } from '../passes/endpoints/path-templates.ts';
import { isUnknownPath } from '../passes/endpoints/unknown-path.ts';
import { readSpecIndex } from '../passes/endpoints/spec-hosts.ts';
import { readNames } from '../passes/principals/names.ts';
import type { SqlDriver } from '../store/driver.ts';
import { listLevelOverrides } from '../store/read/inventory/level-overrides.ts';
import { listTemplateRules } from '../store/read/template-rules.ts';
import { placeOfRule } from '../store/review/plan-rules.ts';
import { eachCallOfHost } from './host-calls.ts';

/** Most rows of a preview. */
const MAX_MOVES = 200;
/** Paths whose two templates are remembered while the calls are gone through. */
const REMEMBERED = 50_000;

/** Rules of one host as they would be after a change. */
export interface RuleChanges {
  readonly host: string;
  readonly set: readonly RuleDraft[];
  readonly remove: readonly RuleName[];
}

/** The rules of a host after a change, which itself is left undone. What is removed but is not there is passed over. */
function withChanges(rules: readonly TemplateRuleRow[], { host, set, remove }: RuleChanges): readonly (RuleDraft & { host: string })[] {
  const keyOf = (rule: RuleName): string => `${rule.kind} ${placeOfRule(rule)}`;
  const left = new Map<string, RuleDraft>(rules.filter((rule) => rule.host === host).map((rule) => [keyOf(rule), rule]));
  for (const rule of remove) left.delete(keyOf(rule));
  for (const rule of set) left.set(keyOf(rule), rule);
  return [...left.values()].map((rule) => ({ ...rule, host }));
}

/**
 * Works out what the next analysis would make of a host's calls under other rules; nothing is written.
 * Cost: two walks over the calls of the host, and the templates of its paths learned twice.
 */
export async function previewRules(db: SqlDriver, changes: RuleChanges, breathe: () => Promise<void>): Promise<TemplatePreview> {
  const { host } = changes;
  const rules = listTemplateRules(db).filter((rule) => rule.host === host);
  const before = createPathTemplates(rules);
  const after = createPathTemplates(withChanges(rules, changes));
  // What neither is set nor removed speaks of nothing that this change is about.
  const changed = createPathTemplates([...changes.set, ...changes.remove].map((rule) => ({ ...rule, host })));
  const inner = createInnerOperations(db, readNames(db));
  await eachCallOfHost(db, host, breathe, ({ method, path, status, tool }) => {
    if (inner.isLiteral(tool)) return;
    for (const templates of [before, after]) templates.add(host, path, !isUnknownPath(status), method);
  });
  before.learn();
  after.learn();
  await breathe();
  const specs = readSpecIndex(db);
  const count = newCount();
  const ids = { before: new Set<string>(), after: new Set<string>() };
  const note = (side: 'before' | 'after', method: string, template: string, tool: number | null): void => {
    const endpoint = { method, host, template };
    const operation = inner.admit(`${side} ${printEndpoint(endpoint, undefined)}`, inner.of(method, tool));
    ids[side].add(printEndpoint(endpoint, operation));
  };
  const fates = createRecent(REMEMBERED, (text) => {
    const [method = '', path = '', toolText = ''] = text.split('\n');
    const tool = toolText === '' ? null : Number(toolText);
    const fixed = findFixedTemplate(specs, inner, { method, host, path, tool })?.template;
    const fate = {
      before: fixed ?? before.templateOf(host, path),
      after: fixed ?? after.templateOf(host, path),
      isSpared: fixed !== undefined && changed.isRuled(host, path),
    };
    note('before', method, fate.before, tool);
    note('after', method, fate.after, tool);
    return fate;
  });
  await eachCallOfHost(db, host, breathe, ({ method, path, tool, counts }) => {
    const fate = fates.get(`${method}\n${path}\n${tool === null ? '' : String(tool)}`);
    count.add(method, fate.before, fate.after, counts ? 1 : 0);
    if (fate.isSpared && counts) count.fixed += 1;
  });
  return {
    ...count.result(),
    endpointsBefore: ids.before.size,
    endpointsAfter: ids.after.size,
    levelsLost: [...listLevelOverrides(db).keys()].filter((id) => ids.before.has(id) && !ids.after.has(id)).length,
  };
}

/** Sums calls by where they come from and where they go. */
function newCount() {
  const moves = new Map<string, { method: string; before: string; after: string; calls: number }>();
  return {
    fixed: 0,
    add(method: string, before: string, after: string, calls: number) {
      const key = `${method}\n${before}\n${after}`;
      const known = moves.get(key);
      if (known === undefined) moves.set(key, { method, before, after, calls });
      else known.calls += calls;
    },
    result(): Pick<TemplatePreview, 'rows' | 'more' | 'calls' | 'fixed'> {
      const ways = new Map<string, number>();
      const note = (key: string): void => {
        ways.set(key, (ways.get(key) ?? 0) + 1);
      };
      for (const { method, before, after } of moves.values()) {
        note(`from ${method} ${before}`);
        note(`to ${method} ${after}`);
      }
      const rows = [...moves.values()]
        .filter(({ before, after }) => before !== after)
        .map((move): TemplateMove => {
          const splits = (ways.get(`from ${move.method} ${move.before}`) ?? 0) > 1;
          const merges = (ways.get(`to ${move.method} ${move.after}`) ?? 0) > 1;
          return { ...move, kind: splits && merges ? 'moved' : splits ? 'split' : merges ? 'merged' : 'renamed' };
        })
        .sort((a, b) => b.calls - a.calls || compare(`${a.before} ${a.method} ${a.after}`, `${b.before} ${b.method} ${b.after}`));
      return {
        rows: rows.slice(0, MAX_MOVES),
        more: Math.max(0, rows.length - MAX_MOVES),
        calls: rows.reduce((sum, { calls }) => sum + calls, 0),
        fixed: this.fixed,
      };
    },
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
