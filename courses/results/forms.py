"""Forms on the staff desk."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReopenForm(forms.Form):
    """Why a confirmed result is opened again (EXM-7)."""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
