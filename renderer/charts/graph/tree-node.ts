import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';

/** A call with the calls that it led to. */
export interface TreeNode {
  readonly call: DrawnCall;
  /** Position of the call in the chain's order of time. */
  readonly order: number;
  /** The edge that makes it a child; absent for a root. */
  readonly edge: EdgeJson | undefined;
  readonly children: readonly TreeNode[];
}
