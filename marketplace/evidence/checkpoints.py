"""Checkpoints: the log's name, size and root in a signed note (C2SP tlog-checkpoint)."""

from dataclasses import dataclass

from marketplace.evidence.keys import LogKey
from marketplace.evidence.merkle import Tree
from marketplace.evidence.notes import NoteError, encode, note_text, parse_decimal, parse_hashes


@dataclass(frozen=True)
class TreeHead:
    """What a checkpoint says: the log called `origin` has `size` leaves and this root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n"


def parse_tree_head(text: str) -> TreeHead:
    """Read the text of a checkpoint. Raises NoteError."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise NoteError("a checkpoint has three lines")
    return TreeHead(lines[0], parse_decimal(lines[1]), parse_hashes(lines[2:3])[0])


def tree_head_of(note: str) -> TreeHead:
    """Return what a checkpoint of this log says, without checking signatures."""
    return parse_tree_head(note_text(note))


def make_checkpoint(tree: Tree, key: LogKey) -> str:
    """Sign the tree as it is now and return the note."""
    size = tree.size()
    return key.sign(TreeHead(key.origin, size, tree.root(size)).text)
