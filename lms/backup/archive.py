"""The file of a backup: a plain tar that proves its own wholeness. No Django here.

Members: the site's files, then `manifest.json` with the SHA-256 of each, then `SHA256`, the digest of every byte before it.
What follows is fixed, so a single changed byte anywhere in the file is found. `tar -xf` opens it without us.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

MANIFEST = "manifest.json"
SEAL = "SHA256"
FORMAT = 1
_PIECE = 1 << 20


class Damaged(Exception):
    """The file is not a whole backup. The text says what was found."""


class _Hashing(io.RawIOBase):
    """A file that is written or read through, with the digest of what has passed."""

    def __init__(self, file: IO[bytes]):
        self.file, self.digest = file, hashlib.sha256()

    def write(self, data: Any) -> int:
        self.digest.update(data)
        return self.file.write(data)

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data

    def tell(self) -> int:
        return self.file.tell()


class Writer:
    """Adds files to a backup. Use `writing`."""

    def __init__(self, file: IO[bytes]):
        self._out = _Hashing(file)
        self._tar = tarfile.open(fileobj=self._out, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file as it is now; what another process appends meanwhile is not in it."""
        with path.open("rb") as file:
            source = _Hashing(file)
            size = os.fstat(file.fileno()).st_size
            self._tar.addfile(_entry(name, size), source)  # type: ignore[arg-type]
        self.files[name] = {"sha256": source.digest.hexdigest(), "size": size}

    def add_text(self, name: str, text: str) -> None:
        """Add a short text as a file."""
        data = text.encode()
        self._tar.addfile(_entry(name, len(data)), io.BytesIO(data))
        self.files[name] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}

    def finish(self, facts: dict[str, Any]) -> None:
        """Write the manifest and the seal."""
        manifest = {"format": FORMAT, **facts, "files": self.files}
        text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        self._tar.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))
        self._out.file.write(_tail(self._out.digest.hexdigest()))


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A new backup at `path`, readable by nobody else. It appears whole under its name, or not at all."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with open(unfinished, "xb", opener=_only_ours) as file:
            yield Writer(file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


def read_manifest(path: Path) -> dict[str, Any]:
    """Prove every byte of the file and return its manifest. Refuses (Damaged) anything but a whole backup of a known format."""
    try:
        with tarfile.open(path, "r:") as tar:
            seal = _last(tar)
            manifest = json.loads(_read(tar, MANIFEST))
    except (tarfile.TarError, OSError, EOFError, KeyError, ValueError) as problem:
        raise Damaged(f"{path.name} is not a backup of this product, or is damaged ({problem}).") from None
    _prove_bytes(path, seal.offset)
    if manifest.get("format") != FORMAT:
        raise Damaged(f"{path.name} has format {manifest.get('format')}; this version reads format {FORMAT}.")
    _prove_files(path, manifest["files"])
    return manifest  # type: ignore[no-any-return]


def extract(path: Path, names: dict[str, Path]) -> None:
    """Write the members of these names to these places (folders 0700, files 0600), each proven by the manifest before."""
    with tarfile.open(path, "r:") as tar:
        for member in tar:
            if target := names.get(member.name):
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                source = tar.extractfile(member)
                if source is None:
                    raise Damaged(f"{member.name} is not a file.")
                with open(target, "xb", opener=_only_ours) as file:
                    while piece := source.read(_PIECE):
                        file.write(piece)


def _last(tar: tarfile.TarFile) -> tarfile.TarInfo:
    members = tar.getmembers()
    if not members or members[-1].name != SEAL:
        raise Damaged("The file ends too early.")
    return members[-1]


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(name)
    return file.read() if file else b""


def _prove_bytes(path: Path, end: int) -> None:
    digest, left = hashlib.sha256(), end
    with path.open("rb") as file:
        while left and (piece := file.read(min(_PIECE, left))):
            digest.update(piece)
            left -= len(piece)
        if file.read() != _tail(digest.hexdigest()):
            raise Damaged(f"{path.name} is damaged: its bytes are not the ones that were written.")


def _prove_files(path: Path, expected: dict[str, dict[str, Any]]) -> None:
    """The manifest speaks of exactly these files: guards against a file put together by somebody else."""
    found = {}
    with tarfile.open(path, "r:") as tar:
        for member in tar:
            if not member.isfile() or member.name.startswith("/") or ".." in Path(member.name).parts:
                raise Damaged(f"{path.name} has a member that no backup has: {member.name}")
            if member.name not in {MANIFEST, SEAL}:
                source = tar.extractfile(member)
                digest = hashlib.sha256()
                while source and (piece := source.read(_PIECE)):
                    digest.update(piece)
                found[member.name] = {"sha256": digest.hexdigest(), "size": member.size}
    if found != expected:
        raise Damaged(f"{path.name} is damaged: its files are not the ones that its list names.")


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def _tail(digest: str) -> bytes:
    """The last member and the end of a tar: the same bytes for the same digest."""
    data = f"{digest}\n".encode()
    return b"".join(
        [_entry(SEAL, len(data)).tobuf(tarfile.PAX_FORMAT), data.ljust(tarfile.BLOCKSIZE, b"\0"), bytes(1024)]
    )


def _only_ours(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
