"""Malformed packets by the ten thousand; each costs at most its own connection."""

import collections
import itertools
import random
import re
import time

from broker import Fell
from crowd import Crowd
from packets import *  # noqa: F403 (the words of the protocol)

SEED = 20261128
HELLOS = [connect("", V5), connect("", V311), connect("x31", V31)]


def _throw(broker, raws, seconds):
    """Sends each on a connection of its own, two hundred at once, and lets the broker read all of it."""
    deadline = time.monotonic() + seconds
    sent = 0
    raws = iter(raws)
    while time.monotonic() < deadline:
        crowd = Crowd()
        for raw in itertools.islice(raws, 200):
            crowd.add(broker.port, raw)
        if not crowd.members:
            break
        left = crowd.finish(10)
        sent += len(crowd.members)
        crowd.reset_all()
        if left:
            raise Fell("%d connections stayed 10 s after the end of their input" % left)
    return "%d connections, %s" % (sent, _reasons(broker))


def _reasons(broker):
    """Returns how often the log gives the most frequent reasons for an end."""
    found = collections.Counter(re.findall(r"\] disconnected: ([^:.]+)", broker.log()))
    return ", ".join("%d %s" % (count, reason) for reason, count in found.most_common(4))


def random_bytes(broker, quick):
    """Random bytes, half of them after a CONNECT."""
    chance = random.Random(SEED)

    def raws():
        for number in range(2_000 if quick else 10_000):
            noise = chance.randbytes(chance.choice((1, 2, 5, 30, 500)))
            yield (chance.choice(HELLOS) if number % 2 else b"") + noise

    return _throw(broker, raws(), 15)


def first_bytes(broker, quick):
    """Every first byte, before and after CONNECT of each version, with bodies of zeros, of text and cut short."""

    def raws():
        for body in (b"\0", b"\x02\0\1", b"\x05\0\1a\0\1", b"\x0a\0\1\0\0\1a\1\0\0\0", b"\x05\xff\xff"):
            for hello in [b""] + HELLOS:
                for first in range(0, 256, 3 if quick else 1):
                    yield hello + bytes([first]) + body

    return _throw(broker, raws(), 15)


def mutated(broker, quick):
    """Packets of src/test/resources/packets with bits turned, bytes put in, taken out and doubled, after a CONNECT."""
    chance = random.Random(SEED + 1)
    known = examples()
    if len(known) < 200:
        raise AssertionError("only %d examples are read" % len(known))

    def mutant():
        raw = bytearray(chance.choice(known))
        for _ in range(chance.choice((0, 1, 1, 1, 2, 5))):
            at = chance.randrange(len(raw)) if raw else 0
            kind = chance.randrange(5)
            if kind == 0 and raw:
                raw[at] ^= 1 << chance.randrange(8)
            elif kind == 1:
                raw.insert(at, chance.randrange(256))
            elif kind == 2 and raw:
                del raw[at]
            elif kind == 3:
                raw[at:at] = raw[at : at + chance.randrange(20)]
            elif raw:
                raw[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))
        if len(raw) > 2 and chance.random() < 0.5 and len(raw) < 120:
            raw[1] = len(raw) - 2  # So that what follows is judged, and not only the length.
        return bytes(raw)

    def raws():
        for _ in range(3_000 if quick else 12_000):
            hello = chance.choice(HELLOS + [b""])
            yield hello + b"".join(mutant() for _ in range(chance.choice((1, 1, 3))))

    return _throw(broker, raws(), 15)


def lengths(broker, quick):
    """Every packet type with huge, over-long and false lengths, outside and inside."""

    def raws():
        for hello in [b""] + HELLOS:
            for first in (0x10, 0x20, 0x30, 0x32, 0x34, 0x3D, 0x40, 0x50, 0x62, 0x70, 0x82, 0x90, 0xA2, 0xB0, 0xC0, 0xE0, 0xF0):
                for length in (b"\xff\xff\xff\x7f", b"\xff\xff\xff\xff\x7f", b"\x80\x80\x80\x01", b"\x80\x80\x80\0", b"\x80\0", b"\xff"):
                    yield hello + bytes([first]) + length
                    yield hello + bytes([first]) + length + b"\0\1a" + bytes(300)
                for inside in (b"\xff\xff", b"\0\1a\xff\xff\xff\x7f", b"\0\1a\0\1\xff\xff\xff\xff", b"\0\1\xff\xff\xff\xff\x7f", b"\0\0"):
                    yield hello + packet(first, inside)
                    yield hello + packet(first, b"\0\1" + inside)

    return _throw(broker, raws(), 15)


def pipelined(broker, quick):
    """Megabytes of small packets in one write: PINGREQ, QoS 2 again and again, PUBREL of nothing, tiny topics."""
    crowd = Crowd()
    again = publish("again", b"x", 2, 7, version=V311)
    for number in range(4):
        for raw in (PINGREQ * 50_000, again + (again[:1] + again[1:]) * 20_000, ack(0x62, 9) * 50_000):
            crowd.add(broker.port, connect("pipe%d-%d" % (number, len(raw)), V311) + raw, reads=number % 2 == 0)
        crowd.add(broker.port, connect("tiny%d" % number) + publish("t", b"") * 50_000)
        crowd.add(broker.port, connect("sub%d" % number) + subscribe(["t"]) * 5_000, reads=number % 2 == 0)
    crowd.settle(4)
    left = crowd.finish(15)
    crowd.reset_all()
    if left:
        raise Fell("%d connections stayed 15 s after the end of their input" % left)
    return _reasons(broker)
