-- Schema 1. Times are microseconds since 1970 UTC; directions are 0 left-to-right, 1 right-to-left.
-- The first line of each table says which kind of truth it holds.

CREATE TABLE body ( -- observation: bytes as they came, compressed, once for each hash; never changed
  id INTEGER PRIMARY KEY,
  hash ANY NOT NULL UNIQUE,          -- SHA-256 as 32 bytes
  size INTEGER NOT NULL,             -- bytes before compression
  packed BLOB NOT NULL               -- one zstd frame
) STRICT;

CREATE TABLE article ( -- observation: what came in, and when
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  body INTEGER NOT NULL REFERENCES body(id),
  format INTEGER NOT NULL,           -- 0 text, 1 HTML, 2 Markdown
  received INTEGER NOT NULL,
  modified INTEGER,                  -- of the file
  updated INTEGER                    -- when another body or declaration came
) STRICT;

CREATE TABLE revision ( -- observation: bodies that an article had before
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  body INTEGER NOT NULL REFERENCES body(id),
  format INTEGER NOT NULL,
  entry TEXT NOT NULL,
  received INTEGER NOT NULL,
  PRIMARY KEY (article, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry ( -- declaration: what the feed or the file said of the article, as JSON
  article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  entry TEXT NOT NULL
) STRICT;

CREATE TABLE feed ( -- declaration: addresses of feeds that entries came from
  id INTEGER PRIMARY KEY,
  address TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE origin ( -- declaration: where articles came from; several origins may lead to one article
  kind INTEGER NOT NULL,             -- 0 file, 1 feed, 2 url, 3 standard input
  feed INTEGER NOT NULL,             -- a feed's id, else 0
  name TEXT NOT NULL,                -- path, guid, address or hash
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  PRIMARY KEY (kind, feed, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX origin_article ON origin(article);

CREATE TABLE source ( -- derived: names of sources, once each
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE headline ( -- derived: what a list shows; made again by a newer extractor
  article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  source INTEGER REFERENCES source(id),
  language TEXT,
  direction INTEGER,
  facts INTEGER NOT NULL,
  words INTEGER NOT NULL,
  extractor INTEGER NOT NULL
) STRICT;
CREATE INDEX headline_extractor ON headline(extractor);

CREATE TABLE content ( -- derived: canonical text and structure, one zstd frame with the body as its prefix
  article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  text INTEGER NOT NULL,             -- bytes of text at the frame's start; JSON follows
  size INTEGER NOT NULL,             -- bytes before compression
  packed BLOB NOT NULL
) STRICT;

CREATE TABLE fact_key ( -- derived: keys of facts, once each
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE fact ( -- derived: facts with their evidence
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  key INTEGER NOT NULL REFERENCES fact_key(id),
  value TEXT NOT NULL,
  concept TEXT,
  normalized TEXT,                   -- JSON; null where it has no typed value
  evidence TEXT NOT NULL,            -- JSON: byte spans of the canonical text
  method INTEGER NOT NULL,           -- 0 HTML, 1 delimited, 2 flattened, 3 the person
  confidence REAL NOT NULL,
  PRIMARY KEY (article, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_by_key ON fact(key);
CREATE INDEX fact_by_concept ON fact(concept) WHERE concept IS NOT NULL;

CREATE VIRTUAL TABLE search USING fts5( -- derived: folded text by article id
  text, content='', contentless_delete=1,
  tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
);

CREATE TABLE mark ( -- journal: the marks that its entries led to; `at` and `rank` order the windows
  article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,               -- published, else received
  rank INTEGER NOT NULL,             -- order as given; 0 where none was
  inbox INTEGER NOT NULL,
  read INTEGER NOT NULL,
  done INTEGER NOT NULL,
  archived INTEGER NOT NULL,
  muted INTEGER NOT NULL,
  bookmarked INTEGER NOT NULL,
  note TEXT,
  due TEXT,
  direction INTEGER
) STRICT;
CREATE INDEX mark_all ON mark(at DESC);
CREATE INDEX mark_inbox ON mark(at DESC) WHERE inbox = 1;
CREATE INDEX mark_unread ON mark(at DESC) WHERE read = 0 AND muted = 0;
CREATE INDEX mark_bookmarks ON mark(at DESC) WHERE bookmarked = 1;
CREATE INDEX mark_archive ON mark(at DESC) WHERE archived = 1;

CREATE TABLE tally ( -- derived: how many articles each view has; kept by triggers
  one INTEGER PRIMARY KEY CHECK (one = 1),
  everything INTEGER NOT NULL,
  inbox INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  bookmarked INTEGER NOT NULL,
  archived INTEGER NOT NULL
) STRICT;
INSERT INTO tally VALUES (1, 0, 0, 0, 0, 0);

CREATE TRIGGER mark_came AFTER INSERT ON mark BEGIN
  UPDATE tally SET everything = everything + 1, inbox = inbox + NEW.inbox,
    unread = unread + (NEW.read = 0 AND NEW.muted = 0),
    bookmarked = bookmarked + NEW.bookmarked, archived = archived + NEW.archived;
END;
CREATE TRIGGER mark_went AFTER DELETE ON mark BEGIN
  UPDATE tally SET everything = everything - 1, inbox = inbox - OLD.inbox,
    unread = unread - (OLD.read = 0 AND OLD.muted = 0),
    bookmarked = bookmarked - OLD.bookmarked, archived = archived - OLD.archived;
END;
CREATE TRIGGER mark_changed AFTER UPDATE OF inbox, read, muted, bookmarked, archived ON mark BEGIN
  UPDATE tally SET inbox = inbox + NEW.inbox - OLD.inbox,
    unread = unread + (NEW.read = 0 AND NEW.muted = 0) - (OLD.read = 0 AND OLD.muted = 0),
    bookmarked = bookmarked + NEW.bookmarked - OLD.bookmarked,
    archived = archived + NEW.archived - OLD.archived;
END;

CREATE TABLE journal ( -- journal: every change of marks that a person made, one line for all processes
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  verb TEXT NOT NULL,                -- a verb's name, `undo` or `redo`
  at INTEGER NOT NULL,
  session TEXT NOT NULL,
  view TEXT NOT NULL,
  items INTEGER NOT NULL,
  stack INTEGER NOT NULL,            -- 0 not on it (open, undo, redo), 1 to undo, 2 to redo, 3 spent
  head INTEGER,                      -- the entry that holds its last doing or undoing, where not itself
  inverts INTEGER                    -- for undo and redo: of which entry
) STRICT;
CREATE INDEX journal_stack ON journal(stack) WHERE stack IN (1, 2);

CREATE TABLE journal_item ( -- journal: an item's marks before and after an entry, as JSON
  entry INTEGER NOT NULL REFERENCES journal(id),
  article INTEGER NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  PRIMARY KEY (entry, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE position ( -- observation: where the person was in an article; not journaled
  article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  offset INTEGER NOT NULL,
  quote TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE session ( -- observation: what the reader needs to open where it was left
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
