"""What the screens read: the lessons of an edition with one learner's bookmarks, in two queries."""

from cms.learning.models import LessonVisit
from cms.learning.rules import Lesson
from courses.catalogue.models import CourseUnit, Edition
from courses.people.models import Learner
from courses.prepared import Prepared

VISITS = Prepared(
    lambda learner, edition: LessonVisit.objects.filter(learner=learner, unit__edition=edition).order_by(), int, int
)
LESSONS = Prepared(
    lambda edition: (
        CourseUnit.objects.filter(edition=edition, kind=CourseUnit.Kind.LESSON)
        .select_related("module")
        .order_by("position")
    ),
    int,
)


def lessons_of(edition: Edition, learner: Learner) -> list[Lesson]:
    """The lessons in reading order, numbered within their modules."""
    visits = {visit.unit_id: visit for visit in VISITS(learner.pk, edition.pk)}
    found: list[Lesson] = []
    for unit in LESSONS(edition.pk):
        module = unit.module.title if unit.module else ""
        number = found[-1].number + 1 if found and found[-1].module == module else 1
        visit = visits.get(unit.pk)
        found.append(
            Lesson(
                code=unit.code,
                title=unit.title,
                module=module,
                number=number,
                screen=visit.screen if visit else 0,
                turned_at=visit.turned_at if visit else None,
                finished=bool(visit and visit.finished_at),
            )
        )
    return found
