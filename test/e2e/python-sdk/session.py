"""Drives a tenant with the unmodified Python SDK (`oaaclient`) and prints one JSON document: what the SDK saw
(`seen`), and every request with its answer (`exchanges`), without host and key.

Usage: session.py lifecycle | paging     (VEZA_URL, VEZA_API_KEY and VEZA_UNSAFE_HTTPS in the environment)
"""

import base64
import json
import os
import sys
import warnings

import requests

warnings.filterwarnings("ignore")

from oaaclient import __version__
from oaaclient.client import OAAClient, OAAClientError
from oaaclient.templates import CustomApplication, OAAPermission

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"\0" * 8).decode()
SVG = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg"/>').decode()


exchanges = []
send = requests.Session.send


def recording_send(session, request, **options):
    response = send(session, request, **options)
    body = request.body.decode() if isinstance(request.body, bytes) else request.body
    headers = {name.lower(): value for name, value in request.headers.items()}
    good_key = headers.get("authorization") == f"Bearer {os.environ['VEZA_API_KEY']}"
    kept = {name: headers[name] for name in ("accept", "content-type", "user-agent") if name in headers}
    kept["user-agent"] = " ".join(kept["user-agent"].split(" ")[:2])
    kept["authorization"] = "Bearer {key}" if good_key else "Bearer {wrong}"
    exchanges.append({
        "method": request.method,
        "path": request.path_url,
        "headers": kept,
        **({} if body is None else {"body": body}),
        "answer": {"status": response.status_code, "body": response.json()},
    })
    return response


requests.Session.send = recording_send


def refused(action):
    try:
        action()
    except OAAClientError as error:
        return {"error": error.error, "status": error.status_code, "details": error.details}
    return None


def application():
    app = CustomApplication("Portal EU", "portal")
    app.add_custom_permission("read", [OAAPermission.DataRead])
    app.add_local_role("reader", ["read"])
    app.add_local_role("empty")
    group = app.add_local_group("staff")
    for number in range(20):
        user = app.add_local_user(f"user {number}", identities=[f"user{number}@example.com"])
        user.add_group(group.name)
        user.add_role("reader", apply_to_application=True)
    shop = app.add_resource("shop", "area")
    shop.add_sub_resource("orders", "page")
    app.local_users["user 1"].add_permission("read", resources=[shop])
    return app


def lifecycle():
    seen = {"version": __version__}
    seen["wrong_key"] = refused(lambda: OAAClient(api_key="wrong-key"))
    client = OAAClient()
    seen["providers_at_start"] = len(client.get_provider_list())
    seen["absent_by_name"] = client.get_provider("Portal")
    seen["absent_by_id"] = client.get_provider_by_id("11111111-2222-4333-8444-555555555555")

    provider = client.create_provider("Portal", "application", base64_icon=PNG)
    client.update_provider_icon(provider["id"], SVG)
    seen["created"] = {key: provider[key] for key in ("name", "custom_template", "state")}
    seen["duplicate"] = refused(lambda: client.create_provider("Portal", "application"))
    seen["unknown_option"] = refused(
        lambda: client.create_provider("Other", "application", options={"colour": "red"})
    )
    client.update_provisioning_status(provider["id"], True)
    seen["provisioning"] = client.get_provider_by_id(provider["id"])["provisioning"]

    app = application()
    seen["gzip"] = client.push_application("Portal", "portal-eu", app)
    client.enable_compression = False
    seen["plain"] = client.push_application("Portal", "portal-eu", app)
    source = client.get_data_source("portal-eu", provider["id"])
    document = json.dumps(app.get_payload(), separators=(",", ":"))
    seen["parts"] = client.datasource_push_parts(provider["id"], source["id"], document, part_size=1_500)
    seen["data_source"] = {key: source[key] for key in ("name", "status")}
    seen["data_sources"] = len(client.get_data_sources(provider["id"]))

    broken = app.get_payload()
    broken["applications"][0]["bad_property"] = "x"
    seen["bad_payload"] = refused(lambda: client.push_metadata("Portal", "portal-eu", broken))
    app.local_users["user 2"].add_role("Administrator", apply_to_application=True)
    seen["unknown_role"] = refused(lambda: client.push_application("Portal", "portal-eu", app))

    seen["new_provider"] = client.push_application("Second", "second", application(), create_provider=True)
    client.delete_data_source(source["id"], provider["id"])
    client.delete_provider(provider["id"])
    seen["deleted"] = client.get_provider_by_id(provider["id"])["state"]
    return seen


def paging():
    names = [provider["name"] for provider in OAAClient().get_provider_list()]
    return {"count": len(names), "distinct": len(set(names))}


seen = {"lifecycle": lifecycle, "paging": paging}[sys.argv[1]]()
json.dump({"seen": seen, "exchanges": exchanges}, sys.stdout)
