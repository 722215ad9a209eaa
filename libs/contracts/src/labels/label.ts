import { z } from 'zod';

/** What a person reads in place of a code, in both languages of the platform. */
export interface Label {
  readonly vi: string;
  readonly en: string;
}

/** A label with the places of `{name}` filled; a place that nothing fills stays as it is. */
export function fillLabel(label: Label, parameters: Readonly<Record<string, string | Label>>): Label {
  const fill = (language: keyof Label): string =>
    label[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = parameters[name];
      return value === undefined ? whole : typeof value === 'string' ? value : value[language];
    });
  return { vi: fill('vi'), en: fill('en') };
}

/** The closed set of the codes that have words: the labels are the list. */
export const codesOf = <const Labels extends Readonly<Record<string, Label>>>(labels: Labels) =>
  z.enum(Object.keys(labels) as [keyof Labels & string, ...(keyof Labels & string)[]]);
