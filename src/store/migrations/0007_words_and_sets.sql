-- Schema 7: what a filter asks at each letter is asked of an index.

CREATE VIRTUAL TABLE word USING fts5vocab( -- derived: the words of the search index, which has them; nothing is stored here
  'search', 'instance'
);

CREATE INDEX headline_source ON headline(source) WHERE source IS NOT NULL;
CREATE INDEX headline_facts ON headline(facts) WHERE facts > 0;
