"""Only files that were found on the list and judged are published."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from website.build import current_build


@event_priority(100)  # before anything is added: what others make themselves is not judged here
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what is not on the list, also where the check was passed over.

    MkDocs publishes whatever lies in the folder of pages and follows every link.  Of the theme
    nothing is published: the page frame is our own.
    """
    published = current_build(config).published

    def is_listed(file: File) -> bool:
        return file.src_dir == config.docs_dir and file.src_uri in published

    return Files(file for file in files if is_listed(file))
