-- The text index of people. By hand, since drizzle-kit knows no virtual tables. `org` is a word of each
-- row, so that a query for one organization's people never sees another's.
CREATE VIRTUAL TABLE `people_index` USING fts5 (`org`, `text`, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
