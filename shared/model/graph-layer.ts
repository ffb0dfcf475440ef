import { isModelPath } from './model-path.ts';

/** Columns of the aggregate map behind the callers. */
export type OperationLayer = 'model' | 'tool' | 'operation';

/** What the Model Context Protocol calls its own messages. Source: MCP 2025-11-25, schema. */
const MCP_METHOD =
  /^(?:initialize|ping|server\/discover|(?:tools|resources|prompts|completion|logging|roots|sampling|elicitation|tasks|notifications)\/[\w/-]+)$/;

/**
 * Where an operation stands: models answer prompts, tools are what agents are offered (MCP, or as a trace names them), the rest is an API.
 * Shape: `template` with its placeholders; `operation` as endpoints name what stands inside of a path, `tool search`, `tools/list`.
 */
export function toLayer(template: string, operation: string | undefined): OperationLayer {
  if (operation !== undefined && (operation.startsWith('tool ') || MCP_METHOD.test(operation))) return 'tool';
  return isModelPath(template) ? 'model' : 'operation';
}
