import type { TemplatePlaces, TemplatePreview } from '#shared/contract/templates.ts';

/** The id that an endpoint has after a change; `undefined` where it stays as it is, or its calls go several ways. */
export function idAfter(
  endpoint: string,
  { host, template }: Pick<TemplatePlaces, 'host' | 'template'>,
  { rows }: Pick<TemplatePreview, 'rows'>,
): string | undefined {
  const method = endpoint.slice(0, endpoint.indexOf(' '));
  const start = `${method} ${host}${template}`;
  const move = rows.find((row) => row.method === method && row.before === template);
  if (move === undefined || !endpoint.startsWith(start) || move.kind === 'split' || move.kind === 'moved') return undefined;
  // What an operation of the path adds to the id stays.
  return `${method} ${host}${move.after}${endpoint.slice(start.length)}`;
}
