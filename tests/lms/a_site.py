"""A real site in a folder of its own, worked on by processes of its own: `python -m tests.lms.a_site build|issue|verify`."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Site:
    """Its data folder and its database's address."""

    folder: Path
    database: str

    def run(self, *command, **environment):
        """Run a command of the product, or of this module, in this site."""
        own = {
            "DJANGO_SETTINGS_MODULE": "lms.settings.embedded", "LMS_DATA_DIR": str(self.folder), "DATABASE_URL": self.database,
            "LMS_HOSTS": "testserver", "PYTHONWARNINGS": "ignore",
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "-m", *command], cwd=ROOT, env={**os.environ, **own, **environment}, capture_output=True,
            text=True, timeout=180,
        )  # fmt: skip

    def lms(self, *arguments, **environment):
        return self.run("lms", *map(str, arguments), **environment)

    def do(self, what, *arguments):
        done = self.run("tests.lms.a_site", what, *arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])


def empty_site(folder, name):
    """A site with nothing but migrated tables. Needs the suite's master database (`django_db_setup`)."""
    from django.conf import settings

    from tests import database

    folder.mkdir(parents=True, exist_ok=True)
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        shutil.copyfile(database.SQLite().master, folder / "lms.sqlite3")
        return Site(folder, f"sqlite:///{folder / 'lms.sqlite3'}")
    site = Site(folder, postgres_address(name))
    recreate(site, template=database.PostgreSQL("x").master)
    return site


def postgres_address(name):
    from django.conf import settings

    to = settings.DATABASES["default"]
    secret = f":{to['PASSWORD']}" if to["PASSWORD"] else ""
    return f"postgres://{to['USER']}{secret}@{to['HOST']}:{to['PORT']}/{name}"


def recreate(site, template="template0", drop_only=False):
    """The site's database is lost; an empty one, or a copy of a template, takes its place."""
    if site.database.startswith("sqlite"):
        for path in site.folder.glob("lms.sqlite3*"):
            path.unlink()
        return
    from tests import database

    name = site.database.rpartition("/")[2]
    statements = [f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"]
    database.PostgreSQL("x")._run(*statements, *([] if drop_only else [f"CREATE DATABASE {name} TEMPLATE {template}"]))


def _build():
    """The world of the certificates' tests, two of its three learners issued, one of them replaced."""
    from certificates.issuing import actions
    from tests.certificates.conftest import build

    world = build()
    first, _second = world.issued(world.outcomes[:2])
    actions.draw_missing()
    world.replaced(first)
    return _certificates()


def _issue(name):
    """One more certificate, by the verbs."""
    from certificates.issuing import actions
    from certificates.issuing.models import CertificateType
    from courses.people.models import User
    from courses.results.models import Outcome
    from tests.certificates.conftest import AWARDED

    batch = actions.prepare_batch(
        outcomes=[Outcome.objects.get(enrolment__learner__full_name=name)], certificate_type=CertificateType.objects.get(),
        by=User.objects.get(username="admin_provider"), award_date=AWARDED,
    )  # fmt: skip
    actions.submit_batch(batch=batch, by=batch.prepared_by)
    actions.work_on_batch(batch=actions.release_batch(batch=batch, by=User.objects.get(username="admin_city")))
    return _certificates()


def _certificates():
    from certificates.issuing.models import Certificate

    return [[c.register_number, c.number, c.name, c.state] for c in Certificate.objects.order_by("register_number")]


def _verify():
    """What an employer is told about each certificate, and whether a PDF and an identity number can be read."""
    from django.test import Client

    from certificates.issuing import actions
    from certificates.issuing.models import Certificate
    from courses.people.models import Learner

    told = []
    for certificate in Certificate.objects.order_by("register_number"):
        page = (
            Client().post("/verify?lang=en", {"number": certificate.number, "name": certificate.name}).content.decode()
        )
        scanned = Client().get(f"/c/{certificate.token}?lang=en").status_code
        word = next(word for word in ("Revoked", "Replaced", "Valid") if word in page)
        kept = bool(certificate.pdf) and certificate.pdf.storage.exists(certificate.pdf.name)
        told.append([certificate.register_number, word, scanned, kept, actions.pdf_bytes(certificate)[:5].decode()])
    return {"told": told, "ids": [learner.id_number()[-4:] for learner in Learner.objects.exclude(id_sealed="")]}


if __name__ == "__main__":
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOW_TEST_IDS = True
    settings.CELERY_TASK_ALWAYS_EAGER = True
    from django.utils import translation

    from lms.celery import app

    app.conf.task_always_eager = True
    translation.activate("zh-hans")
    print(json.dumps({"build": _build, "issue": _issue, "verify": _verify}[sys.argv[1]](*sys.argv[2:])))
