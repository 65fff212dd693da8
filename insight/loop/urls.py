"""The addresses of findings, decisions, changes, loops and approvals; all for staff."""

from django.urls import path

from insight.loop.views import approvals, boards, findings, loops, notices, submissions

urlpatterns = [
    path("staff/activities/<int:pk>/findings/", boards.board, name="finding-board"),
    path(
        "staff/activities/<int:pk>/close-listening/", boards.close_listening, name="listening-close"
    ),
    path(
        "staff/activities/<int:pk>/reopen-listening/",
        boards.reopen_listening,
        name="listening-reopen",
    ),
    path(
        "staff/activities/<int:pk>/invite/",
        submissions.submit_opportunity,
        name="opportunity-submit",
    ),
    path("staff/findings/", findings.index, name="finding-list"),
    path("staff/findings/<int:pk>/", findings.edit, name="finding-edit"),
    path("staff/findings/<int:pk>/remove/", findings.remove, name="finding-remove"),
    path("staff/findings/<int:pk>/decision/", findings.decide, name="decision-record"),
    path("staff/findings/<int:pk>/change/", findings.add_change, name="change-record"),
    path("staff/changes/<int:pk>/", findings.move_change, name="change-move"),
    path("staff/loops/", loops.index, name="loop-list"),
    path("staff/loops/<int:pk>/", loops.detail, name="loop-detail"),
    path("staff/loops/<int:pk>/notice/", notices.write, name="notice-write"),
    path("staff/loops/<int:pk>/submit/", submissions.submit_answer, name="answer-submit"),
    path("staff/approvals/", approvals.index, name="approval-list"),
    path("staff/approvals/<int:pk>/", approvals.detail, name="approval-detail"),
    path("staff/approvals/<int:pk>/publish/", approvals.publish, name="approval-publish"),
    path("staff/approvals/<int:pk>/send-back/", approvals.send_back, name="approval-send-back"),
]
