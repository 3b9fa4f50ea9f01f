"""`lms secret`: a new secret for the environment."""

import secrets


def run(arguments: list[str]) -> int:
    print(secrets.token_urlsafe(48))
    return 0
