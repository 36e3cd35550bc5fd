"""Writes the metadata packet of a PDF (XMP), in which a document says which standards it keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

PACKET = Markup("""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{}
</rdf:Description>
{}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>""")
# PDF/A-2 knows only some schemas (ISO 19005-2, 6.6.2.3). Others are described inside the packet.
UA_SCHEMA = Markup("""<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
""")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a PDF says of itself. An empty text is not written; dates are in the form of ISO 8601."""

    title: str
    authors: tuple[str, ...] = ()
    description: str = ""
    creator: str = ""
    """The program that wrote the source."""
    producer: str = ""
    """The program that wrote the PDF."""
    created: str = ""
    modified: str = ""


def write_xmp(metadata: Metadata, archival: str, accessible: int | None = None) -> bytes:
    """The packet of a PDF that keeps PDF/A-2 at the level ``archival`` (A, B), and this part of PDF/UA if given."""
    identity = [("pdfaid:part", "2"), ("pdfaid:conformance", archival)]
    if accessible is not None:
        identity.append(("pdfuaid:part", str(accessible)))
    simple = (
        *identity,
        ("pdf:Producer", metadata.producer),
        ("xmp:CreatorTool", metadata.creator),
        ("xmp:CreateDate", metadata.created),
        ("xmp:ModifyDate", metadata.modified),
    )
    fields = [_element(name, value) for name, value in simple if value]
    fields.append(_element("dc:title", _default_language(metadata.title)))
    if metadata.authors:
        items = Markup("").join(_element("rdf:li", author) for author in metadata.authors)
        fields.append(_element("dc:creator", _element("rdf:Seq", items)))
    if metadata.description:
        fields.append(_element("dc:description", _default_language(metadata.description)))
    return PACKET.format(_lines(fields), UA_SCHEMA if accessible is not None else "").encode()


def _default_language(text: str) -> Markup:
    return Markup('<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>').format(text)


def _element(name: str, content: str) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(Markup(name), content)


def _lines(elements: Iterable[Markup]) -> Markup:
    return Markup("\n").join(elements)
