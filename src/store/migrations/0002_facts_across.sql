-- Schema 2: facts that a person corrected, and typed values that can be asked for.

CREATE TABLE amendment ( -- journal: what a person made of an article's facts
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  amendment TEXT NOT NULL            -- JSON: which derived fact, quoted, and what stands in its place
) STRICT;
CREATE INDEX amendment_article ON amendment(article);

CREATE TABLE journal_amendment ( -- journal: an amendment before and after an entry, as JSON; null where there is none
  entry INTEGER NOT NULL REFERENCES journal(id),
  amendment INTEGER NOT NULL,
  article INTEGER NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY (entry, amendment)
) STRICT, WITHOUT ROWID;

-- Facts as they are shown, and those that a correction stands in front of: `shown` is 0 for these.
ALTER TABLE fact ADD COLUMN shown INTEGER NOT NULL DEFAULT 1;
ALTER TABLE fact ADD COLUMN amendment INTEGER;   -- of whose making it is; null for what was derived
ALTER TABLE fact ADD COLUMN country TEXT;        -- ISO 3166-1 alpha-2; several are parted by a space
ALTER TABLE fact ADD COLUMN day_from INTEGER;    -- first day meant, as year * 10000 + month * 100 + day
ALTER TABLE fact ADD COLUMN day_to INTEGER;      -- last day meant
ALTER TABLE fact ADD COLUMN number REAL;         -- amount, percentage or quantity

UPDATE fact SET
  country = (SELECT group_concat(json_extract(normalized, fullkey || '.country'), ' ') FROM json_each(normalized)),
  day_from = (SELECT min(CAST(replace(coalesce(json_extract(normalized, fullkey || '.date'),
                json_extract(normalized, fullkey || '.period[0]')), '-', '') AS INTEGER)) FROM json_each(normalized)),
  day_to = (SELECT max(CAST(replace(coalesce(json_extract(normalized, fullkey || '.date'),
              json_extract(normalized, fullkey || '.period[1]')), '-', '') AS INTEGER)) FROM json_each(normalized)),
  number = (SELECT coalesce(json_extract(normalized, fullkey || '.money[0]'),
              json_extract(normalized, fullkey || '.percent'), json_extract(normalized, fullkey || '.quantity[0]')) AS n
            FROM json_each(normalized) WHERE n IS NOT NULL ORDER BY key LIMIT 1)
WHERE normalized IS NOT NULL;

DROP INDEX fact_by_key;
DROP INDEX fact_by_concept;
CREATE INDEX fact_by_key ON fact(key, concept) WHERE shown = 1;
CREATE INDEX fact_by_concept ON fact(concept, country) WHERE concept IS NOT NULL AND shown = 1;
CREATE INDEX fact_by_day ON fact(concept, day_to, day_from) WHERE day_to IS NOT NULL AND shown = 1;
CREATE INDEX fact_by_number ON fact(concept, number) WHERE number IS NOT NULL AND shown = 1;
