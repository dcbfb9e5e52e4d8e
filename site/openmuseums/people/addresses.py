"""An account has one e-mail address or none; allauth keeps it in a row of its own, with whether it was confirmed."""

from allauth.account.models import EmailAddress
from django.db import transaction

from openmuseums.people.models import User


@transaction.atomic
def keep_in_step(user: User) -> None:
    """Have the row of an account's address say what the account says.

    An address that an administrator or a form has put in the place of another one is not confirmed yet, and the other
    one opens the account no longer.
    """
    email = (user.email or "").lower()
    rows = {row.email: row for row in EmailAddress.objects.filter(user=user)}
    row = rows.pop(email, None)
    if row is not None and row.primary:
        return
    EmailAddress.objects.filter(user=user, primary=True).delete()
    if row is not None:
        row.primary = True
        row.save(update_fields=["primary"])
    elif email:
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
