import { lettersOf } from './lettering.ts';
import type { Point } from './lettering.ts';
import { encodePng } from './png.ts';

/** Pixels per millimetre of the demo pictures: 300 dpi. */
const PER_MM = 300 / 25.4;

/** A transparent canvas that takes round brush strokes of one colour, with soft edges. */
class Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
  readonly #color: readonly [number, number, number];

  constructor(width: number, height: number, color: readonly [number, number, number]) {
    this.width = Math.round(width);
    this.height = Math.round(height);
    this.#color = color;
    this.rgba = new Uint8Array(this.width * this.height * 4);
  }

  dot(cx: number, cy: number, radius: number): void {
    for (let y = Math.max(0, Math.floor(cy - radius - 1)); y <= Math.min(this.height - 1, cy + radius + 1); y += 1) {
      for (let x = Math.max(0, Math.floor(cx - radius - 1)); x <= Math.min(this.width - 1, cx + radius + 1); x += 1) {
        const cover = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x - cx, y - cy)));
        const at = (y * this.width + x) * 4;
        const opacity = Math.round(cover * 235);
        if (opacity > (this.rgba[at + 3] as number)) this.rgba.set([...this.#color, opacity], at);
      }
    }
  }

  /** A stroke along `point(t)` for t from 0 to 1; the brush is `radius(t)` wide. */
  stroke(point: (t: number) => readonly [number, number], radius: (t: number) => number, steps: number): void {
    for (let i = 0; i <= steps; i += 1) this.dot(...point(i / steps), radius(i / steps));
  }

  png(): Buffer {
    return encodePng(this.width, this.height, this.rgba);
  }
}

/** Numbers from 0 to 1 that depend on the text alone. */
function randomOf(text: string): () => number {
  let state = [...text].reduce((sum, char) => (sum * 33 + (char.codePointAt(0) as number)) >>> 0, 5381);
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A blue flourish that looks like a signature and differs from name to name; 45 × 22 mm at 300 dpi, transparent. */
export function drawDemoSignature(signerName: string): Buffer {
  const random = randomOf(signerName.normalize('NFC'));
  const canvas = new Canvas(45 * PER_MM, 22 * PER_MM, [24, 58, 168]);
  const { width: w, height: h } = canvas;
  const loops = 3 + Math.floor(random() * 3);
  const tall = Array.from({ length: loops }, () => 0.14 + random() * 0.2);
  const phase = random() * 2;
  const pressure = (t: number): number => 3 + 2.2 * Math.abs(Math.sin(t * 9 + phase));
  canvas.stroke(
    (t) => {
      const swing = tall[Math.min(loops - 1, Math.floor(t * loops))] as number;
      const angle = t * loops * 2 * Math.PI + phase;
      return [w * (0.12 + 0.66 * t) + w * 0.08 * Math.cos(angle), h * (0.46 + 0.08 * t) + h * swing * Math.sin(angle)];
    },
    pressure,
    2600,
  );
  const tail = 0.1 + random() * 0.15;
  canvas.stroke(
    (t) => [w * (0.1 + 0.84 * t), h * (0.86 - tail * t - 0.12 * Math.sin(t * Math.PI))],
    (t) => 4.5 - 3 * t,
    1500,
  );
  return canvas.png();
}

/** A red round seal of the given diameter at 300 dpi with a star and the agency's name around it, transparent. */
export function drawDemoSeal(agencyName: string, diameterMm = 36): Buffer {
  const size = diameterMm * PER_MM;
  const canvas = new Canvas(size, size, [214, 28, 36]);
  const middle = (canvas.width - 1) / 2;
  const circle = (radius: number, brush: number): void =>
    canvas.stroke(
      (t) => [middle + radius * Math.cos(t * 2 * Math.PI), middle + radius * Math.sin(t * 2 * Math.PI)],
      () => brush,
      2400,
    );
  const outer = size / 2 - 5;
  circle(outer, 4);
  circle(outer - 12, 1.6);
  circle(outer * 0.6, 1.6);
  drawStar(canvas, middle, outer * 0.34);
  drawRing(canvas, agencyName, middle, outer * 0.76);
  return canvas.png();
}

function drawStar(canvas: Canvas, middle: number, radius: number): void {
  const tip = (index: number): readonly [number, number] => {
    const angle = -Math.PI / 2 + (index * 2 * Math.PI) / 5;
    return [middle + radius * Math.cos(angle), middle + radius * Math.sin(angle)];
  };
  for (let index = 0; index < 5; index += 1) {
    const [a, b] = [tip(index), tip(index + 2)];
    canvas.stroke(
      (t) => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t],
      () => 4,
      300,
    );
  }
}

function drawRing(canvas: Canvas, text: string, middle: number, radius: number): void {
  const letters = lettersOf(text).slice(0, 42);
  const step = Math.min(0.16, (Math.PI * 1.8) / Math.max(1, letters.length));
  const unit = Math.min(radius * step * 0.15, radius * 0.035);
  letters.forEach((lines, index) => {
    const angle = -Math.PI / 2 + (index - (letters.length - 1) / 2) * step;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const at = ([x, y]: Point): Point => {
      const [across, out] = [(x - 2) * unit, radius + (3 - y) * unit];
      return [middle + out * cos - across * sin, middle + out * sin + across * cos];
    };
    for (const points of lines) {
      points.slice(1).forEach((to, leg) => {
        const [from, end] = [at(points[leg] as Point), at(to)];
        canvas.stroke(
          (t) => [from[0] + (end[0] - from[0]) * t, from[1] + (end[1] - from[1]) * t],
          () => 1.9,
          24,
        );
      });
    }
  });
}
