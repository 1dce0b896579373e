"""The broker under attack as a process, and the facts by which it is judged."""

import json
import os
import pathlib
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time

from packets import Client, Refused, publish, parse_publish

HERE = pathlib.Path(__file__).resolve().parent
MIDGE = shlex.split(os.environ.get("MIDGE_COMMAND", "")) or [str(HERE.parents[1] / "bin" / "midge")]
RESIDENT = 512 * 1024  # KiB
SERVICE = 5  # seconds in which a newcomer is served, on a machine that does other things too
SETTLING = 15  # seconds until what the attackers held is given back
TRACE = re.compile(r"^\s+at |\bat dev\.midge|\bat java\.|Exception|a bug in midge|OutOfMemory", re.M)
TICKS = os.sysconf("SC_CLK_TCK")


class Fell(Exception):
    """A fact is not as it must be."""


class Broker:
    """`midge broker` on a free port, with an honest client that stays connected."""

    def __init__(self, descriptors=None):
        self.log_file = tempfile.TemporaryFile(mode="w+b")
        command = MIDGE + ["broker", "-p", "0"]
        if descriptors:
            command = ["sh", "-c", 'ulimit -n %d && exec "$@"' % descriptors, "sh"] + command
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log_file)
        self.honest = None
        try:
            self.port = int(self.process.stdout.readline() or b"0")
            if not self.port:
                raise Fell("the broker does not start: " + self.log()[-300:])
            self.honest = subprocess.Popen(
                [sys.executable, "-B", str(HERE / "honest.py"), str(self.port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            self.honest.stdout.readline()
            self.serve()
            self.descriptors, self.threads = self.count("fd"), self.count("task")
        except BaseException:
            self.stop()
            raise

    def count(self, what):
        """Returns how many descriptors (fd) or threads (task) the broker has."""
        try:
            return len(os.listdir("/proc/%d/%s" % (self.process.pid, what)))
        except OSError as gone:
            raise Fell("the broker is gone, status %s: %s" % (self.process.poll(), self.log()[-300:])) from gone

    def status(self, key):
        """Returns a size of /proc/PID/status in KiB."""
        try:
            content = pathlib.Path("/proc/%d/status" % self.process.pid).read_text(encoding="ascii")
            return int(re.search(key + r":\s+(\d+)", content).group(1))
        except (OSError, AttributeError) as gone:
            raise Fell("the broker is gone, status %s: %s" % (self.process.poll(), self.log()[-300:])) from gone

    def processor(self):
        """Returns the seconds of processor time used."""
        fields = pathlib.Path("/proc/%d/stat" % self.process.pid).read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def load(self, seconds):
        """Returns the part of one processor that is used during some seconds."""
        used, begin = self.processor(), time.monotonic()
        time.sleep(seconds)
        return (self.processor() - used) / (time.monotonic() - begin)

    def log(self):
        """Returns the log until now."""
        size = os.fstat(self.log_file.fileno()).st_size
        return os.pread(self.log_file.fileno(), size, 0).decode("utf-8", "replace")

    def serve(self):
        """Lets a newcomer connect, subscribe, publish and receive; returns the seconds it took."""
        begin, failure = time.monotonic(), None
        while time.monotonic() < begin + SERVICE:
            client = None
            try:
                client = Client.accepted(self.port, "newcomer", timeout=SERVICE)
                client.subscribe("newcomer", qos=1)
                client.send(publish("newcomer", b"hello", 1))
                if parse_publish(*client.expect(0x30))[3] == b"hello":
                    return time.monotonic() - begin
            except (OSError, EOFError, Refused) as failed:
                failure = failed
                self.count("fd")
                time.sleep(0.1)
            finally:
                if client:
                    client.close()
        raise Fell("no service for a newcomer: %r" % failure)

    def judge(self):
        """Returns the key figures after an attack; raises Fell at a wrong one."""
        service = self.serve()
        deadline = time.monotonic() + SETTLING
        while True:
            descriptors, threads = self.count("fd") - self.descriptors, self.count("task") - self.threads
            # The compilers of the JVM start threads as they need them.
            settled = descriptors <= 2 and threads <= 3
            if settled or time.monotonic() > deadline:
                break
            time.sleep(0.05)
        load = self.load(0.5)
        while load > 0.4 and time.monotonic() < deadline:
            load = self.load(0.5)
        peak = self.status("VmHWM")
        out, _ = self.honest.communicate(timeout=30)
        honest = json.loads(out)
        figures = "service %.2f s, peak %d MiB, fd %+d, threads %+d, load %d %%, honest %d/%d, slowest %.2f s" % (
            (service, peak // 1024, descriptors, threads, load * 100, honest["sent"] - honest["lost"], honest["sent"])
            + (honest["worst"],)
        )
        figures += ", told of %d refused" % honest["refused"] if honest["refused"] else ""
        trace = TRACE.search(self.log())
        wrong = [
            (peak > RESIDENT, "too much memory"),
            (not settled, "something is left behind"),
            (load > 0.4, "the processor is not idle"),
            (honest["lost"] or honest["wrong"] or honest["end"], "the honest client lost: %s" % json.dumps(honest)),
            (trace, "the log says: " + (self.log()[trace.start() : trace.start() + 200].strip() if trace else "")),
        ]
        fallen = [words for is_so, words in wrong if is_so]
        self.stop()
        if self.process.returncode != 0:
            fallen.append("SIGTERM gave status %s" % self.process.returncode)
        if fallen:
            raise Fell("; ".join(fallen) + " (" + figures + ")")
        return figures

    def stop(self):
        """Ends what was started here."""
        if self.honest and self.honest.poll() is None:
            self.honest.kill()
            self.honest.wait()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
