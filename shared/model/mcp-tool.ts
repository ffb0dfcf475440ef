const TOOL_NAME = /^[\w./:-]{1,128}$/;

/** A tool's name as it is listed and compared; `undefined` for a text that no tool is called, which stays text of the evidence. */
export const toMcpTool = (name: string): string | undefined => (TOOL_NAME.test(name) ? `mcp:${name}` : undefined);
