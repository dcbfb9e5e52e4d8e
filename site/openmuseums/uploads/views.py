"""Serving of uploads, with headers that let no upload act as a page of ours."""

import mimetypes
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

# Shown in the page; whatever else is uploaded is offered as a download.
SHOWN_TYPES = frozenset(
    {"image/gif", "image/jpeg", "image/png", "image/webp", "video/mp4", "video/webm", "audio/mpeg", "text/vtt"}
)
# Folders of renditions and pictures; documents go through Wagtail's own view, which knows who may read them.
SERVED_FOLDERS = ("images/", "original_images/")


@require_safe
def serve_upload(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a picture from the uploads."""
    if not name.startswith(SERVED_FOLDERS):
        raise Http404
    try:
        file = default_storage.open(name)
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation) as error:
        raise Http404 from error
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(file, content_type=kind, as_attachment=kind not in SHOWN_TYPES, filename=Path(name).name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
