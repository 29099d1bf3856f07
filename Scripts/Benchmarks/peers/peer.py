"""One row over FastAPI and asyncpg: what the server does for `GET /jobs/{id}`, with its statements, its row-level security and its tokens."""

import base64
import hashlib
import hmac
import json
import os
import time
import uuid
from datetime import datetime, timezone

import asyncpg
from fastapi import FastAPI, Header
from fastapi.responses import JSONResponse

SECRET = os.environ["TENURE_SECRET"].encode()
ENTER, ROW = os.environ["PEER_ENTER"], os.environ["PEER_ROW"]
app = FastAPI()
pool = None


@app.on_event("startup")
async def connect():
    global pool
    pool = await asyncpg.create_pool(os.environ["PEER_DATABASE"], min_size=2, max_size=2)


def decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verified(header):
    head, payload, signature = header.removeprefix("Bearer ").split(".")
    expected = hmac.new(SECRET, f"{head}.{payload}".encode(), hashlib.sha256).digest()
    claims = json.loads(decoded(payload))
    return claims if hmac.compare_digest(expected, decoded(signature)) and claims["exp"] > time.time() else None


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def plain(value):
    if isinstance(value, uuid.UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value


@app.get("/api/v1/jobs/{id}")
async def job(id: uuid.UUID, authorization: str = Header()):
    claims = verified(authorization)
    meta = {"timestamp": datetime.now(timezone.utc).isoformat(), "requestId": f"req_{uuid.uuid4().hex[:16]}"}
    if not claims:
        return JSONResponse({"success": False, "error": "UNAUTHORIZED", "meta": meta}, 401)
    tenant = uuid.UUID(claims["tenant"])
    entering = [str(tenant)] + (["2000"] if "$2" in ENTER else [])
    async with pool.acquire() as connection, connection.transaction():
        await connection.fetchval(ENTER, *entering)
        row = await connection.fetchrow(ROW, tenant, id)
    if row is None:
        return JSONResponse({"success": False, "error": "NOT_FOUND", "meta": meta}, 404)
    data = {camel(name): plain(value) for name, value in row.items() if value is not None}
    data |= json.loads(data.pop("details"))
    return JSONResponse({"success": True, "data": data, "meta": meta})
