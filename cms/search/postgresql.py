"""Chinese search on PostgreSQL's text search."""

from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend

from cms.search.rewriting import AskInPairs, IndexInPairs


class Index(IndexInPairs, PostgresIndex):
    pass


class Backend(AskInPairs, PostgresSearchBackend):
    index_class = Index
