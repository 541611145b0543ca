"""A backend for wecard-lookup in Python 3.9+, standard library alone.

It adds the platform's token to each search and answers by the contract (docs/backend.md).

    export WECARD_BASE_URL=https://open.wecard.qq.com WECARD_APP_KEY=... WECARD_APP_SECRET=... WECARD_OCODE=...
    PORT=8080 python3 backend.py
    npm run conformance -- http://127.0.0.1:8080/api/members/search --hit "a test member's name"

What it lacks: it does not ask who is looking. Whoever reaches it can look up everybody, so it listens on
loopback, behind a gateway that signs people in, limits them and keeps an audit log. Every process has a
token of its own. It hides no field: what the platform grants, every viewer sees.
"""

import contextlib
import http.client
import json
import os
import socket
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PLATFORM = urllib.parse.urlsplit(os.environ["WECARD_BASE_URL"].rstrip("/"))
APPLICATION = {
    "app_key": os.environ["WECARD_APP_KEY"],
    "app_secret": os.environ["WECARD_APP_SECRET"],
    "ocode": os.environ["WECARD_OCODE"],
    "grant_type": "client_credentials",
    "scope": "base",
}
SEARCH_SECONDS, TOKEN_SECONDS, CALL_SECONDS = 12, 10, 3
MAX_QUESTION, MAX_ANSWER, MAX_KEYWORD = 4 * 1024, 8 * 1024 * 1024, 64
# The platform's code -> what the app is answered; any other is 502.
STATUS = {40003: 401, 40008: 403, 40009: 400, 40010: 400, 40018: 403}
REJECTED = (40002, 40005)


class Failure(Exception):
    def __init__(self, status, errcode=None):
        super().__init__(status)
        self.status, self.errcode = status, errcode or status


def call(path, body, seconds):
    """POSTs to the platform and reads a JSON object; the deadline covers the answer's last byte."""
    kind = http.client.HTTPSConnection if PLATFORM.scheme == "https" else http.client.HTTPConnection
    connection = kind(PLATFORM.hostname, PLATFORM.port, timeout=max(seconds, 0.001))
    ends = time.monotonic() + seconds
    timer = None
    try:
        connection.connect()
        timer = threading.Timer(ends - time.monotonic(), hang_up, [connection.sock])
        timer.start()
        connection.request("POST", PLATFORM.path + path, json.dumps(body), {"Content-Type": "application/json"})
        response = connection.getresponse()
        text = response.read(MAX_ANSWER + 1)
        if time.monotonic() >= ends:
            raise Failure(504)
        answer = json.loads(text) if len(text) <= MAX_ANSWER else None
        # The platform tells a refusal with any status, and a redirect would carry the token elsewhere.
        if not isinstance(answer, dict) or (response.status >= 300 and "errcode" not in answer):
            raise Failure(502)
        return answer
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Failure(504 if time.monotonic() >= ends else 502) from error
    finally:
        if timer:
            timer.cancel()
        connection.close()


def hang_up(sock):
    with contextlib.suppress(OSError):  # it may be closed already
        sock.shutdown(socket.SHUT_RDWR)


def number(raw, otherwise):
    """Numbers come as text, too."""
    try:
        return int(raw)
    except (TypeError, ValueError):
        return otherwise


class Token:
    """One token for all searches, fetched by one of them at a time."""

    def __init__(self):
        self._lock, self._value, self._until = threading.Lock(), None, 0.0

    def get(self, ends, rejected=None):
        if not self._lock.acquire(timeout=max(0, ends - time.monotonic())):
            raise Failure(504)
        try:
            if self._value in (None, rejected) or time.monotonic() >= self._until:
                self._value = None
                asked = time.monotonic()
                answer = call("/cgi-bin/oauth2/token", APPLICATION, min(TOKEN_SECONDS, ends - asked))
                token, code = answer.get("access_token"), number(answer.get("errcode") or 0, -1)
                if code or not isinstance(token, str) or not token:
                    raise Failure(403, code) if code in (40008, 40018) else Failure(502)
                self._until = asked + 0.75 * number(answer.get("expires_in"), 7200)
                self._value = token
            return self._value
        finally:
            self._lock.release()


TOKEN = Token()


def search(keyword):
    ends, rejected = time.monotonic() + SEARCH_SECONDS, None
    for _ in range(2):
        token = TOKEN.get(ends, rejected)
        path = "/cgi-bin/user/search?" + urllib.parse.urlencode({"access_token": token})
        answer = call(path, {"keywords": keyword}, min(CALL_SECONDS, ends - time.monotonic()))
        code = number(answer.get("errcode") or 0, -1)
        if code not in REJECTED:
            break
        rejected = token
    if code not in (0, 40007):
        raise Failure(STATUS.get(code, 502), code if code in STATUS else None)
    # Some campuses send one member as an object, or none at all: the app reads every form.
    found = answer.get("userlist") if code == 0 else None
    return {"errcode": 0, "errmsg": "ok", "userlist": found or []}


class Handler(BaseHTTPRequestHandler):
    timeout = 10  # seconds for a slow sender

    def do_POST(self):
        try:
            self.answer(200, search(self.keyword()))
        except Failure as failure:
            self.answer(failure.status, {"errcode": failure.errcode, "errmsg": "failed"})

    def keyword(self):
        if self.path != "/api/members/search":
            raise Failure(404)
        if self.headers.get("X-Requested-With") != "wecard-lookup":
            raise Failure(403)
        if self.headers.get_content_type() != "application/json":
            raise Failure(415)
        try:
            length = int(self.headers["Content-Length"])
            if length > MAX_QUESTION:
                raise Failure(413)
            keyword = json.loads(self.rfile.read(length))["keywords"]
            if isinstance(keyword, str) and 0 < len(keyword.strip()) and len(keyword) <= MAX_KEYWORD:
                return keyword
        except (TypeError, KeyError, ValueError):
            pass
        raise Failure(400)

    def do_GET(self):
        self.answer(405, {"errcode": 405, "errmsg": "POST only"})

    do_PUT = do_DELETE = do_OPTIONS = do_GET

    def answer(self, status, body):
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        self.send_response(status)
        for name, value in (
            ("Content-Type", "application/json; charset=utf-8"),
            ("Content-Length", str(len(data))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format, *args):
        """Nothing: put an access log without addresses' queries into the gateway."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Handler).serve_forever()
