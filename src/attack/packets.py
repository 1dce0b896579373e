"""Packets of MQTT, right and wrong, and a client that is slow of nothing."""

import pathlib
import socket
import struct

V31, V311, V5 = 3, 4, 5
RESET = struct.pack("ii", 1, 0)


def varint(number):
    """Returns a variable byte integer."""
    out = bytearray()
    while True:
        number, digit = number >> 7, number & 0x7F
        out.append(digit | (0x80 if number else 0))
        if not number:
            return bytes(out)


def text(value):
    """Returns a string with its length before it."""
    raw = value.encode() if isinstance(value, str) else value
    return struct.pack(">H", len(raw)) + raw


def packet(first, body):
    """Returns a whole packet."""
    return bytes([first]) + varint(len(body)) + body


def connect(client_id, version=V5, keep_alive=0, clean=True, will=None, properties=b"", will_properties=b""):
    """Returns CONNECT; a will is (topic, payload, QoS)."""
    name = b"MQIsdp" if version == V31 else b"MQTT"
    flags = 2 if clean else 0
    tail = text(client_id)
    if will:
        topic, payload, qos = will
        flags |= 4 | qos << 3
        tail += (varint(len(will_properties)) + will_properties if version == V5 else b"") + text(topic) + text(payload)
    block = varint(len(properties)) + properties if version == V5 else b""
    return packet(0x10, text(name) + bytes([version, flags]) + struct.pack(">H", keep_alive) + block + tail)


def publish(topic, payload, qos=0, packet_id=1, retain=False, version=V5, properties=b"", dup=False):
    """Returns PUBLISH."""
    first = 0x30 | qos << 1 | (1 if retain else 0) | (8 if dup else 0)
    middle = struct.pack(">H", packet_id) if qos else b""
    block = varint(len(properties)) + properties if version == V5 else b""
    return packet(first, text(topic) + middle + block + payload)


def subscribe(filters, packet_id=1, options=0, version=V5, properties=b""):
    """Returns SUBSCRIBE."""
    block = varint(len(properties)) + properties if version == V5 else b""
    body = struct.pack(">H", packet_id) + block
    return packet(0x82, body + b"".join(text(each) + bytes([options]) for each in filters))


def unsubscribe(filters, packet_id=1, version=V5):
    """Returns UNSUBSCRIBE."""
    block = b"\0" if version == V5 else b""
    return packet(0xA2, struct.pack(">H", packet_id) + block + b"".join(text(each) for each in filters))


def ack(first, packet_id):
    """Returns PUBACK, PUBREC, PUBREL or PUBCOMP."""
    return packet(first, struct.pack(">H", packet_id))


SESSION_FOR_EVER = b"\x11\xff\xff\xff\xff"
DISCONNECT = b"\xe0\0"
PINGREQ = b"\xc0\0"


def cut(buffer):
    """Takes the first whole packet from a bytearray: (first byte, body), or None if there is none yet."""
    length, shift, at = 0, 0, 1
    while True:
        if at >= len(buffer):
            return None
        length |= (buffer[at] & 0x7F) << shift
        shift += 7
        at += 1
        if not buffer[at - 1] & 0x80:
            break
    if len(buffer) < at + length:
        return None
    found = buffer[0], bytes(buffer[at : at + length])
    del buffer[: at + length]
    return found


def parse_publish(first, body, version=V5):
    """Returns (topic, QoS, packet id, payload) of a PUBLISH."""
    size = struct.unpack_from(">H", body)[0]
    topic, at, qos = body[2 : 2 + size], 2 + size, first >> 1 & 3
    packet_id = 0
    if qos:
        packet_id = struct.unpack_from(">H", body, at)[0]
        at += 2
    if version == V5:
        length = shift = 0
        while True:
            digit = body[at]
            length |= (digit & 0x7F) << shift
            shift, at = shift + 7, at + 1
            if digit < 0x80:
                break
        at += length
    return topic.decode(), qos, packet_id, body[at:]


class Client:
    """A connection to the broker; it reads only when it is told to."""

    def __init__(self, port, hello=None, timeout=10, small=False, version=V5):
        self.version = version
        self.buffer = bytearray()
        self.socket = socket.socket()
        if small:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.settimeout(timeout)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if hello is not None:
            self.send(hello)

    @classmethod
    def accepted(cls, port, client_id, timeout=10, small=False, **more):
        """Returns a client whose CONNECT the broker has accepted."""
        version = more.get("version", V5)
        client = cls(port, connect(client_id, **more), timeout, small, version)
        first, body = client.expect(0x20)
        if body[1]:
            client.reset()
            raise Refused(body[1])
        return client

    def send(self, raw):
        """Writes all of it."""
        self.socket.sendall(raw)

    def next(self):
        """Returns the next packet; raises EOFError at the end."""
        while True:
            found = cut(self.buffer)
            if found:
                return found
            more = self.socket.recv(1 << 16)
            if not more:
                raise EOFError("the broker closed")
            self.buffer += more

    def expect(self, first):
        """Returns the next packet of that first byte, and passes over others; PUBLISH by its type."""
        while True:
            found = self.next()
            if found[0] == first or first == 0x30 and found[0] >> 4 == 3:
                return found

    def subscribe(self, *filters, qos=0):
        """Subscribes and waits for SUBACK."""
        self.send(subscribe(filters, options=qos, version=self.version))
        return self.expect(0x90)

    def until_end(self):
        """Reads and returns the packets until the broker closes."""
        found = []
        try:
            while True:
                found.append(self.next())
        except (EOFError, ConnectionError):
            return found

    def reset(self):
        """Tears the connection."""
        try:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        except OSError:
            pass  # It is gone already.
        self.socket.close()

    def close(self):
        """Closes in order."""
        self.socket.close()


class Refused(Exception):
    """CONNACK said no."""


def examples():
    """Returns the packets of the table of cases in src/test/resources/packets, good and bad."""
    folder = pathlib.Path(__file__).resolve().parents[1] / "test" / "resources" / "packets"
    found = []
    for file in sorted(folder.glob("*.hex")):
        digits = []
        for line in file.read_text(encoding="utf-8").splitlines() + ["end:"]:
            if line.startswith("  "):
                digits += [word for word in line.split("#")[0].split()]
            elif digits:
                try:
                    found.append(bytes.fromhex("".join(digits)))
                except ValueError:
                    pass  # A row that repeats bytes in words of its own.
                digits = []
    return found
