import { segmentsOf, toTemplate, type Peer } from './id-regex.ts';

/** Above so many different words at a place, those with at most so many calls are values. */
const RARE_SIBLINGS = 12;

interface Node {
  calls: number;
  readonly children: Map<string, Node>;
}

const newNode = (): Node => ({ calls: 0, children: new Map() });

function add(root: Node, segments: readonly string[]): void {
  let node = root;
  for (const segment of segments) {
    const next = node.children.get(segment) ?? newNode();
    node.children.set(segment, next);
    next.calls += 1;
    node = next;
  }
}

function mergeInto(target: Node, source: Node): void {
  target.calls += source.calls;
  for (const [name, child] of source.children) {
    const own = target.children.get(name);
    if (own === undefined) target.children.set(name, child);
    else mergeInto(own, child);
  }
}

function mergeRare(node: Node, limit: number): void {
  const words = [...node.children].filter(([name]) => name !== '{}');
  if (words.length > limit) {
    const parameter = node.children.get('{}') ?? newNode();
    for (const [name, child] of words) {
      if (child.calls > limit) continue;
      mergeInto(parameter, child);
      node.children.delete(name);
    }
    node.children.set('{}', parameter);
  }
  for (const child of node.children.values()) mergeRare(child, limit);
}

/** Ids by form, then a trie in which, of more than `limit` words at a place, those with at most `limit` calls become one parameter. */
export const rareSiblings =
  (limit = RARE_SIBLINGS): Peer =>
  (paths) => {
    const root = newNode();
    const split = paths.map(segmentsOf);
    for (const segments of split) add(root, segments);
    mergeRare(root, limit);
    return split.map((segments) => {
      let node: Node | undefined = root;
      return toTemplate(
        segments.map((segment) => {
          const word: Node | undefined = node?.children.get(segment);
          node = word ?? node?.children.get('{}');
          return word === undefined ? '{}' : segment;
        }),
      );
    });
  };
