# SPDX-License-Identifier: Apache-2.0
"""Any number of outlets on port 80 of every address, and what came to which address."""
import http.server
import socket
import threading
import time

FIRST = 10  # number of the first article that is news


class Sites:
    def __init__(self):
        self.visits = []       # (monotonic seconds, address dialled, host, path); host None: a connection
        self.published = {}    # host → [seconds since 1970 of its news, in order]
        self._server = _Server(("::", 80), _handler(self))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def publish(self, host):
        self.published.setdefault(host, []).append(time.time())

    def came_to(self, address):
        return [visit for visit in self.visits if visit[1] == address]

    def visits_of(self, host, since=0.0):
        return [visit for visit in self.visits if visit[2] == host and visit[0] >= since]

    def page(self, host, path):
        if path == "/feed":
            return "application/rss+xml; charset=utf-8", _feed(host, len(self.published.get(host, [])))
        if path.startswith("/a/"):
            return "text/html; charset=utf-8", _article(host, int(path[3:]))
        return None

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def _title(host, number):
    return f"한빛전자 새 공장 {host} {number}" if number >= FIRST else f"옛 소식 {number}"


def _feed(host, news):
    numbers = [*range(FIRST + news - 1, FIRST - 1, -1), 3, 2, 1]
    items = "".join(f"<item><title>{_title(host, number)}</title><link>http://{host}/a/{number}</link></item>" for number in numbers)
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'


def _article(host, number):
    about = "한빛전자가 새 공장을 짓는다고" if number >= FIRST else "시는 공원 문을 열었다고"
    return (f"<html><head><title>{_title(host, number)}</title></head><body><article><h1>{_title(host, number)}</h1>"
            f"<p>{about} 4일 밝혔다. 앞으로의 일정은 따로 알리기로 했다.</p><p>자세한 규모는 밝히지 않았다.</p></article></body></html>")


class _Server(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6
    daemon_threads = True
    request_queue_size = 128

    def server_bind(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # a deaf listener may stand beside it
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = "sites", 80


def _dialled(connection):
    return connection.getsockname()[0].removeprefix("::ffff:")


def _handler(sites):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self):
            super().setup()
            sites.visits.append((time.monotonic(), _dialled(self.connection), None, None))

        def do_GET(self):
            host = self.headers["Host"]
            sites.visits.append((time.monotonic(), _dialled(self.connection), host, self.path))
            page = sites.page(host, self.path)
            kind, body = page or ("text/plain", "")
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass
    return Handler
