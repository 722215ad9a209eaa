import { Der, der, oid, sequence, setOf, TAG, utf8 } from './der.ts';
import { OID } from './oids.ts';

/** A distinguished name: its exact bytes and its attributes by object identifier. */
export class DistinguishedName {
  readonly raw: Uint8Array;
  readonly attributes: readonly { readonly type: string; readonly value: string }[];

  constructor(element: Der) {
    this.raw = element.expect(TAG.sequence).raw;
    this.attributes = element.children.flatMap((rdn) =>
      rdn.expect(TAG.set).children.map((pair) => ({ type: pair.at(0).oid, value: pair.at(1).text })),
    );
  }

  get(type: string): string | undefined {
    return this.attributes.find((attribute) => attribute.type === type)?.value;
  }

  get commonName(): string | undefined {
    return this.get(OID.commonName);
  }

  /**
   * The form names are compared in: case folded, inner spaces reduced, string types equal (RFC 5280 7.1). The number of
   * attributes in each step is part of it.
   */
  get comparable(): string {
    return JSON.stringify(
      Der.parse(this.raw).children.map((rdn) =>
        rdn.children
          .map((pair) => [pair.at(0).oid, pair.at(1).text.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ')])
          .sort(),
      ),
    );
  }

  /** For people: `CN=…, O=…` in the order of the certificate. */
  toString(): string {
    return this.attributes.map(({ type, value }) => `${SHORT[type] ?? type}=${value}`).join(', ');
  }
}

const SHORT: Readonly<Record<string, string>> = {
  [OID.commonName]: 'CN',
  [OID.countryName]: 'C',
  [OID.localityName]: 'L',
  [OID.stateOrProvinceName]: 'ST',
  [OID.organizationName]: 'O',
  [OID.organizationalUnitName]: 'OU',
  [OID.title]: 'T',
  [OID.serialNumber]: 'SERIALNUMBER',
  [OID.userId]: 'UID',
};

/** Encodes a name from its attributes, one per step. */
export function encodeName(attributes: readonly (readonly [type: string, value: string])[]): Uint8Array {
  return sequence(
    ...attributes.map(([type, value]) =>
      setOf([
        sequence(oid(type), type === OID.countryName ? der(TAG.printableString, Buffer.from(value)) : utf8(value)),
      ]),
    ),
  );
}
