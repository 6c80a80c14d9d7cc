-- Schema 4: feeds.
-- Feeds that the person reads. A feed's row in `feed` is its address and its identity; entries keep to it when it moves.

CREATE TABLE subscription ( -- declaration: feeds that the person reads, and what they set for them
  feed INTEGER PRIMARY KEY REFERENCES feed(id),
  added INTEGER NOT NULL,
  named INTEGER NOT NULL,            -- the person named the address: it may lie on a private network
  settings TEXT NOT NULL             -- JSON: name, folder, direction, tags, full text, interval, days kept
) STRICT;

CREATE TABLE feed_state ( -- observation: what feeds say of themselves, and how fetching them went
  feed INTEGER PRIMARY KEY REFERENCES feed(id),
  title TEXT,
  site TEXT,
  etag TEXT,
  last_modified TEXT,
  tried INTEGER,
  succeeded INTEGER,
  failures INTEGER NOT NULL,
  until INTEGER,                     -- its server wants to be left alone till then
  fresh INTEGER,                     -- seconds for which the last document is fresh
  gone INTEGER NOT NULL,
  error TEXT                         -- of the last try: one sentence
) STRICT;
