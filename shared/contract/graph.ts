import type { EdgeKind, PrincipalKind, Severity, TimeText } from './report-json.ts';

/** Columns of the aggregate map, left to right: who called, which model, which tool, which operation. */
export type GraphLayer = 'caller' | 'model' | 'tool' | 'operation';

/** How an operation stands in the map: by itself, or as part of its host. */
export type GraphGrouping = 'operation' | 'host';

/** A box of the map. */
export interface GraphNode {
  /** Names the same box in every answer: `caller:`, `operation:` or `host:` and what it is, or `other:` and its layer. */
  readonly id: string;
  readonly layer: GraphLayer;
  readonly label: string;
  /** Of a caller. */
  readonly kind?: PrincipalKind;
  /** Of a model, a tool or an operation. */
  readonly host?: string;
  /** Calls that it made when it is a caller, else calls that it answered. */
  readonly calls: number;
  readonly failed: number;
  /** The worst incident finding that names one of its calls. */
  readonly severity?: Severity;
  /** How many callers or operations it stands for. */
  readonly members: number;
  /** Finds its calls, beside the query of the question; left out where no query says so. */
  readonly clause?: string;
}

/**
 * A line of the map. `called`: calls that the caller made, or that the box at its start made while it answered (`kind` says how that is
 * known). `led-to`: calls that followed from an answer of the box at its start, such as a value that went over.
 */
export interface GraphLine {
  readonly from: string;
  readonly to: string;
  readonly role: 'called' | 'led-to';
  /** Weakest proof needed to draw it: of several kinds the one that most of its calls have. Left out where the caller is known by attribution. */
  readonly kind?: EdgeKind;
  readonly calls: number;
  readonly failed: number;
  readonly firstSeen?: TimeText;
  readonly lastSeen?: TimeText;
}

/** The calls that fit a query, as callers, models, tools and operations with lines between. */
export interface GraphMap {
  /** Calls that fit. */
  readonly calls: number;
  readonly nodes: readonly GraphNode[];
  readonly lines: readonly GraphLine[];
  /** Boxes that there would be without grouping. */
  readonly ungrouped: number;
  readonly grouping: GraphGrouping;
  /** Lines that were left out as the thinnest. */
  readonly linesLeftOut: number;
}

/** A row or column of the heat-map and of the matrix. */
export interface HeatLabel {
  readonly id: string;
  readonly label: string;
  readonly kind?: PrincipalKind;
  readonly host?: string;
  readonly calls: number;
  readonly clause?: string;
  readonly members: number;
}

/** Most columns of time that the screen draws callers over; the analysis counts all calls for as many. 9 px each beside the names at 1280 px. */
export const HEAT_SLICES = 96;

/** Callers over time and callers by operation, counted. */
export interface GraphHeat {
  readonly calls: number;
  /** Without a time: in the matrix only. */
  readonly untimed: number;
  /** Begin of each slice, and of the one after the last. Units: epoch µs. */
  readonly slices: readonly number[];
  readonly callers: readonly HeatLabel[];
  readonly operations: readonly HeatLabel[];
  /** Calls by caller, then by slice. */
  readonly overTime: readonly (readonly number[])[];
  /** Calls by caller, then by operation. */
  readonly matrix: readonly (readonly number[])[];
}

/** A host that was reached for the first time. */
export interface SpreadStep {
  readonly host: string;
  /** The part of its name that one owner registers, or `inside the network`. */
  readonly domain: string;
  readonly isNewDomain: boolean;
  readonly time?: TimeText;
  /** The first call there. */
  readonly call: string;
  readonly status?: number;
  readonly endpoint?: string;
  /** Who made that call. */
  readonly principal?: string;
  readonly principalLabel?: string;
  readonly kind?: PrincipalKind;
  readonly credential?: string;
  /** What led to that call: the strongest link from a call of the set; left out when nothing is known to have led there. */
  readonly from?: { readonly call: string; readonly host: string; readonly kind: EdgeKind; readonly confidence: number };
  /** Calls of the set to the host. */
  readonly calls: number;
  readonly failed: number;
  readonly lastSeen?: TimeText;
}

/** How far the calls that fit a query, and what they led to, reached. */
export interface Spread {
  /** Calls that fit, and those that they led to besides. */
  readonly seeds: number;
  readonly followed: number;
  readonly hosts: number;
  readonly domains: number;
  /** In order of first reach; at most as many as asked for. */
  readonly steps: readonly SpreadStep[];
  /** The earliest use of a credential among the calls that fit. */
  readonly firstCredential?: { readonly id: string; readonly call: string; readonly time?: TimeText };
}
