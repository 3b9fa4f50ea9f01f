"""What the public pages share. `{% load pages %}`."""

from django import template

from cms.pages.models import HomePage, InformationPage

register = template.Library()


@register.inclusion_tag("pages/notes.html", takes_context=True)
def information_links(context: template.Context) -> dict[str, object]:
    """Links to the pages of information right below the first page; two queries, then the whole page is kept."""
    home = HomePage.objects.first()
    notes = InformationPage.objects.live().child_of(home).exclude(slug="about") if home else []
    return {"notes": notes, "request": context.get("request")}
