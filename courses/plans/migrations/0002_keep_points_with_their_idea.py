"""Points were kept for the first, second and third idea; from now on for the idea's row in the list, so that another rank moves none.

Forwards and backwards each number goes where the ranks of today say; what was handed in goes by the ranks that were handed in.
"""

from django.db import migrations

ASKED = ("sells", "possible", "learnable")


def kept(values):
    """The rows of the ideas that were kept, the best rank first: as the sheet has shown them."""
    rows = sorted({int(path.split(".")[2]) for path, text in values.items() if text and path.startswith("ideas.list.")})
    passed = [row for row in rows if all(values.get(f"macro.questions.{row}.{code}") == "yes" for code in ASKED)]
    ranks = {row: int(values.get(f"macro.questions.{row}.rank") or 0) for row in passed}
    return sorted(passed, key=lambda row: (ranks[row] < 1, ranks[row]))[:3]


def to_idea(path, rows):
    """micro.points.market.idea1 -> micro.ratings.4.market; None where no idea was in that place."""
    _micro, _points, criterion, column = path.split(".")
    place = int(column.removeprefix("idea")) - 1
    return f"micro.ratings.{rows[place]}.{criterion}" if place < len(rows) else None


def to_place(path, rows):
    _micro, _ratings, row, criterion = path.split(".")
    return f"micro.points.{criterion}.idea{rows.index(int(row)) + 1}" if int(row) in rows else None


def moved(values, lead, renamed, rows):
    """The same values under their new paths; what has no place any more stays under the old one, where nobody asks for it."""
    return {(path.startswith(lead) and renamed(path, rows)) or path: kept for path, kept in values.items()}


def move(apps, lead, renamed):
    Section, PlanLog, Comment, HandIn = (
        apps.get_model("plans", name) for name in ("Section", "PlanLog", "Comment", "HandIn")
    )
    for section in Section.objects.filter(code="micro").exclude(values={}):
        written = Section.objects.filter(plan=section.plan_id).values_list("values", flat=True)
        rows = kept({path: text for values in written for path, (text, _version) in values.items()})
        section.values = moved(section.values, lead, renamed, rows)
        section.save(update_fields=["values"])
        for line in PlanLog.objects.filter(plan=section.plan_id, path__startswith=lead):
            line.path = renamed(line.path, rows) or line.path
            line.save(update_fields=["path"])
        for comment in Comment.objects.filter(plan=section.plan_id, path__startswith=lead):
            comment.path = renamed(comment.path, rows) or ""  # then to the plan as a whole
            comment.save(update_fields=["path"])
    for hand_in in HandIn.objects.filter(plan__book="gyb"):
        hand_in.values = moved(hand_in.values, lead, renamed, kept(hand_in.values))
        hand_in.save(update_fields=["values"])


def forwards(apps, schema_editor):
    move(apps, "micro.points.", to_idea)


def backwards(apps, schema_editor):
    move(apps, "micro.ratings.", to_place)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
