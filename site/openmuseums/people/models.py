"""The account of a person: an e-mail address, a user name, or both."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# No @: so nobody's user name can be somebody else's e-mail address.
USERNAME_VALIDATOR = RegexValidator(
    r"^[\w.+-]+\Z", _("Use letters, digits and . + - _ only. An e-mail address has a field of its own.")
)


class UserManager(BaseUserManager["User"]):
    """Makes accounts; at least one of e-mail address and user name is needed."""

    def create_user(
        self, *, email: str | None = None, username: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        """Make and save an account.

        Raises ValueError where neither e-mail address nor user name is given.
        """
        if not (email or username):
            raise ValueError("An account needs an e-mail address or a user name.")
        user = self.model(email=email or None, username=username or None, **fields)
        user.clean()
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, *, email: str | None = None, username: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        """Make and save an administrator's account."""
        return self.create_user(email=email, username=username, password=password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account whose e-mail address or user name this is, without regard to case."""
        name = (username or "").strip()
        return self.get(models.Q(username__iexact=name.casefold()) | models.Q(email__iexact=name))


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """A person with an account.

    People without an e-mail address take part too, so each way to name an account is optional and one is required.
    """

    username = models.CharField(
        _("user name"),
        max_length=150,
        unique=True,
        null=True,
        blank=True,
        validators=[USERNAME_VALIDATOR],
        error_messages={"unique": _("There is an account with this user name already.")},
        help_text=_("Letters, digits and . + - _ only. Needed where there is no e-mail address."),
    )
    # None, never an empty string, where there is none: two empty strings would be the same address.
    email = models.EmailField(_("e-mail address"), null=True, blank=True)  # noqa: DJ001
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        default="",
        editable=False,
        help_text=_("The language that the person reads in, as they chose it last. Empty where they chose none."),
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick this to close the account without erasing it.")
    )
    date_joined = models.DateTimeField(_("date joined"), default=timezone.now, editable=False)

    # Set for a moment by whoever saves a new account and keeps the row of its address afterwards.
    address_is_kept_later = False

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="people_user_email_unique",
                violation_error_message=_("There is an account with this e-mail address already."),
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="people_user_username_unique",
                violation_error_message=_("There is an account with this user name already."),
            ),
            models.CheckConstraint(
                condition=models.Q(username__isnull=True) | ~models.Q(username__contains="@"),
                name="people_user_username_is_no_email",
                violation_error_message=_("A user name has no @ in it."),
            ),
            models.CheckConstraint(
                condition=(models.Q(email__isnull=False) & ~models.Q(email=""))
                | (models.Q(username__isnull=False) & ~models.Q(username="")),
                name="people_user_email_or_username",
                violation_error_message=_("Give an e-mail address or a user name."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    @property
    def is_staff(self) -> bool:
        """Return whether Wagtail's admin may be opened; Django asks by this name."""
        return self.has_perm("wagtailadmin.access_admin")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store no empty address or user name, whoever sets it: None is none.

        Raises DatabaseError where the account was erased meanwhile: Django would bring it back.
        """
        self.email = self.email or None
        self.username = self.username or None
        if not self._state.adding and not kwargs.get("force_insert"):
            kwargs["force_update"] = True
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Store an empty e-mail address or user name as none, so that the constraints hold.

        A user name is stored in lower case: SQLite compares letters beyond ASCII by their case.
        """
        self.email = self.email.strip() or None if self.email else None
        self.username = self.normalize_username(self.username.strip()).casefold() or None if self.username else None

    def get_username(self) -> str:
        """Return what the person signs in with: the user name, else the e-mail address."""
        return self.username or self.email or ""

    def get_full_name(self) -> str:
        """Return the name a page greets the person by."""
        return self.name or self.get_username()

    def get_short_name(self) -> str:
        """Return the same: names are one field here."""
        return self.get_full_name()


class Slip(models.Model):
    """A code on paper with which somebody without an e-mail address signs in, once.

    Of the code a digest is kept, made as for a password.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="slips", verbose_name=_("account")
    )
    digest = models.CharField(_("digest of the code"), max_length=128)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="slips_made",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("can be used until"))
    used_at = models.DateTimeField(_("used at"), null=True)

    class Meta:
        verbose_name = _("slip")
        verbose_name_plural = _("slips")
        constraints = [
            models.UniqueConstraint(
                "account", condition=models.Q(used_at=None), name="people_slip_one_unused_an_account"
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="people_slip_lasts_a_while"
            ),
            models.CheckConstraint(
                condition=models.Q(used_at=None)
                | models.Q(used_at__gte=models.F("made_at"), used_at__lt=models.F("expires_at")),
                name="people_slip_used_while_it_lasted",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
