"""Template filters about people."""

from django import template

from openmuseums.privacy import looks

register = template.Library()

register.filter("name_of", looks.name_of)
