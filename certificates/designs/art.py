"""Draws the constant art again: `python -m certificates.designs.art`. A test holds file and drawing together."""

from courses.papers import draw_svg
from courses.papers.drawing import ROOT

ART = ("certificates/designs/certificate/frame",)


def main() -> None:
    """Write each drawing beside its source."""
    for name in ART:
        (ROOT / f"{name}.svg").write_text(draw_svg(f"{name}.typ", {}), encoding="utf-8")


if __name__ == "__main__":
    main()
