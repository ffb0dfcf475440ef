import { z } from 'zod';
import { MAX_PATTERN, MAX_RULE_NOTE, MAX_RULES_AT_ONCE, RULE_KINDS, ruleProblem, type RuleKind } from '../model/template-rule.ts';

/** A host as endpoints name it: in lower case, empty for calls that name none. */
const ruleHost = z
  .string()
  .max(255)
  .transform((host) => host.toLowerCase());

const kind = z.enum(RULE_KINDS);
const pattern = z.string().max(MAX_PATTERN);

const note = z
  .string()
  .trim()
  .max(MAX_RULE_NOTE, `a reason has at most ${String(MAX_RULE_NOTE)} characters`)
  .transform((value) => value.replace(/[\p{Cs}\0]/gu, '�'));

const fits = (rule: { readonly kind: RuleKind; readonly pattern: string }, context: z.core.$RefinementCtx): void => {
  const problem = ruleProblem(rule.kind, rule.pattern);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem, path: ['pattern'] });
};

/** A rule as the analyst writes it. */
const ruleDraft = z.strictObject({ kind, pattern, note: note.optional() }).superRefine(fits);
/** A rule by what it is about; the names of its parameters do not count. */
const ruleName = z.strictObject({ kind, pattern }).superRefine(fits);

/** Rules of one host to set and to remove, as one step: what is removed goes first. */
export const ruleChanges = {
  host: ruleHost,
  set: z.array(ruleDraft).max(MAX_RULES_AT_ONCE).readonly(),
  remove: z.array(ruleName).max(MAX_RULES_AT_ONCE).readonly(),
};

export type RuleDraft = z.output<typeof ruleDraft>;
export type RuleName = z.output<typeof ruleName>;

/** A rule as the case has it. */
export interface TemplateRuleRow {
  readonly host: string;
  readonly kind: RuleKind;
  readonly pattern: string;
  readonly note?: string;
  /** When it was set. */
  readonly at: string;
}

/** What would happen to calls of one endpoint. `moved`: its calls go several ways, and others' come where they go. */
export interface TemplateMove {
  readonly method: string;
  readonly before: string;
  readonly after: string;
  readonly calls: number;
  readonly kind: 'merged' | 'split' | 'renamed' | 'moved';
}

/** What rules would change, worked out and not written. */
export interface TemplatePreview {
  /** Most calls first. */
  readonly rows: readonly TemplateMove[];
  /** Rows that there are beyond those. */
  readonly more: number;
  /** Endpoints of the host that calls were seen of. */
  readonly endpointsBefore: number;
  readonly endpointsAfter: number;
  /** Calls whose template would differ. */
  readonly calls: number;
  /** Calls that a rule speaks of and that stay as they are, since an API description has their path, or they are of gRPC. */
  readonly fixed: number;
  /** Endpoints that would be gone with a sensitivity that the analyst gave them by hand. */
  readonly levelsLost: number;
}

/** A value that was seen at a place of the path. */
export interface PlaceValue {
  readonly text: string;
  /** A call that two sources saw counts once, and not here where the other source's path counts. */
  readonly calls: number;
  /** What the templates make of it; `both` where its calls go different ways. */
  readonly as: 'word' | 'value' | 'both';
}

/** One segment of a template and what was seen there, in all calls that share what stands before it. */
export interface TemplatePlace {
  readonly segment: string;
  /** Most frequent first. */
  readonly values: readonly PlaceValue[];
  /** Different values that were told apart; `isCut` when there were more than are counted. */
  readonly distinct: number;
  readonly isCut: boolean;
  /** Rules that speak of exactly this place. */
  readonly rules: readonly TemplateRuleRow[];
}

/** The template of an endpoint in its places. */
export interface TemplatePlaces {
  /** In lower case; empty for calls that name none. */
  readonly host: string;
  readonly template: string;
  readonly places: readonly TemplatePlace[];
  readonly calls: number;
  /** Methods seen with the template. */
  readonly methods: readonly string[];
  /** What decided it; no rule changes what an API description has, nor what gRPC calls its methods. */
  readonly decidedBy: 'description' | 'grpc' | 'pin' | 'rules' | 'learned';
  /** The pin that made it, or would. */
  readonly pin?: TemplateRuleRow;
}
