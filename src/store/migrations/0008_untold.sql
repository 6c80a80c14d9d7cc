-- Schema 8: sketches are taken in with their articles, and compared some hundred at a time.

CREATE TABLE untold ( -- derived: articles whose sketch was not compared with others yet
  article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE
) STRICT;
