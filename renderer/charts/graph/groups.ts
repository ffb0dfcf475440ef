import type { Branch } from './branches.ts';

/** What the analyst did to the picture of a chain. */
export interface GraphView {
  /** Folds, groups and branches that were taken apart, by id. */
  readonly opened: ReadonlySet<string>;
  /** Nodes whose effects were put away. */
  readonly closed: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
}

/** How much is grouped: fans of at least `fan` ends, branches of at most `size` nodes, ends of any host together or not. */
interface Grouping {
  readonly fan: number;
  readonly size: number;
  readonly mixed: boolean;
}

/** A node in sight: a branch with those that are put away under it, or several ends of one cause as a group. */
export interface Shown {
  readonly id: string;
  /** The branch itself, or the members of a group. Shape: indexes of branches. */
  readonly own: readonly number[];
  /** Branches below that are not shown on their own. */
  readonly below: readonly number[];
  readonly isGroup: boolean;
  /** The group or branch that it was taken out of. */
  readonly home: string | undefined;
  /** True when the picture itself put `below` away, not the analyst. */
  readonly isCut: boolean;
}

/** A picture that nobody touched. */
export const UNTOUCHED: GraphView = { opened: new Set(), closed: new Set(), hidden: new Set() };

const NOTHING: Grouping = { fan: Infinity, size: 0, mixed: false };

const hostOf = (branch: Branch | undefined): string => branch?.calls[0]?.host ?? '';
const groupId = (parent: Branch | undefined, host: string | undefined): string => `group ${parent?.id ?? 'start'} ${host ?? 'other'}`;

/** Nodes of each branch and all below it. */
function sizesOf(branches: readonly Branch[]): Float64Array {
  const sizes = new Float64Array(branches.length).fill(1);
  for (let index = branches.length - 1; index >= 0; index -= 1) {
    const parent = branches[index]?.parent ?? -1;
    if (parent >= 0) sizes[parent] = (sizes[parent] ?? 0) + (sizes[index] ?? 0);
  }
  return sizes;
}

/** What a picture is made of while it is decided how much of it is grouped. */
interface Draft {
  readonly branches: readonly Branch[];
  readonly sizes: Float64Array;
  /** Branches that stay in sight whatever is grouped. */
  readonly kept: readonly boolean[];
  readonly view: GraphView;
}

/** Which branches are in sight under a grouping. Cost: linear. */
function show({ branches, sizes, kept, view }: Draft, { fan, size, mixed }: Grouping): readonly Shown[] {
  const shown: Shown[] = [];
  const closes = (index: number): 'cut' | 'closed' | undefined => {
    const branch = branches[index];
    if (branch === undefined || branch.children.length === 0) return undefined;
    if (view.closed.has(branch.id)) return 'closed';
    return kept[index] !== true && (sizes[index] ?? 0) <= size && !view.opened.has(branch.id) ? 'cut' : undefined;
  };
  const isEnd = (index: number): boolean => branches[index]?.children.length === 0 || closes(index) !== undefined;
  // What was taken out of a fold would be taken for a fan at once.
  const mayJoin = (index: number): boolean => kept[index] !== true && branches[index]?.home === undefined && isEnd(index);
  const roots = branches.flatMap(({ parent }, index) => (parent < 0 ? [index] : []));
  const work: { readonly siblings: readonly number[]; readonly parent: Branch | undefined }[] = [{ siblings: roots, parent: undefined }];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { siblings, parent } = next;
    const buckets = new Map<string, number[]>();
    const idOf = (index: number): string => groupId(parent, mixed ? undefined : hostOf(branches[index]));
    for (const index of siblings) {
      if (!mayJoin(index)) continue;
      const bucket = buckets.get(idOf(index));
      if (bucket === undefined) buckets.set(idOf(index), [index]);
      else bucket.push(index);
    }
    const written = new Set<string>();
    for (const index of siblings) {
      const branch = branches[index];
      if (branch === undefined) continue;
      const id = idOf(index);
      const bucket = mayJoin(index) ? buckets.get(id) : undefined;
      const isFan = bucket !== undefined && bucket.length >= Math.max(2, fan);
      if (isFan && !view.opened.has(id)) {
        if (!written.has(id))
          shown.push({
            id,
            own: bucket,
            below: bucket.flatMap((each) => under(branches, each)),
            isGroup: true,
            home: undefined,
            isCut: true,
          });
        written.add(id);
        continue;
      }
      const closed = closes(index);
      shown.push({
        id: branch.id,
        own: [index],
        below: closed === undefined ? [] : under(branches, index),
        isGroup: false,
        home: isFan ? id : (branch.home ?? (parent !== undefined && view.opened.has(parent.id) ? parent.id : undefined)),
        isCut: closed === 'cut',
      });
      if (closed === undefined && branch.children.length > 0) work.push({ siblings: branch.children, parent: branch });
    }
  }
  return shown;
}

/** All branches below one, without it. */
function under(branches: readonly Branch[], index: number): readonly number[] {
  const found = [...(branches[index]?.children ?? [])];
  for (const each of found) found.push(...(branches[each]?.children ?? [])); // the loop sees what it adds
  return found;
}

/** The largest whole number from `low` to `high` that passes, when all below one that passes do; else `low`. */
function largest(low: number, high: number, passes: (value: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.ceil((from + to) / 2);
    if (passes(middle)) from = middle;
    else to = middle - 1;
  }
  return from;
}

/** The gentlest grouping that leaves at most `most` nodes: the largest fans first, then the smallest branches, then ends of any host. */
function groupingFor(draft: Draft, most: number): Grouping | undefined {
  const fits = (grouping: Grouping): boolean => show(draft, grouping).length <= most;
  if (fits(NOTHING)) return NOTHING;
  const all = draft.branches.length;
  const fans: Grouping = { fan: 2, size: 0, mixed: false };
  if (fits(fans)) return { ...fans, fan: largest(2, all, (fan) => fits({ ...fans, fan })) };
  for (const mixed of [false, true]) {
    if (!fits({ fan: 2, size: all, mixed })) continue;
    const spared = largest(0, all, (less) => fits({ fan: 2, size: all - less, mixed }));
    return { fan: 2, size: all - spared, mixed };
  }
  return undefined;
}

/** The nodes in sight and why they are fewer than the branches. */
interface Grouped {
  readonly branches: readonly Branch[];
  readonly shown: readonly Shown[];
  readonly reasons: readonly string[];
}

/** A tree of branches and what of it should stay in sight, from the most that could be wished for to nothing. */
export interface Wished {
  readonly branches: readonly Branch[];
  readonly keeps: readonly (() => readonly boolean[])[];
}

const NOT_ALL = 'not all that findings name has a node of its own';

/**
 * Groups branches until a picture can be read. The grouping is found for the `plain` picture, which nobody touched yet, so
 * that taking something apart does not move the rest; up to `hard` nodes what was taken apart stays so.
 */
export function groupBranches(
  plain: Wished,
  touched: Wished,
  view: GraphView,
  caps: { readonly soft: number; readonly hard: number },
): Grouped {
  for (const [level, keep] of plain.keeps.entries()) {
    const draft: Draft = { branches: plain.branches, sizes: sizesOf(plain.branches), kept: keep(), view: { ...view, opened: new Set() } };
    const bare: Draft = { ...draft, view: UNTOUCHED };
    const grouping = groupingFor(bare, caps.soft) ?? groupingFor(bare, caps.hard);
    if (grouping === undefined) continue;
    const lost = level > 0 && level === plain.keeps.length - 1 ? [NOT_ALL] : [];
    const reasons = grouping === NOTHING ? lost : ['largest fans and smallest branches grouped', ...lost];
    const { branches } = touched;
    const opened: Draft = { branches, sizes: sizesOf(branches), kept: touched.keeps[level]?.() ?? [], view };
    const shown = show(opened, grouping);
    if (shown.length <= caps.hard) return { branches, shown, reasons };
    const limit = `more than ${String(caps.hard)} nodes cannot be read`;
    const tighter = groupingFor(opened, caps.hard);
    if (tighter !== undefined) return { branches, shown: show(opened, tighter), reasons: [`${limit}, so more is grouped`, ...lost] };
    return { branches: plain.branches, shown: show(draft, grouping), reasons: [`${limit}, so nothing is taken apart`, ...lost] };
  }
  throw new Error('bug: with nothing to keep, everything is one group');
}
