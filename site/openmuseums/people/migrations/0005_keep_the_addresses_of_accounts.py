from django.db import migrations


def keep_addresses(apps, schema_editor):
    """Give accounts that were made before addresses had rows of their own the row of theirs."""
    EmailAddress = apps.get_model("account", "EmailAddress")
    for user in apps.get_model("people", "User").objects.exclude(email=None).iterator():
        if not EmailAddress.objects.filter(user=user, primary=True).exists():
            EmailAddress.objects.get_or_create(
                user=user, email=user.email.lower(), defaults={"primary": True, "verified": False}
            )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_keep_slips"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(keep_addresses, migrations.RunPython.noop)]
