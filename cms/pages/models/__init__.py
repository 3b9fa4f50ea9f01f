"""Pages of the site."""

from cms.pages.models.courses import CARD, CataloguePage, CoursePage, LessonPage, ModulePage
from cms.pages.models.kept import KeptPicture
from cms.pages.models.public import HomePage, InformationPage

__all__ = [
    "CARD",
    "CataloguePage",
    "CoursePage",
    "HomePage",
    "InformationPage",
    "KeptPicture",
    "LessonPage",
    "ModulePage",
]
