import type { DossierPackage } from '../model.ts';

const CSIP = 'https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml';
const SIP_2_2_0 = 'https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml';
const AIP_2_2_0 = 'https://earkdip.dilcis.eu/profile/E-ARK-AIP-v2-2-0.xml';
// The circular's own example of an AIP names this one, which is an Estonian sample and no E-ARK profile.
const TT05_AIP = 'http://www.ra.ee/METS/v01/IP.xml';

export const REPRESENTATION = 'rep1';

/** All that differs between the two renderings of one package. */
export interface RenderedIdentity {
  readonly objectId: string;
  /** Name of the root folder. */
  readonly folder: string;
  readonly rootProfile: string;
  readonly representationProfile: string;
  /** `TYPE` of the representation's root `div`. */
  readonly divisionType: string | undefined;
}

/**
 * @source PKG-1
 * @source CSIP1
 * @source SIP2
 * @source AIPM1
 * @source AIPM2
 */
export function renderedIdentity(pack: Pick<DossierPackage, 'kind' | 'rendering' | 'objectId'>): RenderedIdentity {
  const { kind, rendering, objectId } = pack;
  if (rendering === 'eark') {
    const profile = kind === 'SIP' ? SIP_2_2_0 : AIP_2_2_0;
    return {
      objectId,
      folder: objectId,
      rootProfile: profile,
      representationProfile: profile,
      divisionType: undefined,
    };
  }
  if (kind === 'SIP') {
    return {
      objectId,
      folder: objectId,
      rootProfile: CSIP,
      representationProfile: CSIP,
      divisionType: 'ORIGINAL',
    };
  }
  const urn = `urn:uuid:${objectId.replace(/^uuid-/, '')}`;
  return {
    objectId: urn,
    folder: urn.replaceAll(':', '_'),
    rootProfile: TT05_AIP,
    representationProfile: CSIP,
    divisionType: 'NORMALIZED',
  };
}
