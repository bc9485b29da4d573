-- Sources with tags are kept as entities and watches are: a rule may ask for a tag, and an old alert is judged by the tags of then.
-- A check cannot be changed in place.
CREATE TABLE definition_with_sources (
  n INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('entity', 'watch', 'source')),
  id TEXT NOT NULL,
  number INTEGER NOT NULL,           -- from 1, of this id
  text TEXT NOT NULL,                -- JSON
  place TEXT NOT NULL,               -- file and line
  first_load INTEGER NOT NULL REFERENCES load (n),
  last_load INTEGER REFERENCES load (n),  -- the first in which it is no more; null while it is in force
  checksum INTEGER NOT NULL,
  UNIQUE (kind, id, number)
) STRICT;
INSERT INTO definition_with_sources SELECT n, kind, id, number, text, place, first_load, last_load, checksum FROM definition;
DROP TABLE definition;
ALTER TABLE definition_with_sources RENAME TO definition;
CREATE INDEX definition_in_force ON definition (kind, id) WHERE last_load IS NULL;
CREATE INDEX definition_first ON definition (first_load);
CREATE INDEX definition_last ON definition (last_load) WHERE last_load IS NOT NULL;
