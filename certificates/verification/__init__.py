"""An employer's answer, without an account, from the public records alone."""
