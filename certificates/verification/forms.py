"""What an employer types."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certificates.issuing.rules import number as numbers


def _no_number(number: str) -> str:
    """What to say of something that cannot be a number at all: too long, too short, or with other characters in it."""
    if len(number) != numbers.LENGTH and set(number) <= set("0123456789X"):
        words = gettext(
            "A certificate number has 18 characters; this has %(count)s. Compare it with the certificate once more."
        )
        return words % {"count": len(number)}
    return gettext(
        "A certificate number is 18 digits (the last one may be an X), nothing else. It stands under the title of the certificate."
    )


class CheckForm(forms.Form):
    """Number and name. A number whose check character does not fit is answered here, without looking anything up."""

    number = forms.CharField(
        label=_("Certificate number"),
        max_length=60,
        help_text=_("18 characters, printed under the title. Blanks and hyphens do not matter."),
        error_messages={"required": _("Type the number that is printed on the certificate.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "q-no", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("Name of the holder"),
        max_length=60,
        error_messages={"required": _("Type the name that is printed on the certificate.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        number = numbers.normalise(self.cleaned_data["number"])
        if not numbers.SHAPE.fullmatch(number):
            raise forms.ValidationError(_no_number(number))
        if not numbers.is_valid(number):
            raise forms.ValidationError(
                _("Perhaps one character of the number was copied wrongly. Compare it with the certificate once more.")
            )
        return number


class NameForm(forms.Form):
    """The name on the paper, when the number came from the QR code."""

    name = forms.CharField(
        label=_("Name on the paper"),
        max_length=60,
        error_messages={"required": _("Type the name that is printed on the certificate.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
