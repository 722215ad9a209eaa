import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

export type FontStyle = 'regular' | 'bold' | 'italic' | 'boldItalic';

/**
 * Tinos has the widths of Times New Roman and every Vietnamese letter. Names as they appear in a document's resources.
 *
 * @source LIB-30
 */
export const FONT_NAMES: Readonly<Record<FontStyle, string>> = {
  regular: 'Tinos',
  bold: 'Tinos-Bold',
  italic: 'Tinos-Italic',
  boldItalic: 'Tinos-BoldItalic',
};

const FILES: Readonly<Record<FontStyle, string>> = {
  regular: '400Regular/Tinos_400Regular.ttf',
  bold: '700Bold/Tinos_700Bold.ttf',
  italic: '400Regular_Italic/Tinos_400Regular_Italic.ttf',
  boldItalic: '700Bold_Italic/Tinos_700Bold_Italic.ttf',
};

let loaded: Promise<Readonly<Record<FontStyle, Buffer>>> | undefined;

/** The four font files, read once. */
export function loadFonts(): Promise<Readonly<Record<FontStyle, Buffer>>> {
  loaded ??= readFonts();
  return loaded;
}

async function readFonts(): Promise<Readonly<Record<FontStyle, Buffer>>> {
  const { resolve } = createRequire(import.meta.url);
  const read = (style: FontStyle): Promise<Buffer> => readFile(resolve(`@expo-google-fonts/tinos/${FILES[style]}`));
  const [regular, bold, italic, boldItalic] = await Promise.all([
    read('regular'),
    read('bold'),
    read('italic'),
    read('boldItalic'),
  ]);
  return { regular, bold, italic, boldItalic };
}
