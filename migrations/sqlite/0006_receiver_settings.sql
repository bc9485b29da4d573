-- A receiver whose settings were changed begins anew. A few bits of their digest: enough to see a change, too few to learn a secret by trying.
ALTER TABLE receiver ADD COLUMN settings TEXT NOT NULL DEFAULT '';
