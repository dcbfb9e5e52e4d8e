"""Organisations, every name each is found by, and who belongs to them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openmuseums.organisations.countries import COUNTRIES


class Organisation(models.Model):
    """A museum, or a network of museums. What somebody typed is shown to others once an administrator has seen it."""

    class Kind(models.TextChoices):
        """What it is."""

        MUSEUM = "museum", _("Museum")
        NETWORK = "network", _("Network of museums")

    class Size(models.TextChoices):
        """By how many are paid to work there.

        The limits are those of Recommendation 2003/361/EC, so that figures can be compared; the course is made for
        those with fewer than ten. Museums that volunteers alone run are many among these, and need other things.
        """

        VOLUNTEERS = "0", _("Nobody is paid: volunteers alone")
        MICRO = "1-9", _("1 to 9 people are paid")
        SMALL = "10-49", _("10 to 49 people are paid")
        MEDIUM = "50-249", _("50 to 249 people are paid")
        LARGE = "250", _("250 people or more are paid")

    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.MUSEUM)
    size = models.CharField(
        _("size"),
        max_length=8,
        choices=Size.choices,
        blank=True,
        default="",
        help_text=_("How many people are paid to work there, full time or part time."),
    )
    network = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="museums",
        limit_choices_to={"kind": "network"},
        verbose_name=_("network"),
        help_text=_("The network that the museum belongs to, where it belongs to one."),
    )
    is_confirmed = models.BooleanField(
        _("in the list"),
        default=False,
        help_text=_("Tick this to offer it to everybody. Until it is ticked, only those who typed its name see it."),
    )
    added_at = models.DateTimeField(_("added at"), editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="museum") | models.Q(network__isnull=True),
                name="organisations_network_in_no_network",
                violation_error_message=_("A network belongs to no other network."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Name(models.Model):
    """A name that an organisation is found by: its own, those it had, and those of doubles that were merged into it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    folded = models.CharField(_("folded name"), max_length=400)
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES)

    class Meta:
        verbose_name = _("name of an organisation")
        verbose_name_plural = _("names of organisations")
        constraints = [
            models.UniqueConstraint(fields=["folded", "country"], name="organisations_name_unique"),
            models.CheckConstraint(condition=~models.Q(folded=""), name="organisations_name_has_letters"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That somebody belongs to an organisation, and as what. Only they and administrators see it."""

    class Role(models.TextChoices):
        """As what."""

        BOARD = "board", _("Member of the board")
        PROFESSIONAL = "professional", _("Professional")
        VOLUNTEER = "volunteer", _("Volunteer")
        TRAINER = "trainer", _("Trainer")
        OTHER = "other", _("Something else")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("account")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    joined_at = models.DateTimeField(_("joined at"))

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["account", "organisation"], name="organisations_membership_unique")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.organisation_id} {self.role}"
