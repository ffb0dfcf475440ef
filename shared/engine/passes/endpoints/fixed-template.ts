import type { InnerOperations } from './inner-operations.ts';
import { splitPath } from './segment.ts';
import type { SpecIndex } from './spec-hosts.ts';
import type { SpecOperation } from './spec-router.ts';
import { printTemplate } from './template.ts';

/** A template that neither learning nor a rule changes, and what fixes it: an API description, or gRPC, whose paths are names all the way. */
export type FixedTemplate =
  | { readonly by: 'description'; readonly template: string; readonly operation: SpecOperation | undefined }
  | { readonly by: 'grpc'; readonly template: string };

/** A call by what its template depends on. */
export interface Placed {
  readonly method: string;
  /** In lower case. */
  readonly host: string;
  readonly path: string;
  /** A row of `term`. */
  readonly tool: number | null;
}

/** The fixed template of a call; `undefined` where templates are learned and rules of the analyst hold. */
export function findFixedTemplate(
  specs: SpecIndex,
  inner: Pick<InnerOperations, 'isLiteral'>,
  { method, host, path, tool }: Placed,
): FixedTemplate | undefined {
  const isGrpc = inner.isLiteral(tool);
  if (!isGrpc && !specs.covers(host)) return undefined;
  const segments = splitPath(path);
  const match = specs.covers(host) ? specs.match(method, host, segments) : undefined;
  if (match !== undefined) return { by: 'description', template: match.template, operation: match.operation };
  return isGrpc ? { by: 'grpc', template: printTemplate(segments) } : undefined;
}
