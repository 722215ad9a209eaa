import { BadPicture } from '../pdf-signature.problems.ts';
import { decodePng } from './png.ts';
import type { Picture } from './png.ts';

export type PictureKind = 'person' | 'seal';

const MAX_BYTES = 2 ** 20;
const MIN_TRANSPARENT_SHARE = 0.3;

/**
 * Checks a picture at upload: PNG with transparency, background transparent, blue for a person's signature, red for a seal.
 *
 * @throws BadPicture with a reason for the user
 * @source VN-18
 */
export function checkPicture(png: Uint8Array, kind: PictureKind): Picture {
  if (png.length > MAX_BYTES) throw BadPicture({ reason: { vi: 'lớn hơn 1 MiB', en: 'larger than 1 MiB' } });
  const picture = decodePng(png);
  if (!picture.hasAlphaChannel) throw BadPicture({ reason: { vi: 'nền không trong suốt', en: 'no transparency' } });
  const transparent = picture.alpha.reduce((count, opacity) => count + (opacity === 0 ? 1 : 0), 0);
  if (transparent < picture.alpha.length * MIN_TRANSPARENT_SHARE) {
    throw BadPicture({ reason: { vi: 'nền không trong suốt', en: 'background not transparent' } });
  }
  const hue = dominantHue(picture);
  const fits = kind === 'person' ? hue >= 200 && hue <= 260 : hue >= 340 || hue <= 15;
  if (!fits)
    throw BadPicture({
      reason:
        kind === 'person' ? { vi: 'màu không phải xanh', en: 'not blue' } : { vi: 'màu không phải đỏ', en: 'not red' },
    });
  return picture;
}

/** Most frequent hue, in degrees, of the pixels that are seen and have colour; NaN when there are none. */
function dominantHue({ rgb, alpha }: Picture): number {
  const counts = new Uint32Array(72);
  alpha.forEach((opacity, index) => {
    const [r, g, b] = rgb.subarray(index * 3, index * 3 + 3) as unknown as [number, number, number];
    const spread = Math.max(r, g, b) - Math.min(r, g, b);
    if (opacity < 128 || spread < 30) return;
    const bin = Math.floor(hueOf(r, g, b, spread) / 5) % 72;
    counts[bin] = (counts[bin] as number) + 1;
  });
  const most = Math.max(...counts);
  return most === 0 ? NaN : counts.indexOf(most) * 5 + 2.5;
}

function hueOf(r: number, g: number, b: number, spread: number): number {
  const max = Math.max(r, g, b);
  const sector = max === r ? (g - b) / spread : max === g ? 2 + (b - r) / spread : 4 + (r - g) / spread;
  return (sector * 60 + 360) % 360;
}
