import { byTime, keysetPage } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import type { AccessibleList } from './access-list.ts';
import type { ObjectAccess } from './access-to.ts';

/**
 * One page of what the person may see, the newest first.
 *
 * @param asked the page, and as `filter` all that decides what is in the list
 * @throws CursorInvalid
 */
export function accessPage<At extends string, Entity extends Readonly<Record<At, Date>> & { readonly id: string }>(
  access: Pick<ObjectAccess, 'list'>,
  asked: {
    readonly limit: number;
    readonly cursor?: string | undefined;
    readonly filter: Readonly<Record<string, unknown>>;
  },
  list: Omit<AccessibleList<Entity>, 'after'> & { readonly at: At & keyof Entity },
): Promise<Page<Entity>> {
  return keysetPage(asked, {
    scope: asked.filter,
    ...byTime(list.at),
    query: (after) => access.list({ ...list, after }),
  });
}
