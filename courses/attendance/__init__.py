"""Who was in the room, and for how long."""
