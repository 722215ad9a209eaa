import { vietnamTime } from '../layout.ts';
import type { DossierPackage, SourceFile } from '../model.ts';
import { writeXml } from '../xml/write-xml.ts';
import type { XmlWriter } from '../xml/write-xml.ts';
import { REPRESENTATION } from '../mets/profile.ts';
import type {
  PreservationAgent,
  PreservationEvent,
  PreservationRecord,
  SignatureEvidence,
} from './preservation-record.ts';

const ROOT = {
  xmlns: 'http://www.loc.gov/premis/v3',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  version: '3.0',
};

export interface PremisFile {
  /** Path in the package. */
  readonly path: string;
  readonly source: SourceFile;
}

/** PREMIS of the whole package: the dossier, its representation, what was done to them, by whom. */
export function writePackagePremis(pack: DossierPackage, record: PreservationRecord): Buffer {
  return writeXml((xml) =>
    xml.element('premis', ROOT, () => {
      xml.element('object', { 'xsi:type': 'intellectualEntity' }, () => {
        writeIdentifier(xml, 'object', pack.objectId);
        writeIdentifier(xml, 'object', pack.referenceCode, 'reference code');
        xml.element('originalName', {}, pack.dossier['title']);
      });
      xml.element('object', { 'xsi:type': 'representation' }, () => {
        writeIdentifier(xml, 'object', REPRESENTATION);
        writeRelationship(xml, 'is part of', pack.objectId);
      });
      for (const event of record.events) writeEvent(xml, pack, event);
      for (const agent of record.agents) writeAgent(xml, agent);
    }),
  );
}

/**
 * PREMIS of the representation: per file its digest, size, format, original name and signatures.
 *
 * @source PKG-8
 */
export function writeRepresentationPremis(files: readonly PremisFile[]): Buffer {
  return writeXml((xml) => xml.element('premis', ROOT, () => files.forEach((file) => writeFileObject(xml, file))));
}

function writeFileObject(xml: XmlWriter, { path, source }: PremisFile): void {
  xml.element('object', { 'xsi:type': 'file' }, () => {
    writeIdentifier(xml, 'object', path);
    xml.element('objectCharacteristics', {}, () => {
      xml.element('fixity', {}, () => {
        xml.element('messageDigestAlgorithm', {}, 'SHA-256');
        xml.element('messageDigest', {}, source.sha256.toUpperCase());
      });
      xml.element('size', {}, String(source.sizeBytes));
      writeFormat(xml, source);
    });
    xml.element('originalName', {}, source.originalName.normalize('NFC'));
    xml.element('storage', {}, () =>
      xml.element('contentLocation', {}, () => {
        xml.element('contentLocationType', {}, 'path in the package');
        xml.element('contentLocationValue', {}, path);
      }),
    );
    for (const signature of source.signatures ?? []) writeSignature(xml, signature);
    writeRelationship(xml, 'is included in', REPRESENTATION);
  });
}

function writeFormat(xml: XmlWriter, { format, mimeType }: SourceFile): void {
  xml.element('format', {}, () => {
    xml.element('formatDesignation', {}, () => {
      xml.element('formatName', {}, format?.name ?? mimeType);
      if (format?.version !== undefined) xml.element('formatVersion', {}, format.version);
    });
    if (format?.pronomId !== undefined) {
      const { pronomId } = format;
      xml.element('formatRegistry', {}, () => {
        xml.element('formatRegistryName', {}, 'PRONOM');
        xml.element('formatRegistryKey', {}, pronomId);
      });
    }
    if (format?.note !== undefined) xml.element('formatNote', {}, format.note);
  });
}

function writeSignature(xml: XmlWriter, signature: SignatureEvidence): void {
  xml.element('signatureInformation', {}, () =>
    xml.element('signature', {}, () => {
      xml.element('signatureEncoding', {}, 'Base64');
      xml.element('signer', {}, signature.signer);
      xml.element('signatureMethod', {}, signature.method);
      xml.element('signatureValue', {}, signature.valueBase64);
      xml.element('signatureValidationRules', {}, signature.validationRules);
      if (signature.properties !== undefined) xml.element('signatureProperties', {}, signature.properties);
    }),
  );
}

/**
 * @source PKG-14
 * @source PKG-15
 */
function writeEvent(xml: XmlWriter, pack: DossierPackage, event: PreservationEvent): void {
  xml.element('event', {}, () => {
    writeIdentifier(xml, 'event', event.id, 'UUID');
    xml.element('eventType', {}, event.type);
    xml.element('eventDateTime', {}, vietnamTime(event.at));
    if (event.detail !== undefined) {
      const { detail } = event;
      xml.element('eventDetailInformation', {}, () => xml.element('eventDetail', {}, detail));
    }
    xml.element('eventOutcomeInformation', {}, () => {
      xml.element('eventOutcome', {}, event.outcome);
      if (event.outcomeNote !== undefined) {
        const { outcomeNote } = event;
        xml.element('eventOutcomeDetail', {}, () => xml.element('eventOutcomeDetailNote', {}, outcomeNote));
      }
    });
    for (const agent of event.agents) writeLink(xml, 'Agent', agent.id, agent.role);
    for (const object of event.objects ?? [{ id: pack.objectId, role: 'outcome' }]) {
      writeLink(xml, 'Object', object.id, object.role);
    }
  });
}

function writeAgent(xml: XmlWriter, agent: PreservationAgent): void {
  xml.element('agent', {}, () => {
    writeIdentifier(xml, 'agent', agent.id);
    xml.element('agentName', {}, agent.name);
    xml.element('agentType', {}, agent.type);
    if (agent.version !== undefined) xml.element('agentVersion', {}, agent.version);
    if (agent.note !== undefined) xml.element('agentNote', {}, agent.note);
  });
}

function writeIdentifier(xml: XmlWriter, of: 'object' | 'event' | 'agent', value: string, type = 'local'): void {
  xml.element(`${of}Identifier`, {}, () => {
    xml.element(`${of}IdentifierType`, {}, type);
    xml.element(`${of}IdentifierValue`, {}, value);
  });
}

function writeRelationship(xml: XmlWriter, subType: string, objectId: string): void {
  xml.element('relationship', {}, () => {
    xml.element('relationshipType', {}, 'structural');
    xml.element('relationshipSubType', {}, subType);
    xml.element('relatedObjectIdentifier', {}, () => {
      xml.element('relatedObjectIdentifierType', {}, 'local');
      xml.element('relatedObjectIdentifierValue', {}, objectId);
    });
  });
}

function writeLink(xml: XmlWriter, of: 'Agent' | 'Object', id: string, role: string): void {
  xml.element(`linking${of}Identifier`, {}, () => {
    xml.element(`linking${of}IdentifierType`, {}, 'local');
    xml.element(`linking${of}IdentifierValue`, {}, id);
    xml.element(`linking${of}Role`, {}, role);
  });
}
