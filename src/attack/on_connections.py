"""Attacks by connections: many, slow, torn, and each other's."""

import time

from broker import Fell
from crowd import Crowd
from packets import *  # noqa: F403 (the words of the protocol)


def slow_loris(broker, quick):
    """300 connections that drip: a CONNECT, a length, a PUBLISH of 1.9 MB."""
    crowd = Crowd()
    begun = []
    for number in range(300):
        hello = connect("drip%d" % number, keep_alive=60, will=("drip", b"x" * 900, 0))
        if number % 3 == 0:
            begun.append((crowd.add(broker.port), hello))
        elif number % 3 == 1:
            begun.append((crowd.add(broker.port, hello), publish("drip", bytes(1_900_000))))
        else:
            begun.append((crowd.add(broker.port), b"\x10\x80\x80\x80\x80\x80"))
    rounds, worst = 0, 0.0
    deadline = time.monotonic() + (4 if quick else 12)
    while time.monotonic() < deadline:
        for member, raw in begun:
            crowd.send(member, raw[rounds : rounds + 1])
        rounds += 1
        crowd.settle(1)
        if rounds % 20 == 0:
            worst = max(worst, broker.serve())
        time.sleep(0.03)
    crowd.reset_all()
    return "%d bytes each, a newcomer meanwhile served in %.2f s" % (rounds, worst)


def connect_flood(broker, quick):
    """Thousands of connections: closed without a byte, torn, with CONNECT, in the middle of CONNECT; 2,000 at once."""
    count = 500 if quick else 2500
    begin = time.monotonic()
    for number in range(count):
        raw = connect("flood%d" % number)
        Client(broker.port).close()
        Client(broker.port).reset()
        Client(broker.port, raw).reset()
        Client(broker.port, raw[: number % len(raw)]).close()
        if time.monotonic() > begin + 9:
            count = number
            break
    rate = 4 * count / (time.monotonic() - begin)
    crowd = Crowd()
    for number in range(1000 if quick else 3000):
        crowd.add(broker.port, connect("held%d" % number) if number % 2 else b"")
    crowd.run(lambda: all(each.packets or each.ended for each in crowd.members[1::2]), 8)
    accepted = sum(1 for each in crowd.members[1::2] if each.packets and each.packets[0][1][1] == 0)
    service = broker.serve()
    wanted = len(crowd.members) // 2
    crowd.reset_all()
    if accepted != wanted:
        raise Fell("%d of %d held connections were accepted" % (accepted, wanted))
    return "%d (%d a second), then %d accepted at once, newcomer in %.2f s" % (4 * count, rate, accepted, service)


def _wills(packets):
    return sorted(parse_publish(first, body)[3] for first, body in packets if first >> 4 == 3)


def will_storm(broker, quick):
    """400 clients with wills are torn together; 20 subscribers each get every will once."""
    watchers, dying = Crowd(), Crowd()
    for number in range(20):
        watchers.add(broker.port, connect("watcher%d" % number) + subscribe(["will/#"]))
    watchers.run(lambda: all(len(each.packets) == 2 for each in watchers.members), 5)
    for number in range(400):
        dying.add(broker.port, connect("dying%d" % number, will=("will/%d" % number, b"%d" % number, number % 3)))
    dying.run(lambda: all(each.packets for each in dying.members), 5)
    begin = time.monotonic()
    dying.reset_all()
    watchers.run(lambda: all(len(each.packets) >= 402 for each in watchers.members), 8)
    took = time.monotonic() - begin
    wanted = sorted(b"%d" % number for number in range(400))
    right = sum(1 for each in watchers.members if _wills(each.packets) == wanted)
    watchers.reset_all()
    if right != 20:
        raise Fell("%d of 20 watchers got every will once" % right)
    return "8,000 wills in %.2f s" % took


def will_chain(broker, quick):
    """A chain of 1,000 in which each is killed by the will of the one before; then 300 that all hear each other's wills."""
    count = 300 if quick else 1000
    watcher, chain = Crowd(), Crowd()
    eye = watcher.add(broker.port, connect("eye") + subscribe(["chain/#", "ring/#"], options=1))
    eye.on_packet = lambda member, first, body: (
        member.packets.append((first, body)),
        watcher.send(member, ack(0x40, parse_publish(first, body)[2])) if first >> 4 == 3 and first & 6 else None,
    )
    watcher.run(lambda: len(eye.packets) == 2, 5)

    def die(member, first, body):
        member.packets.append((first, body))
        if first >> 4 == 3:
            chain.end(member)

    for number in range(count):
        hello = connect("link%d" % number, will=("chain/%d" % number, b"%d" % number, 1))
        chain.add(broker.port, hello + subscribe(["chain/%d" % (number - 1)]), on_packet=die)
    chain.run(lambda: all(len(each.packets) == 2 for each in chain.members), 8)
    begin = time.monotonic()
    chain.end(chain.members[0])
    chain.run(lambda: all(each.ended for each in chain.members), 8)
    took = time.monotonic() - begin
    watcher.run(lambda: len(_wills(eye.packets)) >= count, 5)
    chain.reset_all()
    for number in range(300):
        hello = connect("ring%d" % number, will=("ring/%d" % number, b"r%d" % number, 1))
        chain.add(broker.port, hello + subscribe(["ring/#"], options=1), on_packet=die)
    chain.run(lambda: all(len(each.packets) == 2 for each in chain.members), 8)
    chain.reset_all()
    watcher.run(lambda: len(_wills(eye.packets)) >= count + 300, 8)
    wills = _wills(eye.packets)
    watcher.reset_all()
    if wills != sorted([b"%d" % n for n in range(count)] + [b"r%d" % n for n in range(300)]):
        raise Fell("%d of %d wills" % (len(wills), count + 300))
    return "%d links in %.2f s, ring of 300" % (count, took)


def descriptors(broker, quick):
    """400 clients at a broker with 256 descriptors: some are refused, the processor is idle, a line says it, all recovers."""
    crowd = Crowd()
    for number in range(400):
        crowd.add(broker.port, connect("many%d" % number))
    crowd.run(lambda: False, 2)
    accepted = sum(1 for each in crowd.members if each.packets and not each.ended)
    load = broker.load(2)
    log = broker.log()
    lines = [line for line in log.splitlines() if "descriptor" in line.lower() or "open files" in line.lower()]
    crowd.reset_all()
    if not 100 < accepted < 256:
        raise Fell("%d were accepted" % accepted)
    if load > 0.5:
        raise Fell("busy at the limit: %d %% of the processor" % (load * 100))
    if not lines or len(lines) > 200:
        raise Fell("%d lines of the log say why" % len(lines))
    return "%d accepted, %d %% of the processor, %d lines" % (accepted, load * 100, len(lines))


def take_over(broker, quick):
    """Two clients take one id from each other 1,000 times, each with a will."""
    count = 300 if quick else 1000
    watcher = Crowd()
    eye = watcher.add(broker.port, connect("eye") + subscribe(["ping"]))
    watcher.run(lambda: len(eye.packets) == 2, 5)
    before, told = None, 0
    for number in range(count):
        now = Client.accepted(broker.port, "same", will=("ping", b"%d" % number, 0), version=V5 if number % 4 else V311)
        if before:
            told += (0xE0, b"\x8e") in before.until_end()
            before.close()
        before = now
    before.send(b"\xe0\0")
    before.close()
    watcher.run(lambda: len(_wills(eye.packets)) >= count - 1, 8)
    wills = _wills(eye.packets)
    watcher.reset_all()
    if wills != sorted(b"%d" % number for number in range(count - 1)):
        raise Fell("%d wills of %d" % (len(wills), count - 1))
    return "%d wills, %d told of it" % (len(wills), told)


def take_over_storm(broker, quick):
    """200 connections take one id at once, ten times, without waiting for each other."""
    watcher = Crowd()
    eye = watcher.add(broker.port, connect("eye") + subscribe(["storm"]))
    watcher.run(lambda: len(eye.packets) == 2, 5)
    rounds = 3 if quick else 10
    for turn in range(rounds):
        crowd = Crowd()
        for number in range(200):
            raw = connect("same", will=("storm", b"%d" % (200 * turn + number), 0), properties=SESSION_FOR_EVER)
            crowd.add(broker.port, raw + subscribe(["storm/#"], options=1))
        crowd.run(lambda: sum(1 for each in crowd.members if not each.ended) <= 1, 5)
        crowd.reset_all()
        watcher.run(lambda: len(_wills(eye.packets)) >= 200 * (turn + 1), 5)
    wills = _wills(eye.packets)
    watcher.reset_all()
    if wills != sorted(b"%d" % number for number in range(200 * rounds)):
        raise Fell("%d wills of %d" % (len(wills), 200 * rounds))
    return "%d wills" % len(wills)


def churn(broker, quick):
    """Subscribes and unsubscribes 50,000 filters, a thousand at a time, in two sessions at once."""
    one, other = Client.accepted(broker.port, "one"), Client.accepted(broker.port, "other", version=V311)
    rounds = 10 if quick else 50
    for turn in range(rounds):
        for client in (one, other):
            filters = ["churn/%d/%d" % (turn, number) for number in range(500)] + ["+/%d/%d/#" % (turn, n) for n in range(500)]
            client.subscribe(*filters, qos=turn % 3)
            client.send(unsubscribe(filters, version=client.version))
            client.expect(0xB0)
    one.send(publish("churn/0/0", b"x", 1))
    _, body = one.expect(0x40)
    one.close()
    other.close()
    if body[2:] != b"\x10":
        raise Fell("PUBACK %r where nobody is subscribed any more" % body)
    return "%d filters" % (2 * rounds * 1000)


def silent(broker, quick):
    """500 clients with keep alive 1 s fall silent; each is sent away and each will is published, not before 1.5 s."""
    watcher, crowd = Crowd(), Crowd()
    begin = time.monotonic()
    arrivals = []

    def note(member, first, body):
        member.packets.append((first, body))
        if first >> 4 == 3:
            arrivals.append(time.monotonic() - started[int(parse_publish(first, body)[3])])

    eye = watcher.add(broker.port, connect("eye") + subscribe(["silent"]), on_packet=note)
    watcher.run(lambda: len(eye.packets) == 2, 5)
    started = []
    for number in range(500):
        started.append(time.monotonic())
        crowd.add(broker.port, connect("silent%d" % number, keep_alive=1, will=("silent", b"%d" % number, 0)), reads=number % 2 == 0)
        crowd.members[-1].socket.send(bytes(crowd.members[-1].output))
        crowd.members[-1].output.clear()
    watcher.run(lambda: len(arrivals) >= 500, 15)
    took = time.monotonic() - begin
    wills = _wills(eye.packets)
    watcher.reset_all()
    crowd.reset_all()
    if wills != sorted(b"%d" % number for number in range(500)):
        raise Fell("%d of 500 wills" % len(wills))
    if min(arrivals) < 1.45:
        raise Fell("a will came after %.2f s" % min(arrivals))
    return "500 wills after %.2f to %.2f s (%.1f s in all)" % (min(arrivals), max(arrivals), took)


def shared_deaths(broker, quick):
    """500 messages to a shared group whose members never acknowledge and die one after the other; the last gets all."""
    crowd = Crowd()
    for number in range(60):
        hello = connect("member%d" % number)
        crowd.add(broker.port, hello + subscribe(["$share/group/work"], options=1), reads=False)
    crowd.settle(5)
    sender = Client.accepted(broker.port, "sender")
    for number in range(500):
        sender.send(publish("work", b"%d" % number, 1))
        sender.expect(0x40)
    got = set()
    honest = Client.accepted(broker.port, "worker", timeout=3)
    honest.subscribe("$share/group/work", qos=1)
    for member in list(crowd.members):
        crowd.end(member)
    try:
        while len(got) < 500:
            _, _, packet_id, payload = parse_publish(*honest.expect(0x30))
            honest.send(ack(0x40, packet_id))
            got.add(int(payload))
    except OSError:
        pass
    honest.close()
    sender.close()
    if len(got) < 500:
        raise Fell("%d of 500 reached the one that was left" % len(got))
    return "500 messages through 60 deaths"
