"""Pictures of the places where we read otherwise than both others."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.extraction.agreement import Agreement
from eval.extraction.agreement_summary import worst_pages
from eval.extraction.pdfium import opened, picture_of

_PICTURES_A_PAGE = 3


def draw_worst(agreements: Sequence[Agreement], n_worst: int, out_dir: Path) -> Iterator[str]:
    """Draw the first faults of the worst pages, framed; yield a line about each picture.

    Args:
        agreements: Of files that still lie where they were compared.
        n_worst: Pages drawn, those with most faults first; three faults of each.
        out_dir: Made if it is not there.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    for agreement, page, faults in worst_pages(agreements, n_worst):
        with opened(agreement.path) as document:
            for number, fault in enumerate(faults[:_PICTURES_A_PAGE], start=1):
                path = out_dir / f"{agreement.path.stem}-page-{page}-{number}.png"
                picture_of(document[page - 1], fault.box).save(path)
                yield f"{path}: {fault.kind}: {fault.context}"
