"""Errors stay inside and are said once; what ends a program goes through."""

from __future__ import annotations

import logging

import pytest

from anet_lite._internal.log_once import LogOnce


def test_the_first_error_is_logged_with_its_traceback_and_the_others_counted(caplog: pytest.LogCaptureFixture):
    log_once = LogOnce("writing")
    with caplog.at_level(logging.ERROR, "anet_lite"):
        for number in range(3):
            with log_once:
                raise OSError(f"disk {number}")
    assert log_once.failures == 3
    assert [record.getMessage() for record in caplog.records] == ["writing failed, training goes on; this is said once"]
    assert "OSError: disk 0" in caplog.text


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_what_ends_a_program_goes_through(error: type[BaseException]):
    log_once = LogOnce("writing")
    with pytest.raises(error), log_once:
        raise error
    assert log_once.failures == 0
