-- Schema 6: the same story once.

ALTER TABLE mark ADD COLUMN apart INTEGER NOT NULL DEFAULT 0;   -- the person split it from its story

CREATE TABLE sketch ( -- derived: what a text is compared by
  article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  body INTEGER NOT NULL,             -- of which body it was made
  sketch BLOB NOT NULL
) STRICT;

CREATE TABLE story_key ( -- derived: what sketches that are alike share, and the articles that have it
  key INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (key, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE story ( -- derived: articles that tell the same; one that is alone is not here
  article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  story INTEGER NOT NULL             -- the number of its first article
) STRICT;
CREATE INDEX story_articles ON story(story);
