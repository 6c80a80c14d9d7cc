-- Schema 3: tags, and what is silenced for a while.

CREATE TABLE tag ( -- journal: names that a person gave, once each
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE article_tag ( -- journal: which articles have which tags; `mark.tagged` says whether there are any
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  tag INTEGER NOT NULL REFERENCES tag(id),
  PRIMARY KEY (article, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tag_by_tag ON article_tag(tag, article);

ALTER TABLE mark ADD COLUMN tagged INTEGER NOT NULL DEFAULT 0;

CREATE TABLE mute ( -- journal: what is silenced as it comes in, until when
  entry INTEGER PRIMARY KEY REFERENCES journal(id),
  kind INTEGER NOT NULL,             -- 0 story, 1 source, 2 topic
  name TEXT NOT NULL,                -- title, name of the source, words
  until INTEGER NOT NULL,
  active INTEGER NOT NULL            -- 0 once its entry is undone
) STRICT;
