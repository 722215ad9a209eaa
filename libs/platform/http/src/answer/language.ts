import { currentContext } from '@qlvb/platform-context';
import type { Bilingual } from '@qlvb/shared-domain';

export type Language = keyof Bilingual;

/** Vietnamese unless the first language that the header prefers is English. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const ranked = (acceptLanguage ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => /^(vi|en)\b/.test(tag) && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return ranked[0]?.tag.startsWith('en') ? 'en' : 'vi';
}

export const say = (text: Bilingual): string => text[currentContext()?.language ?? 'vi'];
