"""Every address of the site, storey by storey."""

from django.urls import include, path

urlpatterns = [
    # The public's pages first: they are asked for most.
    path("", include("insight.urls")),
    path("", include("standards.urls")),
    path("", include("core.urls")),
    path("", include("engagement.urls")),
    path("accounts/", include("core.account_urls")),
    path("api/v1/", include("nel_participation.api_urls")),
]

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
handler429 = "core.views.errors.too_many"
handler500 = "core.views.errors.server_error"
