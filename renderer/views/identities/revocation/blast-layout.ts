import type { BlastEndpoint } from '#shared/contract/revocation.ts';

/** Most marks that the picture draws; the table has all. */
export const MAX_MARKS = 120;

/** Units of everything here: CSS px of the picture's own box. */
export interface BlastMark {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly isUsed: boolean;
  readonly sensitivity: number;
}

export interface BlastHost {
  readonly name: string;
  readonly y: number;
  readonly height: number;
  readonly isUsed: boolean;
  readonly marks: readonly BlastMark[];
}

export interface BlastPicture {
  readonly width: number;
  readonly height: number;
  readonly hosts: readonly BlastHost[];
  /** Operations beyond those drawn. */
  readonly left: number;
}

const WIDTH = 520;
const MARKS_AT = 300;
const MARK = 18;
const PER_LINE = Math.floor((WIDTH - MARKS_AT) / MARK);
const GAP = 14;

/**
 * Places hosts one below the other and the operations of each beside it, the used ones first.
 * Shape: hosts that were used before those that are only reachable; the order of `endpoints` within a host is kept.
 */
export function layBlast(endpoints: readonly BlastEndpoint[]): BlastPicture {
  const shown = endpoints.slice(0, MAX_MARKS);
  const byHost = new Map<string, BlastEndpoint[]>();
  for (const endpoint of shown) byHost.set(endpoint.host, [...(byHost.get(endpoint.host) ?? []), endpoint]);
  let y = GAP;
  const hosts = [...byHost].map(([name, own]): BlastHost => {
    const height = Math.max(1, Math.ceil(own.length / PER_LINE)) * MARK;
    const top = y;
    y += height + GAP;
    return {
      name,
      y: top + height / 2,
      height,
      isUsed: own.some(({ because }) => because === undefined),
      marks: own.map((endpoint, index) => ({
        id: endpoint.id,
        x: MARKS_AT + (index % PER_LINE) * MARK + MARK / 2,
        y: top + Math.floor(index / PER_LINE) * MARK + MARK / 2,
        isUsed: endpoint.because === undefined,
        sensitivity: endpoint.sensitivity,
      })),
    };
  });
  return { width: WIDTH, height: y, hosts, left: endpoints.length - shown.length };
}
