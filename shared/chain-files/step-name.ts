import type { CallRow } from '../contract/rows.ts';
import { placeOf } from '../model/call-place.ts';
import { toVisibleText } from '../lib/visible-text.ts';

/** What a call did, for a box of a picture: method and path template, with the tool where one was called. Text, never markup. */
export function stepName(call: CallRow): string {
  const { endpoint } = call;
  const place = endpoint === undefined ? placeOf(call) : endpoint.slice(Math.max(0, endpoint.indexOf('/')));
  const isNamed = call.tool === undefined || place.includes(' · ') || (call.path ?? '') === '';
  return toVisibleText(`${call.method ?? ''} ${isNamed ? place : `${place} ${call.tool}`}`.trim());
}

/** Elides a text in its middle, on whole characters. */
export function elide(text: string, longest: number): string {
  const points = [...text];
  if (points.length <= longest) return text;
  const tail = Math.floor((longest - 1) * 0.4);
  return `${points.slice(0, longest - 1 - tail).join('')}…${points.slice(points.length - tail).join('')}`;
}
