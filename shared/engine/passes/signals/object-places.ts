import { parameterOf } from '../../../model/segment-value.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** Parameters that count pages or days, not objects. */
const PAGE_WORDS = /^(?:page|offset|index|position|version|year|month|day|date|limit|size|n)$/i;

/** Where in an endpoint's path the object stands that is asked for, and which collection it is of. */
export interface ObjectPlace {
  readonly place: number;
  /** That segment of the template. */
  readonly segment: string;
  /** Host and template up to the object: operations on the same objects have it in common. */
  readonly collection: string;
}

/** Endpoints whose path names an object, by row id; the last parameter is the object asked for. */
export function readObjectPlaces(db: SqlDriver): ReadonlyMap<number, ObjectPlace> {
  const places = new Map<number, ObjectPlace>();
  const rows = db.prepare("SELECT id, host, template FROM endpoint WHERE template LIKE '%{%'");
  for (const { id, host, template } of rows.all<{ id: number; host: string; template: string }>()) {
    const segments = template.split('/');
    const place = segments.findLastIndex((segment) => parameterOf(segment) !== undefined);
    const segment = segments[place];
    const parameter = parameterOf(segment);
    if (segment === undefined || parameter === undefined || PAGE_WORDS.test(parameter)) continue;
    places.set(id, { place, segment, collection: `${host}${segments.slice(0, place + 1).join('/')}` });
  }
  return places;
}
