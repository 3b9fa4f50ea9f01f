"""The file broker of a one-machine site: kombu's, with messages that appear whole.

kombu 5 writes a message under its final name, so a worker that looks at that moment takes an empty file, fails to read it and
stops, and the message is gone. Ours is written beside, flushed to the disk, and renamed.
"""

import os
import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """A queue is a folder; its messages are files whose names end in `.<queue>.msg`."""

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:  # type: ignore[override]  # kombu names it payload
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns() // 1_000_000}_{uuid.uuid4()}.{queue}.msg"
        unfinished = folder / f"{name}.part"
        with unfinished.open("xb") as file:
            file.write(str_to_bytes(dumps(message)))
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(folder / name)


class Transport(filesystem.Transport):
    """What `filesystem://` means for us (registered in `lms.celery`)."""

    Channel = Channel
