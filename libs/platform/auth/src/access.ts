import { SetMetadata } from '@nestjs/common';

/**
 * Who may call a route: holders of a permission (of one of several), any signed-in account, or everybody.
 * There is no fourth case: a route without a declaration does not start.
 */
export type Access =
  | { readonly permission: string | readonly string[]; readonly authenticated?: never; readonly public?: never }
  | { readonly authenticated: true; readonly permission?: never; readonly public?: never }
  | { readonly public: true; readonly permission?: never; readonly authenticated?: never };

export const ACCESS_METADATA = 'qlvb:access';

/** Declares who may call a route; `@Operation` does this for you. */
export const DeclareAccess = (access: Access): MethodDecorator => SetMetadata(ACCESS_METADATA, access);

export const accessOf = (handler: object): Access | undefined =>
  Reflect.getMetadata(ACCESS_METADATA, handler) as Access | undefined;

/** The permissions of which one is enough; empty when none is asked for. */
export const acceptedPermissions = (access: Access): readonly string[] =>
  access.permission === undefined
    ? []
    : typeof access.permission === 'string'
      ? [access.permission]
      : access.permission;
