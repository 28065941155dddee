"""What apprise delivers of an incident: to a chat, to a pager and by mail, each to a server on the loopback."""

from __future__ import annotations

import math
import pickle
import threading

import apprise
import pytest
from apprise.plugins import discord, pagerduty, slack
from mail_server import Mailbox

from anet_lite import Monitor, StreamDetector
from anet_lite.cli.live.event import BACK, SILENT, Event, of_message
from anet_lite.cli.live.sinks.notify import NotifySink
from anet_lite.integrations.notify import NotifyTracker, notifier
from anet_lite.tracker import Cooldown
from incident_run import CHANGES, ENDS, OPENS, incident_run
from posted import server as server  # noqa: PLC0414 - a fixture
from told_alarm import begun, over

NEEDS = ("apprise",)

PAGER = f"pagerduty://{'i' * 20}@{'a' * 20}/trainer"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(apprise.NotifyBase, "request_rate_per_sec", 0.0)


@pytest.fixture
def mailbox():
    with Mailbox() as mailbox:
        thread = threading.Thread(target=mailbox.serve_forever, args=(0.02,))
        thread.start()
        yield mailbox
        mailbox.shutdown()
        thread.join()


def mail_to(mailbox):
    return f"mailto://127.0.0.1:{mailbox.port}?from=anet@example.org&to=me@example.org&mode=insecure"


def tell(urls, **options):
    with NotifyTracker(urls, "llama", **options) as tracker:
        for seen in incident_run():
            tracker.log(seen)
    return tracker


def test_an_incident_is_a_mail_where_it_opens_changes_and_ends(mailbox):
    assert tell(mail_to(mailbox), lang="ja").lost == 0
    assert [mail["subject"] for mail in mailbox.mails] == [
        f"llama ステップ{OPENS}: 要注意、jump_loss",
        f"llama ステップ{CHANGES}: 異常、drift_loss",
        f"llama ステップ{ENDS}: 終了、正常",
    ]
    first = mailbox.mails[0].get_body(("plain",)).get_content()
    assert first.startswith(f"ステップ{OPENS}: 学習は要注意です。")
    assert mailbox.mails[0]["to"] == "me@example.org"


def test_an_incident_is_one_of_pagerduty_and_its_end_resolves_it(server, monkeypatch):
    monkeypatch.setitem(pagerduty.PAGERDUTY_API_LOOKUP, "us", server.url)
    assert tell(PAGER).lost == 0
    posts = [post for _, post in server.posts]
    assert [post["event_action"] for post in posts] == ["trigger", "trigger", "resolve"]
    assert len({post["dedup_key"] for post in posts}) == 1
    assert [post["payload"]["severity"] for post in posts[:2]] == ["warning", "critical"]
    assert posts[0]["payload"]["source"] == "trainer"


def test_a_pager_is_asked_again_with_the_same_key_and_a_chat_is_not(server, monkeypatch):
    monkeypatch.setattr(notifier, "PAUSES", (0.01, 0.02))
    monkeypatch.setitem(pagerduty.PAGERDUTY_API_LOOKUP, "us", server.url)
    monkeypatch.setattr(discord.NotifyDiscord, "notify_url", server.url)
    for url, posts, lost in ((PAGER, 3, 0), (f"discord://{'1' * 18}/{'t' * 60}", 1, 1)):
        server.posts.clear()
        server.answers = [500, 500]
        with NotifyTracker(url) as tracker:
            tracker.log(Monitor().update(loss=math.nan))
        server.answers = []
        assert (len(server.posts), tracker.lost) == (posts, lost)
        assert len({post.get("dedup_key") for _, post in server.posts}) == 1


def test_tries_that_an_address_asks_for_are_made(server, monkeypatch):
    monkeypatch.setattr(discord.NotifyDiscord, "notify_url", server.url)
    server.answers = [500, 500]
    with NotifyTracker(f"discord://{'1' * 18}/{'t' * 60}?retry=2&wait=0.01") as tracker:
        tracker.log(Monitor().update(loss=math.nan))
    assert (len(server.posts), tracker.lost) == (3, 0)


def test_a_dedup_key_of_ones_own_is_kept(server, monkeypatch):
    monkeypatch.setitem(pagerduty.PAGERDUTY_API_LOOKUP, "us", server.url)
    assert tell(f"{PAGER}?dedup=mine").lost == 0
    assert {post["dedup_key"] for _, post in server.posts} == {"mine"}


def test_chats_are_told_and_nobody_is_called(server, monkeypatch):
    monkeypatch.setattr(discord.NotifyDiscord, "notify_url", server.url)
    monkeypatch.setattr(slack.NotifySlack, "webhook_url", server.url)
    urls = [f"discord://{'1' * 18}/{'t' * 60}", f"slack://{'T' * 9}/{'B' * 9}/{'c' * 24}"]
    with NotifyTracker(urls, "@all") as tracker:
        server.text = b"ok"  # what Slack answers
        tracker.log(Monitor().update(loss=math.nan, step=7))
    assert tracker.lost == 0
    for _, post in server.posts:
        assert "@all" not in str(post)
        assert "step 7: failing, nonfinite" in str(post)
    assert len(server.posts) == 2


def test_an_alarm_of_a_stream_is_told_twice(mailbox):
    with NotifyTracker(mail_to(mailbox)) as tracker:
        tracker.log(StreamDetector().push(1.0), "cpu")
        tracker.log(begun())
        tracker.log(over(begun()))
    assert [mail["subject"] for mail in mailbox.mails] == ["cpu row 900: alarm", "cpu row 904: over"]


def test_a_service_that_refuses_does_not_keep_another_from_being_told(mailbox, caplog):
    with Mailbox() as other:
        refusing = mail_to(other)
    with NotifyTracker([refusing, mail_to(mailbox)]) as tracker:
        tracker.log(Monitor().update(loss=math.nan, step=7))
    assert (tracker.lost, len(mailbox.mails)) == (1, 1)
    assert "1 of 2 services did not take it: mailto" in caplog.text
    assert "NotifyTracker: 1 of 1 rows were not confirmed as delivered" in caplog.text
    assert "me@example.org" not in caplog.text


def test_a_refused_mail_is_lost(mailbox):
    mailbox.refuses = True
    assert tell(mail_to(mailbox)).lost == 3


def test_what_is_watched_is_told_by_mail_and_a_silence_that_ends_too(mailbox, capsys):
    sink = NotifySink([mail_to(mailbox)], "ja")
    sink.take(Event(SILENT, "cpu", "", "10mの間、サンプルが来ていません"))
    sink.take(Event(BACK, "cpu", "", "サンプルが再び来ました"))
    sink.take(of_message(Cooldown(lang="ja").alert(Monitor().update(loss=math.nan, step=7)), ""))
    assert sink.close() == 0
    assert [mail["subject"] for mail in mailbox.mails] == ["cpu: 無音", "cpu: 再開", "ステップ7: 異常、nonfinite"]
    mailbox.refuses = True
    sink = NotifySink([mail_to(mailbox)])
    sink.take(Event(SILENT, "cpu", "", "no sample for 10m"))
    assert sink.close() == 1
    assert capsys.readouterr().err == "--notify: 1 of 1 services did not take it: mailto\n"


@pytest.mark.parametrize(
    ("urls", "error", "words"),
    [
        ([], ValueError, "urls must name a service"),
        ("SECRET", ValueError, "urls: apprise knows no service by address 1"),
        (["mailto://a:b@example.org", "nosuch://SECRET"], ValueError, "urls: apprise knows no service by address 2"),
        ("pagerduty://SECRET", ValueError, "urls: apprise knows no service by address 1"),
        ([5], TypeError, "urls must be of str, got int"),
    ],
)
def test_an_address_that_is_none_is_refused_and_not_repeated(urls, error, words, caplog):
    with pytest.raises(error, match=words) as caught:
        NotifyTracker(urls)
    assert "SECRET" not in str(caught.value) + caplog.text


def test_a_copy_tells_the_same_services(mailbox):
    with pickle.loads(pickle.dumps(NotifyTracker(mail_to(mailbox), "llama"))) as copy:
        copy.log(Monitor().update(loss=math.nan, step=7))
    assert [mail["subject"] for mail in mailbox.mails] == ["llama step 7: failing, nonfinite"]


def test_the_page_counts_its_services():
    assert len(apprise.Apprise().details()["schemas"]) >= 170
