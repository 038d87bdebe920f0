"""Papers: PDFs made with Typst from a template of ours and facts of anybody's, the same bytes everywhere.

A template is code of the house; facts reach it as JSON and are only ever shown as text, so that whatever people typed
stays what they typed. Fonts are ours (see `fonts/README.md`), those of the machine are not looked at.
"""

from marketplace.core.typeset.letters import drawable
from marketplace.core.typeset.press import pdf

__all__ = ["drawable", "pdf"]
