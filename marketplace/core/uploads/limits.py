"""How much of anything a file may hold. Sizes in bytes, times in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The defaults fit a research report with pictures; a caller may pass stricter or looser ones."""

    max_bytes: int = 50_000_000
    max_image_bytes: int = 20_000_000
    # Images
    max_pixels: int = 40_000_000
    max_scans: int = 100
    thumbnail_pixels: int = 480
    # Office files are zip archives of XML
    max_entries: int = 2_000
    max_unpacked: int = 250_000_000
    max_ratio: int = 120
    max_xml_depth: int = 200
    # PDF
    max_pages: int = 2_000
    max_objects: int = 300_000
    max_pdf_depth: int = 50
    max_pdf_stream: int = 100_000_000
    # The inspecting process
    cpu_seconds: int = 20
    wall_seconds: float = 40.0
    memory: int = 1_500_000_000
    max_output: int = 100_000_000
