-- What is known of an item, in fewer bytes. An identity stood in its row and in two indexes, a title's key in its row and in
-- one: the indexes hold hashes now (identity_hash() and title_hash() of the program), and whoever searches compares the
-- texts. Of an address only what its identity does not say is stored, of an identity what it does not share with most.
-- The new table is written in the order of its numbers and its indexes are sorted afterwards: a large database takes no more
-- memory than a small one.

CREATE TABLE item_lean (
  n INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (n),
  stem TEXT NOT NULL,                -- of the identity what follows "https://"; '=' and all of it where it begins otherwise
  identity TEXT NOT NULL GENERATED ALWAYS AS (CASE WHEN substr(stem, 1, 1) = '=' THEN substr(stem, 2)
                                                   ELSE 'https://' || stem END) VIRTUAL,
                                     -- once for each source: whoever writes looks first
  identity_hash INTEGER NOT NULL,
  address TEXT NOT NULL,             -- the URL; empty where the identity is one and the same; '+' and what follows "http" in
                                     -- it, up to where it goes on as the identity does after "https://"
  url TEXT NOT NULL GENERATED ALWAYS AS (CASE WHEN address = '' THEN identity
                                              WHEN substr(address, 1, 1) = '+' THEN 'http' || substr(address, 2) || substr(identity, 9)
                                              ELSE address END) VIRTUAL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,             -- empty where it was not to be read, as authors and printed_text
  authors TEXT NOT NULL,             -- JSON array; empty for none
  printed_at INTEGER,
  printed_precision INTEGER,
  printed_text TEXT,
  title_hash INTEGER,                -- of the title's key; null where that is empty
  first_seen INTEGER NOT NULL,
  last_seen INTEGER,                 -- null while it is listed: then it is the source's last_complete
  listed INTEGER NOT NULL GENERATED ALWAYS AS (last_seen IS NULL) VIRTUAL,
  checksum INTEGER NOT NULL          -- 32 bits
) STRICT;

INSERT INTO item_lean (n, source, stem, identity_hash, address, title, summary, authors, printed_at, printed_precision,
                       printed_text, title_hash, first_seen, last_seen, checksum)
SELECT n, source,
       CASE WHEN substr(identity, 1, 8) = 'https://' AND substr(identity, 9, 1) <> '=' THEN substr(identity, 9) ELSE '=' || identity END,
       identity_hash(identity),
       CASE WHEN url = identity THEN ''
            WHEN substr(identity, 1, 8) = 'https://' AND length(url) - length(identity) + 8 >= 4
                 AND 'http' || substr(url, 5, length(url) - length(identity) + 4) || substr(identity, 9) = url
            THEN '+' || substr(url, 5, length(url) - length(identity) + 4) ELSE url END,
       title, summary, CASE WHEN authors = '[]' THEN '' ELSE authors END, printed_at, printed_precision, printed_text,
       CASE WHEN title_key = '' THEN NULL ELSE title_hash(title_key) END, first_seen, last_seen,
       (checksum & 2147483647) - (checksum & 2147483648)
FROM item ORDER BY n;

DROP TABLE item;
ALTER TABLE item_lean RENAME TO item;
CREATE INDEX item_identity ON item (source, listed, identity_hash);
-- By the day: what carries one headline on one day is little, and a time takes more room than a hash.
CREATE INDEX item_title ON item (title_hash, first_seen / 86400000) WHERE title_hash IS NOT NULL;
