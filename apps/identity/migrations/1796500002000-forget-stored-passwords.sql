-- Answers kept for repeated requests held initial passwords; they no longer do, and those kept so far lose theirs.
UPDATE platform.idempotency SET body = regexp_replace(body, '"initialPassword":"[^"]*"', '"initialPassword":null')
WHERE body LIKE '%"initialPassword":"%';
