"""What may be uploaded as a picture or a document, and who may choose it."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from cms.media import rules
from cms.media.models import Handout, Picture

PDF = b"%PDF-1.7\n%\xe2\xe3\n1 0 obj"
HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'


def png(width=8, height=6):
    out = BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


def picture_form(name, content):
    data = {"title": "焊条", "collection": Collection.get_first_root_node().pk}
    return get_image_form(Picture)(data, {"file": SimpleUploadedFile(name, content)})


def handout_form(name, content):
    data = {"title": "讲义", "collection": Collection.get_first_root_node().pk}
    return get_document_form(Handout)(data, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("head", "kinds"),
    [
        (PDF, {"pdf"}),
        (b"ID3\x04\x00", {"mp3"}),
        (b"\xff\xfb\x90\x44", {"mp3"}),
        (b"\x00\x00\x00\x20ftypM4A ", {"m4a"}),
        (b"OggS\x00\x02", {"ogg"}),
        (HTML, set()),
        (b"MZ\x90\x00", set()),
        (b"PK\x03\x04", set()),
        (b"", set()),
    ],
)
def test_the_first_bytes_tell_the_kind(head, kinds):
    assert rules.kinds_of(head) == kinds


def test_wagtail_uses_our_models():
    assert (get_image_model(), get_document_model()) == (Picture, Handout)


@pytest.mark.django_db
@pytest.mark.parametrize("codename", ["choose_picture", "choose_handout", "add_picture", "change_handout"])
def test_choosing_can_be_granted_per_collection(codename):
    assert Permission.objects.filter(codename=codename, content_type__app_label="media").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "accepted"),
    [
        ("weld.png", png(), True),
        ("weld.svg", SVG, False),
        ("weld.png", SVG, False),
        ("weld.gif", png(), False),
        ("weld.png", HTML, False),
        ("big.png", png(9000, 9000), False),
    ],
)
def test_a_picture_is_a_small_enough_png_jpeg_or_webp(name, content, accepted):
    form = picture_form(name, content)
    assert form.is_valid() == accepted, form.errors


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "accepted"),
    [
        ("notes.pdf", PDF, True),
        ("speech.mp3", b"ID3" + b"\0" * 40, True),
        ("notes.pdf", HTML, False),
        ("speech.mp3", PDF, False),
        ("notes.html", HTML, False),
        ("notes.exe", b"MZ" + b"\0" * 40, False),
    ],
)
def test_a_document_is_what_its_name_says(name, content, accepted):
    form = handout_form(name, content)
    assert form.is_valid() == accepted, form.errors


@pytest.mark.django_db
def test_a_document_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(rules, "MAX_HANDOUT_BYTES", 10)
    form = handout_form("notes.pdf", PDF)
    assert not form.is_valid()
    assert list(form.errors) == ["file"]


@pytest.mark.django_db
def test_sizes_of_pictures_are_served_and_nothing_else_is(client):
    form = picture_form("weld.png", png())
    assert form.is_valid()
    picture = form.save()
    rendition = picture.get_rendition("width-4")
    response = client.get(rendition.url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert "immutable" in response["Cache-Control"]
    assert client.get(f"/media/{picture.file.name}").status_code == 404
    assert client.get("/media/images/nothing.png").status_code == 404
    assert client.get("/media/images/../documents/notes.pdf").status_code == 404
    assert client.post(rendition.url).status_code == 405
