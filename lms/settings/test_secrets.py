"""Secrets that stand in a public file. Tests use them; production refuses them."""

SECRET_KEY = "published-secret-key-for-tests-only-0123456789"
ID_KEY = "published-identity-key-for-tests-only-0123456789"
ID_HASH_KEY = "published-identity-hash-key-for-tests-0123456789"
PUBLISHED = frozenset({SECRET_KEY, ID_KEY, ID_HASH_KEY, "changeme", "secret"})
