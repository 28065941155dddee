"""A webhook: alarms, posted as JSON in a form of our own, or as a chat or a pager takes them."""

from anet_lite.integrations.webhook.forms import FORMS
from anet_lite.integrations.webhook.neutral import neutral
from anet_lite.integrations.webhook.tracker import WebhookTracker

__all__ = ["FORMS", "WebhookTracker", "neutral"]
