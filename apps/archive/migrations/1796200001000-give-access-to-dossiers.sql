-- Dossiers from before there were rows of access: their makers keep them, heads of the makers' units reopen them, and who
-- approved a list sees the dossiers on it.
INSERT INTO access_object (agency_id, object_kind, object_id, version) SELECT agency_id, 'dossier', id, 1 FROM dossier;

INSERT INTO access_row (id, agency_id, object_kind, object_id, object_at, principal_kind, principal_id, permission,
  access_right, ground, valid_from, confirmed_at)
SELECT gen_random_uuid(), d.agency_id, 'dossier', d.id, d.created_at, g.principal_kind, g.principal_id, g.permission,
  g.access_right, g.ground, d.created_at, d.created_at
FROM dossier d
LEFT JOIN dossier_list l ON l.id = d.list_id
CROSS JOIN LATERAL (VALUES
  ('person', (d.maker->>'userId')::uuid, NULL, 'keep', 'keeps'),
  ('unit', d.maker_unit_id, 'outgoing-documents.content-check', 'reopen', 'heads-unit'),
  ('person', (l.approved_by->>'userId')::uuid, NULL, 'read', 'approved-list')
) AS g(principal_kind, principal_id, permission, access_right, ground)
WHERE g.principal_id IS NOT NULL;
