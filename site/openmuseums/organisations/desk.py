"""Administrators' pages about organisations in Wagtail's admin: the list, each one, and merging doubles."""

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import permission_required
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import IndexView as WagtailIndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from openmuseums.organisations.belonging import OrganisationGoneError
from openmuseums.organisations.forms import MergeForm, OrganisationForm
from openmuseums.organisations.merging import NotMergeableError, merge
from openmuseums.organisations.models import Organisation
from openmuseums.organisations.naming import near_doubles
from openmuseums.people.admin_pages import titled
from openmuseums.people.models import User

PERMISSION = "organisations.change_organisation"


class IndexView(WagtailIndexView):
    """Lists organisations: those that nobody has looked at first, with what is likely the same."""

    def get_base_queryset(self) -> QuerySet[Organisation]:
        """Return the organisations with how many belong to each; not who."""
        return Organisation.objects.annotate(member_count=Count("memberships"))

    def order_queryset(self, queryset: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """Order by what an administrator has to do."""
        if self.ordering:
            ordered: QuerySet[Organisation] = super().order_queryset(queryset)
            return ordered
        return queryset.order_by("is_confirmed", "name", "pk")

    @cached_property
    def columns(self) -> list[Column]:
        """Return what the list says of each."""
        return [
            TitleColumn("name", label=gettext_lazy("Name"), get_url=self.get_edit_url, sort_key="name"),
            Column("country", accessor="get_country_display", label=gettext_lazy("Country"), sort_key="country"),
            Column("kind", accessor="get_kind_display", label=gettext_lazy("Kind"), sort_key="kind"),
            Column("members", accessor="member_count", label=gettext_lazy("Members")),
            BooleanColumn("is_confirmed", label=gettext_lazy("In the list"), sort_key="is_confirmed"),
            Column("doubles", accessor=_doubles_in_words, label=gettext_lazy("Likely the same as")),
        ]

    def get_list_more_buttons(self, instance: Organisation) -> list[Button]:
        """Offer to merge it."""
        address = reverse("organisations_admin:merge", args=[instance.pk])
        merging = Button(_("Merge with another"), url=address, icon_name="link", priority=25)
        return [*super().get_list_more_buttons(instance), merging]


def _doubles_in_words(organisation: Organisation) -> str:
    # A page lists twenty; whoever is in the list has been looked at.
    return "" if organisation.is_confirmed else "; ".join(double.name for double in near_doubles(organisation))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PERMISSION)
def merge_one(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Ask which organisation this one is in truth, and make one of the two."""
    double = get_object_or_404(Organisation, pk=organisation_id)
    form = MergeForm(request.POST if request.method == "POST" else None, double=double)
    actor = request.user if isinstance(request.user, User) else None
    if form.is_valid():
        try:
            kept = merge(kept=form.cleaned_data["kept"], double=double, actor=actor)
        except (NotMergeableError, OrganisationGoneError):
            messages.error(request, _("These two cannot be merged any more. Look at the list again."))
            return redirect("organisations_admin:index")
        messages.success(
            request,
            _("“%(double)s” is “%(kept)s” now, and is found by both names.")
            % {"double": double.name, "kept": kept.name},
        )
        return redirect("organisations_admin:edit", kept.pk)
    context = {
        "form": form,
        "double": double,
        "members": double.memberships.count(),
        **titled(
            _("Merge an organisation"), icon="link", below=(_("Organisations"), reverse("organisations_admin:index"))
        ),
    }
    return render(request, "organisations/merge.html", context, status=422 if form.errors else 200)


class OrganisationViewSet(ModelViewSet):
    """Looks after organisations."""

    name = "organisations_admin"
    url_prefix = "organisations"
    model = Organisation
    icon = "group"
    menu_label = gettext_lazy("Organisations")
    menu_order = 610
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = IndexView
    list_per_page = 20
    list_filter = ["is_confirmed", "kind", "country"]
    search_fields = ["name"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[OrganisationForm]:
        """Return the form for a new or an existing organisation."""
        return OrganisationForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return Wagtail's addresses and that of merging."""
        return [*super().get_urlpatterns(), path("<int:organisation_id>/merge/", merge_one, name="merge")]
