# SPDX-License-Identifier: Apache-2.0
"""A network of our own in which every address is this machine's, and a name server that answers as it is told.

What a test starts after enter() asks this name server, whatever the machine's own resolver is; nothing leaves the machine."""
import contextlib
import ctypes
import fcntl
import ipaddress
import os
import pathlib
import socket
import struct
import threading
import time

A, CNAME, AAAA = 1, 5, 28
SERVFAIL, NXDOMAIN = 2, 3

_NEW_NETWORK, _NEW_MOUNTS, _NEW_USER = 0x40000000, 0x20000, 0x10000000
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x40000


def enter(folder, ranges):
    """Namespaces for this process and its children, where `ranges` lead to this machine without being addresses of an
    interface: what is bound there is reached as a stranger's. OSError where the machine allows no namespaces."""
    user, group, libc = os.getuid(), os.getgid(), ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK | _NEW_MOUNTS) != 0:
        _checked(libc.unshare(_NEW_NETWORK | _NEW_MOUNTS | _NEW_USER))
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            pathlib.Path("/proc/self", name).write_text(text, encoding="ascii")
    _checked(libc.mount(b"none", b"/", None, _RECURSIVE | _PRIVATE, None))
    for name, text in (("resolv.conf", "nameserver 127.0.0.1\n"), ("nsswitch.conf", "hosts: files dns\n")):
        ours = pathlib.Path(folder, name)
        ours.write_text(text, encoding="ascii")
        _checked(libc.mount(str(ours).encode(), f"/etc/{name}".encode(), None, _BIND, None))
    with socket.socket() as any_socket:
        set_flags, up_and_running = 0x8914, 0x41
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sh22x", b"lo", up_and_running))
    for text in ranges:
        _lead_here(ipaddress.ip_network(text))


def _checked(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _lead_here(network):
    """`ip route add local NETWORK dev lo`, said to the kernel (rtnetlink) so that no program is needed."""
    new_route, request_create_acknowledge, local_table, kernel, here, local = 24, 0x1 | 0x400 | 0x4, 255, 2, 254, 2
    family = socket.AF_INET if network.version == 4 else socket.AF_INET6
    destination, out_of, loopback = network.network_address.packed, 4, socket.if_nametoindex("lo")
    body = struct.pack("=BBBBBBBBI", family, network.prefixlen, 0, 0, local_table, kernel, here, local, 0)
    body += struct.pack("=HH", 4 + len(destination), 1) + destination + struct.pack("=HHi", 8, out_of, loopback)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as kernel_socket:
        kernel_socket.send(struct.pack("=IHHII", 16 + len(body), new_route, request_create_acknowledge, 1, 0) + body)
        error = -struct.unpack_from("=i", kernel_socket.recv(4096), 16)[0]
    if error:
        raise OSError(error, os.strerror(error))


class Deaf:
    """A listener whose packets are thrown away: whoever dials it hears nothing, not even a refusal."""

    def __init__(self, address, port):
        attach_filter, free_bind = 26, 15
        accept_nothing = ctypes.create_string_buffer(struct.pack("=HBBI", 0x06, 0, 0, 0))
        self._socket = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._socket.setsockopt(socket.IPPROTO_IP, free_bind, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, attach_filter, struct.pack("HL", 1, ctypes.addressof(accept_nothing)))
        self._socket.bind((address, port))
        self._socket.listen()

    def close(self):
        self._socket.close()


class Question:
    def __init__(self, packet, number, tcp):
        self.packet, self.tcp = packet, tcp
        end = packet.index(0, 12) + 1
        self.asked = packet[12:end + 4]
        self.name, at = "", 12
        while packet[at]:
            self.name += packet[at + 1:at + 1 + packet[at]].decode("latin-1").lower() + "."
            at += 1 + packet[at]
        self.name = self.name[:-1]
        self.kind = struct.unpack_from("!H", packet, end)[0]
        self.number = number(self.name, self.kind)  # counted from 1, by name and kind

    def reply(self, records=b"", count=0, code=0, cut=False):
        flags = 0x8180 | code | (0x0200 if cut else 0)
        return self.packet[:2] + struct.pack("!HHHHH", flags, 1, count, 0, 0) + self.asked + records


def addresses(*texts, ttl=60):
    """The answer of an honest server, in UDP cut where it is too long."""
    packed = [ipaddress.ip_address(text).packed for text in texts]

    def answer(question):
        wanted = [one for one in packed if len(one) == (4 if question.kind == A else 16)] if question.kind in (A, AAAA) else []
        if len(wanted) > 20 and not question.tcp:
            return question.reply(cut=True)
        records = b"".join(struct.pack("!HHHIH", 0xC00C, question.kind, 1, ttl, len(one)) + one for one in wanted)
        return question.reply(records, len(wanted))
    return answer


def refusing(code):
    return lambda question: question.reply(code=code)


def silent(_):
    return None


def alternating(first, second):
    return lambda question: (first if question.number % 2 else second)(question)


def slow(seconds, answer):
    def later(question):
        time.sleep(seconds)
        return answer(question)
    return later


def looping(question):
    """Its name is another's, whose name it is."""
    other = b"\x05other\xc0\x0c"  # other.NAME
    records = struct.pack("!HHHIH", 0xC00C, CNAME, 1, 0, len(other)) + other
    back = 12 + len(question.asked) + 12  # where other.NAME is written
    records += struct.pack("!HHHIH", 0xC000 | back, CNAME, 1, 0, 2) + b"\xc0\x0c"
    return question.reply(records, 2)


def garbage(question):
    return question.packet[:2] + bytes(range(0x80, 0x100)) * 4


class NameServer:
    """On 127.0.0.1, port 53, UDP and TCP. `zone`: name → what answers a question about it; others do not exist."""

    def __init__(self, zone):
        self.zone, self.questions, self.dead = zone, [], None  # questions: (monotonic seconds, name, kind)
        self._counts, self._lock = {}, threading.Lock()
        self._datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._datagrams.bind(("127.0.0.1", 53))
        self._streams = socket.create_server(("127.0.0.1", 53))
        for serve in (self._serve_datagrams, self._serve_streams):
            threading.Thread(target=serve, daemon=True).start()

    def _number(self, name, kind):
        with self._lock:
            self.questions.append((time.monotonic(), name, kind))
            self._counts[name, kind] = self._counts.get((name, kind), 0) + 1
            return self._counts[name, kind]

    def _answer(self, packet, tcp):
        question = Question(packet, self._number, tcp)
        return (self.dead or self.zone.get(question.name, refusing(NXDOMAIN)))(question)

    def _serve_datagrams(self):
        with contextlib.suppress(OSError):
            while True:
                packet, peer = self._datagrams.recvfrom(4096)
                if not packet:
                    return
                threading.Thread(target=self._answer_datagram, args=(packet, peer), daemon=True).start()

    def _answer_datagram(self, packet, peer):
        answer = self._answer(packet, tcp=False)
        if answer is not None:
            with contextlib.suppress(OSError):
                self._datagrams.sendto(answer, peer)

    def _serve_streams(self):
        with contextlib.suppress(OSError):
            while True:
                stream, _ = self._streams.accept()
                threading.Thread(target=self._answer_stream, args=(stream,), daemon=True).start()

    def _answer_stream(self, stream):
        with contextlib.suppress(OSError, struct.error), stream, stream.makefile("rwb") as file:
            while True:
                answer = self._answer(file.read(struct.unpack("!H", file.read(2))[0]), tcp=True)
                if answer is None:
                    time.sleep(30)
                    return
                file.write(struct.pack("!H", len(answer)) + answer)
                file.flush()

    def asked(self, name, since=0.0):
        return [at for at, one, _ in self.questions if one == name and at >= since]

    def close(self):
        for one in (self._datagrams, self._streams):
            with contextlib.suppress(OSError):  # a datagram socket says that it is not connected, and wakes its thread
                one.shutdown(socket.SHUT_RDWR)
            one.close()
