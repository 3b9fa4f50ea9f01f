"""Reads finished papers as a stranger would: the text with pdftotext, the QR code with zbarimg."""

import os
import shutil
import subprocess

import pytest


def tool(name: str) -> str:
    """The path of a program; skips the test where it is not installed, fails on CI."""
    path = shutil.which(name)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is not installed on CI")
        pytest.skip(f"{name} is not installed")
    return path


def pdf_text(pdf: bytes) -> str:
    """All text of a PDF without blanks and line ends, as someone who copies it would find it."""
    done = subprocess.run([tool("pdftotext"), "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


def pdf_lines(pdf: bytes) -> list[str]:
    """The lines of all pages as they lie on the paper: a row of a table is one line, with single blanks between its cells."""
    done = subprocess.run([tool("pdftotext"), "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(line.split()) for line in done.stdout.decode().splitlines()]


def pdf_pages(pdf: bytes) -> int:
    """The number of pages."""
    done = subprocess.run([tool("pdfinfo"), "-"], input=pdf, capture_output=True, check=True)
    return int(done.stdout.decode().split("Pages:")[1].split()[0])


def pdf_properties(pdf: bytes) -> str:
    """What a reader shows as the file's properties (title, author, keywords …) and the file's XMP packet."""
    done = [
        subprocess.run([tool("pdfinfo"), *option, "-"], input=pdf, capture_output=True, check=True).stdout.decode()
        for option in ([], ["-meta"])
    ]
    return "\n".join(done)


def pdf_codes(pdf: bytes, dpi: int = 200) -> list[str]:
    """What a camera reads from the QR codes of a PDF printed at `dpi`."""
    scanner = tool("zbarimg")
    picture = subprocess.run(
        [tool("pdftoppm"), "-r", str(dpi), "-gray", "-png", "-"], input=pdf, capture_output=True, check=True
    )
    done = subprocess.run([scanner, "-q", "--raw", "-"], input=picture.stdout, capture_output=True)
    return done.stdout.decode().strip().split("\n")
