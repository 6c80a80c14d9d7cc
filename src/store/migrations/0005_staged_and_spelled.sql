-- Schema 5: articles are listed before they are read; the search index keeps spellings.
-- A headline of extractor 0 is of an article that has come in and has not been read: its title is the declared one, it has
-- no facts yet, and no content where its body is new. Background work reads it; so the old index is made again, too.

DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5( -- derived: the words of a text as they are spelled, a space between, by article id
  text, content='', contentless_delete=1, tokenize='ascii'
);

CREATE VIRTUAL TABLE title_search USING fts5( -- derived: folded words of title and source, for beginnings of one or two letters
  text, content='', contentless_delete=1, detail=none, prefix='1 2', tokenize='ascii'
);

CREATE TABLE spelling ( -- derived: spellings that the index has, by what all spellings and inflections of a word share
  key TEXT NOT NULL,
  spelling TEXT NOT NULL,
  PRIMARY KEY (key, spelling)
) STRICT, WITHOUT ROWID;

UPDATE headline SET extractor = 0;
CREATE INDEX mark_due ON mark(due) WHERE due IS NOT NULL;
