"""Every address of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.documents.views.serve import authenticate_with_password as document_password
from wagtail.views import authenticate_with_password

from openmuseums.delivery import views as delivery
from openmuseums.delivery.routing import serve_page
from openmuseums.discovery import views as discovery
from openmuseums.people import views as people
from openmuseums.people.shared_passwords import limit_guesses
from openmuseums.people.viewsets import AccountView
from openmuseums.uploads.views import serve_upload

handler403 = "openmuseums.delivery.views.refused"
handler404 = "openmuseums.delivery.views.not_found"
handler500 = "openmuseums.delivery.views.failed"

urlpatterns = [
    path("", delivery.way_in, name="way-in"),
    path("livez", delivery.livez, name="livez"),
    path("readyz", delivery.readyz, name="readyz"),
    path("robots.txt", discovery.robots, name="robots"),
    path("sitemap.xml", discovery.sitemap, name="sitemap"),
    # Before Wagtail's own of the same address, whose form asks for a first and a last name.
    path("admin/account/", require_admin_access(AccountView.as_view())),
    # Before Wagtail's own: there is one way to sign in and out.
    path("admin/login/", people.admin_sign_in, name="wagtailadmin_login"),
    path("admin/logout/", people.sign_out, name="wagtailadmin_logout"),
    path("admin/password_reset/", people.admin_forgotten_password, name="wagtailadmin_password_reset"),
    path("admin/", include(wagtailadmin_urls)),
    # Without a language: what is registered with another place's sign-in never changes.
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        limit_guesses(document_password),
        name="wagtaildocs_authenticate_with_password",
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("_mail/", include("openmuseums.mail.kept_urls")),
    path(f"{settings.MEDIA_URL.lstrip('/')}<path:name>", serve_upload, name="upload"),
]

if settings.DEBUG:
    urlpatterns += [path("_styleguide/", include("openmuseums.home.styleguide"))]

urlpatterns += i18n_patterns(
    path("", include("openmuseums.people.urls")),
    path("account/", include("openmuseums.people.account_urls")),
    path("account/museum/", include("openmuseums.organisations.urls")),
    path("", include("openmuseums.mail.urls")),
    path("", include("openmuseums.home.urls")),
    path("", include("openmuseums.learners.urls")),
    path("", include("openmuseums.search.urls")),
    path("", include("openmuseums.discovery.urls")),
    path("report/", include("openmuseums.reports.urls")),
    path("quiz-attempts/", include("quizzes.urls")),
    path("my-data/", include("openmuseums.privacy.urls")),
    path("", include("lessons.urls")),
    path("", include("openmuseums.translation.urls")),
    path("trainer/", include("openmuseums.trainers.urls")),
    path("groups/", include("openmuseums.trainers.groups_urls")),
    path("", include("openmuseums.trainers.lists.verify_urls")),
    path("calendar/", include("openmuseums.trainers.calendars.urls")),
    # Wagtail's own, one by one: its way in for pages is ours, and its way to a page takes its time.
    path("_util/login/", people.page_sign_in, name="wagtailcore_login"),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        limit_guesses(authenticate_with_password),
        name="wagtailcore_authenticate_with_password",
    ),
    # Last: it takes whatever looks like the address of a page.
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
)
