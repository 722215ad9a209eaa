-- The archive and who looks into everything have a row to the agency's dossiers in the place of a table in the code.
UPDATE access_object o SET object_at = d.created_at, registered = true
FROM dossier d WHERE o.object_kind = 'dossier' AND o.object_id = d.id;
INSERT INTO access_object (agency_id, object_kind, object_id, object_at, version, registered)
SELECT agency_id, 'dossier-register', agency_id, now(), 1, false FROM directory_agency;
INSERT INTO access_row (id, agency_id, object_kind, object_id, object_at, principal_kind, principal_id, permission, access_right,
  ground, valid_from, confirmed_at)
SELECT gen_random_uuid(), agency_id, 'dossier-register', agency_id, now(), 'agency', agency_id, g.permission, g.access_right, 'standing',
  now(), now()
FROM directory_agency CROSS JOIN (VALUES ('submissions.decide', 'archive'), ('audit.read', 'read')) AS g(permission, access_right);
