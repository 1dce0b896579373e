"""Many connections in one thread."""

import selectors
import socket
import time

from packets import RESET, cut


class Member:
    """A connection that writes what it was given as far as the broker takes it, and may read."""

    def __init__(self, port, output=b"", reads=True, on_packet=None):
        self.socket = socket.socket()
        if not reads:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.output = bytearray(output)
        self.reads = reads
        self.on_packet = on_packet
        self.input = bytearray()
        self.packets = []
        self.ended = False
        self.shuts = False  # its end, once everything is written

    def reset(self):
        """Tears the connection."""
        if self.socket.fileno() >= 0:
            try:
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            except OSError:
                pass
            self.socket.close()
        self.ended = True


class Crowd:
    """Serves members until something is reached."""

    def __init__(self):
        self.members = []
        self.selector = selectors.DefaultSelector()

    def add(self, *arguments, **more):
        """Connects another."""
        member = Member(*arguments, **more)
        self.members.append(member)
        self.selector.register(member.socket, selectors.EVENT_READ | selectors.EVENT_WRITE, member)
        return member

    def watch(self, member):
        """Says anew what is waited for."""
        events = (selectors.EVENT_READ if member.reads else 0) | (selectors.EVENT_WRITE if member.output else 0)
        try:
            self.selector.modify(member.socket, events or selectors.EVENT_READ, member)
            if not events:
                self.selector.unregister(member.socket)
        except KeyError:
            if events:
                self.selector.register(member.socket, events, member)

    def end(self, member):
        """Forgets a connection and tears it."""
        try:
            self.selector.unregister(member.socket)
        except (KeyError, ValueError):
            pass
        member.reset()

    def send(self, member, raw):
        """Gives a member more to write."""
        if not member.ended:
            member.output += raw
            self.watch(member)

    def run(self, until, seconds):
        """Serves; returns whether it was reached in time."""
        deadline = time.monotonic() + seconds
        while not until():
            if time.monotonic() > deadline:
                return False
            for key, events in self.selector.select(0.05):
                member = key.data
                try:
                    if events & selectors.EVENT_WRITE:
                        self.write(member)
                    if events & selectors.EVENT_READ and not member.ended:
                        self.read(member)
                except BlockingIOError:
                    pass
                except OSError:
                    self.end(member)
        return True

    def write(self, member):
        if member.output:
            sent = member.socket.send(bytes(member.output[: 1 << 17]))
            del member.output[:sent]
        if not member.output:
            self.watch(member)
            self.shut(member)

    def read(self, member):
        more = member.socket.recv(1 << 16)
        if not more:
            self.end(member)
            return
        member.input += more
        found = cut(member.input)
        while found and not member.ended:
            if member.on_packet:
                member.on_packet(member, *found)
            else:
                member.packets.append(found)
            found = cut(member.input)

    def finish(self, seconds):
        """Ends the input of the broker, so that it reads all of it, and waits until it has closed every connection."""
        for member in self.members:
            if not member.ended:
                member.reads, member.shuts = True, True
                self.watch(member)
                self.shut(member)
        self.run(lambda: all(each.ended for each in self.members), seconds)
        return sum(1 for each in self.members if not each.ended)

    def shut(self, member):
        if member.shuts and not member.output and not member.ended:
            member.shuts = False
            try:
                member.socket.shutdown(socket.SHUT_WR)
            except OSError:
                self.end(member)

    def settle(self, seconds=10):
        """Serves until everything is written, or nothing moves on."""
        left, since = None, time.monotonic()

        def still():
            nonlocal left, since
            now = sum(len(each.output) for each in self.members if not each.ended)
            if now != left:
                left, since = now, time.monotonic()
            return now == 0 or time.monotonic() > since + 1.5

        return self.run(still, seconds)

    def reset_all(self):
        """Tears all connections at once."""
        for member in self.members:
            self.end(member)
        self.members = []
