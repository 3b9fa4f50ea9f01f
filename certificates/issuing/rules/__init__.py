"""Numbers, the signed payload and the public facts of a certificate. Pure: no Django."""
