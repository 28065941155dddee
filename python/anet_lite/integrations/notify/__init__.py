"""Notifications by apprise: mail, and some 170 chats, pagers and phones, each by an address."""

from anet_lite.integrations.notify.notifier import Notifier
from anet_lite.integrations.notify.tracker import NotifyTracker

__all__ = ["Notifier", "NotifyTracker"]
