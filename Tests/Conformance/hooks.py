"""Signs in as the person whom Scripts/conformance names, and judges refusals of what the document's schemas allow."""

import os

import requests
import schemathesis
from schemathesis.generation import GenerationMode

# What a schema can't state: what an identifier names, the present time, how fields go together, what a file is.
MEANINGS = [
    "Isn't a cursor of this list.",
    "Must be left out beside cursor.",
    "Pages reach the first 10,000 rows",
    "not found.",
    "Is not somebody you can notify.",
    "Does not exist, or you can't see it.",
    "Must be people of the company.",
    "Is not a stage of this pipeline.",
    "Must begin with the one stage of category applied.",
    "Must name each",
    "Must be somebody else.",
    "Must be one of the two who were merged.",
    "Must be in the future.",
    "Must be in the past.",
    "Name an event, or give the id of one.",
    "is not an interval",
    "There is no operation",
    "Name at least one tenant, or else say allTenants.",
    "Must not be null: delete the key instead.",
    "This code is not one of an invitation",
    "Must be a PDF, DOCX or DOC document.",
    "A picture must be a JPEG, PNG or WebP file.",
]


@schemathesis.auth(refresh_interval=600)
class SignedIn:
    def get(self, case, context):
        person = {"tenantCode": "demo", "email": os.environ["PERSON"], "password": "Demo-Pass-1"}
        answer = requests.post(os.environ["API"] + "/auth/login", json=person, timeout=60)
        return answer.json()["data"]["accessToken"]

    def set(self, case, data, context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.check
def refusals_are_about_meaning(ctx, response, case):
    """In place of the statuses of `positive_data_acceptance`: a refusal has one of the reasons above."""
    mode = case.meta.generation.mode if case.meta else None
    if mode != GenerationMode.POSITIVE or response.status_code not in (400, 415, 422):
        return
    error = response.json()["error"]
    # The data is as the schema has it, and sent as another media type.
    if error["message"].startswith("Send the body as"):
        return
    reasons = [str(reason) for reason in error.get("details", {}).values()] or [error["message"]]
    unknown = [reason for reason in reasons if not any(meaning in reason for meaning in MEANINGS)]
    assert not unknown, f"The schema allows what the server refuses: {unknown}"
