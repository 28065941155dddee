"""What chats and PagerDuty are sent, that nothing is sent twice, and what is said of what did not arrive."""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from anet_lite import Monitor
from anet_lite._internal import poster
from anet_lite.integrations.remarks import Remarks
from anet_lite.integrations.webhook import FORMS, WebhookTracker
from incident_run import CHANGES, ENDS, KINDS, OPENS, incident_run
from posted import server as server  # noqa: PLC0414 - a fixture

if TYPE_CHECKING:
    from posted import Server


def posted(server: Server, form: str, url: str = "", **options: Any) -> list[Any]:
    with WebhookTracker(url or server.url, "llama", form=form, **options) as tracker:
        for seen in incident_run():
            tracker.log(seen)
    assert tracker.lost == 0
    return [post for _, post in server.posts]


def test_an_incident_is_one_object_each_time_it_opens_changes_and_ends(server: Server):
    posts = posted(server, "json")
    assert [post["kind"] for post in posts] == KINDS
    assert [post["step"] for post in posts] == [OPENS, CHANGES, ENDS]
    assert {post["since"] for post in posts} == {OPENS}
    assert {post["incident"] for post in posts} == {posts[0]["incident"]}
    assert [post["severity"] for post in posts] == ["warning", "critical", "info"]
    assert [post["id"] for post in posts] == [f"{posts[0]['incident']}-{number}" for number in range(3)]
    assert [headers["Idempotency-Key"] for headers, _ in server.posts] == [post["id"] for post in posts]


def test_two_runs_share_no_incident(server: Server):
    names = [{post["incident"] for post in posted(server, "json")} for _ in range(2)]
    assert len(names[1]) == 2


def test_slack_gets_a_text_in_which_nothing_is_a_command(server: Server):
    first, _, last = posted(server, "slack")
    assert first.keys() == {"text", "mrkdwn"}
    title, _, text = first["text"].partition("\n")
    assert title == f"llama step {OPENS}: suspect, jump_loss"
    assert text.startswith(f"Step {OPENS}: the run is suspect.")
    assert last["text"].startswith(f"llama step {ENDS}: over, healthy\n")
    with WebhookTracker(server.url, "a & <b>", form="slack") as tracker:
        tracker.log(Monitor().update(loss=float("nan")))
    assert server.posts[-1][1]["text"].startswith("a &amp; \u2039b&gt; step 0: failing, nonfinite")


def test_discord_gets_an_embed_that_calls_nobody(server: Server):
    posts = posted(server, "discord")
    embeds = [post["embeds"][0] for post in posts]
    assert [embed["color"] for embed in embeds] == [0xF9A825, 0xD32F2F, 0x2E7D32]
    assert embeds[0]["title"] == f"llama step {OPENS}: suspect, jump_loss"
    assert embeds[2]["description"].startswith(f"Step {ENDS}: the run is healthy again")
    assert embeds[0]["timestamp"].endswith("+00:00")
    assert all(post["allowed_mentions"] == {"parse": []} for post in posts)


def test_teams_gets_an_adaptive_card(server: Server):
    posts = posted(server, "teams", lang="ja")
    (attachment,) = posts[0]["attachments"]
    assert (posts[0]["type"], attachment["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
    title, text = attachment["content"]["body"]
    assert title["text"] == f"llama ステップ{OPENS}: 要注意、jump_loss"
    assert text["text"].startswith(f"ステップ{OPENS}: 学習は要注意です。")
    colours = [post["attachments"][0]["content"]["body"][0]["color"] for post in posts]
    assert colours == ["Warning", "Attention", "Good"]


def test_an_incident_is_one_incident_of_pagerduty_and_its_end_resolves_it(server: Server):
    opens, changes, ends = posted(server, "pagerduty", f"{server.url}?routing_key=R0&x=1")
    assert [post["event_action"] for post in (opens, changes, ends)] == ["trigger", "trigger", "resolve"]
    assert {post["dedup_key"] for post in (opens, changes, ends)} == {opens["dedup_key"]}
    assert {post["routing_key"] for post in (opens, changes, ends)} == {"R0"}
    assert ends.keys() == {"routing_key", "event_action", "dedup_key"}
    assert opens["payload"]["summary"].startswith(f"llama step {OPENS}: suspect, jump_loss: Step {OPENS}: ")
    assert [post["payload"]["severity"] for post in (opens, changes)] == ["warning", "critical"]
    assert (opens["payload"]["source"], opens["payload"]["class"]) == ("llama", "jump_loss")
    assert opens["payload"]["custom_details"]["since"] == OPENS


def test_a_stall_is_an_incident_and_another_remark_is_none_that_ends(server: Server):
    with WebhookTracker(f"{server.url}?routing_key=R0", form="pagerduty") as tracker:
        remarks = Remarks(tell=tracker.tell)
        for at in (7, 9):
            remarks.say("stalled", at, at, at=at, seconds="60s", where="x.py:1 in f")
            remarks.say("stall_over", at + 1, at, at=at + 1, seconds="90s")
        remarks.say("no_loss", 12, rows=8)
    posts = [post for _, post in server.posts]
    assert [post["event_action"] for post in posts] == ["trigger", "resolve"] * 2 + ["trigger"]
    keys = [post["dedup_key"] for post in posts]
    assert (keys[0], keys[2]) == (keys[1], keys[3])
    assert len(set(keys)) == 3


def test_a_routing_key_stands_in_no_address(server: Server):
    posted(server, "pagerduty", f"{server.url}?routing_key=SECRET&x=1")
    assert set(server.paths) == {"/hook?x=1"}


def one_alarm(tracker: WebhookTracker) -> None:
    with tracker:
        tracker.log(Monitor().update(loss=float("nan"), step=7))


def test_a_post_that_arrived_and_was_not_answered_is_not_sent_again(server: Server, caplog: pytest.LogCaptureFixture):
    server.wait = 0.6
    tracker = WebhookTracker(server.url, timeout=0.2)
    tracker.timeout = 10.0
    one_alarm(tracker)
    assert (len(server.posts), tracker.lost) == (1, 1)
    said = [record.getMessage() for record in caplog.records]
    assert said[-1] == (
        "WebhookTracker: 1 of 1 rows were not confirmed as delivered, among them the messages "
        '"step 7: failing, nonfinite".'
    )


@pytest.mark.parametrize(
    ("form", "query", "options"), [("pagerduty", "?routing_key=R0", {}), ("json", "", {"knows_keys": True})]
)
def test_where_two_of_a_kind_count_as_one_an_unanswered_post_is_sent_again(
    server: Server, form: str, query: str, options: dict[str, Any]
):
    server.waits = [0.6]
    tracker = WebhookTracker(server.url + query, timeout=0.2, form=form, **options)
    tracker.timeout = 10.0
    one_alarm(tracker)
    assert tracker.lost == 0
    (first, body), (second, again) = server.posts
    assert first["Idempotency-Key"] == second["Idempotency-Key"]
    assert body == again


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_server_that_may_have_taken_it_is_not_asked_again_unless_it_knows_keys(server: Server, status: int):
    for knows_keys, posts in ((False, 1), (True, 4)):
        server.answers = [status]
        one_alarm(tracker := WebhookTracker(server.url, knows_keys=knows_keys))
        assert tracker.lost == (not knows_keys)
        assert len(server.posts) == posts - knows_keys


def test_a_server_that_says_how_long_is_waited_for_within_a_bound(server: Server, monkeypatch: pytest.MonkeyPatch):
    pauses: list[float] = []
    monkeypatch.setattr(poster, "time", SimpleNamespace(sleep=pauses.append))
    for asked in ("7", "0.3", "3600", "soon"):
        server.answers, server.retry_after = [429], asked
        one_alarm(WebhookTracker(server.url))
    assert pauses == [7.0, 0.3, 30.0, 0.01]


def test_an_incident_that_is_dropped_is_told_to_be_over(server: Server):
    monitor = Monitor()
    with WebhookTracker(server.url, lang="ja") as tracker:
        tracker.log(monitor.update(loss=float("nan"), step=7))
        monitor.note("the data was changed")
        tracker.log(monitor.update(loss=1.0, step=8))
    first, last = (post for _, post in server.posts)
    assert (last["kind"], last["incident"], last["since"]) == ("ends", first["incident"], 7)
    assert last["text"] == "ステップ8: ステップ7からの異常は取り下げます。学習が巻き戻されたか、変更が宣言されました。"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"form": "irc"}, "form must be one of json, slack, discord, teams, pagerduty, got 'irc'"),
        ({"lang": "fr"}, "lang must be 'en' or 'ja'"),
        ({"form": "pagerduty"}, r"url must hold \?routing_key="),
    ],
)
def test_an_impossible_form_is_named(options: dict[str, Any], words: str):
    with pytest.raises(ValueError, match=words) as caught:
        WebhookTracker("http://127.0.0.1:9/SECRET", **options)
    assert "SECRET" not in str(caught.value)


def test_a_copy_posts_in_the_same_form(server: Server):
    with pickle.loads(pickle.dumps(WebhookTracker(server.url, "llama", form="discord", lang="ja"))) as copy:
        one_alarm(copy)
    assert server.posts[0][1]["embeds"][0]["title"] == "llama ステップ7: 異常、nonfinite"


def test_every_form_takes_a_message_without_a_run_or_an_alarm(server: Server):
    for posts, form in enumerate(FORMS, 1):
        monitor = Monitor()
        with WebhookTracker(f"{server.url}?routing_key=R0", form=form) as tracker:
            for loss in (float("nan"), *(2.0 + 0.1 * (at % 7) for at in range(80))):
                tracker.log(monitor.update(loss=loss))
        assert (tracker.lost, len(server.posts)) == (0, 2 * posts)


UNSAID = """
import logging, sys
from anet_lite import Monitor
from anet_lite.integrations.remarks import Remarks
from anet_lite.integrations.webhook import WebhookTracker
logging.basicConfig(level=logging.WARNING, format="%(message)s")
tracker = WebhookTracker(sys.argv[1], timeout=30.0, lang="ja")
tracker.log(Monitor().update(loss=float("nan"), step=7))
"""


def test_the_end_of_a_program_that_never_closes_says_what_was_not_delivered(server: Server):
    server.wait = 4.0
    line = [sys.executable, "-c", UNSAID, server.url]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", timeout=60, check=True)
    assert "WebhookTracker: 1行のうち1行は、届いたことを確認できませんでした" in done.stderr
    assert "(うちメッセージ: 「ステップ7: 異常、nonfinite」)。" in done.stderr


def test_what_was_said_is_not_said_again(server: Server, caplog: pytest.LogCaptureFixture):
    server.status = 400
    one_alarm(tracker := WebhookTracker(server.url))
    tracker.close()
    with caplog.at_level(logging.WARNING, "anet_lite"):
        assert caplog.text.count("were not confirmed") == 1
