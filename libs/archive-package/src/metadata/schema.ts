import { writeXml } from '../xml/write-xml.ts';
import { CODE_LISTS } from './code-lists.ts';
import type { Field, FieldTable } from './field-table.ts';

/**
 * XML schema of a `<simpledc>` file, made from the table that writer and checker use. It holds what an XSD can say:
 * names, lengths, codes, what is always required; conditions between fields are the checker's.
 *
 * @source MD-6
 */
export function simpleDcSchema(table: FieldTable): Buffer {
  return writeXml((xml) =>
    xml.element(
      'xs:schema',
      { 'xmlns:xs': 'http://www.w3.org/2001/XMLSchema', elementFormDefault: 'qualified' },
      () => {
        xml.element('xs:element', { name: 'simpledc' }, () =>
          xml.element('xs:complexType', {}, () =>
            xml.element('xs:all', {}, () => {
              for (const field of table.fields) {
                xml.element('xs:element', { name: field.name, minOccurs: field.required ? '1' : '0' }, () =>
                  xml.element('xs:simpleType', {}, () =>
                    xml.element('xs:restriction', { base: 'xs:string' }, () => {
                      for (const [facet, value] of facets(field)) xml.element(`xs:${facet}`, { value });
                    }),
                  ),
                );
              }
            }),
          ),
        );
      },
    ),
  );
}

function* facets(field: Field): Generator<[string, string]> {
  if (field.kind === 'boolean') {
    yield ['enumeration', '0'];
    yield ['enumeration', '1'];
    return;
  }
  if (field.kind === 'date') {
    yield ['pattern', '((0[1-9]|[12][0-9]|3[01])/)?((0[1-9]|1[0-2])/)?[0-9]{4}'];
    return;
  }
  if (field.kind === 'number') {
    yield ['pattern', `[0-9]{1,${field.length ?? 10}}`];
    return;
  }
  if (field.codes && field.several) {
    const codes = Object.keys(CODE_LISTS[field.codes]).join('|');
    yield ['pattern', `(${codes})(;(${codes}))*`];
  } else if (field.codes) {
    for (const code of Object.keys(CODE_LISTS[field.codes])) yield ['enumeration', code];
    return;
  }
  if (field.required) yield ['minLength', '1'];
  if (field.length !== undefined) yield ['maxLength', String(field.length)];
}
