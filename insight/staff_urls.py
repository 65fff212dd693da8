"""The addresses of insight's staff pages."""

from django.urls import path

from insight.views import answers, approvals, boards, findings, home, loops, reports

urlpatterns = [
    path("staff/", home.index, name="staff-home"),
    path("staff/activities/<int:pk>/findings/", boards.board, name="finding-board"),
    path(
        "staff/activities/<int:pk>/close-listening/", boards.close_listening, name="listening-close"
    ),
    path("staff/activities/<int:pk>/invite/", boards.submit_opportunity, name="opportunity-submit"),
    path("staff/findings/", findings.index, name="finding-list"),
    path("staff/findings/<int:pk>/", findings.edit, name="finding-edit"),
    path("staff/findings/<int:pk>/remove/", findings.remove, name="finding-remove"),
    path("staff/findings/<int:pk>/decision/", findings.decide, name="decision-record"),
    path("staff/findings/<int:pk>/change/", findings.add_change, name="change-record"),
    path("staff/changes/<int:pk>/", findings.move_change, name="change-move"),
    path("staff/loops/", loops.index, name="loop-list"),
    path("staff/loops/<int:pk>/", loops.detail, name="loop-detail"),
    path("staff/loops/<int:pk>/notice/", answers.write_notice, name="notice-write"),
    path("staff/loops/<int:pk>/submit/", answers.submit, name="answer-submit"),
    path("staff/deliveries/<int:pk>/", loops.settle, name="delivery-settle"),
    path("staff/approvals/", approvals.index, name="approval-list"),
    path("staff/approvals/<int:pk>/", approvals.detail, name="approval-detail"),
    path("staff/approvals/<int:pk>/publish/", approvals.publish, name="approval-publish"),
    path("staff/approvals/<int:pk>/send-back/", approvals.send_back, name="approval-send-back"),
    path("staff/reports/", reports.index, name="report-list"),
    path("staff/reports/draft/", reports.draft, name="report-draft"),
    path("staff/reports/<slug:month>/", reports.detail, name="report-detail"),
    path("staff/reports/<slug:month>/narrative/", reports.write, name="report-write"),
    path("staff/reports/<slug:month>/approve/", reports.approve, name="report-approve"),
    path("staff/reports/<slug:month>/publish/", reports.publish, name="report-publish"),
    path("staff/reports/<slug:month>.<slug:kind>", reports.file, name="report-file"),
]
