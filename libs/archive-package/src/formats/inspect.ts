import { formatOf, pdfaPronomId, pdfPronomId, pronomIdOf } from './formats.ts';

/** What the bytes of a file say about its format, whatever its name or label claims. */
export interface Inspection {
  /** Undefined when the bytes fit no known format. */
  readonly mimeType: string | undefined;
  readonly name: string;
  readonly version?: string;
  readonly pronomId?: string;
  /** Flavour that a PDF claims to have, such as `2b`. */
  readonly pdfa?: string;
  readonly encrypted: boolean;
}

const HEAD = 64 * 1024;
const OVERLAP = 256;
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/**
 * Looks at a file while it streams past: the head is kept, the rest is searched for a PDF's claim to be PDF/A and for
 * encryption.
 *
 * @source SUB-15
 * @source SUB-17
 */
export class FormatInspector {
  #head = Buffer.alloc(0);
  #tail = '';
  #encryptedPdf = false;
  #part: string | undefined;
  #conformance: string | undefined;

  update(chunk: Buffer): void {
    if (this.#head.length < HEAD) {
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, HEAD - this.#head.length)]);
    }
    if (this.#head.subarray(0, 1024).includes('%PDF-')) this.#searchPdf(chunk);
  }

  #searchPdf(chunk: Buffer): void {
    const text = this.#tail + chunk.toString('latin1');
    this.#tail = text.slice(-OVERLAP);
    this.#encryptedPdf ||= /\/Encrypt\s+\d+\s+\d+\s+R/.test(text);
    this.#part ??= /pdfaid:part(?:>|=["'])\s*(\d)/.exec(text)?.[1];
    this.#conformance ??= /pdfaid:conformance(?:>|=["'])\s*([ABUFE])/i.exec(text)?.[1]?.toLowerCase();
  }

  /** @param extension of the file's name, which decides between formats whose bytes look alike */
  finish(extension: string): Inspection {
    const head = this.#head;
    if (head.subarray(0, 1024).includes('%PDF-')) return this.#pdf();
    if (head.subarray(0, 8).equals(OLE)) return ole(head, extension);
    if (head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1'))) return known(zipped(head), head);
    return known(magic(head) ?? textual(head, extension), head);
  }

  #pdf(): Inspection {
    const version = /%PDF-(\d\.\d)/.exec(this.#head.subarray(0, 1024).toString('latin1'))?.[1];
    const pdfa = this.#part === undefined ? undefined : `${this.#part}${this.#conformance ?? ''}`;
    const pronomId = (pdfa && pdfaPronomId(pdfa)) ?? (version && pdfPronomId(version));
    const said = pdfa ?? version;
    return {
      mimeType: 'application/pdf',
      name: pdfa === undefined ? 'PDF' : 'PDF/A',
      encrypted: this.#encryptedPdf,
      ...(said === undefined ? {} : { version: said }),
      ...(pronomId === undefined ? {} : { pronomId }),
      ...(pdfa === undefined ? {} : { pdfa }),
    };
  }
}

function known(mimeType: string | undefined, head: Buffer): Inspection {
  const format = mimeType === undefined ? undefined : formatOf(mimeType);
  const pronomId = format && pronomIdOf(format, head.toString('latin1', 0, 64));
  return {
    mimeType,
    name: format?.name ?? mimeType ?? 'unknown',
    encrypted: false,
    ...(pronomId === undefined ? {} : { pronomId }),
  };
}

function ole(head: Buffer, extension: string): Inspection {
  const byExtension: Readonly<Record<string, string>> = {
    doc: 'application/msword',
    xls: 'application/vnd.ms-excel',
    ppt: 'application/vnd.ms-powerpoint',
  };
  // A password turns a modern Office file into an OLE container that holds this stream.
  const encrypted = head.includes(Buffer.from('EncryptedPackage', 'utf16le'));
  return { ...known(byExtension[extension] ?? 'application/x-ole-storage', head), encrypted };
}

function zipped(head: Buffer): string {
  const odf = /^mimetype(application\/vnd\.oasis\.opendocument\.[a-z]+)/.exec(
    head.subarray(30, 120).toString('latin1'),
  )?.[1];
  if (odf !== undefined) return odf;
  const office: readonly [string, string][] = [
    ['word/', 'wordprocessingml.document'],
    ['xl/', 'spreadsheetml.sheet'],
    ['ppt/', 'presentationml.presentation'],
  ];
  const hit = head.includes('[Content_Types].xml') ? office.find(([folder]) => head.includes(folder)) : undefined;
  return hit ? `application/vnd.openxmlformats-officedocument.${hit[1]}` : 'application/zip';
}

const SIGNATURES: readonly (readonly [offset: number, bytes: string, mimeType: string])[] = [
  [0, '\u00ff\u00d8\u00ff', 'image/jpeg'],
  [0, '\u0089PNG\r\n\u001a\n', 'image/png'],
  [0, 'GIF8', 'image/gif'],
  [0, 'II*\u0000', 'image/tiff'],
  [0, 'MM\u0000*', 'image/tiff'],
  [0, '{\\rtf', 'application/rtf'],
  [0, 'ID3', 'audio/mpeg'],
  [0, '\u00ff\u00fb', 'audio/mpeg'],
  [0, '\u00ff\u00f1', 'audio/aac'],
  [0, '\u00ff\u00f9', 'audio/aac'],
  [4, 'ftypqt', 'video/quicktime'],
  [4, 'ftyp', 'video/mp4'],
  [0, '\u0000\u0000\u0001\u00ba', 'video/mpeg'],
  [8, 'AVI ', 'video/x-msvideo'],
  [8, 'WAVE', 'audio/wav'],
];
const ASF = Buffer.from('3026b2758e66cf11', 'hex');

function magic(head: Buffer): string | undefined {
  const hit = SIGNATURES.find(([offset, bytes]) =>
    head.subarray(offset, offset + bytes.length).equals(Buffer.from(bytes, 'latin1')),
  );
  return hit?.[2] ?? (head.subarray(0, 8).equals(ASF) ? 'video/x-ms-wmv' : undefined);
}

const TEXT_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  htm: 'text/html',
  html: 'text/html',
  xml: 'text/xml',
  txt: 'text/plain',
};

function textual(head: Buffer, extension: string): string | undefined {
  if (head.length === 0 || head.includes(0)) return undefined;
  return TEXT_TYPES[extension] ?? 'text/plain';
}
