import type { Block } from './blocks.ts';

/** Blocks of one part as they stand inside of another: headings one level lower. */
export const demote = (blocks: readonly Block[]): readonly Block[] =>
  blocks.map((block) => (block.kind === 'heading' && block.level === 3 ? { ...block, level: 4 } : block));
