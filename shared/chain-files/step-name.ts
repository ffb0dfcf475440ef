import type { CallRow } from '../contract/rows.ts';
import { toVisibleText } from '../lib/visible-text.ts';

/** What a call did, for a box of a picture: method and path template, with the tool where one was called. Text, never markup. */
export function stepName(call: CallRow): string {
  const { endpoint } = call;
  const place = endpoint === undefined ? (call.path ?? '/') : endpoint.slice(Math.max(0, endpoint.indexOf('/')));
  return toVisibleText(`${call.method ?? ''} ${call.tool === undefined || place.includes(' · ') ? place : `${place} ${call.tool}`}`.trim());
}

/** Elides a text in its middle, on whole characters. */
export function elide(text: string, longest: number): string {
  const points = [...text];
  if (points.length <= longest) return text;
  const tail = Math.floor((longest - 1) * 0.4);
  return `${points.slice(0, longest - 1 - tail).join('')}…${points.slice(points.length - tail).join('')}`;
}
