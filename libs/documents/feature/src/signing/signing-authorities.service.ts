import { Inject, Injectable } from '@nestjs/common';
import { Directory, DirectoryPost, PostUnknown } from '@qlvb/directory';
import { bodyOf, headPost, regimeOf, SignerNotFound, signingAuthority } from '@qlvb/documents-domain';
import type { SigningAuthority } from '@qlvb/documents-domain';
import { Database } from '@qlvb/platform-database';
import { leadsAgency, rankOf } from '@qlvb/records';
import type { DocumentKindCode } from '@qlvb/records';
import { IsNull } from 'typeorm';
import { grantOf, SigningGrantEntity } from './signing-grant.entity.ts';

export interface SigningOccasion {
  readonly postId: string;
  readonly kind: DocumentKindCode;
  readonly field?: string | null | undefined;
  /** Day of signing in Vietnam, yyyy-MM-dd. */
  readonly on: string;
}

/** Who signs what in which capacity, from the posts of the agency and the grants of its head. */
@Injectable()
export class SigningAuthorities {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /**
   * @throws PostUnknown, SignerNotCompetent
   * @source NĐ30-A13-1
   * @source NĐ30-A13-2
   * @source NĐ30-A13-3
   * @source NĐ30-A13-4
   */
  async of({ postId, kind, field, on }: SigningOccasion): Promise<SigningAuthority> {
    // A signature that was made counts though its maker has left the post since.
    const post = await this.database.read((manager) => manager.findOneBy(DirectoryPost, { postId }));
    if (!post) throw PostUnknown({ id: postId });
    const { name } = await this.directory.agency(post.agencyId);
    const grants = await this.database.read((manager) => manager.findBy(SigningGrantEntity, { revocation: IsNull() }));
    const ofSigner = grants.find(({ grantee }) => grantee.userId === post.userId);
    const unitHeads = await this.directory.postsWithRole('unit_head', post.unitId);
    return signingAuthority({
      signer: { userId: post.userId, rank: rankOf(post), post: post.title },
      regime: regimeOf(name),
      body: bodyOf(name),
      kind,
      field: field ?? undefined,
      on,
      grants: grants.map(grantOf),
      headPost: headPost(await this.directory.postsWithRole('leader')) ?? ofSigner?.grantedBy.position ?? '',
      unitHeadPost: unitHeads.find((head) => rankOf(head) === 'unit_head')?.title,
    });
  }

  /** For showing it. @throws SignerNotFound, SignerNotCompetent */
  async show(occasion: SigningOccasion): Promise<SigningAuthority> {
    try {
      return await this.of(occasion);
    } catch (error) {
      throw PostUnknown.is(error) ? SignerNotFound({ id: occasion.postId }, { cause: error }) : error;
    }
  }

  /** Whether a post may hand on the right to sign: the head's alone, or of who stands in his place. @source NĐ30-A13-1 */
  async isHead(postId: string): Promise<boolean> {
    return leadsAgency(await this.directory.post(postId));
  }
}
