from django.db import migrations


def take_classes_from_experts(apps, schema_editor):
    """An expert of a class reads its plans, not its roster and registers; `derive_class_rights` gives it no more."""
    assignments = apps.get_model("classes", "TrainerAssignment").objects
    grants = apps.get_model("guardian", "UserObjectPermission").objects.filter(
        permission__codename="view_classes", content_type__app_label="classes", content_type__model="trainingclass"
    )
    for user, training_class in assignments.filter(role="expert").values_list("user", "training_class"):
        if not assignments.filter(user=user, training_class=training_class).exclude(role="expert").exists():
            grants.filter(user=user, object_pk=str(training_class)).delete()


class Migration(migrations.Migration):
    # What a post as an expert gives is derived anew at each sign-in and every hour.
    dependencies = [("classes", "0002_add_experts")]
    operations = [migrations.RunPython(take_classes_from_experts, migrations.RunPython.noop)]
