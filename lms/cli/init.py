"""`lms init`: make a new site."""

import argparse
import getpass
import os
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

import django

from lms.cli.processes import make_broker_folders


@dataclass(frozen=True)
class Answers:
    """What a new site has to know. An empty password: one is made and shown once."""

    institution: str
    kind: str
    code: str
    account: str
    password: str
    address: str


def run(arguments: list[str]) -> int:
    """Make the database, the first pages, the signing key, the institution and the first administrator; say what comes next.

    Asks for what is not given. The same again changes nothing. Exit code 1 where something that was typed is refused, and
    on a site of another institution.
    """
    options = _options(arguments)
    django.setup()
    from django.core.exceptions import ValidationError
    from django.utils import translation

    try:
        with translation.override("zh-hans"):
            _refuse_address(options.url)
            _prepare_database()
            if found := _existing(options.institution):
                print(f"{found}: 已经建好，什么都没有改。This site exists; nothing was changed.")
                return 0
            answers = _ask(options)
            shown = _make(answers)
    except ValidationError as refusal:
        print("\n".join(refusal.messages), file=sys.stderr)
        return 1
    _collect_static(options.no_static)
    _say(answers, shown)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="lms init", description="Asks for what is not given.")
    parser.add_argument("--institution", default="", help="name of the authority or school that runs this site")
    parser.add_argument("--kind", default="hr_bureau", help="kind of organisation, e.g. hr_bureau, training_provider")
    parser.add_argument("--code", default="", help="its six digits in register numbers (may follow later)")
    parser.add_argument("--admin", default="", help="account of the first administrator")
    parser.add_argument(
        "--password", default="", help="their password; without it one is asked for, or made and shown once"
    )
    parser.add_argument("--url", default="", help="address of the site, as in QR codes, e.g. http://10.0.0.5:8000")
    parser.add_argument(
        "--no-static", action="store_true", help="do not collect the files of the web pages (production)"
    )
    return parser.parse_args(arguments)


def _refuse_address(url: str) -> None:
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.utils.translation import gettext as _

    parts = urlsplit(url)
    if url and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/")):
        raise ValidationError(
            _("The address begins with http:// or https:// and ends with the host, e.g. http://10.0.0.5:8000.")
        )
    if url and not settings.LMS_KEEPS_SECRETS and url.rstrip("/") != settings.LMS_PUBLIC_URL:
        raise ValidationError(_("In production the address stands in the environment: set LMS_PUBLIC_URL."))


def _prepare_database() -> None:
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    make_broker_folders(settings.DATA_DIR)
    call_command("migrate", verbosity=0, interactive=False)


def _existing(institution: str) -> str:
    """The institution of a finished site. Refuses (ValidationError) when another one was asked for."""
    from django.core.exceptions import ValidationError
    from django.utils.translation import gettext as _

    from courses.people.models import Organisation, User

    first = Organisation.objects.order_by("pk").first()
    if first is None or not User.objects.filter(is_superuser=True).exists():
        return ""
    if institution and institution != first.name:
        raise ValidationError(
            _(
                "This site belongs to %(name)s already. Add organisations at the staff desk, or choose another data folder."
            )
            % {"name": first.name}
        )
    return first.name


def _ask(options: argparse.Namespace) -> Answers:
    from django.conf import settings

    alone = not sys.stdin.isatty()

    def answer(given: str, question: str, default: str = "") -> str:
        return given or default if alone else given or input(question).strip() or default

    address = settings.LMS_PUBLIC_URL
    if settings.LMS_KEEPS_SECRETS:
        address = answer(options.url, f"网址 Address of the site [{address}]: ", address).rstrip("/")
        _refuse_address(address)
    return Answers(
        institution=answer(options.institution, "机构名称 Name of the institution: "),
        kind=options.kind,
        code=options.code,
        account=answer(options.admin, "管理员账号 Account of the first administrator: "),
        password=options.password or ("" if alone else _ask_password()),
        address=address,
    )


def _ask_password() -> str:
    while True:
        first = getpass.getpass("密码（留空：系统生成）Password (empty: make one): ")
        if first == getpass.getpass("再输入一次 Once more: "):
            return first
        print("两次不一样。They differ.")


def _make(answers: Answers) -> str:
    """Everything in one transaction. Returns the password to show: empty where the administrator brought one."""
    from django.core.exceptions import ValidationError
    from django.db import transaction
    from django.utils.translation import gettext as _

    from certificates.issuing.actions import rotate_key
    from certificates.issuing.models import SigningKey
    from cms.pages.actions import create_site
    from cms.theme.actions import change_site_settings
    from courses.people.actions import add_organisation, create_first_administrator
    from courses.people.models import Organisation

    if not answers.institution or not answers.account:
        raise ValidationError(_("Give the name of the institution and an account for the first administrator."))
    with transaction.atomic():
        create_site()
        place = Organisation.objects.filter(name=answers.institution).first()
        place = place or add_organisation(name=answers.institution, kind=answers.kind, code=answers.code, by=None)
        user, shown = create_first_administrator(
            username=answers.account, organisation=place, password=answers.password
        )
        change_site_settings(name="", operator=answers.institution, contact="", by=user)
        if not SigningKey.objects.filter(state=SigningKey.State.ACTIVE).exists():
            rotate_key(by=None)
    _keep_address(answers.address)
    return shown


def _keep_address(address: str) -> None:
    """One machine keeps its address in the data folder, like its secrets; production has an environment."""
    from django.conf import settings

    if not settings.LMS_KEEPS_SECRETS:
        return
    host = urlsplit(address).hostname or ""
    hosts = ",".join(dict.fromkeys([host, "127.0.0.1", "localhost", "[::1]"]))
    path = settings.DATA_DIR / "site.env"
    with open(path, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(f"LMS_PUBLIC_URL={address}\nLMS_HOSTS={hosts}\n")


def _collect_static(skip: bool) -> None:
    from django.conf import settings
    from django.core.management import call_command

    if settings.STATIC_ROOT and not skip:
        print("· 收集网页文件 collecting the files of the web pages (a minute)", flush=True)
        call_command("collectstatic", verbosity=0, interactive=False)


def _say(answers: Answers, shown: str) -> None:
    from django.conf import settings

    line = "─" * 78
    secrets = f"{settings.DATA_DIR / 'keys'}" if settings.LMS_KEEPS_SECRETS else "the environment 环境变量"
    print(f"\n{line}\n{answers.institution}：已建好。The site is ready.\n{line}")
    if shown:
        print(
            f"  账号 account {answers.account}   password {shown}   （只显示这一次；首次登录时更换 shown once, changed at the first sign-in)"
        )
    else:
        print(f"  账号 account {answers.account}")
    address = urlsplit(answers.address)
    port = f" --port {address.port}" if address.port not in {None, 8000} else ""
    listen = "" if address.hostname in {"127.0.0.1", "localhost"} or address.scheme == "https" else " --host 0.0.0.0"
    print(f"""
接下来 Next:
  lms serve{listen}{port}      网页 web server: {answers.address}
  lms worker             后台任务 worker, beside it
  {answers.address}/admin/     登录后添加单位、岗位 sign in, add organisations, give posts
  lms import organisations FILE.xlsx   批量导入单位 many at once (lms import --help)
  lms backup FOLDER      每天备份 every day; FOLDER on another machine or disk

钥匙 Keys:
  {settings.LMS_SIGNING_KEY_DIR}   签发证书的私钥 signs certificates
  {secrets}   身份证号的密钥 opens identity numbers
  丢了就再也打不开，泄露了别人就能伪造：另存一份，锁好。Lost: unreadable. Leaked: forged. Keep a copy, locked.""")
