"""What a document may be, judged by its first bytes: a name alone proves nothing."""

MAX_HANDOUT_BYTES = 30 * 1024 * 1024  # half an hour of speech at 128 kbit/s


def kinds_of(head: bytes) -> frozenset[str]:
    """The extensions that a file with these first bytes (12 are enough) may carry; empty for anything we do not keep."""
    if head.startswith(b"%PDF-"):
        return frozenset({"pdf"})
    if head.startswith(b"OggS"):
        return frozenset({"ogg"})
    if head[4:8] == b"ftyp":
        return frozenset({"m4a"})
    is_mp3_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0
    if head.startswith(b"ID3") or is_mp3_frame:
        return frozenset({"mp3"})
    return frozenset()
