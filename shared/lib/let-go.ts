/**
 * Gives the memory of arrays back at once, where the collector would come round to it long after the next arrays are there. Their reads give
 * `undefined` from now on, which `numberAt` turns into NaN. For arrays of one's own that no one reads again, and never for a view of a part.
 */
export function letGo(...arrays: readonly ArrayBufferView[]): void {
  for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}
