/** What of a call says where it went. */
interface Placed {
  readonly path?: string | undefined;
  readonly tool?: string | undefined;
}

/**
 * Where a call went, for rows, boxes and titles: its path, or the tool where a trace names one and no address.
 * Example: `/v1/items`; `tool fetch_url` for a call of `tool:fetch_url` without a path.
 */
export const placeOf = ({ path = '', tool }: Placed): string =>
  path !== '' || tool === undefined ? path : tool.replace(/^(?:mcp|tool):/, 'tool ').replace(/^\w+:(?=\S)/, '');
