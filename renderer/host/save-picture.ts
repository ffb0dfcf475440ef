import type { Picture } from '../charts/picture-frame.ts';
import { saveBlob } from './download.ts';

/** Points of the file for one of the picture: sharp on paper. */
const SHARP = 2;
/** Longest side that every browser's canvas takes, and most points in all. */
const LONGEST = 16_000;
const MOST_POINTS = 64_000_000;

const blobOf = ({ text }: Picture): Blob => new Blob([text], { type: 'image/svg+xml' });

/** Saves a picture as SVG. */
export function saveSvg(picture: Picture, name: string): void {
  saveBlob(blobOf(picture), `${name}.svg`);
}

/** How much larger than the picture its file is; below 1 where it would be larger than a canvas can be. */
export function pngScale({ width, height }: Pick<Picture, 'width' | 'height'>): number {
  return Math.min(SHARP, LONGEST / Math.max(width, height), Math.sqrt(MOST_POINTS / (width * height)));
}

/** Saves a picture as PNG, drawn by the browser from the same SVG. Errors: Error when it cannot be drawn. */
export async function savePng(picture: Picture, name: string): Promise<void> {
  const url = URL.createObjectURL(blobOf(picture));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = pngScale(picture);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.floor(picture.width * scale));
    canvas.height = Math.max(1, Math.floor(picture.height * scale));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => {
      canvas.toBlob(done, 'image/png');
    });
    if (blob === null) throw new Error(`a picture of ${String(canvas.width)} by ${String(canvas.height)} points could not be made`);
    saveBlob(blob, `${name}.png`);
  } finally {
    URL.revokeObjectURL(url);
  }
}
