"""Files from strangers: what is let in, what is refused and why, and how it is given out again.

`gate` is the door: `check` for any file, `picture` for images. The parsing is done by `inspect` in a process of its own,
which has little memory, little time and nothing to lose. Nothing is imported here, so that this process starts fast.
"""
