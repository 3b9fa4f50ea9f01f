"""Banks of exam questions, versioned, and their types."""
