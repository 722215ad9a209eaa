-- By which the citizen number in a certificate is compared with the account's (VN-05), as identity tells it: a keyed proof,
-- of a person and of no agency. Without the key, which is in no database, nothing can be learnt from it.
CREATE TABLE number_proof (
  user_id uuid PRIMARY KEY,
  key_id text NOT NULL,
  proof text NOT NULL,
  told_at timestamptz NOT NULL
);
