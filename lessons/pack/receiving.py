"""Takes pictures and documents of a pack into the site."""

from io import BytesIO
from typing import Any

from django.core.files import File
from django.core.files.images import ImageFile
from django.db import transaction

from lessons.pack.content import FILE, UploadContent
from lessons.pack.names import Names
from lessons.pack.records import Records
from openmuseums.people.models import User
from openmuseums.uploads.models import Picture
from openmuseums.uploads.renditions import make_renditions


class Receiving:
    """The uploads of one load. No transaction holds their files, so those that are written are noted in `written`."""

    def __init__(self, *, names: Names, records: Records, user: User | None, written: list[tuple[Any, str]]) -> None:
        self.names = names
        self.records = records
        self.report = records.report
        self.user = user
        self.written = written

    def receive(self, upload: UploadContent) -> None:
        """Make or update an upload."""
        model = upload.kind.model
        row: Any = model.objects.filter(key=upload.id).first()
        if row is None and self.records.was_removed(upload.id):
            self.report.removed.append(upload.name)
            return
        if row is None:
            row = self._make(upload)
        elif self._update(row, upload):
            row.save()
            if isinstance(row, Picture):
                make_renditions([row])
            self.report.updated.append(upload.name)
        self.names.add_upload(model, upload.name, row.pk)

    def _make(self, upload: UploadContent) -> Any:
        row: Any = upload.kind.model(key=upload.id, pack_key=upload.name, uploaded_by_user=self.user)
        for field, shape in upload.kind.fields.items():
            setattr(row, field, shape.stored(upload.values.get(field), self.names, ""))
            self.records.remember(upload.id, field, upload.values.get(field))
        self.records.remember(upload.id, FILE, upload.digest)
        self._write(row, upload)
        row.save()
        self.report.created.append(upload.name)
        return row

    def _update(self, row: Any, upload: UploadContent) -> bool:
        changed = row.pack_key != upload.name
        row.pack_key = upload.name
        for field, shape in upload.kind.fields.items():
            wanted, current = upload.values.get(field), shape.packed(getattr(row, field), self.names, "")
            if self.records.decide(upload.id, upload.name, field, wanted=wanted, current=current):
                setattr(row, field, shape.stored(wanted, self.names, ""))
                changed = True
        storage, name = row.file.storage, row.file.name
        is_lost = not storage.exists(name)
        is_new = self.records.decide(upload.id, upload.name, FILE, wanted=upload.digest, current=row.file_hash)
        if not is_new and not (is_lost and row.file_hash == upload.digest):
            return changed
        self._write(row, upload)
        if isinstance(row, Picture):
            for rendition in row.renditions.all():
                rendition.delete()
        if not is_lost and row.file.name != name:
            transaction.on_commit(lambda: storage.delete(name))
        return True

    def _write(self, row: Any, upload: UploadContent) -> None:
        kind = ImageFile if isinstance(row, Picture) else File
        row.file.save(upload.file, kind(BytesIO(upload.source.read_bytes()), name=upload.file), save=False)
        self.written.append((row.file.storage, row.file.name))
        row.file_size = row.file.size
        row.file_hash = upload.digest
