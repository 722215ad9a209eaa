-- Who had taken part in a document sees it as before, now by rows (SEC-Z02).
INSERT INTO access_row (id, agency_id, object_kind, object_id, object_at, principal_kind, principal_id, permission, access_right,
  ground, valid_from, confirmed_at)
SELECT gen_random_uuid(), d.agency_id, 'outgoing-document', d.id, d.created_at, g.kind, g.principal, g.permission, g.access_right,
  g.ground, d.created_at, d.created_at
FROM outgoing_document d CROSS JOIN LATERAL (
  SELECT DISTINCT 'person', p, NULL, 'read', 'took-part' FROM unnest(d.participants) AS p
  UNION ALL SELECT 'post', (d.drafter->>'postId')::uuid, NULL, 'draft', 'drafts' WHERE d.drafter ? 'postId'
  UNION ALL SELECT 'unit', d.lead_unit_id, 'outgoing-documents.content-check', 'check-content', 'heads-unit'
  UNION ALL SELECT 'post', (d.signer->>'postId')::uuid, NULL, 'sign', 'signs'
    WHERE d.signer ? 'postId' AND (d.signer->>'userId')::uuid = ANY(d.participants)
) AS g(kind, principal, permission, access_right, ground);

INSERT INTO access_row (id, agency_id, object_kind, object_id, object_at, principal_kind, principal_id, access_right, ground,
  valid_from, confirmed_at)
SELECT gen_random_uuid(), d.agency_id, 'incoming-document', d.id, d.arrived_at, 'person', p, 'handle', 'handles', d.arrived_at,
  d.arrived_at
FROM incoming_document d CROSS JOIN LATERAL (SELECT DISTINCT unnest(d.participants)) AS g(p);

INSERT INTO access_object (agency_id, object_kind, object_id, version)
SELECT agency_id, 'outgoing-document', id, 1 FROM outgoing_document
UNION ALL SELECT agency_id, 'incoming-document', id, 1 FROM incoming_document;

ALTER TABLE outgoing_document DROP COLUMN participants;
ALTER TABLE incoming_document DROP COLUMN participants;

-- The services that keep a copy show nothing of a document before they were told.
INSERT INTO platform.outbox (id, topic, key, urgent, event)
SELECT event_id, 'documents.access', object_id, false, json_build_object(
  'specversion', '1.0', 'id', event_id, 'source', '/qlvb/documents', 'type', 'documents.access.changed.v1', 'time', now(),
  'subject', object_id, 'datacontenttype', 'application/json', 'agencyid', agency_id,
  'data', json_build_object('documentId', object_id, 'kind', object_kind, 'version', version, 'documentAt', document_at, 'rows', rows))
FROM (
  SELECT gen_random_uuid() AS event_id, o.*, coalesce(d.created_at, i.arrived_at) AS document_at, (
    SELECT coalesce(json_agg(json_build_object('principalKind', a.principal_kind, 'principalId', a.principal_id,
      'permission', a.permission, 'right', a.access_right, 'validFrom', a.valid_from, 'validUntil', a.valid_until)), '[]')
    FROM access_row a
    WHERE a.agency_id = o.agency_id AND a.object_kind = o.object_kind AND a.object_id = o.object_id AND a.revoked_at IS NULL
  ) AS rows
  FROM access_object o
  LEFT JOIN outgoing_document d ON o.object_kind = 'outgoing-document' AND d.id = o.object_id
  LEFT JOIN incoming_document i ON o.object_kind = 'incoming-document' AND i.id = o.object_id
) AS told;
