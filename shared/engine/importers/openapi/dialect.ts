import type { JsonObject } from '../../../lib/json.ts';
import { toLooseText } from '../read/fields.ts';
import { damaged } from '../read/reading.ts';

/** What kind of description a document is: the name that is stored, and how its operations are read. */
export interface Dialect {
  readonly name: string;
  /** `messages`: channels of queues and sockets, which are no HTTP operations. */
  readonly family: 'openapi' | 'swagger' | 'messages';
}

/** The document's dialect. Errors: AppError `damaged-file` SPEC_VERSION with what is read. */
export function findDialect(root: JsonObject, name: string): Dialect {
  const version = toLooseText(root['openapi']);
  // Unquoted, YAML makes a number of it: 3.0 is then 3, and 2.0 is 2.
  const minor = version === undefined ? undefined : /^3(?:\.([012])(?:\.|$)|$)/.exec(version);
  if (minor !== undefined && minor !== null) return { name: `openapi-3.${minor[1] ?? '0'}`, family: 'openapi' };
  if (version !== undefined)
    damaged('SPEC_VERSION', `${name}: OpenAPI ${version.slice(0, 20)}; 3.0, 3.1 and 3.2 are read, and Swagger 2.0`, 0);
  const swagger = toLooseText(root['swagger']) ?? toLooseText(root['swaggerVersion']);
  if (swagger !== undefined && /^2(?:\.0)?$/.test(swagger)) return { name: 'swagger-2.0', family: 'swagger' };
  if (swagger !== undefined)
    damaged('SPEC_VERSION', `${name}: Swagger ${swagger.slice(0, 20)}; 2.0 is read, and OpenAPI 3.0, 3.1 and 3.2`, 0);
  const messages = toLooseText(root['asyncapi']);
  if (messages !== undefined) return { name: `asyncapi-${messages.slice(0, 20)}`, family: 'messages' };
  damaged('SPEC_VERSION', `${name}: no openapi version; 3.0, 3.1 and 3.2 are read, and Swagger 2.0`, 0);
}
