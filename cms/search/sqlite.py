"""Chinese search on SQLite's full-text index."""

from modelsearch.backends.database.sqlite.sqlite import SQLiteIndex, SQLiteSearchBackend

from cms.search.rewriting import AskInPairs, IndexInPairs


class Index(IndexInPairs, SQLiteIndex):
    pass


class Backend(AskInPairs, SQLiteSearchBackend):
    index_class = Index
