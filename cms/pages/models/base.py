"""What every page of ours has: no scheduled publishing, no published version that a later autosave rewrites."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page, Revision


class OwnPage(Page):
    """Base of all our pages (docs/decisions: autosave rewrites a published revision)."""

    settings_panels: list[
        Any
    ] = []  # go-live dates: their panel needs inline scripts, and nobody publishes by clock here

    class Meta:
        abstract = True

    def save_revision(self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any) -> Revision:
        """As Wagtail's, but an autosave never writes over a revision that is published or was handed in for review."""
        if overwrite_revision is not None and self._is_fixed(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def _is_fixed(self, revision: Revision) -> bool:
        # Asked of the database: this object may be older than the publication in another tab.
        live = type(self).objects.filter(pk=self.pk).values_list("live_revision_id", flat=True).first()
        return revision.pk == live or revision.approved_go_live_at is not None or revision.task_states.exists()


class UnroutedPage(OwnPage):
    """A page without an address: learners see its frozen words in the lesson player, nobody sees it on the public site."""

    class Meta:
        abstract = True

    def get_url_parts(self, request: HttpRequest | None = None) -> None:
        return None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404
