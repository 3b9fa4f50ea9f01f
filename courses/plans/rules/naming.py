"""Is the name of the enterprise one that can be registered? A hint; the registrar decides."""

import re

# A name reads: place, own name, line of business, form. "清河县小李烤鱼店" has all four; "爱心烘焙屋" lacks the place.
_PLACE = re.compile(r"[^()（）]{1,10}?(?:特别行政区|自治[区州县旗]|[省市区县旗镇乡村])")
_FORM = re.compile(r"(?:公司|合作社|企业|家庭农场|农场|工作室|经营部|中心|[店厂部行馆社坊铺庄屋])$")
SHORTEST_MIDDLE = 3  # own name and line of business together, characters


def missing_in_name(name: str) -> tuple[str, ...]:
    """What the name lacks, of "place", "own_name" (with the line of business) and "form". An empty name lacks all three."""
    written = re.sub(r"\s", "", name)
    place, form = _PLACE.match(written), _FORM.search(written)
    middle = written[place.end() if place else 0 : form.start() if form else len(written)]
    found = {"place": place, "own_name": len(middle) >= SHORTEST_MIDDLE, "form": form}
    return tuple(part for part, there in found.items() if not there)
