/** On a 4 × 6 grid; y grows downwards, 0 is the height of capitals and 6 their foot. */
export type Point = readonly [x: number, y: number];

/** Strokes of capital letters on a 4 × 6 grid, `x,y` with y downwards. */
const GLYPHS: Readonly<Record<string, string>> = {
  A: '0,6 2,0 4,6;1,4 3,4',
  B: '0,0 0,6 3,6 4,5 3,3 0,3;0,0 3,0 4,1 3,3',
  C: '4,1 3,0 1,0 0,1 0,5 1,6 3,6 4,5',
  D: '0,0 0,6 3,6 4,4 4,2 3,0 0,0',
  E: '4,0 0,0 0,6 4,6;0,3 3,3',
  F: '4,0 0,0 0,6;0,3 3,3',
  G: '4,1 3,0 1,0 0,1 0,5 1,6 4,6 4,3 2,3',
  H: '0,0 0,6;4,0 4,6;0,3 4,3',
  I: '2,0 2,6',
  J: '4,0 4,5 3,6 1,6 0,5',
  K: '0,0 0,6;4,0 0,3 4,6',
  L: '0,0 0,6 4,6',
  M: '0,6 0,0 2,3 4,0 4,6',
  N: '0,6 0,0 4,6 4,0',
  O: '1,0 0,1 0,5 1,6 3,6 4,5 4,1 3,0 1,0',
  P: '0,6 0,0 3,0 4,1 3,3 0,3',
  Q: '1,0 0,1 0,5 1,6 3,6 4,5 4,1 3,0 1,0;3,4 4,6',
  R: '0,6 0,0 3,0 4,1 3,3 0,3;2,3 4,6',
  S: '4,1 3,0 1,0 0,1 1,3 3,3 4,5 3,6 1,6 0,5',
  T: '0,0 4,0;2,0 2,6',
  U: '0,0 0,5 1,6 3,6 4,5 4,0',
  V: '0,0 2,6 4,0',
  W: '0,0 1,6 2,3 3,6 4,0',
  X: '0,0 4,6;4,0 0,6',
  Y: '0,0 2,3 4,0;2,3 2,6',
  Z: '0,0 4,0 0,6 4,6',
};

/** Marks above a letter, lying on its top; a second one stands above the first. */
const ABOVE: Readonly<Record<string, string>> = {
  '\u0300': '1.4,-1.7 2.4,-0.8',
  '\u0301': '1.6,-0.8 2.6,-1.7',
  '\u0302': '1,-0.8 2,-1.7 3,-0.8',
  '\u0303': '0.8,-0.9 1.5,-1.5 2.5,-0.9 3.2,-1.5',
  '\u0306': '1,-1.6 1.5,-0.9 2.5,-0.9 3,-1.6',
  '\u0309': '1.5,-1.7 2.5,-1.7 2.5,-1.2 2,-0.7',
};
const SECOND_ABOVE = -1.3;

/** Marks with a place of their own: horn and dot below. */
const BESIDE: Readonly<Record<string, string>> = {
  '\u031b': '3.6,0.6 4.6,0.1 4.6,-0.7',
  '\u0323': '1.9,7.3 2.1,7.3',
};
const BAR_OF_D = '-0.9,3 1.4,3';

/** The strokes of each letter of a Vietnamese text in capitals; what is neither letter nor space is left out. */
export function lettersOf(text: string): Point[][][] {
  const letters: Point[][][] = [];
  let above = 0;
  for (const sign of text.toUpperCase().normalize('NFD')) {
    const shape = sign === 'Đ' ? `${GLYPHS['D']};${BAR_OF_D}` : sign === ' ' ? '' : GLYPHS[sign];
    if (shape !== undefined) {
      letters.push(linesOf(shape));
      above = 0;
    } else if (ABOVE[sign]) {
      letters.at(-1)?.push(...linesOf(ABOVE[sign], above * SECOND_ABOVE));
      above += 1;
    } else if (BESIDE[sign]) {
      letters.at(-1)?.push(...linesOf(BESIDE[sign]));
    }
  }
  return letters;
}

function linesOf(shape: string, shift = 0): Point[][] {
  return shape
    .split(';')
    .filter(Boolean)
    .map((line) =>
      line.split(' ').map((pair): Point => {
        const [x = 0, y = 0] = pair.split(',').map(Number);
        return [x, y + shift];
      }),
    );
}
