"""Hostile brokers: whatever one does, each client ends in bounded time, with a status that its manual names."""

import concurrent.futures
import os
import re
import subprocess
import threading
import time

import hostile
from broker import MIDGE, TRACE, Fell

LIMIT = 20  # seconds; the clients are told to wait less
ABORT = re.compile(r"A fatal error|hs_err|core dumped")
# What the manuals say of the statuses, without those of signals; a CONNACK code is 1-5, or 128 and more.
COMMON = {0, 1, 2, 3, 4, 5, 7, 11, 13, 16, 19, 21, 25} | set(range(128, 256))
MORE = {"sub": {27}, "rr": {24, 27}}
COMMANDS = {
    "pub": ["pub", "-i", "p", "-t", "t", "-m", "hello", "-q", "2", "-k", "5"],
    "sub": ["sub", "-i", "s", "-t", "t", "-q", "1", "-W", "1", "-k", "5"],
    "rr": ["rr", "-i", "r", "-t", "t", "-e", "r", "-m", "hello", "-q", "1", "-W", "1", "-k", "5"],
    "conn": ["conn", "-i", "c", "-W", "1", "-k", "5", "--will-topic", "w", "--will-payload", "x"],
    "lwt": ["lwt"],
}
BATTERIES = (hostile.greeting, hostile.talk, hostile.floods, hostile.cuts, hostile.whole)
QUICK = {"cuts-pub"}


def _play(command, script):
    """Runs one client at one broker; returns its status, what is wrong, the seconds and what it said."""
    broker = hostile.HostileBroker(script)
    begin = time.monotonic()
    words = MIDGE + COMMANDS[command] + ["--connect-timeout", "6", "-h", "127.0.0.1", "-p", str(broker.port)]
    environment = {**os.environ, "MIDGE_HEAP": "128m"}
    process = subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    heads = [b"", b""]

    def read(number, stream):
        for piece in iter(lambda: stream.read1(1 << 16), b""):
            if len(heads[number]) < 1 << 20:
                heads[number] += piece

    readers = [threading.Thread(target=read, args=each) for each in enumerate((process.stdout, process.stderr))]
    for reader in readers:
        reader.start()
    wrong = None
    try:
        process.wait(LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        wrong = "does not end"
    for reader in readers:
        reader.join()
    broker.close()
    out, error = (each.decode("utf-8", "replace") for each in heads)
    status = process.returncode
    trace = TRACE.search(error) or ABORT.search(error)
    if trace:
        wrong = "prints " + error[max(0, trace.start() - 200) : trace.end() + 200]
    elif not wrong and status not in COMMON | MORE.get(command, set()):
        wrong = "ends with %d" % status
    elif not wrong and status not in (0, 27) and not error.strip() + out.strip():
        wrong = "ends with %d and no word" % status
    return status, wrong, time.monotonic() - begin, error


def _battery(plays):
    """Plays them, four at once, as many as there is time for; returns the figures."""
    deadline = time.monotonic() + LIMIT

    def play(each):
        return _play(*each[1:]) if time.monotonic() < deadline else None

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        results = [(each[0], *found) for each, found in zip(plays, pool.map(play, plays)) if found]
    if os.environ.get("ATTACK_VERBOSE"):
        for name, status, _, took, error in results:
            print("    %-22s status %3d  %.1f s  %s" % (name, status, took, error.strip()[:300]))
    fallen = ["%s: %s" % (name, wrong) for name, _, wrong, _, _ in results if wrong]
    if fallen:
        raise Fell("%d of %d: %s" % (len(fallen), len(plays), "; ".join(fallen)))
    statuses = {}
    for _, status, _, _, _ in results:
        statuses[status] = statuses.get(status, 0) + 1
    words = ", ".join("%d of status %d" % (count, status) for status, count in sorted(statuses.items()))
    return "%d of %d played, slowest %.1f s: %s" % (len(results), len(plays), max(r[3] for r in results), words)


def attacks():
    """Returns (name, attack, whether it is quick) for each battery and each client."""
    for battery in BATTERIES:
        for command in COMMANDS:
            label = battery.__name__ + "-" + command

            def attack(quick, battery=battery, command=command):
                plays = [(name, command, script) for name, script in battery().items()]
                return _battery(plays[::4] if quick else plays)

            attack.__doc__ = battery.__doc__
            yield label, attack, label in QUICK


def run(attack, quick):
    """Plays a battery; the broker of each run is stopped with it."""
    return attack(quick)
