# ruff: noqa: E501  # SQL is read in its own lines
"""Rows in bulk, by plain SQL: the acts are measured elsewhere, and a million of them would take the day."""

from django.db import connection

ACTIVITIES = 100_000
ATTENDANCES = 1_000_000

# Without counts of what was just put in, the database joins the next rows to it one by one.
_ROWS = r"""
INSERT INTO activities_activity (
    lead_organisation_id, logged_by_id, slug, title, summary, purpose, scope_of_influence, level, level_reason, stage, methods,
    communities, is_area_wide, insight_looked_at, questions, questions_checked_by, how_people_chose, access_arrangements,
    children_offered, reward_offered, who_to_ask, team_telephone, team_email, eqia_state, eqia_reference, duty_state, duty_reference, is_consultation,
    start_earliest, start_latest, end_earliest, end_latest, is_always_on, status, cancelled_reason, listening_closed_on,
    answer_within_days, is_public, source, source_note, logged_at)
SELECT (SELECT min(id) FROM core_organisation), (SELECT min(id) FROM core_user), 'a-' || n, 'Activity ' || n, '', 'For', 'All',
    (ARRAY['inform', 'consult', 'involve', 'co-produce', 'empower'])[1 + n %% 5], 'Because', '', '{}', '{}', false, '', '',
    '', '', '', '', '', '', '', '', 'not_recorded', '', 'not_recorded', '', false, day, day, day + 20, day + 20, false, 'answered', '',
    day + 20, 28, true, 'demo', '', now()
FROM (SELECT n, date '2025-11-01' + n %% 365 AS day FROM generate_series(1, %(activities)s) n) AS numbers;

INSERT INTO activities_activity_places (activity_id, place_id)
SELECT a.id, p.id FROM activities_activity a
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS r, count(*) OVER () AS all FROM core_place) p ON a.id %% p.all = p.r
ON CONFLICT DO NOTHING;

INSERT INTO activities_activity_programmes (activity_id, programme_id)
SELECT a.id, p.id FROM activities_activity a
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS r, count(*) OVER () AS all FROM core_programme) p ON a.id %% p.all = p.r
ON CONFLICT DO NOTHING;

ANALYZE activities_activity, activities_activity_places, activities_activity_programmes;

INSERT INTO activities_session (activity_id, starts_at, ends_at, venue, link, access_features, interpreters, note, cancelled_reason)
SELECT id, start_earliest + time '10:00', start_earliest + time '12:00', 'Hall', '', '{}', '', '', '' FROM activities_activity WHERE slug ~ '^a-\d+$';

INSERT INTO people_person (known_since) SELECT now() FROM generate_series(1, %(attendances)s / 10);

INSERT INTO people_contact (person_id, organisation_id, name, email, telephone, postal_address, preferred_channel, capacity, interests, added_at)
SELECT id, (SELECT min(id) FROM core_organisation), 'Person ' || id, 'p' || id || '@example.org', '', '', 'email', 'resident', '{}', now()
FROM (SELECT id FROM people_person ORDER BY id DESC LIMIT %(attendances)s / 10) p ORDER BY id;

ANALYZE activities_session, people_contact;

INSERT INTO activities_attendance (session_id, contact_id, person_id, recorded_by_id, recorded_at)
SELECT s.id, c.id, c.person_id, (SELECT min(id) FROM core_user), now()
FROM (SELECT id, row_number() OVER (ORDER BY id) AS r FROM activities_session) s
CROSS JOIN generate_series(0, 9) k CROSS JOIN (SELECT max(id) - %(attendances)s / 10 + 1 AS first FROM people_contact) p
JOIN people_contact c ON c.id = p.first + (s.r * 10 + k * 7919) %% (%(attendances)s / 10)
ON CONFLICT DO NOTHING;

INSERT INTO people_consent (contact_id, captured_by_id, purpose, wording, given_at, given_how, withdrawn_how)
SELECT id, (SELECT min(id) FROM core_user), 'told_what_came', '', now(), 'online', '' FROM people_contact WHERE id %% 2 = 0
ON CONFLICT DO NOTHING;

INSERT INTO messaging_message (about_kind, about_id, consent_purpose, written_by_id, approved_by_id, written_at, approved_at)
SELECT 'activity', id, 'told_what_came', logged_by_id, logged_by_id, now(), now() FROM activities_activity WHERE slug ~ '^a-\d+$' AND id %% 5 > 0;

ANALYZE messaging_message;

INSERT INTO messaging_messagevariant (message_id, language, format, subject, body)
SELECT id, 'en', 'standard', 'What came of it', 'This' FROM messaging_message ON CONFLICT DO NOTHING;

ANALYZE activities_attendance, messaging_messagevariant;

INSERT INTO messaging_delivery (message_id, variant_id, person_id, contact_id, channel, state, reason, attempts, made_at, sent_at)
SELECT n.id, v.id, t.person_id, t.contact_id, 'email', CASE WHEN t.id %% 20 = 0 THEN 'cannot_reach' ELSE 'sent' END, '', 1, now(), now()
FROM activities_attendance t JOIN activities_session s ON s.id = t.session_id
JOIN activities_activity a ON a.id = s.activity_id AND a.slug ~ '^a-\d+$'
JOIN messaging_message n ON n.about_kind = 'activity' AND n.about_id = s.activity_id JOIN messaging_messagevariant v ON v.message_id = n.id WHERE t.contact_id %% 2 = 0
ON CONFLICT DO NOTHING;

INSERT INTO loop_loop (activity_id, notice_id, notice_of, heard_until, due_on, answered_on, opened_at)
SELECT a.id, n.id, '', end_latest, end_latest + 28, CASE WHEN a.id %% 5 > 0 THEN end_latest + (10 + a.id %% 30)::int END, now()
FROM activities_activity a LEFT JOIN messaging_message n ON n.about_kind = 'activity' AND n.about_id = a.id WHERE slug ~ '^a-\d+$';

ANALYZE loop_loop;

INSERT INTO loop_submission (activity_id, submitted_by_id, settled_by_id, kind, state, note, submitted_at, settled_at)
SELECT id, logged_by_id, logged_by_id, 'opportunity', 'published', '', now(), now() FROM activities_activity WHERE slug ~ '^a-\d+$';

INSERT INTO loop_publication (
    activity_id, submission_id, published_by_id, kind, slug, number, content, place_keys, programme_keys, outcomes, finding_outcomes, published_at)
SELECT a.id, s.id, a.logged_by_id, 'opportunity', a.slug, 1,
    jsonb_build_object('type', 'opportunity', 'schema', 1, 'title', a.title, 'purpose', repeat('Why we ask. ', 50)), '{}', '{}', '{}', '[]', now()
FROM activities_activity a JOIN loop_submission s ON s.activity_id = a.id WHERE a.slug ~ '^a-\d+$';

ANALYZE loop_publication;

UPDATE messaging_message m SET about_kind = 'loop', about_id = l.id FROM loop_loop l WHERE l.notice_id = m.id;
"""


def fill(activities: int = ACTIVITIES, attendances: int = ATTENDANCES) -> None:
    """So many activities over a year, each with a session, ten who came, a place, a programme, a loop and a public
    page; every second person agreed to be told, and was where there was an answer.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(_ROWS, {"activities": activities, "attendances": attendances})
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")
