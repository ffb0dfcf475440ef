import { useState } from 'react';
import type { GraphLine, GraphNode } from '#shared/contract/graph.ts';
import { arrangeMap, placeMap, type MapPlaces } from './places.ts';

/** The places of a map that change only where the map does, and what lays it out from nothing. */
export function useMapPlaces(nodes: readonly GraphNode[], lines: readonly GraphLine[]): readonly [MapPlaces, () => void] {
  const [kept, setKept] = useState(() => arrangeMap(nodes, lines));
  const isOld = kept.nodes !== nodes || kept.lines !== lines;
  const places = isOld ? placeMap(kept, nodes, lines) : kept;
  // While rendering, so that no frame shows boxes without a place.
  if (isOld) setKept(places);
  return [
    places,
    () => {
      setKept(arrangeMap(nodes, lines, places));
    },
  ];
}
