/** A segment that is one parameter, alone or as the key of an OData collection: `{id}`, `Orders({id})`, `Lines(LineID={LineID})`. */
const PARAMETER = /^(?:\{(.+)\}|([\w.]+\((?:\w+=)?)\{([^{}]+)\}\))$/;

/** The parameter that a segment of a template stands for; `undefined` for a name, and for several in one segment. */
export function parameterOf(segment: string | undefined): string | undefined {
  const [, whole, , keyed] = PARAMETER.exec(segment ?? '') ?? [];
  return whole ?? keyed;
}

/** What a path has in the place of the parameter. Example: template `Users({id})`, segment `Users('anna')` gives `anna`. */
export function valueIn(template: string | undefined, segment: string): string {
  const lead = PARAMETER.exec(template ?? '')?.[2];
  if (lead === undefined || !segment.startsWith(lead)) return segment;
  return segment
    .slice(lead.length)
    .replace(/\)$/, '')
    .replace(/^(?:'|%27)(.*)(?:'|%27)$/i, '$1');
}
