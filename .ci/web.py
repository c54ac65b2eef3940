"""Starts nginx, Caddy and `publish serve` on one site, each with its configuration in deploy/web, and
compares what they send: status, type, policy, how long it is kept, and the bytes, also compressed.

  python3 .ci/web.py SITE PUBLISH

SITE is the folder of a built site and PUBLISH the program. It needs nginx, its brotli
module, Caddy and brotli for Python, as Debian has them.
"""
import gzip, pathlib, re, shutil, socket, subprocess, sys, tempfile, time, urllib.error, urllib.request

import brotli

KEPT, ASKED = "public, max-age=31536000, immutable", "public, max-age=60, must-revalidate"


def policy(program="", framed="'none'"):
    return (f"default-src 'none'; script-src 'self'{program}; style-src 'self'; img-src 'self'; font-src 'self'; "
            f"connect-src 'self'; form-action 'self'; frame-ancestors {framed}")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def once(text, old, new):
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the configuration"
    return text.replace(old, new)


def start_nginx(site, work):
    port = free_port()
    text = pathlib.Path("deploy/web/nginx.conf").read_text()
    text = once(text, "listen 80;", f"listen 127.0.0.1:{port};")
    text = once(text, "root /var/www/crossings;", f"root {site};")
    modules = "".join(f"load_module {m};\n" for m in sorted(pathlib.Path("/usr/lib/nginx/modules").glob("*brotli_static*.so")))
    assert modules, "install libnginx-mod-http-brotli-static"
    temp = "".join(f"{kind}_temp_path {work}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    conf = work / "nginx.conf"
    conf.write_text(f"{modules}daemon off; pid {work}/pid; error_log {work}/error.log; events {{}}\nhttp {{ access_log off; {temp}{text}}}\n")
    return port, ["nginx", "-e", str(work / "error.log"), "-c", str(conf)]


def start_caddy(site, work):
    port = free_port()
    text = pathlib.Path("deploy/web/Caddyfile").read_text()
    text = once(text, "statistics.example.org {", f"{{\n\tadmin off\n\tauto_https off\n}}\nhttp://127.0.0.1:{port} {{")
    text = once(text, "root * /var/www/crossings", f"root * {site}")
    conf = work / "Caddyfile"
    conf.write_text(text)
    return port, ["caddy", "run", "--config", str(conf), "--adapter", "caddyfile"]


def start_preview(site, work, program):
    port = free_port()
    data = work / "data" / "out"
    data.mkdir(parents=True)
    (data / "site").symlink_to(site)
    return port, [program, "serve", "--data", str(work / "data"), "--addr", f"127.0.0.1:{port}"]


def ask(port, path, **headers):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as e:
        return e.code, e.headers, e.read()


def wait(port, process):
    for _ in range(200):
        try:
            ask(port, "/robots.txt")
            return
        except urllib.error.URLError:
            assert process.poll() is None, "the server ended"
            time.sleep(0.05)
    raise SystemExit("the server does not answer")


def one(site, pattern):
    found = sorted(site.glob(pattern))
    assert found, f"the site has no {pattern}"
    return found[0].relative_to(site).as_posix()


def expectations(site):
    """What must be sent for each kind of file: type, cache, policy."""
    edition = one(site, "releases/*.*.*/edition.json").rsplit("/", 1)[0]
    plain, engine, framed = policy(), policy(" 'wasm-unsafe-eval'; worker-src 'self'"), policy(framed="*")
    csv, html = "text/csv; charset=utf-8", "text/html; charset=utf-8"
    yield "", html, ASKED, plain
    yield "check.html", html, ASKED, engine
    yield one(site, "topics/*.html"), html, ASKED, plain
    yield one(site, "embed/*.html"), html, ASKED, framed
    yield one(site, "assets/site.*.css"), "text/css; charset=utf-8", KEPT, plain
    yield one(site, "assets/echarts.min.*.js"), "text/javascript; charset=utf-8", KEPT, plain
    yield one(site, "assets/*.woff2"), "font/woff2", KEPT, plain
    yield "assets/search.json", "application/json", ASKED, plain
    yield one(site, "claim/*.wasm"), "application/wasm", ASKED, engine
    yield "data/observations.csv", csv, ASKED, plain
    yield "data/observations.parquet", "application/vnd.apache.parquet", ASKED, plain
    yield "feed.atom", "application/atom+xml", ASKED, plain
    yield one(site, "*.ics"), "text/calendar; charset=utf-8", ASKED, plain
    yield one(site, "charts/*.svg"), "image/svg+xml", ASKED, plain
    yield one(site, "charts/*.png"), "image/png", ASKED, plain
    yield f"{edition}/data/observations.csv", csv, KEPT, plain
    yield f"{edition}/", html, ASKED, plain
    yield f"{edition}/edition.json", "application/json", ASKED, plain
    yield one(site, f"{edition}/embed/*.html"), html, KEPT, framed


def check(name, port, site):
    faults, asked = [], 0

    def expect(what, got, want):
        nonlocal asked
        asked += 1
        if got != want:
            faults.append(f"{name}: {what}: {got!r}, want {want!r}")

    for path, media, cache, rule in expectations(site):
        file = site / path / "index.html" if not path or path.endswith("/") else site / path
        for encoding, unpack in (("", bytes), ("gzip", gzip.decompress), ("br", brotli.decompress)):
            status, headers, body = ask(port, "/" + path, Accept_Encoding=encoding or "identity")
            what = f"/{path} {encoding}"
            expect(what, status, 200)
            expect(f"{what} type", re.sub(r";\s*", "; ", headers["Content-Type"] or ""), media)
            expect(f"{what} cache", headers["Cache-Control"], cache)
            expect(f"{what} policy", headers["Content-Security-Policy"], rule)
            expect(f"{what} sniffing", headers["X-Content-Type-Options"], "nosniff")
            expect(f"{what} referrer", headers["Referrer-Policy"], "no-referrer")
            expect(f"{what} origin", headers["Access-Control-Allow-Origin"], "*")
            copy = file.with_name(file.name + {"gzip": ".gz", "br": ".br", "": ""}[encoding])
            sent = encoding if encoding and copy.exists() else None
            expect(f"{what} encoding", headers["Content-Encoding"], sent)
            expect(f"{what} bytes", (unpack(body) if sent else body) == file.read_bytes(), True)
        again = {"If_None_Match": headers["ETag"]} if headers["ETag"] else {"If_Modified_Since": headers["Last-Modified"]}
        expect(f"/{path} again", ask(port, "/" + path, Accept_Encoding="br", **again)[0], 304)

    # DuckDB and others read parts of a file.
    whole = (site / "data/observations.parquet").read_bytes()
    status, _, part = ask(port, "/data/observations.parquet", Range="bytes=-8")
    expect("a part of a file", (status, part), (206, whole[-8:]))
    for path in ("/no-such.html", "/assets/site.0000000000.css", "/releases/9.9.9/data/observations.csv", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd"):
        status, headers, body = ask(port, path)
        expect(f"{path} is missing", status in (400, 404) and b"root:" not in body, True)
    if name != "publish serve":  # a preview has no certificate
        expect("HSTS", ask(port, "/")[1]["Strict-Transport-Security"], "max-age=31536000")
    print(f"{name}: {asked} answers as expected" if not faults else "\n".join(faults))
    return not faults


def main():
    site, program = pathlib.Path(sys.argv[1]).resolve(), str(pathlib.Path(sys.argv[2]).resolve())
    good = True
    for name in ("nginx", "caddy", "publish serve"):
        work = pathlib.Path(tempfile.mkdtemp())
        port, command = {"nginx": start_nginx, "caddy": start_caddy}.get(name, lambda s, w: start_preview(s, w, program))(site, work)
        with open(work / "said", "w") as said:
            process = subprocess.Popen(command, stdout=said, stderr=said, env={"HOME": str(work), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
        try:
            wait(port, process)
            good = check(name, port, site) and good
        finally:
            if process.poll() is not None:
                print((work / "said").read_text())
            process.terminate()
            process.wait()
            shutil.rmtree(work)
    sys.exit(not good)


main()
