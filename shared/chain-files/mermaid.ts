import type { EdgeJson, EdgeKind } from '../contract/report-json.ts';
import type { ChainDetail } from '../contract/rows.ts';
import { toVisibleText } from '../lib/visible-text.ts';
import { elide, stepName } from './step-name.ts';

/** Longest text of a box and of an arrow. Units: characters. */
const MAX_STEP = 80;
const MAX_WHY = 60;

/** How an arrow is drawn: what a value proves is thick, what only time shows is dotted. */
const ARROWS: Readonly<Partial<Record<EdgeKind, string>>> = { value: '==>', nesting: '-.->', adjacent: '-.->' };

/**
 * Text for a quoted label: every character but letters, digits and a few harmless ones as Mermaid's entity code (`#60;`), so that
 * evidence is never markup, directive, comment or the end of the label.
 * Source: mermaid.js.org, flowchart syntax, "entity codes to escape characters".
 */
const label = (text: string): string =>
  toVisibleText(text).replace(/[^\p{L}\p{N} _./:,()=+→…·-]/gu, (character) => `#${String(character.codePointAt(0) ?? 0)};`);

const arrowText = ({ kind, fromAt, toAt, confidence, why }: EdgeJson): string => {
  const places = fromAt === undefined || toAt === undefined ? why : `${fromAt} → ${toAt}`;
  return `${kind} ${String(Math.round(confidence * 100))} %: ${elide(places, MAX_WHY)}`;
};

/** A chain as a flowchart of Mermaid, causes on the left; calls in time order, each with its host and its reference. */
export function toMermaid({ calls, edges }: ChainDetail): string {
  const ids = new Map(calls.map(({ ref }, index) => [ref, `c${String(index)}`]));
  const lines = ['flowchart LR'];
  for (const call of calls) {
    const status = call.status === undefined ? '' : ` ${String(call.status)}`;
    const parts = [`${elide(stepName(call), MAX_STEP)}${status}`, call.host ?? '', call.ref].filter((part) => part !== '');
    lines.push(`  ${ids.get(call.ref) ?? ''}["${parts.map(label).join('<br/>')}"]`);
  }
  for (const edge of edges) {
    const [from, to] = [ids.get(edge.from), ids.get(edge.to)];
    if (from === undefined || to === undefined) continue;
    lines.push(`  ${from} ${ARROWS[edge.kind] ?? '-->'}|"${label(arrowText(edge))}"| ${to}`);
  }
  return `${lines.join('\n')}\n`;
}
