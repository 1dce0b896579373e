"""Attacks on the memory of the broker."""

import time

from broker import Fell
from crowd import Crowd
from packets import *  # noqa: F403 (the words of the protocol)

MB = 1_000_000
USER_PROPERTY = b"\x26\0\0\0\0"


def announced(broker, quick):
    """60 packets of 256 MB announced, begun and never ended; then 100 half-sent of 1.9 MB."""
    crowd = Crowd()
    for number in range(60):
        crowd.add(broker.port, connect("boast%d" % number) + b"\x30\xff\xff\xff\x7f\0\1a\0" + bytes(1000))
    for number in range(100):
        crowd.add(broker.port, connect("half%d" % number) + publish("half", bytes(1_900_000))[:-1])
    crowd.settle(10)
    sent_away = sum(1 for each in crowd.members[:60] if (0xE0, b"\x95") in each.packets)
    crowd.reset_all()
    if sent_away != 60:
        raise Fell("%d of 60 were sent away with 0x95" % sent_away)
    return "60 of 256 MB sent away"


def half_sent(broker, quick):
    """200 half-sent publishes of 1.9 MB: more than the heap."""
    crowd = Crowd()
    for number in range(200):
        crowd.add(broker.port, connect("half%d" % number) + publish("half", bytes(1_900_000))[:-1])
    crowd.settle(12)
    ended = sum(1 for each in crowd.members if each.ended)
    crowd.reset_all()
    return "%d of 200 sent away" % ended


def _flood(broker, payload, count, qos, readers):
    crowd = Crowd()
    for number in range(readers):
        hello = connect("deaf%d" % number) + subscribe(["flood/#"], options=qos)
        crowd.add(broker.port, hello, reads=False)
    crowd.settle(5)
    publisher = crowd.add(broker.port, connect("publisher", version=V311))
    packet_id, sent = 0, 0
    deadline = time.monotonic() + 14
    while sent < count and time.monotonic() < deadline and not publisher.ended:
        batch = bytearray()
        for _ in range(max(1, min(count - sent, MB // len(payload)))):
            packet_id = packet_id % 65535 + 1
            batch += publish("flood/a", payload, qos, packet_id, version=V311)
            sent += 1
        crowd.send(publisher, batch)
        crowd.run(lambda: not publisher.output or publisher.ended, 10)
    crowd.run(lambda: not qos or publisher.ended or len(publisher.packets) > sent, 5)
    answers = len(publisher.packets) - 1
    was_alive = not publisher.ended
    crowd.reset_all()
    if not was_alive:
        raise Fell("the publisher was thrown out after %d" % answers)
    return "%d x %d B at QoS %d to %d who do not read, %d acknowledged" % (sent, len(payload), qos, readers, answers)


def unread_qos0(broker, quick):
    """120 MB at QoS 0 to 20 subscribers that never read."""
    return _flood(broker, bytes(100_000), 1200, 0, 20)


def unread_qos1(broker, quick):
    """120 MB at QoS 1 to 20 subscribers that never read."""
    return _flood(broker, bytes(100_000), 1200, 1, 20)


def unread_small(broker, quick):
    """100,000 small messages at QoS 1 to 20 subscribers that never read."""
    return _flood(broker, bytes(20), 20_000 if quick else 100_000, 1, 20)


def unread_large(broker, quick):
    """120 MB in messages of 1.9 MB at QoS 2 (never released) and 0 to 20 subscribers that never read."""
    return _flood(broker, bytes(1_900_000), 64, 0, 20)


def unreleased(broker, quick):
    """30,000 QoS 2 publishes without PUBREL by each of four, payloads of 1 kB; MQTT 3.1.1 has no Receive Maximum."""
    crowd = Crowd()
    for number in range(1 if quick else 4):
        crowd.add(broker.port, connect("hoarder%d" % number, V311, clean=False))
    for member in crowd.members:
        crowd.send(member, b"".join(publish("hoard", bytes(1000), 2, i, version=V311) for i in range(1, 30_001)))
        crowd.settle(15)
    v5 = Client.accepted(broker.port, "hoarder-v5")
    v5.send(b"".join(publish("hoard", b"x", 2, i) for i in range(1, 200)))
    last = v5.until_end()[-1]
    answers = [len(each.packets) - 1 for each in crowd.members]
    crowd.reset_all()
    v5.close()
    if last != (0xE0, b"\x93"):
        raise Fell("Receive Maximum exceeded gave %r" % (last,))
    return "PUBREC %s" % answers


def retained_flood(broker, quick):
    """Retained messages, small by the ten thousand, with long topics and with 1.9 MB each, until they are refused."""
    client = Client.accepted(broker.port, "retainer", version=V311, timeout=15)
    v5 = Crowd()
    member = v5.add(broker.port, connect("retainer5"))
    reasons = {}
    deadline = time.monotonic() + 15
    kinds = [(20_000 if quick else 100_000, "r/%d", 10), (3_000, "long/%d/" + "x" * 40_000, 1), (150, "large/%d", 1_900_000)]
    for count, topic, size in kinds:
        for begin in range(0, count, 20):
            if time.monotonic() > deadline or member.ended:
                break
            heard = len(member.packets)
            many = range(begin, min(begin + 20, count))
            v5.send(member, b"".join(publish(topic % n, bytes(size), 1, n - begin + 1, True) for n in many))
            if not v5.run(lambda: len(member.packets) >= heard + len(many) or member.ended, 10):
                raise Fell("no acknowledgement of %s in 10 s" % (topic[:10]))
            for first, body in member.packets[heard:]:
                reason = body[2] if first == 0x40 and len(body) > 2 else first if first != 0x40 else 0
                key = "%s 0x%02x" % (topic.split("/")[0], reason)
                reasons[key] = reasons.get(key, 0) + 1
    # One who asks for all of it, and reads none of it.
    deaf = Crowd()
    for number in range(20):
        deaf.add(broker.port, connect("asker%d" % number) + subscribe(["#"], options=1), reads=False)
    deaf.settle(5)
    time.sleep(1)
    broker.serve()
    deaf.reset_all()
    v5.reset_all()
    client.close()
    return ", ".join("%s: %d" % each for each in sorted(reasons.items()))


def properties_flood(broker, quick):
    """Packets with as many User Properties as fit: CONNECT, SUBSCRIBE, PUBLISH to 20 subscribers, retained, in wills."""
    many = USER_PROPERTY * 380_000
    crowd = Crowd()
    for number in range(20):
        crowd.add(broker.port, connect("reader%d" % number) + subscribe(["props/#"], options=1), reads=number % 2 == 0)
        crowd.members[-1].on_packet = lambda member, first, body: crowd.send(
            member, ack(0x40, parse_publish(first, body)[2]) if first >> 4 == 3 and first & 6 else b""
        )
    crowd.settle(5)
    for number in range(30):
        crowd.add(broker.port, connect("full%d" % number, properties=USER_PROPERTY * 19_000))
        crowd.add(broker.port, connect("willed%d" % number, will=("props/w", b"x", 1), will_properties=USER_PROPERTY * 19_000))
        crowd.add(broker.port, connect("sub%d" % number) + subscribe(["s"], properties=USER_PROPERTY * 19_000))
    crowd.run(lambda: all(each.ended or each.packets for each in crowd.members), 5)
    accepted = sum(1 for each in crowd.members[20:] if each.packets and each.packets[0][0] == 0x20)
    publisher = crowd.add(broker.port, connect("publisher"))
    count = 6 if quick else 40
    deadline = time.monotonic() + 8
    for number in range(count):
        before = len(publisher.packets)
        crowd.send(publisher, publish("props/%d" % number, b"x", 1, number + 1, True, properties=many))
        crowd.run(lambda: len(publisher.packets) > before or publisher.ended, 5)
        if publisher.ended or time.monotonic() > deadline:
            break
    acks = [body[2] if len(body) > 2 else 0 for first, body in publisher.packets if first == 0x40]
    crowd.reset_all()
    return "%d CONNECTs of 95 kB accepted, %d of %d PUBLISH with 380,000 answered, %d refused" % (
        (accepted, len(acks), count, sum(1 for each in acks if each >= 0x80))
    )


def kept_sessions(broker, quick):
    """Sessions that never expire, by the ten thousand, with queues and delayed wills of 60 kB; then they are given up."""
    refused, made = {}, []
    sender = Client.accepted(broker.port, "sender")
    begin = time.monotonic()
    for number in range(1_500 if quick else 30_000):
        if time.monotonic() > begin + 6:
            break
        will = ("w", bytes(60_000), 1) if number % 3 == 0 else None
        raw = connect(
            "kept%d" % number, properties=SESSION_FOR_EVER, will=will, will_properties=b"\x18\0\0\xff\xff" if will else b""
        )
        client = Client(broker.port, raw + subscribe(["kept/%d" % number, "kept/all"], options=1))
        try:
            _, body = client.expect(0x20)
            if body[1]:
                refused[hex(body[1])] = refused.get(hex(body[1]), 0) + 1
            else:
                client.expect(0x90)
                made.append(number)
        except (EOFError, OSError):
            refused["closed"] = refused.get("closed", 0) + 1
        client.reset()
    reasons = {}
    for number in range(1000):
        if time.monotonic() > begin + 10:
            break
        sender.send(publish("kept/%d" % number if number % 4 else "kept/all", bytes(100_000), 1))
        _, body = sender.expect(0x40)
        reason = hex(body[2] if len(body) > 2 else 0)
        reasons[reason] = reasons.get(reason, 0) + 1
    sender.close()
    given_up = 0
    for number in made:
        if time.monotonic() > begin + 19:
            raise Fell("%d of %d sessions could be given up in time" % (given_up, len(made)))
        client = Client(broker.port, connect("kept%d" % number))
        given_up += client.expect(0x20)[1][1] == 0
        client.send(DISCONNECT)
        client.close()
    words = "%d sessions kept, refused %s, queued %s, given up %d" % (len(made), refused, reasons, given_up)
    if given_up < len(made):
        raise Fell(words)
    return words


def subscriptions(broker, quick):
    """Topics of 200 levels, filters that all match, filters of 40 kB, 100,000 subscriptions in all; 201 slashes end it."""
    client = Client.accepted(broker.port, "subscriber", timeout=15)
    deep = "/".join("a" * 200)
    client.subscribe(deep, "/".join("+" * 200), "#", "/".join(["a"] * 199 + ["#"]), "a/#")
    levels = 10 if quick else 12
    filters = ["/".join("+" if number >> bit & 1 else "a" for bit in range(levels)) for number in range(1 << levels)]
    for begin in range(0, len(filters), 500):
        client.subscribe(*filters[begin : begin + 500])
    client.send(publish(deep, b"deep"))
    client.send(publish("/".join("a" * levels), b"wide"))
    got = set()
    while not got >= {b"deep", b"wide"}:
        got.add(parse_publish(*client.expect(0x30))[3])
    begin = time.monotonic()
    for number in range(0, 20_000 if quick else 100_000, 1000):
        client.subscribe(*("many/%d/+/%d" % (i % 7, i) for i in range(number, number + 1000)))
    slow = time.monotonic() - begin
    crowd = Crowd()
    for number in range(100):
        hello = connect("long%d" % number)
        crowd.add(broker.port, hello + b"".join(subscribe(["%d/%d/" % (number, i) + "x" * 40_000], i + 1) for i in range(40)))
    crowd.settle(8)
    crowd.run(lambda: all(each.ended or len(each.packets) > 40 for each in crowd.members), 4)
    granted = sum(1 for each in crowd.members for first, body in each.packets if first == 0x90 and body[-1] < 0x80)
    crowd.reset_all()
    client.close()
    broker.serve()
    too_deep = Client.accepted(broker.port, "too-deep")
    too_deep.send(publish("/".join("a" * 202), b"x"))
    end = too_deep.until_end()
    if not end or end[-1] != (0xE0, b"\x81"):
        raise Fell("201 slashes gave %r" % (end,))
    return "many subscriptions in %.1f s, %d of 4000 long filters" % (slow, granted)
