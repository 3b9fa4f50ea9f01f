"""Forms of people and rights: they read what was typed; the verbs decide."""

from courses.people.forms.learners import (
    CategoryForm,
    CorrectLearnerForm,
    DateInput,
    ExpectReleaseForm,
    MoveForm,
    ReasonForm,
    RegisterLearnerForm,
)
from courses.people.forms.places import OrganisationForm, RoomForm, UnitForm
from courses.people.forms.regions import offer_regions, regions_by_nearness
from courses.people.forms.signing_in import OwnPasswordForm, SignInForm
from courses.people.forms.staff import AppointForm, NewAccountForm, PostForm

__all__ = [
    "AppointForm",
    "CategoryForm",
    "CorrectLearnerForm",
    "DateInput",
    "ExpectReleaseForm",
    "MoveForm",
    "NewAccountForm",
    "OrganisationForm",
    "OwnPasswordForm",
    "PostForm",
    "ReasonForm",
    "RegisterLearnerForm",
    "RoomForm",
    "SignInForm",
    "UnitForm",
    "offer_regions",
    "regions_by_nearness",
]
