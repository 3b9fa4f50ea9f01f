"""The certificate desk: lists, screens and the entry in the menu."""

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.permissions import register_permission_policy

from certificates.issuing.models import Batch, Certificate
from certificates.issuing.models.issuers import BATCH_RIGHTS
from certificates.issuing.views import batches, certificates, deciding, issuers, lists, panels, types_and_keys
from courses.people.models import Learner
from courses.people.permissions import VIEW_RESULTS, rights_anywhere
from courses.people.viewsets import ScopedModelViewSet, ScopedPolicy

# Before the viewsets, so that Wagtail makes no policy of its own.
register_permission_policy(Certificate, ScopedPolicy(Certificate, lookup=None, view=(*BATCH_RIGHTS, VIEW_RESULTS)))
register_permission_policy(Batch, ScopedPolicy(Batch, lookup="issuer__organisation", view=BATCH_RIGHTS))


class ListOnly(ScopedModelViewSet):
    """Wagtail's list; every other screen is ours."""

    closed = frozenset({"add", "edit", "delete", "history", "usage"})
    form_fields: list[str] = []


class CertificateViewSet(ListOnly):
    model = Certificate
    icon = "q-seal"
    name = "certificates"
    index_view_class = lists.CertificateList


class BatchViewSet(ListOnly):
    model = Batch
    icon = "q-pages"
    name = "batches"
    url_prefix = "certificates/batches"
    index_view_class = lists.BatchList


@hooks.register("register_admin_viewset")
def viewsets() -> list[ScopedModelViewSet]:
    return [BatchViewSet(), CertificateViewSet()]


@hooks.register("register_admin_urls")
def screens():
    return [
        path("certificates/issuers/", issuers.IssuerList.as_view(), name="issuing_issuers"),
        path("certificates/issuers/new/", issuers.RegisterIssuer.as_view(), name="issuing_register_issuer"),
        path("certificates/issuers/<int:pk>/", issuers.IssuerPage.as_view(), name="issuing_issuer"),
        path("certificates/issuers/<int:pk>/change/", issuers.ChangeIssuer.as_view(), name="issuing_change_issuer"),
        path("certificates/types/", types_and_keys.TypeList.as_view(), name="issuing_types"),
        path("certificates/types/new/", types_and_keys.DefineType.as_view(), name="issuing_define_type"),
        path("certificates/types/<int:pk>/", types_and_keys.TypePage.as_view(), name="issuing_type"),
        path("certificates/types/<int:pk>/change/", types_and_keys.ChangeType.as_view(), name="issuing_change_type"),
        path(
            "certificates/types/<int:pk>/withdraw/", types_and_keys.WithdrawType.as_view(), name="issuing_withdraw_type"
        ),
        path("certificates/keys/", types_and_keys.KeyList.as_view(), name="issuing_keys"),
        path("certificates/keys/new/", types_and_keys.RotateKey.as_view(), name="issuing_rotate_key"),
        path("certificates/prepare/", lists.ChooseClass.as_view(), name="issuing_choose"),
        path("certificates/prepare/<int:pk>/", batches.PrepareBatch.as_view(), name="issuing_prepare"),
        path("certificates/batches/<int:pk>/", batches.BatchPage.as_view(), name="issuing_batch"),
        path("certificates/batches/<int:pk>/sample.pdf", batches.BatchSample.as_view(), name="issuing_sample"),
        path("certificates/batches/<int:pk>/papers.zip", batches.BatchPapers.as_view(), name="issuing_papers"),
        *[
            path(
                f"certificates/batches/<int:pk>/{act}/", batches.BatchAct.as_view(), {"act": act}, name=f"issuing_{act}"
            )
            for act in ("submit", "discard")
        ],
        path("certificates/decide/<int:pk>/", deciding.decide, name="issuing_decide"),
        path("certificates/<int:pk>/", certificates.CertificatePage.as_view(), name="issuing_certificate"),
        path("certificates/<int:pk>/paper.pdf", certificates.CertificatePaper.as_view(), name="issuing_paper"),
        *[
            path(
                f"certificates/<int:pk>/{kind}/",
                certificates.AskForChange.as_view(),
                {"kind": kind},
                name=f"issuing_ask_{kind}",
            )
            for kind in ("replace", "revoke")
        ],
    ]


@hooks.register("construct_main_menu")
def menu(request: HttpRequest, items: list[MenuItem]) -> None:
    if rights_anywhere(request.user) & {*BATCH_RIGHTS, VIEW_RESULTS}:
        items.append(
            MenuItem(
                _("Certificates"), reverse("certificates:index"), name="certificates", icon_name="q-seal", order=500
            )
        )


@hooks.register("construct_learner_file")
def part_of_the_file(request: HttpRequest, learner: Learner, parts: list[Component]) -> None:
    parts.append(panels.LearnerCertificates())


@hooks.register("construct_homepage_panels")
def home(request: HttpRequest, found: list[Component]) -> None:
    found.append(panels.WithoutCertificate())
