-- A check that a state is IN three is a table of its own, which SQLite makes at every write of a row; alternatives are none. No
-- row changes: so the definitions are amended (https://www.sqlite.org/lang_altertable.html, 7) and no table is written anew.
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET sql = replace(sql, 'state IN (''due'', ''done'', ''given_up'')', 'state = ''due'' OR state = ''done'' OR state = ''given_up''')
WHERE type = 'table' AND name = 'read';
UPDATE sqlite_schema SET sql = replace(sql, 'state IN (''pending'', ''delivered'', ''dead'')', 'state = ''pending'' OR state = ''delivered'' OR state = ''dead''')
WHERE type = 'table' AND name = 'delivery';
PRAGMA writable_schema=RESET;
