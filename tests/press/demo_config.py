# SPDX-License-Identifier: Apache-2.0
"""The daemon's configuration for the demonstration press: who is tracked there, and who is told."""

ENTITIES = """
[[entity]]
id = "hanbit"
kind = "organisation"
names = ["한빛전자", "Hanbit Electronics"]

[[entity]]
id = "lee-seojun"
kind = "person"
names = ["이서준", "Lee Seo-jun"]
titles = ["회장"]
of = ["hanbit"]

[[entity]]
id = "lumina"
kind = "organisation"
names = ["루미나AI", "Lumina AI"]

[[entity]]
id = "jung-haneul"
kind = "person"
names = ["정하늘", "Jung Ha-neul"]
titles = ["대표"]
of = ["lumina"]

[[entity]]
id = "gaon"
kind = "product"
names = ["가온"]
"""

WATCHES = """
[[watch]]
id = "desk"
query = "entity:hanbit OR entity:lee-seojun"
severity = "high"
receivers = ["ops", "desk-mail"]

[[watch]]
id = "ai"
query = "entity:lumina OR entity:jung-haneul OR entity:gaon"
receivers = ["ops"]
"""

MAIL_WATCHES = {"desk": ["desk@press.example"]}

RECIPE = """
item = "ul.rows > li.row"
link = "a.row-link"
title = "strong.row-title"
summary = "p.row-summary"
time = "time"
byline = "span.row-by"
outlet = "미래일보"
"""

KINDS = {"naver_journalist": "naver_journalist", "rss": "feed", "atom": "feed", "list": "css_page"}


def _source(outlet, every):
    kind = KINDS[outlet["shape"]]
    lines = ["[[source]]", f'id = "{outlet["id"]}"', f'kind = "{kind}"', f'url = "{outlet["listing"]}"', f'every = "{every}"']
    if kind == "css_page":
        lines.append('recipe = "rows"')
    return "\n".join(lines) + "\n"


def daemon_sections(lab, listen=None, fetch=""):
    """[daemon], [http] and [fetch]: every host of the press is led to its loopback port, TLS checks the names."""
    ports = {host: lab.ports["press_tls"] for host in lab.hosts} | lab.elsewhere
    connect = "\n".join(f'"{host}:443" = "127.0.0.1:{port}"' for host, port in ports.items())
    listen = listen or [f"127.0.0.1:{lab.http_port}", f"unix:{lab.state}/bylined.sock"]
    quoted = ", ".join(f'"{address}"' for address in listen)
    return f"""[daemon]
state_dir = "{lab.state}"
language = "ko"

[http]
listen = [{quoted}]

[fetch]
contact = "desk@press.example"
concurrency = 16
per_host = {{ concurrency = 4, interval = "100ms" }}
timeout = "10s"
ca_file = "{lab.certificates.authority}"
allow_private = ["127.0.0.0/8"]
{fetch}
[fetch.connect_to]
{connect}
"""


def receivers(lab, webhook=True, mail=True):
    text = ""
    if webhook:
        lab.write("ops.webhook", lab.secret, private=True)
        text += f"""
[[receiver]]
id = "ops"
kind = "webhook"
url = "https://127.0.0.1:{lab.ports['webhook']}/press"
secret = {{ file = "{lab.folder}/ops.webhook" }}
allow_private = ["127.0.0.1/32"]
"""
    if mail:
        lab.write("smtp", lab.mail_password, private=True)
        text += f"""
[[receiver]]
id = "desk-mail"
kind = "email"
smtp = "smtp://127.0.0.1:{lab.ports['mail']}"
user = "press"
password = {{ file = "{lab.folder}/smtp" }}
from = "언론 모니터 <press@press.example>"
to = ["desk@press.example"]
allow_private = ["127.0.0.1/32"]
"""
    return text


def write(lab, every="2s"):
    """bylined.toml and the recipe of the list page, below the laboratory's folder."""
    lab.write("recipes/rows.toml", RECIPE)
    sources = "\n".join(_source(outlet, every) for outlet in lab.script["outlets"])
    return lab.write("bylined.toml", "\n".join([daemon_sections(lab), sources, ENTITIES, WATCHES, receivers(lab)]))
