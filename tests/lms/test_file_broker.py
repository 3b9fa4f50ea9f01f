"""The file broker: a message appears whole or not at all.

kombu remembers for the whole process which queues exist; so each test has a queue of its own.
"""

import os

import pytest
from kombu import Connection

import lms.celery  # noqa: F401  (registers our transport)
from lms.broker import Transport


@pytest.fixture
def connection(tmp_path):
    folders = {name: str(tmp_path) for name in ("data_folder_in", "data_folder_out", "control_folder")}
    with Connection("filesystem://", transport_options=folders) as opened:
        yield opened


def test_filesystem_means_our_transport(connection):
    assert isinstance(connection.transport, Transport)


def test_a_message_arrives_as_it_was_sent(connection):
    queue = connection.SimpleQueue("letters")
    queue.put({"batch": 7, "名": "证书"})
    message = queue.get(timeout=2)
    message.ack()
    assert message.payload == {"batch": 7, "名": "证书"}


def test_a_worker_never_sees_a_message_that_is_not_whole(connection, tmp_path, monkeypatch):
    seen = []
    flush = os.fsync

    def look_in_between(descriptor):
        seen.append([path.name for path in tmp_path.iterdir() if path.name.endswith(".msg")])
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", look_in_between)
    connection.SimpleQueue("papers").put({"batch": 7})
    assert seen == [[]]
    assert len([path for path in tmp_path.iterdir() if path.name.endswith(".papers.msg")]) == 1
