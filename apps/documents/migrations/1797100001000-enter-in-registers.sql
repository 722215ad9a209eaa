-- Standing rights were a table in the code and covered drafts. Now they are rows to the agency's registers, and what is not registered
-- is there for whose task it is.
UPDATE access_object o SET object_at = d.created_at, registered = d.number IS NOT NULL, version = o.version + 1
FROM outgoing_document d WHERE o.object_kind = 'outgoing-document' AND o.object_id = d.id;
UPDATE access_object o SET object_at = d.arrived_at, registered = d.arrival_number IS NOT NULL, version = o.version + 1
FROM incoming_document d WHERE o.object_kind = 'incoming-document' AND o.object_id = d.id;

INSERT INTO access_row (id, agency_id, object_kind, object_id, object_at, principal_kind, principal_id, permission, access_right,
  ground, valid_from, confirmed_at)
SELECT gen_random_uuid(), d.agency_id, d.kind, d.id, d.at, 'agency', d.agency_id, g.permission, g.access_right, g.ground, now(), now()
FROM (
  SELECT 'outgoing-document' AS kind, id, agency_id, created_at AS at, state FROM outgoing_document
  UNION ALL SELECT 'incoming-document', id, agency_id, arrived_at, state FROM incoming_document
) AS d
JOIN (VALUES
  ('outgoing-document', 'layout_check', 'outgoing-documents.layout-check', 'check-layout', 'checks-layout'),
  ('outgoing-document', 'awaiting_signature', 'outgoing-documents.layout-check', 'check-layout', 'checks-layout'),
  ('outgoing-document', 'signed', 'outgoing-documents.register', 'register', 'registers'),
  ('incoming-document', 'arrived', 'incoming-documents.accept', 'register', 'registers'),
  ('incoming-document', 'rejected', 'incoming-documents.accept', 'register', 'registers')
) AS g(kind, state, permission, access_right, ground) ON g.kind = d.kind AND g.state = d.state;

INSERT INTO access_object (agency_id, object_kind, object_id, object_at, version, registered)
SELECT agency_id, kind, agency_id, now(), 1, false
FROM directory_agency CROSS JOIN (VALUES ('outgoing-register'), ('incoming-register')) AS r(kind);
INSERT INTO access_row (id, agency_id, object_kind, object_id, object_at, principal_kind, principal_id, permission, access_right,
  ground, valid_from, confirmed_at)
SELECT gen_random_uuid(), agency_id, g.register, agency_id, now(), 'agency', agency_id, g.permission, g.access_right, 'standing', now(),
  now()
FROM directory_agency CROSS JOIN (VALUES
  ('outgoing-register', 'outgoing-documents.register', 'register'),
  ('outgoing-register', 'audit.read', 'read'),
  ('incoming-register', 'incoming-documents.accept', 'register'),
  ('incoming-register', 'instructions.issue', 'direct'),
  ('incoming-register', 'audit.read', 'read')
) AS g(register, permission, access_right);

-- The services that keep a copy are told of the registers, and anew of every document: whether it stands in one.
INSERT INTO platform.outbox (id, topic, key, urgent, event)
SELECT event_id, 'documents.access', object_id, false, json_build_object(
  'specversion', '1.0', 'id', event_id, 'source', '/qlvb/documents', 'time', now(), 'subject', object_id,
  'datacontenttype', 'application/json', 'agencyid', agency_id, 'type',
  CASE WHEN is_register THEN 'documents.register-access.changed.v1' ELSE 'documents.access.changed.v1' END, 'data',
  CASE WHEN is_register
    THEN json_build_object('agencyId', object_id, 'register', object_kind, 'version', version, 'rows', rows)
    ELSE json_build_object('documentId', object_id, 'kind', object_kind, 'version', version, 'documentAt', object_at,
      'registered', registered, 'rows', rows, 'withdrawn', withdrawn)
  END)
FROM (
  SELECT gen_random_uuid() AS event_id, o.*, o.object_kind LIKE '%-register' AS is_register, (
    SELECT coalesce(json_agg(json_build_object('principalKind', a.principal_kind, 'principalId', a.principal_id,
      'permission', a.permission, 'right', a.access_right, 'validFrom', a.valid_from, 'validUntil', a.valid_until)), '[]')
    FROM access_row a
    WHERE a.agency_id = o.agency_id AND a.object_kind = o.object_kind AND a.object_id = o.object_id AND a.confirmed_at IS NOT NULL
      AND a.revoked_at IS NULL
  ) AS rows, (
    SELECT coalesce(json_agg(json_build_object('principalKind', w.principal_kind, 'principalId', w.principal_id,
      'withdrawnAt', w.revoked_at)), '[]')
    FROM access_row w
    WHERE w.agency_id = o.agency_id AND w.object_kind = o.object_kind AND w.object_id = o.object_id AND w.confirmed_at IS NOT NULL
      AND w.revoked_at IS NOT NULL AND w.revoked_by IS NOT NULL
  ) AS withdrawn
  FROM access_object o
) AS told;
