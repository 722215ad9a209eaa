import { formFields, PdfDocument, PdfString } from '@qlvb/pdf';
import { Der } from '@qlvb/x509';
import { replaced } from './attacks.ts';

/** The CMS of a signature field, without the zeros behind it. */
export function cmsOf(pdf: Uint8Array, fieldName = 'ChuKyCaNhan'): Uint8Array {
  const value = formFields(new PdfDocument(pdf)).find(({ name }) => name === fieldName)?.value;
  const contents = value instanceof Map ? value.get('Contents') : undefined;
  if (!(contents instanceof PdfString)) throw new Error(`no signature in ${fieldName}`);
  return contents.bytes.subarray(0, 4 + Buffer.from(contents.bytes).readUInt16BE(2));
}

/** Puts another CMS, or anything else, into the last signature of a file. It lies outside what is signed. */
export function withCms(pdf: Uint8Array, cms: Uint8Array): Uint8Array {
  const [hex = ''] = [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/Contents <[0-9a-f]+>/g),
  ].pop() as RegExpExecArray;
  const digits = Buffer.from(cms)
    .toString('hex')
    .padEnd(hex.length - 12, '0');
  return replaced(pdf, hex, `/Contents <${digits}>`);
}

/** The members of SignedData and of its signer, to be put together anew. */
export interface CmsParts {
  readonly signedData: Uint8Array[];
  readonly signer: Uint8Array[];
}

/** A CMS of the same signature with other members. Of SignedData the last is the signers, before it the certificates. */
export function rebuilt(cms: Uint8Array, change: (parts: CmsParts) => Partial<CmsParts>): Uint8Array {
  const info = Der.parse(cms);
  const data = info.at(1).at(0);
  const parts: CmsParts = {
    signedData: data.children.slice(0, -1).map(({ raw }) => raw),
    signer: (data.children.at(-1) as Der).at(0).children.map(({ raw }) => raw),
  };
  const { signedData = parts.signedData, signer = parts.signer } = change(parts);
  const withSigner =
    signedData.length === parts.signedData.length + 1
      ? signedData
      : [...signedData, element(0x31, element(0x30, ...signer))];
  return element(0x30, info.at(0).raw, element(0xa0, element(0x30, ...withSigner)));
}

/** One element of DER. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  return Buffer.concat([Buffer.from([tag, 0x82, content.length >> 8, content.length & 0xff]), content]);
}

/** The same elements with lengths left open, as many programs write them. */
export function inBer(cms: Uint8Array): Uint8Array {
  const info = Der.parse(cms);
  const open = (tag: number, content: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from([tag, 0x80]), content, Buffer.from([0, 0])]);
  return open(0x30, Buffer.concat([info.at(0).raw, open(0xa0, open(0x30, info.at(1).at(0).content))]));
}
