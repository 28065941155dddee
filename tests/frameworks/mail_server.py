"""A mail server on the loopback that keeps what it takes: as much of SMTP as a client without encryption needs."""

from __future__ import annotations

import socketserver
from email import message_from_bytes
from email.policy import default


class Mailbox(socketserver.ThreadingTCPServer):
    """Keeps messages; ``refuses`` answers every one with an error."""

    daemon_threads = True
    refuses = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails = []
        self.port = self.server_address[1]


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 here")
        for line in self.rfile:
            word = line.split(b":")[0].split()[0].upper() if line.strip() else b""
            if word == b"DATA":
                self.say("354 go on")
                self.take(b"".join(iter(self.rfile.readline, b".\r\n")))
            elif word == b"QUIT":
                return self.say("221 bye")
            else:
                self.say("250 fine")
        return None

    def take(self, content):
        if not self.server.refuses:
            self.server.mails.append(message_from_bytes(content, policy=default))
        self.say("550 no" if self.server.refuses else "250 taken")

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")
