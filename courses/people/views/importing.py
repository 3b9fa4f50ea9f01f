"""Bringing in regions and organisations: upload, look at every row, apply. Nothing of the file is kept between the steps but
what the page itself carries, signed."""

import io
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.people import actions
from courses.people.actions.imports import MAX_ROWS, Preview
from courses.people.models import Organisation, Region, User
from courses.people.permissions import MANAGE_ORGANISATION, rights_anywhere
from courses.people.tables import write_template
from courses.sheets import read

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT_FOR = 2 * 60 * 60  # seconds between looking and applying
SHOWN = 200


def may_import(user: User, what: str) -> bool:
    """Regions are everybody's, so only the head of the site brings them in; organisations below one's own."""
    return bool(user.is_superuser) if what == "regions" else MANAGE_ORGANISATION in rights_anywhere(user)


class TableForm(forms.Form):
    """A table to bring in."""

    file = forms.FileField(label=_("Table"), help_text=_("XLSX, XLS or CSV. The first row names the columns."))


class ImportDoor(View):
    """Which of the two is brought in, and whether this person may."""

    models = {"regions": Region, "organisations": Organisation}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.what = kwargs["what"]
        if not may_import(request.user, self.what):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class Template(ImportDoor):
    """The file to fill in."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = io.BytesIO()
        write_template(file, self.models[self.what])
        answer = HttpResponse(file.getvalue(), content_type=XLSX)
        answer["Content-Disposition"] = f'attachment; filename="{self.what}.xlsx"'
        return answer


class ImportPlaces(ImportDoor, WagtailAdminTemplateMixin, TemplateView):
    """Upload a table, see what each row does, apply it."""

    template_name = "people/import.html"
    header_icon = "q-home"
    titles = {"regions": _("Bring in regions"), "organisations": _("Bring in organisations")}

    @property
    def page_title(self) -> Any:
        return self.titles[self.what]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("organisations:index"), "label": _("Organisations")},
            {"url": "", "label": self.page_title},
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "table" in request.POST:
            return self.apply(request.POST["table"])
        form = TableForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                table = read(form.cleaned_data["file"], max_rows=MAX_ROWS)
                preview = getattr(actions, f"preview_{self.what}")(table=table, by=request.user)
            except ValidationError as refusal:
                form.add_error("file", refusal)
            else:
                return self.render_to_response(self.get_context_data(form=TableForm(), **self.shown(table, preview)))
        return self.render_to_response(self.get_context_data(form=form))

    def apply(self, signed: str) -> HttpResponse:
        """The second step: the rows that were looked at, if they still fit."""
        try:
            table = signing.loads(signed, salt=self.salt, max_age=KEPT_FOR)
            preview = getattr(actions, f"import_{self.what}")(table=table, by=self.request.user)
        except signing.BadSignature:
            form = TableForm({})
            form.add_error(None, _("This page is too old. Choose the file again."))
            return self.render_to_response(self.get_context_data(form=form))
        except ValidationError:  # somebody changed something since: look again
            preview = getattr(actions, f"preview_{self.what}")(table=table, by=self.request.user)
            return self.render_to_response(self.get_context_data(form=TableForm(), **self.shown(table, preview)))
        messages.success(
            self.request,
            _("Stored: %(new)s added, %(changed)s changed.")
            % {"new": preview.count("new"), "changed": preview.count("changed")},
        )
        return redirect("organisations:index")

    @property
    def salt(self) -> str:
        return f"people.import.{self.what}.{self.request.user.pk}"

    def shown(self, table: Any, preview: Preview) -> dict[str, Any]:
        """The rows to look at: wrong ones first, then what changes; rows that stay as they are only as a count."""
        order = ["wrong", "changed", "new"]
        lines = sorted(
            (line for line in preview.lines if line.state in order), key=lambda line: order.index(line.state)
        )
        return {
            "preview": preview,
            "lines": lines[:SHOWN],
            "more": len(lines) - SHOWN,
            "counts": {state: preview.count(state) for state in (*order, "same")},
            "table": "" if preview.wrong else signing.dumps(table, salt=self.salt, compress=True),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", TableForm())
        return super().get_context_data(
            template_url=reverse(f"people_import_{self.what}_template"),
            back=reverse("organisations:index"),
            **kwargs,
        )
