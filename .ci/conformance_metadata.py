"""Validates what describes the published data with public validators.

Each validator is also given something broken, which it must refuse: a check that
cannot fail proves nothing.
"""

import json
import pathlib
import shutil
import tempfile
import warnings

import csvw
import frictionless
import pyshacl
import rdflib
import rdflib.compare

# What DCAT-AP 3 asks of a catalogue, a data set and a distribution. The full
# shapes are not in any package registry; these are their mandatory properties.
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
[] a sh:NodeShape ; sh:targetClass dcat:Catalog ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path dct:description ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ,
    [ sh:path dcat:dataset ; sh:minCount 1 ; sh:class dcat:Dataset ] .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path dct:description ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path dcat:distribution ; sh:minCount 2 ; sh:class dcat:Distribution ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:byteSize ; sh:maxCount 1 ] ,
    [ sh:path spdx:checksum ; sh:maxCount 1 ; sh:class spdx:Checksum ] .
[] a sh:NodeShape ; sh:targetClass spdx:Checksum ;
  sh:property [ sh:path spdx:checksumValue ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^[0-9a-f]{64}$" ] .
"""


def metadata(check, site):
    """Checks the descriptions of a published site. check(what, got, want) counts."""
    with tempfile.TemporaryDirectory() as folder:
        broken = pathlib.Path(folder) / "data"
        shutil.copytree(site / "data", broken)
        spoil(broken / "rates.csv")
        data_package(check, site / "data", broken)
        csv_on_the_web(check, site / "data", broken)
    dcat(check, site)
    schema_org(check, site)


def spoil(file):
    """Puts a word where a day belongs."""
    head, first, rest = file.read_text(encoding="utf-8").split("\n", 2)
    cells = first.split(",")
    cells[head.split(",").index("period_start")] = "someday"
    file.write_text("\n".join([head, ",".join(cells), rest]), encoding="utf-8")


def data_package(check, folder, broken):
    """Frictionless: the description, and the rows of every CSV against it."""
    about = package_rows(check, folder)
    about["resources"] = [r for r in about["resources"] if r["name"] == "rates"]
    check("a broken CSV is no valid resource", frictionless.Package.from_descriptor(about, basepath=str(broken)).validate().valid, False)
    del about["resources"][0]["path"]
    check("a broken package is refused", frictionless.Package.validate_descriptor(about).valid, False)


def package_rows(check, folder):
    """A valid description, with rows that follow it, read without a warning; returns its description of CSV.

    The reader of Parquet fails on empty days; Parquet is compared with the CSV
    elsewhere.
    """
    about = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    report = frictionless.Package.validate_descriptor(about, basepath=str(folder))
    check("datapackage.json", [e.message for e in report.errors], [])
    about["resources"] = [r for r in about["resources"] if r["format"] == "csv"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report = frictionless.Package.from_descriptor(about, basepath=str(folder)).validate()
    for task in report.tasks:
        check(f"datapackage.json, rows of {task.name}", [e.message for e in task.errors[:3]] + task.warnings, [])
    return about


def csv_on_the_web(check, folder, broken):
    """CSV on the Web: every table but the largest, which takes minutes."""
    for file in sorted(folder.glob("*-metadata.json")):
        if file.name.startswith("observations"):
            continue
        check(file.name, csvw_problems(file), [])
    check("a broken CSV is refused", csvw_problems(broken / "rates-metadata.json") != [], True)


def csvw_problems(file):
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        valid = csvw.CSVW(str(file), validate=True).is_valid
    return [str(w.message) for w in found] + ([] if valid else ["not valid"])


def dcat(check, site):
    """DCAT: both forms say the same, and all that DCAT-AP asks for."""
    turtle = rdflib.Graph().parse(site / "catalogue.ttl")
    check("catalogue.ttl and catalogue.jsonld", rdflib.compare.isomorphic(turtle, rdflib.Graph().parse(site / "catalogue.jsonld")), True)
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    conforms, _, why = pyshacl.validate(turtle, shacl_graph=shapes)
    check("catalogue.ttl" + ("" if conforms else ": " + why), conforms, True)
    turtle.remove((None, rdflib.DCTERMS.title, None))
    check("a catalogue without titles is refused", pyshacl.validate(turtle, shacl_graph=shapes)[0], False)


def schema_org(check, site):
    """The data block of the front page: a Dataset that search engines take."""
    block = (site / "index.html").read_text(encoding="utf-8").split('<script type="application/ld+json">', 1)[1].split("</script>", 1)[0]
    about = json.loads(block)
    graph = about.get("@graph", [about])
    found = [x for x in graph if x.get("@type") == "Dataset"]
    check("schema.org Dataset", len(found), 1)
    for field in ["name", "description", "license", "creator", "distribution", "temporalCoverage", "version"]:
        check("schema.org Dataset has " + field, bool(found[0].get(field)), True)
    check("schema.org description", 50 <= len(found[0]["description"]) <= 5000, True)
