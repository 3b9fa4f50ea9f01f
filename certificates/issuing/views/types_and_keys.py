"""What belongs to the whole site: the kinds of certificates, and the keys that sign them. For its administrator alone."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from certificates.issuing import actions, keys
from certificates.issuing.forms import DESIGN_WORDS, RotateKeyForm, TypeForm
from certificates.issuing.models import Certificate, CertificateType, SigningKey
from certificates.issuing.views.issuers import crumbs, tabs
from courses.people.viewsets import refusals_in

TYPE_FIELDS = ("title", "title_en", "register_type", "design", "show_training_dates", "official_level")
KEY_CHIPS = {SigningKey.State.ACTIVE: "good", SigningKey.State.COMPROMISED: "stop"}


class SiteScreen(WagtailAdminTemplateMixin):
    """For whoever the verbs let: the site's administrator."""

    header_icon = "q-seal"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class TypeList(SiteScreen, TemplateView):
    """Every type in the version in use; below, those out of use."""

    page_title = _("Certificate types")
    template_name = "issuing/types.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(("", self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        types = list(CertificateType.objects.annotate(issued=Count("certificates")).order_by("code", "-version"))
        for one in types:
            one.design_words = DESIGN_WORDS.get(one.design, one.design)
        return super().get_context_data(
            in_use=[one for one in types if one.active], older=[one for one in types if not one.active],
            tabs=tabs(self.request, "types"), **kwargs,
        )  # fmt: skip


class TypeScreen(SiteScreen):
    """A screen about one type."""

    model = CertificateType

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(CertificateType, pk=kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((reverse("issuing_types"), _("Certificate types")), ("", self.object.title))


class TypePage(TypeScreen, TemplateView):
    """What the type says, its versions, and how many were issued under each."""

    template_name = "issuing/type.html"

    def get_page_title(self) -> str:
        return self.object.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = CertificateType.objects.filter(code=self.object.code).annotate(issued=Count("certificates"))
        return super().get_context_data(
            type=self.object,
            versions=versions,
            design=DESIGN_WORDS.get(self.object.design, self.object.design),
            **kwargs,
        )


class TypeFormView(FormView):
    """A form that defines a type, or its next version."""

    form_class = TypeForm

    def define(self, form: TypeForm) -> HttpResponse:
        with refusals_in(form):
            given = form.cleaned_data
            made = actions.define_type(by=self.request.user, **{"code": self.code_of(given), **given})
            messages.success(
                self.request,
                _("Saved: %(title)s, version %(version)s.") % {"title": made.title, "version": made.version},
            )
            return redirect("issuing_type", made.pk)
        return self.form_invalid(form)

    def code_of(self, given: dict[str, Any]) -> str:
        return given["code"]

    def form_valid(self, form: TypeForm) -> HttpResponse:
        return self.define(form)


class DefineType(SiteScreen, TypeFormView):
    """A kind of certificate that there was not before."""

    page_title = _("Define a type")
    template_name = "issuing/setting_form.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((reverse("issuing_types"), _("Certificate types")), ("", self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(submit=_("Define a type"), back=reverse("issuing_types"), **kwargs)

    def form_valid(self, form: TypeForm) -> HttpResponse:
        if CertificateType.objects.filter(code=form.cleaned_data["code"]).exists():
            form.add_error("code", _("There is a type of this name. Open it and change it: that is its next version."))
            return self.form_invalid(form)
        return self.define(form)


class ChangeType(TypeScreen, TypeFormView):
    """The next version; what was issued keeps the version it was issued under."""

    page_title = _("Next version")
    template_name = "issuing/setting_form.html"

    def get_page_subtitle(self) -> str:
        return self.object.title

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in TYPE_FIELDS}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"with_code": False}

    def code_of(self, given: dict[str, Any]) -> str:
        return self.object.code

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            submit=_("Save as the next version"), back=reverse("issuing_type", args=[self.object.pk]),
            intro=_("What was issued keeps the version it was issued under; certificates to come get this one."), **kwargs,
        )  # fmt: skip


class WithdrawType(TypeScreen, View):
    """No more certificates of this type."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.withdraw_type(certificate_type=self.object, by=request.user)
        messages.success(request, _("Out of use: %(title)s.") % {"title": self.object.title})
        return redirect("issuing_types")


class KeyList(SiteScreen, TemplateView):
    """The keys with their fingerprints, and how many papers each has signed."""

    page_title = _("Signing keys")
    template_name = "issuing/keys.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(("", self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        signed = dict(Certificate.objects.order_by().values_list("signing_key").annotate(n=Count("pk")))
        rows = [
            {"key": key, "fingerprint": keys.fingerprint(key.public_key), "here": keys.exists(key.kid), "signed": signed.get(key.pk, 0),
             "chip": KEY_CHIPS.get(SigningKey.State(key.state), "plain")}
            for key in SigningKey.objects.order_by("-made_at")
        ]  # fmt: skip
        return super().get_context_data(rows=rows, tabs=tabs(self.request, "keys"), **kwargs)


class RotateKey(SiteScreen, FormView):
    """A new key, after a confirmation."""

    page_title = _("Make a new signing key")
    form_class = RotateKeyForm
    template_name = "issuing/setting_form.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((reverse("issuing_keys"), _("Signing keys")), ("", self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            submit=_("Make a new signing key"), back=reverse("issuing_keys"),
            intro=_("The private half is made on this machine and lies in the folder of the signing keys: copy that folder to a locked place afterwards."),
            **kwargs,
        )  # fmt: skip

    def form_valid(self, form: RotateKeyForm) -> HttpResponse:
        given = form.cleaned_data
        with refusals_in(form):
            key = actions.rotate_key(by=self.request.user, leaked=given["why"] == "leaked", reason=given["reason"])
            messages.success(self.request, _("From now on %(kid)s signs.") % {"kid": key.kid})
            return redirect("issuing_keys")
        return self.form_invalid(form)
