"""An honest client as a process of its own: it publishes numbers to itself until its input ends, and tells what it lost."""

import json
import select
import sys
import time

from packets import Client, ack, cut, parse_publish, publish

EVERY = 0.05
PATIENCE = 10


class Honest:
    """Publishes numbers at QoS 1 and waits for each to come back."""

    def __init__(self, port):
        self.client = Client.accepted(port, "honest", timeout=PATIENCE)
        self.client.subscribe("honest/#", qos=1)
        self.sent = []  # when
        self.heard = set()
        self.told = {}  # reason by number
        self.worst = 0.0
        self.wrong = None

    def publish(self):
        number = len(self.sent)
        self.sent.append(time.monotonic())
        self.client.send(publish("honest/a", b"%d" % number, 1, number + 1))

    def take(self, first, body):
        if first >> 4 == 3:
            _, _, packet_id, payload = parse_publish(first, body)
            self.client.send(ack(0x40, packet_id))
            number = int(payload)
            if number in self.heard:
                self.wrong = "%d came twice" % number
            elif self.heard and number < max(self.heard):
                self.wrong = "%d came late" % number
            self.heard.add(number)
            self.worst = max(self.worst, time.monotonic() - self.sent[number])
        elif first == 0x40:
            self.told[(body[0] << 8 | body[1]) - 1] = body[2] if len(body) > 2 else 0
        elif first == 0xE0:
            raise EOFError("DISCONNECT 0x%02x" % (body[0] if body else 0))
        else:
            self.wrong = "packet 0x%02x" % first

    def refused(self):
        """Returns the numbers of which the broker said that it did not take them: they are no losses."""
        return {number for number, reason in self.told.items() if reason >= 0x80}

    def lost(self):
        everything = set(range(len(self.sent)))
        return everything - (self.heard | self.refused()) | everything - set(self.told)

    def run(self):
        due, deadline = time.monotonic(), None
        while deadline is None or self.lost() and time.monotonic() < deadline:
            if deadline is None and time.monotonic() >= due:
                self.publish()
                due = max(due + EVERY, time.monotonic())
            inputs = [self.client.socket] + ([sys.stdin] if deadline is None else [])
            ready, _, _ = select.select(inputs, [], [], EVERY / 2)
            if sys.stdin in ready and not sys.stdin.buffer.read(1):
                deadline = time.monotonic() + PATIENCE
            if self.client.socket in ready:
                found = self.client.next()
                while found:
                    self.take(*found)
                    found = cut(self.client.buffer)


def main(port):
    honest, end = Honest(port), None
    print("ready", flush=True)
    try:
        honest.run()
    except (EOFError, OSError) as failure:
        end = str(failure)
    facts = {"sent": len(honest.sent), "lost": len(honest.lost()), "refused": len(honest.refused())}
    print(json.dumps({**facts, "worst": honest.worst, "wrong": honest.wrong, "end": end}))


main(int(sys.argv[1]))
