"""What is locked with one half of a key opens with the other alone."""

import pytest

from courses.rosters import slips


def test_only_the_other_half_opens_a_slip():
    public, private = slips.new_key()
    locked = slips.lock(public, {"pin": "739201", "code": "1" * 30})
    assert "739201" not in locked and slips.lock(public, {"pin": "739201"}) != slips.lock(public, {"pin": "739201"})
    assert slips.unlock(private, locked)["pin"] == "739201"
    other_public, other_private = slips.new_key()
    assert slips.fits(private, public) and not slips.fits(other_private, public)
    for wrong in (other_private, public, "", "?"):
        with pytest.raises(slips.WrongKey):
            slips.unlock(wrong, locked)
    assert not slips.fits("", public) and not slips.fits("?", public)
