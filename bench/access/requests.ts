import type { Actor } from '@qlvb/platform-context';
import type { TestService } from '@qlvb/platform-service-testing';
import { Pool } from 'undici';
import type { Line } from '../measure.ts';
import { casesOver, held, PAGE, rareWord, SEARCHES } from './cases.ts';
import { COMMON, idOf } from './made-documents.ts';

/** The same over HTTP, as the service answers them. */
export async function requestLines(test: TestService, documents: number, rounds: number): Promise<Line[]> {
  const http = new Pool(test.service.url, { connections: 1 });
  const lines: Line[] = [];
  try {
    for (const [name, actor, seen] of casesOver(documents)) {
      const own = await token(test, actor);
      const ask = (path: string) => answer(http, own, path);
      const at = (rest: string) => [`/outgoing-documents${rest}`, `/bench/outgoing-documents${rest}`] as const;
      const list = (parameters: string) => at(`?limit=${parameters}`);
      const over = async (what: string, [ours, plain]: readonly [string, string], count = 100): Promise<void> => {
        lines.push(
          ...(await held(
            `HTTP, ${what}, ${name}`,
            count * rounds,
            () => ask(ours),
            () => ask(plain),
          )),
        );
      };
      await over('first page with its total', list(`${PAGE}`));
      if (seen > 0) {
        const [mine, plain] = list(`${PAGE / 2}`);
        const [{ nextCursor: ours }, { nextCursor: theirs }] = [await ask(mine), await ask(plain)];
        const [next, same] = [list(`${PAGE}&cursor=${ours ?? ''}`)[0], list(`${PAGE}&cursor=${theirs ?? ''}`)[1]];
        await over('next page', [next, same]);
      }
      await over('get', at(`/${idOf(documents)}`));
      await over('search for a word of every document', list(`${PAGE}&query=${COMMON}`), SEARCHES);
      await over('search for a word of one document', list(`${PAGE}&query=${rareWord(documents)}`), SEARCHES);
    }
    return lines;
  } finally {
    await http.close();
  }
}

async function token(test: TestService, actor: Actor): Promise<string> {
  const { userId, postId = '', unitId = '', agencyId, permissions } = actor;
  const reads = [...permissions, 'outgoing-documents.read'];
  const { authorization } = await test.issuer.authorization({ userId, postId, unitId, agencyId, permissions: reads });
  return authorization;
}

/** @throws Error unless the document or the list is shown, or is not there */
async function answer(http: Pool, authorization: string, path: string): Promise<{ nextCursor?: string | null }> {
  const asked = { method: 'GET', path: `/api/v1${path}`, headers: { authorization } } as const;
  const { statusCode, body } = await http.request(asked);
  const text = await body.text();
  if (statusCode !== 200 && statusCode !== 404) throw new Error(`${path}: ${statusCode} ${text}`);
  return JSON.parse(text) as { nextCursor?: string | null };
}
