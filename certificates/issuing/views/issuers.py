"""Who issues: the list, one issuer, registering another, and what changes for the certificates to come."""

from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from certificates.issuing import actions
from certificates.issuing.forms import IssuerForm, NewIssuerForm, may_become_issuers
from certificates.issuing.models import Certificate, Issuer
from certificates.issuing.models.issuers import BATCH_RIGHTS
from courses.people.permissions import MANAGE_ORGANISATION, may
from courses.people.viewsets import RightRequiredMixin, ScopedObjectMixin, refusals_in

CHANGEABLE = ("public_name", "public_name_en", "legal_name", "uscc", "signatory", "seal", "active")


def tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """Issuers for whoever prepares or releases; types and keys, which are the whole site's, for its administrator."""
    rows = [("issuers", _("Issuers"), "issuing_issuers")]
    if request.user.is_superuser:
        rows += [("types", _("Certificate types"), "issuing_types"), ("keys", _("Signing keys"), "issuing_keys")]
    return [{"label": label, "url": reverse(name), "current": key == current} for key, label, name in rows]


def crumbs(*items: tuple[str, Any]) -> list[dict[str, Any]]:
    """Home, certificates, and what follows."""
    first = [("wagtailadmin_home", _("Home")), ("certificates:index", _("Certificates"))]
    return [
        *({"url": reverse(name), "label": label} for name, label in first),
        *({"url": url, "label": label} for url, label in items),
    ]


class IssuerList(RightRequiredMixin, TemplateView):
    """The issuers whose certificates I may prepare or release."""

    right = BATCH_RIGHTS
    page_title = _("Issuers")
    header_icon = "q-seal"
    template_name = "issuing/issuers.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(("", self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        issuers = Issuer.objects.visible_to(self.request.user).select_related("organisation")
        in_force = Count("certificates", filter=Q(certificates__state=Certificate.State.ISSUED))
        return super().get_context_data(
            issuers=issuers.annotate(issued=Count("certificates"), in_force=in_force),
            may_register=may_become_issuers(self.request.user).exists(),
            tabs=tabs(self.request, "issuers"),
            **kwargs,
        )


class IssuerScreen(ScopedObjectMixin):
    """A screen about one issuer; a foreign one answers 404."""

    model = Issuer
    object: Issuer
    right = MANAGE_ORGANISATION
    header_icon = "q-seal"

    def get_base_object_queryset(self) -> QuerySet[Issuer]:
        return super().get_base_object_queryset().select_related("organisation__region")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        own = (reverse("issuing_issuer", args=[self.object.pk]), self.object.public_name)
        rest = [("", self.page_title)] if self.page_title else []
        return crumbs((reverse("issuing_issuers"), _("Issuers")), own, *rest)


class IssuerPage(IssuerScreen, TemplateView):
    """What stands on its certificates, and how many it has issued."""

    template_name = "issuing/issuer.html"

    def is_permitted(self) -> bool:
        return True  # visible_to is the whole question

    def get_page_title(self) -> str:
        return self.object.public_name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        issued = self.object.certificates.order_by()
        return super().get_context_data(
            issuer=self.object,
            states=[
                (Certificate.State(row["state"]).label, row["n"])
                for row in issued.values("state").annotate(n=Count("pk"))
            ],
            last=issued.aggregate(last=Max("award_date"))["last"],
            may_change=may(self.request.user, MANAGE_ORGANISATION, self.object.organisation),
            **kwargs,
        )


class ChangeIssuer(IssuerScreen, FormView):
    """Name, signatory, seal, and whether it issues; the codes stay."""

    page_title = _("Change")
    form_class = IssuerForm
    template_name = "issuing/setting_form.html"

    def get_page_subtitle(self) -> str:
        return self.object.public_name

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in CHANGEABLE}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            submit=_("Save"), back=reverse("issuing_issuer", args=[self.object.pk]),
            intro=_("This stands on the certificates to come. What is issued stays as it was."), **kwargs,
        )  # fmt: skip

    def form_valid(self, form: IssuerForm) -> HttpResponse:
        with refusals_in(form):
            actions.change_issuer(issuer=self.object, by=self.request.user, **form.cleaned_data)
            messages.success(self.request, _("Saved."))
            return redirect("issuing_issuer", self.object.pk)
        return self.form_invalid(form)


class RegisterIssuer(RightRequiredMixin, FormView):
    """Let an organisation that I run issue certificates."""

    right = MANAGE_ORGANISATION
    page_title = _("Register an issuer")
    header_icon = "q-seal"
    form_class = NewIssuerForm
    template_name = "issuing/setting_form.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((reverse("issuing_issuers"), _("Issuers")), ("", self.page_title))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            submit=_("Register an issuer"), back=reverse("issuing_issuers"),
            intro=_("A school or an authority, never a place where people are held: that must not stand on a certificate."),
            **kwargs,
        )  # fmt: skip

    def form_valid(self, form: NewIssuerForm) -> HttpResponse:
        with refusals_in(form):
            issuer = actions.register_issuer(by=self.request.user, **form.cleaned_data)
            messages.success(self.request, _("Registered: %(name)s.") % {"name": issuer.public_name})
            visible = Issuer.objects.visible_to(self.request.user).filter(pk=issuer.pk).exists()
            return redirect("issuing_issuer", issuer.pk) if visible else redirect("wagtailadmin_home")
        return self.form_invalid(form)
