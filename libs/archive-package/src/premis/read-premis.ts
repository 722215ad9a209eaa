import type { Readable } from 'node:stream';
import { child, readXml } from '../xml/read-xml.ts';
import type { XmlElement } from '../xml/read-xml.ts';

export interface PremisFileObject {
  readonly id: string;
  readonly originalName: string | undefined;
  readonly sha256: string | undefined;
  readonly sizeBytes: number | undefined;
}

const XSI_TYPE = '{http://www.w3.org/2001/XMLSchema-instance}type';

/** The file objects of a PREMIS document, one at a time off the stream. */
export async function readFileObjects(source: Readable, path: string): Promise<PremisFileObject[]> {
  const objects: PremisFileObject[] = [];
  await readXml(source, {
    path,
    take: (element, depth) => {
      if (depth !== 1 || element.local !== 'object') return depth === 1;
      if (element.attributes[XSI_TYPE]?.replace(/^.*:/, '') === 'file') objects.push(fileObject(element));
      return true;
    },
  });
  return objects;
}

function fileObject(element: XmlElement): PremisFileObject {
  const characteristics = child(element, 'objectCharacteristics');
  const size = child(characteristics, 'size')?.text;
  return {
    id: child(child(element, 'objectIdentifier'), 'objectIdentifierValue')?.text ?? '',
    originalName: child(element, 'originalName')?.text,
    sha256: child(child(characteristics, 'fixity'), 'messageDigest')?.text.toLowerCase(),
    sizeBytes: size === undefined ? undefined : Number(size),
  };
}
