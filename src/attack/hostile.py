"""Brokers that follow a script instead of the standard."""

import random
import socket
import threading
import time

from packets import *  # noqa: F403 (the words of the protocol)

CONNACK = b"\x20\x03\0\0\0"
PATIENCE = 20


class Done(Exception):
    """The script has ended."""


class HostileBroker:
    """Listens, and lets a script answer each connection in a thread of its own."""

    def __init__(self, script):
        self.script = script
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.stopping = False
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer):
        try:
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            peer.settimeout(PATIENCE)
            self.script(Peer(peer, self))
        except (OSError, EOFError, Done):
            pass
        finally:
            peer.close()

    def close(self):
        self.stopping = True
        # A thread that waits in accept keeps the socket open.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


class Peer:
    """The broker's end of a connection; it may be told to write only so many bytes."""

    def __init__(self, peer, broker):
        self.socket, self.broker, self.left = peer, broker, None
        self.buffer = bytearray()

    def send(self, raw):
        if self.left is not None:
            raw, self.left = raw[: self.left], self.left - len(raw)
        self.socket.sendall(raw)
        if self.left is not None and self.left <= 0:
            self.socket.shutdown(socket.SHUT_WR)
            self.drain()

    def next(self):
        while True:
            found = cut(self.buffer)
            if found:
                return found
            more = self.socket.recv(1 << 16)
            if not more:
                raise EOFError
            self.buffer += more

    def next_if_soon(self):
        """Waits a moment for a packet: who only listens sends none."""
        try:
            self.socket.settimeout(0.3)
            self.next()
        except TimeoutError:
            pass
        finally:
            self.socket.settimeout(PATIENCE)

    def drain(self, seconds=PATIENCE):
        """Reads until the client closes, or for some time."""
        self.socket.settimeout(seconds)
        while not self.broker.stopping and self.socket.recv(1 << 16):
            pass
        raise Done

    def connack(self, raw=CONNACK):
        """Waits for CONNECT and answers."""
        self.next()
        self.send(raw)

    def honest(self):
        """Answers as a broker that knows one client."""
        while True:
            first, body = self.next()
            kind = first >> 4
            if kind == 8:
                self.send(b"\x90\x04" + body[:2] + b"\0\1")
                self.send(publish("t", b"news", 1, 7))
            elif kind == 10:
                self.send(b"\xb0\x04" + body[:2] + b"\0\0")
            elif kind == 3:
                topic, qos, packet_id, payload = parse_publish(first, body)
                if qos:
                    self.send(ack(0x40 if qos == 1 else 0x50, packet_id))
                if topic == "t" and qos == 1 and b"hello" in payload:
                    self.send(publish("r", b"answer", 0))
            elif kind == 6:
                self.send(ack(0x70, body[0] << 8 | body[1]))
            elif kind == 12:
                self.send(b"\xd0\0")
            elif kind == 14:
                raise Done


def greeting():
    """Answers CONNECT with garbage, half a CONNACK, HTTP, silence, refusals, wrong packets, one byte each 100 ms."""

    def drip(peer):
        peer.next()
        for byte in CONNACK:
            peer.send(bytes([byte]))
            time.sleep(0.1)
        peer.honest()

    def answer(raw, closes=True):
        def script(peer):
            peer.connack(raw)
            if not closes:
                peer.drain()

        return script

    return {
        "garbage": answer(random.Random(7).randbytes(5000)),
        "half": answer(CONNACK[:3], False),
        "http": answer(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        "silence": lambda peer: peer.drain(),
        "reset": lambda peer: peer.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET),
        "drip": drip,
        "huge length": answer(b"\x20\xff\xff\xff\x7f\0\0" + bytes(100), False),
        "over-long length": answer(b"\x20\xff\xff\xff\xff\xff\x01", False),
        "refused 0x87": answer(b"\x20\x03\0\x87\0"),
        "refused 0xff": answer(b"\x20\x03\0\xff\0"),
        "reason 7": answer(b"\x20\x03\0\x07\0"),
        "session present": answer(b"\x20\x03\1\0\0", False),
        "no limits": answer(b"\x20\x0b\0\0\x08\x21\0\0\x27\0\0\0\0", False),
        "tiny packets": answer(b"\x20\x08\0\0\x05\x27\0\0\0\1", False),
        "publish first": answer(publish("t", b"x"), False),
        "zeros": answer(bytes(1000), False),
    }


def _after(raw, then=lambda peer: peer.drain(3)):
    """Returns a script that says CONNACK, waits a moment for a packet and answers with something."""

    def script(peer):
        peer.connack()
        peer.next_if_soon()
        peer.send(raw)
        then(peer)

    return script


def talk():
    """After CONNACK: garbage, half packets, huge lengths, wrong ids, wrong acknowledgements, CONNACK again, DISCONNECT."""
    return {
        "garbage": _after(random.Random(8).randbytes(5000)),
        "half": _after(b"\x30\x7f\0\1t\0xx"),
        "half and end": _after(b"\x30\x7f\0\1t\0xx", lambda peer: None),
        "huge length": _after(b"\x30\xff\xff\xff\x7f\0\1t\0" + bytes(5000)),
        "over-long length": _after(b"\x30\xff\xff\xff\xff\x7f\0\1t\0" + bytes(5000)),
        "silence": _after(b"", lambda peer: peer.drain()),
        "wrong SUBACK": _after(b"\x90\x04\xff\xff\0\0"),
        "SUBACK of nothing": _after(b"\x90\x03\0\1\0"),
        "SUBACK of many": _after(b"\x90\x0a\0\1\0\0\0\0\0\0\0\0"),
        "SUBACK reason 0x55": _after(b"\x90\x04\0\1\0\x55"),
        "wrong PUBACK": _after(ack(0x40, 0xFFFF)),
        "PUBACK 0": _after(ack(0x40, 0)),
        "PUBCOMP at once": _after(ack(0x70, 1)),
        "PUBREL of nothing": _after(ack(0x62, 9)),
        "PUBLISH id 0": _after(publish("t", b"x", 1, 0)),
        "PUBLISH QoS 3": _after(b"\x36\x07\0\1t\0\1\0x"),
        "PUBLISH #": _after(publish("#", b"x")),
        "PUBLISH not UTF-8": _after(publish(b"\xc0\x80", b"x")),
        "bad alias": _after(publish("", b"x", properties=b"\x23\xff\xff")),
        "CONNACK again": _after(CONNACK),
        "CONNECT": _after(connect("you")),
        "AUTH": _after(b"\xf0\0"),
        "DISCONNECT": _after(b"\xe0\0"),
        "DISCONNECT 0x8b": _after(b"\xe0\x02\x8b\0"),
        "PINGRESP 50,000": _after(b"\xd0\0" * 50_000),
    }


def floods():
    """Retained messages without end; the same QoS 2 again; large ones; properties; DISCONNECT at each connection."""

    def endless(raw):
        def script(peer):
            peer.connack()
            deadline = time.monotonic() + 6
            while time.monotonic() < deadline and not peer.broker.stopping:
                peer.send(raw)

        return script

    def disconnects(peer):
        peer.connack()
        peer.send(b"\xe0\x01\x8b")

    return {
        "retained": endless(publish("t", b"x" * 100, retain=True) * 500),
        "retained QoS 1": endless(b"".join(publish("t", b"x" * 100, 1, i, True) for i in range(1, 500))),
        "QoS 2 again": endless(publish("t", b"x" * 100, 2, 7) * 500),
        "QoS 2 of all": endless(b"".join(publish("t", b"x" * 100, 2, i) for i in range(1, 65536))),
        "large": endless(publish("t", bytes(5_000_000))),
        "properties": endless(publish("t", b"x", properties=b"\x26\0\1k\0\1v" * 200_000)),
        "DISCONNECT": disconnects,
        "DISCONNECT at first": _after(b"\xe0\x01\x8b", lambda peer: None),
    }


def cuts():
    """Closes at every byte of a normal conversation."""

    def cut_at(offset):
        def script(peer):
            peer.left = offset or None
            peer.next()
            if not offset:
                raise Done
            peer.send(CONNACK)
            peer.honest()

        return script

    return {"byte %d" % at: cut_at(at) for at in range(41)}


def whole():
    """Acknowledges everything, sends one message, and passes nothing on."""

    def script(peer):
        peer.connack()
        peer.honest()

    return {"whole": script}
