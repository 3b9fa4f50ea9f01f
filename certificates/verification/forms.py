"""What an employer types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.issuing.rules import number as numbers


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
