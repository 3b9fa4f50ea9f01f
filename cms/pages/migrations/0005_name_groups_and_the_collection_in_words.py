"""Groups, and the collection above all others, carry names that an operator can read in lists and choices."""

import re

from django.db import migrations

WORDS = {"authors": "编写课程", "publishers": "审核和发布课程"}
STAFF = ("staff", "工作人员（进入后台）")
ROOT = ("Root", "全站共用")


def name_in_words(apps, schema_editor):
    Group, Organisation = apps.get_model("auth", "Group"), apps.get_model("people", "Organisation")
    for group in Group.objects.filter(name__startswith="courses:"):
        found = re.fullmatch(r"courses:(\d+):(authors|publishers)", group.name)
        if found:
            school = Organisation.objects.filter(pk=found[1]).values_list("name", flat=True).first() or "?"
            group.name = f"{school[:90]} · {WORDS[found[2]]} ({group.name})"
            group.save(update_fields=["name"])
    Group.objects.filter(name=STAFF[0]).update(name=STAFF[1])
    apps.get_model("wagtailcore", "Collection").objects.filter(depth=1, name=ROOT[0]).update(name=ROOT[1])


def name_by_key(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for group in Group.objects.filter(name__contains="(courses:"):
        group.name = group.name.rpartition("(")[2].rstrip(")")
        group.save(update_fields=["name"])
    Group.objects.filter(name=STAFF[1]).update(name=STAFF[0])
    apps.get_model("wagtailcore", "Collection").objects.filter(depth=1, name=ROOT[1]).update(name=ROOT[0])


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0004_mark_outlines"),
        ("people", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(name_in_words, name_by_key)]
