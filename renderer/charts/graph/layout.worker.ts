import type { Direction, LayoutInput } from '#shared/graph/layered-layout.ts';
import { layoutGraph } from '#shared/graph/sugiyama-layout.ts';

/** What the page sends: one graph, once. The worker is ended, not asked to stop. */
export interface LayoutOrder {
  readonly input: LayoutInput;
  /** Of the picture that it becomes part of; absent for one of its own. */
  readonly direction: Direction | undefined;
  /** False after the fine way took too long. */
  readonly fine: boolean;
}

self.addEventListener('message', (event: MessageEvent<LayoutOrder>) => {
  self.postMessage(layoutGraph(event.data.input, event.data.fine, event.data.direction));
});
