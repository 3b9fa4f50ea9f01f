"""Verbs on people, places, posts, accounts and second signatures.

`by=None` is the system itself (imports, the demo, sweeps); anybody else needs the right, or gets PermissionDenied.
"""

from courses.people.actions.accounts import (
    close_account,
    create_account,
    create_first_administrator,
    end_expired_accounts,
    new_password,
    release_lock,
    reopen_account,
    set_own_password,
)
from courses.people.actions.countersigns import ask_countersign, countersign
from courses.people.actions.identity import pinyin
from courses.people.actions.imports import (
    import_organisations,
    import_regions,
    preview_organisations,
    preview_regions,
)
from courses.people.actions.learners import (
    admit,
    correct_learner,
    open_full_id,
    register_learner,
    set_category,
)
from courses.people.actions.lists import Person, register_learners
from courses.people.actions.places import (
    add_organisation,
    add_room,
    add_unit,
    change_organisation,
    change_room,
    rename_unit,
)
from courses.people.actions.posts import appoint, derive_rights, end_expired_posts, end_post, staff_group
from courses.people.actions.releases import expect_release

__all__ = [
    "Person",
    "add_organisation",
    "add_room",
    "add_unit",
    "admit",
    "appoint",
    "ask_countersign",
    "change_organisation",
    "change_room",
    "close_account",
    "correct_learner",
    "countersign",
    "create_account",
    "create_first_administrator",
    "derive_rights",
    "end_expired_accounts",
    "end_expired_posts",
    "end_post",
    "expect_release",
    "import_organisations",
    "import_regions",
    "new_password",
    "open_full_id",
    "pinyin",
    "preview_organisations",
    "preview_regions",
    "register_learner",
    "register_learners",
    "release_lock",
    "rename_unit",
    "reopen_account",
    "set_category",
    "set_own_password",
    "staff_group",
]
