import { AgencyChanged, PostChanged, ROLES } from '@qlvb/contracts';
import type { DataOf, Person, Role } from '@qlvb/contracts';
import type { TestTokenClaims } from '@qlvb/platform-auth-testing';
import { idFrom } from '@qlvb/shared-domain';
import type { TestService } from './test-service.ts';

/** A person in a post, as the token and the directory know him. */
export interface PostHolder extends Required<Omit<TestTokenClaims, 'permissionVersion' | 'sessionId'>> {
  readonly fullName: string;
  readonly title: string;
  readonly roles: readonly Role[];
}

/** Somebody made up; the same name in the same agency is the same person. */
export const postHolder = (
  { agencyId, unitId }: { readonly agencyId: string; readonly unitId: string },
  fullName: string,
  title: string,
  ...roles: Role[]
): PostHolder => ({
  userId: idFrom(`user:${agencyId}:${fullName}`),
  postId: idFrom(`post:${agencyId}:${fullName}`),
  agencyId,
  unitId,
  permissions: [...new Set(roles.flatMap((role) => ROLES[role] as readonly string[]))],
  fullName,
  title,
  roles,
});

export const personOf = ({ userId, postId, fullName, title }: PostHolder): Person => ({
  userId,
  postId,
  fullName,
  position: title,
});

/** Tells a service of an agency, as identity does. */
export function tellAgency(
  test: TestService,
  agencyId: string,
  told: Pick<DataOf<typeof AgencyChanged>, 'code' | 'name' | 'shortName'> & Partial<DataOf<typeof AgencyChanged>>,
): Promise<string> {
  return test.deliver(AgencyChanged, agencyId, {
    agencyId,
    version: 1,
    legacyCode: null,
    level: 'department',
    parentId: null,
    subdomain: null,
    placeOfIssue: 'Quảng Bình',
    validFrom: '2020-09-15',
    validTo: null,
    ...told,
  });
}

/** Tells a service of somebody in his post, as identity does. */
export function tellPost(
  test: TestService,
  { userId, postId, agencyId, unitId, fullName, title, roles, permissions }: PostHolder,
  told: Pick<DataOf<typeof PostChanged>, 'unitName' | 'unitSymbol'> & Partial<DataOf<typeof PostChanged>>,
): Promise<string> {
  return test.deliver(PostChanged, agencyId, {
    ...{ postId, version: 1, userId, agencyId, unitId, fullName, title },
    ...{ roles: [...roles], permissions: [...permissions], active: true },
    ...told,
  });
}
