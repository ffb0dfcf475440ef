import type { RuleDraft, RuleName, TemplatePlace, TemplatePlaces, TemplateRuleRow } from '#shared/contract/templates.ts';
import { MAX_RULES_AT_ONCE, printSegment, ruleProblem } from '#shared/model/template-rule.ts';

/** What the analyst changed at one place; what is left out is as it was. */
export interface PlaceEdit {
  /** True: all words here are values. */
  readonly values?: boolean;
  /** What the values are called. */
  readonly name?: string;
  /** Values that are to stay words, or no longer. */
  readonly kept?: ReadonlyMap<string, boolean>;
}

/** All that was changed in the editor and not applied. */
export interface Draft {
  readonly places: ReadonlyMap<number, PlaceEdit>;
  /** The template to pin; `undefined` while pinning is as it was, empty to pin no longer. */
  readonly pin?: string;
  readonly note: string;
  /** Rules of the host that are taken away as such. */
  readonly removed: readonly RuleName[];
}

/** What tells two rules of a host apart. */
export const ruleKey = ({ kind, pattern }: RuleName): string => `${kind} ${pattern}`;

/** Rules to set and to remove, or why there can be none. */
export interface Changes {
  readonly set: readonly RuleDraft[];
  readonly remove: readonly RuleName[];
  readonly problem: string | undefined;
}

export const EMPTY_DRAFT: Draft = { places: new Map(), note: '', removed: [] };

const PARAMETER = /^\{([^{}]*)\}/;

/** What the parameter of a segment is called; `undefined` for a word. */
export const nameOfSegment = (segment: string): string | undefined => PARAMETER.exec(segment)?.[1];

const findRule = (place: TemplatePlace, kind: TemplateRuleRow['kind'], pattern?: string): TemplateRuleRow | undefined =>
  place.rules.find((rule) => rule.kind === kind && (pattern === undefined || rule.pattern.endsWith(`/${pattern}`)));

/** The last segment of a rule's pattern, where a name in braces stands. */
const nameOfRule = (rule: TemplateRuleRow | undefined): string | undefined =>
  rule === undefined ? undefined : nameOfSegment(rule.pattern.slice(rule.pattern.lastIndexOf('/') + 1));

/** A place as the editor shows it, edits included. */
export interface PlaceState {
  readonly values: boolean;
  readonly name: string;
  /** True when the place has a parameter to name. */
  readonly isNamed: boolean;
  readonly isKept: (value: string) => boolean;
}

/** How a place stands with the edits made to it. */
export function placeState(place: TemplatePlace, edit: PlaceEdit = {}): PlaceState {
  const values = edit.values ?? findRule(place, 'value') !== undefined;
  return {
    values,
    name: edit.name ?? startName(place),
    isNamed: values || nameOfSegment(place.segment) !== undefined,
    isKept: (value) => edit.kept?.get(value) ?? findRule(place, 'word', printSegment(value)) !== undefined,
  };
}

const startName = (place: TemplatePlace): string =>
  nameOfRule(findRule(place, 'name')) ?? nameOfRule(findRule(place, 'value')) ?? nameOfSegment(place.segment) ?? 'name';

interface Sides {
  readonly set: RuleDraft[];
  readonly remove: RuleName[];
}

function addPlace({ set, remove }: Sides, place: TemplatePlace, before: string, edit: PlaceEdit, note: string): void {
  const state = placeState(place, edit);
  const why = note === '' ? {} : { note };
  const named = findRule(place, 'name');
  const valued = findRule(place, 'value');
  const hasNewName = edit.name !== undefined && edit.name !== startName(place);
  const pattern = `${before}/{${state.name}}`;
  if (!state.values && valued !== undefined) remove.push({ kind: 'value', pattern: valued.pattern });
  // A rule that only names the values has the last word about the name.
  if (state.values && (valued === undefined || (hasNewName && named === undefined))) set.push({ kind: 'value', pattern, ...why });
  if (hasNewName && state.isNamed && (named !== undefined || !state.values)) set.push({ kind: 'name', pattern, ...why });
  for (const [value, isKept] of edit.kept ?? []) {
    const standing = findRule(place, 'word', printSegment(value));
    if (isKept && standing === undefined) set.push({ kind: 'word', pattern: `${before}/${printSegment(value)}`, ...why });
    if (!isKept && standing !== undefined) remove.push({ kind: 'word', pattern: standing.pattern });
  }
}

/** The rules that a draft comes to; a problem stands for all of them. */
export function toChanges({ places, pin }: Pick<TemplatePlaces, 'places' | 'pin'>, draft: Draft): Changes {
  const sides: Sides = { set: [], remove: [...draft.removed] };
  const note = draft.note.trim();
  for (const [at, edit] of draft.places) {
    const place = places[at];
    const before = places
      .slice(0, at)
      .map(({ segment }) => `/${segment}`)
      .join('');
    if (place !== undefined) addPlace(sides, place, before, edit, note);
  }
  if (draft.pin !== undefined && draft.pin !== '' && draft.pin !== pin?.pattern)
    sides.set.push({ kind: 'pin', pattern: draft.pin, ...(note === '' ? {} : { note }) });
  if (draft.pin !== undefined && draft.pin !== pin?.pattern && pin !== undefined) sides.remove.push({ kind: 'pin', pattern: pin.pattern });
  const problem =
    sides.set.length > MAX_RULES_AT_ONCE
      ? `at most ${String(MAX_RULES_AT_ONCE)} rules are set at once`
      : [...sides.set, ...sides.remove].flatMap((rule) => ruleProblem(rule.kind, rule.pattern) ?? [])[0];
  const remove = [...new Map(sides.remove.map((rule) => [ruleKey(rule), rule])).values()];
  return { set: sides.set, remove, problem };
}

/** A draft with another edit of one place. */
export const editPlace = (draft: Draft, at: number, edit: PlaceEdit): Draft => ({
  ...draft,
  places: new Map([...draft.places, [at, { ...draft.places.get(at), ...edit }]]),
});
