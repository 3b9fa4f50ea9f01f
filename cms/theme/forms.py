"""The form for who runs the site."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.theme.models import SiteSettings


class SiteSettingsForm(forms.ModelForm):
    class Meta:
        model = SiteSettings
        fields = ("name", "operator", "contact")
        widgets = {"contact": forms.Textarea(attrs={"rows": 4})}


class PatternForm(forms.Form):
    """Every kind of field, for the page that shows the parts."""

    name = forms.CharField(label=_("Name of the business"), help_text=_("As it will stand over the door."))
    price = forms.DecimalField(
        label=_("Price"),
        error_messages={"invalid": _("Write the price in digits, for example 88.00.")},
        widget=forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off"}
        ),  # type=number hides what was typed
    )
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    trade = forms.ChoiceField(
        label=_("Trade"), choices=[("weld", _("Welding")), ("cook", _("Cooking")), ("sew", _("Sewing"))]
    )
    days = forms.MultipleChoiceField(
        label=_("Market days"), choices=[("1", _("Monday")), ("4", _("Thursday"))], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label=_("I have compared this list with the sign-in sheet."))
