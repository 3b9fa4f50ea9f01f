"""`{% load learning %}`."""

from django import template

from certificates.issuing.rules.number import grouped

register = template.Library()
register.filter("certificate_number", grouped)
