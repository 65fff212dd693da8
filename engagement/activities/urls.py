"""The addresses of activities, sessions, registers and contributions; all for staff."""

from django.urls import URLPattern, URLResolver, path

from engagement.activities.forms.activities import SECTIONS
from engagement.activities.views import activities, contributions, registers, sessions

urlpatterns: list[URLPattern | URLResolver] = [
    path("staff/activities/", activities.index, name="activity-list"),
    path("staff/activities/export.csv", activities.export, name="activity-export"),
    path("staff/activities/log/", activities.log, name="activity-log"),
    path("staff/activities/similar/", activities.similar, name="activity-similar"),
    path("staff/activities/<int:pk>/", activities.detail, name="activity-detail"),
    path("staff/activities/<int:pk>/cancel/", activities.cancel, name="activity-cancel"),
    path("staff/activities/<int:pk>/sessions/add/", sessions.add, name="session-add"),
    path("staff/activities/<int:pk>/said/", contributions.index, name="contribution-list"),
    path("staff/activities/<int:pk>/said/add/", contributions.add, name="contribution-add"),
    path(
        "staff/activities/<int:pk>/said/check/",
        contributions.check_page,
        name="contribution-check-page",
    ),
    path(
        "staff/activities/<int:pk>/said/who/",
        contributions.find_person,
        name="contribution-find-person",
    ),
    path(
        "staff/activities/<int:pk>/said/by/<int:person>/", contributions.add, name="contribution-by"
    ),
    # One address for each section, so that none is mistaken for another page of an activity.
    *(
        path(
            f"staff/activities/<int:pk>/{section.key}/",
            activities.edit,
            {"section": section.key},
            name="activity-edit",
        )
        for section in SECTIONS
    ),
    path("staff/said/<int:pk>/check/", contributions.check, name="contribution-check"),
    path("staff/sessions/<int:pk>/", sessions.edit, name="session-edit"),
    path("staff/sessions/<int:pk>/cancel/", sessions.cancel, name="session-cancel"),
    path("staff/sessions/<int:pk>/remove/", sessions.remove, name="session-remove"),
    path("staff/sessions/<int:pk>/register/", registers.take, name="register-take"),
    path("staff/sessions/<int:pk>/register/tick/", registers.tick, name="register-tick"),
    path("staff/sessions/<int:pk>/register/untick/", registers.untick, name="register-untick"),
    path("staff/sessions/<int:pk>/register/heads/", registers.count, name="register-count"),
    path("staff/sessions/<int:pk>/register/add/", registers.add, name="register-add"),
]
