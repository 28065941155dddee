"""Why a run ended, where its log says so: ``table`` of what logs say, ``find`` the line, ``words`` for a person."""

from anet_lite.reader.ending.find import Ending, ending_of
from anet_lite.reader.ending.words import ending_sentence

__all__ = ["Ending", "ending_of", "ending_sentence"]
