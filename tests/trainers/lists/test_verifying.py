"""A list is verified by the manifest beside it: on the command line, and whatever became of its key."""

import base64
import json
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from openmuseums.trainers.lists import keys
from openmuseums.trainers.lists.keys import current_signer, key_path
from openmuseums.trainers.lists.making import manifest_path
from openmuseums.trainers.lists.manifests import canonical
from openmuseums.trainers.models import Cohort, Export, SigningKey
from tests.factories import NOW
from tests.trainers.lists.fixed import AS_OF, fixed_cohort, remove_jan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _key_of_its_own(settings, tmp_path):
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "signing-key.pem"


@pytest.fixture
def cohort() -> Cohort:
    return fixed_cohort()


def export(path, **options):
    wanted = {"cohort": "fixed", "format": "csv", "as_of": AS_OF, "preset": "auditor", **options}
    call_command("completions", output=path, **wanted)
    return path


def verify(path, **options):
    """Return the code that the command ends with."""
    try:
        call_command("verify_export", path, **options)
    except SystemExit as ended:
        return ended.code
    return 0


def tamper(path, change):
    """Change what a manifest says."""
    whole = json.loads(manifest_path(path).read_bytes())
    change(whole)
    manifest_path(path).write_bytes(canonical(whole))


@pytest.mark.usefixtures("cohort")
@pytest.mark.parametrize("file_format", ["csv", "xlsx", "jsonl"])
def test_list_is_valid_as_it_was_written(tmp_path, capsys, file_format):
    path = export(tmp_path / "list", format=file_format)
    assert verify(path) == 0
    assert "Valid: 5 rows of the group “fixed” as of 2026-11-01T00:00:00Z." in capsys.readouterr().out


@pytest.mark.usefixtures("cohort")
def test_list_that_differs_by_a_byte_is_altered(tmp_path):
    path = export(tmp_path / "list.csv")
    data = path.read_bytes()
    path.write_bytes(data.replace(b"87.5", b"97.5"))
    assert verify(path) == 1
    path.write_bytes(data + b"\n")
    assert verify(path) == 1
    path.write_bytes(data)
    assert verify(path) == 0


@pytest.mark.usefixtures("cohort")
@pytest.mark.parametrize(
    "change",
    [
        lambda whole: whole["signed"].update(rows=6),
        lambda whole: whole["signed"].update(as_of="2026-10-31T00:00:00Z"),
        lambda whole: whole.update(signature=whole["signature"][:-8] + "AAAAAAA="),
        lambda whole: whole.update(signature="?"),
        lambda whole: whole.update(signed=[]),
        lambda whole: whole.clear(),
    ],
)
def test_manifest_that_was_changed_is_altered(tmp_path, change):
    path = export(tmp_path / "list.csv")
    tamper(path, change)
    assert verify(path) == 1


@pytest.mark.usefixtures("cohort")
@pytest.mark.parametrize("junk", [b"", b"\xff\xfe", b"[]", b"[" * 100_000, b"null", b'{"signed": {"key": NaN}}'])
def test_manifest_that_is_none_is_altered(tmp_path, junk):
    path = export(tmp_path / "list.csv")
    manifest_path(path).write_bytes(junk)
    assert verify(path) == 1


@pytest.mark.usefixtures("cohort")
def test_manifest_whose_blanks_changed_is_what_it_was(tmp_path):
    path = export(tmp_path / "list.csv")
    whole = json.loads(manifest_path(path).read_bytes())
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text(json.dumps(whole, indent=2), encoding="utf-8")
    assert verify(path, manifest=elsewhere) == 0


@pytest.mark.usefixtures("cohort")
def test_own_key_in_the_manifest_proves_nothing(tmp_path):
    path = export(tmp_path / "list.csv")
    forger = keys.Signer(keys.Ed25519PrivateKey.generate())

    def forge(whole):
        whole["signed"].update(rows=6, public_key=base64.b64encode(forger.public).decode())
        whole["signature"] = base64.b64encode(forger.sign(canonical(whole["signed"]))).decode()

    tamper(path, forge)
    assert verify(path) == 1
    tamper(path, lambda whole: (whole["signed"].update(key=forger.key_id), forge(whole)))
    assert verify(path) == 3


@pytest.mark.usefixtures("cohort")
def test_list_is_superseded_once_somebody_is_removed(tmp_path, capsys):
    path = export(tmp_path / "list.csv")
    remove_jan()
    assert verify(path) == 2
    assert "1 of the group had themselves removed since." in capsys.readouterr().out
    assert verify(export(path)) == 0


def test_list_is_superseded_once_its_group_is_erased(cohort, tmp_path):
    path = export(tmp_path / "list.csv")
    cohort.delete()
    assert verify(path) == 2


@pytest.mark.usefixtures("cohort")
def test_list_of_an_earlier_time_is_not_superseded_by_who_came_later(tmp_path):
    path = export(tmp_path / "list.csv", as_of=AS_OF.replace(month=9, day=3))
    remove_jan()
    assert verify(path) == 0


@pytest.mark.usefixtures("cohort")
def test_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError) as told:
        call_command("verify_export", tmp_path / "no.csv")
    assert told.value.returncode == 4


@pytest.mark.usefixtures("cohort")
def test_key_is_made_once_for_its_owner_alone(tmp_path):
    first = export(tmp_path / "a.csv")
    second = export(tmp_path / "b.csv")
    assert manifest_path(first).read_bytes() == manifest_path(second).read_bytes()
    assert stat.S_IMODE(key_path().stat().st_mode) == 0o600
    assert list(SigningKey.objects.values_list("is_current", flat=True)) == [True]
    assert [each.name for each in key_path().parent.iterdir()] == ["signing-key.pem"]


@pytest.mark.usefixtures("cohort")
def test_rotated_key_leaves_old_lists_valid(tmp_path):
    old = export(tmp_path / "old.csv")
    before = key_path().read_bytes()
    call_command("rotate_signing_key")
    new = export(tmp_path / "new.csv")
    assert (verify(old), verify(new)) == (0, 0)
    assert key_path().read_bytes() != before
    assert stat.S_IMODE(key_path().stat().st_mode) == 0o600
    ids = [json.loads(manifest_path(path).read_bytes())["signed"]["key"] for path in (old, new)]
    assert dict(SigningKey.objects.values_list("key_id", "is_current")) == {ids[0]: False, ids[1]: True}


@pytest.mark.usefixtures("cohort")
def test_given_key_signs_the_same_on_another_machine(settings, tmp_path):
    given = tmp_path / "shared.pem"
    current_signer(now=NOW)
    given.write_bytes(key_path().read_bytes())
    settings.SIGNING_KEY_FILE = tmp_path / "other" / "signing-key.pem"
    here = export(tmp_path / "here.csv", signing_key=given)
    settings.SIGNING_KEY_FILE = tmp_path / "third" / "signing-key.pem"
    SigningKey.objects.all().delete()
    there = export(tmp_path / "there.csv", signing_key=given)
    assert manifest_path(here).read_bytes() == manifest_path(there).read_bytes()
    assert verify(there) == 0
    # It is not the site's own, and makes none.
    assert list(SigningKey.objects.values_list("is_current", flat=True)) == [False]
    assert not settings.SIGNING_KEY_FILE.exists()


@pytest.mark.usefixtures("cohort")
def test_file_that_holds_no_such_key_is_refused(tmp_path):
    wrong = tmp_path / "wrong.pem"
    wrong.write_bytes(
        rsa.generate_private_key(65537, 2048).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    with pytest.raises(CommandError, match="not an Ed25519 key"):
        export(tmp_path / "list.csv", signing_key=wrong)
    wrong.write_text("no key")
    with pytest.raises(CommandError, match="no private key"):
        export(tmp_path / "list.csv", signing_key=wrong)
    with pytest.raises(CommandError, match="No such file"):
        export(tmp_path / "list.csv", signing_key=tmp_path / "gone.pem")
    assert [each.name for each in tmp_path.iterdir()] == ["wrong.pem"]


@pytest.mark.usefixtures("cohort")
def test_lines_of_the_documentation_verify_it_without_this_site(tmp_path):
    page = (Path(__file__).parents[3] / "docs" / "completion-lists.md").read_text(encoding="utf-8")
    program = tmp_path / "verify.py"
    program.write_text(re.search(r"```python\n(.*?)```", page, re.DOTALL)[1], encoding="utf-8")
    path = export(tmp_path / "list.csv")
    public_key = SigningKey.objects.get().public

    def run(key):
        command = [sys.executable, str(program), str(path), key]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert run(public_key).stdout == "valid: 5 rows as of 2026-11-01T00:00:00Z\n"
    assert run(base64.b64encode(bytes(32)).decode()).returncode != 0
    path.write_bytes(path.read_bytes() + b" ")
    assert run(public_key).returncode != 0


@pytest.mark.nightly
@pytest.mark.usefixtures("cohort")
def test_openssl_verifies_it_without_this_site(tmp_path):
    path = export(tmp_path / "list.csv")
    whole = json.loads(manifest_path(path).read_bytes())
    # A public key in DER is this head and its 32 bytes.
    public = bytes.fromhex("302a300506032b6570032100") + base64.b64decode(whole["signed"]["public_key"])
    (tmp_path / "key.der").write_bytes(public)
    (tmp_path / "signed.json").write_bytes(canonical(whole["signed"]))
    (tmp_path / "signature").write_bytes(base64.b64decode(whole["signature"]))
    command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in signed.json -sigfile signature"
    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (tmp_path / "signed.json").write_bytes(canonical({**whole["signed"], "rows": 6}))
    assert subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False).returncode != 0


@pytest.mark.usefixtures("cohort")
def test_check_complains_where_others_may_read_the_key(tmp_path):
    def told():
        return [each.id for each in run_checks(include_deployment_checks=True) if each.id == "trainers.W001"]

    assert told() == []
    current_signer(now=NOW)
    assert told() == []
    key_path().chmod(0o644)
    assert told() == ["trainers.W001"]


def test_command_logs_what_it_made(cohort, tmp_path):
    export(tmp_path / "list.csv", columns="name,completed", locale="nl", complete="yes")
    row = Export.objects.get()
    assert row.state == "done"
    told = (row.cohort, row.by, row.as_of, row.preset, row.columns, row.conditions, row.locale, row.rows_done)
    assert told == (cohort, None, AS_OF, "own", ["name", "completed"], {"complete": "yes"}, "nl", 1)


@pytest.mark.usefixtures("cohort")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"cohort": "none"}, "no group with the key"),
        ({"columns": "name,shoe-size"}, "no columns shoe-size"),
        ({"as_of": NOW.replace(year=2100)}, "at least a minute back"),
    ],
)
def test_command_says_what_is_wrong(tmp_path, options, said):
    with pytest.raises(CommandError, match=said):
        export(tmp_path / "list.csv", **options)
    assert Export.objects.count() == 0
    assert [each.name for each in tmp_path.iterdir() if each.name != "keys"] == []


@pytest.mark.parametrize("moment", ["2026-11-01", "2026-11-01T00:00:00", "yesterday"])
def test_command_asks_for_a_time_with_its_zone(tmp_path, moment):
    arguments = f"--cohort fixed --format csv --as-of {moment} --output {tmp_path / 'list.csv'}".split()
    with pytest.raises(CommandError, match="no time with a zone"):
        call_command("completions", *arguments)
