"""Settings: `embedded` (default), `test`, `production`; every value that differs between sites comes from the environment."""
