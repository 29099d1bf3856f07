"""A client of the server and the people at it; only the standard library."""

import http.client
import json
from concurrent.futures import ThreadPoolExecutor

PASSWORD = "Correct-Horse-1"


class Client:
    """One signed-in person, or nobody."""

    def __init__(self, port, token=None, id=None, email=None):
        self.port, self.token, self.id, self.email = port, token, id, email

    def call(self, method, path, body=None, wanted=(200, 201, 204)):
        return self.send(method, path, json.dumps(body) if body is not None else None, "application/json", wanted)

    def send(self, method, path, body, kind, wanted):
        headers = {"Content-Type": kind}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        # A connection a call: between two loads the server would have closed a kept one.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, f"/api/v1{path}", body, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status not in wanted:
            raise SystemExit(f"{method} {path} answered {answer.status}: {text.decode()}")
        return json.loads(text).get("data") if text else None

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body=None):
        return self.call("POST", path, body or {})

    def upload(self, path, file, name, wanted=(200, 201)):
        head = f'--bench\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        return self.send("POST", path, head + file + b"\r\n--bench--\r\n", "multipart/form-data; boundary=bench", wanted)


def register(port, role, name, tenant="default"):
    email = f"{name}@{tenant}.example.com"
    fields = {"email": email, "password": PASSWORD, "firstName": "Ada", "lastName": name, "role": role, "tenantCode": tenant}
    return signed_in(port, Client(port).post("/auth/register", fields), email)


def sign_in(port, email, tenant="default", password=PASSWORD):
    return signed_in(port, Client(port).post("/auth/login", {"email": email, "password": password, "tenantCode": tenant}), email)


def signed_in(port, session, email):
    return Client(port, session["accessToken"], session["user"]["id"], email)


def at_once(count, body, hands=8):
    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(body, range(count)))
